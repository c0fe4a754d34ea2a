package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Settings are the mappings of a configuration file: those of the root, and of every type below it.
type settings struct {
	Root       string                `json:"root"`
	Types      map[string][]setting  `json:"types"`
	Conditions map[string]conditions `json:"conditions"`
}

type setting struct {
	Key string `json:"key"`
	// What it holds: value, secret, anything, or the name of a type.
	Holds string `json:"holds"`
	// Whether it is a mapping whose keys are the user's own.
	Map bool `json:"map,omitempty"`
	// Whether it is a pointer to a text, so that an empty text is not none.
	Pointer bool `json:"pointer,omitempty"`
	kind
}

const (
	value    = "value"
	secret   = "secret"
	anything = "anything"
	// A key that stands for any other.
	others = "*"
)

// A goField is a field of a Go type: its key, which is empty where its own fields stand in its place, and what it holds.
type goField struct {
	key   string
	holds string
}

type settingsReader struct {
	types      map[string][]setting
	conditions map[string]*conditions
	goFields   map[string]map[string]goField
	defaults   map[member]bool
	// Settings of service discoveries, which stand in the place of discovery.Configs.
	discoveries []setting
}

// of are the conditions of a type.
func (r settingsReader) of(id string) *conditions {
	if r.conditions[id] == nil {
		r.conditions[id] = &conditions{}
	}
	return r.conditions[id]
}

func settingsOf(m *module, at place, discoveries string) (*settings, error) {
	p, err := m.pkg(at.Package)
	if err != nil {
		return nil, err
	}
	declared, ok := p.types[at.Name]
	if !ok {
		return nil, fmt.Errorf("no type %s in %s", at.Name, at.Package)
	}
	reader := settingsReader{map[string][]setting{}, map[string]*conditions{}, map[string]map[string]goField{}, map[member]bool{}, nil}
	if discoveries != "" {
		if reader.discoveries, err = reader.discovered(m, discoveries); err != nil {
			return nil, err
		}
	}
	root, _, err := reader.named(p, declared)
	if err != nil {
		return nil, err
	}
	found := &settings{root, reader.types, map[string]conditions{}}
	for id, one := range reader.conditions {
		found.Conditions[id] = *one
	}
	return found, nil
}

// discovered are the lists of service discoveries, each of which names itself.
func (r settingsReader) discovered(m *module, folder string) ([]setting, error) {
	names, err := discoveriesIn(m, folder)
	if err != nil {
		return nil, err
	}
	found := []setting{}
	for _, one := range names {
		if one.name == "static" {
			group, err := m.pkg(folder + "/targetgroup")
			if err != nil {
				return nil, err
			}
			id := typeName(group, "Group")
			// It reads itself by a struct within its method.
			r.types[id] = []setting{{Key: "targets", Holds: value, kind: kind{List: true}}, {Key: "labels", Holds: anything, kind: kind{Is: texts}}}
			found = append(found, setting{Key: "static_configs", Holds: id, kind: kind{List: true}})
			continue
		}
		holds, _, err := r.named(one.p, one.p.types[one.receiver])
		if err != nil {
			return nil, fmt.Errorf("discovery %s: %w", one.name, err)
		}
		found = append(found, setting{Key: one.name + "_sd_configs", Holds: holds, kind: kind{List: true}})
	}
	return found, nil
}

// typeName is unique: that of the package and of the type.
func typeName(p *pkg, name string) string {
	return p.path + "." + name
}

// named is what a declared type holds, and whether it is a map.
func (r settingsReader) named(p *pkg, declared declaration) (string, bool, error) {
	name := declared.spec.Name.Name
	if strings.HasPrefix(name, "Secret") {
		return secret, false, nil
	}
	structure, ok := declared.spec.Type.(*ast.StructType)
	if !ok {
		return r.holds(p, declared.file, declared.spec.Type)
	}
	id := typeName(p, name)
	if _, ok := r.types[id]; ok {
		return id, false, nil
	}
	r.types[id] = nil // ends a recursion
	r.goFields[id] = map[string]goField{}
	fields, err := r.fields(p, declared.file, structure, id)
	if err != nil {
		return "", false, fmt.Errorf("%s: %w", id, err)
	}
	if len(fields) == 0 {
		// it reads itself
		delete(r.types, id)
		return anything, false, nil
	}
	r.types[id] = fields
	r.defaultsOf(p, name)
	r.conditionsOf(p, name)
	return id, false, nil
}

