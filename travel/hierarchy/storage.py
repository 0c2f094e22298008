"""A hierarchy in a folder: one ``.npy`` for each array, and ``hierarchy.json`` for the rest."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from travel.errors import NetworkError
from travel.hierarchy.contraction import Topology
from travel.hierarchy.customising import Arcs
from travel.hierarchy.hierarchy import Hierarchy
from travel.network import Network

VERSION = 1
"""Raised whenever an array changes its meaning; a folder of another version is refused."""

ABOUT = "hierarchy.json"
TOPOLOGY = tuple(each.name for each in fields(Topology))
ARCS = tuple(each.name for each in fields(Arcs))
PREPARE = "prepare the network again with `Hierarchy.of(network)`."


def save_hierarchy(hierarchy: Hierarchy, folder: Path) -> None:
    """Write a hierarchy into a folder, which is made if it is not there.

    ``hierarchy.json`` is written last: a folder without it was never finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).unlink(missing_ok=True)
    for names, owner in ((TOPOLOGY, hierarchy.topology), (ARCS, hierarchy.arcs)):
        for name in names:
            np.save(folder / f"{_file(owner, name)}.npy", getattr(owner, name), allow_pickle=False)
    about = {
        "version": VERSION,
        "network_id": hierarchy.network.network_id,
        "vertices": hierarchy.topology.n,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def load_hierarchy(folder: Path, network: Network) -> Hierarchy:
    """Open a saved hierarchy; its arrays are mapped into memory and read as they are used.

    Raises:
        NetworkError: there is none in the folder, or it is damaged, of another version or of
            another network.
    """
    about = _about(folder)
    if about.get("network_id") != network.network_id:
        raise NetworkError(
            f"the hierarchy in {folder} is of network {about.get('network_id')}; it was opened "
            f"for network {network.network_id} ({network.mode})",
            hint=PREPARE,
        )
    try:
        topology = Topology(**{name: _mapped(folder, Topology, name) for name in TOPOLOGY})
        arcs = Arcs(**{name: _mapped(folder, Arcs, name) for name in ARCS})
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(folder, str(error)) from error
    if topology.n != about.get("vertices") or arcs.up_start.size != topology.n + 1:
        raise _damaged(folder, f"its arrays are not as long as {ABOUT} says")
    return Hierarchy(network, topology, arcs)


def _file(owner: object, name: str) -> str:
    kind = owner if isinstance(owner, type) else type(owner)
    return f"{kind.__name__.lower()}_{name}"


def _mapped(folder: Path, owner: type, name: str) -> Any:  # noqa: ANN401 - as the fields say
    path = folder / f"{_file(owner, name)}.npy"
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NetworkError(f"there is no hierarchy in {folder}", hint=PREPARE) from None
    except ValueError as error:
        raise _damaged(folder, str(error)) from error
    found = about.get("version") if isinstance(about, dict) else about
    if not isinstance(about, dict) or found != VERSION:
        raise NetworkError(
            f"the hierarchy in {folder} is of version {found!r}; this atlas reads {VERSION}",
            hint=PREPARE,
        )
    return about


def _damaged(folder: Path, found: str) -> NetworkError:
    return NetworkError(f"the hierarchy in {folder} is damaged: {found}", hint=PREPARE)
