package safety

import (
	"strings"
	"testing"
)

// idiomsAndReplies are texts that must not raise an alert: the idioms that the
// documents name, and what people write to a service like this on any day.
const idiomsAndReplies = `
dying for a cuppa
dying for a chat
I'm dying for a fag
killing time
just killing the time
killing some time before the bus
this heat is killing me
the heat is killing me
my knees are killing me
my back's killing me
this bus kills me
those stairs kill me
cake to die for
her scones are to die for
dead funny
dead tired
im dead on my feet
hanging out with mates
hang on
hang on a minute
hanging out the washing
shoot me a text
the house at the end of the road
I live in Overdale
Overdale surgery
cutting the grass
I was cutting the hedge
self catering
hit by a car
I was hit by a car last year
beats me
beats me why
it beats me how they do it
no food allergies
no food intolerances thanks
my dog died
my mum died in March
my husband died and im on my own
I lost my wife last year
scared of dogs
scared of forms
I am scared of going out
Overdose Awareness walk?
suicide prevention training volunteer
I walk 5 kms a day
we did 10 kms
cut off from friends
I feel cut off from everyone
the line got cut off
cut myself shaving
hurt myself falling off my bike
I could murder a curry
I could kill for a coffee
not killing it at work lol
over the moon
feeling a bit low
money
1
1 and 4
yes
no
yes please x
STOP
bus stop
don't stop
can't stop crying
hello
CALL
Maureen
3rd April 1956
SW1A 1AA
07700 900123
money and housing
behind with my rent
I need help with my benefits
meter key needs topping up
gas bill is too high
electric is so expensive
struggling with bills
looking for a walking group
I want to stop smoking
stop smoking group?
I would like to meet people
feeling lonely
lonely since my wife passed away
I have COPD and arthritis
I had a stroke in 2019
recovering from a heart attack
diabetes and high blood pressure
I take 12 tablets a day
I take my tablets at night
taken my tablets this morning
need help to collect my tablets
my tablets make me sick
caring for my mum with dementia
I look after my grandson
who will look after my dog when I'm in hospital
he is here to help me fill this in
he is in hospital
he is at school
they won't let me change my appointment
the website won't let me log in
my knee won't let me walk far
tired of being on my own
tired of being indoors all day
fed up of the council
had enough of this damp
no point ringing before 10
is there any point in applying
I can't go on the bus
I can't go on holiday
I won't be here next week can you ring me after
I won't be here tomorrow
want to go home
ready to go
I want to join my local choir
want to be with my family more
I want to give up smoking
I'd like to give up sugar
thinking about volunteering
thoughts about going back to work
nothing to do all day
nowhere to go in the evenings
kids are at school
I have two kids
my daughter is getting married
my son hurt his leg
touch wood
burning the candle at both ends
burnt out at work
drowning in paperwork
drowning in debt
I'm starving lol whats for tea
the baby is due in May
my baby is teething
wake up early
I can't sleep
I don't want to get up in the mornings
I don't want to be a burden
say hello to Priya
thanks bye
ring me after 5
can you ring me back urgently
it's about an urgent repair
jump in the car
jumping through hoops
throwing myself into work
doing it now thanks
about to do the form
my contract is about to end
end of tenancy
at the end of my street
there are kids on the street making noise
parking on the street
we live on the street opposite the shop
passed out flyers
bleeding the radiators
bleeding gums
my black cat
the neighbours are noisy
neighbour keeps parking on my drive
landlord won't fix the boiler
I control my diabetes with diet
they took my benefits away
taken too much time off
taken 15 minutes to fill in
it took 20 minutes
I wrote a letter to the council
collecting my tablets on friday
I need a lift to hospital
I have a plan for the week
who is this
wrong number
leave me alone
I'm 67
I live alone
I need a hand with shopping
is it free
what time
OK
not really
maybe
👍
😢
I would love to meet new people
I'd kill for a bit of company
love to hit the gym again
I might go to the group
I will go to the group with my sister
I cut my finger
I've cut down on drinking
cut my hours at work
my hours were cut
I was attacked by midges
panic attacks
anxiety attacks at night
having a bad day
it hit me hard when mum died
never got to say goodbye to dad
I said goodbye to my dog today
died in his sleep
I want to live near my son
will to live independently
want to live by the sea
no energy these days
power of attorney
no power tools please
no gas fire
help he is kind
my neighbour says hello
I would like to get out more since my husband died
im 15
I'm 15
I think so
`

func TestOrdinaryTexts(t *testing.T) { // B3, B19
	t.Parallel()
	s := scanner(t)
	lines := strings.Split(strings.TrimSpace(idiomsAndReplies), "\n")
	if len(lines) < 60 {
		t.Fatalf("only %d lines", len(lines))
	}
	for _, text := range lines {
		if got := s.Scan(text); len(got) > 0 {
			t.Errorf("%q: found %+v", text, got)
		}
	}
}
