package syntax

import (
	"sync"

	"dragoman/learn"
)

// trainTagger trains on the sentences that use says.
func (tr *training) trainTagger(rounds int, log func(string, ...any), use func(*example) bool) *learn.Trainer {
	names := make([]string, len(tr.p.classes))
	for c, i := range tr.classes {
		names[i] = c
	}
	t := learn.NewTrainer(names)
	scores := make([]float32, len(names))
	order := random(3)
	var feats []uint64
	for round := range rounds {
		wrong, n := 0, 0
		for _, at := range order.Perm(len(tr.sentences)) {
			e := &tr.sentences[at]
			if !use(e) {
				continue
			}
			before, before2 := uint64(1000), uint64(1000)
			shouting := allCaps(e.words)
			for i := range e.words {
				feats = thin(tagFeatures(feats[:0], e.words, i, before, before2, shouting), order, tagDropped)
				t.Tick()
				n++
				guess := t.Best(feats, scores)
				if guess != int(e.gold[i]) {
					wrong++
					t.Update(feats, int(e.gold[i]), guess)
				}
				before, before2 = uint64(guess), before
			}
		}
		if log == nil {
			continue
		}
		log("tags, round %d: %d of %d wrong", round+1, wrong, n)
	}
	return t
}

// tag trains the tagger, and for every fold one that has not seen it, so that
// the parser learns with tags as bad as it will find them.
func (tr *training) tag() learn.Section {
	// Folds do not touch each other's sentences: they can be had at once.
	var wait sync.WaitGroup
	turns := make(chan struct{}, 2)
	for fold := range tr.o.Folds {
		turns <- struct{}{}
		wait.Go(func() {
			tr.tagFold(fold)
			<-turns
		})
	}
	wait.Wait()
	tr.log("tagged in %d folds", tr.o.Folds)
	tr.p.tags = tr.trainTagger(10, tr.log, func(*example) bool { return true }).Freeze(tagPrune)
	return learn.Section{Name: "tags", Body: tr.p.tags.Bytes()}
}

// tagFold tags a fold by a tagger trained on the others.
func (tr *training) tagFold(fold int) {
	m := tr.trainTagger(6, nil, func(e *example) bool { return e.fold != fold }).Freeze(tagPrune)
	g := tagger{p: &Parser{tags: m}}
	for i := range tr.sentences {
		if e := &tr.sentences[i]; e.fold == fold {
			e.tags = make([]uint16, len(e.words))
			g.tag(e.words, e.tags)
		}
	}
}

// tagDropped is to the tagger what dropped is to the parser.
const tagDropped = 25

// tagPrune keeps the tagger's weights small: its rows are wide.
var tagPrune = learn.Prune{MinUpdates: 10, MaxRows: 60000}
