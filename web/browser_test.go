package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dragoman"
	"dragoman/clerk"
	"dragoman/web/browse"
)

func TestMain(m *testing.M) { browse.Main(m) }

const modules = "bundle/node_modules"

// visit opens a tab, and has a server listen to it.
func visit(t *testing.T, s *Server) (*browse.Tab, string) {
	t.Helper()
	return browse.Open(t), start(t, s)
}

// empty returns a server over a database in which nothing is yet.
func empty(t *testing.T, change ...func(*Options)) *Server {
	t.Helper()
	return newTestServer(t, append([]func(*Options){func(o *Options) {
		db, err := emptyStore(t)
		if err != nil {
			t.Fatal(err)
		}
		o.Clerk.DB.Close() //nolint:errcheck // of the examples, which is not used
		o.Clerk.DB = db
	}}, change...)...)
}

// year fills a server with all examples, as its first page does.
func year(t *testing.T, s *Server) {
	t.Helper()
	if w := do(s, posted("/examples", nil)); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
}

// wait waits for a condition here.
func wait(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Error("in vain is waited until", what)
			return
		}
	}
}

// A first visit says what to do, and one click shows what a desk with news is.
func TestFirstVisit(t *testing.T) {
	s := empty(t)
	answer := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost { // the page that was left would load itself anew, and break this off
			wait(t, "the page that was left listens no more", func() bool { return s.live.listeners() == 0 })
		}
		answer.ServeHTTP(w, r)
	})
	tab, at := visit(t, s)
	tab.Go(at)
	tab.Accessible(modules)
	browse.Want(tab, `document.querySelector("main h2").textContent`, "Nothing is stored yet")
	for _, section := range sections[1:] {
		tab.Go(at + section.Path)
		browse.Want(tab, `document.querySelectorAll("main .empty").length > 0`, true)
	}
	tab.Go(at)
	wait(t, "the page listens", func() bool { return s.live.listeners() > 0 })
	tab.Leave(chromedp.Click(`//button[text()="Load the example articles"]`))
	browse.Want(tab, `document.querySelector(".note[role=status]").textContent.includes("97 articles read and remembered")`, true)
	browse.Want(tab, `document.querySelectorAll(".event").length > 10`, true)
	tab.Quiet()
}

// From today to a relation, the evidence of its change, and the article.
func TestRelationTask(t *testing.T) {
	s := newTestServer(t)
	year(t, s)
	tab, at := visit(t, s)
	tab.Go(at)
	tab.Leave(chromedp.Click(`//nav//a[text()="Relations"]`))
	tab.Fill(`main form`, "a", "Cha")
	tab.Until(`[...document.querySelectorAll("datalist option")].some(o => o.value === "TCD" && o.label.startsWith("Chad"))`)
	tab.Fill(`main form`, "a", "TCD")
	tab.Fill(`main form`, "b", "Sudan")
	tab.Submit(`main form`)
	browse.Want(tab, `document.querySelector("h1").textContent`, "Chad and Sudan")
	tab.Until(`document.querySelectorAll(".chart-plot rect").length > 20`)
	browse.Want(tab, `document.querySelectorAll(".chart-changes li").length`, 2)
	browse.Want(tab, `document.querySelectorAll("figure ~ details table tbody tr").length > 20`, true)
	// The mark of an event opens it.
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".chart-strip a[href^='/events/']").focus()`))
	tab.Leave(chromedp.KeyEvent(kb.Enter))
	browse.Want(tab, `location.pathname.startsWith("/events/") && document.querySelectorAll("blockquote").length > 0`, true)
	// So does what made a change, and there is the article that tells it.
	tab.Back(`document.querySelector("#change-1 .event a.type") !== null`)
	words := browse.Ask[string](tab, `document.querySelector("#change-1 blockquote").textContent`)
	tab.Leave(chromedp.Click(`#change-1 .event a.type`))
	browse.Want(tab, fmt.Sprintf(`[...document.querySelectorAll("blockquote")].some(q => q.textContent === %q)`, words), true)
	tab.Leave(chromedp.Click(`//a[text()="in the article, with reasons"]`))
	browse.Want(tab, `document.querySelector(":target blockquote").textContent.includes("shell") && document.querySelector(":target details li code") !== null`, true)
	tab.Quiet()
}

