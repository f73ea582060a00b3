package score

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragoman"
	"dragoman/pipeline"
	"dragoman/store"
	"dragoman/story"
)

// CoreferenceScore says how well it is found that several articles tell one event, on
// ECB+ (Cybulska and Vossen 2014), whose topics hold two sub-topics each: two events of a
// kind, often with the same parties. Every article has the same day of publication, which
// makes it hard on purpose. Pairs are of reports of different articles, both on an event
// that the corpus names across articles.
type CoreferenceScore struct {
	Articles, Reports int
	OnMarks           int // reports whose trigger stands on such an event
	Pairs             Counts
	Cubed             Cubed
	Apart             Share // of all joined pairs, whatever they stand on: those across sub-topics
	ApartOnMarks      Share // the same of pairs
	Types             map[string]Counts
	// Why pairs were missed: read as of two types, never asked about, judged to be two.
	TwoTypes, NotAsked, JudgedTwo int
}

// Cubed is B³ (Bagga and Baldwin 1998): of the group that each report was put in, and of
// the group that it belongs to, the share that is in the other, summed up.
type Cubed struct {
	Reports           int
	Precision, Recall float64
}

// String gives precision, recall and F1 in per cent.
func (c Cubed) String() string {
	n := float64(max(c.Reports, 1))
	p, r := 100*c.Precision/n, 100*c.Recall/n
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("P %.1f R %.1f F1 %.1f (%d reports)", p, r, f, c.Reports)
}

// String gives the score as lines.
func (s CoreferenceScore) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %d reports, %d of them on named events\n", s.Articles, s.Reports, s.OnMarks)
	fmt.Fprintf(&b, "pairs across articles %v\n", s.Pairs)
	fmt.Fprintf(&b, "B3 %v\n", s.Cubed)
	fmt.Fprintf(&b, "joined pairs across sub-topics %v %% (%d of %d), on named events %v %% (%d of %d)\n",
		s.Apart, s.Apart.Right, s.Apart.Of, s.ApartOnMarks, s.ApartOnMarks.Right, s.ApartOnMarks.Of)
	fmt.Fprintf(&b, "missed pairs: %d of two types, %d not asked about, %d judged two\n", s.TwoTypes, s.NotAsked, s.JudgedTwo)
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		if c := s.Types[name]; c.Gold+c.Found >= fewPairs {
			fmt.Fprintf(&b, "%s %v\n", name, c)
		}
	}
	return b.String()
}

// fewPairs is how many a type must have to be shown by itself.
const fewPairs = 10

// markedDay is when all articles are said to be published: after the latest of them, for
// what is told of a day to come is read as a plan.
var markedDay = dragoman.DayOf(2014, 6, 30)

// leastSure is the confidence from which reports are filed.
const leastSure = 0.1

