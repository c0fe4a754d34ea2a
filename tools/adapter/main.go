// Reads a configuration with the code of prometheus-adapter, and says what the adapter makes of it: a request from standard input, the answer to
// standard output, both as JSON. No cluster and no Prometheus is asked.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	pmodel "github.com/prometheus/common/model"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	prom "sigs.k8s.io/prometheus-adapter/pkg/client"
	"sigs.k8s.io/prometheus-adapter/pkg/config"
	"sigs.k8s.io/prometheus-adapter/pkg/naming"
	"sigs.k8s.io/prometheus-adapter/pkg/resourceprovider"
)

type request struct {
	// Text of the configuration file.
	Config string `json:"config"`
	// Text of the kubeconfig by which it asks Prometheus; empty where there is none.
	Kubeconfig string     `json:"kubeconfig"`
	Questions  []question `json:"questions"`
}

// A question is what an autoscaler asks for a metric.
type question struct {
	// Whether it is an external metric.
	External bool `json:"external"`
	// Number of the rule, from 0.
	Rule int `json:"rule"`
	// A series that Prometheus has.
	Series map[string]string `json:"series"`
	// The objects that are asked about; an external metric has a namespace alone.
	Resource  string   `json:"resource"`
	Group     string   `json:"group"`
	Namespace string   `json:"namespace"`
	Names     []string `json:"names"`
	Selector  string   `json:"selector"`
}

type answer struct {
	// Series that are looked for.
	Discovery string `json:"discovery"`
	// Name of the metric in the API; empty where the rule does not take the series.
	Name string `json:"name"`
	// Resources that the series are about, and whether they are in a namespace.
	Resources  []string `json:"resources"`
	Namespaced bool     `json:"namespaced"`
	Query      string   `json:"query"`
}

// A client is what the adapter takes from a kubeconfig.
type client struct {
	Ca         string `json:"ca"`
	CaData     string `json:"caData"`
	Skips      bool   `json:"skips"`
	ServerName string `json:"serverName"`
	Cert       string `json:"cert"`
	Key        string `json:"key"`
	TokenFile  string `json:"tokenFile"`
	Proxy      bool   `json:"proxy"`
}

func clientOf(kubeconfig string) (*client, error) {
	read, err := clientcmd.RESTConfigFromKubeConfig([]byte(kubeconfig))
	if err != nil {
		return nil, err
	}
	if _, err := rest.TransportFor(read); err != nil {
		return nil, err
	}
	return &client{
		Ca: read.CAFile, CaData: string(read.CAData), Skips: read.Insecure, ServerName: read.ServerName, Cert: read.CertFile, Key: read.KeyFile,
		TokenFile: read.BearerTokenFile, Proxy: read.Proxy != nil,
	}, nil
}

type result struct {
	Client  *client  `json:"client"`
	Answers []answer `json:"answers"`
	// Queries for the use of CPU and memory by two Pods and by two nodes, sorted.
	Pods  []string `json:"pods"`
	Nodes []string `json:"nodes"`
}

// mapper knows the kinds that metrics of the tests are about, as discovery would.
func mapper() apimeta.RESTMapper {
	m := apimeta.NewDefaultRESTMapper(nil)
	core, apps := schema.GroupVersion{Version: "v1"}, schema.GroupVersion{Group: "apps", Version: "v1"}
	for _, kind := range []string{"Pod", "Service"} {
		m.Add(core.WithKind(kind), apimeta.RESTScopeNamespace)
	}
	for _, kind := range []string{"Namespace", "Node"} {
		m.Add(core.WithKind(kind), apimeta.RESTScopeRoot)
	}
	for _, kind := range []string{"Deployment", "StatefulSet", "ReplicaSet"} {
		m.Add(apps.WithKind(kind), apimeta.RESTScopeNamespace)
	}
	m.Add(schema.GroupVersionKind{Group: "networking.k8s.io", Version: "v1", Kind: "Ingress"}, apimeta.RESTScopeNamespace)
	m.Add(schema.GroupVersionKind{Group: "batch", Version: "v1", Kind: "Job"}, apimeta.RESTScopeNamespace)
	return m
}

// recorder is a Prometheus that has nothing, and notes what it is asked.
type recorder struct{ queries chan string }

