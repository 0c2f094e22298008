"""Tables of any kind: found by the place in every row, kept as values like all others."""
