package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"linkline/cmd/linkline/admin"
	"linkline/cmd/linkline/service"
)

// command carries out what comes through the admin socket.
func (h *host) command(ctx context.Context, r admin.Request) (any, error) {
	switch r.Command {
	case addUser:
		n, err := decoded[service.NewUser](r)
		if err != nil {
			return nil, err
		}
		path, err := h.service.Users().Add(ctx, n)
		return invitation{Link: h.desk + path}, err
	case setPhone:
		asked, err := decoded[userPhoneCommand](r)
		if err != nil {
			return nil, err
		}
		return true, h.service.Users().SetPhone(ctx, asked.Login, asked.Phone)
	case listOutbox:
		asked, err := decoded[outboxAsked](r)
		if err != nil {
			return nil, err
		}
		return asked.list(ctx, h.service.Operator())
	case doOutbox:
		asked, err := decoded[handAsked](r)
		if err != nil {
			return nil, err
		}
		return true, h.service.Operator().Do(ctx, asked.Hand, asked.Message, asked.Why)
	case listJobs:
		reference, err := decoded[string](r)
		if err != nil {
			return nil, err
		}
		return h.service.Operator().Jobs(ctx, reference)
	}
	return nil, fmt.Errorf("the running service does not know %q: is it an older version?", r.Command)
}

// decoded reads what a command was given.
func decoded[T any](r admin.Request) (args T, err error) {
	if json.Unmarshal(r.Args, &args) != nil {
		return args, errors.New("the running service does not understand what is asked: is it another version?")
	}
	return args, nil
}
