package main

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

type feature struct {
	// Whether it is accepted without effect.
	NoOp bool `json:"noOp,omitempty"`
}

var noOp = regexp.MustCompile(`is (now permanently enabled|a no-op)`)

// featuresIn are the cases of the switches in a function; of each, whether it only warns that it changes nothing.
func featuresIn(m *module, at place) (map[string]feature, error) {
	p, err := m.pkg(at.Package)
	if err != nil {
		return nil, err
	}
	found := map[string]feature{}
	for _, file := range p.files {
		for _, one := range file.Decls {
			function, ok := one.(*ast.FuncDecl)
			if !ok || function.Name.Name != at.Name {
				continue
			}
			ast.Inspect(function, func(node ast.Node) bool {
				if choice, ok := node.(*ast.SwitchStmt); ok && choice.Tag != nil {
					p.addCases(choice, found)
				}
				return true
			})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no cases in %s of %s", at.Name, at.Package)
	}
	return found, nil
}

func (p *pkg) addCases(choice *ast.SwitchStmt, found map[string]feature) {
	for _, statement := range choice.Body.List {
		clause := statement.(*ast.CaseClause)
		says := false
		for _, inner := range clause.Body {
			ast.Inspect(inner, func(node ast.Node) bool {
				if basic, ok := node.(*ast.BasicLit); ok && noOp.MatchString(basic.Value) {
					says = true
				}
				return true
			})
		}
		for _, expr := range clause.List {
			if name, ok := p.text(expr); ok && name != "" {
				found[name] = feature{NoOp: says}
			}
		}
	}
}

type function struct {
	Args         []string `json:"args"`
	Variadic     int      `json:"variadic,omitempty"`
	Returns      string   `json:"returns"`
	Experimental bool     `json:"experimental,omitempty"`
}

// functionsIn is the map of PromQL's functions.
func functionsIn(m *module, at place) (map[string]function, error) {
	p, err := m.pkg(at.Package)
	if err != nil {
		return nil, err
	}
	found := map[string]function{}
	for _, file := range p.files {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok || len(spec.Names) != 1 || spec.Names[0].Name != at.Name || len(spec.Values) != 1 {
				return true
			}
			for _, element := range spec.Values[0].(*ast.CompositeLit).Elts {
				entry := element.(*ast.KeyValueExpr)
				name, _ := literal(entry.Key)
				found[name] = signature(entry.Value.(*ast.CompositeLit))
			}
			return false
		})
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no %s in %s", at.Name, at.Package)
	}
	return found, nil
}

// valueType is `vector` of `ValueTypeVector`.
func valueType(expr ast.Expr) string {
	return strings.ToLower(strings.TrimPrefix(expr.(*ast.Ident).Name, "ValueType"))
}

func signature(of *ast.CompositeLit) function {
	found := function{Args: []string{}}
	for _, element := range of.Elts {
		field := element.(*ast.KeyValueExpr)
		switch field.Key.(*ast.Ident).Name {
		case "ArgTypes":
			for _, arg := range field.Value.(*ast.CompositeLit).Elts {
				found.Args = append(found.Args, valueType(arg))
			}
		case "Variadic":
			if negative, ok := field.Value.(*ast.UnaryExpr); ok {
				found.Variadic, _ = strconv.Atoi(negative.X.(*ast.BasicLit).Value)
				found.Variadic = -found.Variadic
			} else {
				found.Variadic, _ = strconv.Atoi(field.Value.(*ast.BasicLit).Value)
			}
		case "ReturnType":
			found.Returns = valueType(field.Value)
		case "Experimental":
			found.Experimental = field.Value.(*ast.Ident).Name == "true"
		}
	}
	return found
}

// A discovery is a service discovery, by the type of its configuration.
type discovery struct {
	name     string
	p        *pkg
	receiver string
}

// discoveriesIn are the service discoveries, whose configurations give themselves names, as `kubernetes`.
func discoveriesIn(m *module, folder string) ([]discovery, error) {
	found := []discovery{}
	root := filepath.Join(m.dir, folder)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || entry.Name() == "testdata" {
			return err
		}
		relative, _ := filepath.Rel(m.dir, path)
		p, err := m.pkg(relative)
		if err != nil {
			return nil // a folder without Go files
		}
		for _, file := range p.files {
			for _, one := range file.Decls {
				method, ok := one.(*ast.FuncDecl)
				if !ok || method.Name.Name != "Name" || method.Recv == nil || method.Body == nil || len(method.Body.List) != 1 {
					continue
				}
				if result, ok := method.Body.List[0].(*ast.ReturnStmt); ok && len(result.Results) == 1 {
					if name, ok := p.text(result.Results[0]); ok {
						found = append(found, discovery{name, p, receiver(method)})
					}
				}
			}
		}
		return nil
	})
	slices.SortFunc(found, func(a, b discovery) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(found, func(a, b discovery) bool { return a.name == b.name }), err
}
