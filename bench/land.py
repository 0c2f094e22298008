"""Land to measure on: a network with its homes and schools, also laid side by side many times."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from travel import Network, Snapped, Turns, snap
from travel.matrix import Points
from travel.matrix.sides import Side, in_order

NO_POSITION = 90
"""Code-Point Open's quality mark of a postcode without a position."""


@dataclass(frozen=True, slots=True)
class Land:
    """Streets, homes and schools."""

    network: Network
    homes: Side
    schools: Side


def homes(mirror: Path) -> Points:
    """Read every postcode that has a position."""
    ids, xy = [], []
    with zipfile.ZipFile(mirror / "os" / "codepo_gb.zip") as archive:
        for name in sorted(archive.namelist()):
            if not name.startswith("Data/CSV/"):
                continue
            with archive.open(name) as file:
                for line in csv.reader(io.TextIOWrapper(file, "utf-8")):
                    if int(line[1]) < NO_POSITION:
                        ids.append(line[0])
                        xy.append((float(line[2]), float(line[3])))
    x, y = np.array(xy).T.copy()
    return Points(np.array(ids, "S8"), x, y)


def schools(mirror: Path) -> Points:
    """Read every open school that has a position."""
    path = max((mirror / "gias").glob("edubasealldata*.csv"))
    with path.open(encoding="cp1252", newline="") as file:
        rows = [
            (int(each["URN"]), float(each["Easting"]), float(each["Northing"]))
            for each in csv.DictReader(file)
            if each["EstablishmentStatus (name)"].startswith("Open") and each["Easting"]
        ]
    urn, x, y = zip(*rows, strict=True)
    return Points(np.array(urn), np.array(x), np.array(y))


def within(network: Network, points: Points) -> tuple[Points, Snapped]:
    """Keep the points that have a street."""
    snapped = snap(network, points.x, points.y)
    on = np.flatnonzero(snapped.is_on_street)
    return Points(points.id[on], points.x[on], points.y[on]), snapped[on]


def side_by_side(network: Network, home: Points, school: Points, copies: int) -> Land:
    """Lay land so many times side by side; no street leads from one to the next.

    What searches read is laid out in full, copy by copy; the shapes of streets, which only pictures
    and snapping read, stay those of one.
    """
    (home, at_home), (school, at_school) = within(network, home), within(network, school)
    width = float(np.ptp(network.x)) + 1000
    urn = np.concatenate([school.id.astype(np.int64) + k * 10_000_000 for k in range(copies)])
    codes = [np.char.add(home.id, str(k).encode()) for k in range(copies)]
    postcode = np.concatenate(codes) if copies > 1 else home.id
    wide = network if copies == 1 else _laid(network, copies, width)
    return Land(
        wide,
        in_order(postcode, _moved(at_home, copies, width, network.n_edges)),
        in_order(urn, _moved(at_school, copies, width, network.n_edges)),
    )


def _moved(snapped: Snapped, copies: int, width: float, n_edges: int) -> Snapped:
    return Snapped(
        np.concatenate([snapped.x + k * width for k in range(copies)]),
        np.tile(snapped.y, copies),
        _shifted(snapped.edge, copies, n_edges),
        np.tile(snapped.fraction, copies),
        np.tile(snapped.distance_m, copies),
    )


def _shifted(numbers: np.ndarray, copies: int, by: int) -> np.ndarray:
    shift = np.repeat(np.arange(copies) * by, numbers.size)
    return (np.tile(numbers, copies) + shift).astype(numbers.dtype)


def _starts(start: np.ndarray, copies: int) -> np.ndarray:
    return np.append(_shifted(start[:-1], copies, int(start[-1])), start[-1] * copies).astype(
        start.dtype
    )


def _laid(network: Network, copies: int, width: float) -> Network:
    nodes, edges = network.n_nodes, network.n_edges
    laid = {
        "x": np.concatenate([network.x + k * width for k in range(copies)]),
        "y": np.tile(network.y, copies),
        "tail": _shifted(network.tail, copies, nodes),
        "head": _shifted(network.head, copies, nodes),
        "length_m": np.tile(network.length_m, copies),
        "forward_ds": np.tile(network.forward_ds, copies),
        "backward_ds": np.tile(network.backward_ds, copies),
        "traits": np.tile(network.traits, copies),
        "arc_start": _starts(network.arc_start, copies),
        "arcs": _shifted(network.arcs, copies, nodes),
        "arc_edge": _shifted(network.arc_edge, copies, edges),
    }
    turns = network.turns and Turns(
        state_start=_starts(network.turns.state_start, copies),
        state_edge=_shifted(network.turns.state_edge, copies, edges),
        state_flags=np.tile(network.turns.state_flags, copies),
        state_ds=np.tile(network.turns.state_ds, copies),
        turn_start=_starts(network.turns.turn_start, copies),
        turns=_shifted(network.turns.turns, copies, network.turns.n_states),
    )
    return replace(network, **laid, turns=turns)
