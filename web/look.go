package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman"
	"dragoman/story"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed assets
var assets embed.FS

// look is how pages look: templates, and the style sheet and scripts under an
// address that changes with them, so that a browser may keep them for ever.
type look struct {
	pages  map[string]*template.Template
	prefix string // of the addresses of assets
	files  http.Handler
}

func loadLook(s *Server) (*look, error) {
	l := &look{pages: map[string]*template.Template{}}
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, err
	}
	if l.prefix, err = fingerprint(files); err != nil {
		return nil, err
	}
	keep := http.FileServerFS(files)
	l.files = http.StripPrefix(l.prefix, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") { // no listings
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		keep.ServeHTTP(w, r)
	}))
	base, err := template.New("").Funcs(s.funcs(l.prefix)).ParseFS(templates, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		short := strings.TrimSuffix(path.Base(name), ".html")
		if short == "layout" || short == "parts" {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if l.pages[short], err = t.ParseFS(templates, name); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// fingerprint returns the address under which files lie, which depends on what
// is in them.
func fingerprint(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		fmt.Fprintln(sum, name, len(b))
		sum.Write(b)
		return err
	})
	return "/assets/" + hex.EncodeToString(sum.Sum(nil)[:6]) + "/", err
}

// page is what every page has.
type page struct {
	Title  string
	Nav    string // which of the sections it belongs to
	Status int    // 0: 200
	Body   any

	Signed bool   // somebody may use the desk
	Theme  string // light, dark; "" as the system has it
	User   string // who is signed in; "" for nobody and for whoever sits before this machine
	Said   *said
	Here   string // its address
	Empty  bool   // nothing is stored yet
	News   int64  // the number of the last article that it knows of
}

// said is what the last action did, told once.
type said struct {
	Text string
	Undo []int64 // corrections that can be taken back
}

// say has the next page tell something.
func (s *Server) say(r *http.Request, text string, undo ...int64) {
	b, _ := json.Marshal(said{text, undo}) // a string and numbers
	s.sessions.Put(r.Context(), "said", string(b))
}

// show answers with a page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, name string, p page) error {
	if u := who(r.Context()); u != nil {
		p.Signed = true
		if u.name != local {
			p.User = u.name
		}
		last, err := s.Clerk.DB.LastArticle(r.Context())
		if err != nil {
			return err
		}
		p.News, p.Empty = last, last == 0
		if told := s.sessions.PopString(r.Context(), "said"); told != "" {
			p.Said = new(said)
			if err := json.Unmarshal([]byte(told), p.Said); err != nil {
				return err
			}
		}
	}
	p.Here, p.Theme = r.URL.RequestURI(), themeOf(r)
	return s.write(w, name, "layout", p)
}

// write writes a page, or one template of it, as a whole or not at all.
func (s *Server) write(w http.ResponseWriter, name, part string, p page) error {
	var b bytes.Buffer
	if err := s.look.pages[name].ExecuteTemplate(&b, part, p); err != nil {
		return fmt.Errorf("the page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if p.Status != 0 {
		w.WriteHeader(p.Status)
	}
	_, _ = w.Write(b.Bytes()) // whoever asked may be gone
	return nil
}

// errorPage tells what is wrong.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, f *fault) {
	p := page{Title: http.StatusText(f.status), Status: f.status, Body: f.text, Here: r.URL.RequestURI(), Theme: themeOf(r)}
	if u := who(r.Context()); u != nil {
		p.Signed = true
		if u.name != local {
			p.User = u.name
		}
	}
	if err := s.write(w, "error", "layout", p); err != nil {
		s.Log.Error("the page of an error cannot be written", "fault", err)
		http.Error(w, f.text, f.status)
	}
}

// funcs are what templates may call.
func (s *Server) funcs(prefix string) template.FuncMap {
	return template.FuncMap{
		"asset":     func(name string) string { return prefix + name },
		"day":       dayText,
		"minute":    func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") },
		"ago":       ago,
		"never":     func(t time.Time) bool { return t.IsZero() },
		"known":     func(d dragoman.Day) bool { return d != dragoman.NoDay },
		"spaced":    spaced,
		"meaning":   s.words.name,
		"percent":   func(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) },
		"mood":      mood,
		"source":    sourceText,
		"plural":    plural,
		"dict":      dict,
		"heading":   func(o story.Outlook) string { return string(o.Direction) },
		"leaning":   func(o story.Outlook) string { return string(o.Leaning()) },
		"rate":      func(x float64) string { return fmt.Sprintf("%.2g", x) },
		"two":       func(x float64) string { return fmt.Sprintf("%.2f", x) },
		"inc":       func(i int) int { return i + 1 },
		"statuses":  func() []dragoman.Status { return dragoman.Statuses },
		"bonds":     func() []string { return dragoman.Relations },
		"types":     func() []term { return s.words.types },
		"relations": relationURL,
		"join":      strings.Join,
		"sections":  func() []section { return sections },
		"version":   func() string { return s.Version },
		"shorten":   shorten,
		"add":       func(a, b int) int { return a + b },
		"has":       has,
		"both":      func(a, b []dragoman.Party) []dragoman.Party { return append(slices.Clone(a), b...) },
		"when":      whenText,
		"scope":     scopeText,
		"spark":     sparkOf,
		"stance":    stanceText,
		"place":     func(id string) string { return "/events?place=" + template.URLQueryEscaper(id) },
	}
}

