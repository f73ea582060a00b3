package score

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
)

// eachIn calls do for every file of a .tar.gz whose name ends with one of the
// extensions; name is without its folder. Faults are told with both names.
func eachIn(file string, do func(name string, r io.Reader) error, extensions ...string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, e := range extensions {
			if path.Ext(h.Name) == e {
				if err := do(path.Base(h.Name), t); err != nil {
					return fmt.Errorf("%s: %s: %w", file, h.Name, err)
				}
			}
		}
	}
}
