package learn_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman/learn"
)

// train learns to add two digits modulo a number of classes from their pairs.
func train(classes int) *learn.Model {
	names := make([]string, classes)
	for i := range names {
		names[i] = string(rune('a' + i))
	}
	t := learn.NewTrainer(names)
	r := rand.New(rand.NewPCG(1, 2))
	scores := make([]float32, classes)
	for range 20000 {
		f, gold := example(r.IntN(30), r.IntN(30), classes)
		t.Tick()
		t.Update(f, gold, t.Best(f, scores))
	}
	return t.Freeze(learn.Prune{})
}

func example(a, b, classes int) ([]uint64, int) {
	return []uint64{
		learn.Mix(learn.Seed(0), uint64(a)),
		learn.Mix(learn.Seed(1), uint64(b)),
		learn.Mix(learn.Mix(learn.Seed(2), uint64(a)), uint64(b)),
	}, (a + b) % classes
}

func TestLearns(t *testing.T) {
	for _, classes := range []int{2, 3, 8, 9, 26} {
		m := train(classes)
		again, err := learn.ParseModel(m.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		scores := make([]int32, classes)
		wrong := 0
		for a := range 30 {
			for b := range 30 {
				f, gold := example(a, b, classes)
				if again.Best(f, scores) != gold {
					wrong++
				}
			}
		}
		if wrong > 30 {
			t.Errorf("%d classes: %d of 900 wrong", classes, wrong)
		}
	}
}

func TestManyFeaturesDoNotOverflow(t *testing.T) {
	tr := learn.NewTrainer([]string{"a", "b"})
	var f []uint64
	for i := range 1000 {
		f = append(f, learn.Mix(learn.Seed(3), uint64(i)))
	}
	tr.Tick()
	tr.Update(f, 1, 0)
	tr.Tick()
	m := tr.Freeze(learn.Prune{Clip: 0.5})
	scores := make([]int32, 2)
	m.Score(f, scores)
	if scores[1] != 127000 || scores[0] != -127000 {
		t.Errorf("scores %v", scores)
	}
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(train(5).Bytes(), train(5).Bytes()) {
		t.Error("training twice gives other bytes")
	}
}

func TestFile(t *testing.T) {
	m := train(3)
	b := learn.Pack(learn.Section{Name: "z", Body: m.Bytes()}, learn.Section{Name: "a", Body: []byte("words")})
	f, err := learn.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Model("z"); err != nil {
		t.Error(err)
	}
	if body, _ := f.Body("a"); string(body) != "words" {
		t.Errorf("body %q", body)
	}
	if _, err := f.Model("a"); err == nil {
		t.Error("a section of words is read as a model")
	}
	if _, err := f.Body("b"); err == nil {
		t.Error("a missing section is found")
	}
	for n := range b {
		if f, err := learn.Open(b[:n]); err == nil {
			if _, err := f.Model("z"); err == nil {
				t.Fatalf("a file cut at %d is read", n)
			}
		}
	}
}

func TestSqueeze(t *testing.T) {
	m := train(3)
	b := learn.Pack(learn.Section{Name: "z", Body: m.Bytes()}, learn.Section{Name: "zeros", Body: make([]byte, 1<<16)})
	s := learn.Squeeze(b)
	if len(s) > len(b)/10 || !bytes.Equal(s, learn.Squeeze(b)) {
		t.Errorf("%d bytes are squeezed to %d", len(b), len(s))
	}
	f, err := learn.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := f.Body("z"); err != nil || !bytes.Equal(body, m.Bytes()) {
		t.Error("what was squeezed is not what it was", err)
	}
	for n := range s {
		if _, err := learn.Open(s[:n]); err == nil {
			t.Fatalf("a file cut at %d is read", n)
		}
	}
}

func TestLoad(t *testing.T) {
	m := train(3)
	fsys := fstest.MapFS{"w.bin": {Data: learn.Pack(learn.Section{Name: "z", Body: m.Bytes()})}}
	n := len(m.Classes)
	if models, err := learn.Load(fsys, "w.bin", n, "z"); err != nil || len(models) != 1 || len(models[0].Classes) != n {
		t.Errorf("%v %v", models, err)
	}
	if models, err := learn.Load(fsys, "none.bin", n, "z"); err != nil || models != nil {
		t.Errorf("no file: %v %v", models, err)
	}
	for _, fault := range []struct {
		classes int
		section string
	}{{n + 1, "z"}, {n, "y"}} {
		if models, err := learn.Load(fsys, "w.bin", fault.classes, fault.section); err == nil || models != nil || !strings.Contains(err.Error(), "w.bin") {
			t.Errorf("%+v: %v %v", fault, models, err)
		}
	}
}

func BenchmarkScore(b *testing.B) {
	m := train(26)
	scores := make([]int32, 26)
	f, _ := example(3, 4, 26)
	b.ReportAllocs()
	for b.Loop() {
		m.Score(f, scores)
	}
}

func TestPatience(t *testing.T) {
	tr := learn.NewTrainer([]string{"a", "b"})
	tr.Patience = 3
	f := []uint64{learn.Mix(learn.Seed(1), 5)}
	for i := range 4 {
		if want := boolean(i >= 3); tr.Len() != want {
			t.Errorf("after %d changes %d features have weights", i, tr.Len())
		}
		tr.Update(f, 1, 0)
	}
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
