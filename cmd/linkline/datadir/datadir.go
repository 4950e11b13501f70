// Package datadir is the data directory of one service: the store's file and
// identity, the key, the demo team's token, the settings and the admin socket.
// It makes them where they are missing, never writes over one that is there,
// and refuses secrets that others may read. What the store's file holds is no
// concern of it.
package datadir

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"linkline/cmd/linkline/config"
)

const (
	keyFile   = "key"
	tokenFile = "demo-token"
	storeFile = "linkline.db"
	socket    = "admin.sock"

	keySize   = 32
	tokenSize = 16
)

// Dir is a data directory.
type Dir struct{ path string }

// At returns the data directory at a path, which need not exist.
func At(path string) Dir { return Dir{path} }

// Path is where the directory is.
func (d Dir) Path() string { return d.path }

// Store is where the store's file is.
func (d Dir) Store() string { return filepath.Join(d.path, storeFile) }

// Socket is where the running service listens for commands.
func (d Dir) Socket() string { return filepath.Join(d.path, socket) }

// ConfigFile is where the settings are, unless --config says otherwise.
func (d Dir) ConfigFile() string { return filepath.Join(d.path, config.FileName) }

// HasStore reports whether the directory has a store's file.
func (d Dir) HasStore() bool {
	_, err := os.Stat(d.Store())
	return err == nil
}

// Made is one thing that Make made or found.
type Made struct {
	File string
	New  bool
	What string
}

// Make makes the directory, the key unless one is configured, the demo token
// and the settings, each only where it is missing. A key is never made where a
// store is: it could not be the store's.
func (d Dir) Make(withKey bool) ([]Made, error) {
	made := make([]Made, 0, 4)
	isNew, err := d.makeSelf()
	if err != nil {
		return nil, err
	}
	made = append(made, Made{d.path, isNew, "data directory, for this user only"})
	files := []struct {
		name, what string
		write      bool
		content    func() ([]byte, error)
	}{
		{keyFile, "key that seals the store: keep a copy elsewhere, nothing can be read without it", withKey, newKey},
		{tokenFile, "auth token of the demo team", true, newToken},
		{config.FileName, "settings", true, func() ([]byte, error) { return config.Sample, nil }},
	}
	for _, f := range files {
		path := filepath.Join(d.path, f.name)
		if !f.write {
			continue
		}
		if f.name == keyFile && d.HasStore() && missing(path) {
			return made, fmt.Errorf("%s is missing, and the store cannot be read without it: bring it back from its copy", path)
		}
		isNew, err := writeNew(path, f.content)
		if err != nil {
			return made, err
		}
		made = append(made, Made{path, isNew, f.what})
	}
	return made, nil
}

func (d Dir) makeSelf() (bool, error) {
	isNew := missing(d.path)
	if err := os.MkdirAll(d.path, 0o700); err != nil {
		return false, fmt.Errorf("make data directory: %w", err)
	}
	info, err := os.Stat(d.path)
	if err != nil {
		return false, fmt.Errorf("look at data directory: %w", err)
	}
	if !info.IsDir() {
		return false, fmt.Errorf("%s is not a directory", d.path)
	}
	return isNew, nil
}

// Key reads the store's key: the configured one, or the key file.
func (d Dir) Key(configured config.Secret) ([]byte, error) {
	text, from := configured.Reveal(), "LINKLINE_KEY"
	if text == "" {
		var err error
		from = filepath.Join(d.path, keyFile)
		if text, err = d.secret(keyFile); err != nil {
			return nil, err
		}
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("%s is not %d bytes in base64: bring the key back from its copy", from, keySize)
	}
	return key, nil
}

// DemoToken reads the auth token of the demo team.
func (d Dir) DemoToken() (config.Secret, error) {
	token, err := d.secret(tokenFile)
	if err == nil && len(token) < 2*tokenSize {
		return "", fmt.Errorf("%s is too short: remove it and run linkline init", filepath.Join(d.path, tokenFile))
	}
	return config.Secret(token), err
}

func (d Dir) secret(name string) (string, error) {
	path := filepath.Join(d.path, name)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is missing: run linkline init", path)
	}
	if err != nil {
		return "", fmt.Errorf("look at secret: %w", err)
	}
	if config.Exposed(info) {
		return "", fmt.Errorf("others may read %s: chmod 600 %s", path, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}

func newKey() ([]byte, error) {
	key, err := draw(keySize)
	return []byte(base64.StdEncoding.EncodeToString(key) + "\n"), err
}

func newToken() ([]byte, error) {
	token, err := draw(tokenSize)
	return []byte(hex.EncodeToString(token) + "\n"), err
}

func draw(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(rand.Reader, b); err != nil {
		return nil, fmt.Errorf("draw a secret: %w", err)
	}
	return b, nil
}

// writeNew writes a file for this user only, unless it is there. It is written
// beside its place and linked there, so that a crash leaves a whole file or
// none, and two who write at once leave one.
func writeNew(path string, content func() ([]byte, error)) (bool, error) {
	if !missing(path) {
		return false, nil
	}
	data, err := content()
	if err != nil {
		return false, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return false, fmt.Errorf("make %s: %w", path, err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return false, fmt.Errorf("write %s: %w", path, err)
	}
	err = os.Link(f.Name(), path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return false, fmt.Errorf("put %s in its place: %w", path, err)
	}
	return err == nil, nil
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}
