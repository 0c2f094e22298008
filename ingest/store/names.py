"""Names in a PostgreSQL database."""

import re
from typing import Final

LONGEST: Final = 63
"""Bytes of a name; PostgreSQL cuts off the rest."""

BOOKS: Final = "atlas_builds"
"""Schema that says which builds there are and which is in use."""


def schema_of_build(region_id: str, build_id: str) -> str:
    """Name the schema of a build.

    >>> schema_of_build("isle-of-wight", "20260102T030405-00ff00ff")
    'atlas_isle_of_wight_20260102t030405_00ff00ff'
    """
    build = plain(build_id)
    room = LONGEST - len("atlas__") - len(build)
    return f"atlas_{plain(region_id)[:room]}_{build}"


def schema_of_region(region_id: str) -> str:
    """Name the schema that shows the build in use of a region.

    >>> schema_of_region("isle-of-wight")
    'isle_of_wight'
    """
    return plain(region_id)[:LONGEST]


def plain(name: str) -> str:
    """Keep small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower())


def quoted(name: str) -> str:
    """Write a name as SQL reads it.

    >>> quoted('odd"name')
    '"odd""name"'
    """
    return '"' + name.replace('"', '""') + '"'
