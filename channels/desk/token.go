package desk

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"linkline/conversation/casework"
)

// tokenBytes is how much randomness a token holds: 256 bits.
const tokenBytes = 32

// NewToken draws a token for a browser to keep.
func NewToken(random io.Reader) (string, error) {
	var b [tokenBytes]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("draw a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// TokenKey is what is stored of a token: its SHA-256, so that whoever reads the
// store cannot sign in.
func TokenKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Invite makes a link that lets a user sign in once, before it expires. It
// returns the path of the link, to be put behind the public URL.
func Invite(tx casework.Tx, user *casework.User, random io.Reader, expires time.Time) (string, error) {
	token, err := NewToken(random)
	if err != nil {
		return "", err
	}
	link := &casework.SignInLink{Token: TokenKey(token), Team: user.Team, User: user.ID, ExpiresAt: expires}
	if err := casework.SignInLinks.Put(tx, link); err != nil {
		return "", fmt.Errorf("keep a sign-in link: %w", err)
	}
	return "/welcome?token=" + token, nil
}

// formToken draws the token of a form, which makes a double click act once.
func (d *Desk) formToken() (string, error) { return NewToken(d.random) }

// once names one sending of a form: the same form with the same words is the
// same sending; the same form with other words (the back button, then an
// edit) is another, so that no text is lost to a token already used.
func once(token, what, text string) string {
	sum := sha256.Sum256([]byte(token + "\x00" + what + "\x00" + text))
	return hex.EncodeToString(sum[:16])
}
