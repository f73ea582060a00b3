package score

import (
	"archive/tar"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"dragoman"
)

// meantimeText is a text of MEANTIME (Minard et al. 2016) with its expressions of time
// and its predicates.
type meantimeText struct {
	dateText
	predicates []goldPredicate
}

// goldPredicate is a word that tells an event, with its status; of a predicate of
// several words, the last.
type goldPredicate struct {
	dragoman.Span
	status dragoman.Status
}

// factuality is what MEANTIME says of an event.
type factuality struct {
	Certainty string `xml:"certainty,attr"`
	Polarity  string `xml:"polarity,attr"`
	Time      string `xml:"time,attr"`
	Special   string `xml:"special_cases,attr"`
}

// status is what that is in our terms; "" where it is left open, or true in general.
func (f factuality) status() dragoman.Status {
	conditional := strings.HasPrefix(f.Special, "COND_")
	switch {
	case !conditional && f.Special != "NONE", f.Certainty == "", f.Time != "FUTURE" && f.Time != "NON_FUTURE":
		return ""
	case conditional, f.Certainty == "POSSIBLE", f.Certainty == "PROBABLE":
		return dragoman.Hypothetical
	case f.Certainty != "CERTAIN", f.Polarity != "POS" && f.Polarity != "NEG":
		return ""
	case f.Polarity == "NEG":
		return dragoman.Negated
	case f.Time == "FUTURE":
		return dragoman.Planned
	}
	return dragoman.Happened
}

// readMeantime reads the first copy of each document of a MEANTIME archive.
func readMeantime(r io.Reader) ([]meantimeText, error) {
	var texts []meantimeText
	in := tar.NewReader(r)
	for {
		h, err := in.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(h.Name, ".xml") || strings.Contains(h.Name, "cross-doc") {
			continue
		}
		t, err := parseCAT(in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", h.Name, err)
		}
		t.ID = path.Base(h.Name)
		texts = append(texts, t)
	}
	slices.SortFunc(texts, func(a, b meantimeText) int { return strings.Compare(a.ID, b.ID) })
	return texts, nil
}

type catToken struct {
	ID       string `xml:"t_id,attr"`
	Sentence int    `xml:"sentence,attr"`
	Form     string `xml:",chardata"`
}

// parseCAT reads one document of words; the first sentence is the title.
func parseCAT(r io.Reader) (meantimeText, error) {
	var x struct {
		Tokens []catToken `xml:"token"`
		Marked struct {
			Each []struct {
				XMLName  xml.Name
				Function string `xml:"functionInDocument,attr"`
				Value    string `xml:"value,attr"`
				Type     string `xml:"type,attr"`
				factuality
				Words []struct {
					ID string `xml:"t_id,attr"`
				} `xml:"token_anchor"`
			} `xml:",any"`
		} `xml:"Markables"`
	}
	t := meantimeText{dateText: dateText{Article: dragoman.Article{Language: "en", Published: dragoman.NoDay}}}
	if err := xml.NewDecoder(r).Decode(&x); err != nil {
		return t, err
	}
	var b strings.Builder
	spans, sentence := map[string]dragoman.Span{}, map[string]int{}
	for i, tok := range x.Tokens {
		if i > 0 {
			switch prev := x.Tokens[i-1]; {
			case tok.Sentence != prev.Sentence && prev.Sentence < 2:
				b.WriteString("\n\n")
			case tok.Sentence != prev.Sentence || apart(prev.Form, tok.Form):
				b.WriteByte(' ')
			}
		}
		sentence[tok.ID] = tok.Sentence
		spans[tok.ID] = dragoman.Span{Start: b.Len(), End: b.Len() + len(tok.Form)}
		b.WriteString(tok.Form)
	}
	t.Text = b.String()
	marked := 0 // only the first sentences are annotated
	for _, tx := range x.Marked.Each {
		for _, w := range tx.Words {
			marked = max(marked, sentence[w.ID])
		}
		if status := tx.status(); tx.XMLName.Local == "EVENT_MENTION" && status != "" && len(tx.Words) > 0 {
			t.predicates = append(t.predicates, goldPredicate{spans[tx.Words[len(tx.Words)-1].ID], status})
		}
		if tx.XMLName.Local != "TIMEX3" {
			continue
		}
		from, to, ok := timexDays(tx.Value)
		if tx.Function == "CREATION_TIME" && ok && from == to {
			t.Published = from
		}
		if len(tx.Words) == 0 {
			continue
		}
		g := goldDate{from: from, to: to, counts: ok && (tx.Type == "DATE" || tx.Type == "TIME")}
		g.Start, g.End = spans[tx.Words[0].ID].Start, spans[tx.Words[len(tx.Words)-1].ID].End
		if g.End > g.Start {
			t.dates = append(t.dates, g)
		}
	}
	if n := slices.IndexFunc(x.Tokens, func(tok catToken) bool { return tok.Sentence > marked }); n > 0 {
		t.Text = t.Text[:spans[x.Tokens[n-1].ID].End]
	}
	slices.SortStableFunc(t.dates, func(a, b goldDate) int { return a.Start - b.Start })
	return t, nil
}

// apart reports whether a blank stands between two words of a text that was
// cut into words.
func apart(a, b string) bool {
	return !strings.HasPrefix(b, "'") && b != "n't" && !strings.ContainsAny(b[:1], ".,;:!?)%") && a != "(" && a != "$"
}
