"""The class of road that an edge is, for every mode: how busy a road is walked along or crossed."""

from typing import Final

import numpy as np
import numpy.typing as npt

from travel.rules.verdict import ROAD_CLASS_SHIFT
from travel.streets.reading import Tags

ROAD_CLASSES: Final = (
    frozenset(
        {"path", "footway", "cycleway", "steps", "track", "bridleway", "pedestrian"}
        | {"corridor", "platform", "elevator", "crossing"}
    ),
    frozenset({"service", "busway", "bus_guideway"}),
    frozenset({"residential", "living_street", "unclassified", "road"}),
    frozenset({"tertiary"}),
    frozenset({"secondary"}),
    frozenset({"primary"}),
    frozenset({"trunk"}),
    frozenset({"motorway"}),
)
"""Classes of way by the motor traffic along them, from none to most; links go with their road."""

_NUMBER: Final = {highway: i for i, ways in enumerate(ROAD_CLASSES) for highway in ways}


def road_class_number(tags: Tags) -> int:
    """Return where a way stands in `ROAD_CLASSES`; 0, no motor traffic, for all that are not there.

    >>> [road_class_number({"highway": each}) for each in ("footway", "service", "primary_link")]
    [0, 1, 5]
    """
    return _NUMBER.get(tags.get("highway", "").removesuffix("_link"), 0)


def road_class_bits(tags: Tags) -> int:
    """Return the part of an edge's traits that says which class of road it is."""
    return road_class_number(tags) << ROAD_CLASS_SHIFT


def road_class_of(traits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Read the class of road of each edge, 0 to 7, off its traits.

    >>> road_class_of(np.array([0b1010_0000, 0b0000_0100], np.uint8)).tolist()
    [5, 0]
    """
    return traits >> np.uint8(ROAD_CLASS_SHIFT)
