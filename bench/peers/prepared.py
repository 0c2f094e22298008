"""What the peers make of an extract before they can answer: made once, kept in the cache folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bench.peers.country import write_country
from bench.peers.environment import ASKED, Environment, call, environment

Profile = Literal["car", "foot"]

NICE = ("nice", "-n", "5")
"""Preparing a region takes minutes, and somebody may want to work meanwhile."""


def valhalla_tiles(extract: Path) -> Path:
    """Return valhalla's configuration for an extract; its tiles are built if need be."""
    return _once(extract, "valhalla", _build_tiles) / "valhalla.json"


def osrm_hierarchy(extract: Path, profile: Profile) -> Path:
    """Return the stem of OSRM's files of an extract, contracted with one of its own profiles."""

    def build(peers: Environment, extract: Path, folder: Path) -> None:
        _contract(peers, extract, folder, profile)

    return _once(extract, f"osrm-{profile}", build) / "streets.osrm"


def _once(extract: Path, name: str, build: Callable[[Environment, Path, Path], None]) -> Path:
    peers = environment()
    with extract.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    folder = peers.folder / "prepared" / f"{extract.name.partition('.')[0]}-{digest}-{name}"
    is_complete = folder / "complete"
    if not is_complete.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build(peers, extract.resolve(), folder)
        is_complete.touch()
    return folder


def _build_tiles(peers: Environment, extract: Path, folder: Path) -> None:
    settings = folder / "valhalla.json"
    call(peers.python, ASKED / "valhalla_settings.py", folder, settings)
    programs = peers.package("valhalla") / "bin"
    country = folder / "country.osm.pbf"
    write_country(country)
    call(*NICE, programs / "valhalla_build_admins", "-c", settings, country)
    call(*NICE, programs / "valhalla_build_tiles", "-c", settings, extract)


def _contract(peers: Environment, extract: Path, folder: Path, profile: Profile) -> None:
    package = peers.package("osrm")
    streets = folder / "streets.osm.pbf"
    streets.symlink_to(extract)
    rules = package / "share" / "profiles" / f"{profile}.lua"
    call(*NICE, package / "bin" / "osrm-extract", "-t", "2", "-p", rules, streets)
    call(*NICE, package / "bin" / "osrm-contract", "-t", "2", folder / "streets.osrm")
