package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	"github.com/prometheus-operator/prometheus-operator/pkg/k8s"
	"github.com/prometheus-operator/prometheus-operator/pkg/operator"
	prompkg "github.com/prometheus-operator/prometheus-operator/pkg/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/tools/cache"
)

// configured is what the operator writes for a Prometheus.
type configured struct {
	Configuration string `json:"configuration"`
	// Rules are the rule files by name; an agent has none.
	Rules map[string]string `json:"rules"`
	// Selected are the resources that the configuration is made of, as `<kind> <namespace>/<name>`.
	Selected []string `json:"selected"`
	// Ignored are those that the selectors of the Prometheus leave out.
	Ignored []string `json:"ignored"`
}

// quiet lets the operator's warnings through.
var quiet = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))

// prometheusConfiguration does what the operator's reconciliation does up to the configuration Secret; a resource that it rejects is an error.
func prometheusConfiguration(in io.Reader) (any, error) {
	read, err := decode[input](in)
	if err != nil {
		return nil, err
	}
	w, err := read.world()
	if err != nil {
		return nil, err
	}
	if len(w.agents) > 0 && (read.Name == "" || len(w.prometheuses) == 0) {
		agent, err := only(w.agents, "PrometheusAgent", read.Name)
		if err != nil {
			return nil, err
		}
		return w.configure(agent, nil)
	}
	server, err := only(w.prometheuses, "Prometheus", read.Name)
	if err != nil {
		return nil, err
	}
	return w.configure(server, server)
}

// selection collects what is selected, what is rejected, and everything there is.
type selection struct {
	selected, rejected, all []string
}

func record[T operator.ConfigurationResource](s *selection, kind string, selected operator.TypedResourcesSelection[T]) map[string]T {
	valid := selected.ValidResources()
	for key, resource := range selected {
		s.selected = append(s.selected, kind+" "+key)
		if _, ok := valid[key]; !ok {
			s.rejected = append(s.rejected, fmt.Sprintf("%s %s: %s", kind, key, resource.Conditions()[0].Message))
		}
	}
	return valid
}

func exists[T apiObject](s *selection, kind string, objects []T) {
	for _, o := range objects {
		s.all = append(s.all, fmt.Sprintf("%s %s/%s", kind, o.GetNamespace(), o.GetName()))
	}
}

// namespaceInformer is the informer of namespaces, of which only the store is read.
func (w *world) namespaceInformer() cache.SharedIndexInformer {
	informer := cache.NewSharedIndexInformer(&cache.ListWatch{}, &corev1.Namespace{}, 0, cache.Indexers{})
	for _, namespace := range w.namespaces {
		// A store in memory refuses only objects without metadata.
		_ = informer.GetStore().Add(namespace)
	}
	return informer
}