// Filters stand in the address, stay when it is loaded again, and lead on.
func TestFiltersTask(t *testing.T) {
	s := newTestServer(t)
	year(t, s)
	tab, at := visit(t, s)
	tab.Go(at + "/events")
	all := browse.Ask[int](tab, `document.querySelectorAll("main .event").length`)
	tab.Fill(`main form`, "type", "ACCUSE")
	tab.Fill(`main form`, "status", "happened")
	tab.Submit(`main form`)
	browse.Want(tab, `new URLSearchParams(location.search).get("type") + new URLSearchParams(location.search).get("status")`, "ACCUSEhappened")
	const only = `[...document.querySelectorAll("main .event a.type")].every(a => a.textContent.startsWith("ACCUSE"))`
	browse.Want(tab, only, true)
	first := browse.Ask[string](tab, `document.querySelector("main .event").textContent`)
	tab.Leave(chromedp.Reload())
	browse.Want(tab, `document.querySelector("main .event").textContent`, first)
	browse.Want(tab, `document.querySelector("main form").elements.type.value`, "ACCUSE")
	tab.Leave(chromedp.Click(`//a[text()="Further back"]`))
	browse.Want(tab, only+` && document.querySelector("main .event").textContent !== `+fmt.Sprintf("%q", first), true)
	tab.Back(only + ` && !location.search.includes("cursor")`)
	tab.Back(fmt.Sprintf(`document.querySelectorAll("main .event").length === %d && !location.search.includes("ACCUSE")`, all))
	tab.Quiet()
}

