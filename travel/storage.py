"""A network in a folder: one ``.npy`` for each array, and ``network.json`` for the rest."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from travel.covering import as_multipolygon
from travel.errors import NetworkError
from travel.network import Frame, Network
from travel.starting import spare_linear_algebra
from travel.turns import Turns

VERSION = 3
"""Raised whenever an array changes its meaning; a folder of another version is refused."""

ABOUT = "network.json"
OUTLINE = "coverage.wkb"

_NOT_ARRAYS = (
    *("mode", "off_street_kmh", "date", "frame", "coverage", "network_id"),
    *("turns", "has_heights"),
)
ARRAYS = tuple(each.name for each in fields(Network) if each.name not in _NOT_ARRAYS)
TURN_ARRAYS = tuple(each.name for each in fields(Turns))


def save_network(network: Network, folder: Path) -> None:
    """Write a network into a folder, which is made if it is not there.

    ``network.json`` is written last: a folder without it was never finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).unlink(missing_ok=True)
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(network, name), allow_pickle=False)
    for name in TURN_ARRAYS if network.turns else ():
        np.save(folder / f"{name}.npy", getattr(network.turns, name), allow_pickle=False)
    (folder / OUTLINE).write_bytes(shapely.to_wkb(network.coverage, byte_order=1))
    about = {
        "version": VERSION,
        "network_id": network.network_id,
        "mode": network.mode,
        "off_street_kmh": network.off_street_kmh,
        "date": network.date.isoformat() if network.date else None,
        "has_heights": network.has_heights,
        "frame": network.frame._asdict(),
        "nodes": network.n_nodes,
        "edges": network.n_edges,
        "states": network.turns.n_states if network.turns else None,
        "metres": round(float(network.length_m.sum())),
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def load_network(folder: Path) -> Network:
    """Open a saved network; its arrays are mapped into memory and read as they are used.

    Raises:
        NetworkError: there is none in the folder, or it is damaged or of another version.
    """
    about = _about(folder)
    spare_linear_algebra()
    try:
        arrays = {name: _mapped(folder / f"{name}.npy") for name in ARRAYS}
        outline = as_multipolygon(shapely.from_wkb((folder / OUTLINE).read_bytes()))
        network = Network(
            mode=about["mode"],
            off_street_kmh=about["off_street_kmh"],
            date=datetime.fromisoformat(about["date"]) if about["date"] else None,
            frame=Frame(**about["frame"]),
            coverage=outline,
            network_id=about["network_id"],
            has_heights=about["has_heights"],
            turns=_turns(folder) if about["states"] is not None else None,
            **arrays,
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, shapely.GEOSException) as error:
        raise _damaged(folder, str(error)) from error
    if (network.n_nodes, network.n_edges) != (about.get("nodes"), about.get("edges")):
        raise _damaged(folder, "its arrays are not as long as network.json says")
    return network


def _turns(folder: Path) -> Turns:
    return Turns(**{name: _mapped(folder / f"{name}.npy") for name in TURN_ARRAYS})


def _mapped(path: Path) -> Any:  # noqa: ANN401 - the fields of Network say which type each has
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NetworkError(
            f"there is no street network in {folder}", hint="build the region again."
        ) from None
    except ValueError as error:
        raise _damaged(folder, str(error)) from error
    if not isinstance(about, dict) or about.get("version") != VERSION:
        found = about.get("version") if isinstance(about, dict) else about
        raise NetworkError(
            f"the street network in {folder} is of version {found!r}; this atlas reads {VERSION}",
            hint="build the region again.",
        )
    return about


def _damaged(folder: Path, found: str) -> NetworkError:
    return NetworkError(
        f"the street network in {folder} is damaged: {found}", hint="build the region again."
    )
