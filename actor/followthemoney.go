package actor

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// moneyEntity is an entity of FollowTheMoney (https://followthemoney.tech), by the
// properties that are read.
type moneyEntity struct {
	ID         string `json:"id"`
	Schema     string `json:"schema"`
	Caption    string `json:"caption"`
	Properties struct {
		Name, Alias, Country, Jurisdiction, MainCountry, Nationality, Citizenship, Topics, WikidataID values
		DeathDate, DissolutionDate, StartDate, EndDate, Status, Role, SubnationalArea                 values
		Holder, Post                                                                                  values // of an Occupancy
		Director, Organization                                                                        values // of a Directorship; of a Position
		Member, Employer, Employee, Owner, Asset                                                      values
		PositionOccupancies, MembershipMember, DirectorshipDirector, Employers, OwnershipOwner        values // nested, of a person
	} `json:"properties"`
}

// values are those of a property: texts and ids, and, in the nested form, the
// entities to which it refers, whose ids stand among the texts.
type values struct {
	texts  []string
	nested []moneyEntity
}

func (v *values) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &v.texts) == nil {
		return nil
	}
	v.texts = nil
	var all []json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	for _, one := range all {
		var text string
		if json.Unmarshal(one, &text) == nil {
			v.texts = append(v.texts, text)
			continue
		}
		var e moneyEntity
		if err := json.Unmarshal(one, &e); err != nil {
			return err
		}
		v.nested, v.texts = append(v.nested, e), append(v.texts, e.ID)
	}
	return nil
}

func (v *values) first() string {
	if len(v.texts) == 0 {
		return ""
	}
	return v.texts[0]
}

// FollowTheMoney reads entities as JSON Lines, as OpenSanctions publishes them
// (entities.ftm.json, also targets.nested.json): persons, companies, public bodies,
// organisations, and legal entities whose topics tell what they are; positions and
// who holds them, who is a member, director, employee or owner. Where topics are
// given, only who has one of them. Weak aliases are left out. fault is told of lines
// that are none, which are left out, and progress from time to time of the number of
// lines; both may be nil.
func (s *Roster) FollowTheMoney(r io.Reader, topics []string, fault func(line int, err error), progress func(lines int)) error {
	return each(r, fault, progress, func(line []byte) error {
		var e moneyEntity
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		if e.ID == "" || e.Schema == "" {
			return errors.New("an entity has an id and a schema")
		}
		s.tally.Read++
		s.entity(&e, topics)
		return nil
	})
}

func (s *Roster) entity(e *moneyEntity, topics []string) {
	p := &e.Properties
	switch e.Schema {
	case "Position":
		_, sectors := s.meaning(true, topicsOf(e))
		s.posts[e.ID] = post{cmp.Or(p.Name.first(), e.Caption), s.countries(p.Country.texts), sectors, len(p.SubnationalArea.texts) > 0}
	case "Occupancy":
		s.tie(e, topics, &p.Holder, &p.Post, "")
	case "Directorship":
		s.tie(e, topics, &p.Director, &p.Organization, "director")
	case "Employment":
		s.tie(e, topics, &p.Employee, &p.Employer, "official")
	case "Membership":
		s.tie(e, topics, &p.Member, &p.Organization, "member")
	case "Ownership":
		s.tie(e, topics, &p.Owner, &p.Asset, "owner")
	case "Person", "Company", "PublicBody", "Organization", "LegalEntity":
		if len(topics) == 0 || slices.ContainsFunc(p.Topics.texts, func(t string) bool { return slices.Contains(topics, t) }) {
			s.party(e)
		}
	}
	for _, all := range []*values{&p.PositionOccupancies, &p.MembershipMember, &p.DirectorshipDirector, &p.Employers, &p.OwnershipOwner} {
		for i := range all.nested {
			s.entity(&all.nested[i], topics)
		}
	}
}

func topicsOf(e *moneyEntity) (at []string) {
	for _, t := range e.Properties.Topics.texts {
		at = append(at, "ftm-topic:"+t)
	}
	return at
}

// party takes up a person or organisation.
func (s *Roster) party(e *moneyEntity) {
	p := &e.Properties
	f := &found{id: e.ID, wikidata: p.WikidataID.first(), died: cmp.Or(plainDay(p.DeathDate.first()), plainDay(p.DissolutionDate.first()))}
	if wikidataID(e.ID) {
		f.wikidata = e.ID
	} else if !wikidataID(f.wikidata) {
		f.wikidata = ""
	}
	person := e.Schema == "Person"
	if f.kind, f.sectors = s.meaning(person, append(topicsOf(e), "ftm-schema:"+e.Schema)); f.kind == "" {
		s.tally.drop(whyUnclassed)
		return
	}
	if e.Caption != "" && slices.Contains(p.Name.texts, e.Caption) {
		f.names = []string{e.Caption}
	}
	f.names = append(append(f.names, p.Name.texts...), p.Alias.texts...)
	for _, v := range [][]string{p.Nationality.texts, p.Citizenship.texts, p.Jurisdiction.texts, p.MainCountry.texts, p.Country.texts} {
		if f.lands = s.countries(v); len(f.lands) > 0 {
			break
		}
	}
	s.add(f)
}

// countries are those of their codes that are states or territories; one that is
// none, as the Soviet Union, is left out.
func (s *Roster) countries(codes []string) (all []string) {
	for _, c := range codes {
		if iso3 := s.iso2[strings.ToUpper(c)]; iso3 != "" && !slices.Contains(all, iso3) {
			all = append(all, iso3)
		}
	}
	return all
}

// tie takes up who is what where; role where nothing tells it.
func (s *Roster) tie(e *moneyEntity, topics []string, who, where *values, role string) {
	p := &e.Properties
	for i := range who.nested {
		s.entity(&who.nested[i], topics)
	}
	for i := range where.nested {
		s.entity(&where.nested[i], topics)
	}
	t := tenure{from: plainDay(p.StartDate.first()), to: plainDay(p.EndDate.first()), member: e.Schema == "Membership"}
	t.ended = t.to != "" || p.Status.first() == "ended"
	if role != "" {
		t.title = cmp.Or(p.Role.first(), role)
	}
	for _, h := range who.texts {
		for _, w := range where.texts {
			t.holder, t.post = h, w
			s.links = append(s.links, t)
		}
	}
}
