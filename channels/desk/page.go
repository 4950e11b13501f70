package desk

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"linkline/channels/desk/assets"
	"linkline/flows"
)

//go:embed templates
var templateFiles embed.FS

// pages lists the templates of pages; each is parsed with the layout and the
// parts.
func pages() []string {
	return []string{
		"alert", "case", "close", "error", "password", "queue", "resume", "sign_in", "task", "welcome",
		"again", "appointment", "barred", "calendar", "calloff", "contact", "ending", "group", "invite", "move", "plan", "referral",
		"referral_move", "signpost", "takeover", "unmet",
	}
}

// templates are the parsed pages. They do not change after parse.
type templates struct {
	byName       map[string]*template.Template
	css, js, svg string
}

func parse(files *assets.Files) (*templates, error) {
	t := &templates{byName: map[string]*template.Template{}}
	for name, into := range map[string]*string{"desk.css": &t.css, "desk.js": &t.js, "mark.svg": &t.svg} {
		path, err := files.Path(name)
		if err != nil {
			return nil, err
		}
		*into = path
	}
	for _, name := range pages() {
		parsed, err := template.New("layout").Option("missingkey=error").ParseFS(templateFiles,
			"templates/layout.html", "templates/parts.html", "templates/course.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("parse page %s: %w", name, err)
		}
		t.byName[name] = parsed
	}
	return t, nil
}

// problem is one thing that must be put right, and the field it is about.
type problem struct {
	Field string // the id of the field; empty for the page as a whole
	Text  string
}

// page is what every page is made of.
type page struct {
	Title    string
	Here     string // the part of the navigation that is current
	Status   int
	Problems []problem
	Notice   string
	Body     any

	User     string // who is signed in, by name; empty for nobody
	Team     string
	CSS, JS  string
	Icon     string
	Expires  int // seconds until the session ends by itself
	Demo     bool
	Warnings []string
	// Helpline is the number for urgent mental health help in the team's nation.
	Helpline string
}

// Problem returns what is wrong with one field, or nothing.
func (p page) Problem(field string) string {
	for _, found := range p.Problems {
		if found.Field == field {
			return found.Text
		}
	}
	return ""
}

// visitOn is one appointment on the page of a case.
type visitOn struct {
	Body  any
	Visit *appointmentRow
}

// Visit hands a part of the page one of its appointments.
func (p page) Visit(a *appointmentRow) visitOn { return visitOn{p.Body, a} }

// render writes a page for a visitor; v is nil when nobody is signed in.
func (d *Desk) render(w http.ResponseWriter, v *visit, name string, p page) error {
	p.CSS, p.JS, p.Icon = d.templates.css, d.templates.js, d.templates.svg
	if v != nil {
		p.User, p.Team, p.Demo = v.user.Name.Reveal(), v.team.Name, v.team.Demo
		p.Expires = int(idle.Seconds())
		p.Warnings = d.warnings(v)
		p.Helpline = d.config.Library.HelplinesFor(string(v.team.Nation))["mental_health_line"]
	}
	var b bytes.Buffer
	if err := d.templates.byName[name].ExecuteTemplate(&b, "layout", p); err != nil {
		return fmt.Errorf("render page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if p.Status != 0 {
		w.WriteHeader(p.Status)
	}
	_, _ = b.WriteTo(w) // a browser that has gone away is nobody's error
	return nil
}

// warnings are what must stand red on every page (decisions 27 and 28).
func (d *Desk) warnings(v *visit) []string {
	var out []string
	if len(v.team.Duty) == 0 {
		out = append(out, "Nobody is on duty. If a text cannot wait, nobody is told until somebody looks here.")
	}
	today := v.team.Calendar.On(v.now).String()
	if len(flows.CheckHelplines(d.config.Library, today)) > 0 {
		out = append(out, "The helpline numbers in our texts have not been checked for a year. Tell whoever runs this service.")
	}
	return out
}
