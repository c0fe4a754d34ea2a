package main

import (
	"go/ast"
	"go/token"
	"slices"
)

// Conditions are what a mapping has to have, and what excludes each other in it, as far as its type says so in plain words:
// `if c.URL == "" && c.URLFile == "" { return … }`.
type conditions struct {
	// Lists of settings of which one is needed.
	Needs [][]string `json:"needs,omitempty"`
	// Pairs of settings that exclude each other.
	Excludes [][]string `json:"excludes,omitempty"`
}

func (c *conditions) add(other conditions) {
	for _, need := range other.Needs {
		c.need(need)
	}
	for _, pair := range other.Excludes {
		c.exclude(pair[0], pair[1])
	}
}

func (c *conditions) need(keys []string) {
	if !slices.ContainsFunc(c.Needs, func(known []string) bool { return slices.Equal(known, keys) }) {
		c.Needs = append(c.Needs, keys)
	}
}

func (c *conditions) exclude(a, b string) {
	pair := []string{a, b}
	slices.Sort(pair)
	if a != b && !slices.ContainsFunc(c.Excludes, func(known []string) bool { return slices.Equal(known, pair) }) {
		c.Excludes = append(c.Excludes, pair)
	}
}

// A member is a setting of a type.
type member struct {
	owner string
	key   string
}

// A conditionReader reads the methods of a type that check a value.
type conditionReader struct {
	settings settingsReader
	p        *pkg
	name     string
	receiver string
	// What variables stand for.
	variables map[string]ast.Expr
}

func (r settingsReader) conditionsOf(p *pkg, name string) {
	for _, method := range []string{"UnmarshalYAML", "Validate", "validate"} {
		found := p.method(name, method)
		if found == nil || len(found.Recv.List[0].Names) == 0 {
			continue
		}
		reader := conditionReader{r, p, name, found.Recv.List[0].Names[0].Name, map[string]ast.Expr{}}
		reader.block(found.Body, nil)
	}
}

// block reads the statements of a block that is run where some members are set.
func (c conditionReader) block(block *ast.BlockStmt, given []member) {
	for _, statement := range block.List {
		switch statement := statement.(type) {
		case *ast.AssignStmt:
			if name, ok := statement.Lhs[0].(*ast.Ident); ok && len(statement.Lhs) == 1 && statement.Tok == token.DEFINE {
				c.variables[name.Name] = statement.Rhs[0]
			}
		case *ast.IfStmt:
			if statement.Init == nil {
				c.condition(statement, given)
			}
		}
	}
}

func (c conditionReader) condition(statement *ast.IfStmt, given []member) {
	if !refuses(statement.Body) {
		if present := c.present(statement.Cond); len(present) == 1 {
			c.block(statement.Body, append(slices.Clone(given), present...))
		}
		return
	}
	parts := conjunction(statement.Cond)
	if absent := c.absent(parts); absent != nil {
		if !slices.ContainsFunc(absent, func(one member) bool { return one.owner != absent[0].owner || c.settings.defaults[one] }) && c.isOf(given, absent[0]) {
			c.settings.of(absent[0].owner).need(keysOf(absent))
		}
		return
	}
	// `if c.X != nil && count(…) > 1`
	if counted := c.counted(parts[len(parts)-1]); counted != nil {
		c.excludeAll(counted)
		return
	}
	sides := [][]member{}
	for _, one := range given {
		sides = append(sides, []member{one})
	}
	for _, part := range parts {
		present := c.present(part)
		if present == nil {
			return
		}
		sides = append(sides, present)
	}
	if len(sides) == 2 {
		for _, a := range sides[0] {
			for _, b := range sides[1] {
				if a.owner == b.owner {
					c.settings.of(a.owner).exclude(a.key, b.key)
				}
			}
		}
	}
}

// isOf says whether a need is one of a type whatever holds it: of the type that is read, or of one within it wherever that is given.
func (c conditionReader) isOf(given []member, need member) bool {
	if need.owner == typeName(c.p, c.name) {
		return len(given) == 0
	}
	return len(given) == 1 && given[0].owner != need.owner
}

func keysOf(members []member) []string {
	keys := []string{}
	for _, one := range members {
		keys = append(keys, one.key)
	}
	return keys
}

func (c conditionReader) excludeAll(members []member) {
	for i, a := range members {
		for _, b := range members[i+1:] {
			if a.owner == b.owner {
				c.settings.of(a.owner).exclude(a.key, b.key)
			}
		}
	}
}

// refuses says whether a block does nothing but return an error.
func refuses(block *ast.BlockStmt) bool {
	if len(block.List) != 1 {
		return false
	}
	result, ok := block.List[0].(*ast.ReturnStmt)
	if !ok || len(result.Results) != 1 {
		return false
	}
	name, isName := result.Results[0].(*ast.Ident)
	return !isName || name.Name != "nil"
}

