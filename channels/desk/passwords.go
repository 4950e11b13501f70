package desk

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

// The bounds of a password (ASVS 6.2): long enough, any characters, never
// changed for the sake of change.
const (
	minPassword = 12
	maxPassword = 1024 // bytes
)

// passwords hashes and checks passwords, two at a time: each takes 19 MiB.
type passwords struct {
	params argon2id.Params
	slots  chan struct{}
	// nobody is the hash that an unknown login is checked against, so that it
	// takes as long as a known one.
	nobody string
}

func newPasswords() (*passwords, error) {
	p := &passwords{
		params: argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, 2),
	}
	hash, err := argon2id.CreateHash("nobody has this password", &p.params)
	if err != nil {
		return nil, fmt.Errorf("hash the password of nobody: %w", err)
	}
	p.nobody = hash
	return p, nil
}

// slot waits for a place to hash in.
func (p *passwords) slot(ctx context.Context) (func(), error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to check a password: %w", ctx.Err())
	}
}

// hash returns what is stored of a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	done, err := p.slot(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, &p.params)
}

// check reports whether a password belongs to a hash. An empty hash, or a
// password beyond the bounds, takes the same time and never matches.
func (p *passwords) check(ctx context.Context, password, hash string) (bool, error) {
	done, err := p.slot(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	possible := hash != "" && len(password) <= maxPassword
	if !possible {
		password, hash = "x", p.nobody
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check a password: %w", err)
	}
	return match && possible, nil
}

// weak says what is wrong with a password somebody wants to use; empty when
// nothing is. About are words that are known of her and of the service.
func weak(password string, about ...string) string {
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		return fmt.Sprintf("Choose a password of %d characters or more. Three or four unrelated words are good.", minPassword)
	case len(password) > maxPassword:
		return "Choose a shorter password: 1,000 characters at most."
	}
	plain := strings.ToLower(password)
	for _, word := range about {
		plain = strings.ReplaceAll(plain, strings.ToLower(word), "")
	}
	if varied(plain) < 5 {
		return "Choose a password that is harder to guess: not your name, the service's name or one thing again and again."
	}
	return ""
}

// varied counts the different characters, without those that only count on:
// 123456 and abcdef are one thing said on.
func varied(s string) int {
	seen, last := map[rune]bool{}, rune(-1)
	for _, r := range s {
		if r != last+1 {
			seen[r] = true
		}
		last = r
	}
	return len(seen)
}
