// Package browse looks at pages in a real browser, for tests.
package browse

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// shared is the one browser for all tests of a package, and end ends it.
var (
	shared = sync.OnceValues(start)
	end    = func() {}
)

func start() (context.Context, error) {
	if _, err := exec.LookPath("chromium"); err != nil {
		return nil, fmt.Errorf("chromium is missing, in which pages are looked at: install it (on Debian: apt-get install chromium)")
	}
	// A page that comes back from a cache has no context to ask in.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-back-forward-cache", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeFirst := chromedp.NewContext(allocator)
	end = func() {
		closeFirst()
		stop()
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		return nil, fmt.Errorf("chromium does not start: %w", err)
	}
	return ctx, nil
}

// Main runs the tests of a package in which Open is used; its TestMain calls it.
func Main(m *testing.M) {
	status := m.Run()
	end()
	os.Exit(status)
}

// Tab is a tab of a browser in a test. What goes wrong in it ends the test.
type Tab struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	messages []string // what the browser complained of
}

// patience is how long a test may take in a tab.
const patience = 2 * time.Minute

// Open opens a tab that is closed with the test and knows nothing of others: it
// has cookies of its own.
func Open(t testing.TB) *Tab {
	t.Helper()
	browser, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	opened := &Tab{TB: t, ctx: ctx}
	opened.Do(call(log.Enable, cdp.Empty{}), call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	var cancel context.CancelFunc
	opened.ctx, cancel = context.WithTimeout(ctx, patience) // which may not stand around the first use of a tab
	t.Cleanup(cancel)
	if err := chromedp.Listen(opened.ctx, opened.hear); err != nil {
		t.Fatal(err)
	}
	return opened
}

func call[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (v chromedp.Void, err error) {
		_, err = cdp.Call(ctx, target, c, params)
		return
	}
}

// hear keeps what the browser complains of.
func (t *Tab) hear(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		t.messages = append(t.messages, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			t.messages = append(t.messages, fmt.Sprintf("console %s: %s", e.Type, a.Value))
		}
	case *log.EventEntryAdded:
		t.messages = append(t.messages, strings.TrimSpace(e.Entry.Text+" "+e.Entry.URL))
	}
}

// Context is what steps that return something are run with.
func (t *Tab) Context() context.Context { return t.ctx }

// Do takes steps.
func (t *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, steps...); err != nil {
		t.Fatalf("%v; the browser says %q", err, t.said())
	}
}

// Looks has pages shown so wide, in light or dark.
func (t *Tab) Looks(width int64, scheme string) {
	t.Helper()
	t.Do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}), chromedp.EmulateViewport(width, 900))
}

// NoScripts has pages run no script.
func (t *Tab) NoScripts() {
	t.Helper()
	t.Do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
}

// Go goes to an address.
func (t *Tab) Go(address string) {
	t.Helper()
	t.Do(chromedp.Navigate(address))
}

// Until waits for a condition in the page.
func (t *Tab) Until(condition string) {
	t.Helper()
	for {
		_, err := chromedp.Run(t.ctx, chromedp.Poll[bool](condition))
		switch {
		case err == nil:
			return
		case t.ctx.Err() != nil:
			t.Fatalf("%s: %v; the browser says %q", condition, err, t.said())
		}
		// The page was left meanwhile: the condition is asked of the next.
		time.Sleep(20 * time.Millisecond)
	}
}

// Hover moves the pointer to the middle of an element.
func (t *Tab) Hover(selector string) {
	t.Helper()
	at := Ask[[]float64](t, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`, selector))
	t.Do(chromedp.MouseEvent(chromedp.MouseMoved, at[0], at[1]))
}

// Back goes back, and waits for a condition in the page that was there.
func (t *Tab) Back(condition string) {
	t.Helper()
	t.Leave(soon(`history.back()`))
	t.Until(condition)
}

// Leave does what leads to another page, and waits until that is there.
func (t *Tab) Leave(steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	loaded := chromedp.WaitEvent(page.LoadEventFired, func(page.EventLoadEventFired) bool { return true }, chromedp.Steps(steps...))
	if _, err := chromedp.Run(t.ctx, loaded); err != nil {
		t.Fatalf("%v; the browser says %q", err, t.said())
	}
}

// soon has the page do what leaves it once it has answered, for a page that is
// gone answers nothing.
func soon(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`void setTimeout(() => { ` + script + ` })`)
}

// Fill writes into the field of a name, and tells the page.
func (t *Tab) Fill(form, name, value string) {
	t.Helper()
	Want(t, fmt.Sprintf(`(() => { const f = document.querySelector(%q)?.elements[%q]; if (!f) return false; f.value = %q; f.dispatchEvent(new Event("input", {bubbles: true})); return f.value === %[3]q })()`, form, name, value), true)
}

// Submit sends a form by its button, and waits for the page that follows.
func (t *Tab) Submit(form string) {
	t.Helper()
	t.Leave(soon(fmt.Sprintf(`document.querySelector(%q).querySelector("button:not([type=button])").click()`, form)))
}

// Ask returns what an expression is in the page.
func Ask[T any](t *Tab, expression string) T {
	t.Helper()
	got, err := chromedp.Run(t.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// Want checks what an expression is in the page.
func Want[T comparable](t *Tab, expression string, want T) {
	t.Helper()
	if got := Ask[T](t, expression); got != want {
		t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// Shot is a picture of what is seen, as PNG.
func (t *Tab) Shot() []byte {
	t.Helper()
	b, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (t *Tab) said() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.messages)
}

// Quiet checks that the browser complained of nothing since the last time, of
// no breach of a policy either, but for what has one of some words.
func (t *Tab) Quiet(but ...string) {
	t.Helper()
	for _, m := range t.said() {
		if !slices.ContainsFunc(but, func(s string) bool { return strings.Contains(m, s) }) {
			t.Errorf("the browser says: %s", m)
		}
	}
	t.mu.Lock()
	t.messages = nil
	t.mu.Unlock()
}

// Accessible checks the page by axe, which lies in a folder of node modules: no
// finding is serious.
func (t *Tab) Accessible(modules string) {
	t.Helper()
	axe, err := os.ReadFile(filepath.Join(modules, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("%v: npm ci in web/bundle brings it", err)
	}
	t.Do(chromedp.Evaluate[chromedp.Void](string(axe)))
	for _, f := range Ask[[]string](t, `axe.run({resultTypes: ["violations"]}).then(r => r.violations.filter(v => v.impact === "serious" || v.impact === "critical")
		.flatMap(v => v.nodes.map(n => v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary)))`) {
		t.Error(f)
	}
}
