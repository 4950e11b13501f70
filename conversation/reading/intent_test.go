package reading

import "testing"

func TestIntents(t *testing.T) {
	t.Parallel()
	tests := map[Intent][]string{
		OptOutWord: {"STOP", "stop", " Stop. ", "STOP!", `"STOP"`, "S T O P", "s.t.o.p", "stop stop", "ѕtор", "ＳＴＯＰ", "s\u200btop", "STOP 🛑", "STOPALL", "unsubscribe", "stopiwch"}, // B1
		OptOutPhrase: { // B2
			"STOP PLEASE", "pls stop texting me", "take me off ur list", "unsubscribe me", "stop texting me", "Please stop texting me now", "leave me alone",
			"i dont want any more texts", "please dont contact me again", "no more texts thanks", "ive had enough please stop texting me", "Stop sending me these",
			"stop messaging me", "do not text me again", "remove me from your list", "please remove my number", "take me off this list please", "opt me out", "dont text me",
			"stop texting", "stop the texts", "can you stop texting me", "I want you to stop texting me please", "no thanks. stop texting me", "don't want to be texted",
			"i no longer want these texts", "Please leave me alone.", "stop contacting me", "stop x", "i want to unsubscribe", "take my number off your list", "stoppp", "I want to stop getting these texts", "i want these texts to stop", "how do i unsubscribe", "im not interested please stop", "no thank you, please stop", "STOP - Maureen", "Stop. Maureen Smith",
			"I do not want to receive any more messages", "stop bugging me", "no texts please", "enough of the texts", "wish you'd stop texting", "i didnt sign up for this stop texting me",
		},
		OptIn:       {"START", "start", "Start.", "UNSTOP"},
		CarrierWord: {"CANCEL", "end", "Quit", "REVOKE", "OPTOUT"}, // B4
		HelpWord:    {"HELP", "info", "help!!!", "help me"},        // B8
		Urgent:      {"URGENT", "urgent!!!", "its urgent"},
		Back:        {"BACK", "go back", "oops", "back please", "yn ôl"},
		Change:      {"CHANGE", "change my answer", "i want to change something", "newid"},
		Skip:        {"SKIP", "skip x", "pass", "rather not say", "I'd rather not say"},
		Menu:        {"MENU", "main menu", "dewislen"},
		Person: { // B27
			"CALL", "call me", "ring me please", "talk to someone", "can someone call me", "agent", "human", "I want to speak to a person", "call me back tomorrow",
			"can i talk to someone please", "give me a ring", "please can someone ring me", "Call me on 07700 900123", "speak to my link worker", "ffonio", "im rubbish at texting can u ring me", "i cant do this by text can someone ring", "please ring my landline 01632 960001", "id rather talk on the phone", "let me speak to a person",
		},
		Pause:       {"PAUSE", "pause until 24 march", "pause for 2 weeks", "pause please", "take a break", "stop texting me for 2 weeks", "stop until monday", "hold the texts"},
		Hello:       {"HELLO", "hi", "hi there x", "good morning", "hello!!", "shwmae"},
		Withdraw:    {"take it back", "I take it back", "withdraw my permission"},
		WrongNumber: {"wrong number", "who dis", "who is this?", "no longer her number", "you have the wrong number", "she doesn't live here", "this isn't her number"}, // B24
		NoIntent: {
			"don't stop", "bus stop", "can't stop crying", "stop smoking group?", "please don't stop", "the bus stops at 9", "i want to stop smoking", "stop and think", "non stop", // B3
			"my ex wont stop texting me", "I want to stop texting my ex", "he wont leave me alone", "they leave me alone all day", "how do i stop him texting me", "make him stop texting me",
			"I want to talk to someone about debts", "I need someone to talk to", "call me Maureen", "my mum used to call me fat", "they never call me", "i dont want to be alone",
			"yes", "YES please", "no", "0", "1", "", "?", "...", "\xff", "money", "help with money", "I need help", "back pain", "change of job", "the end", "quit smoking", "cancel my appointment",
			"her number is 07700 900123", "I feel hopeless", "start a new course", "my menu is bad", "take me off the tablets please", "hello I am Maureen and I am lonely",
			"urgent repairs to my house", "stop my rent going up", "make it stop", "please make it stop", "help me stop gambling", "please stop the damp", "how do i stop smoking", "no texts came", "no more pain please",
			"take me off universal credit", "leave me a message", "they call me Jo", "i will call you", "nobody rings me", "can you call the council for me", "could you ring my son", "do not stop texting me", "please do not stop texting me", "skip hire", "remove the damp", "nobody texts me", "who is this for", "end of tenancy",
		},
	}
	for want, texts := range tests {
		for _, text := range texts {
			if got := IntentOf(text, "en", monday()); got.Intent != want {
				t.Errorf("IntentOf(%q) = %q by %s, want %q", text, got.Intent, got.Rule, want)
			}
		}
	}
}

// TestStopIsReadInEveryLanguage holds whatever the person's own language is.
func TestStopIsReadInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "cy", "pl", ""} {
		for _, text := range []string{"STOP", "stopiwch"} {
			if got := IntentOf(text, language, monday()).Intent; got != OptOutWord {
				t.Errorf("IntentOf(%q, %q) = %q, want %q", text, language, got, OptOutWord)
			}
		}
	}
}

func TestPauseUntil(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"pause until 24 march":        "2027-03-24",
		"PAUSE till friday":           "2026-11-27",
		"pause for 2 weeks":           "2026-12-07",
		"pause for a month":           "2026-12-23",
		"Pause until 1/12":            "2026-12-01",
		"pause":                       "",
		"pause until I'm better":      "",
		"stop texting me for 2 weeks": "2026-12-07",
	}
	for text, want := range tests {
		got := IntentOf(text, "en", monday())
		if got.Intent != Pause || got.Until != want {
			t.Errorf("IntentOf(%q) = %q until %q, want pause until %q", text, got.Intent, got.Until, want)
		}
	}
}

func TestEveryIntentHasWords(t *testing.T) {
	t.Parallel()
	for _, language := range Languages() {
		lex := lexiconFor(language)
		if len(lex.intents) != len(Intents()) {
			t.Errorf("%s: words for %d intents, want %d", language, len(lex.intents), len(Intents()))
		}
		for _, intent := range Intents() {
			if len(lex.intents[intent]) == 0 {
				t.Errorf("%s: no words for %s", language, intent)
			}
		}
	}
}
