package score

import (
	"context"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"dragoman"
	"dragoman/store"
)

// known is the invented world as a database has it.
type known struct {
	*World
	numbers   map[string]int64 // of actors, by their ids
	countries []string         // the ids of those at which something was
	last      dragoman.Day
}

// acquaint looks up who of the invented world is in a database of so many articles.
func acquaint(ctx context.Context, db *store.DB, articles int) (known, error) {
	k := known{World: NewWorld(1), numbers: map[string]int64{}, last: firstDay + dragoman.Day(articles/perDay)}
	for _, p := range k.actors {
		all, err := db.Named(ctx, p.ID)
		if err != nil {
			return k, err
		}
		if len(all) > 0 {
			k.numbers[p.ID] = all[0].Number
		}
	}
	for _, p := range k.places {
		if p.Kind != "country" {
			continue
		}
		there, err := db.PlaceNamed(ctx, p.ID)
		if err != nil {
			return k, err
		}
		if there != "" {
			k.countries = append(k.countries, there)
		}
	}
	if len(k.numbers) < 2 {
		return k, fmt.Errorf("the database holds nothing that was invented for it")
	}
	return k, nil
}

// user is somebody before a browser: he goes on from the page that he has.
type user struct {
	*rush
	rng    *rand.Rand
	client *http.Client
	page   string          // HTML
	has    map[string]bool // files that the browser keeps
}

func newUser(r *rush, seed uint64) *user {
	return &user{rush: r, rng: rand.New(rand.NewPCG(r.score.Seed, seed)), has: map[string]bool{}}
}

// step is a way on, which is taken so often as its weight is to that of all.
type step struct {
	name   string
	weight int
	to     func(*user) string // an address; "" where the page does not lead there
}

var steps = []step{
	{"today", 10, at("/")},
	{"relation", 14, func(u *user) string {
		if to := u.link(relationLinks); to != "" && u.rng.IntN(4) > 0 {
			return to
		}
		a, b, _ := u.two()
		return fmt.Sprintf("/relations/%d/%d", a, b)
	}},
	{"event", 14, func(u *user) string { return u.link(eventLinks) }},
	{"article", 14, func(u *user) string { return u.link(articleLinks) }},
	{"actor", 12, func(u *user) string { n, _ := u.anybody(); return fmt.Sprint("/actors/", n) }},
	{"events, filtered", 10, (*user).filtered},
	{"further back", 8, func(u *user) string { return u.link(nextLinks) }},
	{"search", 6, func(u *user) string { return "/search?text=" + url.QueryEscape(u.words()) }},
	{"names as typed", 6, func(u *user) string {
		return "/api/v1/actors?limit=8&begins=" + url.QueryEscape(u.known.anybody(u.rng).Name[:2+u.rng.IntN(2)])
	}},
	{"map", 4, at("/map")},
	{"map, filtered", 2, func(u *user) string { _, id := u.anybody(); return "/map?between=" + id }},
	{"graph", 4, at("/graph")},
	{"relations", 4, at("/relations")},
	{"events", 4, at("/events")},
	{"actors", 3, func(u *user) string { return "/actors?begins=" + u.known.anybody(u.rng).Name[:2] }},
	{"desk", 3, func(u *user) string { return []string{"/alerts", "/feeds", "/corrections", "/add"}[u.rng.IntN(4)] }},
}

func at(address string) func(*user) string { return func(*user) string { return address } }

var (
	relationLinks = regexp.MustCompile(`href="(/relations/\d+/\d+)"`)
	eventLinks    = regexp.MustCompile(`href="(/events/\d+)"`)
	articleLinks  = regexp.MustCompile(`href="(/articles/\d+)"`)
	facetLinks    = regexp.MustCompile(`<li><a href="(/events\?[^"]+)"`)
	nextLinks     = regexp.MustCompile(`href="([^"]+)" rel="next"`)
	fileLinks     = regexp.MustCompile(`"(/assets/[^"]+)"`)
)

// link returns one of the links of a kind on the page.
func (u *user) link(kind *regexp.Regexp) string {
	all := kind.FindAllStringSubmatch(u.page, -1)
	if len(all) == 0 {
		return ""
	}
	return html.UnescapeString(all[u.rng.IntN(len(all))][1])
}

// anybody returns an actor by number and id, those more often of whom more is told.
func (u *user) anybody() (int64, string) {
	for {
		id := u.known.anybody(u.rng).ID
		if n, ok := u.known.numbers[id]; ok {
			return n, id
		}
	}
}

