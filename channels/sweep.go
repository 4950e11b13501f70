package channels

import (
	"context"
	"fmt"

	"linkline/conversation/casework"
)

// sweepPage bounds one sweep, so that its transaction stays short.
const sweepPage = 32

// Sweep takes one step over the attempts whose result never came, as after a
// crash between claim and result: they become unknown, never planned, and
// somebody is told (messaging-safety 3.3). It returns how many there were.
func (d *Delivery) Sweep(ctx context.Context) (n int, err error) {
	w, err := d.draw()
	if err != nil {
		return 0, err
	}
	err = d.config.Store.Update(ctx, SiteSweep, "", func(tx casework.Tx) error {
		late, err := dueIn(tx, casework.Attempts(), w.now, sweepPage)
		if err != nil {
			return err
		}
		n = len(late)
		for _, m := range late {
			if err := d.lose(tx, m, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("sweep attempts: %w", err)
	}
	if n > 0 {
		d.config.Log.WarnContext(ctx, "attempts without a result", "count", n)
	}
	return n, nil
}
