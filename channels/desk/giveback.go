package desk

import "net/http"

// giveBack lets the service answer by itself again.
func (d *Desk) giveBack(w http.ResponseWriter, r *http.Request, v *visit) error {
	c, err := d.caseOf(r, v)
	if err != nil {
		return err
	}
	err = d.config.Engine.GiveBack(r.Context(), v.actor(), c.ID)
	return d.settle(w, r, v, acted{c: c, err: err, done: "given-back"})
}
