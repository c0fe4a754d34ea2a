package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v2"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
)

// documents reads YAML as kubectl does, or as Prometheus and Alertmanager read their configuration.
func documents(in io.Reader) (any, error) {
	input, err := decode[struct {
		Text   string `json:"text"`
		Reader string `json:"reader"`
	}](in)
	if err != nil {
		return nil, err
	}
	switch input.Reader {
	case "kubectl":
		return readManifests(input.Text)
	case "prometheus":
		var document any
		if err := yaml.Unmarshal([]byte(input.Text), &document); err != nil {
			return nil, err
		}
		return []any{withTextKeys(document)}, nil
	default:
		return nil, fmt.Errorf("reader: %q is neither kubectl nor prometheus", input.Reader)
	}
}

// readManifests refuses, of the kinds that the API server itself has, what is no field or no value of it.
func readManifests(text string) ([]any, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader([]byte(text))))
	read := []any{}
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return read, nil
		}
		if err != nil {
			return nil, err
		}
		var object map[string]any
		if err := utilyaml.Unmarshal(document, &object); err != nil {
			return nil, err
		}
		if kind, ok := object["kind"].(string); ok && isBuiltIn(kind, object["apiVersion"]) {
			if _, _, err := scheme.Codecs.UniversalDeserializer().Decode(document, nil, nil); err != nil {
				return nil, err
			}
		}
		read = append(read, object)
	}
}

func isBuiltIn(kind string, version any) bool {
	for known := range scheme.Scheme.AllKnownTypes() {
		if known.Kind == kind && known.GroupVersion().String() == version {
			return true
		}
	}
	return false
}

// withTextKeys makes mappings that JSON has a form for.
func withTextKeys(value any) any {
	switch value := value.(type) {
	case map[any]any:
		texts := map[string]any{}
		for key, inner := range value {
			texts[fmt.Sprint(key)] = withTextKeys(inner)
		}
		return texts
	case []any:
		for i := range value {
			value[i] = withTextKeys(value[i])
		}
	}
	return value
}
