package event

import (
	"slices"
	"strconv"
	"strings"

	"dragoman"
	"dragoman/learn"
	"dragoman/pattern"
)

// The roles of an actor in an event.
const (
	AsActor     = "actor"
	AsRecipient = "recipient"
)

// Candidate is an actor who may be a party of an event, as the judge sees him.
type Candidate struct {
	Token    int    // of the predicate
	Type     string // of the event
	Actor    int
	Told     string // the role that the frame gives him: "actor", "recipient" or ""
	Role     string // that he has, likewise
	Both     bool   // both sides do it, so that either may stand as either
	Features []uint64

	at   int // his word, the nearest to the predicate; -1 for none before it
	odds odds
}

// Chance returns how likely the judge thinks that a candidate has a role, "" for none: from
// 0 to 1.
func (c *Candidate) Chance(role string) float64 { return c.odds.of(role) }

// Chances of a candidate, as cross-validation on marked articles chose them: of the role
// that the frame gives him, that he keeps; and of the best, for a role that nobody has.
const (
	keeps = 0.35
	fills = 0.7
)

// Mutual reports whether both sides do what e tells, of which one may stand as either party:
// they meet, cooperate, agree, or sign.
func Mutual(e *dragoman.Event) bool {
	return e.Type == "CONSULT" || e.Type == "COOPERATE" || e.Type == "AGREE" || e.CAMEO == signing
}

// settle lets the judge correct who the parties of e are, which frame f makes of p, and
// returns the tokens that stand for them: those of who without the dropped. Actors are not
// dropped without another in their place.
func (r *reading) settle(p int, f pattern.Frame, e *dragoman.Event, who []int) []int {
	all := r.candidates(p, f, e)
	if r.heard.weighed != nil {
		r.heard.weighed(all)
	}
	r.weighed = all
	if r.judge.parties == nil {
		return who
	}
	var parties [2][]int
	taken := make([]bool, len(all))
	for n, role := range [...]string{AsActor, AsRecipient} {
		best := -1
		for i := range all {
			c := &all[i]
			if !taken[i] && c.Told == role && r.together(all, i, who) >= keeps {
				parties[n], taken[i] = append(parties[n], c.Actor), true
			} else if !taken[i] && c.Chance(role) >= fills && !(role == AsRecipient && e.Type == "ACCUSE" && r.suffers(c.Actor, c.at)) && (best < 0 || c.Chance(role) > all[best].Chance(role)) {
				best = i
			}
		}
		if i := r.whose(all, best, role); len(parties[n]) == 0 && i >= 0 && !taken[i] {
			parties[n], taken[i] = append(parties[n], all[i].Actor), true
		}
		switch {
		case len(parties[n]) > 0:
		case best >= 0:
			for i := range all { // and who stands in the same phrase: "the two countries", "X and Y"
				if role == AsRecipient && i != best && slices.ContainsFunc(e.Actors, func(a int) bool { return r.ownState(a, all[i].Actor) }) {
					continue // "tensions between Tehran and Washington since Trump quit the deal": Tehran's loss alone
				}
				if i == best || !taken[i] && all[best].at >= 0 && r.phrase(all[i].at) == r.phrase(all[best].at) {
					parties[n], taken[i] = append(parties[n], all[i].Actor), true
				}
			}
		case role == AsActor:
			parties[n] = e.Actors
			for i := range all {
				taken[i] = taken[i] || all[i].Told == AsActor
			}
		}
	}
	for n, old := range []*[]int{&e.Actors, &e.Recipients} {
		if !sameSet(*old, parties[n]) {
			e.Because = append(e.Because, judgedAs+[...]string{AsActor, AsRecipient}[n])
			*old = parties[n]
		}
	}
	who = slices.DeleteFunc(who, func(t int) bool { // what stands only for those who were dropped
		told := r.s.Actors(t)
		return len(told) > 0 && !slices.ContainsFunc(told, func(a int) bool { return slices.Contains(e.Actors, a) || slices.Contains(e.Recipients, a) })
	})
	for i := range all {
		if c := &all[i]; taken[i] && c.Told == "" && r.inSentence(c.at, p) {
			who = append(who, c.at)
		}
	}
	return who
}

