"""Answers to what was typed in the search box."""

from typing import Any

from api.build import Build
from api.finder import Entry, PostcodeQuery, postcode_query
from api.queries import places
from api.schemas.places import Found


def search(build: Build, text: str, *, most: int) -> list[Found]:
    """Find postcodes, schools, places and areas, best first.

    What looks like a postcode, begun or whole, is looked up as one; only where there is none such
    is it looked for among the names.
    """
    query = postcode_query(text)
    found = [_postcode(row) for row in _postcodes(build, query, most)] if query else []
    if found:
        return found[:most]
    return [_named(entry) for entry in build.finder().find(text, most=most)]


def _postcodes(build: Build, query: PostcodeQuery, most: int) -> list[dict[str, Any]]:
    begun = places.postcodes_begun(build.engine, query, most=most)
    if begun or not query.is_whole:
        return begun
    near = places.similar_postcodes(build.engine, f"{query.key[:-3]} {query.key[-3:]}", most=most)
    return [
        row
        for postcode in near
        for row in places.postcodes_begun(build.engine, _whole(postcode), most=1)
    ]


def _whole(postcode: str) -> PostcodeQuery:
    outward, inward = postcode.split(" ")
    return PostcodeQuery(outward + inward, outward, is_whole=True)


def _postcode(row: dict[str, Any]) -> Found:
    where = ", ".join(name for name in (row["ward_name"], row["la_name"]) if name)
    return Found(
        kind="postcode",
        label=row["postcode"],
        detail=f"Postcode in {where}" if where else "Postcode",
        lon=row["lon"],
        lat=row["lat"],
        id=row["postcode"],
    )


def _named(entry: Entry) -> Found:
    return Found(
        kind=entry.kind,
        label=entry.label,
        detail=entry.detail,
        lon=entry.lon,
        lat=entry.lat,
        id=entry.id,
        phase=entry.phase,
        status=entry.status,
    )
