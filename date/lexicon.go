package date

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"dragoman/data"
)

// kind is what a word can be in an expression of time; a word can be several.
type kind uint8

// The kinds stand in data/en/dates.tsv, which also says what their values mean.
const (
	month kind = iota
	weekday
	season
	unit
	units
	ordinal
	decade
	turn
	anchored
	rolling
	recent
	period
	each
	than
	that
	deictic
	overnight
	daypart
	part
	eve
	holiday
	quarter
	fiscal
	number
	vague
	half
	ago
	earlier
	later
	hence
	after
	before
	since
	until
	by
	span
	to
	and
	of
	in
	within
	article
	indefinite
	possessive
	comma
	lead
	length
	perfect
	whole
	yearprep
	yearword
	monthprep
	doubtful
	ahead
	plan
	old
	era
	sum
	numeric
	ordsuffix
	pluralsuffix
	onset
	rest
	now
	kinds // how many there are
)

var kindNames = map[string]kind{"month": month, "weekday": weekday, "season": season, "unit": unit, "units": units,
	"ordinal": ordinal, "decade": decade, "turn": turn, "anchored": anchored, "rolling": rolling, "recent": recent,
	"period": period, "each": each, "than": than, "that": that, "deictic": deictic, "overnight": overnight, "daypart": daypart, "part": part, "eve": eve,
	"quarter": quarter, "fiscal": fiscal, "vague": vague, "half": half, "ago": ago,
	"earlier": earlier, "later": later, "hence": hence, "after": after, "before": before, "since": since,
	"until": until, "by": by, "span": span, "to": to, "and": and, "of": of, "in": in, "within": within,
	"article": article, "indefinite": indefinite, "possessive": possessive, "comma": comma, "lead": lead,
	"length": length, "perfect": perfect, "whole": whole, "yearprep": yearprep, "yearword": yearword,
	"monthprep": monthprep, "doubtful": doubtful, "ahead": ahead, "plan": plan, "old": old, "era": era, "sum": sum,
	"numeric": numeric, "ordsuffix": ordsuffix, "pluralsuffix": pluralsuffix, "onset": onset, "rest": rest, "now": now}

// openers are the kinds with which an expression can begin.
const openers = 1<<month | 1<<weekday | 1<<season | 1<<ordinal | 1<<decade | 1<<turn | 1<<recent | 1<<that | 1<<deictic |
	1<<overnight | 1<<part | 1<<eve | 1<<holiday | 1<<quarter | 1<<fiscal | 1<<number | 1<<half | 1<<earlier | 1<<later |
	1<<after | 1<<before | 1<<since | 1<<until | 1<<by | 1<<span | 1<<article | 1<<indefinite | 1<<lead | 1<<rolling | 1<<yearword |
	1<<unit | 1<<rest | 1<<onset

// entry is what a word, or a phrase, can be, and its value as each.
type entry struct {
	is      uint64
	value   [kinds]int32
	phrases []phrase // that begin with this word, longest first
}

type phrase struct {
	rest []string
	*entry
}

// Finder finds dates. It is read-only after Load.
type Finder struct {
	words    map[string]*entry
	holidays []rule
	longest  int // bytes of the longest word
}

// Load reads the tables of time words, of holidays and of numbers.
func Load(fsys fs.FS) (*Finder, error) {
	f := &Finder{words: make(map[string]*entry, 1024)}
	for _, read := range []func(fs.FS) error{f.readWords, f.readNumbers, f.readHolidays} {
		if err := read(fsys); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *Finder) readWords(fsys fs.FS) error {
	t, err := data.Read(fsys, "en/dates.tsv", "kind", "words", "value")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		v, err := strconv.Atoi(t.Value(i, "value"))
		if err != nil {
			return t.Fault(i, "value: %v", err)
		}
		k, ok := kindNames[t.Value(i, "kind")]
		if !ok {
			return t.Fault(i, "unknown kind %q", t.Value(i, "kind"))
		}
		for _, w := range t.List(i, "words") {
			if err := f.add(w, k, v); err != nil {
				return t.Fault(i, "%v", err)
			}
		}
	}
	return nil
}

func (f *Finder) readNumbers(fsys fs.FS) error {
	t, err := data.Read(fsys, "en/numbers.tsv", "word", "min", "max")
	if err != nil {
		return err
	}
	for i := range t.Len() {
		n, err := strconv.Atoi(t.Value(i, "min"))
		if err != nil {
			return t.Fault(i, "min: %v", err)
		}
		w := t.Value(i, "word")
		// "many years" is too open to reckon with, unless dates.tsv says how much.
		if e := f.words[w]; t.Value(i, "max") == "" && (e == nil || e.is&(1<<vague) == 0) {
			continue
		}
		if err := f.add(w, number, n); err != nil {
			return t.Fault(i, "%v", err)
		}
	}
	return nil
}

// add adds a word, or a phrase whose words are separated by spaces.
func (f *Finder) add(w string, k kind, value int) error {
	words := strings.Fields(w)
	if len(words) == 0 {
		return fmt.Errorf("an empty word")
	}
	e := f.words[words[0]]
	if e == nil {
		e = &entry{}
		f.words[words[0]] = e
		f.longest = max(f.longest, len(words[0]))
	}
	if len(words) > 1 {
		e = e.phrase(words[1:])
	}
	e.is |= 1 << k
	e.value[k] = int32(value)
	return nil
}

func (e *entry) phrase(rest []string) *entry {
	at := len(e.phrases)
	for i, p := range e.phrases {
		if strings.Join(p.rest, " ") == strings.Join(rest, " ") {
			return p.entry
		}
		if len(p.rest) < len(rest) {
			at = min(at, i)
		}
	}
	e.phrases = append(e.phrases, phrase{})
	copy(e.phrases[at+1:], e.phrases[at:])
	e.phrases[at] = phrase{rest, &entry{}}
	return e.phrases[at].entry
}
