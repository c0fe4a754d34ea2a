package main

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// A kind is how a value is read: what its text has to be, beyond whether it is a mapping.
type kind struct {
	// Bool, int, count (not negative), float, duration (of Prometheus), time (a duration of Go), regex, url and so on; a text where it is empty.
	Is string `json:"is,omitempty"`
	// The only texts.
	OneOf []string `json:"oneOf,omitempty"`
	// Whether the case of these does not matter.
	Fold bool `json:"fold,omitempty"`
	List bool `json:"list,omitempty"`
}

const (
	// A mapping of texts, and one of lists of texts, under the user's own keys.
	texts     = "texts"
	textLists = "textLists"
)

// Types that read their text themselves.
var known = map[string]string{
	"github.com/prometheus/common/model.Duration": "duration",
	"github.com/alecthomas/units.Base2Bytes":      "size",
	"time.Duration":                               "time",
	"net/url.Values":                              textLists,
	"net/http.Header":                             textLists,
	"URL":                                         "url",
	"Regexp":                                      "regex",
	"MatchRegexps":                                "regexes",
	"Matchers":                                    "matchers",
	"HostPort":                                    "hostPort",
	"Labels":                                      texts,
	"LabelName":                                   "labelName",
	"TimeRange":                                   "timeOfDay",
	"Location":                                    "timeZone",
	"CELProgram":                                  "text",
	"WeekdayRange":                                "weekdays",
	"DayOfMonthRange":                             "daysOfMonth",
	"MonthRange":                                  "months",
	"YearRange":                                   "years",
	"LogLevel":                                    "logLevel",
	"ValidationScheme":                            "nameValidation",
}

// kindOf is the kind of a value of a type.
func kindOf(p *pkg, file *ast.File, expr ast.Expr) (kind, error) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return kindOf(p, file, expr.X)
	case *ast.ArrayType:
		found, err := kindOf(p, file, expr.Elt)
		found.List = true
		return found, err
	case *ast.MapType:
		found, err := kindOf(p, file, expr.Value)
		switch {
		case err != nil || found.Is != "" || found.OneOf != nil || !isText(p, file, expr.Value):
			return kind{Is: "mapping"}, err
		case found.List:
			return kind{Is: textLists}, nil
		}
		return kind{Is: texts}, nil
	case *ast.Ident:
		if declared, ok := p.types[expr.Name]; ok {
			return namedKind(p, declared)
		}
		return kind{Is: basic(expr.Name)}, nil
	case *ast.SelectorExpr:
		path := importPath(file, expr.X.(*ast.Ident).Name)
		if is, ok := known[path+"."+expr.Sel.Name]; ok {
			return kind{Is: is}, nil
		}
		other, err := p.module.imported(path)
		if err != nil || other == nil {
			return kind{Is: "any"}, err
		}
		return namedKind(other, other.types[expr.Sel.Name])
	}
	return kind{Is: "any"}, nil
}

// isText tells a text, or a list of them, from what holds more.
func isText(p *pkg, file *ast.File, expr ast.Expr) bool {
	switch expr := expr.(type) {
	case *ast.ArrayType:
		return isText(p, file, expr.Elt)
	case *ast.Ident:
		if declared, ok := p.types[expr.Name]; ok {
			return isText(p, declared.file, declared.spec.Type)
		}
		return expr.Name == "string"
	case *ast.SelectorExpr:
		return importPath(file, expr.X.(*ast.Ident).Name) == "github.com/prometheus/common/model"
	}
	return false
}

func basic(name string) string {
	switch {
	case name == "string":
		return ""
	case strings.HasPrefix(name, "int"):
		return "int"
	case strings.HasPrefix(name, "uint"):
		return "count"
	case strings.HasPrefix(name, "float"):
		return "float"
	case name == "bool":
		return "bool"
	}
	return "any"
}

func namedKind(p *pkg, declared declaration) (kind, error) {
	name := declared.spec.Name.Name
	for _, unique := range []string{typeName(p, name), name} {
		if is, ok := known[unique]; ok {
			return kind{Is: is}, nil
		}
	}
	reader := p.method(name, "UnmarshalYAML")
	if names := p.named(name); len(names) > 1 {
		return kind{OneOf: names, Fold: reader != nil && calls(reader.Body, "ToLower")}, nil
	}
	switch declared.spec.Type.(type) {
	case *ast.StructType:
		return kind{}, nil
	}
	if reader != nil && !strings.HasPrefix(name, "Secret") {
		if _, ok := declared.spec.Type.(*ast.ArrayType); !ok {
			return kind{Is: "any"}, nil
		}
	}
	return kindOf(p, declared.file, declared.spec.Type)
}

// method is the method of a type, if it has it.
func (p *pkg) method(of, name string) *ast.FuncDecl {
	for _, file := range p.files {
		for _, one := range file.Decls {
			method, ok := one.(*ast.FuncDecl)
			if ok && method.Name.Name == name && method.Recv != nil && method.Body != nil && receiver(method) == of {
				return method
			}
		}
	}
	return nil
}

// receiver is the type that a method is of.
func receiver(method *ast.FuncDecl) string {
	expr := method.Recv.List[0].Type
	if pointer, ok := expr.(*ast.StarExpr); ok {
		expr = pointer.X
	}
	if name, ok := expr.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

func calls(body ast.Node, name string) bool {
	found := false
	ast.Inspect(body, func(node ast.Node) bool {
		if call, ok := node.(*ast.SelectorExpr); ok && call.Sel.Name == name {
			found = true
		}
		return true
	})
	return found
}

// named are the texts that a type has names for: its constants, or the keys of a map that is of texts to it.
func (p *pkg) named(of string) []string {
	found := map[string]bool{}
	for _, file := range p.files {
		for _, one := range file.Decls {
			general, ok := one.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					p.namesIn(spec, general.Tok, of, found)
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (p *pkg) namesIn(spec *ast.ValueSpec, declared token.Token, of string, found map[string]bool) {
	if name, ok := spec.Type.(*ast.Ident); ok && name.Name == of && (declared == token.CONST || declared == token.VAR) {
		for _, value := range spec.Values {
			if text, ok := p.text(value); ok && text != "" {
				found[text] = true
			}
		}
	}
	for _, value := range spec.Values {
		composite, ok := value.(*ast.CompositeLit)
		if !ok {
			continue
		}
		mapped, ok := composite.Type.(*ast.MapType)
		if !ok {
			continue
		}
		if name, ok := mapped.Value.(*ast.Ident); !ok || name.Name != of {
			continue
		}
		for _, entry := range composite.Elts {
			if pair, ok := entry.(*ast.KeyValueExpr); ok {
				if text, ok := p.text(pair.Key); ok {
					found[text] = true
				}
			}
		}
	}
}
