package main

import (
	"encoding/json"
	"fmt"
	"slices"
)

// openAPI is what is read of the OpenAPI schema of a CustomResourceDefinition.
type openAPI struct {
	Default    any                `json:"default"`
	Properties map[string]openAPI `json:"properties"`
	Items      *openAPI           `json:"items"`
}

// crdDefaults are the schemas by `<group>/<version> <kind>`.
type crdDefaults map[string]openAPI

func defaultsOf(crds []json.RawMessage) (crdDefaults, error) {
	defaults := crdDefaults{}
	for _, raw := range crds {
		var crd struct {
			Spec struct {
				Group string `json:"group"`
				Names struct {
					Kind string `json:"kind"`
				} `json:"names"`
				Versions []struct {
					Name   string `json:"name"`
					Schema struct {
						OpenAPIV3Schema openAPI `json:"openAPIV3Schema"`
					} `json:"schema"`
				} `json:"versions"`
			} `json:"spec"`
		}
		if err := json.Unmarshal(raw, &crd); err != nil {
			return nil, fmt.Errorf("CustomResourceDefinition: %w", err)
		}
		for _, version := range crd.Spec.Versions {
			defaults[fmt.Sprintf("%s/%s %s", crd.Spec.Group, version.Name, crd.Spec.Names.Kind)] = version.Schema.OpenAPIV3Schema
		}
	}
	return defaults, nil
}

// fill writes the defaults of the CustomResourceDefinition into an object of the operator, as the API server does.
func (d crdDefaults) fill(o *object) ([]byte, error) {
	if !slices.Contains([]string{"monitoring.coreos.com/v1", "monitoring.coreos.com/v1alpha1"}, o.APIVersion) {
		return o.raw, nil
	}
	found, ok := d[o.APIVersion+" "+o.Kind]
	if !ok {
		return nil, fmt.Errorf("no CustomResourceDefinition of %s", o.APIVersion)
	}
	var value any
	if err := json.Unmarshal(o.raw, &value); err != nil {
		return nil, err
	}
	found.fill(value)
	return json.Marshal(value)
}

func (s openAPI) fill(value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, property := range s.Properties {
			if _, ok := value[name]; !ok && property.Default != nil {
				value[name] = property.Default
			}
			property.fill(value[name])
		}
	case []any:
		for _, item := range value {
			if s.Items != nil {
				s.Items.fill(item)
			}
		}
	}
}
