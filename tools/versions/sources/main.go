// Reads flags, features, settings and functions in the Go sources of releases: requests from standard input, answers to standard
// output, both as JSON. Nothing of what is read is compiled or run.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// A request names a release of a module and what to read in it.
type request struct {
	Module  string `json:"module"`
	Version string `json:"version"`
	// Packages in which flags are declared, by program.
	Flags map[string][]string `json:"flags"`
	// Functions that choose by texts, as Prometheus does by its features.
	Features map[string]place `json:"features"`
	// Types whose constants are names, as those of the operator's feature gates.
	Constants map[string]place `json:"constants"`
	// The type that a configuration file is read into.
	Settings *place `json:"settings"`
	// The folder below which service discoveries are, whose settings are among those of the file.
	Discoveries string `json:"discoveries"`
	// Modules whose required version is asked.
	Requires []string `json:"requires"`
	// The map of PromQL's functions.
	Functions *place `json:"functions"`
	// Whether the time zones of Go are asked.
	Zones bool `json:"zones"`
}

// A place is a name in a package, whose folder is relative to the module.
type place struct {
	Package string `json:"package"`
	Name    string `json:"name"`
}

type answer struct {
	// Versions of the modules that it requires.
	Requires  map[string]string             `json:"requires,omitempty"`
	Flags     map[string]map[string]flag    `json:"flags,omitempty"`
	Features  map[string]map[string]feature `json:"features,omitempty"`
	Constants map[string][]string           `json:"constants,omitempty"`
	Settings  *settings                     `json:"settings,omitempty"`
	Functions map[string]function           `json:"functions,omitempty"`
	Zones     []string                      `json:"zones,omitempty"`
}

func (r request) answer() (answer, error) {
	var found answer
	module, err := moduleAt(r.Module, r.Version)
	if err != nil {
		return found, err
	}
	for _, path := range r.Requires {
		if found.Requires == nil {
			found.Requires = map[string]string{}
		}
		found.Requires[path] = module.requires[path]
	}
	for program, folders := range r.Flags {
		flags, err := flagsOf(module, folders)
		if err != nil {
			return found, fmt.Errorf("flags of %s: %w", program, err)
		}
		if found.Flags == nil {
			found.Flags = map[string]map[string]flag{}
		}
		found.Flags[program] = flags
	}
	for program, at := range r.Features {
		features, err := featuresIn(module, at)
		if err != nil {
			return found, fmt.Errorf("features of %s: %w", program, err)
		}
		if found.Features == nil {
			found.Features = map[string]map[string]feature{}
		}
		found.Features[program] = features
	}
	for program, at := range r.Constants {
		constants, err := constantsOf(module, at)
		if err != nil {
			return found, fmt.Errorf("constants of %s: %w", program, err)
		}
		if found.Constants == nil {
			found.Constants = map[string][]string{}
		}
		found.Constants[program] = constants
	}
	if r.Settings != nil {
		if found.Settings, err = settingsOf(module, *r.Settings, r.Discoveries); err != nil {
			return found, err
		}
	}
	if r.Functions != nil {
		if found.Functions, err = functionsIn(module, *r.Functions); err != nil {
			return found, err
		}
	}
	if r.Zones {
		if found.Zones, err = zones(); err != nil {
			return found, err
		}
	}
	return found, nil
}

func run() error {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		return err
	}
	answers := make([]answer, len(requests))
	for i, r := range requests {
		var err error
		if answers[i], err = r.answer(); err != nil {
			return fmt.Errorf("%s@%s: %w", r.Module, r.Version, err)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
