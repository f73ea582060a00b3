package pipeline_test

import (
	"testing"

	"dragoman"
)

// TestOnce wants one record of what an article tells twice: of the meeting of two states on the
// day on which their ministers met, of the same dead by a state and by its rulers, of the attack on
// a town; and two of news in the perfect and of what was done long before.
func TestOnce(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text, kind string
		want       int
	}{
		{"Togolese Foreign Minister Robert Dussey met his Ghanaian counterpart Shirley Botchwey in Lome on Saturday.\n\n" +
			"After a meeting between the foreign ministers of Togo and Ghana on Saturday, the Ghanaian ministry issued a statement.", "CONSULT", 1},
		{"Togolese Foreign Minister Robert Dussey met his Ghanaian counterpart Shirley Botchwey in Lome on Saturday.\n\n" +
			"After a meeting between the foreign ministers of Togo and Ghana on Monday, the Ghanaian ministry issued a statement.", "CONSULT", 2},
		{"Bahrain executed four political prisoners on Sunday.\n\n“The Bahraini regime's execution of four activists is a crime,” Ali Hassan said.", "ASSAULT", 1},
		{"Bahrain executed four political prisoners on Sunday.\n\n“The Bahraini regime's execution of six activists is a crime,” Ali Hassan said.", "ASSAULT", 2},
		{"The Rapid Support Forces attacked El Fasher on Thursday. Thousands fled.\n\nThe African Union condemned the attack on El Fasher.", "ASSAULT", 1},
		{"The Rapid Support Forces attacked Nyala on Thursday. Thousands fled.\n\nThe African Union condemned the attack on El Fasher.", "ASSAULT", 2},
		{"Police have detained the mayor of Gao.\n\nHe was detained in January over a tax case too.", "COERCE", 2},
		{"Police have detained the mayor of Gao.\n\nHe was detained on Monday over a tax case.", "COERCE", 1},
	} {
		doc := r.Read(dragoman.Article{Text: c.text, Language: "en", Published: dragoman.DayOf(2024, 5, 16)})
		got := 0
		for _, e := range doc.Events {
			if e.Type == c.kind {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%d events, want %d: %s", got, c.want, c.text)
		}
	}
}
