package desk

import (
	"errors"
	"fmt"
	"net/http"

	"linkline/channels/desk/assets"
	"linkline/channels/desk/words"
	"linkline/conversation"
	"linkline/conversation/casework"
)

// Desk answers the requests of link workers. It is safe for concurrent use.
type Desk struct {
	config    Config
	teams     map[casework.TeamID]*conversation.Team
	catalogue *words.Catalogue
	templates *templates
	passwords *passwords
	throttle  *throttle
	random    *lockedReader
}

// New returns the desk's handler: every page, the static files and the headers
// that guard them.
func New(config Config) (http.Handler, error) {
	if err := config.validate(); err != nil {
		return nil, err
	}
	files, err := assets.Load()
	if err != nil {
		return nil, err
	}
	templates, err := parse(files)
	if err != nil {
		return nil, err
	}
	passwords, err := newPasswords()
	if err != nil {
		return nil, err
	}
	d := &Desk{
		config: config, teams: map[casework.TeamID]*conversation.Team{},
		catalogue: words.NewCatalogue(config.Library), templates: templates,
		passwords: passwords, throttle: newThrottle(), random: &lockedReader{r: config.Random},
	}
	for _, t := range config.Teams {
		if t.Calendar == nil {
			return nil, fmt.Errorf("team %s has no calendar", t.ID)
		}
		d.teams[t.ID] = t
	}
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(d.refuseForeign))
	return assets.Secure(config.Secure, d.recovered(guard.Handler(d.routes(files)))), nil
}

// routes lists every page and action of the desk.
func (d *Desk) routes(files http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+assets.Prefix, files)
	mux.HandleFunc("GET /{$}", d.front)

	mux.HandleFunc("GET /sign-in", d.open(d.signInPage))
	mux.HandleFunc("POST /sign-in", d.open(d.signIn))
	mux.HandleFunc("GET /welcome", d.open(d.welcomePage))
	mux.HandleFunc("POST /welcome", d.open(d.welcome))
	mux.HandleFunc("POST /sign-out", d.open(d.signOut))
	mux.HandleFunc("GET /password", d.signed(d.passwordPage))
	mux.HandleFunc("POST /password", d.signed(d.choosePassword))
	mux.HandleFunc("POST /still-here", d.signed(d.stillHere))

	mux.HandleFunc("GET /queue", d.signed(d.queue))

	mux.HandleFunc("GET /case/{reference}", d.signed(d.casePage))
	mux.HandleFunc("POST /case/{reference}/pick-up", d.signed(d.pickUp))
	mux.HandleFunc("POST /case/{reference}/reply", d.signed(d.reply))
	mux.HandleFunc("POST /case/{reference}/note", d.signed(d.note))
	mux.HandleFunc("POST /case/{reference}/give-back", d.signed(d.giveBack))
	mux.HandleFunc("GET /case/{reference}/close", d.signed(d.closePage))
	mux.HandleFunc("POST /case/{reference}/close", d.signed(d.closeCase))
	mux.HandleFunc("POST /case/{reference}/text/{id}/again", d.signed(d.resendText))
	mux.HandleFunc("POST /count", d.signed(d.count))
	d.courseRoutes(mux)

	mux.HandleFunc("GET /alert/{id}", d.signed(d.alertPage))
	mux.HandleFunc("POST /alert/{id}/take", d.signed(d.takeAlert))
	mux.HandleFunc("POST /alert/{id}/close", d.signed(d.closeAlert))
	mux.HandleFunc("GET /task/{id}", d.signed(d.taskPage))
	mux.HandleFunc("POST /task/{id}/finish", d.signed(d.finishTask))
	mux.HandleFunc("POST /task/{id}/send-again", d.signed(d.resendTask))

	mux.HandleFunc("/", d.nowhere)
	return mux
}

// courseRoutes lists what can be done on a case between pick-up and closing.
// Each form has a page of its own, so that a phone shows one thing at a time.
func (d *Desk) courseRoutes(mux *http.ServeMux) {
	const on = "/case/{reference}/"
	form := func(path string, page, act func(http.ResponseWriter, *http.Request, *visit) error) {
		mux.HandleFunc("GET "+on+path, d.signed(page))
		mux.HandleFunc("POST "+on+path, d.signed(act))
	}
	form("take-over", d.takeOverPage, d.takeOver)
	form("appointment", d.bookPage, d.book)
	form("appointment/{id}/move", d.movePage, d.move)
	form("appointment/{id}/call-off", d.callOffPage, d.callOff)
	mux.HandleFunc("POST "+on+"appointment/{id}/visit", d.signed(d.markVisit))
	form("group", d.groupPage, d.inviteToGroup)
	form("contact", d.contactPage, d.logContact)
	form("again", d.againPage, d.again)
	form("plan", d.planPage, d.writePlan)
	form("referral", d.referPage, d.refer)
	form("referral/{id}", d.referralPage, d.moveReferral)
	form("signpost", d.suggestPage, d.suggest)
	form("unmet", d.unmetPage, d.noteUnmet)
	form("ending", d.endingPage, d.sayEnding)
	mux.HandleFunc("GET /calendar", d.signed(d.calendar))
	mux.HandleFunc("GET /invite", d.signed(d.invitePage))
	mux.HandleFunc("POST /invite", d.signed(d.invite))
}

// front leads to the queue.
func (d *Desk) front(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/queue", http.StatusSeeOther)
}

// nowhere answers every other address with the page for what does not exist.
func (d *Desk) nowhere(w http.ResponseWriter, r *http.Request) {
	v, err := d.visitor(r)
	if err != nil {
		v = nil
	}
	d.fail(w, r, v, casework.ErrNotFound)
}

// open runs an action that needs nobody to be signed in.
func (d *Desk) open(act func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := act(w, r); err != nil {
			d.fail(w, r, nil, err)
		}
	}
}

// signed runs an action for a worker who is signed in; anybody else is led to
// the sign-in page, which keeps what she had typed.
func (d *Desk) signed(act func(http.ResponseWriter, *http.Request, *visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v, err := d.visitor(r)
		if errors.Is(err, errSignedOut) {
			if err := d.askToSignIn(w, r); err != nil {
				d.fail(w, r, nil, err)
			}
			return
		}
		if err == nil {
			err = act(w, r, v)
		}
		if err != nil {
			d.fail(w, r, v, err)
		}
	}
}