// two returns two.
func (u *user) two() (a, b int64, ids string) {
	a, one := u.anybody()
	for {
		if b, other := u.anybody(); a != b {
			return a, b, one + "," + other
		}
	}
}

// words are one or two that texts have, as often as they do; but nobody looks
// for the commonest, each of which a tenth of all events have or more.
func (u *user) words() string {
	const commonest = 4
	for {
		text := u.known.sentence(u.rng, 1+u.rng.IntN(2))
		if !slices.ContainsFunc(strings.Fields(text), func(w string) bool { return slices.Contains(u.known.words[:commonest], w) }) {
			return text
		}
	}
}

// filtered narrows the events shown down by what they are counted by, or
// fills in the form.
func (u *user) filtered() string {
	// The codes of invented countries are no ids of places, as those of real ones are.
	if to := u.link(facetLinks); to != "" && u.rng.IntN(2) == 0 && !strings.Contains(to, "place=S") {
		return to
	}
	k, q := u.known, url.Values{}
	_, one := u.anybody()
	switch u.rng.IntN(8) {
	case 0:
		q.Set("between", one)
	case 1:
		_, _, both := u.two()
		q.Set("between", both)
	case 2:
		q.Set("by", one)
		q.Set("type", k.types[u.rng.IntN(len(k.types))])
	case 3:
		if len(k.countries) > 0 { // in a small world nothing may have been anywhere
			q.Set("place", k.countries[u.rng.IntN(len(k.countries))])
		}
	case 4:
		q.Set("outlet", k.outlet(u.rng))
	case 5:
		q.Set("source", one)
	case 6:
		q.Set("text", u.words())
	case 7:
		q.Set("since", (k.last - dragoman.Day(u.rng.IntN(1000))).String())
		q.Set("status", string(dragoman.Denied))
	}
	return "/events?" + q.Encode()
}

// next draws where a user goes.
func (u *user) next() (name, address string) {
	all := 0
	for _, s := range steps {
		all += s.weight
	}
	for {
		x := u.rng.IntN(all)
		for _, s := range steps {
			if x -= s.weight; x < 0 {
				if to := s.to(u); to != "" {
					return s.name, to
				}
				break
			}
		}
	}
}

// walk goes from page to page until the time is over.
func (u *user) walk(ctx, during context.Context) error {
	for name, address := "today", "/"; wait(during, u.pause()); name, address = u.next() {
		body, err := u.visit(ctx, name, address)
		if err != nil {
			return err
		}
		if strings.HasPrefix(address, "/api/") {
			continue // what a page asks for beside
		}
		u.page = body
		for _, file := range u.files() {
			if _, err := u.visit(ctx, "files", file); err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *user) pause() time.Duration {
	return time.Duration(u.rng.ExpFloat64() * float64(u.score.Pause))
}

// files are what a browser loads for the page and has not kept.
func (u *user) files() (all []string) {
	want := func(file string) {
		if !u.has[file] {
			u.has[file] = true
			all = append(all, file)
		}
	}
	head, _, _ := strings.Cut(u.page, "</head>")
	folder := ""
	for _, m := range fileLinks.FindAllStringSubmatch(head, -1) {
		want(m[1])
		folder = m[1][:strings.LastIndexByte(m[1], '/')+1]
	}
	for _, name := range []string{"timeline", "map", "graph"} {
		if !strings.Contains(u.page, `data-chart="`+name+`"`) {
			continue
		}
		for _, file := range []string{"charts.js", "draw.js", "vendor.js", name + ".js"} {
			want(folder + file)
		}
		if name == "map" {
			want(folder + "world.json")
		}
	}
	return all
}

func (u *user) ask(ctx context.Context, address string) (*http.Response, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, u.at+address, nil)
	if err != nil {
		return nil, err
	}
	return u.client.Do(q)
}

// visit asks for an address and notes how long that took. The only error is
// that ctx has ended: what is wrong with an answer is noted.
func (u *user) visit(ctx context.Context, name, address string) (string, error) {
	begun, fault := time.Now(), ""
	var body []byte
	a, err := u.ask(ctx, address)
	if err == nil {
		body, err = io.ReadAll(a.Body)
		a.Body.Close()
	}
	took := time.Since(begun)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		fault = fmt.Sprintf("%s: %v", address, err)
	case a.StatusCode >= 400:
		fault = fmt.Sprintf("%s: %s", address, a.Status)
	case a.Request.URL.Path == "/login":
		fault = address + ": the desk does not know its user any more"
	}
	u.note(name, address, took, len(body), fault)
	return string(body), nil
}
