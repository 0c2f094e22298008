"""Performance tables: how their figures are declared, named and read."""
