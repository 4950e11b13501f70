// Package telegramtest is a local HTTP server that behaves like Telegram's Bot
// API for one bot: it keeps updates until they are confirmed, takes messages, and
// notes what is done to them. It refuses what Telegram refuses, as a button with
// an empty copy_text. What it should do wrong it is told with Next. It is for
// tests only and sends nothing anywhere.
package telegramtest

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
)

// Button is a button as the server got it.
type Button struct{ Text, Data string }

// Message is a message of the bot.
type Message struct {
	ID   int
	Chat int64
	Text string
	Rows [][]Button
}

// Server is a stand-in for Telegram.
type Server struct {
	// URL is where it listens; it takes the place of Telegram's own.
	URL string

	token string

	mu       sync.Mutex
	updates  []update
	messages []*Message
	script   map[string][]func(http.ResponseWriter, *http.Request)
	calls    []string
	answered []string
	webhook  url.Values
}

type update struct {
	id  int64
	raw json.RawMessage
}

// New starts a server for one bot. It ends with the test.
func New(t testing.TB, token string) *Server {
	t.Helper()
	s := &Server{token: token, script: map[string][]func(http.ResponseWriter, *http.Request){}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Bring adds updates, each as Telegram's own JSON. One may come twice.
func (s *Server) Bring(t testing.TB, updates ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range updates {
		var u struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal([]byte(raw), &u); err != nil {
			t.Fatal(err)
		}
		s.updates = append(s.updates, update{u.ID, json.RawMessage(raw)})
	}
}

// Next lets the next call of a method be answered by fn instead.
func (s *Server) Next(method string, fn func(http.ResponseWriter, *http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script[method] = append(s.script[method], fn)
}

// Messages returns what the bot has sent, oldest first, as it stands now.
func (s *Server) Messages() (out []Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		out = append(out, *m)
	}
	return out
}

// Answered returns the presses that were answered.
func (s *Server) Answered() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.answered...)
}

// Calls returns the names of the methods that were called.
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

// Waiting is how many updates are not confirmed.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// Webhook is what the webhook was set to; nil for none.
func (s *Server) Webhook() url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.webhook
}

// ServeHTTP serves one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+s.token+"/")
	if !ok {
		Refuse(w, http.StatusUnauthorized, "Unauthorized", 0)
		return
	}
	if err := r.ParseForm(); err != nil || r.ContentLength < 0 {
		Refuse(w, http.StatusBadRequest, "Bad Request: a form with a length is wanted", 0)
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, method)
	var fn func(http.ResponseWriter, *http.Request)
	if script := s.script[method]; len(script) > 0 {
		fn, s.script[method] = script[0], script[1:]
	}
	s.mu.Unlock()
	if fn != nil {
		fn(w, r)
		return
	}
	s.serve(w, r, method)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, method string) {
	switch method {
	case "getUpdates":
		s.pending(w, r)
	case "sendMessage":
		s.Take(w, r)
	case "answerCallbackQuery":
		s.mu.Lock()
		s.answered = append(s.answered, r.PostForm.Get("callback_query_id"))
		s.mu.Unlock()
		succeed(w, true)
	case "editMessageText", "editMessageReplyMarkup":
		s.edit(w, r)
	case "setWebhook", "deleteWebhook":
		s.mu.Lock()
		s.webhook = nil
		if method == "setWebhook" {
			s.webhook = r.PostForm
		}
		s.mu.Unlock()
		succeed(w, true)
	default:
		Refuse(w, http.StatusNotFound, "Not Found", 0)
	}
}

// pending shows what is not confirmed, and forgets what is. It never waits.
func (s *Server) pending(w http.ResponseWriter, r *http.Request) {
	offset, _ := strconv.ParseInt(r.PostForm.Get("offset"), 10, 64)
	limit, _ := strconv.Atoi(r.PostForm.Get("limit"))
	s.mu.Lock()
	var left []update
	var shown []json.RawMessage
	for _, u := range s.updates {
		if u.id < offset {
			continue
		}
		left = append(left, u)
		if len(shown) < limit {
			shown = append(shown, u.raw)
		}
	}
	s.updates = left
	s.mu.Unlock()
	succeed(w, shown)
}

// Take takes a message as Telegram does.
func (s *Server) Take(w http.ResponseWriter, r *http.Request) {
	rows, err := rowsOf(r.PostForm.Get("reply_markup"))
	if err != nil {
		Refuse(w, http.StatusBadRequest, "Bad Request: "+err.Error(), 0)
		return
	}
	chat, err := strconv.ParseInt(r.PostForm.Get("chat_id"), 10, 64)
	if err != nil || r.PostForm.Get("text") == "" {
		Refuse(w, http.StatusBadRequest, "Bad Request: chat not found", 0)
		return
	}
	s.mu.Lock()
	m := &Message{ID: len(s.messages) + 1, Chat: chat, Text: r.PostForm.Get("text"), Rows: rows}
	s.messages = append(s.messages, m)
	s.mu.Unlock()
	succeed(w, map[string]any{
		"message_id": m.ID, "date": 1, "text": m.Text, "chat": map[string]any{"id": chat, "type": "private"},
	})
}

func (s *Server) edit(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PostForm.Get("message_id"))
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.ID != id {
			continue
		}
		m.Rows = nil
		if text := r.PostForm.Get("text"); text != "" {
			m.Text = text
		}
		succeed(w, true)
		return
	}
	Refuse(w, http.StatusBadRequest, "Bad Request: message to edit not found", 0)
}

// rowsOf reads a keyboard as strictly as Telegram does.
func rowsOf(markup string) ([][]Button, error) {
	if markup == "" {
		return nil, nil
	}
	var keyboard struct {
		Rows [][]map[string]any `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &keyboard); err != nil {
		return nil, fmt.Errorf("can't parse reply markup")
	}
	var rows [][]Button
	for _, row := range keyboard.Rows {
		var out []Button
		for _, b := range row {
			text, _ := b["text"].(string)
			data, _ := b["callback_data"].(string)
			if _, set := b["copy_text"]; set {
				return nil, fmt.Errorf("BUTTON_COPY_TEXT_INVALID")
			}
			if text == "" || len(data) < 1 || len(data) > 64 {
				return nil, fmt.Errorf("BUTTON_DATA_INVALID")
			}
			out = append(out, Button{text, data})
		}
		rows = append(rows, out)
	}
	return rows, nil
}

func succeed(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	write(w, map[string]any{"ok": true, "result": result})
}

// Refuse answers as Telegram does when it refuses a call.
func Refuse(w http.ResponseWriter, status int, description string, retryAfter int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	out := map[string]any{"ok": false, "error_code": status, "description": description}
	if retryAfter > 0 {
		out["parameters"] = map[string]any{"retry_after": retryAfter}
	}
	write(w, out)
}

func write(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err) // a value of this file's own making
	}
}