func (r recorder) Series(context.Context, pmodel.Interval, ...prom.Selector) ([]prom.Series, error) {
	return nil, nil
}

func (r recorder) Query(_ context.Context, _ pmodel.Time, query prom.Selector) (prom.QueryResult, error) {
	r.queries <- string(query)
	return prom.QueryResult{Type: pmodel.ValVector, Vector: &pmodel.Vector{}}, nil
}

func (r recorder) QueryRange(context.Context, prom.Range, prom.Selector) (prom.QueryResult, error) {
	return prom.QueryResult{}, fmt.Errorf("unexpected range query")
}

func (r recorder) recorded() []string {
	close(r.queries)
	queries := []string{}
	for query := range r.queries {
		queries = append(queries, query)
	}
	sort.Strings(queries)
	return queries
}

func (q question) answer(namers []naming.MetricNamer) (answer, error) {
	var found answer
	if q.Rule >= len(namers) {
		return found, fmt.Errorf("there are %d rules, and number %d is asked", len(namers), q.Rule)
	}
	namer := namers[q.Rule]
	series := prom.Series{Name: q.Series["__name__"], Labels: pmodel.LabelSet{}}
	for name, value := range q.Series {
		if name != "__name__" {
			series.Labels[pmodel.LabelName(name)] = pmodel.LabelValue(value)
		}
	}
	found.Discovery = string(namer.Selector())
	if len(namer.FilterSeries([]prom.Series{series})) == 0 {
		return found, nil
	}
	var err error
	if found.Name, err = namer.MetricNameForSeries(series); err != nil {
		return found, err
	}
	selector, err := labels.Parse(q.Selector)
	if err != nil {
		return found, err
	}
	var query prom.Selector
	if q.External {
		query, err = namer.QueryForExternalSeries(series.Name, q.Namespace, selector)
	} else {
		resources, namespaced := namer.ResourcesForSeries(series)
		for _, resource := range resources {
			found.Resources = append(found.Resources, resource.String())
		}
		sort.Strings(found.Resources)
		found.Namespaced = namespaced
		query, err = namer.QueryForSeries(series.Name, schema.GroupResource{Group: q.Group, Resource: q.Resource}, q.Namespace, selector, q.Names...)
	}
	found.Query = string(query)
	return found, err
}

func resources(rules *config.ResourceRules, found *result) error {
	ask := func(ask func(getter recorder) error) ([]string, error) {
		r := recorder{queries: make(chan string, 8)}
		err := ask(r)
		return r.recorded(), err
	}
	var err error
	found.Pods, err = ask(func(r recorder) error {
		getter, err := resourceprovider.NewProvider(r, mapper(), rules)
		if err != nil {
			return err
		}
		pod := func(name string) *metav1.PartialObjectMetadata {
			return &metav1.PartialObjectMetadata{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name}}
		}
		_, err = getter.GetPodMetrics(pod("a"), pod("b"))
		return err
	})
	if err != nil {
		return err
	}
	found.Nodes, err = ask(func(r recorder) error {
		getter, err := resourceprovider.NewProvider(r, mapper(), rules)
		if err != nil {
			return err
		}
		node := func(name string) *corev1.Node { return &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name}} }
		_, err = getter.GetNodeMetrics(node("n1"), node("n2"))
		return err
	})
	return err
}

func run() error {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	read, err := config.FromYAML([]byte(asked.Config))
	if err != nil {
		return err
	}
	custom, err := naming.NamersFromConfig(read.Rules, mapper())
	if err != nil {
		return err
	}
	external, err := naming.NamersFromConfig(read.ExternalRules, mapper())
	if err != nil {
		return err
	}
	found := result{Answers: []answer{}}
	for _, q := range asked.Questions {
		namers := custom
		if q.External {
			namers = external
		}
		one, err := q.answer(namers)
		if err != nil {
			return err
		}
		found.Answers = append(found.Answers, one)
	}
	if asked.Kubeconfig != "" {
		if found.Client, err = clientOf(asked.Kubeconfig); err != nil {
			return err
		}
	}
	if read.ResourceRules != nil {
		if err := resources(read.ResourceRules, &found); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(found)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