func (w *world) configure(p monitoringv1.PrometheusInterface, server *monitoringv1.Prometheus) (*configured, error) {
	ctx := context.Background()
	store := w.store()
	selector, err := prompkg.NewResourceSelector(
		quiet, p, store, w.namespaceInformer(), operator.NewMetrics(prometheus.NewRegistry()), operator.NewFakeRecorder(10_000, nil),
	)
	if err != nil {
		return nil, err
	}
	found := &selection{}
	serviceMonitors, err := selector.SelectServiceMonitors(ctx, adapted(listing(w.serviceMonitors)))
	if err != nil {
		return nil, err
	}
	podMonitors, err := selector.SelectPodMonitors(ctx, adapted(listing(w.podMonitors)))
	if err != nil {
		return nil, err
	}
	probes, err := selector.SelectProbes(ctx, adapted(listing(w.probes)))
	if err != nil {
		return nil, err
	}
	scrapeConfigs, err := selector.SelectScrapeConfigs(ctx, adapted(listing(w.scrapeConfigs)))
	if err != nil {
		return nil, err
	}
	validServiceMonitors := record(found, "ServiceMonitor", serviceMonitors)
	validPodMonitors := record(found, "PodMonitor", podMonitors)
	validProbes := record(found, "Probe", probes)
	validScrapeConfigs := record(found, "ScrapeConfig", scrapeConfigs)
	exists(found, "ServiceMonitor", w.serviceMonitors)
	exists(found, "PodMonitor", w.podMonitors)
	exists(found, "Probe", w.probes)
	exists(found, "ScrapeConfig", w.scrapeConfigs)

	files := map[string]string{}
	if server != nil {
		rules, err := w.rulesOf(server)
		if err != nil {
			return nil, err
		}
		record(found, "PrometheusRule", rules.Selected())
		exists(found, "PrometheusRule", w.rules)
		files = rules.RuleFiles()
	}
	if len(found.rejected) > 0 {
		return nil, fmt.Errorf("the operator rejects:\n%w", joined(found.rejected))
	}

	generator, err := prompkg.NewConfigGenerator(quiet, p, prompkg.WithEndpointSliceSupport())
	if err != nil {
		return nil, err
	}
	if err := w.fillStore(ctx, p, server, generator, store); err != nil {
		return nil, err
	}
	secrets := w.Secrets(p.GetObjectMeta().GetNamespace())
	additional, err := k8s.LoadSecretRef(ctx, quiet, secrets, p.GetCommonPrometheusFields().AdditionalScrapeConfigs)
	if err != nil {
		return nil, fmt.Errorf("additionalScrapeConfigs: %w", err)
	}
	var configuration []byte
	if server == nil {
		configuration, err = generator.GenerateAgentConfiguration(
			validServiceMonitors, validPodMonitors, validProbes, validScrapeConfigs, store, additional,
		)
	} else {
		var relabelings, alertmanagers []byte
		if relabelings, err = k8s.LoadSecretRef(ctx, quiet, secrets, server.Spec.AdditionalAlertRelabelConfigs); err != nil {
			return nil, fmt.Errorf("additionalAlertRelabelConfigs: %w", err)
		}
		if alertmanagers, err = k8s.LoadSecretRef(ctx, quiet, secrets, server.Spec.AdditionalAlertManagerConfigs); err != nil {
			return nil, fmt.Errorf("additionalAlertManagerConfigs: %w", err)
		}
		configuration, err = generator.GenerateServerConfiguration(
			server, validServiceMonitors, validPodMonitors, validProbes, validScrapeConfigs, store, additional, relabelings, alertmanagers,
			ruleConfigMaps(server, files),
		)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(found.selected)
	ignored := slices.DeleteFunc(found.all, func(one string) bool { return slices.Contains(found.selected, one) })
	slices.Sort(ignored)
	return &configured{Configuration: string(configuration), Rules: files, Selected: found.selected, Ignored: ignored}, nil
}

// fillStore loads the Secrets that the Prometheus itself names.
func (w *world) fillStore(
	ctx context.Context, p monitoringv1.PrometheusInterface, server *monitoringv1.Prometheus, generator *prompkg.ConfigGenerator, store *assets.StoreBuilder,
) error {
	namespace := p.GetObjectMeta().GetNamespace()
	fields := p.GetCommonPrometheusFields()
	problems := []error{
		generator.AddRemoteWriteToStore(ctx, store, namespace, fields.RemoteWrite),
		prompkg.AddAPIServerConfigToStore(ctx, store, namespace, fields.APIServerConfig),
		prompkg.AddScrapeClassesToStore(ctx, store, namespace, fields.ScrapeClasses),
	}
	if server != nil {
		problems = append(problems, prompkg.AddRemoteReadsToStore(ctx, store, namespace, server.Spec.RemoteRead))
		if server.Spec.Alerting != nil {
			for _, to := range server.Spec.Alerting.Alertmanagers {
				problems = append(
					problems,
					store.AddBasicAuth(ctx, namespace, to.BasicAuth),
					store.AddSafeAuthorizationCredentials(ctx, namespace, to.Authorization),
					store.AddTLSConfig(ctx, namespace, to.TLSConfig),
				)
			}
		}
	}
	return errors.Join(problems...)
}

// adapted gives the function the operator's name of its type.
func adapted(list func(string, labels.Selector, func(any)) error) prompkg.ListAllByNamespaceFn {
	return func(namespace string, selector labels.Selector, add cache.AppendFunc) error {
		return list(namespace, selector, func(o any) { add(o) })
	}
}

// ruleConfigMaps are the names of the ConfigMaps that the rule files would go to.
func ruleConfigMaps(p *monitoringv1.Prometheus, files map[string]string) []string {
	if len(files) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("prometheus-%s-rulefiles-0", p.Name)}
}

func joined(lines []string) error {
	slices.Sort(lines)
	problems := make([]error, len(lines))
	for i, line := range lines {
		problems[i] = errors.New(line)
	}
	return errors.Join(problems...)
}
