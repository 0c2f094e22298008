"""Files of an authority's own: what each may hold, how it is read, and its empty template."""
