package casework

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestIDsSortInTheOrderTheyWereDrawn(t *testing.T) {
	t.Parallel()
	random := rand.NewChaCha8([32]byte{1})
	var drawn []string
	for i := range 20 {
		ids := NewIDs(noon.Add(time.Duration(i)*time.Millisecond), random)
		for range 5 {
			id, err := ids.Next()
			if err != nil {
				t.Fatal(err)
			}
			drawn = append(drawn, id)
		}
	}
	if !slices.IsSorted(drawn) {
		t.Error("ids do not sort in the order they were drawn")
	}
	if len(slices.Compact(slices.Clone(drawn))) != len(drawn) {
		t.Error("an id was drawn twice")
	}
}

func TestMomentsSortInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	moments := []string{
		Moment(time.Time{}), Moment(time.Unix(0, 0)), Moment(noon), Moment(noon.Add(time.Millisecond)),
		Moment(noon.In(time.FixedZone("east", 3600)).Add(time.Second)), Moment(noon.AddDate(200, 0, 0)),
	}
	if !slices.IsSorted(moments) {
		t.Errorf("got %q", moments)
	}
}

func TestPrivateHidesItself(t *testing.T) {
	t.Parallel()
	const secret = "Maureen Okafor"
	p := Private(secret)
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("test", "who", p)
	shown := []string{
		fmt.Sprint(p), fmt.Sprintf("%s %v %+v %#v %q", p, p, p, p, p), fmt.Errorf("with %s", p).Error(),
		fmt.Sprintf("%+v", struct{ Name Private }{p}), log.String(),
	}
	for _, s := range shown {
		if strings.Contains(s, "Maureen") {
			t.Errorf("the name shows in %q", s)
		}
	}
	if p.Reveal() != secret {
		t.Error("Reveal does not give the text")
	}
}

func TestEveryKindIsDeclaredWhole(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, k := range Kinds() {
		r := k.New()
		if names[k.Name] {
			t.Errorf("two kinds are called %s", k.Name)
		}
		names[k.Name] = true
		if k.Group == "" || k.Key == nil || k.Team == nil || k.Seal == nil {
			t.Errorf("kind %s is not declared whole", k.Name)
		}
		if got := k.Key(r); strings.Contains(got, separator) {
			t.Errorf("the key of a %s holds the separator: %q", k.Name, got)
		}
		indexes := map[string]bool{}
		for _, ix := range k.Indexes {
			if indexes[ix.Name] {
				t.Errorf("kind %s has two indexes %s", k.Name, ix.Name)
			}
			indexes[ix.Name] = true
		}
		text, err := json.Marshal(r)
		if err != nil || strings.Contains(string(text), "Version\":") {
			t.Errorf("a %s does not travel well: %s, %v", k.Name, text, err)
		}
	}
}