// whose returns the person who has the role by the frame and in whose phrase the state that
// candidate i is, who may be -1, only says whose he is: "an Iranian official" who condemns is
// not Iran; -1 for none.
func (r *reading) whose(all []Candidate, i int, role string) int {
	if i < 0 || all[i].at < 0 || r.doc.Actors[all[i].Actor].Kind != "state" {
		return -1
	}
	return slices.IndexFunc(all, func(x Candidate) bool {
		if x.Told != role || x.at < 0 || x.at == all[i].at || !r.s.Above(x.at, all[i].at) || r.s.Is(all[i].at, "conj") {
			return false
		}
		m := r.s.Mention(x.at)
		return m >= 0 && r.doc.Mentions[m].Class == dragoman.Person && r.doc.Mentions[m].First <= all[i].at && all[i].at < r.doc.Mentions[m].End
	})
}

// inSentence reports whether token, which may be -1, stands in the sentence of p.
func (r *reading) inSentence(token, p int) bool {
	s := r.doc.Sentences[r.s.Sentence(p)]
	return token >= s.First && token < s.End
}

// together returns how likely those who stand in one phrase with candidate i, and have his
// role by the frame, have it: as the likeliest of them. who are the tokens that stand for
// parties: "the two countries" for two.
func (r *reading) together(all []Candidate, i int, who []int) float64 {
	c := &all[i]
	best := c.party(c.Told)
	for k := range all {
		x := &all[k]
		if x.Told == c.Told && (c.at >= 0 && r.phrase(x.at) == r.phrase(c.at) || slices.ContainsFunc(who, func(t int) bool {
			both := r.s.Actors(t)
			return slices.Contains(both, x.Actor) && slices.Contains(both, c.Actor)
		})) {
			best = max(best, x.party(c.Told))
		}
	}
	return best
}

// phrase returns the first of a list that token is one of; token itself elsewhere.
func (r *reading) phrase(token int) int {
	for n := 0; token >= 0 && n < lookUp && r.s.Is(token, "conj"); n++ {
		token = r.s.Head(token)
	}
	return token
}

// lookUp bounds how many of a list are passed on the way to its first.
const lookUp = 20

// party returns how likely a candidate has a role; where it may stand for the other one
// and the frame gives him either, how likely he is a party at all.
func (c *Candidate) party(role string) float64 {
	if c.Both && c.Told != "" {
		return c.Chance(AsActor) + c.Chance(AsRecipient)
	}
	return c.Chance(role)
}

// supply lets the judge name the actor of e where the frame finds none, and returns the
// token that stands for him.
func (r *reading) supply(p int, f pattern.Frame, e *dragoman.Event) []int {
	if r.judge.parties == nil {
		return nil
	}
	all := r.candidates(p, f, e)
	best := -1
	thing := r.neuter()
	for i := range all {
		if thing && r.doc.Actors[all[i].Actor].Kind == "person" {
			continue
		}
		if chance := all[i].Chance(AsActor); chance >= fills && (best < 0 || chance > all[best].Chance(AsActor)) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	e.Actors = []int{all[best].Actor}
	if !r.inSentence(all[best].at, p) {
		return nil
	}
	return []int{all[best].at}
}

// neuter reports whether "it" or "they" does what r.args are of: no person does.
func (r *reading) neuter() bool {
	return slices.ContainsFunc(r.args, func(x pattern.Arg) bool {
		m := r.s.Mention(x.Token)
		return x.Slot == "subj" && m >= 0 && r.doc.Mentions[m].Form == dragoman.Pronoun && r.doc.Mentions[m].Class != dragoman.Person && r.doc.Tags[x.Token].Has("Person=3")
	})
}

func sameSet(a, b []int) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x int) bool { return !slices.Contains(b, x) })
}

