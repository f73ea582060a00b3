package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

const magic = "dragoman weights 1\n"

// Section is a named part of a file of weights.
type Section struct {
	Name string
	Body []byte
}

// Pack returns the file of the sections, sorted by name.
func Pack(sections ...Section) []byte {
	sections = slices.Clone(sections)
	slices.SortFunc(sections, func(a, b Section) int { return strings.Compare(a.Name, b.Name) })
	b := []byte(magic)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(sections)))
	for _, s := range sections {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s.Name)))
		b = append(b, s.Name...)
		b = binary.LittleEndian.AppendUint64(b, uint64(len(s.Body)))
	}
	for _, s := range sections {
		b = append(b, s.Body...)
	}
	return b
}

// Squeeze packs a file of weights that is mostly zeros; Open reads it as it reads
// others. The same file gives the same bytes.
func Squeeze(file []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // on bad options only
	}
	return w.EncodeAll(file, nil)
}

// squeezed is how a file begins that Squeeze made; maxFile bounds what is in it.
const (
	squeezed = "\x28\xb5\x2f\xfd"
	maxFile  = 256 << 20
)

// stretch undoes Squeeze.
func stretch(b []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxFile))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(b, nil)
}

// File is an opened file of weights.
type File struct{ sections []Section }

// Open reads the file that Pack made, squeezed or not. It keeps b.
func Open(b []byte) (*File, error) {
	if strings.HasPrefix(string(b[:min(len(b), len(squeezed))]), squeezed) {
		var err error
		if b, err = stretch(b); err != nil {
			return nil, fmt.Errorf("the file of weights is damaged: %w", err)
		}
	}
	if !strings.HasPrefix(string(b[:min(len(b), len(magic))]), magic) {
		return nil, errors.New("not a file of weights of this version; train again")
	}
	r := reader{b: b[len(magic):]}
	n := r.u32()
	f := &File{}
	var lengths []uint64
	for i := uint32(0); i < n && !r.bad; i++ {
		f.sections = append(f.sections, Section{Name: string(r.bytes(uint64(r.u32())))})
		lengths = append(lengths, r.u64())
	}
	for i := range f.sections {
		f.sections[i].Body = r.bytes(lengths[i])
	}
	if r.bad {
		return nil, errors.New("the file of weights is cut short")
	}
	return f, nil
}

// Body returns the section of that name.
func (f *File) Body(name string) ([]byte, error) {
	for _, s := range f.sections {
		if s.Name == name {
			return s.Body, nil
		}
	}
	return nil, fmt.Errorf("the weights lack the section %q", name)
}

// Model returns the section of that name as a model.
func (f *File) Model(name string) (*Model, error) {
	b, err := f.Body(name)
	if err != nil {
		return nil, err
	}
	m, err := ParseModel(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", name, err)
	}
	return m, nil
}

// Trees returns the section of that name as trees.
func (f *File) Trees(name string) (*Trees, error) {
	b, err := f.Body(name)
	if err != nil {
		return nil, err
	}
	t, err := ParseTrees(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", name, err)
	}
	return t, nil
}

// Load reads models from the file of weights at path, each of which must tell so many
// classes apart. It returns none where there is no such file.
func Load(fsys fs.FS, path string, classes int, sections ...string) ([]*Model, error) {
	b, err := fs.ReadFile(fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := Open(b)
	var models []*Model
	for _, name := range sections {
		var m *Model
		if err == nil {
			m, err = f.Model(name)
		}
		if err == nil && len(m.Classes) != classes {
			err = fmt.Errorf("section %q tells %d classes apart, not %d; train again", name, len(m.Classes), classes)
		}
		models = append(models, m)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return models, nil
}
