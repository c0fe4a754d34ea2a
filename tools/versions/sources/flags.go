package main

import (
	"go/ast"
	"regexp"
)

type flag struct {
	// The only mode of Prometheus that has it, if any.
	Mode string `json:"mode,omitempty"`
}

var (
	// Functions of the packages flag and pflag that bind a flag to a variable.
	binding = regexp.MustCompile(`^(\w*Var|\w*VarP)$`)
	// Functions by which a package adds its own flags.
	adding = regexp.MustCompile(`^(AddFlags|RegisterFlags)$`)
	modes  = map[string]string{"serverOnlyFlag": "server", "agentOnlyFlag": "agent"}
)

// flagsOf are the flags that packages declare, with those of the packages that they call to add their own.
func flagsOf(m *module, folders []string) (map[string]flag, error) {
	found := map[string]flag{}
	read := map[*pkg]bool{}
	for _, folder := range folders {
		p, err := m.pkg(folder)
		if err != nil {
			return nil, err
		}
		if err := addFlags(p, found, read); err != nil {
			return nil, err
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

func addFlag(p *pkg, file *ast.File, call *ast.CallExpr, found map[string]flag, read map[*pkg]bool) error {
	add := func(at int, prefix, mode string) {
		if len(call.Args) > at {
			if name, ok := p.text(call.Args[at]); ok && name != "" {
				found[prefix+name] = flag{Mode: mode}
			}
		}
	}
	switch function := call.Fun.(type) {
	case *ast.Ident:
		if mode, ok := modes[function.Name]; ok {
			add(1, "", mode)
		}
		// each of node_exporter's collectors has a flag
		if function.Name == "registerCollector" {
			add(0, "collector.", "")
		}
	case *ast.SelectorExpr:
		switch name := function.Sel.Name; {
		case name == "Flag":
			add(0, "", "")
		case binding.MatchString(name):
			add(1, "", "")
		case adding.MatchString(name):
			if alias, ok := function.X.(*ast.Ident); ok {
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
