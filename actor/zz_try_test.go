package actor_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"dragoman"
	"dragoman/actor"
	"dragoman/attribution"
	"dragoman/data"
	mn "dragoman/mention"
	"dragoman/score"
	"dragoman/syntax"
)

type rd struct {
	s *syntax.Parser
	a *attribution.Finder
	m *mn.Finder
	r *actor.Resolver
}

func (r rd) Read(a dragoman.Article) dragoman.Document {
	d := dragoman.Document{Article: a}
	d.Sentences, d.Tokens, d.Tags, d.Arcs = r.s.Read(a.Text)
	d.Attributions = r.a.Find(&d)
	d.Mentions = r.m.Find(&d)
	d.Actors = r.r.Resolve(&d)
	return d
}

func TestTry(t *testing.T) {
	fs := data.Embedded()
	var x rd
	var err error
	if x.s, err = syntax.Load(fs); err != nil {
		t.Fatal(err)
	}
	if x.a, err = attribution.Load(fs); err != nil {
		t.Fatal(err)
	}
	if x.m, err = mn.Load(fs); err != nil {
		t.Fatal(err)
	}
	t0 := time.Now()
	if x.r, err = actor.Load(fs); err != nil {
		t.Fatal(err)
	}
	fmt.Println("load", time.Since(t0))
	if p := os.Getenv("PHR"); p != "" {
		for _, s := range strings.Split(p, ";") {
			d := x.Read(dragoman.Article{Text: s, Language: "en", Published: dragoman.DayOf(2022, 10, 20)})
			fmt.Println("##", s)
			for i := range d.Mentions {
				m := d.Mentions[i]
				fmt.Printf("   M [%s] %s %s title=%q head=%s rel=%s\n", d.TextOf(m.Span), m.Form, m.Class, d.TextOf(m.Title), d.Form(m.Head), d.Arcs[m.Head].Rel)
			}
			for _, a := range d.Actors {
				fmt.Printf("   A %s %s %s %s %v\n", a.ID, a.Kind, a.Title, a.Country, a.Sectors)
			}
		}
		return
	}
	b, _ := os.ReadFile(os.Getenv("TRY"))
	d := x.Read(dragoman.Article{Text: string(b), Language: "en", Published: dragoman.DayOf(2025, 2, 12)})
	for _, a := range d.Actors {
		fmt.Printf("%s | %s | %s | %s | %s %v %s %v\n   ", a.ID, a.Name, a.Kind, a.Title, a.Country, a.Sectors, a.CAMEO, a.MemberOf)
		for _, m := range a.Mentions {
			fmt.Printf(" [%s/%s/%s]", d.TextOf(d.Mentions[m].Span), d.Mentions[m].Form, d.Mentions[m].Class)
		}
		fmt.Println()
	}
	in := map[int]bool{}
	for _, a := range d.Actors {
		for _, m := range a.Mentions {
			in[m] = true
		}
	}
	for i := range d.Mentions {
		if !in[i] {
			fmt.Printf("NO ACTOR [%s/%s/%s]\n", d.TextOf(d.Mentions[i].Span), d.Mentions[i].Form, d.Mentions[i].Class)
		}
	}
	if f, err := os.Open("/work/shared/corpora/ngec-actors/actor_resolution_cases.jsonl"); err == nil && os.Getenv("NGEC") != "" {
		s, err := score.Actors(f, x)
		fmt.Println(s, err)
		for _, w := range s.Wrong {
			fmt.Println("  ", w)
		}
	}
}
