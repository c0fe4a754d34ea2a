package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"

	commonconfig "github.com/prometheus/common/config"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
	"github.com/prometheus/prometheus/scrape"
	"go.yaml.in/yaml/v2"
)

// question is what the command `targets` reads.
type question struct {
	// Configuration is a prometheus.yml.
	Configuration string `json:"configuration"`
	// Objects are those of the cluster: Pods, Nodes, Services, EndpointSlices, Ingresses.
	Objects []*object `json:"objects"`
	// Namespace of the Prometheus.
	Namespace string `json:"namespace"`
	// Environment of the reloader, which puts it in place of `$(NAME)`.
	Environment map[string]string `json:"environment"`
	// Samples are series as targets expose them, for the metric relabelings.
	Samples []map[string]string `json:"samples"`
}

// answer is what becomes of a configuration.
type answer struct {
	Jobs []job `json:"jobs"`
	// Alertmanagers are those that alerts go to, by entry of alerting.alertmanagers.
	Alertmanagers []receivers `json:"alertmanagers"`
	// Others are all other settings, with defaults and secrets.
	Others map[string]any `json:"others"`
}

// receivers is what becomes of an entry of alerting.alertmanagers.
type receivers struct {
	Settings map[string]any `json:"settings"`
	URLs     []string       `json:"urls"`
}

// job is what becomes of an entry of scrape_configs.
type job struct {
	JobName string `json:"jobName"`
	// Settings are all the others of the entry, metric relabelings included, with defaults and secrets, as in prometheus.yml.
	Settings map[string]any `json:"settings"`
	Targets  []target       `json:"targets"`
	// Dropped is how many of those discovered the relabelings drop.
	Dropped int `json:"dropped"`
}

type target struct {
	Labels   map[string]string `json:"labels"`
	URL      string            `json:"url"`
	Interval string            `json:"interval"`
	Timeout  string            `json:"timeout"`
	// Series are the samples as this target's are stored; null where a sample is dropped.
	Series []map[string]string `json:"series"`
}

// elsewhere are settings that say how targets are found and what they are called.
var elsewhere = []string{"job_name", "relabel_configs", "kubernetes_sd_configs", "static_configs"}

var variable = regexp.MustCompile(`\$\(([a-zA-Z_0-9]+)\)`)

// expanded is the configuration as the reloader writes it.
func (q *question) expanded() (string, error) {
	var unknown error
	text := variable.ReplaceAllStringFunc(q.Configuration, func(found string) string {
		value, ok := q.Environment[variable.FindStringSubmatch(found)[1]]
		if !ok {
			unknown = fmt.Errorf("the environment lacks %s", found)
		}
		return value
	})
	return text, unknown
}

func targets(in io.Reader) (any, error) {
	asked, err := decode[question](in)
	if err != nil {
		return nil, err
	}
	// The cluster on loopback lists and watches, but does not list by watching.
	if err := os.Setenv("KUBE_FEATURE_WatchListClient", "false"); err != nil {
		return nil, err
	}
	// External labels may name what is in the environment.
	for name, value := range asked.Environment {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	// A comparison has to see what the secrets are.
	commonconfig.MarshalSecretValue = true
	text, err := asked.expanded()
	if err != nil {
		return nil, err
	}
	loaded, err := config.Load(text, quiet)
	if err != nil {
		return nil, err
	}
	entries, err := loaded.GetScrapeConfigs()
	if err != nil {
		return nil, err
	}
	c, err := newCluster(asked.Objects)
	if err != nil {
		return nil, err
	}
	jobs := make([]job, len(entries))
	problems := make([]error, len(entries))
	var all sync.WaitGroup
	for i, entry := range entries {
		all.Go(func() {
			jobs[i], problems[i] = asked.job(c, entry, fmt.Sprint(i+1))
		})
	}
	all.Wait()
	for i, err := range problems {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entries[i].JobName, err)
		}
	}
	result := answer{Jobs: jobs, Alertmanagers: []receivers{}}
	for i, entry := range loaded.AlertingConfig.AlertmanagerConfigs {
		found, err := asked.receivers(c, entry, fmt.Sprintf("9%03d", i))
		if err != nil {
			return nil, fmt.Errorf("alertmanagers[%d]: %w", i, err)
		}
		result.Alertmanagers = append(result.Alertmanagers, found)
	}
	loaded.AlertingConfig.AlertmanagerConfigs = nil
	result.Others, err = settings(loaded, "scrape_configs", "rule_files")
	return result, err
}

