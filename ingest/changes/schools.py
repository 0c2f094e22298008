"""Schools that opened, closed, were renamed or serve another phase."""

from collections.abc import Iterator, Mapping

import pandas as pd

from config.terms import IN_USE, ChangeKind, SchoolStatus
from ingest.changes.change import Change

School = Mapping[str, str]
"""``name``, ``status`` and ``phase``."""


def school_changes(
    before: pd.DataFrame, after: pd.DataFrame, successors: Mapping[int, int]
) -> Iterator[Change]:
    """Compare the schools of two builds.

    Args:
        before: ``name``, ``status`` and ``phase`` by URN.
        after: the same, later.
        successors: URN of the school that follows another, by the URN of that.
    """
    follows = {after_urn: urn for urn, after_urn in successors.items()}
    old, new = _by_urn(before), _by_urn(after)
    for urn, school in new.items():
        was = old.get(urn)
        earlier = old.get(follows.get(urn, urn))
        if change := _newly(urn, school, was, earlier["name"] if earlier else None):
            yield change
        if was is not None:
            yield from _altered(urn, was, school)
    for urn in sorted(set(old) - set(new)):
        if _is_in_use(old[urn]):
            name = old[urn]["name"]
            says = f"{name} is not in the register of this region any more."
            yield Change(kind=ChangeKind.SCHOOL_GONE, urn=urn, before=name, says=says)


def _by_urn(schools: pd.DataFrame) -> dict[int, School]:
    columns = (schools[name].tolist() for name in ("name", "status", "phase"))
    rows = zip(schools.index.tolist(), *columns, strict=True)
    return {
        urn: {"name": name, "status": status, "phase": phase} for urn, name, status, phase in rows
    }


def _newly(urn: int, school: School, was: School | None, earlier: str | None) -> Change | None:
    """Tell of a school that began, ended or was proposed since; ``None`` if it did not."""
    name = school["name"]
    is_old = was is not None and _is_in_use(was)
    if _is_in_use(school) and not is_old:
        place = f" in place of {earlier}" if earlier and earlier != name else ""
        says = f"{name} opened{place}."
        return Change(kind=ChangeKind.SCHOOL_OPENED, urn=urn, after=name, says=says)
    if is_old and school["status"] == SchoolStatus.CLOSED:
        return Change(kind=ChangeKind.SCHOOL_CLOSED, urn=urn, before=name, says=f"{name} closed.")
    if was is None and school["status"] == SchoolStatus.PROPOSED:
        says = f"{name} is proposed."
        return Change(kind=ChangeKind.SCHOOL_PROPOSED, urn=urn, after=name, says=says)
    return None


def _altered(urn: int, was: School, school: School) -> Iterator[Change]:
    """Tell of a school in use that has another name or phase."""
    if not (_is_in_use(was) and _is_in_use(school)):
        return
    name = school["name"]
    if was["name"] != name:
        says = f"{was['name']} is now called {name}."
        yield Change(
            kind=ChangeKind.SCHOOL_RENAMED, urn=urn, before=was["name"], after=name, says=says
        )
    old, new = was["phase"], school["phase"]
    if old != new:
        says = f"{name} is now listed as {_words(new)}, not {_words(old)}."
        yield Change(kind=ChangeKind.SCHOOL_PHASE, urn=urn, before=old, after=new, says=says)


def _is_in_use(school: School) -> bool:
    return school["status"] in IN_USE


def _words(phase: str) -> str:
    return phase.replace("_", " ")
