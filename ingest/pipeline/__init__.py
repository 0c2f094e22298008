"""Runs the steps of a build and keeps its results."""
