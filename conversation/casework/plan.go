package casework

import "time"

// PlanState is where a version of a plan stands.
type PlanState string

// The states of a version of a plan.
const (
	PlanProposed PlanState = "proposed" // it waits for her to say that it is right (PL1)
	PlanAgreed   PlanState = "agreed"
	PlanDisputed PlanState = "disputed" // she wants it changed
	PlanDone     PlanState = "done"     // she has done it
)

// Goal is one step of a plan, in her words where she gave any.
type Goal struct {
	Text Private `json:"text"`
	Why  Private `json:"why,omitempty"`
	Who  string  `json:"who,omitempty"` // her, the link worker, a provider
	By   string  `json:"by,omitempty"`  // a civil date
	Done bool    `json:"done,omitempty"`
}

// Plan is one version of what was agreed at the plan meeting. A change makes a
// new version; the old one stays.
type Plan struct {
	ID      string    `json:"id"`
	Version int       `json:"version"`
	State   PlanState `json:"state"`
	Goals   []Goal    `json:"goals"`
	// Strengths and Preferences are what she brings and how she likes it.
	Strengths   Private   `json:"strengths,omitempty"`
	Preferences Private   `json:"preferences,omitempty"`
	By          UserID    `json:"by"`
	MadeAt      time.Time `json:"made_at"`
	// Once is the token of the form it was written in.
	Once string `json:"once,omitempty"`
	// AgreedAt is when she herself said that it is right; never set by a worker.
	AgreedAt time.Time `json:"agreed_at,omitzero"`
	// ReviewedAt is when it was last looked at together (PL2, every six weeks).
	ReviewedAt time.Time `json:"reviewed_at,omitzero"`
	Said       Answers   `json:"said,omitempty"`
}

// Subject names the version of the plan.
func (p *Plan) Subject() About { return p.about() }

func (p *Plan) about() About      { return About{Kind: AboutPlan, ID: p.ID, Rev: p.Version} }
func (p *Plan) answers() *Answers { return &p.Said }

func (p *Plan) fire(event string, now time.Time) error {
	to, err := planLife.fire(string(p.State), event)
	if err != nil {
		return err
	}
	switch event {
	case "agree":
		if p.AgreedAt.IsZero() {
			p.AgreedAt = now
		}
	case "keep", "done", "change":
		p.ReviewedAt = now
	}
	p.State = PlanState(to)
	return nil
}

// MeasurePoint is when a set of measures is taken (domain 5.5).
type MeasurePoint string

// The points at which wellbeing is measured.
const (
	Baseline    MeasurePoint = "baseline"
	ThreeMonths MeasurePoint = "3m"
	SixMonths   MeasurePoint = "6m"
	AtClosing   MeasurePoint = "closing"
)

// MeasureState is where a set of measures stands.
type MeasureState string

// The states of a set of measures.
const (
	MeasureDue      MeasureState = "due"
	MeasureBegun    MeasureState = "begun"
	MeasureComplete MeasureState = "complete"
	MeasureRefused  MeasureState = "refused"
)

// Measure is one set of published measures, item by item: each stands on its
// own and they are never summed. A question that was passed over is absent. It
// is her own answer, never somebody's in her place (domain 2.4).
type Measure struct {
	ID    string       `json:"id"`
	Point MeasurePoint `json:"point"`
	State MeasureState `json:"state"`
	// AskedAt is when she was first asked, and SettledAt when it was complete or
	// refused.
	AskedAt   time.Time `json:"asked_at,omitzero"`
	SettledAt time.Time `json:"settled_at,omitzero"`
	Said      Answers   `json:"said,omitempty"`
}

// Subject names the set of measures.
func (m *Measure) Subject() About { return m.about() }

func (m *Measure) about() About      { return About{Kind: AboutMeasure, ID: m.ID} }
func (m *Measure) answers() *Answers { return &m.Said }

func (m *Measure) fire(event string, now time.Time) error {
	to, err := measureLife.fire(string(m.State), event)
	if err != nil {
		return err
	}
	m.State = MeasureState(to)
	if m.State == MeasureComplete || m.State == MeasureRefused {
		m.SettledAt = now
	}
	return nil
}