func (q *question) receivers(c *cluster, entry *config.AlertmanagerConfig, client string) (receivers, error) {
	result := receivers{URLs: []string{}}
	var err error
	if result.Settings, err = settings(entry, elsewhere...); err != nil {
		return result, err
	}
	groups, err := c.discover(entry.ServiceDiscoveryConfigs, client, q.Namespace)
	if err != nil {
		return result, err
	}
	for _, group := range groups {
		for _, discovered := range group.Targets {
			if at, ok := receiver(discovered, group.Labels, entry); ok {
				result.URLs = append(result.URLs, at)
			}
		}
	}
	return result, nil
}

// receiver is where an Alertmanager takes alerts, unless relabelings drop it; Prometheus keeps to itself how it finds that.
func receiver(discovered, ofGroup model.LabelSet, entry *config.AlertmanagerConfig) (string, bool) {
	const pathLabel = "__alerts_path__"
	builder := labels.NewBuilder(labels.EmptyLabels())
	for name, value := range ofGroup.Merge(discovered) {
		builder.Set(string(name), string(value))
	}
	builder.Set(model.SchemeLabel, entry.Scheme)
	builder.Set(pathLabel, path.Join("/", entry.PathPrefix, "api", string(entry.APIVersion), "alerts"))
	if !relabel.ProcessBuilder(builder, entry.RelabelConfigs...) {
		return "", false
	}
	return fmt.Sprintf("%s://%s%s", builder.Get(model.SchemeLabel), builder.Get(model.AddressLabel), builder.Get(pathLabel)), true
}

func (q *question) job(c *cluster, entry *config.ScrapeConfig, client string) (job, error) {
	result := job{JobName: entry.JobName, Targets: []target{}}
	var err error
	if result.Settings, err = settings(entry, elsewhere...); err != nil {
		return result, err
	}
	groups, err := c.discover(entry.ServiceDiscoveryConfigs, client, q.Namespace)
	if err != nil {
		return result, err
	}
	builder := labels.NewBuilder(labels.EmptyLabels())
	seen := map[string]bool{}
	for _, group := range groups {
		for _, discovered := range group.Targets {
			populated, err := scrape.PopulateLabels(builder, entry, discovered, group.Labels)
			if err != nil {
				return result, fmt.Errorf("target %v of %v: %w", discovered, group.Labels, err)
			}
			if populated.IsEmpty() {
				result.Dropped++
				continue
			}
			found := q.target(scrape.NewTarget(populated, entry, discovered, group.Labels), populated, entry)
			// Prometheus scrapes targets once that differ in nothing.
			key, err := json.Marshal(found)
			if err != nil {
				return result, err
			}
			if !seen[string(key)] {
				seen[string(key)] = true
				result.Targets = append(result.Targets, found)
			}
		}
	}
	return result, nil
}

func (q *question) target(t *scrape.Target, populated labels.Labels, entry *config.ScrapeConfig) target {
	public := t.Labels(labels.NewBuilder(labels.EmptyLabels()))
	result := target{
		Labels:   public.Map(),
		URL:      t.URL().String(),
		Interval: populated.Get(model.ScrapeIntervalLabel),
		Timeout:  populated.Get(model.ScrapeTimeoutLabel),
		Series:   make([]map[string]string, len(q.Samples)),
	}
	for i, sample := range q.Samples {
		result.Series[i] = stored(sample, public, entry)
	}
	return result
}

// stored is the series that a sample of a target becomes, nil if metric relabelings drop it.
func stored(sample map[string]string, ofTarget labels.Labels, entry *config.ScrapeConfig) map[string]string {
	builder := labels.NewBuilder(labels.FromMap(sample))
	ofTarget.Range(func(l labels.Label) {
		exposed, clash := sample[l.Name]
		if clash && entry.HonorLabels {
			return
		}
		if clash {
			builder.Set(model.ExportedLabelPrefix+l.Name, exposed)
		}
		builder.Set(l.Name, l.Value)
	})
	if !relabel.ProcessBuilder(builder, entry.MetricRelabelConfigs...) {
		return nil
	}
	series := map[string]string{}
	builder.Labels().Range(func(l labels.Label) {
		if !strings.HasPrefix(l.Name, model.ReservedLabelPrefix) || l.Name == model.MetricNameLabel {
			series[l.Name] = l.Value
		}
	})
	return series
}

// settings are a part of the configuration as it would be written, but for some keys.
func settings(part any, without ...string) (map[string]any, error) {
	text, err := yaml.Marshal(part)
	if err != nil {
		return nil, err
	}
	var all map[string]any
	if err := yaml.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	for _, name := range without {
		delete(all, name)
	}
	for name, value := range all {
		all[name] = keyed(value)
	}
	return all, nil
}

// keyed makes JSON's maps of YAML's.
func keyed(value any) any {
	switch value := value.(type) {
	case map[any]any:
		result := map[string]any{}
		for key, one := range value {
			result[fmt.Sprint(key)] = keyed(one)
		}
		return result
	case []any:
		for i, one := range value {
			value[i] = keyed(one)
		}
	}
	return value
}
