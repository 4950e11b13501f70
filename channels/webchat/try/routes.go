package try

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"linkline/channels/desk/assets"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/flows"
)

//go:embed templates
var templateFiles embed.FS

// Store reads the records.
type Store interface {
	View(ctx context.Context, team casework.TeamID, fn func(casework.Tx) error) error
}

// Engine plays the flows.
type Engine interface {
	Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error)
}

// Config is what the page is made of. All of it comes in from outside.
type Config struct {
	Store  Store
	Engine Engine
	// Library gives the helpline of the team's nation.
	Library *flows.Library
	// Team is the made-up team; nil, or a real one, and there is no such page.
	Team *conversation.Team
	// Number is the team's number, as it is texted.
	Number casework.Private
	Now    func() time.Time
	Random io.Reader
	// Secure is set when the public URL is https.
	Secure bool
	Log    *slog.Logger
}

// Try answers the requests of the page. It is safe for concurrent use.
type Try struct {
	config  Config
	page    *template.Template
	phones  *phones
	paths   map[string]string
	drawing sync.Mutex // Random is read by one at a time
}

// New returns the page's handler, to be mounted at /try and /try/. Its style
// and script are served by the desk.
func New(config Config) (http.Handler, error) {
	if config.Team == nil || !config.Team.Demo {
		return assets.Secure(config.Secure, http.NotFoundHandler()), nil
	}
	if config.Store == nil || config.Engine == nil || config.Library == nil || config.Now == nil ||
		config.Random == nil || config.Log == nil {
		return nil, errors.New("try: something it is made of is missing")
	}
	files, err := assets.Load()
	if err != nil {
		return nil, err
	}
	t := &Try{config: config, phones: newPhones(), paths: map[string]string{}}
	for _, name := range []string{"desk.css", "try.css", "try.js", "mark.svg"} {
		if t.paths[name], err = files.Path(name); err != nil {
			return nil, err
		}
	}
	if t.page, err = template.ParseFS(templateFiles, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("parse the page: %w", err)
	}
	guard := http.NewCrossOriginProtection()
	return assets.Secure(config.Secure, guard.Handler(t.routes())), nil
}

// routes lists everything the page does.
func (t *Try) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /try", t.show("page"))
	mux.HandleFunc("GET /try/phone", t.show("phone"))
	mux.HandleFunc("GET /try/queue", t.show("queue"))
	mux.HandleFunc("POST /try/text", t.text)
	mux.HandleFunc("POST /try/new", t.another)
	return mux
}
