package score

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/article"
	"dragoman/data"
	"dragoman/event"
	"dragoman/mention"
)

// GoldReading is an article in which every event is marked.
type GoldReading struct {
	dragoman.Article
	Use    string // look and learn: to learn from; measure and control: only to measure on
	Events []GoldEvent
}

// GoldEvent is a marked event. Actors, recipients and the source are told by the
// words that name them best anywhere in the article.
type GoldEvent struct {
	Tellings           []dragoman.Span // triggers
	Type               string
	Status             dragoman.Status
	Actors, Recipients []dragoman.Span
	Place, Source      dragoman.Span // empty where there is none
	Sure               bool          // false where it is open to dispute
}

// ReadReadings reads the marks of a folder (articles.tsv, events.tsv) and finds
// the texts that they are of in a folder of corpora. Spans in the marks are code
// points, half-open; an article is told by the hash of its text.
func ReadReadings(marks, corpora string) ([]GoldReading, error) {
	if _, err := os.Stat(marks); err != nil {
		return nil, fmt.Errorf("%w: the folder of marks is in that of the project; run this there", err)
	}
	files := os.DirFS(marks)
	articles, err := data.Read(files, "articles.tsv", "article", "file", "use")
	if err != nil {
		return nil, err
	}
	var all []GoldReading
	at := map[string]int{}
	wanted := map[string]int{} // how many of a file
	for i := range articles.Len() {
		at[articles.Value(i, "article")] = len(all)
		wanted[articles.Value(i, "file")]++
		all = append(all, GoldReading{Article: dragoman.Article{ID: articles.Value(i, "article")}, Use: articles.Value(i, "use")})
	}
	for i := range articles.Len() {
		file := articles.Value(i, "file")
		if wanted[file] == 0 {
			continue
		}
		err := eachText(filepath.Join(corpora, filepath.FromSlash(file)), func(name, text string) bool {
			if k, ok := at[article.Hash(text)]; ok && all[k].Text == "" {
				all[k].Article = dragoman.Article{ID: all[k].ID, Text: text, Language: "en", Published: dragoman.NoDay}
				if a, err := article.Parse(name, []byte(text)); err == nil && name != "" {
					all[k].Title = a.Title
				}
				wanted[file]--
			}
			return wanted[file] > 0
		})
		if err != nil {
			return nil, err
		}
		if wanted[file] > 0 {
			return nil, fmt.Errorf("%s lacks %d of the articles that are marked", file, wanted[file])
		}
	}
	events, err := data.Read(files, "events.tsv", "article", "triggers", "type", "status", "actors", "recipients", "place", "source", "sure")
	if err != nil {
		return nil, err
	}
	points := map[string][]int{}
	for i := range events.Len() {
		id := events.Value(i, "article")
		k, ok := at[id]
		if !ok {
			return nil, events.Fault(i, "articles.tsv has no article %q", id)
		}
		if points[id] == nil {
			points[id] = codePoints(all[k].Text)
		}
		spans := func(column string) (out []dragoman.Span) {
			for _, s := range events.List(i, column) {
				var span dragoman.Span
				if span, err = spanOfPoints(points[id], s); err == nil {
					out = append(out, span)
				} else {
					err = events.Fault(i, "%s: %v", column, err)
					return nil
				}
			}
			return out
		}
		one := func(column string) (span dragoman.Span) {
			if s := spans(column); len(s) > 0 {
				span = s[0]
			}
			return span
		}
		e := GoldEvent{spans("triggers"), events.Value(i, "type"), dragoman.Status(events.Value(i, "status")),
			spans("actors"), spans("recipients"), one("place"), one("source"), events.Value(i, "sure") != "no"}
		if err != nil {
			return nil, err
		}
		all[k].Events = append(all[k].Events, e)
	}
	return all, nil
}

// spanOfPoints reads "12-20" as bytes.
func spanOfPoints(points []int, s string) (dragoman.Span, error) {
	a, b, _ := strings.Cut(s, "-")
	from, err := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	if err = errors.Join(err, err2); err == nil && (from < 0 || to <= from || to >= len(points)) {
		err = fmt.Errorf("%q is no span of the article", s)
	}
	if err != nil {
		return dragoman.Span{}, err
	}
	return dragoman.Span{Start: points[from], End: points[to]}, nil
}

// pageSentences is how many sentences of a corpus that does not tell its articles make a text.
const pageSentences = 6

