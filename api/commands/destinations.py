"""The schools that children of a small area, or of a postcode, are likely to go to."""

from typing import TYPE_CHECKING, Any, Final

from config.errors import AtlasError

if TYPE_CHECKING:  # seconds of imports
    from api.build import Build

COLUMNS: Final = (
    *("phase", "urn", "school_name", "area_code", "area_name", "share_pct", "pupils_expected"),
    *("pupils_counted", "pupils_counted_status", "chance_pct", "minutes", "journey_basis", "basis"),
)


class NotThere(AtlasError):
    """The build in use has no such place."""


def destination_rows(build: "Build", where: str) -> list[dict[str, Any]]:
    """Return what ``/areas/{code}/destinations`` answers of a small area, the largest share first.

    Args:
        build: in use.
        where: code of the small area, or a postcode in it. Of a postcode the chance of an offer is
            that from there, as ``/schools/{urn}/chance`` has it; else that from the area's middle.

    Raises:
        NotThere: there is no such small area or postcode; what it may have meant is named.
    """
    from api import lookups  # noqa: PLC0415 - seconds of imports
    from api.answers import catchments  # noqa: PLC0415
    from api.errors import BadParameter, NotInAtlas  # noqa: PLC0415

    try:
        is_code = where.upper()[:1] == "E" and where[1:].isdigit()
        postcode = None if is_code else lookups.postcode(build, where)
        code = where.upper() if postcode is None else postcode["lsoa21"]
        found = catchments.destinations(build, code)
    except (BadParameter, NotInAtlas) as problem:
        near = f"did you mean {', '.join(problem.suggestions)}?" if problem.suggestions else ""
        hint = near or "name a small area by its code, such as E01013824, or give a whole postcode."
        raise NotThere(str(problem).splitlines()[0], hint=hint) from problem
    rows = [
        {**item.model_dump(), "area_code": found.area_code, "area_name": found.area_name}
        for item in found.items
    ]
    if postcode is not None:
        rows = [{**row, "chance_pct": _chance(build, row, postcode["postcode"])} for row in rows]
    return [{name: row[name] for name in COLUMNS} for row in rows]


def _chance(build: "Build", row: dict[str, Any], postcode: str) -> float | None:
    """Return the chance of an offer from a postcode, for entry into the row's phase."""
    from api.answers import chances  # noqa: PLC0415 - seconds of imports
    from api.errors import NoPosition  # noqa: PLC0415
    from api.schemas.choices import ChancePoint  # noqa: PLC0415
    from ingest.planning.offer_history import ENTRY  # noqa: PLC0415

    try:
        told = chances.chances(build, row["urn"], ChancePoint(postcode=postcode))
    except NoPosition:
        return None
    entry = ENTRY[row["phase"]]
    return next((each.chance_pct for each in told.entries if each.year_group == entry), None)
