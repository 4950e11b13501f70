package service

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"linkline/channels"
	"linkline/channels/desk"
	"linkline/channels/telegram"
	"linkline/channels/twilio"
	"linkline/channels/webchat/try"
	"linkline/cmd/linkline/config"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/scheduler"
	"linkline/store"
)

// Config is what a Service is put together from.
type Config struct {
	Settings *config.Config
	// PublicURL and DeskURL are the settings' own, or what they default to now
	// that the listener is known.
	PublicURL string
	DeskURL   string
	Store     store.Store
	// Wake is signalled when another replica has left work; nil where there is
	// none. It is no more than a reason to look early.
	Wake    <-chan struct{}
	Library *flows.Library
	// DemoToken signs the webhooks of a demo team without an account.
	DemoToken config.Secret
	// StoreKey is the store's key; other keys are derived from it.
	StoreKey []byte
	Now      func() time.Time
	Random   io.Reader
	Log      *slog.Logger
}

// Service is the whole of linkline, put together. It is safe for use by
// several goroutines.
type Service struct {
	config   Config
	metrics  *metrics
	health   *health
	users    *Users
	engine   *conversation.Engine
	delivery *channels.Delivery
	due      *scheduler.Runner
	webhooks *twilio.Handler
	gaps     *twilio.Gaps
	chats    chats
	handler  http.Handler
	planned  bell
	calendar *scheduler.Almanac
}

// New puts a service together. It starts nothing.
func New(c Config) (*Service, error) {
	s := &Service{metrics: newMetrics(), planned: newBell()}
	c.Random = &lockedReader{r: c.Random}
	c.Store = &timedStore{Store: c.Store, now: c.Now, metrics: s.metrics}
	s.config = c
	s.health = &health{store: c.Store}
	teams, err := Teams(c.Settings)
	if err != nil {
		return nil, err
	}
	s.users = NewUsers(c.Store, c.Settings, c.Now, c.Random)
	s.engine, err = NewEngine(Play{
		Store: c.Store, Library: c.Library, Teams: teams, DeskURL: c.DeskURL, Now: c.Now, Random: c.Random,
		Log: c.Log, Planned: s.planned.ring,
	})
	if err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	s.due = Due(c.Store, s.engine, c.Now, c.Log)
	if s.calendar, err = s.almanac(teams); err != nil {
		return nil, err
	}
	if err := s.connect(); err != nil {
		return nil, err
	}
	s.watch()
	return s, s.mount(teams)
}

// connect makes the ways out and the webhooks.
func (s *Service) connect() error {
	c := s.config
	key, err := callbackKey(c.StoreKey)
	if err != nil {
		return err
	}
	accounts := Accounts(c.Settings.Teams, c.PublicURL, c.DemoToken)
	ways, err := s.waysOut(accounts, key)
	if err != nil {
		return err
	}
	bots, err := s.telegramSenders(&ways)
	if err != nil {
		return err
	}
	s.delivery = channels.NewDelivery(channels.DeliveryConfig{
		Store: c.Store, Senders: ways.senders, Listers: ways.listers, Rates: ways.rates, Noted: s.metrics.noted,
		Gate: s.engine, Zone: Zone(), Now: c.Now, Random: c.Random, Log: c.Log,
	})
	s.listen(bots)
	s.webhooks, err = twilio.NewHandler(twilio.Config{
		Accounts: accounts, Engine: countedEngine{s.engine, s.metrics}, Reports: s.delivery, Key: key,
		Now: c.Now, Log: c.Log,
	})
	if err != nil {
		return fmt.Errorf("twilio: %w", err)
	}
	s.gaps, err = twilio.NewGaps(twilio.GapsConfig{
		Accounts: s.real(accounts), Engine: countedEngine{s.engine, s.metrics}, Delivery: s.delivery, Now: c.Now, Log: c.Log,
	})
	if err != nil {
		return fmt.Errorf("twilio: %w", err)
	}
	return nil
}

// mount lists everything that is answered.
func (s *Service) mount(teams []*conversation.Team) error {
	c := s.config
	pages, err := desk.New(desk.Config{
		Store: c.Store, Engine: s.engine, Texts: s.delivery, Library: c.Library, Teams: teams, Now: c.Now, Random: c.Random,
		Secure: strings.HasPrefix(c.DeskURL, "https://"), Log: c.Log,
	})
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	played, err := try.New(s.demo(teams))
	if err != nil {
		return fmt.Errorf("try: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health.alive)
	mux.HandleFunc("GET /readyz", s.health.ready)
	mux.Handle("/twilio/", s.webhooks)
	if len(s.chats.hooked) > 0 {
		mux.Handle(telegram.Path, telegram.Webhooks(s.chats.hooked))
	}
	mux.Handle("/try", played)
	mux.Handle("/try/", played)
	mux.Handle("/", pages)
	s.handler = logRequests(c.Log, c.Now, recovered(c.Log, mux))
	return nil
}

// demo is what the page of the made-up team is made of; without such a team
// there is no page.
func (s *Service) demo(teams []*conversation.Team) try.Config {
	c := s.config
	out := try.Config{
		Store: c.Store, Engine: countedEngine{s.engine, s.metrics}, Library: c.Library, Now: c.Now, Random: c.Random,
		Secure: strings.HasPrefix(c.PublicURL, "https://"), Log: c.Log,
	}
	for i, t := range teams {
		if t.Demo && out.Team == nil {
			out.Team, out.Number = t, casework.Private(c.Settings.Teams[i].Numbers[0])
		}
	}
	return out
}

// Handler answers everything but the metrics.
func (s *Service) Handler() http.Handler { return s.handler }

// Metrics answers the monitoring, on a listener of its own.
func (s *Service) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

// Users lets people in.
func (s *Service) Users() *Users { return s.users }

// Drain refuses what comes from now on, so that it goes to whoever runs next.
// What is under way ends as it would.
func (s *Service) Drain() {
	s.health.draining.Store(true)
	s.webhooks.Drain()
	s.chats.drain()
}

// watch adds what is read from the store when somebody asks.
func (s *Service) watch() {
	for _, t := range s.config.Settings.Teams {
		s.metrics.gauge("alerts_open", "Alerts that nobody has closed.", string(t.ID), func() float64 {
			return float64(s.openAlerts(t.ID))
		})
	}
}

func (s *Service) openAlerts(team casework.TeamID) int {
	const most = 1000 // more than anybody can be on duty for
	n := 0
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.config.Store.View(ctx, team, func(tx casework.Tx) error {
		open, _, err := casework.Alerts.Range(tx, casework.Span{Index: "open", Limit: most})
		n = len(open)
		return err
	})
	if err != nil {
		return -1
	}
	return n
}

// Zone is the civil time of the service (the nations it serves share one).
func Zone() *time.Location {
	loc, err := time.LoadLocation("Europe/London") // calendar brings the zone with it
	if err != nil {
		return time.UTC
	}
	return loc
}

// lockedReader lets the parts draw from one source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

// Read fills p whole.
func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}