// dict makes a map of names and values, to hand several to one template.
func dict(all ...any) (map[string]any, error) {
	if len(all)%2 != 0 {
		return nil, fmt.Errorf("dict wants names and values")
	}
	m := map[string]any{}
	for i := 0; i < len(all); i += 2 {
		name, ok := all[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", all[i])
		}
		m[name] = all[i+1]
	}
	return m, nil
}

func dayText(d dragoman.Day) string {
	if d == dragoman.NoDay {
		return "no day"
	}
	return d.String()
}

// ago writes how long ago a time is, for people.
func ago(t time.Time) string {
	switch d := time.Since(t); {
	case t.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return t.UTC().Format("2006-01-02")
}

// mood names a tone for the style sheet and for people who see no colours.
func mood(t dragoman.Tone) string {
	switch {
	case t > 0:
		return "cooperation"
	case t < 0:
		return "conflict"
	}
	return "neutral"
}

// sourceText is what a source is called, in quotation marks where that is only
// what the text says of it.
func sourceText(s dragoman.Source) string {
	if s.Actor.Name == "" && s.Text != "" {
		return "“" + s.Text + "”"
	}
	return s.Name()
}

func stanceText(stance string) string {
	if stance == "asserts" || stance == "" {
		return "says"
	}
	return stance
}

// has reports whether a list of codes has one.
func has(all []string, one any) bool { return slices.Contains(all, fmt.Sprint(one)) }

func whenText(w story.When) string {
	switch w {
	case story.First:
		return "the first in so many days"
	case story.Nth:
		return "the nth within so many days"
	case story.Turn:
		return "the relation changed"
	}
	return "every one that is new"
}

func scopeText(s dragoman.Scope) string {
	switch s {
	case dragoman.ScopeAdd:
		return "add articles"
	case dragoman.ScopeCorrect:
		return "correct, and undo"
	case dragoman.ScopeManage:
		return "change feeds and alerts"
	}
	return "read everything"
}

// spark is a small chart of what two did, week by week.
type spark struct {
	Label string
	Width int
	Bars  []sparkBar
}

type sparkBar struct {
	Class        string
	X, Y, Height int
}

// sparkOf draws cooperation upwards and conflict downwards; nil where there was
// neither.
func sparkOf(all []story.Counts) *spark {
	const step, middle, room = 10, 18, 16
	most := 0
	for _, c := range all {
		most = max(most, c.Cooperation, c.Conflict)
	}
	if most == 0 {
		return nil
	}
	t := total(all)
	k := &spark{Label: fmt.Sprintf("%d weeks: %d cooperative, %d conflictual", len(all), t.Cooperation, t.Conflict), Width: step * len(all)}
	for i, c := range all {
		for _, b := range []struct {
			class string
			n     int
		}{{"up", c.Cooperation}, {"down", c.Conflict}} {
			h := (b.n*room + most - 1) / most
			y := middle
			if b.class == "up" {
				y -= h
			}
			if h > 0 {
				k.Bars = append(k.Bars, sparkBar{b.class, step*i + 1, y, h})
			}
		}
	}
	return k
}

// shorten returns at most n characters of a text, cut at a word.
func shorten(n int, text string) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	text = string(r[:n])
	if i := strings.LastIndexByte(text, ' '); i > n/2 {
		text = text[:i]
	}
	return text + "…"
}

func plural(n any, what string) string {
	s := fmt.Sprint(n)
	switch {
	case s == "1":
	case strings.HasSuffix(what, "y"):
		what = strings.TrimSuffix(what, "y") + "ies"
	default:
		what += "s"
	}
	return s + " " + what
}

func total(all []story.Counts) (sum story.Counts) {
	for _, c := range all {
		sum.Cooperation += c.Cooperation
		sum.Conflict += c.Conflict
	}
	return sum
}

func relationURL(a, b dragoman.Party) string {
	return fmt.Sprintf("/relations/%d/%d", a.Number, b.Number)
}
