package dragoman_test

import (
	"testing"

	"dragoman"
)

// Who is quoted with a promise or threat has uttered it, for himself or whom he acts for;
// what he says that others did, or that he did, is his claim.
func TestClaimed(t *testing.T) {
	chad := dragoman.Party{ID: "TCD", Kind: "state"}
	sudan := dragoman.Party{ID: "SDN", Kind: "state"}
	minister := dragoman.Party{ID: "minister", Kind: "person", Principals: []dragoman.Party{chad}}
	paper := dragoman.Party{ID: "paper", Kind: "media"}
	of := func(who ...dragoman.Party) (all []dragoman.Source) {
		for _, p := range who {
			all = append(all, dragoman.Source{Actor: p, Text: p.ID})
		}
		return all
	}
	for _, c := range []struct {
		what    string
		kind    string
		cameo   string
		actors  []dragoman.Party
		told    []dragoman.Source
		claimed bool
		source  string
	}{
		{"the outlet tells it", "ASSAULT", "190", []dragoman.Party{chad}, nil, false, ""},
		{"“We will help,” he said", "AGREE", "030", []dragoman.Party{minister}, of(minister), false, "minister"},
		{"“Chad rejects it,” he said", "REJECT", "120", []dragoman.Party{chad}, of(minister), false, "minister"},
		{"“Sudan has threatened us,” he said", "THREATEN", "130", []dragoman.Party{sudan}, of(minister), true, "minister"},
		{"“We and Sudan have agreed,” he said", "AGREE", "030", []dragoman.Party{chad, sudan}, of(minister), true, "minister"},
		{"“We have shelled them,” he said", "ASSAULT", "190", []dragoman.Party{chad}, of(minister), true, "minister"},
		{"“We have signed,” he said", "SUPPORT", "057", []dragoman.Party{chad}, of(minister), true, "minister"},
		{"“We will help,” he said, according to a paper", "AGREE", "030", []dragoman.Party{minister}, of(minister, paper), true, "paper"},
		{"“Sudan has fired,” he said, according to a paper", "ASSAULT", "190", []dragoman.Party{sudan}, of(minister, paper), true, "minister"},
		{"somebody was threatened, he said", "THREATEN", "130", nil, of(minister), true, "minister"},
		{"officials said that it will help", "AGREE", "030", []dragoman.Party{chad}, []dragoman.Source{{Text: "officials", Anonymous: true}}, true, ""},
	} {
		r := dragoman.Report{Type: c.kind, CAMEO: c.cameo, Status: dragoman.Happened, Actors: c.actors}
		r.TellBy(c.told...)
		if r.Claimed() != c.claimed || r.Fact() == c.claimed || r.Source.Actor.ID != c.source {
			t.Errorf("%s: claimed %v, a fact %v, by %q", c.what, r.Claimed(), r.Fact(), r.Source.Actor.ID)
		}
		if r.Status = dragoman.Planned; r.Fact() {
			t.Errorf("%s: planned, it is a fact", c.what)
		}
	}
}

// A medium among those who tell an event is where it comes from.
func TestTellByMedium(t *testing.T) {
	r := dragoman.Report{Origin: "Gazette"}
	r.TellBy(dragoman.Source{Actor: dragoman.Party{ID: "army"}}, dragoman.Source{Actor: dragoman.Party{ID: "reuters", Kind: "media"}})
	if r.Source.Actor.ID != "army" || r.Origin != "reuters" {
		t.Errorf("%+v", r)
	}
}
