package main

import (
	"go/ast"
	"regexp"
	"strings"
)

type flag struct {
	// The only mode of Prometheus that has it, if any.
	Mode string `json:"mode,omitempty"`
	// The type of its value where that is no text: bool, duration, int, float, password.
	Type string `json:"type,omitempty"`
}

// Types by the beginning of the method or function that reads a value: DurationVar, Int64, Float64List.
var types = []struct{ prefix, name string }{
	{"Bool", "bool"}, {"Duration", "duration"}, {"Int", "int"}, {"Uint", "int"}, {"Float", "float"}, {"NewPassword", "password"},
}

func typeOf(method string) string {
	for _, one := range types {
		if strings.HasPrefix(method, one.prefix) {
			return one.name
		}
	}
	return ""
}

var (
	// Functions of the packages flag and pflag that bind a flag to a variable.
	binding = regexp.MustCompile(`^(\w*Var|\w*VarP)$`)
	// Functions of the package flag, and of VictoriaMetrics's flagutil, that return a variable for a flag.
	returning = map[string]*regexp.Regexp{
		"flag":     regexp.MustCompile(`^(Bool|Duration|Float64|Int|Int64|String|Uint|Uint64)$`),
		"flagutil": regexp.MustCompile(`^New\w+$`),
	}
	// Functions by which a package adds its own flags.
	adding = regexp.MustCompile(`^(AddFlags|RegisterFlags|InitFlags)$`)
	// The function of extkingpin that adds a flag for a text and one, with -file, for its file.
	withFile = "RegisterPathOrContent"
	modes    = map[string]string{"serverOnlyFlag": "server", "agentOnlyFlag": "agent"}
)

// flagsOf are the flags that packages declare, with those of the packages that they call to add their own. A package of a module that is
// required is named by its import path. After `/...` all packages of the same module count that it imports, directly or not.
func flagsOf(m *module, folders []string) (map[string]flag, error) {
	found := map[string]flag{}
	read := map[*pkg]bool{}
	for _, place := range folders {
		folder, isDeep := strings.CutSuffix(place, "/...")
		p, err := m.at(folder)
		if err != nil {
			return nil, err
		}
		packages := []*pkg{p}
		if isDeep {
			if packages, err = p.closure(); err != nil {
				return nil, err
			}
		}
		for _, one := range packages {
			if err := addFlags(one, found, read); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

func addFlags(p *pkg, found map[string]flag, read map[*pkg]bool) error {
	if read[p] {
		return nil
	}
	read[p] = true
	var failed error
	for _, file := range p.files {
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok && failed == nil {
				failed = addFlag(p, file, call, found, read)
			}
			return true
		})
	}
	return failed
}

// declarationIn is the call that names a flag, and the one that reads its value: Flag and Duration of Flag("a", "").Default("1s").Duration().
func declarationIn(call *ast.CallExpr) (named, reading *ast.CallExpr) {
	for at := call; ; {
		switch function := at.Fun.(type) {
		case *ast.Ident:
			if _, ok := modes[function.Name]; ok {
				return at, call
			}
			return nil, nil
		case *ast.SelectorExpr:
			if function.Sel.Name == "Flag" {
				return at, call
			}
			inner, ok := function.X.(*ast.CallExpr)
			if !ok {
				return nil, nil
			}
			at = inner
		default:
			return nil, nil
		}
	}
}

// withoutInserts is a text, or the format of one: fmt.Sprintf("objstore%s.config", suffix), whose suffix commands leave empty.
func (p *pkg) withoutInserts(expr ast.Expr) (string, bool) {
	if call, ok := expr.(*ast.CallExpr); ok && len(call.Args) > 0 {
		format, ok := p.text(call.Args[0])
		return strings.ReplaceAll(format, "%s", ""), ok
	}
	return p.text(expr)
}

func addFlag(p *pkg, file *ast.File, call *ast.CallExpr, found map[string]flag, read map[*pkg]bool) error {
	add := func(of *ast.CallExpr, at int, prefix string, one flag) {
		if len(of.Args) > at {
			name, ok := p.text(of.Args[at])
			// The outermost call comes first, and knows most.
			if _, known := found[prefix+name]; ok && name != "" && !known {
				found[prefix+name] = one
			}
		}
	}
	if named, reading := declarationIn(call); named != nil {
		one, at := flag{}, 0
		if function, ok := named.Fun.(*ast.Ident); ok {
			one.Mode, at = modes[function.Name], 1
		}
		if method, ok := reading.Fun.(*ast.SelectorExpr); ok && reading != named {
			one.Type = typeOf(method.Sel.Name)
		}
		add(named, at, "", one)
		return nil
	}
	switch function := call.Fun.(type) {
	case *ast.Ident:
		// each of node_exporter's collectors has a flag
		if function.Name == "registerCollector" {
			add(call, 0, "collector.", flag{Type: "bool"})
		}
	case *ast.SelectorExpr:
		alias, _ := function.X.(*ast.Ident)
		switch name := function.Sel.Name; {
		case alias != nil && returning[alias.Name] != nil && returning[alias.Name].MatchString(name):
			add(call, 0, "", flag{Type: typeOf(name)})
		case binding.MatchString(name):
			add(call, 1, "", flag{Type: typeOf(name)})
		case name == withFile && len(call.Args) > 1:
			if flagName, ok := p.withoutInserts(call.Args[1]); ok {
				found[flagName], found[flagName+"-file"] = flag{}, flag{}
			}
		case adding.MatchString(name):
			if alias != nil {
				if path := importPath(file, alias.Name); path != "" {
					other, err := p.module.imported(path)
					if err != nil {
						return err
					}
					if other != nil {
						return addFlags(other, found, read)
					}
				}
			}
		}
	}
	return nil
}
