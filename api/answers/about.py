"""The atlas itself as it is sent."""

from typing import Any

from api.build import Build
from api.mode_names import TRANSIT, JourneyMode
from api.modes import RANGES, usual
from api.narrative.modes import assumptions_of, method, transit_method
from api.queries import about
from api.schemas.about import (
    AssumptionMade,
    AuthorityShown,
    ChangesTold,
    Counts,
    IssueCounts,
    ModeOffered,
    Release,
    SourceUsed,
)


def release(build: Build) -> Release:
    """Put together what the atlas holds and where it came from."""
    row = about.build_row(build.engine)
    return Release(
        **{name: row.get(name) for name in ("region_id", "title", "contact", "built_at")},
        build_id=build.build_id,
        made_up=build.is_made_up(),
        covered_pct=row.get("covered_pct"),
        streets_date=row.get("streets_date"),
        bounds=bounds(row),
        authorities=[AuthorityShown(**one) for one in about.authorities(build.engine)],
        counts=Counts(**about.counts(build.engine)),
        modes=[_offered(build, mode) for mode in build.modes.offered],
        tiles={name: tile_address(name, tiles.hash) for name, tiles in build.tiles.items()},
        tile_zooms={name: tiles.zooms for name, tiles in build.tiles.items()},
        sources=[SourceUsed(**source) for source in about.sources(build.engine)],
        issues=IssueCounts(**about.issue_counts(build.engine)),
        changes=ChangesTold(
            since=row.get("compared_with"), counts=about.change_counts(build.engine)
        ),
    )


def _offered(build: Build, mode: JourneyMode) -> ModeOffered:
    said = (
        transit_method(build.modes.timetabled().date, usual())
        if mode == TRANSIT
        else method(mode, has_heights=build.has_heights())
    )
    return ModeOffered(
        mode=mode,
        minutes_max=RANGES[mode].minutes_max,
        method=said,
        assumptions=[
            AssumptionMade(says=one.says, value=one.value, unit=one.unit, reference=one.reference)
            for one in assumptions_of(mode)
        ],
    )


def tile_address(name: str, content_hash: str) -> str:
    """Return the address template of a tile set; it changes with the content."""
    return f"/tiles/{name}@{content_hash}/{{z}}/{{x}}/{{y}}.mvt"


def bounds(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the authorities."""
    return row["west"], row["south"], row["east"], row["north"]