// The layers of an article switch on and off, and the words of an event and its
// card light each other up, by keyboard too.
func TestArticleTask(t *testing.T) {
	tab, at := visit(t, newTestServer(t))
	tab.Go(at + "/articles/7")
	ground := func(class string) string {
		const alone = `getComputedStyle([...document.querySelectorAll(".text .t")].find(e => [...e.classList].filter(c => c.startsWith("l-") && c !== "l-content" && c !== "l-evidence").join() === %q)).backgroundColor`
		return fmt.Sprintf(alone, class)
	}
	for box, class := range map[string]string{"who": "l-who", "where": "l-where", "when": "l-when", "did": "l-trigger"} {
		on := browse.Ask[string](tab, ground(class))
		tab.Do(chromedp.Click("#layer-" + box))
		browse.Want(tab, ground(class)+fmt.Sprintf(" !== %q", on), true)
		tab.Do(chromedp.Click("#layer-" + box))
		browse.Want(tab, ground(class), on)
	}
	browse.Want(tab, `getComputedStyle(document.querySelector(".l-content")).textDecorationLine`, "none")
	tab.Do(chromedp.Click("#layer-said"))
	browse.Want(tab, `getComputedStyle(document.querySelector(".l-content")).textDecorationLine`, "underline")
	// Focus goes on to the triggers; each lights its card up.
	tab.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	browse.Want(tab, `document.getElementById(document.activeElement.hash.slice(1)).classList.contains("lit")`, true)
	tab.Do(chromedp.KeyEvent(kb.Tab))
	browse.Want(tab, `document.activeElement.matches(".text a.l-trigger") && document.querySelectorAll(".card.lit").length === 1`, true)
	tab.Do(chromedp.KeyEvent(kb.Enter))
	tab.Until(`document.querySelector(":target")?.matches(".card.event")`)
	// So does the pointer, both ways.
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`))
	tab.Hover(".text a.l-trigger")
	tab.Until(`document.querySelectorAll(".card.lit").length === 1 && document.querySelector(".card.lit").id === document.querySelector(".text a.l-trigger").hash.slice(1)`)
	tab.Hover("h1")
	tab.Until(`document.querySelectorAll(".lit").length === 0`)
	tab.Hover(".card.event blockquote")
	tab.Until(`document.querySelectorAll(".text .l-trigger.lit").length > 0 && [...document.querySelectorAll(".text .lit")].every(e => e.dataset.refs.split(" ").includes(document.querySelector(".card.event").id))`)
	tab.Quiet()
}

// addByForm pastes an article into the page for it.
func addByForm(tab *browse.Tab, at, title, day, text string) {
	tab.Helper()
	const form = `form:has(textarea[name=text])`
	tab.Go(at + "/add")
	for name, v := range map[string]string{"title": title, "outlet": "Nile Observer", "published": day, "text": text} {
		tab.Fill(form, name, v)
	}
	tab.Submit(form)
	browse.Want(tab, `location.pathname.startsWith("/articles/")`, true)
}

// An actor is merged where he is shown; the correction holds for a new article,
// and is undone.
func TestCorrectTask(t *testing.T) {
	s := newTestServer(t)
	tab, at := visit(t, s)
	find := func(name string) string {
		k, _, err := clerk.Known(t.Context(), s.Clerk.DB, name)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s/actors/%d", at, k.Number)
	}
	tab.Go(find("Second Chadian Minister"))
	const merge = `form:has(input[name=action][value=merge])`
	tab.Fill(merge, "new", "Hassan Adoum Djimet")
	tab.Submit(merge)
	browse.Want(tab, `document.querySelector("h1").textContent`, "Hassan Adoum Djimet") // the one merged leads to him
	browse.Want(tab, `document.querySelector(".note[role=status] button").textContent`, "Undo")
	before := browse.Ask[int](tab, `document.querySelectorAll("main .event").length`)
	addByForm(tab, at, "Second Chadian Minister Speaks Of Good Relations With Sudan", "2025-03-08", "The second Chadian minister visited Port Sudan on Saturday.\n\nHe praised Sudan.")
	tab.Go(find("Hassan Adoum Djimet"))
	after := browse.Ask[int](tab, `document.querySelectorAll("main .event").length`)
	if after <= before {
		t.Errorf("of the new article nothing is his: %d events before, %d after", before, after)
	}
	tab.Go(at + "/corrections")
	tab.Submit(`main table form`)
	browse.Want(tab, `document.querySelectorAll("main table form").length`, 0)
	tab.Go(find("Second Chadian Minister"))
	browse.Want(tab, `document.querySelector("h1").textContent`, "Second Chadian Minister")
	tab.Quiet()
}

// An event is wrong, and is not told any more until that is undone.
func TestWrongTask(t *testing.T) {
	tab, at := visit(t, newTestServer(t))
	tab.Go(at + "/articles/1")
	const told = `fetch("/api/v1/events/1").then(r => r.status)`
	browse.Want(tab, told, 200)
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".card.event").querySelectorAll("details").forEach(d => d.open = true)`))
	const wrong = `.card.event form:has(input[value=wrong])`
	tab.Fill(wrong, "note", "a football match")
	tab.Submit(wrong)
	browse.Want(tab, `document.querySelector(".card.event .chip.doubt").textContent`, "corrected: no event")
	browse.Want(tab, told, 404)
	// So is a tie, and an event at another place.
	tab.Go(at + "/articles/7")
	const ties = `document.querySelectorAll("section[aria-labelledby=ties] li").length`
	before := browse.Ask[int](tab, ties)
	tab.Submit(`form:has(input[value=untie])`)
	browse.Want(tab, ties, before-1)
	tab.Submit(`.note form`)
	browse.Want(tab, ties, before)
	tab.Fill(`form:has(input[value=retie])`, "relation", "supports")
	tab.Submit(`form:has(input[value=retie])`)
	browse.Want(tab, `document.querySelector("section[aria-labelledby=ties] li").textContent.includes("supports") && document.querySelector("section[aria-labelledby=ties] li .chip").textContent === "corrected"`, true)
	tab.Submit(`.note form`)
	tab.Go(at + "/events?place=Adr%C3%A9")
	tab.Leave(chromedp.Click(`main .event a.type`))
	tab.Fill(`form:has(input[value=place])`, "new", "Tiné")
	tab.Submit(`form:has(input[value=place])`)
	browse.Want(tab, `document.querySelector(".lead a").textContent`, "Tiné")
	tab.Submit(`.note form`)
	browse.Want(tab, `document.querySelector(".lead a").textContent`, "Adré")
	tab.Go(at + "/events?place=Tin%C3%A9")
	tab.Fill(`form:has(input[value=merge-place])`, "new", "Adré")
	tab.Submit(`form:has(input[value=merge-place])`)
	browse.Want(tab, `document.getElementById("place").textContent`, "Adré")
	tab.Submit(`.note form`)
	tab.Go(at + "/corrections")
	browse.Want(tab, `document.querySelector("main table").textContent.includes("a football match")`, true)
	tab.Submit(`main table form`)
	browse.Want(tab, told, 200)
	tab.Quiet("404")
}

