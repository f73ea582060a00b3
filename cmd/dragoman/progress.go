package main

import (
	"io"
	"os"
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
		if info, err := os.Stat(n); err == nil {
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

// newCounter counts articles, where nobody knows how many there are.
func newCounter(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"),
		progressbar.OptionSetDescription("reading"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())}
}
