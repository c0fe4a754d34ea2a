package main

import (
	"encoding/json"
	"errors"
	"fmt"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	monitoringv1alpha1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	kjson "sigs.k8s.io/json"
)

// object is a manifest as it is, and what has to be known of all of them.
type object struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	raw               json.RawMessage
}

func (o *object) UnmarshalJSON(data []byte) error {
	type plain object
	if err := json.Unmarshal(data, (*plain)(o)); err != nil {
		return err
	}
	o.raw = append(json.RawMessage(nil), data...)
	return nil
}

func (o *object) identity() string {
	return fmt.Sprintf("%s %s/%s", o.Kind, o.Namespace, o.Name)
}

// world is what the operator finds in the API server, by kind.
type world struct {
	prometheuses        []*monitoringv1.Prometheus
	agents              []*monitoringv1alpha1.PrometheusAgent
	alertmanagers       []*monitoringv1.Alertmanager
	serviceMonitors     []*monitoringv1.ServiceMonitor
	podMonitors         []*monitoringv1.PodMonitor
	probes              []*monitoringv1.Probe
	scrapeConfigs       []*monitoringv1alpha1.ScrapeConfig
	rules               []*monitoringv1.PrometheusRule
	alertmanagerConfigs []*monitoringv1alpha1.AlertmanagerConfig
	secrets             []*corev1.Secret
	configMaps          []*corev1.ConfigMap
	namespaces          []*corev1.Namespace
}

// input is what the commands about the operator read.
type input struct {
	// Objects are all manifests of an app; those that the operator does not read are passed over.
	Objects []*object `json:"objects"`
	// Crds are the CustomResourceDefinitions, whose defaults the API server fills in.
	Crds []json.RawMessage `json:"crds"`
	// Name of the Prometheus or Alertmanager, needed where there is more than one.
	Name string `json:"name"`
}

func (in *input) world() (*world, error) {
	defaults, err := defaultsOf(in.Crds)
	if err != nil {
		return nil, err
	}
	w := &world{}
	var problems []error
	namespaces := map[string]bool{}
	for _, o := range in.Objects {
		raw, err := defaults.fill(o)
		if err == nil {
			err = w.add(o, raw)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", o.identity(), err))
		}
		if o.Kind == "Namespace" {
			namespaces[o.Name] = true
		}
	}
	// Whatever namespace is used exists in the cluster.
	for _, o := range in.Objects {
		if o.Namespace != "" && !namespaces[o.Namespace] {
			namespaces[o.Namespace] = true
			w.namespaces = append(w.namespaces, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: o.Namespace}})
		}
	}
	for _, namespace := range w.namespaces {
		if namespace.Labels == nil {
			namespace.Labels = map[string]string{}
		}
		namespace.Labels[corev1.LabelMetadataName] = namespace.Name
	}
	return w, errors.Join(problems...)
}

func (w *world) add(o *object, raw []byte) error {
	switch o.Kind {
	case monitoringv1.PrometheusesKind:
		return appendStrictly(&w.prometheuses, raw)
	case monitoringv1alpha1.PrometheusAgentsKind:
		return appendStrictly(&w.agents, raw)
	case monitoringv1.AlertmanagersKind:
		return appendStrictly(&w.alertmanagers, raw)
	case monitoringv1.ServiceMonitorsKind:
		return appendStrictly(&w.serviceMonitors, raw)
	case monitoringv1.PodMonitorsKind:
		return appendStrictly(&w.podMonitors, raw)
	case monitoringv1.ProbesKind:
		return appendStrictly(&w.probes, raw)
	case monitoringv1alpha1.ScrapeConfigsKind:
		return appendStrictly(&w.scrapeConfigs, raw)
	case monitoringv1.PrometheusRuleKind:
		return appendStrictly(&w.rules, raw)
	case monitoringv1alpha1.AlertmanagerConfigKind:
		return appendStrictly(&w.alertmanagerConfigs, raw)
	case "Secret":
		if err := appendStrictly(&w.secrets, raw); err != nil {
			return err
		}
		secret := w.secrets[len(w.secrets)-1]
		if secret.Data == nil {
			secret.Data = map[string][]byte{}
		}
		for key, text := range secret.StringData {
			secret.Data[key] = []byte(text)
		}
		return nil
	case "ConfigMap":
		return appendStrictly(&w.configMaps, raw)
	case "Namespace":
		return appendStrictly(&w.namespaces, raw)
	default:
		return nil
	}
}

// appendStrictly decodes as the API server does with strict field validation.
func appendStrictly[T any](list *[]*T, raw []byte) error {
	value := new(T)
	problems, err := kjson.UnmarshalStrict(raw, value)
	if err != nil {
		return err
	}
	*list = append(*list, value)
	return errors.Join(problems...)
}

// apiObject is a pointer to an object of the API.
type apiObject interface {
	runtime.Object
	metav1.Object
}

// listing lists objects as an informer does.
func listing[T apiObject](objects []T) func(namespace string, selector labels.Selector, add func(any)) error {
	return func(namespace string, selector labels.Selector, add func(any)) error {
		for _, o := range objects {
			if o.GetNamespace() == namespace && selector.Matches(labels.Set(o.GetLabels())) {
				add(o)
			}
		}
		return nil
	}
}

// only picks the object that is named, or the only one.
func only[T apiObject](objects []T, kind, name string) (T, error) {
	var found []T
	for _, o := range objects {
		if name == "" || o.GetName() == name {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		var none T
		return none, fmt.Errorf("want one %s '%s', got %d of %d", kind, name, len(found), len(objects))
	}
	return found[0], nil
}
