package main

import (
	"slices"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus-operator/prometheus-operator/pkg/informers"
	"github.com/prometheus-operator/prometheus-operator/pkg/namespacelabeler"
	"github.com/prometheus-operator/prometheus-operator/pkg/operator"
	"github.com/prometheus/prometheus/promql/parser"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/client-go/tools/cache"
)

// ruleInformers is one informer of the rules of all namespaces, filled by hand.
type ruleInformers struct {
	informer cache.SharedIndexInformer
}

func (r ruleInformers) ForResource(string, schema.GroupVersionResource) (informers.InformLister, error) {
	return r, nil
}

func (r ruleInformers) Namespaces() sets.Set[string] { return sets.New("") }

func (r ruleInformers) Informer() cache.SharedIndexInformer { return r.informer }

func (r ruleInformers) Lister() cache.GenericLister {
	return cache.NewGenericLister(r.informer.GetIndexer(), monitoringv1.Resource(monitoringv1.PrometheusRuleName))
}

// rulesOf selects and checks rules as the operator does.
func (w *world) rulesOf(p *monitoringv1.Prometheus) (operator.PrometheusRuleSelection, error) {
	var none operator.PrometheusRuleSelection
	informer := cache.NewSharedIndexInformer(
		&cache.ListWatch{}, &monitoringv1.PrometheusRule{}, 0, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc},
	)
	for _, rule := range w.rules {
		if err := informer.GetIndexer().Add(rule); err != nil {
			return none, err
		}
	}
	lister, err := informers.NewInformersForResource(
		ruleInformers{informer}, monitoringv1.SchemeGroupVersion.WithResource(monitoringv1.PrometheusRuleName),
	)
	if err != nil {
		return none, err
	}
	namespaces, err := operator.SelectNamespacesFromCache(p, p.Spec.RuleNamespaceSelector, w.namespaceInformer())
	if err != nil {
		return none, err
	}
	selector, err := operator.NewPrometheusRuleSelector(
		operator.PrometheusFormat,
		operator.StringValOrDefault(p.Spec.Version, operator.DefaultPrometheusVersion),
		p.Spec.RuleSelector,
		namespacelabeler.New(p.Spec.EnforcedNamespaceLabel, p.Spec.ExcludedFromEnforcement, true),
		lister,
		operator.NewFakeRecorder(10_000, p),
		quiet,
		parserOptions(p),
	)
	if err != nil {
		return none, err
	}
	return selector.Select(namespaces)
}

// parserOptions are those of the features that are enabled, as the operator has them.
func parserOptions(p *monitoringv1.Prometheus) parser.Options {
	enabled := func(feature monitoringv1.EnableFeature) bool { return slices.Contains(p.Spec.EnableFeatures, feature) }
	return parser.Options{
		EnableExperimentalFunctions:  enabled("promql-experimental-functions"),
		ExperimentalDurationExpr:     enabled("promql-duration-expr"),
		EnableExtendedRangeSelectors: enabled("promql-extended-range-selectors"),
		EnableBinopFillModifiers:     enabled("promql-binop-fill-modifiers"),
	}
}
