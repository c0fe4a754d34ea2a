// Package libflux stands in for the one of Flux, which is Rust behind cgo: whatever asks it for Flux, InfluxDB's other query language, gets an error.
package libflux

import (
	"context"
	"errors"

	"github.com/influxdata/flux/semantic"
)

var errWithoutFlux = errors.New("built without Flux")

type Options struct {
	Features []string `json:"features,omitempty"`
}

func NewOptions(context.Context) Options { return Options{} }

type ASTPkg struct{}

func (ASTPkg) ASTHandle()                       {}
func (ASTPkg) Format() (string, error)          { return "", errWithoutFlux }
func (ASTPkg) GetError(Options) error           { return errWithoutFlux }
func (*ASTPkg) MarshalJSON() ([]byte, error)    { return nil, errWithoutFlux }
func (*ASTPkg) Free()                           {}
func ParseString(string) *ASTPkg                { return &ASTPkg{} }
func Parse(string, string) *ASTPkg              { return &ASTPkg{} }
func ParseJSON([]byte) (*ASTPkg, error)         { return nil, errWithoutFlux }
func MergePackages(outPkg, inPkg *ASTPkg) error { return errWithoutFlux }

type SemanticPkg struct{}

func (*SemanticPkg) MarshalFB() ([]byte, error)                  { return nil, errWithoutFlux }
func (*SemanticPkg) Free()                                       {}
func Analyze(*ASTPkg) (*SemanticPkg, error)                      { return nil, errWithoutFlux }
func AnalyzeWithOptions(*ASTPkg, Options) (*SemanticPkg, error)  { return nil, errWithoutFlux }
func SemanticPackages() (map[string]*semantic.Package, error)    { return nil, errWithoutFlux }
func FindVarTypes(string, []string) ([]semantic.MonoType, error) { return nil, errWithoutFlux }
func EnvStdlib() []byte                                          { return nil }

type Analyzer struct{}

func NewAnalyzerWithOptions(Options) (*Analyzer, error)              { return nil, errWithoutFlux }
func (*Analyzer) Analyze(string, *ASTPkg) (*SemanticPkg, *FluxError) { return nil, &FluxError{} }
func (*Analyzer) AnalyzeString(string) (*SemanticPkg, *FluxError)    { return nil, &FluxError{} }

type FluxError struct{}

func (*FluxError) Print()         {}
func (*FluxError) Free()          {}
func (*FluxError) GoError() error { return errWithoutFlux }
