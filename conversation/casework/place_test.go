package casework

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTrailTravels(t *testing.T) {
	t.Parallel()
	give := Conversation{Trail: Trail{{"referral", 1, "who"}, {"more", 12, "access_needs"}}}
	text, err := json.Marshal(give)
	if err != nil {
		t.Fatal(err)
	}
	var got Conversation
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got.Trail, give.Trail); diff != "" {
		t.Errorf("the trail came back changed:\n%s", diff)
	}
}

func TestParsePlaceRefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"", "referral", "referral:1", "referral:one:who", "a b:1:c d"} {
		got, err := ParsePlace(word)
		if word == "a b:1:c d" {
			if err != nil || got.String() != word {
				t.Errorf("%q: %v, %v", word, got, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%q was read as %+v", word, got)
		}
	}
	var trail Trail
	if err := trail.UnmarshalText([]byte("referral:1:who nowhere")); err == nil {
		t.Errorf("a trail through nowhere was read as %+v", trail)
	}
}
