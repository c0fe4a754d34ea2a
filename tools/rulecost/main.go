// Rulecost measures the CPU time that rules take: it loads series into a database of Prometheus and evaluates files of rules with
// Prometheus's own engine, one file after the other.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
)

const (
	interval    = 30 * time.Second
	history     = 65 * time.Minute
	evaluations = 10
)

// series is one line of the input: its first value, and what is added from sample to sample.
type series struct {
	Labels map[string]string `json:"labels"`
	Value  float64           `json:"value"`
	Step   float64           `json:"step"`
}

// cost is that of a file of rules.
type cost struct {
	// CPUMilliseconds is the CPU time of 30 seconds in which each group is evaluated as often as its interval says.
	CPUMilliseconds float64 `json:"cpuMilliseconds"`
	// Recorded is the number of series that the recording rules yield.
	Recorded int `json:"recorded"`
	// Dearest are the rules that take the longest, by wall clock.
	Dearest []string `json:"dearest"`
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(files []string, in io.Reader, out io.Writer) error {
	if len(files) == 0 {
		return errors.New("usage: rulecost RULES..., with a series as JSON in each line of its input")
	}
	dir, err := os.MkdirTemp("", "rulecost")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	options := tsdb.DefaultOptions()
	options.NoLockfile = true
	db, err := tsdb.Open(dir, promslog.NewNopLogger(), nil, options, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	db.DisableCompactions()

	start := time.Unix(0, 0).Add(24 * time.Hour)
	end := start.Add(history + time.Duration(len(files)*evaluations)*interval)
	if err := load(db, in, start, end); err != nil {
		return err
	}
	parse := parser.NewParser(parser.Options{})
	engine := promql.NewEngine(promql.EngineOpts{
		MaxSamples: 50_000_000, Timeout: 2 * time.Minute, LookbackDelta: 5 * time.Minute, EnableAtModifier: true, EnableNegativeOffset: true, Parser: parse,
	})
	costs := make([]cost, len(files))
	for i, file := range files {
		first := start.Add(history + time.Duration(i*evaluations)*interval)
		if costs[i], err = evaluate(file, db, engine, parse, first); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return json.NewEncoder(out).Encode(costs)
}

// load appends the samples of all series from start to end, as scrapes would: time by time.
func load(db *tsdb.DB, in io.Reader, start, end time.Time) error {
	type stored struct {
		series
		set labels.Labels
		ref storage.SeriesRef
	}
	var all []stored
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s series
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return fmt.Errorf("series %d: %w", len(all)+1, err)
		}
		all = append(all, stored{series: s, set: labels.FromMap(s.Labels)})
	}
	if err := lines.Err(); err != nil {
		return err
	}
	for at := start; !at.After(end); at = at.Add(interval) {
		app := db.Appender(context.Background())
		for i := range all {
			s := &all[i]
			var err error
			if s.ref, err = app.Append(s.ref, s.set, at.UnixMilli(), s.Value); err != nil {
				return fmt.Errorf("%s: %w", s.set, err)
			}
			s.Value += s.Step
		}
		if err := app.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// evaluate evaluates a file of rules a few times and yields the mean.
func evaluate(file string, db *tsdb.DB, engine *promql.Engine, parse parser.Parser, first time.Time) (cost, error) {
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:  rules.EngineQueryFunc(engine, db),
		NotifyFunc: func(context.Context, string, ...*rules.Alert) {},
		Appendable: db,
		Queryable:  db,
		Logger:     promslog.NewNopLogger(),
		Parser:     parse,
	})
	groups, errs := manager.LoadGroups(interval, labels.EmptyLabels(), "", nil, false, file)
	if len(errs) > 0 {
		return cost{}, errors.Join(errs...)
	}
	var total cost
	slowest := map[string]time.Duration{}
	for i := range evaluations {
		for _, group := range groups {
			before := cpuTime()
			group.Eval(context.Background(), first.Add(time.Duration(i)*interval))
			share := float64(interval) / float64(group.Interval()) / evaluations
			total.CPUMilliseconds += share * float64(cpuTime()-before) / float64(time.Millisecond)
			for _, rule := range group.Rules() {
				if err := rule.LastError(); err != nil {
					return cost{}, fmt.Errorf("%s: %w", rule.Name(), err)
				}
				slowest[rule.Name()] += rule.GetEvaluationDuration() / evaluations
			}
		}
	}
	for range 5 {
		name := longest(slowest)
		total.Dearest = append(total.Dearest, fmt.Sprintf("%s %s", name, slowest[name].Round(time.Millisecond)))
		delete(slowest, name)
	}
	var err error
	total.Recorded, err = recorded(db, engine, first.Add((evaluations-1)*interval))
	return total, err
}

func longest(durations map[string]time.Duration) string {
	var found string
	for name, duration := range durations {
		if found == "" || duration > durations[found] {
			found = name
		}
	}
	return found
}

// recorded is the number of series whose names have a colon, which are those of recording rules.
func recorded(db *tsdb.DB, engine *promql.Engine, at time.Time) (int, error) {
	query, err := engine.NewInstantQuery(context.Background(), db, nil, `count({__name__=~".*:.*"})`, at)
	if err != nil {
		return 0, err
	}
	defer query.Close()
	result := query.Exec(context.Background())
	vector, err := result.Vector()
	if err != nil || len(vector) == 0 {
		return 0, err
	}
	return int(vector[0].F), nil
}

// cpuTime is the CPU time of this process so far, the collection of garbage included.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
