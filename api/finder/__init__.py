"""Find a school, place or area by what people type; knows no database."""

from api.finder.index import Entry, Finder
from api.finder.postcodes import PostcodeQuery, nearest_postcodes, postcode_query

__all__ = ["Entry", "Finder", "PostcodeQuery", "nearest_postcodes", "postcode_query"]
