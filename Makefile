# make run    read an example article
# make test   everything that must hold: build, checks, tests
# make check  formatting, vet, staticcheck
# make bench  speed and memory of every room and of the whole
# make scores quality of every room on the corpora in $(CORPORA)
CORPORA ?= ../shared/corpora

.PHONY: run build test check golden scores bench

run: build
	./bin/dragoman read --date 2025-03-04 examples/border-visit.txt

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/dragoman ./cmd/dragoman

test: build check
	go test ./...

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
