package main

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// zones are the names of the time zones that Go knows, which programs written in it carry with them.
func zones() ([]string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	found := []string{}
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, "/") && file.Name != "Factory" {
			found = append(found, file.Name)
		}
	}
	slices.Sort(found)
	return found, nil
}
