package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// policy is as strict as that of the pages: no inline script and no inline style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"

// tab is a page of charts in a browser.
type tab struct {
	*testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	messages []string // what the browser complained of
}

// browse opens a browser on a server that has only the charts' assets and, at
// the root, a page of the figures.
func browse(t *testing.T, figures map[string]any) *tab {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Fatal("chromium is missing, in which the charts are looked at: install it (on Debian: apt-get install chromium)")
	}
	mux := http.NewServeMux()
	mux.Handle("/assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("../assets"))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, page(t, figures)) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx, url: server.URL}
	b.do(func(ctx context.Context, target *chromedp.Target) (v chromedp.Void, err error) {
		if _, err = cdp.Call(ctx, target, log.Enable, cdp.Empty{}); err == nil {
			_, err = cdp.Call(ctx, target, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		}
		return
	})
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	return b
}

// page is a document with the figures and the tables that stand for them.
func page(t *testing.T, figures map[string]any) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css"><link rel="stylesheet" href="/assets/charts.css"><script type="module" src="/assets/charts.js"></script></head>
<body><main><h1>Charts</h1>`)
	for name, data := range figures {
		text, ok := data.(string)
		if !ok {
			j, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			text = string(j)
		}
		fmt.Fprintf(&b, `<script type="application/json" id="%[1]s">%[2]s</script>
<figure class="chart" data-chart="%[1]s" data-json="#%[1]s"></figure><table><caption>%[1]s</caption><tr><th scope="col">what</th></tr><tr><td>figures</td></tr></table>`, name, text)
	}
	b.WriteString(`</main></body></html>`)
	return b.String()
}

// hear keeps what the browser complains of.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			b.messages = append(b.messages, fmt.Sprintf("console %s: %s", e.Type, a.Value))
		}
	case *log.EventEntryAdded:
		b.messages = append(b.messages, e.Entry.Text)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// open shows the page so wide, in light or dark, and waits until all is drawn.
func (b *tab) open(width int64, scheme string) {
	b.Helper()
	b.do(func(ctx context.Context, target *chromedp.Target) (v chromedp.Void, err error) {
		_, err = cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return
	}, chromedp.EmulateViewport(width, 900), chromedp.Navigate(b.url))
	b.until(`[...document.querySelectorAll(".chart-view")].length === document.querySelectorAll("figure").length &&
		[...document.querySelectorAll(".chart-view")].every(v => v.querySelector(".chart-legend, .chart-failure, .chart-empty"))`)
}

// until waits for a condition in the page.
func (b *tab) until(condition string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](condition)); err != nil {
		b.Fatalf("%s: %v; the browser says %q", condition, err, b.messages)
	}
}

// ask returns what an expression is in the page.
func ask[T any](b *tab, expression string) T {
	b.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return got
}

// want checks what an expression is in the page.
func want[T comparable](b *tab, expression string, want T) {
	b.Helper()
	if got := ask[T](b, expression); got != want {
		b.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// quiet checks that the browser complained of nothing, of no breach of the policy.
func (b *tab) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		b.Errorf("the browser says: %s", m)
	}
}

// accessible checks the page by axe.
func (b *tab) accessible() {
	b.Helper()
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		b.Fatal(err)
	}
	b.do(chromedp.Evaluate[chromedp.Void](string(axe)))
	found := ask[[]string](b, `axe.run().then(r => r.violations.filter(v => v.impact === "serious" || v.impact === "critical")
		.flatMap(v => v.nodes.map(n => v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary)))`)
	for _, f := range found {
		b.Error(f)
	}
}

type object = map[string]any

// relation is a timeline of so many weeks and events, invented by rule.
func relation(weeks, events int) object {
	day := func(n int) string {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	bars, marks := []object{}, []object{}
	for w := range weeks {
		bars = append(bars, object{"day": day(7 * w), "there": object{"cooperation": w % 3, "conflict": w % 5}, "back": object{"cooperation": w % 2, "conflict": w % 7}})
	}
	for i := range events {
		marks = append(marks, object{"number": i + 1, "day": day(i * 37 % (7 * weeks)), "from": []string{"a", "b"}[i%2], "tone": i%5 - 2,
			"label": fmt.Sprint("event ", i+1), "href": fmt.Sprint("/events/", i+1), "unsettled": i%4 == 0})
	}
	return object{"a": "Chad", "b": "Sudan", "period": "week", "bars": bars, "events": marks,
		"changes": []object{{"day": day(21), "label": "conflict 3 → 0.5 a week"}, {"day": day(22), "label": "cooperation 0 → 1 a week"}}}
}

// relations are so many actors, each tied to the first and the next.
func relations(actors int) object {
	nodes, links := []object{}, []object{}
	for i := 1; i <= actors; i++ {
		nodes = append(nodes, object{"number": i, "name": fmt.Sprint("Actor ", i), "kind": []string{"state", "person"}[i%2], "events": 100 / i, "href": fmt.Sprint("/actors/", i)})
		for _, other := range []int{1, i + 1} {
			if other != i && other <= actors && (other != 1 || i > 2) {
				links = append(links, object{"a": i, "b": other, "cooperation": i % 4, "conflict": 1 + i%3, "href": fmt.Sprintf("/relations/%d/%d", i, other)})
			}
		}
	}
	return object{"nodes": nodes, "links": links}
}

// places are two towns, a region and a country.
func places() object {
	spot := func(name, iso, precision string, lat, lon float64, cooperation, conflict int) object {
		return object{"id": name, "name": name, "kind": precision, "country": "", "iso": iso, "lat": lat, "lon": lon, "precision": precision,
			"events": cooperation + conflict, "cooperation": cooperation, "conflict": conflict, "href": "/events?place=" + name}
	}
	return object{"spots": []object{
		spot("Tiné", "148", "point", 15.04, 22.82, 1, 3), spot("Khartoum", "729", "point", 15.5, 32.56, 12, 9),
		spot("Darfur", "729", "area", 13.5, 24, 2, 22), spot("Chad", "148", "country", 15.4, 18.7, 7, 2),
	}}
}

// TestCharts looks at all charts as wide as a telephone and a desk, in light and
// dark: everything is drawn, within its view, and nothing is complained of.
func TestCharts(t *testing.T) {
	b := browse(t, object{"timeline": relation(30, 40), "graph": relations(30), "map": places()})
	for _, look := range []struct {
		width  int64
		scheme string
	}{{1200, "light"}, {360, "dark"}} {
		b.open(look.width, look.scheme)
		want(b, `document.documentElement.scrollWidth <= innerWidth`, true)
		want(b, `document.querySelectorAll("style").length`, 0)
		want(b, `[...document.querySelectorAll("[data-chart=timeline] .chart-plot")].map(p => p.querySelectorAll("rect[data-tip]").length).join()`, "60,60")
		want(b, `document.querySelectorAll(".chart-changes li").length`, 2)
		want(b, `[...document.querySelectorAll(".chart-strip a")].reduce((n, a) => n + Number(a.querySelector(".pill text")?.textContent ?? 1), 0)`, 40)
		want(b, `document.querySelectorAll(".chart-graph a[href^='/actors/']").length`, 30)
		want(b, `document.querySelectorAll(".chart-graph a[href^='/relations/']").length`, len(relations(30)["links"].([]object)))
		want(b, `document.querySelectorAll(".chart-map .point circle").length`, 2)
		want(b, `document.querySelectorAll(".chart-map .area circle").length`, 1)
		want(b, `[...document.querySelectorAll("a[href='/events?place=Chad'] > *")].map(e => e.localName).join()`, "path,path")
		want(b, `[...document.querySelectorAll(".chart-graph, .chart-map")].flatMap(s => { const f = s.getBoundingClientRect();
			return [...s.querySelectorAll("a circle")].filter(c => { const r = c.getBoundingClientRect();
				return r.left < f.left || r.right > f.right || r.top < f.top || r.bottom > f.bottom }) }).length`, 0)
		b.accessible()
	}
	b.quiet()
}

// TestSame checks that the same figures give the same picture, whichever way the
// window was made wider and narrower before.
func TestSame(t *testing.T) {
	b := browse(t, object{"graph": relations(40)})
	b.open(1000, "light")
	first := ask[string](b, `document.querySelector(".chart-graph").outerHTML`)
	b.do(chromedp.EmulateViewport(500, 900))
	b.until(`Number(document.querySelector(".chart-graph").getAttribute("width")) < 500`)
	b.do(chromedp.EmulateViewport(1000, 900))
	b.until(`Number(document.querySelector(".chart-graph").getAttribute("width")) > 500`)
	want(b, `document.querySelector(".chart-graph").outerHTML`, first)
	b.quiet()
}

// TestDense checks that many events become few marks that open their lists, by
// the keyboard too, and that weeks become longer periods.
func TestDense(t *testing.T) {
	b := browse(t, object{"timeline": relation(1000, 5000)})
	b.open(800, "light")
	want(b, `document.querySelectorAll(".chart-strip a").length < 150`, true)
	want(b, `document.querySelector(".chart-legend").textContent.includes("events a month")`, true)
	b.do(chromedp.KeyEvent(kb.Tab))
	want(b, `document.activeElement.textContent`, "Skip the chart")
	b.do(chromedp.KeyEvent(kb.Tab))
	want(b, `document.querySelector(".chart-tip").textContent === document.activeElement.dataset.tip`, true)
	b.do(chromedp.KeyEvent(kb.Escape))
	want(b, `document.querySelector(".chart-tip").hidden`, true)
	n := ask[int](b, `Number(document.activeElement.textContent)`)
	b.do(chromedp.KeyEvent(kb.Enter))
	want(b, `document.activeElement.matches(".chart-list")`, true)
	want(b, `document.querySelectorAll(".chart-list a[href^='/events/']").length`, n)
	b.accessible()
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	want(b, `document.querySelector(".chart-list").hidden && document.activeElement.closest(".chart-strip") !== null`, true)
	b.quiet()
}

// TestMapParts checks that the map shows where the events are, and the world.
func TestMapParts(t *testing.T) {
	b := browse(t, object{"map": places()})
	b.open(1200, "light")
	near := `(() => { const at = n => document.querySelector("a[href='/events?place=" + n + "'] circle").getBoundingClientRect(); return at("Khartoum").x - at("Tiné").x })()`
	want(b, near+` > 200`, true)
	b.do(chromedp.Click(`//button[text()="World"]`))
	want(b, near+` < 60`, true)
	want(b, `document.querySelector("[aria-pressed=true]").textContent`, "World")
	b.quiet()
}

// TestNothing checks what is said where there is nothing to draw, or what there
// is cannot be drawn: the table stays.
func TestNothing(t *testing.T) {
	b := browse(t, object{
		"timeline": object{"a": "Chad", "b": "Sudan", "period": "week", "bars": []object{}, "events": []object{}, "changes": []object{}},
		"graph":    "not JSON", "nonesuch": object{},
	})
	b.open(800, "light")
	want(b, `document.querySelector("[data-chart=timeline]").textContent`, "No events between Chad and Sudan in this period.")
	want(b, `document.querySelector("[data-chart=nonesuch]").textContent`, "The chart could not be drawn (no chart is called nonesuch). The table has the same figures.")
	want(b, `document.querySelector("[data-chart=graph] .chart-failure[role=status]") !== null`, true)
	want(b, `document.querySelectorAll("table").length`, 3)
	b.accessible()
	b.quiet()
}
