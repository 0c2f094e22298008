"""Planning areas of a region: as stated, and reconstructed where nothing is."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from config.assumptions import assumptions
from config.terms import IN_USE, SchoolStatus
from ingest.issues import IssueLog
from ingest.planning.stated_areas import is_stated, within
from ingest.planning.walks import walking_seconds
from ingest.sources import gias
from planning.areas import area_of_homes, grouped, links, with_straight_lines
from planning.arrays import Floats
from travel.matrix import Matrix

RULE = "school is in a planning area"


@dataclass(frozen=True, slots=True)
class Homes:
    """The small areas of one authority.

    Attributes:
        codes: GSS codes.
        points: middles, shape (homes, 2), EPSG:27700 metres.
        outlines: polygons, EPSG:4326.
    """

    codes: tuple[str, ...]
    points: Floats
    outlines: np.ndarray


@dataclass(frozen=True, slots=True)
class Placed:
    """One authority's planning areas of one phase.

    Attributes:
        members: ``urn``, ``planning_area`` and ``basis``.
        areas: ``planning_area``, ``name`` and ``geometry`` (WKB, or ``None`` where it is nearest
            to no small area).
        version: digest of what they were made from.
        is_reconstructed: nothing was stated.
    """

    members: pd.DataFrame
    areas: pd.DataFrame
    version: str
    is_reconstructed: bool


def placed(
    schools: pd.DataFrame,
    phase: str,
    codes: pd.Series,
    homes: Homes,
    *,
    drawn: pd.DataFrame,
    matrix: Matrix | None,
    issues: IssueLog,
) -> Placed:
    """Put the schools of one authority and phase into planning areas and draw these.

    Args:
        schools: rows of ``school``, by URN.
        phase: primary or secondary.
        codes: stated area of each school, null where none is stated, indexed as ``schools``.
        homes: the authority's small areas.
        drawn: rows of ``planning_area`` with the outlines that the authority published.
        matrix: walking times; ``None`` where no streets are loaded.
        issues: where schools that are in no area are named.
    """
    inside = within(schools, phase, drawn, issues).set_index("urn")["planning_area"]
    told = schools.assign(
        stated=codes.astype("string"), inside=schools["urn"].map(inside).astype("string")
    )
    _tell_undrawn(told, drawn, issues)
    is_in_use = told["status"].isin([str(status) for status in IN_USE])
    has_stated = is_stated(told["stated"].fillna(told["inside"]), is_in_use)
    told = _somewhere(told, phase, issues)
    points = told[["x", "y"]].to_numpy(np.float64)
    seconds = walking_seconds(matrix, homes.codes, told["urn"].astype(int).tolist())
    metres = np.hypot(*(homes.points[:, np.newaxis, :] - points[np.newaxis]).transpose(2, 0, 1))
    seconds = with_straight_lines(seconds, metres)
    members = _stated(told, issues) if has_stated else _reconstructed(told, phase, seconds)
    numbers, names = pd.factorize(members["planning_area"])
    of_home = area_of_homes(seconds, numbers.astype(np.int64))
    version = _digest(phase, homes.codes, members, seconds, of_home)
    areas = pd.DataFrame(
        {
            "planning_area": names,
            "name": _names([told[numbers == number] for number in range(len(names))]),
            "geometry": [_outline(homes.outlines[of_home == n]) for n in range(len(names))],
        }
    )
    return Placed(members, areas, version, not has_stated)


def with_schools_across(
    members: pd.DataFrame, schools: pd.DataFrame, across: pd.DataFrame
) -> pd.DataFrame:
    """Add middle schools to areas of the phase that they are not deemed to be of.

    Args:
        members: of one authority and phase, as ``Placed.members``.
        schools: rows of ``school`` that ``members`` are among.
        across: rows of ``school`` of the middle schools.

    Returns:
        ``members`` and a row for each, in the area of the nearest member in a straight line.
    """
    at = members.merge(schools[["urn", "x", "y"]], on="urn").dropna(subset=["x", "y"])
    new = across[~across["urn"].isin(members["urn"]) & across["x"].notna()]
    if at.empty or new.empty:
        return members
    points, there = (frame[["x", "y"]].to_numpy(np.float64) for frame in (new, at))
    nearest = np.hypot(*(points[:, np.newaxis] - there[np.newaxis]).transpose(2, 0, 1)).argmin(1)
    codes = at["planning_area"].to_numpy()[nearest]
    added = pd.DataFrame({"urn": new["urn"], "planning_area": codes, "basis": "nearest"})
    return pd.concat([members, added], ignore_index=True)


def area_rows(found: Placed, la_code_dfe: str, phase: str, published: pd.DataFrame) -> pd.DataFrame:
    """Lay out the areas that nobody has published an outline of, as ``planning_area`` has them."""
    told = published[(published["phase"] == phase) & published["geometry"].notna()]
    new = found.areas[~found.areas["planning_area"].isin(told["planning_area"])]
    named = published.dropna(subset=["name"]).set_index("planning_area")["name"]
    named = named[~named.index.duplicated()]
    return new.assign(
        name=new["planning_area"].map(named).astype("string").fillna(new["name"]),
        source_id=gias.ID,
        phase=phase,
        la_code_dfe=la_code_dfe,
        basis="reconstructed",
        version=found.version,
        receipt=None,
    )


def _somewhere(schools: pd.DataFrame, phase: str, issues: IssueLog) -> pd.DataFrame:
    """Leave out schools that are not on the map, unless their area is stated."""
    is_nowhere = (schools["x"].isna() | schools["y"].isna()) & schools["stated"].isna()
    for school in schools[is_nowhere].itertuples():
        says = f"{school.name} is not on the map: in no {phase} area"
        issues.warn(RULE, f"URN {school.urn}", says)
    return schools[~is_nowhere].reset_index(drop=True)


def _tell_undrawn(schools: pd.DataFrame, drawn: pd.DataFrame, issues: IssueLog) -> None:
    """Name areas stated that an authority has not drawn, where it has drawn others: slips of a pen.

    Args:
        schools: of one authority and phase, with ``urn`` and the area ``stated``.
        drawn: outlines of the phase that are published.
        issues: where the areas are named with their schools.
    """
    has_area = schools[schools["stated"].notna()]
    is_drawn = has_area["stated"].isin(drawn["planning_area"].astype("string"))
    if not is_drawn.any():
        return
    for code, own in has_area[~is_drawn].groupby("stated"):
        issues.warn(
            "planning area stated has an outline",
            str(code),
            f"is stated for URN {', '.join(map(str, own['urn']))}, but no outline has this code: "
            "if it is a slip, put it right; else draw the area",
        )


def _stated(schools: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Take areas as stated; one left out is in the outline it lies in, or else its neighbour's.

    The neighbour is the nearest school in a straight line.
    """
    points = schools[["x", "y"]].to_numpy(np.float64)
    found = schools["stated"].fillna(schools["inside"]).astype(object).to_numpy(copy=True)
    is_told = pd.notna(found)
    for position in np.flatnonzero(~is_told):
        away = np.where(is_told, np.hypot(*(points - points[position]).T), np.inf)
        found[position] = found[int(np.nanargmin(away))]
        _name(schools.iloc[position], f"{found[position]}, where the nearest school is", issues)
    if schools["stated"].notna().any():
        for position in np.flatnonzero(schools["stated"].isna() & is_told):
            _name(schools.iloc[position], f"{found[position]}, whose outline holds it", issues)
    basis = np.select([schools["stated"].notna(), is_told], ["stated", "within"], "nearest")
    return pd.DataFrame({"urn": schools["urn"], "planning_area": found, "basis": basis})


