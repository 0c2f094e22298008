"""How long it takes to fit where families go, and to send all of a county's to schools again."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_choices import LIKED, NAMES, SUPPRESSED, Place, counted, made_up, market
from bench.peers.environment import FOR_CHOICES, NoPeers, ask, environment
from bench.rows import Row, row
from planning.arrays import Floats
from planning.choice.admission import allocate
from planning.choice.fit import Counts, Prior, fit
from planning.choice.model import Options
from planning.choice.years import admit, draw_year

ROUNDS = 5
REGION = {"areas": 3_200, "schools": 250, "children": 265_000}
TOWN = {"areas": 320, "schools": 40, "children": 26_500}
COUNTY = {"areas": 400, "schools": 90, "children": 36_000}
ENTRY = {"areas": 400, "schools": 90, "children": 2_600}
"""The children of a county who enter one year group: a package in plain Python has to do it."""

FIT_S, ADMIT_S = 60, 1
CONSTANTS_ALONE = Prior(constant_sd=1e2, slope_sd=1e-4)
"""Schools have constants that lean on nothing and no slopes, as in the peer's model."""

OF_PAIRS = ("km", "log_km", "nearest", "border")
"""Attributes that tell homes apart: a constant takes up what is the school's alone."""

ALIKE = 0.01


def run() -> list[Row]:
    """Measure fitting and admitting, each beside a package that does the same."""
    return [*_fitting(), *_admitting()]


def _fitting() -> Iterator[Row]:
    region = made_up(**REGION)
    counts = counted(region)
    flows = int((counts.pupils > 0).sum())
    began = time.perf_counter()
    found = fit(region.options, counts)
    took = time.perf_counter() - began
    apart = np.abs((found.weights.attributes - LIKED) / found.error).max()
    note = (
        f"{flows:,} flows, {counts.pupils.sum():,.0f} pupils, counts up to {SUPPRESSED} hidden; "
        f"{len(NAMES)} weights, a constant and a slope for each of {region.options.schools} "
        f"schools, standard errors; {found.iterations} steps; weights within {apart:.1f} standard "
        "errors of the true ones"
    )
    yield row("25,000 flows fitted", took, "s", note, at_most=FIT_S)
    yield from _beside("xlogit", lambda: _region_by_xlogit(region, counts))
    yield from _beside("xlogit", _town_by_xlogit)


def _region_by_xlogit(region: Place, counts: Counts) -> Iterator[Row]:
    """Have the peer fit what it can of a city region: constants of so many schools are too many."""
    theirs = _xlogit(counts, np.moveaxis(region.options.attributes, 0, -1), NAMES)
    note = f"{len(NAMES)} weights alone, hidden counts taken for none; {_version('xlogit')}"
    yield row("  xlogit", theirs["seconds"], "s", note)


def _town_by_xlogit() -> Iterator[Row]:
    """Fit a town, small enough for the peer to have a constant for every school."""
    town = made_up(**TOWN)
    counts = counted(town)
    pairs = [NAMES.index(name) for name in OF_PAIRS]
    plain = replace(_alike_for_all(town.options), attributes=town.options.attributes[pairs])
    shown = replace(counts, is_suppressed=np.zeros(counts.pupils.shape, np.bool_), everybody=None)
    ours_s = _best(lambda: fit(plain, shown, prior=CONSTANTS_ALONE))
    ours = fit(plain, shown, prior=CONSTANTS_ALONE).weights.attributes
    is_school = plain.school[..., np.newaxis] == np.arange(1, plain.schools)
    design = np.concatenate([np.moveaxis(plain.attributes, 0, -1), is_school], axis=-1)
    names = (*OF_PAIRS, *(f"school {number}" for number in range(1, plain.schools)))
    theirs = _xlogit(counts, design, names)
    apart = np.abs(ours - theirs["weights"][: len(pairs)]).max()
    if apart > ALIKE:
        raise AssertionError(f"weights differ by up to {apart:.3f} from xlogit's")
    flows = int((counts.pupils > 0).sum())
    what = f"{flows:,} flows, {len(pairs)} weights and {plain.schools} schools' constants"
    yield row(what, ours_s, "s", f"weights within {apart:.1g} of the peer's")
    yield row(f"{what}: xlogit", theirs["seconds"], "s", _version("xlogit"))
    yield row(f"{what}: faster than xlogit", theirs["seconds"] / ours_s, "x")


def _xlogit(counts: Counts, design: Floats, names: Sequence[str]) -> dict[str, Any]:
    """Have the peer fit a design, shape (areas, options, attributes), to counts that are told."""
    area, option = np.nonzero(counts.pupils)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "flows.npz")
        np.savez(path, attributes=design[area], chosen=option, counts=counts.pupils[area, option])
        return _asked("ask_xlogit", {"kind": "fit", "path": str(path), "names": list(names)})


def _version(package: str) -> str:
    return environment(FOR_CHOICES).version(package)


def _alike_for_all(options: Options) -> Options:
    """Let every school admit every child."""
    everywhere = np.ones((1, options.schools), np.bool_)
    return replace(options, admits=everywhere, kind_share=np.ones(1))


def _admitting() -> Iterator[Row]:
    county = market(made_up(**COUNTY))
    drawn = draw_year(county, np.random.default_rng(1))
    children = len(drawn.school)
    took = _best(lambda: admit(county, drawn.families))
    first = (drawn.allocation.preference == 0).mean()
    note = (
        f"{COUNTY['schools']} schools, {drawn.allocation.refused.sum():,} refusals, "
        f"{100 * first:.0f} % to their first preference"
    )
    name = f"all {children:,} families of a county admitted again"
    yield row(name, took, "s", note, at_most=ADMIT_S)
    again = _best(lambda: draw_year(county, np.random.default_rng(2)))
    yield row("  the same, and drawn anew with what they prefer", again, "s", at_most=ADMIT_S)
    yield from _beside("matching", _admit_beside)


def _admit_beside() -> Iterator[Row]:
    """Admit one year group of a county, from the same lists in the same order."""
    entry = market(made_up(**ENTRY))
    drawn = draw_year(entry, np.random.default_rng(3))
    preferences, places = drawn.families.preferences, entry.schools.places
    ours = _best(lambda: allocate(preferences, drawn.rank, places))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "families.npz")
        np.savez(path, preferences=preferences, rank=drawn.rank, places=places)
        theirs = _asked("ask_matching", {"kind": "admit", "path": str(path)})
    if drawn.allocation.school.tolist() != theirs["school"]:
        raise AssertionError("matching sends children elsewhere")
    what = f"{len(preferences):,} families allocated"
    yield row(what, ours * 1e3, "ms", "each to the same school as by the peer")
    note = f"{_version('matching')}, set up beforehand"
    yield row(f"{what}: matching", theirs["solving_ms"], "ms", note)
    yield row(f"{what}: faster than matching", theirs["solving_ms"] / 1e3 / ours, "x")


def _asked(peer: str, question: dict[str, Any]) -> dict[str, Any]:
    answers: Any = ask(peer, {"questions": [question]}, requirements=FOR_CHOICES)
    found: dict[str, Any] = answers[0]
    return found


def _beside(peer: str, measure: Callable[[], Iterator[Row]]) -> list[Row]:
    """Measure beside a peer, or say why that cannot be done here."""
    print(f"  beside {peer}", file=sys.stderr)
    try:
        return list(measure())
    except NoPeers as error:
        return [row(f"beside {peer}: not measured", 0, "", str(error))]


def _best(call: Callable[[], object]) -> float:
    """Return the seconds of the best of a few calls, once warm."""
    call()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return min(took)
