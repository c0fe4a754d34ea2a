package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	_ "unsafe" // for the linkname

	"github.com/blang/semver/v4"
	"github.com/prometheus-operator/prometheus-operator/pkg/alertmanager"
	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	monitoringv1alpha1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1alpha1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	"github.com/prometheus-operator/prometheus-operator/pkg/operator"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// checkAlertmanagerConfigResource is what the operator asks of an AlertmanagerConfig before it selects it; it exports no more of it than a part.
//
//go:linkname checkAlertmanagerConfigResource github.com/prometheus-operator/prometheus-operator/pkg/alertmanager.checkAlertmanagerConfigResource
func checkAlertmanagerConfigResource(
	ctx context.Context, config *monitoringv1alpha1.AlertmanagerConfig, version semver.Version, store *assets.StoreBuilder,
) error

// alerting is what the operator writes for an Alertmanager.
type alerting struct {
	Configuration string `json:"configuration"`
	// AsIs: the text of the Secret, of which the operator reads nothing as long as no AlertmanagerConfigs are selected.
	AsIs bool `json:"asIs"`
	// Selected AlertmanagerConfigs, as `<namespace>/<name>`.
	Selected []string `json:"selected"`
	// Refused: why the operator would not take the text of the Secret if AlertmanagerConfigs were selected; empty if it would.
	Refused string `json:"refused"`
}

// alertmanagerConfiguration does what the operator does with the Secret that an Alertmanager names, and with AlertmanagerConfigs if it selects them.
func alertmanagerConfiguration(in io.Reader) (any, error) {
	read, err := decode[input](in)
	if err != nil {
		return nil, err
	}
	w, err := read.world()
	if err != nil {
		return nil, err
	}
	am, err := only(w.alertmanagers, "Alertmanager", read.Name)
	if err != nil {
		return nil, err
	}
	if am.Spec.AlertmanagerConfiguration != nil {
		return nil, errors.New("alertmanagerConfiguration is not looked into")
	}
	text, err := w.secretText(am)
	if err != nil {
		return nil, err
	}
	version, err := semver.ParseTolerant(operator.StringValOrDefault(am.Spec.Version, operator.DefaultAlertmanagerVersion))
	if err != nil {
		return nil, err
	}
	// What is selected leaves in the store the files of TLS that the configuration names.
	store := w.store()
	selected, err := w.alertmanagerConfigsOf(am, version, store)
	if err != nil {
		return nil, err
	}
	result := &alerting{Configuration: text, AsIs: am.Spec.AlertmanagerConfigSelector == nil, Selected: []string{}}
	for key := range selected {
		result.Selected = append(result.Selected, key)
	}
	merged, err := mergedConfiguration(am, text, selected, version, store)
	if result.AsIs {
		if err != nil {
			result.Refused = err.Error()
		}
		return result, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the operator refuses: %w", err)
	}
	result.Configuration = merged
	return result, nil
}

func (w *world) secretText(am *monitoringv1.Alertmanager) (string, error) {
	name := am.Spec.ConfigSecret
	if name == "" {
		name = "alertmanager-" + am.Name
	}
	secret, err := w.Secrets(am.Namespace).Get(context.Background(), name, metav1.GetOptions{})
	if err != nil {
		return "", err
	}
	text, ok := secret.Data["alertmanager.yaml"]
	if !ok {
		return "", fmt.Errorf("Secret %s has no key alertmanager.yaml", name)
	}
	return string(text), nil
}

func mergedConfiguration(
	am *monitoringv1.Alertmanager, text string, configs map[string]*monitoringv1alpha1.AlertmanagerConfig, version semver.Version, store *assets.StoreBuilder,
) (string, error) {
	builder := alertmanager.NewConfigBuilder(quiet, version, store, am)
	if err := builder.InitializeFromRawConfiguration([]byte(text)); err != nil {
		return "", err
	}
	if err := builder.AddAlertmanagerConfigs(context.Background(), configs); err != nil {
		return "", err
	}
	merged, err := builder.MarshalJSON()
	return string(merged), err
}

func (w *world) alertmanagerConfigsOf(
	am *monitoringv1.Alertmanager, version semver.Version, store *assets.StoreBuilder,
) (map[string]*monitoringv1alpha1.AlertmanagerConfig, error) {
	selected := map[string]*monitoringv1alpha1.AlertmanagerConfig{}
	selector, err := metav1.LabelSelectorAsSelector(am.Spec.AlertmanagerConfigSelector)
	if err != nil {
		return nil, err
	}
	namespaces, err := operator.SelectNamespacesFromCache(am, am.Spec.AlertmanagerConfigNamespaceSelector, w.namespaceInformer())
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, namespace := range namespaces {
		// Listing what is in memory cannot fail.
		_ = listing(w.alertmanagerConfigs)(namespace, selector, func(found any) {
			config := found.(*monitoringv1alpha1.AlertmanagerConfig)
			key := config.Namespace + "/" + config.Name
			if err := checkAlertmanagerConfigResource(context.Background(), config, version, store); err != nil {
				problems = append(problems, fmt.Errorf("the operator rejects AlertmanagerConfig %s: %w", key, err))
			}
			selected[key] = config
		})
	}
	return selected, errors.Join(problems...)
}
