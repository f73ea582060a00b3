package story

import (
	"fmt"
	"io/fs"
	"slices"

	"dragoman"
	"dragoman/data"
)

// loadTypes loads the quadrants of the types.
func (d *Desk) loadTypes(fsys fs.FS) error {
	t, err := data.Read(fsys, "plover/types.tsv", "type", "quad", "cameo")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		d.codes[t.Value(i, "type")] = code{t.Value(i, "quad"), t.Value(i, "cameo")}
	}
	return nil
}

// code is what a type of the ontology brings with it.
type code struct{ quad, cameo string }

// Coded returns the coding of a report, changed by what is not empty: to a type
// of the ontology, a CAMEO code, which brings its type, or a status.
func (d *Desk) Coded(r *dragoman.Report, kind, cameo string, status dragoman.Status) (is dragoman.Coding, err error) {
	is = dragoman.Coding{Type: r.Type, Modes: r.Modes, CAMEO: r.CAMEO, Quad: r.Quad, Tone: r.Tone, Status: r.Status}
	if cameo != "" {
		of, ok := d.kinds[cameo]
		if !ok {
			return is, fmt.Errorf("%q is not a code of CAMEO", cameo)
		}
		if kind != "" && kind != of {
			return is, fmt.Errorf("the CAMEO code %s is of type %s, not %s", cameo, of, kind)
		}
		is.Type, is.CAMEO = of, cameo
	} else if kind != "" {
		is.Type, is.CAMEO = kind, d.codes[kind].cameo
	}
	known, ok := d.codes[is.Type]
	if !ok {
		return is, fmt.Errorf("%q is not a type of the ontology", is.Type)
	}
	if is.Quad = known.quad; is.Type != r.Type {
		is.Modes = nil // they were of the other type
	}
	if status != "" {
		if !slices.Contains(dragoman.Statuses, status) {
			return is, fmt.Errorf("%q is not a status; it is one of %v", status, dragoman.Statuses)
		}
		is.Status = status
	}
	is.Tone = dragoman.ToneOf(is.Quad, d.scores[is.CAMEO])
	return is, nil
}
