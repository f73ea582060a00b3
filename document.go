// Package dragoman holds the nouns of the program: an article, the layers that
// reading it adds, and what the outside promises. It imports the standard
// library only; every other room imports it.
//
// An article's text never changes. Each stage adds one layer that points into
// it by byte offsets, each layer has one writer, and only pipeline.Read puts
// them together. What leaves a Document (JSON, tables) is written out in full
// by the room export, with offsets in Unicode code points.
package dragoman

// Span is a half-open range of bytes of Article.Text. The zero Span means that
// the text has none.
type Span struct{ Start, End int }

// Empty reports whether s holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// In returns the characters of s in text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Article is what an outlet published. Text is as published, whitespace kept;
// where there is a Title it is the first line of Text.
type Article struct {
	ID        string
	Title     string // empty where the article has none
	Text      string // valid UTF-8
	URL       string
	Outlet    string
	Language  string // ISO 639-1; empty where unknown
	Published Day    // NoDay where unknown
	Notes     []Note // what loading found: cut short, decoded from another encoding
}

// Document is an article with its layers, in the order they are written. A
// stage reads the layers above its own and returns its own.
type Document struct {
	Article
	Sentences    []Sentence    // syntax
	Tokens       []Token       // syntax
	Tags         []Tag         // syntax       Tags[i] is of Tokens[i]
	Arcs         []Arc         // syntax       Arcs[i] is of Tokens[i]
	Attributions []Attribution // attribution  who says so
	Mentions     []Mention     // mention      names, noun phrases, pronouns, chained
	Actors       []Actor       // actor        who a mention is, on that date
	Places       []Place       // place        where a mention is
	Dates        []Date        // date         which days
	Events       []Event       // event        what was done, with evidence
	Ties         []Tie         // tie          what stands between two actors
	Notes        []Note        // about the article as a whole
}

// TextOf returns the characters of s.
func (d *Document) TextOf(s Span) string { return d.Text[s.Start:s.End] }

// Form returns the characters of token i.
func (d *Document) Form(i int) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// Sentence is a span of the text and the tokens First..End-1 that stand in it.
type Sentence struct {
	Span
	First, End int
}

// Token is a syntactic word of Universal Dependencies. "don't" is two tokens
// ("do", "n't"), the second Joined; their spans do not overlap.
type Token struct {
	Span
	Joined bool // belongs to the same multiword token as the token before it
}

// Tag is what a token is by itself.
type Tag struct {
	Lemma string
	POS   POS    // universal part of speech
	XPOS  string // Penn Treebank tag
	Feats string // "Number=Plur|Tense=Past", sorted, empty for none
}

// Has reports whether the features hold pair, such as "Number=Plur".
func (t Tag) Has(pair string) bool {
	f := t.Feats
	for len(f) >= len(pair) {
		if f[:len(pair)] == pair && (len(f) == len(pair) || f[len(pair)] == '|') {
			return true
		}
		i := 0
		for i < len(f) && f[i] != '|' {
			i++
		}
		if i == len(f) {
			return false
		}
		f = f[i+1:]
	}
	return false
}

// Arc is a token's head and its relation to it, as in Universal Dependencies.
type Arc struct {
	Head int    // index into Tokens, in the same sentence; -1 for the root
	Rel  string // "nsubj:pass"
}

// Note is a finding about the article as a whole.
type Note struct {
	Code string // "no-date", "language", "cut"
	Text string // for people: what, where, what to do
}

// MentionsByToken returns for every token the mention that it stands for: the
// one whose head it is, else the smallest name around it, else the name whose
// title it belongs to; -1 for none.
func (d *Document) MentionsByToken() []int32 {
	best := make([]int32, len(d.Tokens))
	for i := range best {
		best[i] = -1
	}
	for m, mention := range d.Mentions {
		for i := mention.First - 1; i >= 0 && !mention.Title.Empty() && mention.Title.Contains(d.Tokens[i].Span); i-- {
			if best[i] < 0 {
				best[i] = int32(m)
			}
		}
	}
	size := func(m int32) int { return d.Mentions[m].End - d.Mentions[m].First }
	named := make([]bool, len(d.Tokens))
	for m, mention := range d.Mentions {
		if mention.Form != Name {
			continue
		}
		for i := mention.First; i < mention.End; i++ {
			if !named[i] || size(best[i]) > size(int32(m)) {
				best[i], named[i] = int32(m), true
			}
		}
	}
	for m := len(d.Mentions) - 1; m >= 0; m-- {
		if h := d.Mentions[m].Head; h >= 0 && h < len(best) {
			best[h] = int32(m)
		}
	}
	return best
}

// ActorsByToken returns for every token the actor that it stands for, -1 for
// nobody; a mention that is no actor's own is that of its chain.
func (d *Document) ActorsByToken() []int {
	own := make([]int, len(d.Mentions)) // mention: actor
	for m := range own {
		own[m] = -1
	}
	for a := len(d.Actors) - 1; a >= 0; a-- {
		for _, m := range d.Actors[a].Mentions {
			own[m] = a
		}
	}
	best := make([]int, len(d.Tokens)) // token: mention, then actor
	for i, m := range d.MentionsByToken() {
		best[i] = int(m)
	}
	for i, m := range best {
		if m < 0 {
			continue
		}
		if best[i] = own[m]; best[i] < 0 {
			best[i] = own[d.Mentions[m].Chain]
		}
	}
	return best
}

// Speaker returns the actor who is the source of attribution i, its own or that
// of the attribution it continues; -1 for none. actorAt is ActorsByToken's.
func (d *Document) Speaker(i int, actorAt []int) int {
	for n := 0; i >= 0 && n <= len(d.Attributions); n++ {
		if head := d.Attributions[i].SourceHead; head >= 0 {
			return actorAt[head]
		}
		i = d.Attributions[i].Continues
	}
	return -1
}
