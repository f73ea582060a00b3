// Package learn holds models over hashed features: linear ones, with a trainer (averaged
// perceptron, or logistic regression) and the compact frozen model that ships; boosted
// decision trees; and the file that holds several of them. It knows nothing of language and imports nothing of ours.
//
// # Features
//
// A feature is a uint64. Make one by mixing a template number with the values
// that the template joins, each value itself a number or Hash of a string (of words
// alone, Feature does it):
//
//	f := learn.Mix(learn.Mix(learn.Seed(7), word), previousTag)
//
// Mix is cheap and keeps order apart. Nothing is allocated: a caller appends
// the features of one decision to a slice that it keeps.
//
// # Training
//
//	t := learn.NewTrainer([]string{"O", "B", "I"})
//	for each decision {
//		t.Tick()
//		t.Score(feats, scores)                 // scores []float32, one a class
//		if guess != gold { t.Update(feats, gold, guess) }
//	}
//	model := t.Freeze(learn.Prune{MinUpdates: 2})
//
// Tick counts decisions, by which weights are averaged. Structured models
// (Viterbi, beams) call Add for every feature vector of the right and of the
// wrong path, with +1 and -1. The same calls in the same order give the same
// bytes.
//
// # Using a model
//
//	model.Score(feats, scores)                    // scores []int32, one a class
//	best := model.Best(feats, scores)             // the highest, the first of equals
//	x := float32(scores[best]) * model.Scale      // on the trainer's scale
//
// A Model is read-only and safe for many goroutines. Score makes no garbage.
//
// # The file
//
// All numbers are little-endian. A file (see Pack and Open) is
//
//	"dragoman weights 1\n"
//	uint32           number of sections
//	per section      uint32 length of name, name, uint64 length of body
//	bodies           in the same order
//
// Sections are sorted by name. A body is what its room makes of it; a model is
//
//	uint32           classes
//	per class        uint32 length, name
//	float32          scale: weight = int8 weight × scale
//	uint64           slots
//	slots            2 bytes fingerprint (0: free), then width bytes of weights
//
// where width is the number of classes rounded up to a multiple of 8, and a
// weight is stored as int8 + 128. A feature's home is the slot
// high64(f × K × slots); it is looked for there and in the slots that follow
// until its fingerprint or a free slot comes. Features that are not there
// weigh nothing. Slots are filled in the order of (home, feature), so that the
// same weights give the same bytes. Trees are
//
//	uint32           features
//	per feature      uint64, rising
//	float32          log-odds to start with
//	uint32           trees
//	per tree         uint32 nodes, the root first
//	per node         uint32 number of the feature that is asked for, all ones for a leaf;
//	                 uint32 node for what lacks it, the next being for what has it;
//	                 float32 what a leaf adds to the log-odds
package learn
