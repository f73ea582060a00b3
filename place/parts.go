package place

import (
	"slices"
	"strings"
	"unicode"
)

// parts are what the words of a name say.
type parts struct {
	core      string
	hint      *word
	part      bool // hint belongs to the name
	container string
	found     []entry
}

// partsOf takes the text of a name apart. A name that the tables know as it
// stands is left whole: "Kansas City", "Mount Vernon".
func (t *text) partsOf(s string) parts {
	s = strings.Join(strings.Fields(s), " ")
	for _, tail := range []string{"'s", "’s"} {
		s = strings.TrimSuffix(s, tail)
	}
	s = strings.Trim(s, " ,.;:\"'“”‘’()[]")
	if len(s) > maxName || key(s) == "" || strings.ContainsAny(s, "$€£%@/") || t.words.is(strings.ToLower(s), "direction") {
		return parts{}
	}
	if found := t.lookup(s); len(found) > 0 {
		p := parts{core: s, found: found}
		if rest, w := t.cutHead(s); w != nil && slices.ContainsFunc(found, func(e entry) bool { return w.takes(e.kind) && !e.alias }) {
			p.hint = w
			_ = rest
		}
		return p
	}
	if head, tail, ok := strings.Cut(s, ", "); ok {
		p := t.partsOf(head)
		p.container = tail
		return p
	}
	return t.cut(s)
}

// maxName is the length of what may be a name of a place, in bytes.
const maxName = 120

// cut takes kind words, directions and the container off a name that is not
// known as it stands.
func (t *text) cut(s string) parts {
	if first, rest, ok := strings.Cut(s, " "); ok && strings.EqualFold(first, "the") {
		return t.partsOf(rest)
	} else if ok && t.words.is(strings.ToLower(first), "direction") {
		if p := t.partsOf(rest); slices.ContainsFunc(p.found, func(e entry) bool { return wide(e, first) }) {
			return p
		}
	}
	if rest, w := t.cutHead(s); w != nil {
		p := parts{core: rest, hint: w, found: t.lookup(rest)}
		if len(p.found) == 0 {
			p = t.joined(p)
		}
		if slices.ContainsFunc(p.found, func(e entry) bool { return w.takes(e.kind) }) {
			return p
		}
		if w.kind == "country" || of(t.peoples, rest[strings.LastIndexByte(rest, ' ')+1:]) != "" {
			return parts{} // "the Republic", "an Iranian province": no names
		}
		if divides(w.kind) {
			return p
		}
		// "Kunduz Airport" is not Kunduz, but lies there.
		p.core, p.part, p.container, p.found = s, true, "", nil
		if at := t.lookup(rest); len(at) > 0 && built(w.kind) {
			p.container = rest
		}
		return p
	}
	if first, rest, ok := strings.Cut(s, " "); ok {
		if w := t.words.as(strings.ToLower(first), "lead"); w != nil {
			if found := t.lookup(rest); slices.ContainsFunc(found, func(e entry) bool { return w.takes(e.kind) }) {
				return parts{core: rest, hint: w, found: found}
			}
			return parts{core: s, hint: w, part: true}
		}
	}
	return t.joined(parts{core: s})
}

// wide reports whether a place is one that people speak of a part of:
// "northern Takhar", "downtown Kabul", but not the Creek of Eastern Creek. With
// a capital letter the direction is more likely part of a name, as in West
// Nile: only of countries and regions, and where it is an adjective of waters,
// is it not.
func wide(e entry, direction string) bool {
	switch e.kind {
	case "country", "region":
		return true
	case "water":
		return strings.HasSuffix(direction, "ern")
	case "admin1", "capital", "seat", "settlement":
		return unicode.IsLower(rune(direction[0])) && !e.alias && (!town(e.kind) || e.population >= 100000)
	}
	return false
}

// divides reports whether places of that kind are named by their kind word and
// a name that may stand alone: "Takhar province", "the village of X".
func divides(kind string) bool {
	switch kind {
	case "admin1", "admin2", "settlement", "port", "border_crossing", "camp":
		return true
	}
	return false
}

// built reports whether a place of that kind lies in the place whose name it bears.
func built(kind string) bool {
	switch kind {
	case "airport", "base", "bridge", "facility", "road":
		return true
	}
	return false
}

// joined tries to part two names that stand as one: "Dasht-e-Qala-e-Takhar" is
// Dasht-e-Qala in Takhar, if Takhar is known.
func (t *text) joined(p parts) parts {
	if len(p.found) > 0 {
		return p
	}
	words := strings.FieldsFunc(p.core, hyphen)
	if last := len(words) - 1; last > 0 && t.words.is(strings.ToLower(words[last]), "joint") {
		p.core = strings.Join(words[:last], "-") // the other half is a name of its own
		p.found = t.lookup(p.core)
		return p
	}
	for i := 1; i+1 < len(words) && len(words) <= 8; i++ {
		if !t.words.is(strings.ToLower(strings.TrimSpace(words[i])), "joint") {
			continue
		}
		head, tail := strings.Join(words[:i], "-"), strings.Join(words[i+1:], "-")
		if !slices.ContainsFunc(t.lookup(tail), func(e entry) bool { return e.kind == "admin1" || e.kind == "admin2" }) {
			continue
		}
		p.core, p.container, p.found = head, tail, t.lookup(head)
		return p
	}
	return p
}

func hyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' || r == '–' }

// cutHead cuts the kind word off the end of a name: "Takhar Province". It
// leaves at least one word.
func (t *text) cutHead(s string) (string, *word) {
	for i := range len(s) {
		if s[i] != ' ' {
			continue
		}
		if w := t.words.as(strings.ToLower(s[i+1:]), "head"); w != nil {
			return s[:i], w
		}
	}
	for _, of := range []string{" of the ", " of "} {
		if kind, rest, ok := strings.Cut(s, of); ok {
			if w := t.words.as(strings.ToLower(kind), "head"); w != nil {
				return rest, w
			}
		}
	}
	return s, nil
}