// candidates lists who may be a party of e, which frame f makes of p: who is mentioned in
// the sentence or the one before, who speaks it, and whom the frame chose.
func (r *reading) candidates(p int, f pattern.Frame, e *dragoman.Event) []Candidate {
	sent := r.s.Sentence(p)
	s := r.doc.Sentences[sent]
	var all []Candidate
	find := func(a int) *Candidate {
		for i := range all {
			if all[i].Actor == a {
				return &all[i]
			}
		}
		return nil
	}
	put := func(a, at int) {
		c := find(a)
		if c == nil {
			all = append(all, Candidate{Token: p, Type: e.Type, Actor: a, Both: Mutual(e) || f.Flags["mutual"], at: at})
		} else if at >= s.First && max(at-p, p-at) < max(c.at-p, p-c.at) {
			c.at = at
		}
	}
	mentioned := func(s dragoman.Sentence) {
		for i := s.First; i < s.End; i++ {
			if m := r.s.Mention(i); i != p && m >= 0 && r.doc.Mentions[m].Head == i {
				for _, a := range r.s.Actors(i) {
					put(a, i)
				}
			}
		}
	}
	mentioned(s)
	slots := map[int]string{}
	for _, x := range r.args {
		for _, a := range r.s.Actors(x.Token) {
			if _, ok := slots[a]; !ok {
				put(a, x.Token)
				find(a).at, slots[a] = x.Token, x.Slot
			}
		}
	}
	speakers := r.s.Speakers(p)
	for _, a := range slices.Concat(e.Actors, e.Recipients, speakers) {
		if find(a) == nil {
			put(a, r.lastBefore(a, s.First))
		}
	}
	here := len(all)
	if sent > 0 {
		mentioned(r.doc.Sentences[sent-1])
	}
	d := describing{f: f, e: e, slots: slots, speakers: speakers, candidates: len(all)}
	for _, c := range all[:here] {
		if c.at >= s.First && (d.first == 0 || c.at < d.first) {
			d.first = c.at
		}
	}
	for i := range all {
		c := &all[i]
		switch {
		case slices.Contains(e.Actors, c.Actor):
			c.Told = AsActor
		case slices.Contains(e.Recipients, c.Actor):
			c.Told = AsRecipient
		}
		r.describe(c, &d)
		if r.judge.parties != nil {
			c.odds.ask(r.judge.parties, c.Features)
		}
	}
	return all
}

// lastBefore returns the head of the last mention of an actor before a token; -1.
func (r *reading) lastBefore(a, token int) int {
	last := -1
	for _, m := range r.doc.Actors[a].Mentions {
		if h := r.doc.Mentions[m].Head; h < token {
			last = max(last, h)
		}
	}
	return last
}

// describing is what the candidates of one event have in common.
type describing struct {
	f          pattern.Frame
	e          *dragoman.Event
	slots      map[int]string // actor → the slot of the predicate that he stands in
	speakers   []int
	candidates int
	first      int // the first candidate of the sentence
}

