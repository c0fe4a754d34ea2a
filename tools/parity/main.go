// Parity tells what the Prometheus Operator would make of manifests, and what a Prometheus would scrape with a configuration.
// Selection, validation and configuration are the operator's own code, discovery and relabeling are Prometheus's own.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

var commands = map[string]func(io.Reader) (any, error){
	"certificate":  certificate,
	"prometheus":   prometheusConfiguration,
	"alertmanager": alertmanagerConfiguration,
	"targets":      targets,
	"documents":    documents,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 || commands[os.Args[1]] == nil {
		return fmt.Errorf("usage: parity certificate | prometheus | alertmanager | targets | documents, each with JSON as its input and its output; see README.md")
	}
	result, err := commands[os.Args[1]](os.Stdin)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(result)
}

// decode reads one JSON value and refuses what the value has and T lacks.
func decode[T any](in io.Reader) (T, error) {
	var value T
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		return value, fmt.Errorf("input: %w", err)
	}
	return value, nil
}
