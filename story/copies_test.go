package story

import (
	"slices"
	"strings"
	"testing"
)

// Two stories about the same parties on the same day, and a third paper's background.
const (
	talks = `Carvia and Ostrel reopen border crossings after night of talks

PORT SELLA - Carvia and Ostrel agreed on Tuesday to reopen three crossings on their common border, which had been closed since a shepherd was shot dead in the hills above Tamsin last month.

The agreement came after eleven hours of negotiations between Foreign Minister Ilsa Brandt and her counterpart Tomas Reik in the harbour town of Port Sella. Both left without shaking hands, but called the result a first step.

"Families will see each other again, and lorries will roll," Brandt told reporters shortly before dawn. Reik said that his government expected the customs posts to be staffed again within five days.

Under the text, which was read out by a mediator from the Coastal League, patrols of both armies withdraw two kilometres from the river. A joint commission is to find out who fired the shot, and to report by the end of March.

Opposition parties in Carvia criticised the accord as hasty. Their spokesman, Peder Holm, said that nobody had asked the villages what they wanted, and that the army had been given no guarantee.

In Ostrel, the markets rose quickly on the news. Around 400 lorries with fruit and timber have been waiting at the crossing of Lund Gate, drivers said, and some loads have spoiled.`

	exercise = `Ostrel holds naval exercise off Carvian coast

SAINT ORM - The navy of Ostrel began an exercise with live ammunition on Tuesday, forty miles off the coast of Carvia, in spite of the talks about the border that the foreign ministers of both countries held the same night.

Six frigates and a supply ship take part in the manoeuvre, which is named Grey Heron and lasts until Friday, the Defence Ministry in Saint Orm announced. Fishing boats were told to keep away from the waters east of the Anvil Bank.

Foreign Minister Ilsa Brandt of Carvia summoned the ambassador and handed him a note of protest. "Guns at sea do not help those who sit at the table," she said in Port Sella.

Her counterpart Tomas Reik replied that the exercise had been planned for a year and was directed against nobody. A similar one took place in the autumn, without an incident.

Analysts see it as a signal to the hardliners at home. "The admirals wanted to show that they are still there," said Greta Voss of the Institute for the Sea at the University of Saint Orm.`

	standing = `Carvia and Ostrel have quarrelled over the valley of the Tam since the dissolution of the Coastal Union thirty years ago. Two wars were fought over it, in which some nine thousand people were killed, and a ceasefire has held for the most part since the treaty of Elm Island. Both claim the waters around the Anvil Bank, where natural gas was found. Mediators of the Coastal League have met with both sides eleven times.

Subscribe to our evening letter for all the news of the coast. Readers with a pass get the first month for nothing, and may cancel at any time.`
)

// edited are copies of talks as other papers would run it.
func edited() map[string]string {
	paragraphs := strings.Split(talks, "\n\n")
	title, body := paragraphs[0], paragraphs[1:]
	text := func(title string, body ...string) string { return title + "\n\n" + strings.Join(body, "\n\n") }
	light := strings.NewReplacer("Tuesday", "Wednesday", "eleven hours", "11 hours", "told reporters", "said", "shortly before", "before",
		"expected", "hoped for", "criticised", "attacked", "accord", "agreement", "quickly ", "", "Around 400", "Some 450", "last month", "in February",
		"called the result", "spoke of", "find out", "establish").Replace
	return map[string]string{
		"equal":            talks,
		"typography":       strings.NewReplacer(`"`, "”", "\n\n", "\n", " - ", " — ", "Carvia", "CARVIA").Replace(talks),
		"cut":              text(title, body[:3]...),
		"headline":         text("Border opens: what was agreed in Port Sella, and what was not", body...),
		"credit":           text(title, append([]string{"By our own correspondent, with material from Coastal Press"}, body...)...) + "\n\n(Coastal Press, Harbour Wire)",
		"order":            text(title, body[0], body[4], body[2], body[5], body[1], body[3]),
		"order of all":     text(title, body[4], body[2], body[5], body[0], body[1], body[3]),
		"words":            light(talks),
		"background":       talks + "\n\n" + standing,
		"cut, background":  text(title, body[:4]...) + "\n\n" + standing,
		"cut, words":       light(text(title, body[:3]...)),
		"headline, credit": text("Night of talks ends with an agreement", append([]string{"Harbour Wire, Wednesday"}, body[:5]...)...),
	}
}

// TestCopies wants every edit found, by the keys and by the comparison, from either side.
func TestCopies(t *testing.T) {
	original := SketchOf(talks)
	for name, text := range edited() {
		s := SketchOf(text)
		overlap, same := Same(original, s)
		if back, backSame := Same(s, original); back != overlap || backSame != same {
			t.Errorf("%s: %.2f %v, from the other side %.2f %v", name, overlap, same, back, backSame)
		}
		if !same {
			t.Errorf("%s: no copy, overlap %.2f", name, overlap)
		}
		if !shareKey(original, s) {
			t.Errorf("%s: no key in common", name)
		}
	}
}

