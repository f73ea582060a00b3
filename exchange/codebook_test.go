package exchange

import (
	"slices"
	"testing"

	"dragoman"
	"dragoman/data"
)

func codebook(t testing.TB) *Codebook {
	t.Helper()
	b, err := Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestParty(t *testing.T) {
	b := codebook(t)
	for _, c := range []struct{ code, name, id, kind, country, sectors, principal string }{
		{"IRN", "TEHRAN", "IRN", "state", "IRN", "", ""},
		{"IRNGOV", "IRAN", "cameo:IRNGOV", "unknown", "IRN", "GOV", "IRN"},
		{"IRNMED", "", "cameo:IRNMED", "unknown", "IRN", "JRN", ""},       // CAMEO's MED is PLOVER's JRN
		{"IRNREB", "rebels", "cameo:IRNREB", "unknown", "IRN", "REB", ""}, // who fights a state does not act for it
		{"GOV", "government", "cameo:GOV", "unknown", "", "GOV", ""},
		{"KSV", "", "XKX", "state", "XKX", "", ""},
		{"IGOUNO", "the UN", "un", "igo", "", "IGO", ""},
		{"SDNMIL", "SUDAN", "cameo:SDNMIL", "unknown", "SDN", "MIL", "SDN"}, // which had another army within it once
		{"UKRREB", "FIGHTER", "cameo:UKRREB", "unknown", "UKR", "REB", ""},
		{"", "Somebody", "cameo:Somebody", "unknown", "", "", ""},
		{"", "", "", "", "", "", ""},
	} {
		p := b.Party(c.code, c.name)
		principal := ""
		if len(p.Principals) > 0 {
			principal = p.Principals[0].ID
		}
		sectors := ""
		if len(p.Sectors) > 0 {
			sectors = p.Sectors[0]
		}
		if p.ID != c.id || p.Kind != c.kind || p.Country != c.country || sectors != c.sectors || principal != c.principal {
			t.Errorf("%s %q: got %+v", c.code, c.name, p)
		}
	}
}

func TestMember(t *testing.T) {
	b := codebook(t)
	if p := b.Member("IRQ", nil, "Iraq"); p.ID != "IRQ" {
		t.Errorf("a country by its own name is the state, not %+v", p)
	}
	p := b.Member("IRQ", []string{"MIL"}, "Iraqi army")
	if p.CAMEO != "IRQMIL" || len(p.Principals) != 1 || p.Principals[0].ID != "IRQ" {
		t.Errorf("got %+v", p)
	}
	if p := b.Member("", nil, ""); p.ID != "" {
		t.Errorf("nobody is %+v", p)
	}
}

func TestCodes(t *testing.T) {
	b := codebook(t)
	if c, ok := b.Code("1831"); !ok || c.Type != "ASSAULT" {
		t.Errorf("1831 is %+v", c)
	}
	if _, ok := b.Code("99"); ok {
		t.Error("99 is a code of CAMEO")
	}
	var r dragoman.Report
	if err := b.Coded(&r, "042"); err != nil || r.Type != "CONSULT" || r.Tone != dragoman.VerbalCooperation || !slices.Equal(r.Modes, []string{"visit"}) {
		t.Errorf("042: %v %+v", err, r)
	}
	if score, ok := b.Goldstein(&dragoman.Report{Type: "ASSAULT"}); !ok || score >= 0 {
		t.Errorf("an assault without a code has the score %v of its root", score)
	}
	if got := b.Fold("CONSULT", dragoman.Planned); got != "AGREE" {
		t.Errorf("a planned CONSULT folds to %q", got)
	}
	if got := b.Fold("STATEMENT", dragoman.Happened); got != "" {
		t.Errorf("PLOVER has no STATEMENT, but %q", got)
	}
}

func TestStates(t *testing.T) {
	b := codebook(t)
	for _, c := range []struct{ fips, iso3 string }{{"IZ", "IRQ"}, {"CH", "CHN"}, {"SZ", "CHE"}, {"GM", "DEU"}, {"CD", "TCD"}} {
		if s, ok := b.FIPS(c.fips); !ok || s.ISO3 != c.iso3 {
			t.Errorf("FIPS %s is %s, not %s", c.fips, s.ISO3, c.iso3)
		}
	}
	if _, ok := b.FIPS(""); ok {
		t.Error("the empty code is a state")
	}
}

func TestActor(t *testing.T) {
	b := codebook(t)
	p := dragoman.Party{Country: "XKX", Sectors: []string{"GOV", "MIL", "COP"}}
	if got := b.Actor(&p); got != "KSVGOVMIL" {
		t.Errorf("got %s", got)
	}
	p.CAMEO = "KSVREB"
	if got := b.Actor(&p); got != "KSVREB" {
		t.Errorf("a code that is known stays, not %s", got)
	}
}
