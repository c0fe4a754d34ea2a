package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A module is the source of one release.
type module struct {
	path string
	dir  string
	// Versions by module path.
	requires map[string]string
	packages map[string]*pkg
}

// A pkg is a parsed package; nothing of it is type-checked.
type pkg struct {
	module *module
	path   string
	files  []*ast.File
	types  map[string]declaration
	texts  map[string]string
}

type declaration struct {
	spec *ast.TypeSpec
	file *ast.File
}

var modules = map[string]*module{}

var requirement = regexp.MustCompile(`(?m)^(?:require)?\s+([^\s()]+) (v[^\s/]+)`)

// moduleAt downloads a release of a module.
func moduleAt(path, version string) (*module, error) {
	name := path + "@" + version
	if known, ok := modules[name]; ok {
		return known, nil
	}
	command := exec.Command("go", "mod", "download", "-json", name)
	command.Dir = os.TempDir()
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go mod download %s: %w: %s", name, err, out)
	}
	var downloaded struct{ Dir, GoMod string }
	if err := json.Unmarshal(out, &downloaded); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(downloaded.GoMod)
	if err != nil {
		return nil, err
	}
	found := &module{path: path, dir: downloaded.Dir, requires: map[string]string{}, packages: map[string]*pkg{}}
	for _, match := range requirement.FindAllSubmatch(text, -1) {
		found.requires[string(match[1])] = string(match[2])
	}
	modules[name] = found
	return found, nil
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// imported is the package of an import path, or nil where it is one of Go's own.
func (m *module) imported(path string) (*pkg, error) {
	if !strings.Contains(strings.Split(path, "/")[0], ".") {
		return nil, nil
	}
	owner := ""
	for candidate := range m.requires {
		if within(path, candidate) && len(candidate) > len(owner) {
			owner = candidate
		}
	}
	if within(path, m.path) && len(m.path) > len(owner) {
		return m.pkg(strings.TrimPrefix(strings.TrimPrefix(path, m.path), "/"))
	}
	if owner == "" {
		return nil, fmt.Errorf("no module of %s is required", path)
	}
	other, err := moduleAt(owner, m.requires[owner])
	if err != nil {
		return nil, err
	}
	return other.pkg(strings.TrimPrefix(strings.TrimPrefix(path, owner), "/"))
}

// at is the package in a folder, or of an import path.
func (m *module) at(place string) (*pkg, error) {
	if first, _, isDeep := strings.Cut(place, "/"); isDeep && strings.Contains(first, ".") {
		return m.imported(place)
	}
	return m.pkg(place)
}

// pkg parses the package in a folder as it is compiled for Linux.
func (m *module) pkg(folder string) (*pkg, error) {
	if known, ok := m.packages[folder]; ok {
		return known, nil
	}
	dir := filepath.Join(m.dir, folder)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = "linux", "amd64", false
	found := &pkg{module: m, path: strings.TrimSuffix(m.path+"/"+folder, "/"), types: map[string]declaration{}, texts: map[string]string{}}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		if matches, err := context.MatchFile(dir, entry.Name()); err != nil || !matches {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, entry.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		found.files = append(found.files, file)
		found.declare(file)
	}
	if len(found.files) == 0 {
		return nil, fmt.Errorf("no Go files in %s", dir)
	}
	m.packages[folder] = found
	return found, nil
}

// closure is a package with all of its module that it imports, directly or not.
func (p *pkg) closure() ([]*pkg, error) {
	found := []*pkg{p}
	for i := 0; i < len(found); i++ {
		for _, file := range found[i].files {
			for _, one := range file.Imports {
				path, err := strconv.Unquote(one.Path.Value)
				if err != nil {
					return nil, err
				}
				if !within(path, p.module.path) {
					continue
				}
				imported, err := p.module.imported(path)
				if err != nil {
					return nil, err
				}
				if !slices.Contains(found, imported) {
					found = append(found, imported)
				}
			}
		}
	}
	return found, nil
}

func (p *pkg) declare(file *ast.File) {
	for _, one := range file.Decls {
		general, ok := one.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				p.types[spec.Name.Name] = declaration{spec, file}
			case *ast.ValueSpec:
				for i, name := range spec.Names {
					if i < len(spec.Values) {
						if text, ok := literal(spec.Values[i]); ok {
							p.texts[name.Name] = text
						}
					}
				}
			}
		}
	}
}

func literal(expr ast.Expr) (string, bool) {
	if basic, ok := expr.(*ast.BasicLit); ok && basic.Kind == token.STRING {
		text, err := strconv.Unquote(basic.Value)
		return text, err == nil
	}
	return "", false
}

// text is what an expression of literals and constants says.
func (p *pkg) text(expr ast.Expr) (string, bool) {
	switch expr := expr.(type) {
	case *ast.Ident:
		text, ok := p.texts[expr.Name]
		return text, ok
	case *ast.BinaryExpr:
		left, ok := p.text(expr.X)
		right, also := p.text(expr.Y)
		return left + right, ok && also && expr.Op == token.ADD
	}
	return literal(expr)
}

// importPath is the path that a file imports by a name.
func importPath(file *ast.File, name string) string {
	for _, one := range file.Imports {
		path, _ := strconv.Unquote(one.Path.Value)
		if one.Name != nil {
			if one.Name.Name == name {
				return path
			}
			continue
		}
		parts := strings.Split(path, "/")
		last := parts[len(parts)-1]
		if regexp.MustCompile(`^v\d+$`).MatchString(last) && len(parts) > 1 {
			last = parts[len(parts)-2]
		}
		// a module's folder may be called go-x or x.v2 and its package x
		if last == name || strings.TrimPrefix(last, "go-") == name || strings.Split(last, ".")[0] == name {
			return path
		}
	}
	return ""
}

// constantsOf are the texts of a type's constants.
func constantsOf(m *module, at place) ([]string, error) {
	p, err := m.pkg(at.Package)
	if err != nil {
		return nil, err
	}
	found := []string{}
	for _, file := range p.files {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if name, ok := spec.Type.(*ast.Ident); ok && name.Name == at.Name {
				for _, value := range spec.Values {
					if text, ok := literal(value); ok {
						found = append(found, text)
					}
				}
			}
			return false
		})
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no constants of %s in %s", at.Name, at.Package)
	}
	slices.Sort(found)
	return found, nil
}
