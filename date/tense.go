package date

import (
	"time"

	"dragoman"
)

// How far ahead of publication, in days, a day or month without year may lie
// though no word looks ahead: papers name the coming days in any tense, and a
// day of last year with its year.
const (
	soon   = 7  // in a clause in the past tense
	unsaid = 60 // where no tense is told
)

// nearest picks the year in which the day m-d lies: the last one that has
// come, or the next where the clause looks ahead.
func (p *parser) nearest(i, m, d int) dragoman.Day {
	y, _ := yearMonth(p.published)
	day, ok := dayOf(y, m, d)
	if !ok { // 29 February
		for back := 0; back < 8; back++ {
			if day, ok = dayOf(y-back, m, d); ok {
				return day
			}
		}
		return dragoman.DayOf(y, time.Month(m), 1)
	}
	next := dragoman.DayOf(y+1, time.Month(m), d)
	last := dragoman.DayOf(y-1, time.Month(m), d)
	const fresh = 60 // "will mark what was signed on 3 February" is of this year
	switch tense := p.tense(p.at(i).first); {
	case tense == future && day < p.published && p.published-day > fresh:
		return next
	case tense == future:
		return day
	case tense == past && day > p.published+soon, day > p.published+unsaid:
		return last
	}
	return day
}

// tense is when the clause of a date is, as far as its words say so.
type tense int8

const (
	untold tense = iota
	past
	future
)

// ahead reports whether the clause of token t is about what is to come.
func (p *parser) ahead(t int) bool { return p.tense(t) == future }

// tense climbs from token t: "for" before it, an auxiliary of the future, a plan above an
// infinitive ("plans to meet on Friday") or in the present ("is due on
// Friday") look ahead, a finite past tense does not.
func (p *parser) tense(t int) tense {
	const steps = 8
	if t > p.sent.First && p.doc.Tags[t-1].Lemma == "for" && p.arc(t-1).Rel == "case" && p.arc(t-1).Head == t {
		return future // "called a protest for Sunday"
	}
	infinitive := false
	for h, n := p.arc(t).Head, 0; h >= 0 && h < p.sent.End && n < steps; h, n = p.arc(h).Head, n+1 {
		tag := p.tag(h)
		if e := p.words[tag.Lemma]; e != nil && e.is&(1<<plan) != 0 && (tag.POS != dragoman.VERB || infinitive || !tag.Has("Tense=Past") || e.value[plan] == 1) {
			return future
		}
		verb := tag.POS == dragoman.VERB
		aux := p.auxiliaries(h)
		switch {
		case aux.ahead && !aux.perfect:
			return future
		case !verb && !aux.any:
			continue
		case tag.Has("VerbForm=Inf") || aux.infinitive:
			if rel := p.arc(h).Rel; !aux.perfect && (rel == "acl" || rel == "root" && p.bareTo(h)) { // "a summit to be held on Friday", "Iran to hold talks on Friday"
				return future
			}
			infinitive = true
		case aux.past || tag.Has("Tense=Past"):
			return past
		case tag.Has("Tense=Pres") && tag.Has("VerbForm=Fin") && verb && p.scheduled(h):
			return future // "takes place on Friday"
		case tag.Has("VerbForm=Fin") || aux.any:
			return untold
		}
	}
	return untold
}

// bareTo reports whether "to" is all that makes verb h an infinitive, as in headlines.
func (p *parser) bareTo(h int) bool {
	for k := max(p.sent.First, h-2); k < h; k++ {
		if p.arc(k).Head == h && (p.arc(k).Rel == "aux" || p.arc(k).Rel == "mark") && p.tag(k).Lemma == "to" {
			return true
		}
	}
	return false
}

// scheduled reports whether the present tense of verb h may tell of what is fixed for a
// day to come: not where somebody says something by it, nor in a headline, whose present
// is what has just happened.
func (p *parser) scheduled(h int) bool {
	return p.doc.Form(p.sent.End-1) == "." && !p.cues[h]
}

// helpers is what the auxiliaries and the copula of a predicate tell.
type helpers struct{ any, ahead, perfect, infinitive, past bool }

func (p *parser) auxiliaries(h int) helpers {
	const reach = 6
	var x helpers
	for k := max(p.sent.First, h-reach); k < h; k++ {
		a := p.arc(k)
		if a.Head == h && (a.Rel == "mark" || a.Rel == "case") && p.tag(h).Has("VerbForm=Inf") {
			if e := p.words[p.tag(k).Lemma]; e != nil && e.is&(1<<plan) != 0 {
				x.any, x.ahead = true, true // "is due to leave", "due to" for a marker
			}
		}
		if a.Head != h || a.Rel != "aux" && a.Rel != "cop" && a.Rel != "aux:pass" {
			continue
		}
		x.any = true
		tag := p.tag(k)
		if e := p.lookup(p.doc.Form(k)); e != nil {
			x.ahead = x.ahead || e.is&(1<<ahead) != 0
		}
		if e := p.words[tag.Lemma]; e != nil && e.is&(1<<perfect) != 0 {
			x.perfect = true
		}
		x.infinitive = x.infinitive || tag.Has("VerbForm=Inf")
		x.past = x.past || tag.Has("Tense=Past")
	}
	return x
}

// perfect reports whether the clause of token t is in the present perfect.
func (p *parser) perfect(t int) bool {
	const steps, reach = 6, 6
	for h, n := p.arc(t).Head, 0; h >= 0 && h < p.sent.End && n < steps; h, n = p.arc(h).Head, n+1 {
		any := false
		for k := max(p.sent.First, h-reach); k < h; k++ {
			tag, rel := p.tag(k), p.arc(k).Rel
			if p.arc(k).Head != h || rel != "aux" && rel != "cop" && rel != "aux:pass" {
				continue
			}
			any = true
			if e := p.words[tag.Lemma]; e != nil && e.is&(1<<perfect) != 0 && tag.Has("Tense=Pres") {
				return true
			}
		}
		if any || p.tag(h).POS == dragoman.VERB {
			return false
		}
	}
	return false
}
