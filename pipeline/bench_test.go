package pipeline_test

import (
	"os"
	"strings"
	"testing"

	"dragoman"
	"dragoman/data"
	"dragoman/pipeline"
)

// examples returns the plain texts of the folder, as one article of some
// thousand words.
func examples(b *testing.B) string {
	var all strings.Builder
	for name := range published {
		text, err := os.ReadFile("../examples/" + name)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(text)
		all.WriteString("\n\n")
	}
	return strings.Repeat(all.String(), 4)
}

// measure reports what f costs for a text of so many words.
func measure(b *testing.B, text string, words int, f func()) {
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkRead reads an article, and takes every step of that alone.
func BenchmarkRead(b *testing.B) {
	r, text := reader(b), examples(b)
	a := dragoman.Article{Text: text, Published: dragoman.DayOf(2025, 2, 12)}
	d := r.Read(a)
	b.Run("whole", func(b *testing.B) { measure(b, text, len(d.Tokens), func() { r.Read(a) }) })
	for _, s := range stagesOf(b, text) {
		s.run()
		b.Run(s.name, func(b *testing.B) { measure(b, text, len(d.Tokens), s.run) })
	}
}

// BenchmarkLoad loads all stages, as every start of the program does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Load(data.Embedded()); err != nil {
			b.Fatal(err)
		}
	}
}
