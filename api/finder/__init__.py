"""Find a school, place or area by what people type; knows no database."""

from api.finder.index import Entry, Finder
from api.finder.postcodes import PostcodeQuery, nearest_postcodes, postcode_query
from api.finder.spelling import NEEDLESS, whole_words_for

__all__ = [
    "NEEDLESS",
    "Entry",
    "Finder",
    "PostcodeQuery",
    "nearest_postcodes",
    "postcode_query",
    "whole_words_for",
]