// describe writes the features of a candidate: what the frame makes of him, where he
// stands, who he is, and what the other parties are.
func (r *reading) describe(c *Candidate, d *describing) {
	p, t, role, e := c.Token, c.at, c.Told, d.e
	x := &r.doc.Actors[c.Actor]
	sent := r.s.Sentence(p)
	s := r.doc.Sentences[sent]
	pos, lemma, slot := string(d.f.POS), r.s.FrameLemma(p), d.slots[c.Actor]
	const base, most = 100, 64 // templates of the judge of predicates are below
	c.Features = make([]uint64, 0, most)
	add := func(template int, values ...string) {
		c.Features = append(c.Features, learn.Feature(base+template, values...))
	}
	here := t >= s.First && t < s.End
	where := "before"
	switch {
	case here && t < p:
		where = "left"
	case here:
		where = "right"
	case t < 0:
		where = "nowhere"
	case t < r.doc.Sentences[max(0, sent-1)].First:
		where = "far"
	}
	add(0, "")
	add(1, role)
	add(2, role, e.Type)
	add(3, role, d.f.Reason())
	add(4, where, role)
	add(5, where, e.Type, pos)
	add(6, x.Kind)
	add(7, x.Kind, e.Type, role)
	add(8, x.Kind, where, pos)
	sectors := strings.Join(x.Sectors, " ")
	add(9, sectors, e.Type)
	add(10, sectors, role)
	others := strconv.Itoa(min(2, len(e.Actors))) + " " + strconv.Itoa(min(2, len(e.Recipients)))
	add(11, others, role)
	add(12, others, where, e.Type)
	add(13, slot, role)
	add(14, slot, e.Type, role)
	add(15, slot, lemma, pos)
	add(16, slot, x.Kind, pos)
	if here {
		path := r.path(p, t)
		add(17, path)
		add(18, path, e.Type)
		add(19, path, role)
		add(20, path, lemma)
		add(21, path, x.Kind)
		add(22, step(max(t-p, p-t), 2, 5, 10, 20), where, role)
		if t == d.first {
			add(23, role)
			add(24, e.Type)
		}
	}
	if t >= 0 {
		if m := r.s.Mention(t); m >= 0 {
			form := string(r.doc.Mentions[m].Form)
			add(25, form, role)
			add(26, form, where, e.Type)
			add(27, r.s.Lemma(r.doc.Mentions[m].Head), role)
		}
		rel := r.s.Rel(t)
		add(28, rel, where)
		add(29, rel, where, role)
		add(30, r.s.Case(t), e.Type, role)
		if h := r.s.Head(t); h >= 0 {
			add(31, r.s.Lemma(h), rel)
			add(32, r.s.Lemma(h), rel, e.Type)
		}
	}
	if slices.Contains(d.speakers, c.Actor) {
		add(33, role)
		add(34, e.Type)
		add(35, e.Type, role, pos)
	}
	for k, others := range [][]int{e.Actors, e.Recipients} {
		if len(others) > 0 && x.Country != "" && r.doc.Actors[others[0]].Country == x.Country && !slices.Contains(others, c.Actor) {
			add(36+k, x.Kind, role)
			add(38+k, x.Kind, e.Type)
		}
	}
	often := step(len(x.Mentions), 2, 3, 4, 9)
	add(40, often, role)
	add(41, often, where, e.Type)
	if r.named(c.Actor) {
		add(42, x.Kind, role)
	}
	if len(x.Mentions) > 0 && r.s.Sentence(r.doc.Mentions[x.Mentions[0]].Head) < leadSentences {
		add(43, role)
	}
	add(44, strconv.Itoa(min(6, d.candidates)), role)
}

// step returns the last of the limits, which rise, that n reaches; "" for none.
func step(n int, limits ...int) string {
	name := ""
	for _, l := range limits {
		if n >= l {
			name = strconv.Itoa(l)
		}
	}
	return name
}

// path returns the relations from token p up to where t hangs below and down to t, with
// the prepositions on the way; "long" for one of more than five steps.
func (r *reading) path(p, t int) string {
	const most = 5
	var up []int
	for i := p; i >= 0 && len(up) <= most; i = r.s.Head(i) {
		up = append(up, i)
	}
	down := ""
	for i, n := t, 0; i >= 0 && n <= most; i, n = r.s.Head(i), n+1 {
		if k := slices.Index(up, i); k >= 0 {
			if k+n > most {
				break
			}
			var b strings.Builder
			for _, u := range up[:k] {
				b.WriteString("<" + r.s.Rel(u))
			}
			return b.String() + down
		}
		down = ">" + r.s.Rel(i) + ":" + r.s.Case(i) + down
	}
	return "long"
}
