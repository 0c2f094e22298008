"""Rows and results put into the shapes that are sent."""
