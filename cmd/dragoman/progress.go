package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// progress shows how far the reading has come, on a terminal and where there
// is enough to do to be worth it.
type progress struct{ bar *progressbar.ProgressBar }

// worthwhile is the number of bytes from which progress is shown.
const worthwhile = 1 << 20

func newProgress(w io.Writer, names []string) *progress {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progress{}
	}
	total := int64(0)
	for _, n := range names {
		if info, err := os.Stat(n); err == nil && info.IsDir() {
			total += below(n)
		} else if err == nil {
			total += info.Size()
		} else if n == "-" || strings.Contains(n, "://") {
			total = -1
			break
		}
	}
	if total >= 0 && total < worthwhile && len(names) < 20 {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("reading"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())}
}

// below sums up the files of a folder.
func below(dir string) (total int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error { //nolint:errcheck // what cannot be read is told when it is opened
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// add tells of bytes that were read; it may be called by several at once.
func (p *progress) add(bytes int) {
	if p.bar != nil {
		p.bar.Add(bytes) //nolint:errcheck // a bar that cannot be drawn is no reason to stop
	}
}

func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Clear() //nolint:errcheck // as above
	}
}

// newCounter counts what is done, where nobody knows how much there is to do.
func newCounter(w io.Writer, doing, what string) *progress {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionShowIts(), progressbar.OptionSetItsString(what),
		progressbar.OptionSetDescription(doing), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())}
}
