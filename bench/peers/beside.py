"""Every comparison with the field's engines, as rows with targets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from bench.peers.bands import five_bands, half_hour_by_car
from bench.peers.environment import NoPeers, environment
from bench.peers.matrices import large_matrix, one_home
from bench.peers.places import leeds, region
from bench.peers.trees import walk_tree
from bench.rows import row
from travel import warm

Row = dict[str, Any]


def rows() -> list[Row]:
    """Measure all that can be measured; say what could not, and why."""
    if not leeds("walk").extract.exists():
        return [_left_out("everything", "the publishers' files are not here")]
    try:
        environment()
    except NoPeers as error:
        return [_left_out("everything", str(error))]
    warm()
    return [each for name, measure in _comparisons() for each in _measured(name, measure)]


def _comparisons() -> Iterator[tuple[str, Callable[[], Iterator[Row]]]]:
    yield "walk tree", lambda: walk_tree(leeds("walk"))
    yield "five bands", lambda: five_bands(leeds("walk"))
    yield "one home on foot", lambda: one_home(leeds("walk"))
    yield "one home by car", lambda: one_home(leeds("drive"))
    by_car = region("drive")
    yield "region, half an hour by car", lambda: half_hour_by_car(by_car)
    yield "region, one home by car", lambda: one_home(by_car)
    yield "region, 1000 x 1000 by car", lambda: large_matrix(by_car)


def _measured(name: str, measure: Callable[[], Iterator[Row]]) -> list[Row]:
    print(f"  {name}", file=sys.stderr)
    try:
        return list(measure())
    except NoPeers as error:
        return [_left_out(name, str(error))]


def _left_out(name: str, why: str) -> Row:
    return row(f"{name}: not measured", 0, "", why)
