"""Measurements of the atlas; `python -m bench` runs them all."""
