package pipeline_test

import (
	"errors"
	"fmt"
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

// TestHostile reads what no editor would print; what is not linear in the
// length of the text runs into the time-out of the test.
func TestHostile(t *testing.T) {
	r := reader(t)
	for name, s := range map[string]string{
		"one long line":    strings.Repeat("the army of Chad said that ", 4000),
		"brackets":         strings.Repeat("(", 20000),
		"quotes":           strings.Repeat("“He said “", 4000),
		"one word":         strings.Repeat("a", 200000),
		"commas and names": strings.Repeat("Chad, Mali, ", 5000),
		"no letters":       strings.Repeat("0-9/8.", 20000),
		"empty lines":      strings.Repeat("\n", 50000),
	} {
		d := r.Read(dragoman.Article{Text: s, Published: dragoman.NoDay})
		if err := sound(&d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
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

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	text := strings.Repeat("Chad's army attacked rebels near Abéché on Monday, killing at least ten, a spokesman for the government said. "+
		"Mali, an ally of Chad, praised the attack and promised to send troops. “We will not leave them alone,” its president told reporters in Bamako.\n\n", 10)
	words := 0
	for b.Loop() {
		d := r.Read(dragoman.Article{Text: text, Published: dragoman.DayOf(2025, 2, 12)})
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
