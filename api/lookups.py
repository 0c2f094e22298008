"""Look one thing up by its name in the address, or say what is there instead."""

import difflib
from dataclasses import replace
from typing import Any, Final

from api.build import Build
from api.errors import BadParameter, NoPosition, NotInAtlas
from api.finder import postcode_query
from api.journeys import Start
from api.projection import to_grid
from api.queries import about, areas, forecasts, places, schools
from config.terms import postcode as spelled

REGISTER_PAGE: Final = (
    "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/"
)


def school(build: Build, urn: int) -> dict[str, Any]:
    """Return one school.

    Raises:
        NotInAtlas: it is not in this atlas; schools with a similar URN are suggested.
    """
    found = schools.school(build.engine, urn)
    if found is not None:
        return found
    near = schools.linked_from(build.engine, urn) or schools.similar_urns(build.engine, urn)
    title = about.build_row(build.engine).get("title") or "this region"
    hint = f"it holds schools of {title} and around; {REGISTER_PAGE}{urn} has all of England."
    if near:
        names = ", ".join(f"{name} ({other})" for other, name in near)
        hint = f"did you mean {names}? {hint[0].upper()}{hint[1:]}"
    raise NotInAtlas(
        f"no school with URN {urn} is in this atlas",
        hint=hint,
        suggestions=[str(other) for other, _ in near],
    )


def postcode(build: Build, text: str) -> dict[str, Any]:
    """Return one postcode.

    Raises:
        BadParameter: it is not a whole postcode; some that begin so are suggested.
        NotInAtlas: it is not in this atlas; postcodes spelled alike are suggested.
    """
    whole = spelled(text)
    if whole is None:
        raise BadParameter(
            f"{text[:20]!r} is not a whole postcode",
            hint="a whole postcode looks like LE15 6HP; /api/v1/search takes the beginning of one.",
            suggestions=_begun(build, text),
        )
    found = places.postcode_detail(build.engine, whole)
    if found is not None:
        return found
    near = places.similar_postcodes(build.engine, whole)
    raise NotInAtlas(
        f"the postcode {whole} is not in this atlas",
        hint=f"did you mean {near[0]}?"
        if near
        else "it lies outside the region and its border, or is too new.",
        suggestions=near,
    )


def place(build: Build, place_id: int) -> dict[str, Any]:
    """Return one named settlement or street.

    Raises:
        NotInAtlas: this build has no place of that number.
    """
    found = places.place(build.engine, place_id)
    if found is None:
        raise NotInAtlas(
            f"there is no place {place_id} in this build",
            hint="places are numbered anew by every build; /api/v1/search finds it by name.",
        )
    return found


def area(build: Build, area_code: str, *, with_geometry: bool) -> dict[str, Any]:
    """Return one area.

    Raises:
        NotInAtlas: it is not in this atlas; codes that begin alike are suggested.
    """
    code = area_code.strip().upper()
    found = areas.area(build.engine, code, with_geometry=with_geometry)
    if found is None:
        raise NotInAtlas(
            f"no area with code {area_code[:20]!r} is in this atlas",
            hint="/api/v1/areas lists those there are; codes of older boundaries differ.",
            suggestions=areas.areas_like(build.engine, code[:20]),
        )
    return found


def authority(build: Build, la_code: str) -> dict[str, Any]:
    """Return one of the authorities that the atlas is about.

    Raises:
        NotInAtlas: it is not about that one; those it is about are suggested.
    """
    shown = about.authorities(build.engine)
    found = next((one for one in shown if one["la_code"] == la_code), None)
    if found is None:
        names = ", ".join(f"{one['name']} ({one['la_code']})" for one in shown[:3])
        raise NotInAtlas(
            f"this atlas is not about an authority with code {la_code}",
            hint=f"it is about {names}{' and others' if len(shown) > 3 else ''}.",  # noqa: PLR2004
            suggestions=[one["la_code"] for one in shown[:3]],
        )
    return found


def planning_area(build: Build, code: str) -> dict[str, Any]:
    """Return one planning area.

    Raises:
        NotInAtlas: there is none of that code; those of a like code or name are suggested.
    """
    rows = forecasts.planning_area(build.engine, code)
    if rows:
        return rows[0]
    known = forecasts.planning_area_codes(build.engine)
    by_word = {word.casefold(): one for one, name in known for word in (one, name)}
    near = difflib.get_close_matches(code.casefold(), by_word, n=3, cutoff=0.5)
    raise NotInAtlas(
        f"no planning area with code {code[:20]!r} is in this atlas",
        hint="/api/v1/planning-areas lists those there are.",
        suggestions=list(dict.fromkeys(by_word[word] for word in near)),
    )


def measure(build: Build, measure_id: str) -> dict[str, Any]:
    """Return one measure.

    Raises:
        NotInAtlas: there is none of that id; the nearest are suggested.
    """
    found = areas.measure(build.engine, measure_id)
    if found is None:
        known = areas.measure_ids(build.engine)
        raise NotInAtlas(
            f"there is no measure {measure_id[:60]!r}",
            hint="/api/v1/measures lists those there are.",
            suggestions=difflib.get_close_matches(measure_id, known, n=3, cutoff=0.5),
        )
    return found


def start_at_point(lon: float, lat: float) -> Start:
    """Start at a point of the map."""
    x, y = to_grid(lon, lat)
    return Start(x, y, round(lon, 6), round(lat, 6), "this point")


def start_at_postcode(build: Build, text: str) -> Start:
    """Start at a postcode; raises as `postcode` does."""
    row = postcode(build, text)
    return replace(_start(row, row["postcode"]), postcode=row["postcode"])


def start_at_school(build: Build, urn: int) -> Start:
    """Start at a school.

    Raises:
        NotInAtlas: it is not in this atlas.
        NoPosition: it is not known where it is.
    """
    row = school(build, urn)
    if row["lon"] is None or row["lat"] is None:
        raise NoPosition(
            f"it is not known where {row['name']} is, so no way to it can be found",
            hint="neither the register nor its postcode says; start at a place near it.",
        )
    return _start(row, row["name"], urn=urn)


def _start(row: dict[str, Any], label: str, *, urn: int | None = None) -> Start:
    lon, lat = row["lon"], row["lat"]
    x, y = (row["x"], row["y"]) if row["x"] is not None else to_grid(lon, lat)
    return Start(x, y, round(lon, 6), round(lat, 6), label, urn)


def _begun(build: Build, text: str) -> list[str]:
    query = postcode_query(text)
    if query is None:
        return []
    return [row["postcode"] for row in places.postcodes_begun(build.engine, query, most=5)]
