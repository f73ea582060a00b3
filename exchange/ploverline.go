package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// ploverLine is an event as any version of PLOVER's JSON has it: the codebook of
// 2021, the drafts of 2016 to 2018 (names like eventText, target for recipient), and
// what NGEC, the coder of POLECAT, writes (event_type, attributes, pub_date).
type ploverLine struct {
	ID        loose        `json:"id"`
	Date      loose        `json:"date"`
	EndDate   loose        `json:"enddate"`
	Source    ploverActors `json:"source"`
	Recipient ploverActors `json:"recipient"`
	Event     looseList    `json:"event"`
	Loc       *ploverSpot  `json:"event_loc"`
	Words     looseList    `json:"event_text"`
	Mode      looseList    `json:"mode"`
	Context   looseList    `json:"context"`
	Dead      loose        `json:"dead"`
	Injured   loose        `json:"injured"`
	Text      loose        `json:"text"`
	Cite      struct {
		Citation, URL, Title, Language, Publication, Coder loose
	} `json:"cite_info"`
	Coder loose       `json:"coder"`
	More  *ploverMore `json:"dragoman"`

	// of the drafts
	Target      ploverActors `json:"target"`
	OldLoc      *ploverSpot  `json:"eventLoc"`
	OldWords    looseList    `json:"eventText"`
	Language    loose        `json:"language"`
	Publication loose        `json:"publication"`

	// of NGEC
	Type       looseList `json:"event_type"`
	Modes      looseList `json:"event_mode"`
	Contexts   looseList `json:"contexts"`
	Resolved   loose     `json:"date_resolved"`
	Published  loose     `json:"pub_date"`
	StoryID    loose     `json:"story_id"`
	Headline   loose     `json:"headline"`
	Publisher  loose     `json:"publisher"`
	Attributes struct {
		Actors     []ngecActor `json:"ACTOR"`
		Recipients []ngecActor `json:"RECIP"`
	} `json:"attributes"`
	Geo *struct {
		ploverSpot
		Geo *ploverSpot `json:"geo"`
	} `json:"event_geolocation"`
}

// ploverPerson is an actor of any version.
type ploverPerson struct {
	Code    loose        `json:"code"`
	Sector  loose        `json:"sector"`
	Text    loose        `json:"actor_text"`
	OldText loose        `json:"actorText"`
	ID      loose        `json:"identifer_id"`
	ID2     loose        `json:"identifier_id"`
	Name    loose        `json:"identifer_text"`
	Name2   loose        `json:"identifier_text"`
	Office  loose        `json:"office"`
	More    *ploverParty `json:"dragoman"`
}

type ngecActor struct {
	Text    loose `json:"text"`
	Wiki    loose `json:"wiki"`
	Country loose `json:"country"`
	Code1   loose `json:"code_1"`
	Code2   loose `json:"code_2"`
}

// ploverSpot is a location of any version.
type ploverSpot struct {
	GeoNames  loose `json:"geonameid"`
	Name      loose `json:"name"`
	Lat       loose `json:"latitude"`
	Lon       loose `json:"longitude"`
	ISO2      loose `json:"country code"`
	ISO3      loose `json:"cc3"`
	Resolved  loose `json:"resolved_placename"`
	NGECLat   loose `json:"lat"`
	NGECLon   loose `json:"lon"`
	Country   loose `json:"country_code3"`
	Feature   loose `json:"feature_code"`
	FeatureOf loose `json:"feature code"`
}

// loose is a text or number, whichever a file has; null and false are "".
type loose string

func (l *loose) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		s := string(b[1 : len(b)-1])
		if bytes.IndexByte(b, '\\') >= 0 {
			if err := json.Unmarshal(b, &s); err != nil {
				return err
			}
		}
		*l = loose(valid(strings.TrimSpace(s)))
	case 'n', 'f':
		*l = ""
	case '{', '[':
		return fmt.Errorf("%.40s stands where a text or number belongs", b)
	default:
		*l = loose(b)
	}
	return nil
}

// looseList is a list of texts, or one of them alone; "" is none.
type looseList []string

func (l *looseList) UnmarshalJSON(b []byte) error {
	*l = nil
	var all []loose
	if b[0] == '[' {
		if err := json.Unmarshal(b, &all); err != nil {
			return err
		}
	} else {
		all = make([]loose, 1)
		if err := all[0].UnmarshalJSON(b); err != nil {
			return err
		}
	}
	for _, s := range all {
		if s != "" {
			*l = append(*l, string(s))
		}
	}
	return nil
}

// ploverActors is a list of actors, or one alone; "" is none.
type ploverActors []ploverPerson

func (l *ploverActors) UnmarshalJSON(b []byte) error {
	*l = nil
	switch b[0] {
	case '[':
		return json.Unmarshal(b, (*[]ploverPerson)(l))
	case '{':
		*l = make(ploverActors, 1)
		return json.Unmarshal(b, &(*l)[0])
	}
	var s loose
	if err := s.UnmarshalJSON(b); err != nil || s == "" {
		return err
	}
	return fmt.Errorf("%q stands where a list of actors belongs", string(s))
}
