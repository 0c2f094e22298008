"""Sentences as plain functions from figures already computed; one fact each."""
