package pipeline_test

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"dragoman"
	"dragoman/export"
)

// sound reports what is wrong with a document: offsets out of the text, records
// that point nowhere.
func sound(d *dragoman.Document) error {
	r := export.NewReading(d, "test", 0)
	runes := []rune(d.Text)
	check := func(s export.Span, what string) error {
		if s.Start < 0 || s.End < s.Start || s.End > len(runes) || string(runes[s.Start:s.End]) != s.Text {
			return fmt.Errorf("%s: %d..%d is not %q", what, s.Start, s.End, s.Text)
		}
		return nil
	}
	var errs []error
	for _, a := range r.Actors {
		for _, m := range a.Mentions {
			errs = append(errs, check(m.Span, "mention of "+a.ID))
		}
	}
	for _, p := range r.Places {
		for _, m := range p.Mentions {
			errs = append(errs, check(m, "mention of "+p.ID))
		}
	}
	for _, x := range r.Dates {
		errs = append(errs, check(x.Span, "date"))
	}
	for _, a := range r.Attributions {
		errs = append(errs, check(a.Content, a.ID))
		if a.Cue != nil {
			errs = append(errs, check(*a.Cue, a.ID))
		}
	}
	for _, e := range r.Events {
		errs = append(errs, check(e.Trigger, e.ID), check(e.Evidence, e.ID))
		if len(e.Because) == 0 || e.Confidence <= 0 || e.Confidence > 1 {
			errs = append(errs, fmt.Errorf("%s has no reason or confidence %v", e.ID, e.Confidence))
		}
	}
	for _, t := range r.Ties {
		errs = append(errs, check(t.Trigger, t.ID), check(t.Evidence, t.ID))
	}
	return errors.Join(errs...)
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", " ", "A", "Chad attacked Mali on Monday, the army said.", "“We won’t go,” he said.\n\n“Never.",
		"((((((((((", "\"\"\"'''", "He said he said he said he said", "المحكمة said 5.5% – 3rd, 2019-13-45", "a\r\nb\x00c\u2028d", "IRAN'S U.S.-BACKED No. 5 (Reuters) --"} {
		f.Add(s)
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		d := r.Read(dragoman.Article{Text: s, Published: dragoman.DayOf(2025, 2, 12)})
		if err := sound(&d); err != nil {
			t.Error(err)
		}
	})
}

// hostile are texts of about n bytes that no editor would print.
var hostile = map[string]func(n int) string{
	"no spaces":     repeat("abcdefghij"),
	"one sentence":  repeat("the army of Chad said that "),
	"clauses":       repeat("he met the president of Mali, who visited Paris, and "),
	"open brackets": repeat("("),
	"brackets in each other": func(n int) string {
		return repeat("(a ")(n/2) + repeat("b) ")(n/2)
	},
	"straight quotes":      repeat("\""),
	"opening quotes":       repeat("“He said “"),
	"quotes in each other": func(n int) string { return repeat("“he said ")(n/2) + repeat("we go” ")(n/2) },
	"we in quotes":         repeat("\"We go,\" he said. "),
	"quotes without cues":  func(n int) string { return "“We go,” the minister said. " + repeat("“We will fight.” ")(n) },
	"the same word":        repeat("war "),
	"the same name":        repeat("Chad "),
	"ever new names":       numbered(func(i int) string { return name(i) + " " + name(i/3+7) + " met " + name(i*5+1) + ". " }),
	"one list of names":    numbered(func(i int) string { return name(i) + ", " }),
	"ever new persons":     numbered(func(i int) string { return "Mr. " + name(i) + " said he met John " + name(i+1) + ". " }),
	"one family":           numbered(func(i int) string { return name(i) + " Smith met Smith. " }),
	"ever new places":      numbered(func(i int) string { return "He was in " + name(i) + " in the province of " + name(i+9) + ". " }),
	"acronyms":             numbered(func(i int) string { return "The " + name(i) + " Liberation Front (" + name(i)[:1] + "LF) agreed. " }),
	"pronouns":             repeat("He met her and they told it to him. "),
	"short paragraphs":     repeat("Chad\n\n"),
	"dates":                numbered(func(i int) string { return fmt.Sprintf("On %d May %d, ", i%28+1, 1950+i%70) }),
	"relative dates":       repeat("last week and two days ago, next month "),
	"numbers":              repeat("1,234 and twenty hundred thousand "),
	"figures and strokes":  repeat("0-9/8."),
	"hyphens":              repeat("Dasht-e-"),
	"possessives":          repeat("Chad's "),
	"only punctuation":     repeat("...!?,;:-"),
	"empty lines":          repeat("\n"),
	"combining marks":      func(n int) string { return "a" + repeat("\u0301")(n) },
	"invalid UTF-8":        func(n int) string { return strings.ToValidUTF8(repeat("ab\xff ")(n), "\ufffd") },
	"many deaths":          repeat("The army attacked rebels in Paris, killing ten. "),
	"sources":              repeat("According to Chad, "),
}

