package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"dragoman"
)

// ActorScore tells how many cases of a phrase for an actor were resolved right.
type ActorScore struct {
	Cases   int // with a country and a sector to get right
	Both    int
	Country int
	Sector  int
	Wrong   []string // "phrase: want …, have …", in the order of the file
}

// String returns the figures on one line.
func (s ActorScore) String() string {
	if s.Cases == 0 {
		return "no cases"
	}
	pct := func(n int) float64 { return 100 * float64(n) / float64(s.Cases) }
	return fmt.Sprintf("country and sector both right %.1f%% (%d of %d), country %.1f%%, sector %.1f%%",
		pct(s.Both), s.Both, s.Cases, pct(s.Country), pct(s.Sector))
}

type actorCase struct {
	Call    string            `json:"call"`
	Args    []string          `json:"args"`
	Kwargs  map[string]string `json:"kwargs"`
	Steps   []string          `json:"steps"`
	Asserts []string          `json:"asserts"`
	Expect  map[string]string `json:"expect"`
}

var (
	quoted    = regexp.MustCompile(`'(actor|date|correct_country|correct_code1|correct_code2)': ('([^']*)'|"([^"]*)")`)
	countries = map[string]string{"UNO": "", "IGO": "", "EUR": ""} // no states
	sectorOf  = map[string]string{"UNO": "IGO", "IGO": "IGO", "EUR": "IGO"}
)

// Actors measures a reader on NGEC's cases (JSON Lines): each phrase is read as
// a text of its own, and the actor at its root must have the country and, among
// its sectors, the first that is wanted. Cases without both are passed over.
func Actors(cases io.Reader, r dragoman.Reader) (ActorScore, error) {
	var s ActorScore
	in := bufio.NewScanner(cases)
	in.Buffer(nil, 1<<20)
	for line := 1; in.Scan(); line++ {
		var c actorCase
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			return s, fmt.Errorf("line %d: %w", line, err)
		}
		phrase, date, want, ok := c.wanted()
		if !ok {
			continue
		}
		country, sectors := actorOf(r, phrase, date)
		s.Cases++
		rightCountry := country == want.country
		rightSector := want.sector == "" && len(sectors) == 0 || slices.Contains(sectors, want.sector)
		if rightCountry {
			s.Country++
		}
		if rightSector {
			s.Sector++
		}
		if rightCountry && rightSector {
			s.Both++
		} else {
			s.Wrong = append(s.Wrong, fmt.Sprintf("%s: want %s %s, have %s %s", phrase, want.country, want.sector, country, strings.Join(sectors, "|")))
		}
	}
	return s, in.Err()
}

type wanted struct{ country, sector string }

// wanted reads the phrase, its date and what it should give.
func (c actorCase) wanted() (phrase string, date dragoman.Day, w wanted, ok bool) {
	date = dragoman.DayOf(2022, 10, 20) // when the cases were written
	if c.Call != "agent_to_code" || len(c.Args) == 0 {
		return "", date, w, false
	}
	expect := c.Expect
	phrase = c.Args[0]
	day := c.Kwargs["query_date"]
	if len(c.Args) > 2 {
		day = c.Args[2]
	}
	if strings.HasPrefix(phrase, "d[") && len(c.Steps) > 0 {
		expect = map[string]string{}
		for _, m := range quoted.FindAllStringSubmatch(c.Steps[0], -1) {
			value := m[3] + m[4]
			switch m[1] {
			case "actor":
				phrase = value
			case "date":
				day = value
			case "correct_country":
				expect["country"] = value
			case "correct_code1":
				expect["code_1"] = value
			}
		}
	}
	if t, err := time.Parse("2 January 2006", day); err == nil { // the other days are written as 2022-04-01
		date = dragoman.DayOf(t.Date())
	} else if d, err := dragoman.ParseDay(day); err == nil {
		date = d
	}
	country, ok1 := expect["country"]
	sector, ok2 := expect["code_1"]
	if none, is := countries[country]; is {
		if !ok2 {
			sector, ok2 = sectorOf[country], true
		}
		country = none
	}
	if sector == "UNK" {
		sector = ""
	}
	return strings.TrimSpace(phrase), date, wanted{country, sector}, ok1 && ok2
}

func actorOf(r dragoman.Reader, phrase string, date dragoman.Day) (country string, sectors []string) {
	d := r.Read(dragoman.Article{Text: phrase + ".", Language: "en", Published: date})
	// The one at the root is asked for, else the longest.
	best, size := -1, 0
	for i := range d.Actors {
		for _, k := range d.Actors[i].Mentions {
			m := &d.Mentions[k]
			n := m.End - m.First
			if m.Head < len(d.Arcs) && d.Arcs[m.Head].Head < 0 {
				n += len(d.Tokens)
			}
			if n > size {
				best, size = i, n
			}
		}
	}
	if best < 0 {
		return "", nil
	}
	return d.Actors[best].Country, d.Actors[best].Sectors
}
