package datadir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/datadir"
)

func TestMakeIsMadeOnce(t *testing.T) {
	t.Parallel()
	d := datadir.At(filepath.Join(t.TempDir(), "data"))
	first, err := d.Make(true)
	if err != nil {
		t.Fatal(err)
	}
	key, err := d.Key("")
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.DemoToken()
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.Make(true)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if !first[i].New || second[i].New {
			t.Errorf("%s: new is %v, then %v; want true, then false", first[i].File, first[i].New, second[i].New)
		}
	}
	keyAgain, _ := d.Key("")
	tokenAgain, _ := d.DemoToken()
	if string(keyAgain) != string(key) || tokenAgain != token {
		t.Error("making it again changed a secret")
	}
}

func TestMakeKeepsItToTheUser(t *testing.T) {
	t.Parallel()
	d := datadir.At(filepath.Join(t.TempDir(), "data"))
	made, err := d.Make(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range made {
		info, err := os.Stat(m.File)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm() & 0o077; got != 0 {
			t.Errorf("%s: others have mode %o", filepath.Base(m.File), got)
		}
	}
}

func TestMakeNeverMakesAKeyForAStoreThatIsThere(t *testing.T) {
	t.Parallel()
	d := datadir.At(t.TempDir())
	if err := os.WriteFile(d.Store(), []byte("rows"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Make(true); err == nil || !strings.Contains(err.Error(), "bring it back") {
		t.Errorf("got %v, want a refusal", err)
	}
	if _, err := os.Stat(filepath.Join(d.Path(), "key")); err == nil {
		t.Error("a key was made")
	}
}

func TestMakeWithoutKey(t *testing.T) {
	t.Parallel()
	d := datadir.At(t.TempDir())
	if _, err := d.Make(false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Key(""); err == nil || !strings.Contains(err.Error(), "run linkline init") {
		t.Errorf("got %v, want a hint to init", err)
	}
	if _, err := d.Key(config.Secret(strings.Repeat("A", 43) + "=")); err != nil {
		t.Errorf("a configured key is refused: %v", err)
	}
}

func TestSecretsOthersMayReadAreRefused(t *testing.T) {
	t.Parallel()
	d := datadir.At(t.TempDir())
	if _, err := d.Make(true); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(d.Path(), "key")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	want := "others may read " + path + ": chmod 600 " + path
	if _, err := d.Key(""); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestDamagedSecretsAreRefused(t *testing.T) {
	t.Parallel()
	d := datadir.At(t.TempDir())
	for _, name := range []string{"key", "demo-token"} {
		if err := os.WriteFile(filepath.Join(d.Path(), name), []byte("abc"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Key(""); err == nil {
		t.Error("a key of three letters is taken")
	}
	if _, err := d.DemoToken(); err == nil {
		t.Error("a token of three letters is taken")
	}
}

func TestKeySaysWhichIsWrong(t *testing.T) {
	t.Parallel()
	d := datadir.At(t.TempDir())
	file := filepath.Join(d.Path(), "key")
	if err := os.WriteFile(file, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Key(""); err == nil || !strings.HasPrefix(err.Error(), file+" is not 32 bytes") {
		t.Errorf("got %v, want the file's name", err)
	}
	if _, err := d.Key("hello"); err == nil || !strings.HasPrefix(err.Error(), "LINKLINE_KEY is not 32 bytes") {
		t.Errorf("got %v, want the variable's name", err)
	}
}
