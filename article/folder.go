package article

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dragoman"
)

// folder gives the articles of all files below a folder, in the order of their
// names. What is hidden is passed over, and so are links to folders, which
// could lead in circles.
type folder struct {
	opener
	name  string
	todo  []string // what is still to be opened, the next one last
	file  string
	in    Stream
	files int
}

func (o opener) folder(name string) *folder {
	return &folder{opener: o, name: name, todo: []string{name}}
}

func (f *folder) Close() error {
	if f.in == nil {
		return nil
	}
	return f.in.Close()
}

func (f *folder) Next() (dragoman.Article, error) {
	for {
		if f.in == nil {
			if err := f.open(); err != nil {
				return dragoman.Article{}, err
			}
			continue
		}
		a, err := f.in.Next()
		var fault *Fault
		switch {
		case err == nil || errors.As(err, &fault):
			return a, err
		case f.ctx.Err() != nil:
			return a, err
		}
		f.in.Close()
		f.in = nil
		if err != io.EOF {
			return a, f.fault(f.file, err) // what ends one file does not end the folder
		}
	}
}

// open goes on to the next file, io.EOF after the last.
func (f *folder) open() error {
	if f.ctx.Err() != nil {
		return f.ctx.Err()
	}
	if len(f.todo) == 0 {
		if f.files == 0 {
			f.files++ // told once
			return &Fault{f.name, errors.New("there is no file in the folder")}
		}
		return io.EOF
	}
	path := f.todo[len(f.todo)-1]
	f.todo = f.todo[:len(f.todo)-1]
	link, err := os.Lstat(path)
	if err != nil {
		return f.fault(path, err)
	}
	info := link
	if link.Mode()&fs.ModeSymlink != 0 {
		if info, err = os.Stat(path); err != nil {
			return f.fault(path, errors.New("it is a link to nowhere"))
		}
	}
	switch {
	case info.IsDir():
		if link.IsDir() || path == f.name {
			return f.list(path)
		}
		return nil
	case !info.Mode().IsRegular():
		return f.fault(path, errors.New("it is neither a file nor a folder"))
	}
	f.files++
	f.file = path
	if f.in, err = f.openFile(path); err != nil {
		f.in = nil
		return f.fault(path, err)
	}
	return nil
}

// list puts what is in a folder on the list.
func (f *folder) list(path string) error {
	entries, err := os.ReadDir(path) // sorted
	if err != nil {
		return f.fault(path, err)
	}
	for i := len(entries) - 1; i >= 0; i-- {
		if name := entries[i].Name(); !strings.HasPrefix(name, ".") {
			f.todo = append(f.todo, filepath.Join(path, name))
		}
	}
	return nil
}

// fault tells what is wrong with a path, which errors may name already.
func (f *folder) fault(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	} else if rest, ok := strings.CutPrefix(err.Error(), path+": "); ok {
		err = fmt.Errorf("%s", rest)
	}
	return &Fault{path, err}
}
