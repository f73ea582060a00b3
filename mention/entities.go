package mention

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dragoman"
)

// marked is what a line of CoNLL-U tells besides the word: its Penn tag and the
// entities that begin and end with it.
type marked struct{ tag, entities string }

// entityOf returns the value of Entity among the notes of a word.
func entityOf(notes string) string {
	for note := range strings.SplitSeq(notes, "|") {
		if v, ok := strings.CutPrefix(note, "Entity="); ok {
			return v
		}
	}
	return ""
}

// phrase is what GUM calls an entity.
type phrase struct {
	id, kind         string
	first, end, head int
}

// entities returns the names among the entities of a sentence: the proper nouns
// around the head of an entity that is one, of the outermost first.
func entities(words []string, marks []marked) []AnnotatedName {
	all := spansOfEntities(marks)
	slices.SortStableFunc(all, func(a, b phrase) int { return cmp.Compare(b.end-b.first, a.end-a.first) })
	taken := make([]bool, len(words))
	var names []AnnotatedName
	for _, e := range all {
		if e.kind == "time" || e.head >= len(words) || !strings.HasPrefix(marks[e.head].tag, "NNP") {
			continue
		}
		n := e.name(words, marks)
		if slices.Contains(taken[n.First:n.End], true) {
			continue
		}
		for i := n.First; i < n.End; i++ {
			taken[i] = true
		}
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b AnnotatedName) int { return a.First - b.First })
	return names
}

// properNouns returns the runs of proper nouns as names without a class.
func properNouns(marks []marked) []AnnotatedName {
	var names []AnnotatedName
	for i := 0; i < len(marks); i++ {
		first := i
		for i < len(marks) && strings.HasPrefix(marks[i].tag, "NNP") {
			i++
		}
		if i > first {
			names = append(names, AnnotatedName{First: first, End: i})
		}
	}
	return names
}

// spansOfEntities reads the brackets of a sentence: "(7-person-…" begins the
// entity 7, "7)" ends it. The sixth part counts the words of its name from its
// first; the head is the first of them.
func spansOfEntities(marks []marked) []phrase {
	var open, all []phrase
	for i, m := range marks {
		for s := m.entities; s != ""; {
			opens := s[0] == '('
			s = strings.TrimPrefix(s, "(")
			k := strings.IndexAny(s, "()")
			if k < 0 {
				k = len(s)
			}
			parts := strings.Split(s[:k], "-")
			if opens {
				p := phrase{id: parts[0], first: i, head: i}
				if len(parts) > 5 {
					p.kind = parts[1]
					at, _, _ := strings.Cut(parts[5], ",")
					if n, err := strconv.Atoi(at); err == nil {
						p.head = i + n - 1
					}
				}
				open = append(open, p)
			}
			if s = s[k:]; s != "" && s[0] == ')' {
				for j := len(open) - 1; j >= 0; j-- {
					if open[j].id == parts[0] {
						open[j].end = i + 1
						all = append(all, open[j])
						open = slices.Delete(open, j, j+1)
						break
					}
				}
				s = s[1:]
			}
		}
	}
	return all
}

// name returns the name at the head of the phrase.
func (p phrase) name(words []string, marks []marked) AnnotatedName {
	n := AnnotatedName{First: p.head, End: p.head + 1}
	proper := func(i int) bool { return i >= p.first && i < p.end && strings.HasPrefix(marks[i].tag, "NNP") }
	for {
		if proper(n.First - 1) {
			n.First--
		} else if proper(n.First-2) && words[n.First-1] == "-" {
			n.First -= 2
		} else {
			break
		}
	}
	for {
		gap := 0
		for !proper(n.End+gap) && n.End+gap < p.end && gap < 3 && joins(words[n.End+gap], p.kind) {
			gap++
		}
		if !proper(n.End + gap) {
			break
		}
		n.End += gap + 1
	}
	switch p.kind {
	case "person":
		if marks[p.head].tag == "NNP" { // "Americans" are a group
			n.Class = dragoman.Person
		}
	case "organization":
		n.Class = dragoman.Organisation
	case "place":
		n.Class = dragoman.Location
	}
	return n
}

// joins reports whether a small word may stand within a name.
func joins(word, kind string) bool {
	switch word {
	case "-", "–":
		return true
	case "of", "for", "and", "&", "the", "on", "de":
		return kind != "person" || word == "de"
	}
	return false
}
