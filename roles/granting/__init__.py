"""Creating, changing and giving roles. Each change is atomic, checked against what `by` administers, and logged."""
