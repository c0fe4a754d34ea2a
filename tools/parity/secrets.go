package main

import (
	"context"
	"fmt"

	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
)

// secretsOf and configMapsOf stand for the clients of the API server, of which the operator uses Get only.
type secretsOf struct {
	typedcorev1.SecretInterface
	world     *world
	namespace string
}

type configMapsOf struct {
	typedcorev1.ConfigMapInterface
	world     *world
	namespace string
}

func (w *world) Secrets(namespace string) typedcorev1.SecretInterface {
	return secretsOf{world: w, namespace: namespace}
}

func (w *world) ConfigMaps(namespace string) typedcorev1.ConfigMapInterface {
	return configMapsOf{world: w, namespace: namespace}
}

func (s secretsOf) Get(_ context.Context, name string, _ metav1.GetOptions) (*corev1.Secret, error) {
	return named(s.world.secrets, "secrets", s.namespace, name)
}

func (c configMapsOf) Get(_ context.Context, name string, _ metav1.GetOptions) (*corev1.ConfigMap, error) {
	return named(c.world.configMaps, "configmaps", c.namespace, name)
}

func named[T apiObject](objects []T, resource, namespace, name string) (T, error) {
	for _, o := range objects {
		if o.GetNamespace() == namespace && o.GetName() == name {
			return o, nil
		}
	}
	var none T
	return none, apierrors.NewNotFound(corev1.Resource(resource), fmt.Sprintf("%s/%s", namespace, name))
}

func (w *world) store() *assets.StoreBuilder {
	return assets.NewStoreBuilder(w, w)
}
