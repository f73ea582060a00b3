package story

import (
	"fmt"
	"strings"
	"testing"

	"dragoman"
)

// What is new is told by relation: of whom those who act act for.
func TestGather(t *testing.T) {
	chad := dragoman.Party{Number: 1, ID: "TCD", Name: "Chad", Kind: "state"}
	sudan := dragoman.Party{Number: 2, ID: "SDN", Name: "Sudan", Kind: "state"}
	army := dragoman.Party{Number: 3, ID: "SDN:army", Name: "army", Kind: "government", Principals: []dragoman.Party{sudan}}
	nobody := dragoman.Party{Number: 4, ID: "new:gunmen", Name: "gunmen", Kind: "people"}
	event := func(day dragoman.Day, actor dragoman.Party, to ...dragoman.Party) dragoman.Occurrence {
		return dragoman.Occurrence{Report: dragoman.Report{Day: day, Actors: []dragoman.Party{actor}, Recipients: to}}
	}
	threads := gather([]dragoman.Occurrence{event(1, chad, sudan), event(5, nobody), event(3, army, chad), event(4, army), event(2, sudan, nobody), event(dragoman.NoDay, chad, army)})
	var got []string
	for _, x := range threads {
		var days []string
		for _, o := range x.New {
			days = append(days, o.Day.String())
		}
		got = append(got, fmt.Sprintf("%s-%s: %s", x.A.Name, x.B.Name, strings.Join(days, " ")))
	}
	want := []string{"Chad-Sudan: 1970-01-04 1970-01-02 " + dragoman.NoDay.String(), "Sudan-: 1970-01-05 1970-01-03", "-: 1970-01-06"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q, want %q", got, want)
	}
}