def _name(school: pd.Series, counted_in: str, issues: IssueLog) -> None:
    """Write down a school that its authority forgot; one that is only proposed is no fault."""
    is_proposed = school["status"] == str(SchoolStatus.PROPOSED)
    tell = issues.note if is_proposed else issues.warn
    tell(
        RULE,
        f"URN {school['urn']}",
        f"{school['name']} ({school['status']}) is in none that its authority states; counted in "
        f"{counted_in}",
    )


def _reconstructed(schools: pd.DataFrame, phase: str, seconds: Floats) -> pd.DataFrame:
    """Group schools; an area is called by the first URN in it."""
    known = assumptions("places")
    least, nearest = (int(known[name].value) for name in (f"least_{phase}", "chosen_between"))
    shared = links(seconds, nearest=nearest)
    points = schools[["x", "y"]].to_numpy(np.float64)
    area = grouped(shared, points, least=least)
    code = {
        number: f"{schools['la_code_dfe'].iloc[0]}{phase[0].upper()}{urn}"
        for number, urn in schools.groupby(area)["urn"].min().items()
    }
    return pd.DataFrame(
        {
            "urn": schools["urn"],
            "planning_area": [code[number] for number in area],
            "basis": "reconstructed",
        }
    )


def _outline(parts: np.ndarray) -> bytes | None:
    if len(parts) == 0:
        return None
    wkb: bytes = shapely.to_wkb(shapely.union_all(shapely.make_valid(parts)))
    return wkb


def _names(areas: list[pd.DataFrame]) -> list[str]:
    """Call each area by the town that most of its schools are in; namesakes are numbered."""
    towns = [_town(schools) for schools in areas]
    return list(_numbered(towns))


def _town(schools: pd.DataFrame) -> str:
    towns = schools["town"].dropna()
    return str(towns.mode().iloc[0]) if len(towns) else f"Around {schools['name'].iloc[0]}"


def _numbered(names: list[str]) -> Iterator[str]:
    for position, name in enumerate(names):
        again = names[:position].count(name) + 1
        yield f"{name} {again}" if names.count(name) > 1 else name


def _digest(
    phase: str, codes: tuple[str, ...], members: pd.DataFrame, seconds: Floats, of_home: np.ndarray
) -> str:
    told = hashlib.sha256(phase.encode())
    told.update("\n".join(codes).encode())
    told.update(members[["urn", "planning_area"]].to_csv(index=False).encode())
    told.update(np.rint(np.nan_to_num(seconds, nan=-1.0)).astype("<i8").tobytes())
    told.update(of_home.astype("<i8").tobytes())
    return told.hexdigest()[:12]
