"""From a street extract to the flat arrays of a network."""
