package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"linkline/cmd/linkline/admin"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
	"linkline/cmd/linkline/service"
	"linkline/store"
)

// serveCommand runs the service.
type serveCommand struct {
	Listen string `help:"Address and port (default: ${listen})." placeholder:"HOST:PORT"`
	Log    string `help:"Form of the log: text or json (default: text at a terminal)." enum:"text,json," default:""`
}

// grace is how long what is under way may take after a signal.
const grace = 25 * time.Second

// errStore means that the store could not be trusted any more.
var errStore = errors.New("the store failed; start again, and it decides from what is on disk")

// Run opens everything, says where it is, and serves until a signal comes or
// the store fails.
func (s *serveCommand) Run(ctx context.Context, p *process, c *commands) error {
	settings, err := c.settings(p)
	if err != nil {
		return err
	}
	h := &host{process: p, settings: settings, dir: datadir.At(settings.DataDir), log: newLog(p.err, s.Log)}
	defer h.close(ctx)
	if err := h.open(ctx); err != nil {
		return err
	}
	if err := h.greet(ctx); err != nil {
		return err
	}
	return h.serve(ctx)
}

// host holds what one run of the service has open.
type host struct {
	process  *process
	settings *config.Config
	dir      datadir.Dir
	log      *slog.Logger

	store   store.Store
	wake    <-chan struct{} // another replica has left work; nil for none
	service *service.Service
	token   config.Secret // the demo team's, where it is ours
	pages   net.Listener
	metrics net.Listener // nil for none
	admin   net.Listener
	public  string
	desk    string
}

// open opens the store first: whoever else holds it is told of within a second.
func (h *host) open(ctx context.Context) error {
	library, err := service.Library()
	if err != nil {
		return err
	}
	if err := service.Suits(library, h.settings); err != nil {
		return err
	}
	if err := service.Fits(h.settings); err != nil {
		h.log.WarnContext(ctx, "settings do not fit the texts: linkline check tells which")
	}
	if err := service.Fresh(library, h.process.now()); err != nil {
		h.log.WarnContext(ctx, "helplines need checking", "problems", err)
	}
	if h.store, h.wake, err = h.process.place(h.settings).Open(ctx); err != nil {
		return err
	}
	if err := h.listen(ctx); err != nil {
		return err
	}
	key, err := h.dir.Key(h.settings.Key)
	if err != nil {
		return err
	}
	if demo, ok := h.settings.DemoTeam(); ok && len(demo.Twilio.Tokens) == 0 {
		if h.token, err = h.dir.DemoToken(); err != nil {
			return err
		}
	}
	h.service, err = service.New(service.Config{
		Settings: h.settings, PublicURL: h.public, DeskURL: h.desk, Store: h.store, Wake: h.wake, Library: library,
		DemoToken: h.token, StoreKey: key, Now: h.process.now, Random: h.process.random, Log: h.log,
	})
	return err
}

// listen opens the sockets. A metrics port that is taken is no reason for a
// demo not to play.
func (h *host) listen(ctx context.Context) error {
	var lc net.ListenConfig
	var err error
	if h.pages, err = lc.Listen(ctx, "tcp", h.settings.Listen); err != nil {
		return fmt.Errorf("listen (set LINKLINE_LISTEN to another address): %w", err)
	}
	h.public, h.desk = h.settings.URLs(h.pages.Addr().String())
	if h.settings.MetricsListen != "off" {
		h.metrics, err = lc.Listen(ctx, "tcp", h.settings.MetricsListen)
		if err != nil && !h.onlyDemo() {
			return fmt.Errorf("listen for metrics (set LINKLINE_METRICS_LISTEN to another address, or off): %w", err)
		}
		if err != nil {
			h.metrics = nil
			h.process.say("No metrics: %s is in use.", h.settings.MetricsListen)
		}
	}
	h.admin, err = admin.Listen(ctx, h.dir.Socket())
	return err
}

func (h *host) onlyDemo() bool {
	for _, t := range h.settings.Teams {
		if !t.Demo {
			return false
		}
	}
	return true
}

// serve runs until the signal, the store's failure or a listener's. On a signal
// it is not ready any more, ends the loops and what is under way, and lets go
// of the store.
func (h *host) serve(ctx context.Context) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended := make(chan error, 3)
	pages := newServer(h.service.Handler(), h.log)
	go func() { ended <- pages.Serve(h.pages) }()
	if h.metrics != nil {
		metrics := newServer(h.service.Metrics(), h.log)
		go func() { ended <- metrics.Serve(h.metrics) }()
		defer func() { _ = metrics.Close() }() // a scrape under way may fail
	}
	go func() { ended <- admin.Serve(work, h.admin, h.command) }()
	loops := make(chan error, 1)
	go func() { loops <- h.service.Run(work) }()

	var err error
	select {
	case <-ctx.Done():
		h.log.InfoContext(work, "stopping")
	case <-h.store.Failed():
		return errStore
	case err = <-ended:
		err = fmt.Errorf("serve: %w", err)
	}
	h.service.Drain()
	stop()
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err = errors.Join(err, pages.Shutdown(late))
	select {
	case failed := <-loops:
		err = errors.Join(err, failed)
	case <-late.Done():
		err = errors.Join(err, errors.New("a step was still under way after the time for stopping"))
	case <-h.store.Failed():
		err = errors.Join(err, errStore)
	}
	return err
}

// close lets go of what was opened, however far that came.
func (h *host) close(ctx context.Context) {
	for _, l := range []net.Listener{h.pages, h.metrics, h.admin} {
		if l != nil {
			_ = l.Close() // most are closed already
		}
	}
	if h.store == nil {
		return
	}
	if err := h.store.Close(); err != nil {
		h.log.ErrorContext(ctx, "the store did not close cleanly", "error", err)
	}
}

// newServer bounds how long and how much anybody may send. A webhook waits at
// most fifteen seconds, and a page is small.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
