package sketch

import (
	"io"

	"dragoman"
)

// Stream returns what gives records one after the other, and then io.EOF.
func Stream(all ...dragoman.Record) func() (dragoman.Record, error) {
	return func() (dragoman.Record, error) {
		if len(all) == 0 {
			return dragoman.Record{}, io.EOF
		}
		r := all[0]
		all = all[1:]
		return r, nil
	}
}
