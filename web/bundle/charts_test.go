package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dragoman/web/browse"
)

// policy is as strict as that of the pages: no inline script and no inline style.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"

// tab is a page of charts in a browser.
type tab struct {
	*browse.Tab
	url string
}

func TestMain(m *testing.M) { browse.Main(m) }

// look opens a tab on a server that has only the charts' assets and, at the
// root, a page of the figures.
func look(t *testing.T, figures map[string]any) *tab {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("../assets"))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, page(t, figures)) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return &tab{browse.Open(t), server.URL}
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

// open shows the page so wide, in light or dark, and waits until all is drawn.
func (b *tab) open(width int64, scheme string) {
	b.Helper()
	b.Looks(width, scheme)
	b.Go(b.url)
	b.Until(`[...document.querySelectorAll(".chart-view")].length === document.querySelectorAll("figure").length &&
		[...document.querySelectorAll(".chart-view")].every(v => v.querySelector(".chart-legend, .chart-failure, .chart-empty"))`)
}

// want checks what an expression is in the page.
func want[T comparable](b *tab, expression string, want T) {
	b.Helper()
	browse.Want(b.Tab, expression, want)
}

func ask[T any](b *tab, expression string) T {
	b.Helper()
	return browse.Ask[T](b.Tab, expression)
}

const modules = "node_modules"

type object = map[string]any

// relation is a timeline of so many weeks and events, invented by rule.
func relation(weeks, events int) object {
	day := func(n int) string {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	bars, marks := []object{}, []object{}
	for w := range weeks {
		bars = append(bars, object{"day": day(7 * w), "there": object{"cooperation": w % 3, "conflict": w % 5}, "back": object{"cooperation": w % 2, "conflict": w % 7},
			"together": object{"cooperation": w % 4, "conflict": 0}})
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
	b := look(t, object{"timeline": relation(30, 40), "graph": relations(30), "map": places()})
	for _, as := range []struct {
		width  int64
		scheme string
	}{{1200, "light"}, {360, "dark"}} {
		b.open(as.width, as.scheme)
		want(b, `document.documentElement.scrollWidth <= innerWidth`, true)
		want(b, `document.querySelectorAll("style").length`, 0)
		want(b, `[...document.querySelectorAll("[data-chart=timeline] .chart-plot")].map(p => p.querySelectorAll("rect[data-tip]").length).join()`, "60,60,60")
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
		b.Accessible(modules)
	}
	b.Quiet()
}

// TestSame checks that the same figures give the same picture, whichever way the
// window was made wider and narrower before.
func TestSame(t *testing.T) {
	b := look(t, object{"graph": relations(40)})
	b.open(1000, "light")
	first := ask[string](b, `document.querySelector(".chart-graph").outerHTML`)
	b.Do(chromedp.EmulateViewport(500, 900))
	b.Until(`Number(document.querySelector(".chart-graph").getAttribute("width")) < 500`)
	b.Do(chromedp.EmulateViewport(1000, 900))
	b.Until(`Number(document.querySelector(".chart-graph").getAttribute("width")) > 500`)
	want(b, `document.querySelector(".chart-graph").outerHTML`, first)
	b.Quiet()
}

// TestDense checks that many events become few marks that open their lists, by
// the keyboard too, and that weeks become longer periods.
func TestDense(t *testing.T) {
	b := look(t, object{"timeline": relation(1000, 5000)})
	b.open(800, "light")
	want(b, `document.querySelectorAll(".chart-strip a").length < 150`, true)
	want(b, `document.querySelector(".chart-legend").textContent.includes("events a month")`, true)
	b.Do(chromedp.KeyEvent(kb.Tab))
	want(b, `document.activeElement.textContent`, "Skip the chart")
	b.Do(chromedp.KeyEvent(kb.Tab))
	want(b, `document.querySelector(".chart-tip").textContent === document.activeElement.dataset.tip`, true)
	b.Do(chromedp.KeyEvent(kb.Escape))
	want(b, `document.querySelector(".chart-tip").hidden`, true)
	n := ask[int](b, `Number(document.activeElement.textContent)`)
	b.Do(chromedp.KeyEvent(kb.Enter))
	want(b, `document.activeElement.matches(".chart-list")`, true)
	want(b, `document.querySelectorAll(".chart-list a[href^='/events/']").length`, n)
	b.Accessible(modules)
	b.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	want(b, `document.querySelector(".chart-list").hidden && document.activeElement.closest(".chart-strip") !== null`, true)
	b.Quiet()
}

// TestMapParts checks that the map shows where the events are, and the world.
func TestMapParts(t *testing.T) {
	b := look(t, object{"map": places()})
	b.open(1200, "light")
	near := `(() => { const at = n => document.querySelector("a[href='/events?place=" + n + "'] circle").getBoundingClientRect(); return at("Khartoum").x - at("Tiné").x })()`
	want(b, near+` > 200`, true)
	b.Do(chromedp.Click(`//button[text()="World"]`))
	want(b, near+` < 60`, true)
	want(b, `document.querySelector("[aria-pressed=true]").textContent`, "World")
	b.Quiet()
}

// TestNothing checks what is said where there is nothing to draw, or what there
// is cannot be drawn: the table stays.
func TestNothing(t *testing.T) {
	b := look(t, object{
		"timeline": object{"a": "Chad", "b": "Sudan", "period": "week", "bars": []object{}, "events": []object{}, "changes": []object{}},
		"graph":    "not JSON", "nonesuch": object{},
	})
	b.open(800, "light")
	want(b, `document.querySelector("[data-chart=timeline]").textContent`, "No events between Chad and Sudan in this period.")
	want(b, `document.querySelector("[data-chart=nonesuch]").textContent`, "The chart could not be drawn (no chart is called nonesuch). The table has the same figures.")
	want(b, `document.querySelector("[data-chart=graph] .chart-failure[role=status]") !== null`, true)
	want(b, `document.querySelectorAll("table").length`, 3)
	b.Accessible(modules)
	b.Quiet()
}