// Coreference stores the articles of an ECB+ archive (.tar.gz) one by one in a new
// database, and compares what desk joins there with what the corpus says is one event.
func Coreference(r *pipeline.Reader, desk *story.Desk, file string) (fmt.Stringer, error) {
	articles, err := readMarkedArticles(file)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dragoman-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(dir, "events.db"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	l := listener{Judge: desk, asked: map[int64][]int64{}}
	var all []told
	for i := range articles {
		doc := r.Read(articles[i].Article)
		f := desk.File(&doc, nil, "", leastSure)
		reports, err := saved(ctx, db, &f, l)
		if err != nil {
			return nil, err
		}
		for _, r := range reports {
			all = append(all, told{r, articles[i].story, articles[i].eventAt(r.Trigger), l.asked[r.Number]})
		}
	}
	s := scoreCoreference(all)
	s.Articles = len(articles)
	return s, nil
}

// saved stores an article and returns its reports as they are then.
func saved(ctx context.Context, db *store.DB, f *dragoman.Filing, judge dragoman.Judge) ([]dragoman.Report, error) {
	number, _, err := db.Save(ctx, f, judge)
	if err != nil {
		return nil, err
	}
	return db.ReportsIn(ctx, number)
}

// listener is a judge of whom it is known what it was asked.
type listener struct {
	dragoman.Judge
	asked map[int64][]int64 // number of a report: of the occurrences
}

func (l listener) Joins(r *dragoman.Report, candidates []dragoman.Occurrence, sameText []bool) int {
	for i := range candidates {
		l.asked[r.Number] = append(l.asked[r.Number], candidates[i].Number)
	}
	return l.Judge.Joins(r, candidates, sameText)
}

// told is a report of a stored article.
type told struct {
	dragoman.Report
	story string  // the sub-topic
	gold  string  // what the corpus calls its event; empty where it does not
	asked []int64 // the occurrences that it was compared with
}

// scoreCoreference compares reports, in the order in which they were stored.
func scoreCoreference(all []told) CoreferenceScore {
	s := CoreferenceScore{Reports: len(all), Types: map[string]Counts{}}
	for i := range all {
		if all[i].gold != "" {
			s.OnMarks++
		}
		for j := range i {
			if all[i].Article != all[j].Article {
				s.compare(&all[j], &all[i])
			}
		}
	}
	s.Cubed = cubed(all)
	return s
}

// compare counts a pair of reports, of which b was stored later.
func (s *CoreferenceScore) compare(a, b *told) {
	joined := a.Occurrence == b.Occurrence
	if joined {
		s.Apart.count(a.story != b.story)
	}
	if a.gold == "" || b.gold == "" {
		return
	}
	same := a.gold == b.gold
	s.Pairs.pair(joined, same)
	if a.Type == b.Type {
		c := s.Types[a.Type]
		c.pair(joined, same)
		s.Types[a.Type] = c
	}
	switch {
	case joined:
		s.ApartOnMarks.count(a.story != b.story)
	case !same:
	case a.Type != b.Type:
		s.TwoTypes++
	case slices.Contains(b.asked, a.Occurrence):
		s.JudgedTwo++
	default:
		s.NotAsked++
	}
}

// pair counts a pair.
func (c *Counts) pair(joined, same bool) {
	if same {
		c.Gold++
	}
	if joined {
		c.Found++
	}
	if joined && same {
		c.Right++
		c.GoldRight++
	}
}

// cubed takes B³ of the reports on events that the corpus names.
func cubed(all []told) (c Cubed) {
	type cell struct {
		occurrence int64
		gold       string
	}
	both, found, gold := map[cell]int{}, map[int64]int{}, map[string]int{}
	for i := range all {
		if t := &all[i]; t.gold != "" {
			c.Reports++
			both[cell{t.Occurrence, t.gold}]++
			found[t.Occurrence]++
			gold[t.gold]++
		}
	}
	for i := range all {
		if t := &all[i]; t.gold != "" {
			n := float64(both[cell{t.Occurrence, t.gold}])
			c.Precision += n / float64(found[t.Occurrence])
			c.Recall += n / float64(gold[t.gold])
		}
	}
	return c
}

// markedArticle is an article of ECB+ with the events that are marked in it.
type markedArticle struct {
	dragoman.Article
	story  string // the sub-topic: "12" of ECB, "12plus" of those that ECB+ added
	events []markedEvent
}

// markedEvent is the words that tell an event, and what the corpus calls it across articles.
type markedEvent struct {
	words []dragoman.Span
	name  string
}

// eventAt returns the name of the event that a trigger tells, empty for none.
func (a *markedArticle) eventAt(trigger dragoman.Span) string {
	for _, e := range a.events {
		if slices.ContainsFunc(e.words, trigger.Overlaps) {
			return e.name
		}
	}
	return ""
}

// readMarkedArticles reads the articles of an archive, topic by topic, in order of their
// names, so that those of both sub-topics are mixed.
func readMarkedArticles(file string) ([]markedArticle, error) {
	var all []markedArticle
	err := eachIn(file, func(name string, r io.Reader) error {
		a, err := readMarked(r, name)
		all = append(all, a)
		return err
	}, ".xml")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b markedArticle) int {
		return cmp.Or(cmp.Compare(topicOf(a.ID), topicOf(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// topicOf returns the topic of an article of ECB+: "12" of "12_3ecbplus.xml".
func topicOf(name string) string {
	topic, _, _ := strings.Cut(name, "_")
	return topic
}

// catMarks is what CAT's format says of marked words.
type catMarks struct {
	Tokens []catToken `xml:"token"`
	Marked struct {
		Each []struct {
			XMLName xml.Name
			ID      string `xml:"m_id,attr"`
			Words   []struct {
				ID string `xml:"t_id,attr"`
			} `xml:"token_anchor"`
		} `xml:",any"`
	} `xml:"Markables"`
	Relations struct {
		Same []struct {
			Name    string `xml:"note,attr"`
			Sources []struct {
				ID string `xml:"m_id,attr"`
			} `xml:"source"`
		} `xml:"CROSS_DOC_COREF"`
	} `xml:"Relations"`
}

// readMarked reads an article. Its marked events are those that the corpus names.
func readMarked(r io.Reader, name string) (markedArticle, error) {
	var x catMarks
	if err := xml.NewDecoder(r).Decode(&x); err != nil {
		return markedArticle{}, err
	}
	plus := strings.HasSuffix(name, "plus.xml")
	a := markedArticle{story: topicOf(name)}
	if plus {
		a.story += "plus"
	}
	a.Article = dragoman.Article{ID: name, Language: "en", Published: markedDay}
	var at map[string]dragoman.Span
	a.Text, at = rebuilt(x.Tokens, plus)
	names := map[string]string{}
	for _, same := range x.Relations.Same {
		for _, m := range same.Sources {
			names[m.ID] = same.Name
		}
	}
	for _, m := range x.Marked.Each {
		if !strings.Contains(m.XMLName.Local, "ACTION_") || names[m.ID] == "" {
			continue
		}
		e := markedEvent{name: names[m.ID]}
		for _, w := range m.Words {
			if span := at[w.ID]; !span.Empty() {
				e.words = append(e.words, span)
			}
		}
		a.events = append(a.events, e)
	}
	return a, nil
}

// rebuilt makes a text of words again, with the place of each. What does not end as a
// sentence does, a headline or a day, stands by itself; a web address is left out. plus
// says that words are cut at hyphens and figures at points, as they are in ECB+ alone.
func rebuilt(words []catToken, plus bool) (string, map[string]dragoman.Span) {
	var b strings.Builder
	at := map[string]dragoman.Span{}
	between, quoted := "", false
	for len(words) > 0 {
		sentence := firstSentence(words)
		words = words[len(sentence):]
		if sentence[0].Form == "http" {
			continue
		}
		b.WriteString(between)
		for i, w := range sentence {
			if i > 0 && !glued(sentence, i, plus, quoted) {
				b.WriteByte(' ')
			}
			if w.Form == `"` { // opens where a sentence begins, closes where it ends
				quoted = i == 0 || !quoted && i < len(sentence)-1
			}
			form := plainQuotes.Replace(strings.TrimSpace(w.Form))
			at[w.ID] = dragoman.Span{Start: b.Len(), End: b.Len() + len(form)}
			b.WriteString(form)
		}
		between = "\n\n"
		if last := sentence[len(sentence)-1].Form; strings.ContainsAny(last, ".?!\"'”’") {
			between = " "
		}
	}
	return b.String(), at
}

var plainQuotes = strings.NewReplacer("``", `"`, "''", `"`)

// firstSentence returns the words up to the end of their first sentence.
func firstSentence(words []catToken) []catToken {
	for i := range words {
		if words[i].Sentence != words[0].Sentence {
			return words[:i]
		}
	}
	return words
}

// glued reports whether no blank stands before word i of a sentence, which is not the
// first. quoted says whether a straight quotation mark is open.
func glued(sentence []catToken, i int, plus, quoted bool) bool {
	form, before := sentence[i].Form, sentence[i-1].Form
	switch {
	case strings.Contains(closing, form+" "), strings.HasPrefix(form, "'"), form == "n't", form == `"` && (quoted || i == len(sentence)-1):
		return true
	case strings.Contains(opening, before+" "), before == `"` && quoted:
		return true
	case i > 1 && before == "’":
		return strings.Contains(shortened, form+" ")
	case !plus:
		return false
	case strings.Contains("- / _ ", form+" "), strings.Contains("- / _ ", before+" "):
		return true
	}
	if i == 1 {
		return false
	}
	// "3 . 6", "8 : 30", "20 , 000", "U . S", "a . m"
	first := sentence[i-2].Form
	figures := number(first) && number(form) && (before == "." || before == ":" || before == "," && len(form) == 3)
	return figures || before == "." && len(first) == 1 && len(form) == 1
}

// Words that no blank follows, that none stands before, and what is left of words that a
// raised comma shortens; each with a blank behind it.
const (
	opening   = "`` “ ‘ ( [ $ £ € # @ "
	closing   = "'' ” ’ ) ] . , ; : ? ! % … "
	shortened = "s t d m re ve ll "
)

func number(form string) bool { return form != "" && strings.Trim(form, "0123456789") == "" }
