package place

import "io/fs"

type dump struct{}

func openDump(fsys fs.FS) (*dump, error) { return nil, nil }

func (d *dump) named(r *Resolver, folded string) []entry { return nil }
