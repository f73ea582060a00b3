# make run    read an example article
# make test   everything that must hold: build, checks, tests
# make check  formatting, vet, staticcheck
# make bench  speed and memory of every room and of the whole
# make scores quality of every room on the corpora in $(CORPORA)
CORPORA ?= ../shared/corpora

.PHONY: run build test tools check golden pictures scores bench

run: build
	./bin/dragoman read --date 2025-03-04 examples/border-visit.txt

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/dragoman ./cmd/dragoman

test: build check tools
	go test ./...

# What the tests of pages need beside Go: a browser, and npm for the checks that run in it. On Debian and its kin they are installed.
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
tools:
	@missing=""; command -v chromium >/dev/null || missing="chromium"; command -v npm >/dev/null || missing="$$missing npm"; \
	if [ -n "$$missing" ]; then \
		if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || [ -n "$(SUDO)" ]; }; then \
			echo "installing $$missing"; $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
		else echo "the tests of pages need $$missing: install it, then run make test again"; exit 1; fi; fi
	@[ -e web/bundle/node_modules/axe-core ] || npm --prefix web/bundle ci --silent --no-audit --no-fund

# The pictures in docs, of the examples.
pictures: tools
	go test ./web -run TestShots -args -shots ../docs/pictures

check:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not gofmt'ed: $$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

# Whole outputs on the examples, rewritten for review as a diff.
golden:
	go test ./pipeline -run TestGolden -update

scores: build
	./bin/dragoman score all --corpora $(CORPORA) --out pipeline/testdata/scores.txt

bench:
	go test -run '^$$' -bench . -benchmem ./...
