package score_test

import (
	"strings"
	"testing"

	"dragoman"
	"dragoman/score"
)

// fixed reads every text as one mention of one actor.
type fixed struct{ country, sector string }

func (f fixed) Read(a dragoman.Article) dragoman.Document {
	return dragoman.Document{Article: a, Mentions: []dragoman.Mention{{End: 1}},
		Actors: []dragoman.Actor{{Country: f.country, Sectors: []string{f.sector}, Mentions: []int{0}}}}
}

func TestActors(t *testing.T) {
	const cases = `{"call": "agent_to_code", "args": ["Ruritanian hussars"], "expect": {"country": "RUR", "code_1": "MIL"}}
{"call": "agent_to_code", "args": ["Ruritanian judges"], "expect": {"country": "RUR", "code_1": "JUD"}}
{"call": "agent_to_code", "args": ["no sector"], "expect": {"country": "RUR"}}
{"call": "query_wiki", "args": ["Ruritania"], "expect": {"title": "Ruritania"}}`
	s, err := score.Actors(strings.NewReader(cases), fixed{"RUR", "MIL"})
	if err != nil || s.Cases != 2 || s.Both != 1 || s.Country != 2 || s.Sector != 1 || len(s.Wrong) != 1 {
		t.Errorf("%+v %v", s, err)
	}
}
