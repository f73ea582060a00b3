package score

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"dragoman"
	"dragoman/event"
)

// ReadRelations reads a table of sentences with two marked parties
// (columns marked_sentence, "<s>…</s>" the source, "<t>…</t>" the target, and gold_root or
// gold_binary, 1 for conflict and 0 for cooperation; no quoting), each sentence read by r.
func ReadRelations(path string, r dragoman.Reader) ([]event.Relation, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	header := strings.Split(lines[0], "\t")
	marked, gold, side := slices.Index(header, "marked_sentence"), slices.Index(header, "gold_root"), slices.Index(header, "gold_binary")
	if gold < 0 {
		gold = side
	}
	if marked < 0 || gold < 0 {
		return nil, fmt.Errorf("%s:1: want the columns marked_sentence and gold_root (a PLOVER type) or gold_binary (1 for conflict, 0 for cooperation)", path)
	}
	var all []event.Relation
	for n, line := range lines[1:] {
		if line == "" {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) <= max(marked, gold) {
			return nil, fmt.Errorf("%s:%d: %d columns where the header has %d", path, n+2, len(fields), len(header))
		}
		kind := fields[gold]
		switch {
		case gold != side:
		case kind == "1":
			kind = event.Conflict
		case kind == "0":
			kind = event.Cooperation
		default:
			return nil, fmt.Errorf("%s:%d: gold_binary is %q, want 1 or 0", path, n+2, kind)
		}
		text, source, target := unmark(fields[marked])
		doc := r.Read(dragoman.Article{Text: text, Published: dragoman.NoDay})
		all = append(all, event.Relation{Doc: &doc, Source: source, Target: target, Type: kind})
	}
	return all, nil
}

// unmark takes the marks out of a sentence and returns where they stood.
func unmark(marked string) (text string, source, target dragoman.Span) {
	var b strings.Builder
	for marked != "" {
		rest, found := "", false
		for mark, at := range map[string]*int{"<s>": &source.Start, "</s>": &source.End, "<t>": &target.Start, "</t>": &target.End} {
			if rest, found = strings.CutPrefix(marked, mark); found {
				*at = b.Len()
				break
			}
		}
		if found {
			marked = rest
			continue
		}
		b.WriteByte(marked[0])
		marked = marked[1:]
	}
	return b.String(), source, target
}

// RelationScore is the agreement on PLOVER's fifteen root types (CONCEDE and
// RETREAT count as YIELD) and on the four quads, in per cent; and on the side, conflict or
// cooperation, of those of which only that is known.
type RelationScore struct {
	Sentences                 int
	RootMacroF1, RootAccuracy float64
	Confidence                float64 // mean; of a calibrated model it is RootAccuracy
	QuadMacroF1, QuadAccuracy float64
	Sides                     int
	SideMacroF1, SideAccuracy float64
}

// String is one line of figures, and one of the sides.
func (s RelationScore) String() string {
	line := fmt.Sprintf("sentences %d  root: macro F1 %.1f accuracy %.1f mean confidence %.1f  quad: macro F1 %.1f accuracy %.1f",
		s.Sentences, s.RootMacroF1, s.RootAccuracy, s.Confidence, s.QuadMacroF1, s.QuadAccuracy)
	if s.Sides > 0 {
		line += fmt.Sprintf("\nsentences %d of a known side  side: macro F1 %.1f accuracy %.1f", s.Sides, s.SideMacroF1, s.SideAccuracy)
	}
	return line
}

// Relations cross-validates the relation model on the examples: each tenth is
// judged by a model trained on the other nine.
func Relations(coder *event.Coder, examples []event.Relation) (RelationScore, error) {
	const folds = 10
	roots, quads, sides := newConfusion(), newConfusion(), newConfusion()
	sure := 0.0
	for fold := range folds {
		var train []event.Relation
		for i, e := range examples {
			if i%folds != fold {
				train = append(train, e)
			}
		}
		r, err := event.NewRelater(coder.TrainRelations(train), coder)
		if err != nil {
			return RelationScore{}, err
		}
		for i := fold; i < len(examples); i += folds {
			e := examples[i]
			kind, confidence := r.Relate(e.Doc, e.Source, e.Target)
			if event.Side(e.Type) {
				_, side, _ := strings.Cut(coder.Quad(kind), "-")
				sides.add(e.Type, side)
				continue
			}
			sure += confidence
			if kind == "CONCEDE" || kind == "RETREAT" {
				kind = "YIELD"
			}
			roots.add(e.Type, kind)
			quads.add(relationQuad(coder, e.Type), relationQuad(coder, kind))
		}
	}
	return RelationScore{roots.total, roots.macroF1(), roots.accuracy(), 100 * sure / float64(max(1, roots.total)), quads.macroF1(), quads.accuracy(),
		sides.total, sides.macroF1(), sides.accuracy()}, nil
}

// relationQuad is the quad of a root as PLV groups it: YIELD is material
// cooperation, SANCTION material conflict.
func relationQuad(c *event.Coder, kind string) string {
	if kind == "YIELD" {
		return "material-cooperation"
	}
	return c.Quad(kind)
}

// confusion counts how often gold was answered by guess.
type confusion struct {
	right, gold, guess map[string]int
	total, correct     int
}

func newConfusion() *confusion {
	return &confusion{map[string]int{}, map[string]int{}, map[string]int{}, 0, 0}
}

func (c *confusion) add(gold, guess string) {
	c.gold[gold]++
	c.guess[guess]++
	c.total++
	if gold == guess {
		c.right[gold]++
		c.correct++
	}
}

func (c *confusion) accuracy() float64 { return 100 * float64(c.correct) / float64(max(1, c.total)) }

func (c *confusion) macroF1() float64 {
	sum := 0.0
	for class, n := range c.gold {
		if s := n + c.guess[class]; s > 0 {
			sum += 2 * float64(c.right[class]) / float64(s)
		}
	}
	return 100 * sum / float64(max(1, len(c.gold)))
}
