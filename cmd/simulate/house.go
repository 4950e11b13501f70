package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"linkline/channels/twilio"
	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
	"linkline/conversation/casework"
	"linkline/flows"
	"linkline/store"
	"linkline/store/seal"
)

// publicURL is what the made-up Twilio believes it calls, and demoToken what it
// signs with.
const (
	publicURL = "https://texts.example.org"
	demoToken = "00112233445566778899aabbccddeeff"
)

// house is the whole service on a store of its own, as the program puts it
// together, with the demo team in it.
type house struct {
	store   *store.DB
	service *service.Service
	handler http.Handler
	account twilio.Account
}

// world is what a house is given from outside.
type world struct {
	library *flows.Library
	dir     string // where no settings are
	now     func() time.Time
	random  io.Reader
	log     *slog.Logger
}

// newHouse opens a house over the rows of a backend.
func newHouse(backend store.Backend, w world) (*house, error) {
	settings, err := config.Load(config.Given{DataDir: w.dir})
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	key := make([]byte, seal.KeySize)
	ring, err := seal.NewKeyring(w.random, seal.Key{Version: 1, Secret: key})
	if err != nil {
		return nil, err
	}
	h := &house{}
	if h.store, err = store.Open(backend, ring, casework.Kinds()); err != nil {
		return nil, err
	}
	h.service, err = service.New(service.Config{
		Settings: settings, PublicURL: publicURL, DeskURL: publicURL, Store: h.store, Library: w.library,
		DemoToken: demoToken, StoreKey: key, Now: w.now, Random: w.random, Log: w.log,
	})
	if err != nil {
		return nil, err
	}
	h.handler = h.service.Handler()
	h.account = service.Accounts(settings.Teams, publicURL, demoToken)[0]
	return h, nil
}

// bring brings a text to the webhook and returns what it answered.
func (h *house) bring(ctx context.Context, t text) (string, error) {
	r, err := t.request(ctx, publicURL)
	if err != nil {
		return "", err
	}
	return serve(h.handler, r)
}

// seeded is a reader of bytes that are the same in every run. It is for one
// goroutine at a time.
func seeded(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }
