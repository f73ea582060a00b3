package exchange

import (
	"cmp"
	"crypto/sha1"
	"strings"

	"dragoman"
)

// Tie writes what stands between two, before it both of them and who tells it. An
// office of a state or organisation is a position that is held, a leader directs,
// a member belongs; all else is a link that says in its role what it is. A tie of
// whoever has no name is nobody's; one that is told again stands once.
func (m *moneyWriter) Tie(s *dragoman.Standing) error {
	subject, err := m.actor(&s.Subject)
	if err != nil || subject == "" {
		return err
	}
	object, err := m.actor(&s.Object)
	if err != nil || object == "" {
		return err
	}
	e, sum, err := m.bond(s, subject, object)
	if err != nil {
		return err
	}
	e.set("startDate", s.From.String())
	e.set("endDate", s.To.String())
	status := strings.TrimSuffix(strings.ToLower(hedge(s.Status, &dragoman.Source{})), ": ")
	if !s.Source.None() {
		status = strings.TrimPrefix(status+", claimed", ", ")
		e.set("description", "According to "+s.Source.Name())
	}
	e.set("status", status)
	e.set("summary", s.Evidence)
	_, err = m.once(e, sum)
	return err
}

// bond makes the entity that a relation is, and what tells it from others.
func (m *moneyWriter) bond(s *dragoman.Standing, subject, object string) (*moneyEntity, [sha1.Size]byte, error) {
	key := []string{s.Subject.ID, s.Relation, s.Object.ID, s.Role, s.From.String(), s.To.String(), string(s.Status), s.Source.Name(), s.Evidence}
	person, organisation := s.Subject.Kind == "person", isOrganisation(schemaOf(&s.Object))
	role := cmp.Or(s.Role, strings.ReplaceAll(s.Relation, "_", " "))
	tie := func(schema, from, to string) (*moneyEntity, [sha1.Size]byte, error) {
		e, sum := made(schema, "tie", key...)
		e.set(from, subject)
		e.set(to, object)
		e.set("role", role)
		return e, sum, nil
	}
	switch {
	case s.Relation == "holds_office" && person && s.Role != "":
		p, sum := made("Position", "position", s.Object.ID, s.Role)
		p.set("name", s.Role+" ("+cmp.Or(s.Object.Name, s.Object.ID)+")")
		m.country(p, s.Object.Country)
		if organisation {
			p.set("organization", object)
		}
		post, err := m.once(p, sum)
		e, sum := made("Occupancy", "tie", key...)
		e.set("holder", subject)
		e.set("post", post)
		return e, sum, err
	case s.Relation == "holds_office" && person && organisation:
		return tie("Employment", "employee", "employer")
	case s.Relation == "leads" && organisation:
		return tie("Directorship", "director", "organization")
	case s.Relation == "member_of" && organisation:
		return tie("Membership", "member", "organization")
	}
	return tie("UnknownLink", "subject", "object")
}
