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
	Root  string               `json:"root"`
	Types map[string][]setting `json:"types"`
}

type setting struct {
	Key string `json:"key"`
	// What it holds: value, secret, anything, or the name of a type.
	Holds string `json:"holds"`
	// Whether it is a mapping whose keys are the user's own.
	Map bool `json:"map,omitempty"`
	// Whether it is a pointer to a text, so that an empty text is not none.
	Pointer bool `json:"pointer,omitempty"`
}

const (
	value    = "value"
	secret   = "secret"
	anything = "anything"
	// A key that stands for any other.
	others = "*"
)

type settingsReader struct {
	types map[string][]setting
}

func settingsOf(m *module, at place) (*settings, error) {
	p, err := m.pkg(at.Package)
	if err != nil {
		return nil, err
	}
	declared, ok := p.types[at.Name]
	if !ok {
		return nil, fmt.Errorf("no type %s in %s", at.Name, at.Package)
	}
	reader := settingsReader{map[string][]setting{}}
	root, _, err := reader.named(p, declared)
	if err != nil {
		return nil, err
	}
	return &settings{root, reader.types}, nil
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
	fields, err := r.fields(p, declared.file, structure)
	if err != nil {
		return "", false, fmt.Errorf("%s: %w", id, err)
	}
	if len(fields) == 0 {
		// it reads itself
		delete(r.types, id)
		return anything, false, nil
	}
	r.types[id] = fields
	return id, false, nil
}

func (r settingsReader) fields(p *pkg, file *ast.File, structure *ast.StructType) ([]setting, error) {
	found := []setting{}
	for _, field := range structure.Fields.List {
		if field.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(field.Tag.Value)
		key, options, _ := strings.Cut(reflect.StructTag(tag).Get("yaml"), ",")
		if key == "-" || (key == "" && options == "") {
			continue
		}
		holds, isMap, err := r.holds(p, file, field.Type)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(strings.Split(options, ","), "inline") {
			found = append(found, setting{key, holds, isMap, isPointerToText(field.Type)})
			continue
		}
		if isMap {
			found = append(found, setting{Key: others, Holds: holds})
		} else {
			found = append(found, r.types[holds]...)
		}
	}
	return found, nil
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
