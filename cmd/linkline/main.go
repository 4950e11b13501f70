// Command linkline is the self-referral text service: one program with a file
// for each of its commands. It is the only place that picks a store, a channel,
// a clock or a source of randomness; what the service does lies below it.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"linkline/cmd/linkline/config"
	"linkline/cmd/linkline/service"
)

// The exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	service.TuneGarbage(os.Getenv("GOGC"))
	os.Exit(run(ctx, &process{
		args: os.Args[1:], environ: os.Environ(), in: os.Stdin, out: os.Stdout, err: os.Stderr,
		now: time.Now, random: service.Buffered(rand.Reader),
	}))
}

// process is everything a command is given from outside.
type process struct {
	args    []string
	environ []string
	in      io.Reader
	out     io.Writer
	err     io.Writer
	now     func() time.Time
	random  io.Reader
}

// say prints a line for whoever started the command.
func (p *process) say(format string, args ...any) {
	_, _ = fmt.Fprintf(p.out, format+"\n", args...) // nobody is left to tell
}

// commands is the command line.
type commands struct {
	Config string `help:"The settings (default: linkline.yaml in the data directory)." placeholder:"FILE"`
	Data   string `help:"The data directory (default: ${data})." placeholder:"DIR"`

	Init    initCommand    `cmd:"" help:"Make the data directory, the key, the store and the settings, where they are missing."`
	Serve   serveCommand   `cmd:"" help:"Run the service."`
	Chat    chatCommand    `cmd:"" help:"Play a patient here, in the terminal."`
	Check   checkCommand   `cmd:"" help:"Check the settings and the flows, and tell everything that is wrong."`
	Read    readCommand    `cmd:"" help:"Show how replies are read, one JSON line for each line on standard input."`
	User    userCommand    `cmd:"" help:"Let people in."`
	Outbox  outboxCommand  `cmd:"" help:"Look at what will leave, and hold, release or retry it."`
	Jobs    jobsCommand    `cmd:"" help:"Look at what will happen by itself."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

// settings reads the configuration for a command.
func (c *commands) settings(p *process) (*config.Config, error) {
	return config.Load(config.Given{
		File: c.Config, DataDir: c.Data, Listen: c.Serve.Listen, Environ: p.environ,
	})
}

// errTold means that everything was said already and only the exit code is left.
var errTold = errors.New("told")

// run carries out one command and returns its exit code.
func run(ctx context.Context, p *process) int {
	var c commands
	left := -1
	parser, err := newParser(&c, p, func(code int) { left = code })
	if err != nil {
		return p.fail(err)
	}
	chosen, err := parser.Parse(p.args)
	if left >= 0 { // --help has said it all
		return left
	}
	if err != nil {
		p.fail(err)
		return exitUsage
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	if err := chosen.Run(p, &c); err != nil {
		return p.fail(err)
	}
	return exitOK
}

func newParser(c *commands, p *process, exit func(int)) (*kong.Kong, error) {
	return kong.New(
		c, kong.Name("linkline"), kong.Exit(exit), kong.Writers(p.out, p.err),
		kong.Description("A service that lets a person refer herself to a link worker by text."),
		kong.Vars{"data": config.DefaultDataDir, "listen": config.DefaultListen},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
}

// fail tells what went wrong.
func (p *process) fail(err error) int {
	if !errors.Is(err, errTold) {
		_, _ = fmt.Fprintf(p.err, "linkline: %s\n", err) // nobody is left to tell
	}
	return exitFailed
}
