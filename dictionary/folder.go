package dictionary

import (
	"errors"
	"io/fs"
	"path"
)

// The folders of a data folder in which an analyst's dictionaries lie: laid over
// the program's own words, or instead of them.
const (
	Over    = "dictionaries/over"
	Instead = "dictionaries/instead"
)

// Laid are the dictionaries of a data folder.
type Laid struct {
	*Dictionary
	Faults []Fault
	Codes  bool // actors have no other codes than those of the dictionaries
	Events bool // there are no other events than those of the dictionaries
}

// LoadLaid loads the dictionaries of a data folder; nil where there are none. What
// dictionaries are instead of goes by what they hold: those of actors or agents
// are instead of codes, those of verbs instead of events.
func LoadLaid(fsys fs.FS) (*Laid, error) {
	over, err := files(fsys, Over)
	if err != nil {
		return nil, err
	}
	instead, err := files(fsys, Instead)
	if err != nil || len(over)+len(instead) == 0 {
		return nil, err
	}
	only, faults, err := Load(fsys, instead...)
	if err != nil {
		return nil, err
	}
	n := only.Counts()
	l := &Laid{only, faults, n.Actors+n.Agents > 0, n.Verbs > 0}
	if len(over) > 0 {
		l.Dictionary, l.Faults, err = Load(fsys, append(over, instead...)...)
	}
	return l, err
}

// files lists the files of a folder, in the order of their names.
func files(fsys fs.FS, folder string) (all []string, err error) {
	entries, err := fs.ReadDir(fsys, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if e.Type().IsRegular() && e.Name()[0] != '.' {
			all = append(all, path.Join(folder, e.Name()))
		}
	}
	return all, err
}