func repeat(s string) func(n int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

func numbered(f func(i int) string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(f(i))
		}
		return b.String()
	}
}

// name makes the names of nobody: hundreds of thousands of different ones.
func name(i int) string {
	b := []byte{}
	for range 4 {
		b = append(b, "bdfgklmnprstvz"[i%14], "aeiou"[i/14%5])
		i /= 70
	}
	b[0] -= 'a' - 'A'
	return string(b)
}

// TestHostile wants what is read of hostile texts to hold together.
func TestHostile(t *testing.T) {
	for name, text := range hostile {
		d := reader(t).Read(dragoman.Article{Text: text(10000), Published: dragoman.DayOf(2025, 2, 12)})
		if err := sound(&d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLinear reads hostile texts and four times as much of each: no stage may
// take much more than four times the memory. Of a quadratic one that would be
// sixteen times. BenchmarkHostile tells the times.
func TestLinear(t *testing.T) {
	const size, most, attempts = 20000, 8, 5
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			small, large := stagesOf(t, text(size)), stagesOf(t, text(4*size))
			for i := range small {
				// What a stage keeps for the next text may be there for the small one alone.
				for n := 1; ; n++ {
					bytes, bytes4 := small[i].measure(), large[i].measure()
					if bytes4 <= most*(bytes+size) {
						break
					}
					if n == attempts {
						t.Errorf("%s takes %d bytes, of four times the text %d", small[i].name, bytes, bytes4)
						break
					}
				}
			}
		})
	}
}

// BenchmarkHostile tells the time a byte of hostile texts and of four times as much of
// each: where the second is much more than the first, a stage is not linear.
func BenchmarkHostile(b *testing.B) {
	r := reader(b)
	for name, text := range hostile {
		for _, size := range []int{20000, 80000} {
			a := dragoman.Article{Text: text(size), Published: dragoman.DayOf(2025, 2, 12)}
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				for b.Loop() {
					r.Read(a)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(a.Text)), "ns/byte")
			})
		}
	}
}

// stage is a step of pipeline.Read. It can be run once the steps before it have
// been, and more than once.
type stage struct {
	name string
	run  func()
}

func stagesOf(t testing.TB, text string) []stage {
	r := reader(t)
	d := dragoman.Document{Article: dragoman.Article{Text: text, Published: dragoman.DayOf(2025, 2, 12)}}
	return []stage{
		{"syntax", func() { d.Sentences, d.Tokens, d.Tags, d.Arcs = r.Syntax.Read(text) }},
		{"attribution", func() { d.Attributions = r.Attributions.Find(&d) }},
		{"mention", func() { d.Mentions = r.Mentions.Find(&d) }},
		{"place", func() { d.Places = r.Places.Resolve(&d) }},
		{"actor", func() { d.Actors = r.Actors.Resolve(&d) }},
		{"date", func() { d.Dates = r.Dates.Find(&d) }},
		{"event", func() { d.Events = r.Events.Code(&d) }},
		{"tie", func() { d.Ties = r.Ties.Find(&d) }},
		{"export", func() { export.NewReading(&d, "test", 0).JSON() }},
	}
}

// measure runs a stage and returns the bytes that it allocated.
func (s stage) measure() int {
	var before, after runtime.MemStats
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.ReadMemStats(&before)
	s.run()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// TestOtherLanguage wants a note and no events.
func TestOtherLanguage(t *testing.T) {
	d := reader(t).Read(dragoman.Article{Text: "Le ministre a dit.", Language: "fr", Published: dragoman.NoDay})
	if len(d.Tokens) != 0 || len(d.Notes) != 2 {
		t.Errorf("%d tokens, notes %v", len(d.Tokens), d.Notes)
	}
}

// TestDeterminism wants the same bytes from the same article.
func TestDeterminism(t *testing.T) {
	text := "Chad's army attacked rebels near Abéché on Monday, killing ten, the government said. Mali, an ally of Chad, praised it."
	var first string
	for range 5 {
		d := reader(t).Read(dragoman.Article{Text: text, Published: dragoman.DayOf(2025, 2, 12)})
		b, err := export.NewReading(&d, "test", 0).JSON()
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(b)
		} else if first != string(b) {
			t.Fatal("two readings of one article differ")
		}
	}
}
