package reading

import "testing"

// TestRequestsInTheirOwnWords are ways of asking that no list has as a whole, and
// ordinary texts that come close to them.
func TestRequestsInTheirOwnWords(t *testing.T) {
	t.Parallel()
	said := map[Intent][]string{
		OptOutPhrase: {
			"stop texting this number", "please dont send me anything else", "dont want any more from you", "i dont want to hear from you again",
			"i dont want to be contacted", "not interested please remove me from list", "not interested, please stop", "i didnt ask for these texts",
			"who gave you my number, stop texting me", "enough texts now", "these texts are annoying me please stop them", "cease and desist",
			"delete my number", "take my name off your system", "get me off this list", "id like to unsubscribe from this service",
			"can i be taken off the list please", "i want to come off this service", "i dont need this service any more", "i want no more messages",
			"dont ever contact me again", "STOP TEXTING", "stop it please", "leave me in peace",
			"get lost", "cancel the texts", "i keep getting these texts, please stop", "would you please stop with the messages",
			"im sick of getting texts off you", "dont bother texting me", "dont bother me again", "no texts please",
			"no thank you no more texts", "i asked you to stop", "i have asked you to stop texting me", "how do i stop these",
			"how do i stop getting these messages", "how do i get off this", "how can i unsubscribe", "can you unsubscribe me please",
			"opt out", "opting out thanks", "remove my number please", "take me off this please",
			"take me off the list", "take us off", "stop ringing me", "stop calling me",
			"stop emailing me", "stop harassing me", "im blocking you", "piss off",
			"fuck off", "sod off will you", "go away and leave me alone", "leave me alone!!!",
			"just leave me be", "stop please and thank you", "STOP all texts to this phone immediately", "STOP. I am not interested",
			"STOP - I am fine now thanks", "i changed my mind i dont want the texts", "i dont want your texts", "i dont want text messages",
			"dont want no more texts", "please discontinue messages", "end this service", "cancel my subscription",
		},
		NoIntent: {
			"i did not sign up for this", "your texts are a nuisance", "i no longer need your help", "make them stop texting me",
			"i cant stop texting my ex", "i want it to stop", "i just want it all to stop", "make it stop",
			"please make it stop", "i want to stop feeling like this", "i want to stop taking my tablets", "stop hitting me",
			"he wont stop", "tell him to stop", "nobody will leave me alone", "everyone has left me alone",
			"i feel alone leave the light on", "i want to be left alone", "i got lost", "i am lost",
			"no more", "no more pain", "i cant take any more", "cant do this any more",
			"i want out", "get me out of here", "take me away", "cancel my appointment",
			"i want to end it", "i want to quit", "quit my job", "i need someone to talk to",
			"nobody to talk to", "can you ring my daughter instead", "my daughter will ring you", "ill ring you later",
			"i will call tomorrow", "i rang you yesterday", "have you rang me", "did you try to call me",
			"missed your call", "i missed a call from you", "my phone doesnt ring", "call the police",
			"should i call 999", "are you real", "are you a robot", "is this a robot",
			"am i talking to a person", "im not well", "im not sleeping", "im not coping",
			"im not happy", "im not from here", "there is no heating here", "i dont know anyone here",
			"jean has moved", "my son doesnt live here any more", "this is a new number", "ive changed my number",
			"my number has changed", "i got the wrong bus number", "who do you think you are", "jean passed away",
			"my mum died", "my mum died last week", "my dad has just died and i cant cope", "my friend died",
			"he died and left me with nothing", "she died in my arms", "my husband died. he was 70", "my husband was ill for years. he died in may",
			"everyone i know is dead", "im dead tired", "my phone is dead", "everyone has forgotten me",
			"i keep deleting the texts", "who sees this", "is this confidential", "is it private",
			"i want to complain about the council", "i want to complain about my neighbour", "this is rubbish service", "i meant 2",
			"sorry i meant yes", "i will answer later", "dont text me on sundays", "no texts at night please",
			"in hospital", "i need a break from everything", "i need a holiday", "ive changed my mind",
			"i didnt agree to that", "i need help", "can you help", "what can you help with",
			"hi its jean", "remove", "give it a rest", "shut up",
			"not interested", "no longer interested", "i do not consent to these texts", "cancel everything",
			"please can i speak to jo", "when will someone call me", "has anyone tried to ring me", "talk to me",
			"can somebody talk to me", "are there any humans there", "any humans", "not a bot",
			"i cant see to text", "i am deaf so cant take calls", "dont call me", "dont ring i am at work",
			"please dont phone me", "my cat died", "my mother in law passed away in june", "nan passed away",
			"dad died at christmas and im not coping", "shes gone and i miss her", "he left me", "he has gone",
			"since he died i cant sleep", "when she died i gave up", "her funeral is friday", "rip mum",
			"my friend passed away", "lost my wife last year", "widowed last year", "i wish i was dead",
			"want to be dead", "im as good as dead", "cant go back", "i cant go back to work",
			"i never want to go back there", "i want my old life back", "my ex wants me back", "get back to me",
			"oops i meant 3", "do you keep my details", "how long do you keep my data", "freedom of information request",
			"you lot are useless", "complaint about the bins", "i have complained to the landlord", "i want this taken further",
		},
		CarrierWord: {
			"cancel", "end",
		},
		Person: {
			"speak to a human please", "can i speak to somebody", "is there someone i can talk to", "is there anyone there i can speak to",
			"i want to speak with a member of your team", "please can a link worker ring me", "can my link worker call me tomorrow", "can u call",
			"ring my landline please", "call 01632 960123", "please phone me on 01632 960001", "would rather talk on phone",
			"prefer to speak on the phone", "id rather have a phone call", "phone is better for me", "i dont like texting can you ring",
			"can i call you", "what number do i ring", "whats the phone number", "human please",
			"HUMAN", "operator", "put me through to someone", "transfer me to an adviser",
			"can i have a chat with someone", "can i have a call", "can i have a call back please", "could i get a phone call",
			"id like a call", "i want a call back", "ring me when ur free", "ring me after 3",
			"ring us tomorrow morning", "give me a ring", "give us a bell", "gis a call",
			"bell me", "phone me asap", "please telephone", "you can call me",
			"will someone call me", "i would like to talk to a real person", "i want to talk", "need to talk",
			"i just need to talk to someone", "customer services", "get me someone", "i need to speak to my link worker",
			"link worker", "receptionist please", "i cant read these can you phone", "im blind can you call me",
			"im no good at texting", "call me back",
		},
		WrongNumber: {
			"wrong number mate", "think u got wrong number", "no jean here", "there is no jean at this number",
			"you have the wrong person", "dont know anyone called jean", "i dont know who jean is", "jean doesnt have this phone anymore",
			"jean no longer lives here", "she doesnt live here any more", "this is my number now", "who is this",
			"who are you", "whos jean", "how did you get my number",
		},
		Deceased: {
			"jean died last week this is her husband", "this is jeans son, she died on monday", "my wife died, this was her number", "she has passed, please stop texting",
			"he is dead", "im sorry to tell you mr smith died in january", "this is his daughter he died on tuesday", "sorry to say he died",
			"i regret to inform you that mrs patel has died", "mr jones has sadly passed away", "he is no longer with us", "she is no longer with us, please remove her number",
			"Margaret passed away last month, this was her phone. Her daughter", "Dave is dead mate, this is his brother", "the person you want is dead", "the owner of this number has died",
			"this phone belonged to my late husband, he died in june", "you are texting my late husband", "he passed last week im his wife", "she died this is her phone",
			"please stop texting, he has died",
		},
		DeleteData: {
			"delete everything", "delete all my info please", "i want all my data removed", "erase my answers",
			"please remove my details from your system", "forget me", "i want to be forgotten",
		},
		HeldData: {
			"what do you have on me", "what info do u hold about me", "can i see my record", "id like a copy of my records",
			"what do you do with my data", "who can see my answers", "what do you know about me", "what have you got on file about me",
			"what information is held on me", "i want to see everything you have on me", "send me my data", "can you tell me what you hold on me",
			"i want a copy of everything", "data subject access request",
		},
		Complaint: {
			"how do i make a complaint", "i have a complaint about your service", "im going to report you", "i want to speak to the manager",
			"not happy with how i was treated by your link worker", "i am disgusted with this service", "who can i complain to", "i want to raise a complaint against the link worker",
			"i would like to make a formal complaint", "i was treated badly by your team and want to complain",
		},
		Back: {
			"go back", "back", "i pressed 2 by mistake", "that was wrong sorry",
			"made a mistake", "one back please", "back a question", "previous question please",
			"can i go back and change something", "i want to go back", "take me back", "oops wrong one",
			"undo", "i made a mistake", "sorry pressed wrong button",
		},
		Change: {
			"i need to change my date of birth", "wrong postcode sorry", "i gave the wrong name",
		},
		Menu: {
			"can we start again", "start again please", "start over", "menu please",
			"what can i ask", "go back to the start",
		},
		Skip: {
			"skip this question please", "next", "not saying", "i dont want to say",
			"none of your business", "too personal",
		},
		Pause: {
			"pause", "pause texts for a month", "text me next week", "text me again in april",
			"can you text me after easter", "dont text until friday", "im away until the 20th", "on holiday till 5th april",
			"im in hospital until friday", "give me a few weeks", "leave it for a month", "come back to me in a month",
			"i need a break",
		},
		Withdraw: {
			"i take back my permission", "i withdraw my consent", "dont share my info any more", "ive changed my mind about sharing",
			"you cant share my details any more", "stop sharing my details",
		},
		HelpWord: {
			"help", "help me",
		},
		Urgent: {
			"urgent", "its urgent",
		},
		Hello: {
			"hello", "hi there", "good morning", "hello how are you",
		},
		OptOutWord: {
			"Stop!!",
		},
	}
	for want, texts := range said {
		for _, text := range texts {
			if got := IntentOf(text, "en", monday()); got.Intent != want {
				t.Errorf("IntentOf(%q) = %q by %s, want %q", text, got.Intent, got.Rule, want)
			}
		}
	}
}
