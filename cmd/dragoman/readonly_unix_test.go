//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnly asks a database that may not be written, nor its folder, and is
// answered; what would write says why it does not.
func TestReadOnly(t *testing.T) {
	folder, err := os.MkdirTemp("", "dragoman")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		os.Chmod(folder, 0o755) //nolint:errcheck // RemoveAll tells of it
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	db, text := filepath.Join(folder, "desk.db"), filepath.Join(folder, "text.txt")
	readme(t, "add", "--db", db, "../../examples/desk.jsonl")
	if err := os.WriteFile(text, []byte("Chad attacked Mali on Monday."), 0o644); err != nil {
		t.Fatal(err)
	}
	if all, err := filepath.Glob(db + "-*"); err != nil || len(all) > 0 {
		t.Errorf("beside the closed database there are %v (%v)", all, err)
	}
	for _, may := range []struct {
		what         string
		file, folder os.FileMode
	}{{"the file may not be written", 0o444, 0o777}, {"the folder may not be written", 0o666, 0o555}, {"neither may be written", 0o444, 0o555}} {
		for name, mode := range map[string]os.FileMode{db: may.file, folder: may.folder} {
			if err := os.Chmod(name, mode); err != nil {
				t.Fatal(err)
			}
		}
		if out, err := unprivileged("dyad", "--db", db, "Chad", "Sudan"); err != nil || !strings.Contains(out, "Chad → Sudan") {
			t.Errorf("%s, and it is not read: %v\n%s", may.what, err, out)
		}
		out, err := unprivileged("add", "--db", db, text)
		if err == nil || !strings.Contains(out, db+" may only be read, not written (") || !strings.Contains(out, "make a copy elsewhere") {
			t.Errorf("%s: %v\n%s", may.what, err, out)
		}
		if all, err := filepath.Glob(db + "-*"); err != nil || len(all) > 0 {
			t.Errorf("%s: who only read left %v (%v)", may.what, all, err)
		}
	}
}

// unprivileged runs the program as somebody for whom permissions hold.
func unprivileged(args ...string) (string, error) {
	cmd := exec.Command("/proc/self/exe", args...)
	if _, err := os.Stat(cmd.Path); err != nil || os.Getuid() != 0 {
		cmd = exec.Command("dragoman", args...)
	} else {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Args[0] = "dragoman"
	cmd.Dir = os.TempDir()
	out, err := cmd.CombinedOutput()
	return string(out), err
}
