// Command simulate plays phones against linkline to test and to measure it. It
// is never shipped.
//
//	simulate bench    turns per second, beside bare bbolt writing the same rows
//
// Its tests kill the real program under traffic and fail every commit that a
// text can come to; see crash_test.go and sweep_test.go.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"linkline/cmd/linkline/service"
)

func main() {
	service.TuneGarbage(os.Getenv("GOGC")) // as the program does
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "simulate:", err) // nobody is left to tell
		os.Exit(1)
	}
}

// run carries out one command.
func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "bench" {
		return errors.New("usage: simulate bench [flags]")
	}
	b := newBench()
	flags := flag.NewFlagSet("simulate bench", flag.ContinueOnError)
	flags.StringVar(&b.dir, "dir", b.dir, "a directory on a real disk, for the stores")
	flags.IntVar(&b.rounds, "rounds", b.rounds, "how often everything is measured")
	flags.IntVar(&b.scale, "scale", b.scale, "so many times as many referrals in a round")
	flags.Func("phones", "measure only so many phones: 1, 16 or 64", b.only)
	flags.StringVar(&b.profile, "cpuprofile", b.profile, "write a profile of the turns here")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	return b.run(ctx, out)
}
