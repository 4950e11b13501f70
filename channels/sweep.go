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
// Asking the provider's own list what became of them belongs here too, before
// they are counted as lost; it is not written yet.
func (d *Delivery) Sweep(ctx context.Context) (n int, err error) {
	now := d.config.Now()
	err = d.config.Store.Update(ctx, SiteSweep, "", func(tx casework.Tx) error {
		late, err := outbox(tx, casework.Attempting, now, sweepPage)
		if err != nil {
			return err
		}
		n = len(late)
		for _, m := range late {
			if err := lose(tx, m, now); err != nil {
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