func (r settingsReader) fields(p *pkg, file *ast.File, structure *ast.StructType, id string) ([]setting, error) {
	found := []setting{}
	for _, field := range structure.Fields.List {
		if field.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(field.Tag.Value)
		key, options, _ := strings.Cut(reflect.StructTag(tag).Get("yaml"), ",")
		if key == "-" && isDiscoveries(field) {
			found = append(found, r.discoveries...)
		}
		if key == "-" || (key == "" && options == "") {
			continue
		}
		holds, isMap, err := r.holds(p, file, field.Type)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(strings.Split(options, ","), "inline") {
			kind, err := kindOf(p, file, field.Type)
			if err != nil {
				return nil, err
			}
			found = append(found, setting{key, holds, isMap, isPointerToText(field.Type), kind})
			r.note(id, field, goField{key, holds})
			continue
		}
		r.note(id, field, goField{"", holds})
		if isMap {
			found = append(found, setting{Key: others, Holds: holds})
		} else {
			found = append(found, r.types[holds]...)
			r.of(id).add(*r.of(holds))
		}
	}
	return found, nil
}

// note keeps a field by its name in Go; one that is embedded has that of its type.
func (r settingsReader) note(id string, field *ast.Field, as goField) {
	for _, name := range field.Names {
		r.goFields[id][name.Name] = as
	}
	if len(field.Names) > 0 {
		return
	}
	expr := field.Type
	if selector, ok := expr.(*ast.SelectorExpr); ok {
		expr = selector.Sel
	}
	if name, ok := expr.(*ast.Ident); ok {
		r.goFields[id][name.Name] = as
	}
}

// isDiscoveries says whether a field is read by the names of service discoveries.
func isDiscoveries(field *ast.Field) bool {
	selector, ok := field.Type.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	name, ok := selector.X.(*ast.Ident)
	return ok && name.Name == "discovery" && selector.Sel.Name == "Configs"
}

func isPointerToText(expr ast.Expr) bool {
	pointer, ok := expr.(*ast.StarExpr)
	if !ok {
		return false
	}
	name, ok := pointer.X.(*ast.Ident)
	return ok && name.Name == "string"
}

// holds is what a value of a type holds, and whether it is a map of that.
func (r settingsReader) holds(p *pkg, file *ast.File, expr ast.Expr) (string, bool, error) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return r.holds(p, file, expr.X)
	case *ast.ArrayType:
		return r.holds(p, file, expr.Elt)
	case *ast.InterfaceType:
		return anything, false, nil
	case *ast.MapType:
		holds, _, err := r.holds(p, file, expr.Value)
		if holds == value {
			// a text for each of the user's own keys
			holds = anything
		}
		return holds, holds != anything, err
	case *ast.StructType:
		return anything, false, nil
	case *ast.Ident:
		if declared, ok := p.types[expr.Name]; ok {
			return r.named(p, declared)
		}
		if expr.Name == "any" {
			return anything, false, nil
		}
		return value, false, nil
	case *ast.SelectorExpr:
		return r.foreign(p, file, expr)
	}
	return "", false, fmt.Errorf("a type that is not understood: %T", expr)
}

// foreign is what a type of another package holds.
func (r settingsReader) foreign(p *pkg, file *ast.File, expr *ast.SelectorExpr) (string, bool, error) {
	alias := expr.X.(*ast.Ident).Name
	path := importPath(file, alias)
	if path == "" {
		return "", false, fmt.Errorf("nothing is imported as %s", alias)
	}
	other, err := p.module.imported(path)
	if err != nil {
		return "", false, err
	}
	if other == nil {
		// Go's own types: maps of texts, or what is written as a text
		if path == "net/url" && expr.Sel.Name == "Values" || path == "net/http" && expr.Sel.Name == "Header" {
			return anything, false, nil
		}
		return value, false, nil
	}
	declared, ok := other.types[expr.Sel.Name]
	if !ok {
		return "", false, fmt.Errorf("no type %s in %s", expr.Sel.Name, path)
	}
	return r.named(other, declared)
}
