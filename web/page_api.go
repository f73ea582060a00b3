package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// operation is one of the API, as its page shows it.
type operation struct {
	ID, Method, Path, Scope, Summary, Text string
	Parameters                             []parameter
}

type parameter struct {
	Name, In, Text string
	Required       bool
}

// apiPage shows the description of the API.
func (s *Server) apiPage(w http.ResponseWriter, r *http.Request) error {
	var all []operation
	for path, item := range s.description().Paths {
		for method, o := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete} {
			if o != nil {
				all = append(all, operationOf(method, path, o))
			}
		}
	}
	slices.SortFunc(all, func(a, b operation) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method)) })
	return s.show(w, r, "api", page{Title: "API", Body: all})
}

func operationOf(method, path string, o *huma.Operation) operation {
	c := operation{ID: o.OperationID, Method: method, Path: path, Summary: o.Summary, Text: o.Description}
	for _, scopes := range o.Security {
		for _, all := range scopes {
			c.Scope = strings.Join(all, ", ")
		}
	}
	for _, p := range o.Parameters {
		text := p.Description
		if p.Schema != nil && text == "" {
			text = p.Schema.Description
		}
		c.Parameters = append(c.Parameters, parameter{p.Name, p.In, text, p.Required})
	}
	return c
}
