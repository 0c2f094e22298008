"""Contraction hierarchies: travel times from many places to many, at once."""

from travel.hierarchy.hierarchy import Hierarchy
from travel.hierarchy.many import many_to_many, times_from_many
from travel.hierarchy.selection import Selection, Within

__all__ = ["Hierarchy", "Selection", "Within", "many_to_many", "times_from_many"]
