package learn

// Len returns the number of features with weights.
func (t *Trainer) Len() int { return len(t.feature) }