func unparen(expr ast.Expr) ast.Expr {
	for {
		inner, ok := expr.(*ast.ParenExpr)
		if !ok {
			return expr
		}
		expr = inner.X
	}
}

func conjunction(expr ast.Expr) []ast.Expr {
	expr = unparen(expr)
	if both, ok := expr.(*ast.BinaryExpr); ok && both.Op == token.LAND {
		return append(conjunction(both.X), conjunction(both.Y)...)
	}
	return []ast.Expr{expr}
}

// absent are the members whose absence all the parts state.
func (c conditionReader) absent(parts []ast.Expr) []member {
	found := []member{}
	for _, part := range parts {
		one, ok := c.compared(part, token.EQL, token.EQL)
		if !ok {
			return nil
		}
		found = append(found, one)
	}
	return found
}

// present are the members of which the expression states that one is set.
func (c conditionReader) present(expr ast.Expr) []member {
	expr = unparen(expr)
	if name, ok := expr.(*ast.Ident); ok {
		if value, ok := c.variables[name.Name]; ok {
			return c.present(value)
		}
		return nil
	}
	if either, ok := expr.(*ast.BinaryExpr); ok && either.Op == token.LOR {
		left, right := c.present(either.X), c.present(either.Y)
		if left == nil || right == nil {
			return nil
		}
		return append(left, right...)
	}
	if one, ok := c.compared(expr, token.NEQ, token.GTR); ok {
		return []member{one}
	}
	return nil
}

// counted are the members of which at most one may be set, as `nonZeroCount(a, b) > 1` says.
func (c conditionReader) counted(expr ast.Expr) []member {
	compared, ok := unparen(expr).(*ast.BinaryExpr)
	if !ok || compared.Op != token.GTR {
		return nil
	}
	call, ok := compared.X.(*ast.CallExpr)
	if limit, isLimit := compared.Y.(*ast.BasicLit); !ok || !isLimit || limit.Value != "1" {
		return nil
	}
	if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "nonZeroCount" {
		return nil
	}
	found := []member{}
	for _, arg := range call.Args {
		found = append(found, c.present(arg)...)
	}
	return found
}

// compared is the member that is compared with nothing by an operator; another one is that of a length.
func (c conditionReader) compared(expr ast.Expr, operator, ofLength token.Token) (member, bool) {
	comparison, ok := unparen(expr).(*ast.BinaryExpr)
	if !ok {
		return member{}, false
	}
	nothing := false
	switch value := comparison.Y.(type) {
	case *ast.BasicLit:
		nothing = value.Value == `""` || value.Value == "0"
	case *ast.Ident:
		nothing = value.Name == "nil"
	}
	left := comparison.X
	expected := []token.Token{operator}
	if call, ok := left.(*ast.CallExpr); ok && len(call.Args) == 1 {
		name, isName := call.Fun.(*ast.Ident)
		if !isName || (name.Name != "len" && name.Name != "string") {
			return member{}, false
		}
		left = call.Args[0]
		expected = append(expected, ofLength)
	}
	if !nothing || !slices.Contains(expected, comparison.Op) {
		return member{}, false
	}
	return c.member(left)
}

// member is the setting that `c.X.Y` names.
func (c conditionReader) member(expr ast.Expr) (member, bool) {
	names := []string{}
	for {
		selector, ok := expr.(*ast.SelectorExpr)
		if !ok {
			break
		}
		names = append([]string{selector.Sel.Name}, names...)
		expr = selector.X
	}
	if root, ok := expr.(*ast.Ident); !ok || root.Name != c.receiver || len(names) == 0 {
		return member{}, false
	}
	owner, at := typeName(c.p, c.name), typeName(c.p, c.name)
	for i, name := range names {
		field, ok := c.settings.goFields[at][name]
		if !ok {
			return member{}, false
		}
		if i == len(names)-1 {
			return member{owner, field.key}, field.key != ""
		}
		if field.key != "" {
			owner = field.holds
		}
		at = field.holds
	}
	return member{}, false
}

// defaultsOf notes the members that a type has without being told, as `Default… = T{X: …}` sets them.
func (r settingsReader) defaultsOf(p *pkg, name string) {
	id := typeName(p, name)
	for _, file := range p.files {
		ast.Inspect(file, func(node ast.Node) bool {
			composite, ok := node.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if made, ok := composite.Type.(*ast.Ident); !ok || made.Name != name {
				return true
			}
			for _, entry := range composite.Elts {
				if pair, ok := entry.(*ast.KeyValueExpr); ok {
					if key, ok := pair.Key.(*ast.Ident); ok {
						r.defaults[member{id, r.goFields[id][key.Name].key}] = true
					}
				}
			}
			return true
		})
	}
}