// An alert is made in its form, and tells of an article by webhook.
func TestAlertTask(t *testing.T) {
	got := make(chan map[string]any, 4)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m map[string]any
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		got <- m
	}))
	defer hook.Close()
	s := newTestServer(t, func(o *Options) { o.Private = true })
	tab, at := visit(t, s)
	tab.Go(at + "/relations/TCD/SDN")
	tab.Leave(chromedp.Click(`//a[text()="Make an alert"]`))
	const form = `#new`
	browse.Want(tab, `document.querySelector("#new").elements.a.value + document.querySelector("#new").elements.b.value`, "TCDSDN")
	for name, v := range map[string]string{"name": "border", "type": "ASSAULT", "webhook": hook.URL + "/secret"} {
		tab.Fill(form, name, v)
	}
	tab.Submit(form)
	browse.Want(tab, `document.querySelector("section.card h2").textContent`, "border")
	addByForm(tab, at, "Sudanese army shells Chadian town", "2025-03-09", "Sudan's army shelled Chad on Sunday, killing four soldiers.\n\nChad condemned Sudan.")
	select {
	case m := <-got:
		if m["alert"] != "border" || !strings.Contains(fmt.Sprint(m["subject"]), "ASSAULT") {
			t.Error(m)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came by the webhook")
	}
	s.later.Wait()
	tab.Go(at + "/alerts")
	browse.Want(tab, `document.querySelector("section.card").textContent.includes("delivered") && document.querySelector("section.card").textContent.includes("fired 1 time")`, true)
	tab.Go(at)
	browse.Want(tab, `document.querySelector("section[aria-labelledby=fired]").textContent.includes("border")`, true)
	tab.Quiet()
}

// What another program stores shows without a reload.
func TestLiveTask(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.db")
	s := newTestServerAt(t, path)
	tab, at := visit(t, s)
	tab.Go(at)
	tab.Do(chromedp.Evaluate[chromedp.Void](`window.stays = true`))
	wait(t, "the page listens", func() bool { return s.live.listeners() > 0 })
	n := storeElsewhere(t, s, path)
	tab.Until(fmt.Sprintf(`document.querySelector("#news a[href='/articles/%d']") !== null`, n))
	browse.Want(tab, `window.stays === true && !document.getElementById("fresh").hidden`, true)
	tab.Quiet()
}

