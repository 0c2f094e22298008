"""The country that valhalla is told, as it would find it in an extract of all Britain.

Which ways people may use by default, and on which side cars drive, differs by country: in Britain
one walks on bridleways and cycleways. A regional extract holds no outline of the country, so a box
around it stands in.
"""

from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

BOX = ((-9.0, 49.0), (3.0, 49.0), (3.0, 61.0), (-9.0, 61.0))
"""Corners, longitude and latitude."""

COUNTRY = {
    "type": "boundary",
    "boundary": "administrative",
    "admin_level": "2",
    "name": "United Kingdom",
    "ISO3166-1": "GB",
    "ISO3166-1:alpha2": "GB",
    "driving_side": "left",
}


def write_country(path: Path) -> None:
    """Write an extract that holds the country's outline and nothing else."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for number, corner in enumerate(BOX, start=1):
            writer.add_node(Node(id=number, version=1, location=corner))
        edge = {key: COUNTRY[key] for key in ("boundary", "admin_level")}
        writer.add_way(Way(id=1, version=1, nodes=[1, 2, 3, 4, 1], tags=edge))
        writer.add_relation(Relation(id=1, version=1, members=[("w", 1, "outer")], tags=COUNTRY))