// eachText hands the texts of JSON Lines, of the files *.txt of an archive (.tar.gz) with
// their names, or of a corpus of sentences (.csv.gz), six at a time, to yield until it
// returns false.
func eachText(file string, yield func(name, text string) bool) error {
	if strings.HasSuffix(file, ".csv.gz") {
		docs, err := mention.ReadCorpus(file)
		if err != nil {
			return err
		}
		var sentences []mention.AnnotatedSentence
		for _, d := range docs {
			sentences = append(sentences, d.Sentences...)
		}
		for page := range slices.Chunk(sentences, pageSentences) {
			if _, text := placed(&mention.Annotated{Sentences: page}, "", false, &NameScore{}); !yield("", text) {
				break
			}
		}
		return nil
	}
	if strings.HasSuffix(file, ".tar.gz") {
		enough := errors.New("enough")
		err := eachIn(file, func(name string, r io.Reader) error {
			b, err := io.ReadAll(r)
			if err == nil && !yield(name, string(b)) {
				err = enough
			}
			return err
		}, ".txt")
		if errors.Is(err, enough) {
			return nil
		}
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for lines := json.NewDecoder(z); ; {
		var a struct{ Text string }
		if err := lines.Decode(&a); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if !yield("", a.Text) {
			return nil
		}
	}
}

// ReadingScore says how well the events of whole articles are found. An event is
// found where a record tells it: their triggers share a character, or they are of
// one type and told in one sentence; every event and every record counts once.
// Events that are not sure, and records of these, are left out.
type ReadingScore struct {
	Articles                int
	Found, Typed, Who, Full Counts // found; + its type; + its parties; + its status and who says so
	Sound                   Counts // typed, and nothing that the record says of parties and status is wrong; it may lack some
	// Of typed events, how many have this right.
	Status, Actors, Recipients, Place, Source Share
	Invented                                  Share   // told as the outlet's word though somebody in the article claims it
	Bins                                      [10]Bin // by confidence, tenths
}

// Share is how many of so many are right.
type Share struct{ Right, Of int }

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// String gives the share in per cent.
func (s Share) String() string {
	return fmt.Sprintf("%.1f", 100*float64(s.Right)/float64(max(s.Of, 1)))
}

// Bin is the records of a range of confidence: how many are sound, and the sum of
// their confidences.
type Bin struct {
	Share
	Sum float64
}

// file counts a record of a confidence.
func (s *ReadingScore) file(confidence float64, right bool) {
	bin := &s.Bins[min(int(confidence*10), 9)]
	bin.Sum += confidence
	bin.count(right)
}

// Error is the expected calibration error in per cent (Naeini et al. 2015).
func (s ReadingScore) Error() float64 {
	n, sum := 0, 0.0
	for _, b := range s.Bins {
		n += b.Of
		sum += math.Abs(b.Sum - float64(b.Right))
	}
	return 100 * sum / float64(max(n, 1))
}

// String gives the score as lines.
func (s ReadingScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles%16s%8s%8s%8s%8s\n", s.Articles, "P", "R", "F1", "gold", "found")
	for _, row := range []struct {
		name string
		c    Counts
	}{{"found", s.Found}, {"with type", s.Typed}, {"and parties", s.Who}, {"and status, source", s.Full}, {"nothing wrong", s.Sound}} {
		row.c.writeRow(&b, row.name)
	}
	fmt.Fprintf(&b, "of those with their type: status %v  actors %v  recipients %v  place %v  source %v; a claim told as the outlet's word %v\n", s.Status, s.Actors, s.Recipients, s.Place, s.Source, s.Invented)
	fmt.Fprintf(&b, "calibration error %.1f; right of confidence", s.Error())
	for i, bin := range s.Bins {
		if bin.Of > 0 {
			fmt.Fprintf(&b, "  %.1f: %v of %d", float64(i)/10, bin.Share, bin.Of)
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// ReadingScores are scores by the use of the articles.
type ReadingScores map[string]*ReadingScore

// String gives the scores of every use, each line with its name.
func (s ReadingScores) String() string {
	var b strings.Builder
	for _, use := range slices.Sorted(maps.Keys(s)) {
		for line := range strings.Lines(s[use].String()) {
			fmt.Fprintf(&b, "%s: %s", use, line)
		}
	}
	return b.String()
}

// Readings reads the articles that are marked and compares their events; those that only
// models learn from would tell nothing and are left out.
func Readings(read dragoman.Reader, marks, corpora string) (ReadingScores, error) {
	all, err := ReadReadings(marks, corpora)
	if err != nil {
		return nil, err
	}
	scores := ReadingScores{}
	for i := range all {
		if all[i].Use == "learn" {
			continue
		}
		s := scores[all[i].Use]
		if s == nil {
			s = &ReadingScore{}
			scores[all[i].Use] = s
		}
		doc := read.Read(all[i].Article)
		s.Add(&all[i], &doc)
	}
	return scores, nil
}

// Lesson is a marked article that was read, to teach the event coder with.
type Lesson struct {
	Doc        dragoman.Document
	Predicates []event.Predicate // with their types; without those that are open to dispute
	Candidates []event.Candidate // with their roles, of the events that are marked
	gold       *GoldReading
}

// Lessons reads the marked articles that are for any of the uses.
func Lessons(read dragoman.Reader, coder *event.Coder, marks, corpora string, uses ...string) ([]Lesson, error) {
	all, err := ReadReadings(marks, corpora)
	if err != nil {
		return nil, err
	}
	var lessons []Lesson
	for i := range all {
		if slices.Contains(uses, all[i].Use) {
			l := Lesson{Doc: read.Read(all[i].Article), gold: &all[i]}
			predicates, candidates := coder.Study(&l.Doc)
			l.Predicates, l.Candidates = l.teach(predicates), l.teachWho(candidates, coder.Code(&l.Doc))
			lessons = append(lessons, l)
		}
	}
	return lessons, nil
}

// teach gives the predicates types and statuses: those of the event of which one is the
// head of a trigger.
func (l *Lesson) teach(predicates []event.Predicate) []event.Predicate {
	doc := &l.Doc
	at := map[int]int{} // token → predicate
	for i, p := range predicates {
		at[p.Token] = i
	}
	disputed := map[int]bool{}
	for _, e := range l.gold.Events {
		for _, span := range e.Tellings {
			head := -1
			for i := range doc.Tokens {
				if _, ok := at[i]; !ok || !span.Overlaps(doc.Tokens[i].Span) {
					continue
				}
				if h := doc.Arcs[i].Head; head < 0 || h < 0 || !span.Overlaps(doc.Tokens[h].Span) {
					head = i
				}
			}
			switch {
			case head < 0:
			case e.Sure:
				predicates[at[head]].Type, predicates[at[head]].Status = e.Type, e.Status
			default:
				disputed[head] = true
			}
		}
	}
	return slices.DeleteFunc(predicates, func(p event.Predicate) bool { return p.Type == "" && disputed[p.Token] })
}

// teachWho returns the candidates for the parties of those events that are marked as of
// their type, with their roles. Where both sides do it, who is a party has the role that
// the frame gives him.
func (l *Lesson) teachWho(candidates []event.Candidate, events []dragoman.Event) []event.Candidate {
	doc := l.Doc
	doc.Events = events
	of := map[int]*GoldEvent{} // token →
	for j, g := range pairEvents(l.gold, &doc) {
		if g >= 0 && l.gold.Events[g].Sure && l.gold.Events[g].Type == events[j].Type {
			for _, t := range append([]dragoman.Telling{events[j].Telling}, events[j].Also...) {
				of[t.Head] = &l.gold.Events[g]
			}
		}
	}
	var taught []event.Candidate
	for _, c := range candidates {
		g := of[c.Token]
		if g == nil || c.Type != g.Type {
			continue
		}
		is := func(spans []dragoman.Span) bool {
			return slices.ContainsFunc(spans, func(s dragoman.Span) bool { return sameActors([]dragoman.Span{s}, []int{c.Actor}, &doc) })
		}
		actor, recipient := is(g.Actors), is(g.Recipients)
		switch {
		case c.Both && (actor || recipient) && c.Told != "":
			c.Role = c.Told
		case c.Both && recipient:
			c.Role = event.AsRecipient
		case actor:
			c.Role = event.AsActor
		case recipient:
			c.Role = event.AsRecipient
		}
		taught = append(taught, c)
	}
	return taught
}

// Judge returns the events that coder finds in the article, with whether they are sound.
// Those that are not sure are left out.
func (l *Lesson) Judge(coder *event.Coder) (judged []event.Judgement) {
	doc := l.Doc
	doc.Events = coder.Code(&doc)
	signs := coder.Signs(&doc)
	for j, g := range pairEvents(l.gold, &doc) {
		e := &doc.Events[j]
		if g >= 0 && !l.gold.Events[g].Sure {
			continue
		}
		right := g >= 0 && e.Type == l.gold.Events[g].Type && e.Status == l.gold.Events[g].Status && sound(&l.gold.Events[g], e, &doc)
		judged = append(judged, event.Judgement{Signs: signs[j], Right: right})
	}
	return judged
}

// Trial sums up on one line events of the lessons that were judged, by the confidences that
// they would have: the precision where the likeliest make up so many of the events that are
// sure, the recall of all, and the calibration error.
func Trial(lessons []Lesson, judged []event.Judgement, confidences []float64) string {
	sure := 0
	for i := range lessons {
		for _, g := range lessons[i].gold.Events {
			if g.Sure {
				sure++
			}
		}
	}
	order := make([]int, len(judged))
	var s ReadingScore
	for i := range order {
		order[i] = i
		s.file(confidences[i], judged[i].Right)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(confidences[b], confidences[a]) })
	var b strings.Builder
	right, per := 0, 10
	for n, i := range order {
		if judged[i].Right {
			right++
		}
		for sure > 0 && per*sure <= right*100 {
			fmt.Fprintf(&b, "precision %.1f at recall %d  ", 100*float64(right)/float64(n+1), per)
			per += 10
		}
	}
	fmt.Fprintf(&b, "recall of all %.1f  calibration error %.1f", 100*float64(right)/float64(max(sure, 1)), s.Error())
	return b.String()
}

// Add compares one article.
func (s *ReadingScore) Add(gold *GoldReading, doc *dragoman.Document) {
	s.Articles++
	of := pairEvents(gold, doc)
	taken := make([]bool, len(gold.Events))
	for j := range doc.Events {
		e := &doc.Events[j]
		g := of[j]
		if g >= 0 && !gold.Events[g].Sure {
			taken[g] = true
			continue
		}
		for _, c := range []*Counts{&s.Found, &s.Typed, &s.Who, &s.Full, &s.Sound} {
			c.Found++
		}
		right := false
		if g >= 0 {
			taken[g] = true
			right = s.compare(&gold.Events[g], e, doc)
		}
		s.file(e.Confidence, right)
	}
	for g := range gold.Events {
		if gold.Events[g].Sure {
			for _, c := range []*Counts{&s.Found, &s.Typed, &s.Who, &s.Full, &s.Sound} {
				c.Gold++
			}
		}
	}
}

// compare counts what a record has right of its event, and reports whether it is
// sound.
func (s *ReadingScore) compare(g *GoldEvent, e *dragoman.Event, doc *dragoman.Document) bool {
	hit := func(c *Counts, right bool) bool {
		if right {
			c.Right++
			c.GoldRight++
		}
		return right
	}
	hit(&s.Found, true)
	if !hit(&s.Typed, e.Type == g.Type) {
		return false
	}
	actors, recipients := sameParties(g, e, doc)
	status, source := e.Status == g.Status, sameSource(g.Source, e, doc)
	s.Actors.count(actors)
	s.Recipients.count(recipients)
	s.Status.count(status)
	s.Source.count(source)
	s.Invented.count(!g.Source.Empty() && len(e.AccordingTo) == 0)
	s.Place.count(e.Place < 0 && g.Place.Empty() || e.Place >= 0 && !g.Place.Empty() && names(doc.Places[e.Place].Mentions, g.Place, doc))
	hit(&s.Who, actors && recipients)
	hit(&s.Full, actors && recipients && status && source)
	return hit(&s.Sound, status && sound(g, e, doc))
}

// sound reports whether all parties of the record are parties of the event.
func sound(g *GoldEvent, e *dragoman.Event, doc *dragoman.Document) bool {
	among := func(actors []int, spans []dragoman.Span) bool {
		return !slices.ContainsFunc(actors, func(a int) bool {
			return !slices.ContainsFunc(spans, func(s dragoman.Span) bool { return sameActors([]dragoman.Span{s}, []int{a}, doc) })
		})
	}
	if event.Mutual(e) {
		return among(slices.Concat(e.Actors, e.Recipients), slices.Concat(g.Actors, g.Recipients))
	}
	return among(e.Actors, g.Actors) && among(e.Recipients, g.Recipients)
}

// pairEvents gives every record the event that it tells, -1 for none: the best
// pairs first.
func pairEvents(gold *GoldReading, doc *dragoman.Document) []int {
	type pair struct{ g, e, points int }
	var pairs []pair
	for i := range gold.Events {
		for j := range doc.Events {
			if p := likeness(&gold.Events[i], &doc.Events[j], doc); p > 0 {
				pairs = append(pairs, pair{i, j, p})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.points - a.points })
	of := slices.Repeat([]int{-1}, len(doc.Events))
	taken := make([]bool, len(gold.Events))
	for _, p := range pairs {
		if of[p.e] < 0 && !taken[p.g] {
			of[p.e], taken[p.g] = p.g, true
		}
	}
	return of
}

// likeness is how well a record tells an event; 0 where it does not.
func likeness(g *GoldEvent, e *dragoman.Event, doc *dragoman.Document) int {
	touch, sentence := false, false
	for _, t := range append([]dragoman.Telling{e.Telling}, e.Also...) {
		for _, span := range g.Tellings {
			touch = touch || span.Overlaps(t.Trigger)
			sentence = sentence || sentenceOf(doc, span) == sentenceOf(doc, t.Trigger)
		}
	}
	typed := e.Type == g.Type
	if !touch && !(sentence && typed) {
		return 0
	}
	actors, recipients := sameParties(g, e, doc)
	points := 1
	for _, x := range []struct {
		yes    bool
		points int
	}{{touch, 4}, {typed, 8}, {actors, 3}, {recipients, 2}, {e.Status == g.Status, 1}} {
		if x.yes {
			points += x.points
		}
	}
	return points
}

// sentenceOf returns the number of the sentence in which a span begins.
func sentenceOf(doc *dragoman.Document, s dragoman.Span) int {
	i, _ := slices.BinarySearchFunc(doc.Sentences, s.Start, func(x dragoman.Sentence, at int) int {
		if x.Span.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// sameActors reports whether the spans name the actors, each one of them.
func sameActors(spans []dragoman.Span, actors []int, doc *dragoman.Document) bool {
	named := make([]bool, len(actors))
	for _, span := range spans {
		found := false
		for k, a := range actors {
			if names(doc.Actors[a].Mentions, span, doc) || alike(doc.Actors[a].Mentions, span, doc) || standsFor(span, &doc.Actors[a], doc) {
				named[k], found = true, true
			}
		}
		if !found {
			return false
		}
	}
	return !slices.Contains(named, false)
}

// sameParties reports whether actors and recipients are those of the event. Of what
// both sides do, a side may stand as either.
func sameParties(g *GoldEvent, e *dragoman.Event, doc *dragoman.Document) (actors, recipients bool) {
	actors, recipients = sameActors(g.Actors, e.Actors, doc), sameActors(g.Recipients, e.Recipients, doc)
	if event.Mutual(e) {
		if sameActors(slices.Concat(g.Actors, g.Recipients), slices.Concat(e.Actors, e.Recipients), doc) {
			return true, true
		}
	}
	return actors, recipients
}

// standsFor reports whether the span names a place of the state: "arrived in Tehran".
func standsFor(span dragoman.Span, state *dragoman.Actor, doc *dragoman.Document) bool {
	return state.Kind == "state" && slices.ContainsFunc(doc.Places, func(p dragoman.Place) bool {
		return p.Country == state.Country && names(p.Mentions, span, doc)
	})
}

// alike reports whether the span is of somebody without a name and one of the
// mentions has the same noun: "two armed insurgents", "the insurgents".
func alike(mentions []int, span dragoman.Span, doc *dragoman.Document) bool {
	words := doc.TextOf(span)
	if words != strings.ToLower(words) {
		return false
	}
	noun := words[strings.LastIndexByte(words, ' ')+1:]
	return slices.ContainsFunc(mentions, func(m int) bool {
		return doc.Mentions[m].Form == dragoman.Nominal && doc.Form(doc.Mentions[m].Head) == noun
	})
}

// names reports whether one of the mentions shares a character with the span.
func names(mentions []int, span dragoman.Span, doc *dragoman.Document) bool {
	return slices.ContainsFunc(mentions, func(m int) bool { return doc.Mentions[m].Span.Overlaps(span) })
}

// sameSource reports whether the record is told by whom the span names: by the
// outlet where it is empty.
func sameSource(span dragoman.Span, e *dragoman.Event, doc *dragoman.Document) bool {
	if span.Empty() || len(e.AccordingTo) == 0 {
		return span.Empty() && len(e.AccordingTo) == 0
	}
	said := e.AccordingTo[0]
	for doc.Attributions[said].Source.Empty() && doc.Attributions[said].Continues >= 0 {
		said = doc.Attributions[said].Continues
	}
	source := doc.Attributions[said].Source
	return source.Overlaps(span) || slices.ContainsFunc(doc.Actors, func(a dragoman.Actor) bool {
		return names(a.Mentions, source, doc) && names(a.Mentions, span, doc)
	})
}