func TestFeedsTask(t *testing.T) {
	s := newTestServer(t)
	tab, at := visit(t, s)
	tab.Go(at + "/feeds")
	const form = `form[action="/feeds"]`
	tab.Fill(form, "addresses", "https://example.org/world.xml\nno address")
	tab.Submit(form)
	browse.Want(tab, `document.querySelector(".note[role=status]").textContent.includes("1 feed added") && document.querySelector(".note[role=status]").textContent.includes("no")`, true)
	browse.Want(tab, `document.querySelector("main tbody th").textContent.includes("https://example.org/world.xml")`, true)
	list := filepath.Join(t.TempDir(), "list.opml")
	if err := os.WriteFile(list, []byte(`<opml version="2.0"><body><outline text="Africa" xmlUrl="https://example.org/africa.xml"/></body></opml>`), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Do(chromedp.SetUploadFiles(form+` input[type=file]`, []string{list}))
	tab.Submit(form)
	browse.Want(tab, `document.querySelectorAll("main tbody tr").length`, 2)
	if body := do(s, httptest.NewRequest("GET", "/feeds.opml", nil)).Body.String(); !strings.Contains(body, "africa.xml") || !strings.Contains(body, "world.xml") {
		t.Error(body)
	}
	tab.Submit(`main tbody form`)
	browse.Want(tab, `document.querySelectorAll("main tbody tr").length`, 1)
	tab.Quiet()
}

func TestSignInTask(t *testing.T) {
	const password = "correct horse battery"
	s := newTestServer(t, func(o *Options) { o.Local = false })
	hash, err := clerk.HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Clerk.DB.AddUser(t.Context(), "jane", hash); err != nil {
		t.Fatal(err)
	}
	tab, at := visit(t, s)
	tab.Go(at + "/events?type=AID")
	const form = `main form`
	browse.Want(tab, `location.pathname`, "/login")
	tab.Fill(form, "name", "jane")
	tab.Fill(form, "password", "no")
	tab.Submit(form)
	browse.Want(tab, `document.querySelector("[role=alert]").textContent`, "The name or password is not right.")
	tab.Accessible(modules)
	tab.Fill(form, "password", password)
	tab.Submit(form)
	browse.Want(tab, `location.pathname + location.search`, "/events?type=AID")
	tab.Leave(chromedp.Click(`//button[text()="Sign out jane"]`))
	browse.Want(tab, `location.pathname`, "/login")
	tab.Go(at + "/map")
	browse.Want(tab, `location.pathname + location.search`, "/login?next=%2Fmap")
	// Whoever is a user no more is out at once.
	tab.Fill(form, "name", "jane")
	tab.Fill(form, "password", password)
	tab.Submit(form)
	browse.Want(tab, `location.pathname`, "/map")
	if err := s.Clerk.DB.RemoveUser(t.Context(), "jane"); err != nil {
		t.Fatal(err)
	}
	tab.Go(at + "/map")
	browse.Want(tab, `location.pathname`, "/login")
	tab.Quiet("401")
}

func TestTokensTask(t *testing.T) {
	s := newTestServer(t)
	tab, at := visit(t, s)
	tab.Go(at + "/tokens")
	const form = `form[action="/tokens"]`
	tab.Fill(form, "name", "notebook")
	tab.Submit(form)
	secret := browse.Ask[string](tab, `document.getElementById("secret").textContent`)
	s.Local = false // so that nothing but the token lets in
	asks := func() int {
		r := httptest.NewRequest("GET", "/api/v1/events", nil)
		r.Header.Set("Authorization", "Bearer "+secret)
		return do(s, r).Code
	}
	if got := asks(); got != 200 {
		t.Error("the token does not do:", got)
	}
	s.Local = true
	tab.Go(at + "/tokens")
	browse.Want(tab, fmt.Sprintf(`document.body.textContent.includes(%q)`, secret), false)
	tab.Submit(`main tbody form`)
	s.Local = false
	if got := asks(); got != 401 {
		t.Error("it does after it was revoked:", got)
	}
	s.Local = true
	tab.Quiet()
}

// everyPage are all pages of a desk with something in it.
func everyPage(t *testing.T, s *Server) []string {
	t.Helper()
	if err := s.Clerk.DB.AddAlert(t.Context(), dragoman.Alert{Name: "border", Rule: []byte(`{"between":["TCD","SDN"],"when":"any"}`), Ways: []dragoman.Way{{Kind: dragoman.ByMail, Address: "desk@example.org"}}}, true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Clerk.Fire(t.Context()); err != nil {
		t.Fatal(err)
	}
	for path, form := range map[string]url.Values{"/feeds": {"addresses": {"https://example.org/world.xml"}}, "/corrections": {"action": {"wrong"}, "event": {"12"}, "note": {"a football match"}},
		"/tokens": {"name": {"notebook"}, "scope": {"read"}}} {
		if w := do(s, posted(path, form)); w.Code >= 400 {
			t.Fatal(path, w.Code, w.Body)
		}
	}
	all := []string{"/relations/TCD/SDN", "/actors/1", "/events/1", "/articles/7", "/articles/5", "/search", "/search?text=Sudan", "/events?type=ACCUSE", "/events?text=nonesuch", "/add", "/tokens", "/api", "/nope"}
	for _, section := range sections {
		all = append(all, section.Path)
	}
	return all
}

// Every page is fit for everybody: as wide as a telephone and a desk, in light
// and dark, by keyboard and by what reads pages aloud.
func TestEveryPage(t *testing.T) {
	s := newTestServer(t)
	year(t, s)
	at := start(t, s)
	addresses := []string{start(t, newTestServer(t, func(o *Options) { o.Local = false })) + "/login"}
	for _, path := range everyPage(t, s) {
		addresses = append(addresses, at+path)
	}
	for _, as := range []struct {
		width  int64
		scheme string
	}{{1280, "light"}, {360, "dark"}} {
		t.Run(as.scheme, func(t *testing.T) {
			t.Parallel()
			tab := browse.Open(t)
			tab.Looks(as.width, as.scheme)
			for _, address := range addresses {
				before := t.Failed()
				fit(tab, address)
				if t.Failed() && !before {
					t.Log("first on", address)
				}
			}
		})
	}
}

// fit checks what holds for every page, with all opened that opens.
func fit(tab *browse.Tab, address string) {
	tab.Helper()
	tab.Go(address)
	tab.Until(`[...document.querySelectorAll("figure.chart")].every(f => f.querySelector(".chart-legend, .chart-failure, .chart-empty"))`)
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	browse.Want(tab, `location.href`, address)
	browse.Want(tab, narrow, true)
	browse.Want(tab, `document.querySelectorAll("h1").length`, 1)
	browse.Want(tab, `document.documentElement.lang === "en" && document.title.endsWith("dragoman") && document.querySelectorAll(".chart-failure").length === 0`, true)
	tab.Accessible(modules)
	tab.Do(chromedp.KeyEvent(kb.Tab)) // from now on focus is shown
	for _, e := range browse.Ask[[]string](tab, unseen) {
		tab.Errorf("with focus %s looks the same as without", e)
	}
	if strings.HasSuffix(address, "/nope") {
		tab.Quiet("404")
	} else {
		tab.Quiet()
	}
}

// narrow is whether a page is no wider than what it is seen through.
const narrow = `document.documentElement.scrollWidth <= document.documentElement.clientWidth`

// unseen lists what looks the same with focus as without.
const unseen = `(() => {
	const look = e => [e, ...e.querySelectorAll("*")].map(x => { const s = getComputedStyle(x); return [s.outlineStyle, s.outlineWidth, s.stroke, s.strokeWidth, s.left] }).join();
	const same = e => { document.activeElement.blur(); const before = look(e); e.focus(); return document.activeElement === e && look(e) === before };
	return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(same).map(e => e.outerHTML.slice(0, 200)) })()`

// Pages say what they say without scripts.
func TestWithoutScripts(t *testing.T) {
	s := newTestServer(t)
	tab, at := visit(t, s)
	tab.NoScripts()
	for path, text := range map[string]string{"/": "Sudan and Chad", "/relations/TCD/SDN": "The chart as a table", "/articles/7": "Chad's Border Minister", "/map": "Abéché", "/graph": "Sudan"} {
		tab.Go(at + path)
		got, err := chromedp.Run(tab.Context(), chromedp.TextContent("main"))
		if err != nil || !strings.Contains(got, text) {
			t.Errorf("%s has no %q: %v", path, text, err)
		}
	}
	tab.Go(at + "/events/1")
	tab.Do(chromedp.Click(`//button[text()="It is no event"]`))
	tab.Do(chromedp.WaitVisible(`//*[contains(text(), "Corrected:")]`))
	all, err := s.Clerk.DB.Corrections(t.Context())
	if err != nil || len(all) != 1 {
		t.Error(all, err)
	}
}

// What an article has in it runs nowhere, leads nowhere, and breaks no page.
func TestHostileInBrowser(t *testing.T) {
	s := newTestServer(t)
	const evil = "<script>window.ran=1</script>\"'><img src=x onerror=window.ran=1> \u202egnirts \u2066"
	long := strings.Repeat("x", 10_000)
	n, _, err := s.Clerk.Add(t.Context(), dragoman.Article{ID: "evil", Title: evil + long, Outlet: evil, URL: "javascript:window.ran=1", Language: "en", Published: dragoman.DayOf(2025, time.March, 7),
		Text: evil + long + "\n\nSudan's army attacked Chad on Monday, " + evil + " said.\n\nChad's minister, Onerror Ran, said: \"" + evil + long + "\"."})
	if err != nil {
		t.Fatal(err)
	}
	for path, form := range map[string]url.Values{"/corrections": {"action": {"wrong"}, "event": {"3"}, "note": {evil + long}}, "/tokens": {"name": {evil}, "scope": {"read"}},
		"/alerts": {"name": {evil}, "text": {long[:500]}, "when": {"any"}, "mail": {"desk@example.org"}, "past": {"1"}}, "/feeds": {"addresses": {"https://example.org/" + long[:1000]}}} {
		if w := do(s, posted(path, form)); w.Code >= 400 {
			t.Fatal(path, w.Code, w.Body)
		}
	}
	tab, at := visit(t, s)
	tab.Looks(360, "light")
	article := fmt.Sprintf("/articles/%d", n)
	paths := []string{article, "/", "/events", "/actors", "/search?text=attacked", "/search?text=" + url.QueryEscape(evil), "/events?by=" + url.QueryEscape(evil+long[:1000]), "/relations/TCD/SDN", "/map", "/graph",
		"/corrections", "/tokens", "/alerts", "/feeds"}
	tab.Go(at + article)
	paths = append(paths, browse.Ask[[]string](tab, `[...new Set([...document.querySelectorAll("main a[href^='/events/'], main a[href^='/actors/']")].map(a => a.pathname))]`)...)
	if len(paths) < 20 {
		t.Error("the article leads to few pages:", paths)
	}
	for _, path := range paths {
		tab.Go(at + path)
		tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
		browse.Want(tab, `window.ran === undefined && !document.querySelector("main img") && document.querySelectorAll("a[href^='javascript:' i]").length === 0`, true)
		if !browse.Ask[bool](tab, narrow) {
			t.Errorf("%.60s is too wide", path)
		}
	}
	tab.Quiet("422", "400")
}

var shots = flag.String("shots", "", "a folder into which TestShots writes pictures of the main pages")

// TestShots takes pictures of the main pages; with -shots they are kept.
func TestShots(t *testing.T) {
	s := newTestServer(t)
	year(t, s)
	tab, at := visit(t, s)
	for _, one := range []struct {
		name, path string
		width      int64
		scheme     string
	}{
		{"today", "/", 1280, "light"}, {"relation", "/relations/TCD/SDN", 1280, "light"}, {"article", "/articles/7", 1280, "light"},
		{"map", "/map?since=2024-03-01&until=2025-03-06", 1280, "light"}, {"graph", "/graph?since=2024-03-01&until=2025-03-06", 1280, "light"}, {"actor", "/actors/SDN", 1280, "light"},
		{"relation-dark", "/relations/TCD/SDN", 1280, "dark"}, {"today-phone", "/", 390, "dark"},
	} {
		tab.Looks(one.width, one.scheme)
		tab.Go(at + one.path)
		tab.Until(`[...document.querySelectorAll("figure.chart")].every(f => f.querySelector(".chart-legend"))`)
		if one.name == "map" || one.name == "graph" {
			tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("figure.chart").scrollIntoView({block: "center"})`))
		}
		b := tab.Shot()
		picture, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(one.name, err)
		}
		colours := map[any]bool{}
		for y := 0; y < picture.Bounds().Dy(); y += 3 {
			for x := 0; x < picture.Bounds().Dx(); x += 3 {
				colours[picture.At(x, y)] = true
			}
		}
		if len(colours) < 50 {
			t.Errorf("%s shows next to nothing: %d colours", one.name, len(colours))
		}
		if *shots == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(*shots, one.name+".png"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tab.Quiet()
}
