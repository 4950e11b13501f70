// Package twiliotest is a local HTTP server that behaves like Twilio's REST API
// for messages: it takes texts, lists them newest first in pages, and shows one
// by its id. What it should do wrong it is told with Next. It is for tests only
// and sends nothing anywhere.
package twiliotest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Message is a text as the server keeps it.
type Message struct {
	SID, Direction, From, To, Body, Status string
	Code                                   int // zero for none
	CreatedAt                              time.Time
	Media                                  int
	// Callback and Validity are what came with it.
	Callback, Validity string
}

// Server is a stand-in for Twilio.
type Server struct {
	// URL is where it listens; it takes the place of Twilio's own.
	URL string

	sid, token string
	now        func() time.Time

	mu        sync.Mutex
	messages  []*Message
	script    []func(http.ResponseWriter, *http.Request)
	calls     []string
	elsewhere string
}

// New starts a server for one account. It ends with the test.
func New(t testing.TB, sid, token string, now func() time.Time) *Server {
	t.Helper()
	s := &Server{sid: sid, token: token, now: now}
	mux := http.NewServeMux()
	base := "/2010-04-01/Accounts/" + sid
	mux.HandleFunc("POST "+base+"/Messages.json", s.create)
	mux.HandleFunc("GET "+base+"/Messages.json", s.list)
	mux.HandleFunc("GET "+base+"/Messages/{file}", s.fetch)
	server := httptest.NewServer(s.admit(mux))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Next lets the next call, whichever it is, be answered by fn instead.
func (s *Server) Next(fn func(http.ResponseWriter, *http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, fn)
}

// Elsewhere makes the list say that its next page is on another host.
func (s *Server) Elsewhere(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.elsewhere = base
}

// Add adds a message, as one that came in or was sent by other means.
func (s *Server) Add(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(&m)
}

// Messages returns what is there, oldest first.
func (s *Server) Messages() (out []Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		out = append(out, *m)
	}
	return out
}

// Set changes how far a message has come.
func (s *Server) Set(sid, status string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.SID == sid {
			m.Status, m.Code = status, code
		}
	}
}

// Calls returns the calls so far, as method and path with the query.
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

func (s *Server) add(m *Message) *Message {
	if m.SID == "" {
		m.SID = fmt.Sprintf("SM%032d", len(s.messages)+1)
	}
	if m.CreatedAt.IsZero() {
		m.CreatedAt = s.now()
	}
	s.messages = append(s.messages, m)
	return m
}

// admit checks who calls, notes it, and lets the script have its say.
func (s *Server) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls = append(s.calls, r.Method+" "+r.URL.RequestURI())
		var fn func(http.ResponseWriter, *http.Request)
		if len(s.script) > 0 {
			fn, s.script = s.script[0], s.script[1:]
		}
		s.mu.Unlock()
		user, password, _ := r.BasicAuth()
		switch {
		case user != s.sid || password != s.token:
			Refuse(w, http.StatusUnauthorized, 20003)
		case fn != nil:
			fn(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// Refuse answers as Twilio does when it refuses a call.
func Refuse(w http.ResponseWriter, status, code int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	write(w, map[string]any{
		"code": code, "status": status, "message": "refused", "more_info": "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
	})
}

// Take keeps the text of a call as Twilio would, and answers nothing: for what
// happens to the answer on its way.
func (s *Server) Take(r *http.Request) Message {
	_ = r.ParseForm()
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.add(&Message{
		Direction: "outbound-api", From: r.PostForm.Get("From"), To: r.PostForm.Get("To"), Body: r.PostForm.Get("Body"),
		Status: "queued", Callback: r.PostForm.Get("StatusCallback"), Validity: r.PostForm.Get("ValidityPeriod"),
	})
}

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("To") == "" {
		Refuse(w, http.StatusBadRequest, 21604)
		return
	}
	m := s.Take(r)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	write(w, s.shown(m))
}

func (s *Server) fetch(w http.ResponseWriter, r *http.Request) {
	sid := strings.TrimSuffix(r.PathValue("file"), ".json")
	for _, m := range s.Messages() {
		if m.SID == sid {
			write(w, s.shown(m))
			return
		}
	}
	Refuse(w, http.StatusNotFound, 20404)
}

// list shows a page of the messages that fit, newest first.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var fit []any
	all := s.Messages()
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; fits(q, "To", m.To) && fits(q, "From", m.From) {
			fit = append(fit, s.shown(m))
		}
	}
	size, page := number(q, "PageSize", 50), number(q, "Page", 0)
	from, to := min(page*size, len(fit)), min((page+1)*size, len(fit))
	out := map[string]any{"messages": append([]any{}, fit[from:to]...), "page": page, "page_size": size, "next_page_uri": nil}
	if to < len(fit) {
		next := url.Values{"PageSize": {strconv.Itoa(size)}, "Page": {strconv.Itoa(page + 1)}, "PageToken": {"PASM" + strconv.Itoa(page)}}
		for _, name := range []string{"To", "From"} {
			if q.Has(name) {
				next.Set(name, q.Get(name))
			}
		}
		out["next_page_uri"] = s.elsewhere + r.URL.Path + "?" + next.Encode()
	}
	w.Header().Set("Content-Type", "application/json")
	write(w, out)
}

func fits(q url.Values, name, is string) bool { return !q.Has(name) || q.Get(name) == is }

func number(q url.Values, name string, otherwise int) int {
	n, err := strconv.Atoi(q.Get(name))
	if err != nil {
		return otherwise
	}
	return n
}

// shown is a message in Twilio's own form.
func (s *Server) shown(m Message) map[string]any {
	var code any
	if m.Code != 0 {
		code = m.Code
	}
	return map[string]any{
		"sid": m.SID, "account_sid": s.sid, "direction": m.Direction, "from": m.From, "to": m.To, "body": m.Body,
		"status": m.Status, "error_code": code, "num_media": strconv.Itoa(m.Media), "num_segments": "1",
		"date_created": m.CreatedAt.UTC().Format(time.RFC1123Z), "date_sent": nil, "messaging_service_sid": nil,
	}
}

func write(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err) // a value of this file's own making
	}
}
