package service

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"linkline/channels"
	"linkline/conversation"
	"linkline/conversation/casework"
	"linkline/store"
)

// metrics counts what happens. Its labels are channels, states and names from
// the flows: nothing of a person.
type metrics struct {
	registry *prometheus.Registry
	inbound  *prometheus.CounterVec
	missed   *prometheus.CounterVec
	outbound *prometheus.CounterVec
	failed   *prometheus.CounterVec
	commits  *prometheus.HistogramVec
	rejected *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		inbound: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "inbound_messages_total", Help: "Texts taken in and committed, repeats included.",
		}, []string{"channel"}),
		missed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "not_understood_total", Help: "Replies that were not understood, by the question.",
		}, []string{"flow", "step"}),
		outbound: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outbound_total", Help: "Attempts to send a message, by what became of them.",
		}, []string{"channel", "state"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "outbound_failures_total", Help: "Messages that did not arrive, by what the provider said.",
		}, []string{"team", "why"}),
		commits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "commit_seconds", Help: "Time from asking for a transaction until it was durable.",
			Buckets: []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .5, 1, 5},
		}, []string{"site"}),
		rejected: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "commit_errors_total", Help: "Transactions that did not commit.",
		}, []string{"site"}),
	}
	m.registry.MustRegister(m.inbound, m.missed, m.outbound, m.failed, m.commits, m.rejected, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// noted counts a message that did not arrive.
func (m *metrics) noted(team casework.TeamID, why channels.Reaction) {
	m.failed.WithLabelValues(string(team), string(why)).Inc()
}

// gauge adds a team's number that is read when the metrics are.
func (m *metrics) gauge(name, help, team string, read func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: name, Help: help, ConstLabels: prometheus.Labels{"team": team},
	}, read))
}

// timedStore measures every commit by the site that asked for it.
type timedStore struct {
	store.Store
	now     func() time.Time
	metrics *metrics
}

// Update runs a transaction and notes how long it took.
func (s *timedStore) Update(ctx context.Context, site casework.Site, team casework.TeamID, fn func(casework.Tx) error) error {
	began := s.now()
	err := s.Store.Update(ctx, site, team, fn)
	if err != nil {
		s.metrics.rejected.WithLabelValues(string(site)).Inc()
		return err
	}
	s.metrics.commits.WithLabelValues(string(site)).Observe(s.now().Sub(began).Seconds())
	return nil
}

// countedEngine counts the texts that were taken in.
type countedEngine struct {
	*conversation.Engine
	metrics *metrics
}

// Receive takes a text in and counts it once it is committed.
func (e countedEngine) Receive(ctx context.Context, in conversation.Inbound) (conversation.Reply, error) {
	reply, err := e.Engine.Receive(ctx, in)
	if err == nil {
		e.metrics.inbound.WithLabelValues(string(in.Channel)).Inc()
		if at := reply.Missed; at.Flow != "" {
			e.metrics.missed.WithLabelValues(at.Flow, at.Step).Inc()
		}
	}
	return reply, err
}

// countedSender counts what became of each attempt of a route.
type countedSender struct {
	channels.Sender
	channel casework.Channel
	metrics *metrics
}

// Send hands the message over and counts the outcome.
func (s countedSender) Send(ctx context.Context, out channels.Outgoing) (channels.Sent, error) {
	sent, err := s.Sender.Send(ctx, out)
	outcome := channels.Accepted
	if err != nil {
		outcome = channels.Unknown
		if failed, ok := errors.AsType[*channels.SendError](err); ok {
			outcome = failed.Outcome
		}
	}
	s.metrics.outbound.WithLabelValues(string(s.channel), string(outcome)).Inc()
	return sent, err
}
