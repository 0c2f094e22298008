"""From an extract to networks, one for each mode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from travel.elevation.heights import Heights
from travel.errors import ExtractError
from travel.network import Mode, Network
from travel.rules.modes import MODES, RULES
from travel.rules.safe import walk_safely
from travel.streets.extract import Extract
from travel.streets.groundwork import ground_of
from travel.streets.one_mode import build_mode
from travel.streets.report import LeftOut, NetworkReport

__all__ = [
    "LeftOut",
    "NetworkReport",
    "build_network",
    "build_networks",
    "build_safe_walk",
    "each_network",
]

Closed = Callable[[Mode, ExtractError], None]
"""Told of a mode that no way of an extract is open to, and why."""


def build_network(
    extract: Extract, *, mode: Mode, heights: Heights | None = None
) -> tuple[Network, NetworkReport]:
    """Build the network of one mode.

    The same extract always gives the same network, to the byte.

    Args:
        extract: the streets.
        mode: the way of travelling.
        heights: of the extract's streets; hills change nothing if left out.

    Raises:
        ExtractError: no way of the extract is open to the mode.
    """
    return build_mode(ground_of(extract, heights), mode, RULES[mode])


def build_networks(
    extract: Extract,
    *,
    modes: Iterable[Mode] = MODES,
    heights: Heights | None = None,
    closed: Closed | None = None,
) -> dict[Mode, tuple[Network, NetworkReport]]:
    """Build the networks of several modes; see `each_network`.

    Raises:
        ExtractError: no way is open to one of the modes, and ``closed`` is left out.
    """
    built = each_network(extract, modes=modes, heights=heights, closed=closed)
    return {network.mode: (network, report) for network, report in built}


def each_network(
    extract: Extract,
    *,
    modes: Iterable[Mode] = MODES,
    heights: Heights | None = None,
    closed: Closed | None = None,
) -> Iterator[tuple[Network, NetworkReport]]:
    """Build the networks of several modes one after the other, so that one is held at a time.

    What they share is worked out once.

    Args:
        extract: the streets.
        modes: the ways of travelling.
        heights: of the extract's streets; hills change nothing if left out.
        closed: called for every mode that no way of the extract is open to, with the reason; the
            mode is then left out.

    Raises:
        ExtractError: no way is open to one of the modes, and ``closed`` is left out.
    """
    ground = ground_of(extract, heights)
    for mode in modes:
        try:
            yield build_mode(ground, mode, RULES[mode])
        except ExtractError as error:
            if closed is None:
                raise
            closed(mode, error)


def build_safe_walk(
    extract: Extract, *, heights: Heights | None = None
) -> tuple[Network, NetworkReport]:
    """Build a walking network of the ways that count as safe for a child; see `travel.rules.safe`.

    The report's ``walk`` says how much of that rests on what is mapped.

    Raises:
        ExtractError: no way of the extract counts as safe.
    """
    rules = replace(
        RULES["walk"], judge=walk_safely, looks_around=True, people="people on safe ways"
    )
    return build_mode(ground_of(extract, heights), "walk", rules)
