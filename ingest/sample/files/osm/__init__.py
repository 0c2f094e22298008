"""The street extract of the made-up country."""