// TestNoCopies wants different stories kept apart, whatever stands below both.
func TestNoCopies(t *testing.T) {
	first := func(text string, n int) string { return strings.Join(strings.Split(text, "\n\n")[:n], "\n\n") }
	for name, pair := range map[string][2]string{
		"same parties, same day": {talks, exercise},
		"standing paragraphs":    {talks + "\n\n" + standing, exercise + "\n\n" + standing},
		"mostly standing":        {first(talks, 2) + "\n\n" + standing, first(exercise, 2) + "\n\n" + standing},
		"only standing":          {talks + "\n\n" + standing, standing},
		"short":                  {"Carvia and Ostrel reopen three border crossings on Tuesday.", "Carvia and Ostrel reopen three border crossings on Wednesday."},
		"short in long":          {first(talks, 1), talks},
		"nothing":                {"", ""},
		"no words":               {"—", "…"},
	} {
		if overlap, same := Same(SketchOf(pair[0]), SketchOf(pair[1])); same {
			t.Errorf("%s: copies, overlap %.2f", name, overlap)
		}
	}
}

// TestOverlap wants the estimate near the truth: half of the words of a text stand in it.
func TestOverlap(t *testing.T) {
	half := talks[:len(talks)/2]
	for name, c := range map[string]struct {
		text      string
		low, high float64
	}{"equal": {talks, 1, 1}, "half": {half, 0.85, 1}, "half and other": {half + "\n\n" + exercise[:len(half)], 0.4, 0.65}, "other": {exercise, 0, 0.1}} {
		if overlap, _ := Same(SketchOf(talks), SketchOf(c.text)); overlap < c.low || overlap > c.high {
			t.Errorf("%s: overlap %.2f, want %.2f to %.2f", name, overlap, c.low, c.high)
		}
	}
}

// TestShortTexts wants equal ones alone to be copies, also where they are fewer words
// than a shingle.
func TestShortTexts(t *testing.T) {
	for _, text := range []string{"Quake", "Carvia mourns", "The port of Sella is closed until further notice, the harbour master said."} {
		if _, same := Same(SketchOf(text), SketchOf(strings.ToUpper(text)+"!")); !same {
			t.Errorf("%q is no copy of itself", text)
		}
	}
}

// TestSketchStays fails when a sketch comes out otherwise than it did: databases keep
// them. Whoever means it raises sketchFormat.
func TestSketchStays(t *testing.T) {
	s := SketchOf(talks)
	if keys := s.Bands(); s.Words != wantWords || s.Signature[0] != wantFirst || s.Signature[119] != wantLast || len(keys) != 40 || keys[39] != wantKey {
		t.Errorf("%d shingles, signature %#x … %#x, %d keys, the last %#x", s.Words, s.Signature[0], s.Signature[119], len(keys), keys[len(keys)-1])
	}
}

const (
	wantWords = 216
	wantFirst = 0x1555bee
	wantLast  = 0x56f57
	wantKey   = 0xfe77efeb7cfb406a
)

// TestSketchBytes wants back what was stored, and a fault for anything else.
func TestSketchBytes(t *testing.T) {
	for _, text := range []string{talks, "Quake", ""} {
		want := SketchOf(text)
		got, err := SketchFromBytes(want.Bytes())
		if err != nil || got.Words != want.Words || !slices.Equal(got.Signature, want.Signature) {
			t.Errorf("%.20q: got %v, %v", text, got, err)
		}
	}
	b := SketchOf(talks).Bytes()
	if len(b) != 485 {
		t.Errorf("%d bytes", len(b))
	}
	other := slices.Clone(b)
	other[0]++
	empty := slices.Clone(b)
	copy(empty[1:5], make([]byte, 4))
	for name, b := range map[string][]byte{"nothing": nil, "cut": b[:len(b)-1], "longer": append(b, 0), "other format": other, "no shingles": empty, "no signature": b[:5]} {
		if s, err := SketchFromBytes(b); err == nil {
			t.Errorf("%s: read as %v", name, s)
		}
	}
}

func shareKey(a, b Sketch) bool {
	keys := b.Bands()
	return slices.ContainsFunc(a.Bands(), func(k uint64) bool { return slices.Contains(keys, k) })
}

func FuzzSketch(f *testing.F) {
	f.Add(talks, exercise)
	f.Add("", "one")
	f.Add("ein Wort ß İ", "\xff\xfe nichts — 7½ 北京")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := SketchOf(x), SketchOf(y)
		if overlap, same := Same(a, a); same != (a.Words > 0) || same && overlap != 1 {
			t.Errorf("%q and itself: %v %v", x, overlap, same)
		}
		ab, same := Same(a, b)
		if ba, back := Same(b, a); ab != ba || same != back {
			t.Errorf("%q, %q: %v %v, from the other side %v %v", x, y, ab, same, ba, back)
		}
		if ab < 0 || ab > 1 {
			t.Errorf("%q, %q: overlap %v", x, y, ab)
		}
		if same && a.Words == b.Words && slices.Equal(a.Signature, b.Signature) && !shareKey(a, b) {
			t.Errorf("%q, %q: equal, but no key in common", x, y)
		}
		back, err := SketchFromBytes(a.Bytes())
		if err != nil || back.Words != a.Words || !slices.Equal(back.Signature, a.Signature) {
			t.Errorf("%q: stored and read: %v", x, err)
		}
		SketchFromBytes([]byte(x)) //nolint:errcheck // must not panic
	})
}

// article500 is about an article of 500 words.
var article500 = strings.Join(strings.Fields(strings.Repeat(talks+" "+exercise+" ", 2))[:500], " ")

func BenchmarkSketch(b *testing.B) {
	for b.Loop() {
		SketchOf(article500)
	}
}

func BenchmarkSame(b *testing.B) {
	x, y := SketchOf(talks), SketchOf(exercise)
	for b.Loop() {
		Same(x, y)
	}
}
