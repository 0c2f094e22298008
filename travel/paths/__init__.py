"""Searches: how long it takes, and how far it is."""
