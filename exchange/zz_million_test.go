package exchange

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

func TestZZMillion(t *testing.T) {
	if os.Getenv("ZZM") == "" {
		t.Skip()
	}
	for _, f := range TableFormats[1:] {
		dir := t.TempDir()
		tb, err := NewTables(dir, f, codebook(t))
		if err != nil {
			t.Fatal(err)
		}
		all := tableRecords(t)[:6]
		var most uint64
		start := time.Now()
		for i := range 1_000_000 {
			r := all[i%6]
			r.Number = int64(i + 1)
			r.Article = int64(i/3 + 1)
			r.Day += r.Day % 3000
			r.Evidence = fmt.Sprintf("Chad's minister %d met Sudan's envoy of %d in Adré, so people of the %d say", i, i*7919%100003, i*31)
			r.Told.URL = fmt.Sprintf("https://example.org/%d/%d", i/3, i*7919%100003)
			r.Told.Title = fmt.Sprintf("Talks of %d and %d", i/3, i*31%77777)
			p := *(&r.Actors[0])
			p.ID = fmt.Sprintf("new:person-%d", i*7919%100003)
			p.Name = p.ID[4:]
			r.Actors = append(r.Actors[:0:0], p)
			if err := tb.Event(&r); err != nil {
				t.Fatal(err)
			}
			if i%100000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapSys-m.HeapReleased)
			}
		}
		if err := tb.Close(); err != nil {
			t.Fatal(err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Println(f, time.Since(start), "heapsys MB", max(most, m.HeapSys)>>20, "alloc", m.HeapAlloc>>20)
		es, _ := os.ReadDir(dir)
		for _, e := range es {
			i, _ := e.Info()
			fmt.Println("  ", e.Name(), i.Size())
		}
		b, _ := os.ReadFile("/proc/self/status")
		for _, l := range []string{"VmHWM"} {
			_ = l
		}
		fmt.Println(string(b[:0]), grepHWM(string(b)))
	}
}

func grepHWM(s string) string {
	for i := 0; i+5 < len(s); i++ {
		if s[i:i+5] == "VmHWM" {
			return s[i : i+24]
		}
	}
	return ""
}
