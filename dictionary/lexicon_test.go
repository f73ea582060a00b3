package dictionary_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestNames holds names of words side by side and apart against regular
// expressions that say the same.
func TestNames(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 2))
	words := func(n int, signs ...string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteString(signs[rng.IntN(len(signs))])
			}
			b.WriteByte("ABC"[rng.IntN(3)])
		}
		return b.String()
	}
	named := 0
	for range 5000 {
		name, text := words(1+rng.IntN(6), " ", "_"), words(1+rng.IntN(14), " ")
		d, _ := load(t, name+" [VER]")
		want := ""
		if regexp.MustCompile(`\b` + strings.NewReplacer(" ", `( \w)* `, "_", " ").Replace(name) + `\b`).MatchString(text) {
			want = "VER"
			named++
		}
		if have := who(d, text, 0); have != want {
			t.Fatalf("the name %q in %q: have %q, want %q", name, text, have, want)
		}
	}
	if named < 500 || named > 4500 {
		t.Errorf("%d of 5000 texts have the name, which tests little", named)
	}
}

// TestNamesReachNoFartherThanAPhrase wants no name of words that stand sentences apart.
func TestNamesReachNoFartherThanAPhrase(t *testing.T) {
	d, _ := load(t, "VERDANIA FLEET ADMIRAL [VERMIL]")
	for _, c := range []struct {
		text string
		want string
	}{
		{"Verdania" + strings.Repeat(" x", 12) + " fleet" + strings.Repeat(" x", 8) + " admiral", "VERMIL"},
		{"Verdania" + strings.Repeat(" x", 12) + " fleet" + strings.Repeat(" x", 9) + " admiral", ""},
		{"Verdania" + strings.Repeat(" x", 30) + " Verdania fleet admiral", "VERMIL"},
	} {
		if have := who(d, c.text, 0); have != c.want {
			t.Errorf("%s: have %q, want %q", c.text, have, c.want)
		}
	}
}

// TestHostileNames wants a name that almost stands in very many ways to be looked for
// once.
func TestHostileNames(t *testing.T) {
	done := make(chan string)
	go func() {
		var codes []string
		for _, name := range []string{"A A A A A A A A B", "A A_A A_A A_A A_B", "A" + strings.Repeat(" A", 2000) + " B"} {
			d, _ := load(t, name+" [VER]")
			codes = append(codes, who(d, strings.Repeat("A ", 5000), 0))
		}
		done <- strings.Join(codes, "")
	}()
	select {
	case code := <-done:
		if code != "" {
			t.Errorf("nobody is named, but there is %s", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("after 20 seconds it is still looked for")
	}
}
