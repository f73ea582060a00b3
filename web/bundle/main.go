// Command bundle makes what the charts of the pages need of other people's work,
// so that the pages ask no third party for it: one module of packages, their
// licences, and the borders of the world.
//
//	go run ./web/bundle
//
// The packages are those of package-lock.json; npm fetches them where they are
// not there. The same lock gives the same bytes.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

//go:generate go run -C ../.. ./web/bundle

const (
	sources = "web/bundle" // as seen from the folder of the module
	assets  = "web/assets"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run() error {
	made, err := build(sources)
	if err != nil {
		return err
	}
	for name, content := range made {
		if err := os.WriteFile(filepath.Join(assets, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// build returns the files that the packages in dir give, by name.
func build(dir string) (map[string][]byte, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := install(dir); err != nil {
		return nil, err
	}
	module, inputs, err := bundle(dir)
	if err != nil {
		return nil, err
	}
	notes, err := licences(dir, append(inputs, "node_modules/world-atlas/countries-50m.json"))
	if err != nil {
		return nil, err
	}
	atlas, err := os.ReadFile(filepath.Join(dir, "node_modules/world-atlas/countries-50m.json"))
	if err != nil {
		return nil, err
	}
	world, err := reduce(atlas)
	if err != nil {
		return nil, fmt.Errorf("countries-50m.json: %w", err)
	}
	return map[string][]byte{"vendor.js": module, "vendor-licences.txt": notes, "world.json": world}, nil
}

// install has npm fetch the packages where they are missing, or older than the
// lock that names them.
func install(dir string) error {
	lock, err := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return err
	}
	have, err := os.Stat(filepath.Join(dir, "node_modules/.package-lock.json"))
	if err == nil && !have.ModTime().Before(lock.ModTime()) {
		return nil
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return fmt.Errorf("%s: npm is missing, which fetches the packages: install Node.js 20 or newer (on Debian: apt-get install npm)", dir)
	}
	c := exec.Command(npm, "ci")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci in %s: %w\n%s", dir, err, out)
	}
	return nil
}

// bundle joins what entry.js exports into one module, and names the files that
// are in it.
func bundle(dir string) (module []byte, inputs []string, err error) {
	r := api.Build(api.BuildOptions{
		AbsWorkingDir:     dir,
		EntryPoints:       []string{"entry.js"},
		Outfile:           "vendor.js",
		Bundle:            true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Metafile:          true,
		LegalComments:     api.LegalCommentsNone,
		Banner:            map[string]string{"js": "/* Made of npm packages by web/bundle; their licences are in vendor-licences.txt. */"},
	})
	if len(r.Errors) > 0 {
		return nil, nil, fmt.Errorf("%s", strings.Join(api.FormatMessages(r.Errors, api.FormatMessagesOptions{}), ""))
	}
	var meta struct {
		Outputs map[string]struct {
			Inputs map[string]struct{ BytesInOutput int }
		}
	}
	if err := json.Unmarshal([]byte(r.Metafile), &meta); err != nil {
		return nil, nil, err
	}
	for name, in := range meta.Outputs["vendor.js"].Inputs {
		if in.BytesInOutput > 0 {
			inputs = append(inputs, name)
		}
	}
	return r.OutputFiles[0].Contents, inputs, nil
}

// licences writes out the licence of every package that a file is of.
func licences(dir string, files []string) ([]byte, error) {
	var packages []string
	for _, f := range files {
		if rest, ok := strings.CutPrefix(f, "node_modules/"); ok {
			parts := strings.Split(rest, "/")
			n := 1
			if strings.HasPrefix(rest, "@") {
				n = 2
			}
			packages = append(packages, strings.Join(parts[:n], "/"))
		}
	}
	slices.Sort(packages)
	var b bytes.Buffer
	b.WriteString("What vendor.js and world.json are made of. The borders in world.json are Natural Earth's, which are in the public domain.\n")
	for _, p := range slices.Compact(packages) {
		folder := filepath.Join(dir, "node_modules", p)
		manifest, err := os.ReadFile(filepath.Join(folder, "package.json"))
		if err != nil {
			return nil, err
		}
		var about struct{ Version, License string }
		if err := json.Unmarshal(manifest, &about); err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		text, err := licence(folder)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n%s\n%s %s (%s)\n\n%s\n", strings.Repeat("-", 72), p, about.Version, about.License, text)
	}
	return b.Bytes(), nil
}

// licence returns the text of the licence in a package's folder.
func licence(folder string) (string, error) {
	names, err := filepath.Glob(filepath.Join(folder, "LICEN[SC]E*"))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("%s: no file LICENSE: leave the package out of entry.js", folder)
	}
	text, err := os.ReadFile(names[0])
	return strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")), err
}
