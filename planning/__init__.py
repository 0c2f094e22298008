"""Pupils, places and choices as pure functions: no file, database or network is touched here."""
