"""The tables about a build itself: what it is of, from which files, how it went, what was odd."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import pandas as pd
import sqlalchemy as sa

from config.region import Region
from config.terms import IN_USE, AreaKind
from ingest.layout import NETWORKS
from ingest.own.source import LICENCE as OWN_LICENCE
from ingest.pipeline.cache import issues_of
from ingest.pipeline.made import Made
from ingest.pipeline.manifest import StepRecord
from ingest.pipeline.steps import streets
from ingest.pipeline.steps.streets import DATE_FILE
from ingest.pipeline.work import Files
from ingest.schema import SQL, Table
from ingest.schema.about import AUTHORITY, BUILD, ISSUE, RECEIPT, SOURCE, STEP
from ingest.sources import SOURCES
from travel import Network

ABOUT = (BUILD, AUTHORITY, STEP, SOURCE, RECEIPT, ISSUE)
"""Written when a build is put together; all other tables are steps' results."""


def tables_about(
    made: Made,
    connection: sa.Connection,
    *,
    build_id: str,
    built_at: str,
    records: Sequence[StepRecord],
) -> Iterator[tuple[Table, pd.DataFrame]]:
    """Give the rows of every table about the build.

    Args:
        made: what it is put together from.
        connection: to its other tables.
        build_id: its name.
        built_at: when it is made, UTC, ISO 8601.
        records: what its steps took.
    """
    build = {"build_id": build_id, "built_at": built_at} | _build_row(made, connection)
    yield BUILD, pd.DataFrame([build])
    yield AUTHORITY, _authority_rows(made.region)
    yield STEP, _step_rows(records)
    yield SOURCE, _source_rows(made.region)
    yield RECEIPT, _receipt_rows(made.files)
    found = [issues_of(step, path) for step, path in made.folders.items()]
    issues = pd.concat([made.missing.frame("files"), *found, made.odd.frame("database")])
    yield ISSUE, issues.assign(issue_id=range(1, len(issues) + 1))


def counts_in(connection: sa.Connection) -> dict[str, float]:
    """Count what a build holds, by name."""
    school, postcode, area = SQL["school"], SQL["postcode"], SQL["area"]
    own = ~postcode.c.is_outside
    in_use = school.c.status.in_([str(status) for status in IN_USE])
    wanted = {
        "schools": sa.select(sa.func.count()).where(~school.c.is_outside, in_use),
        "schools_outside": sa.select(sa.func.count()).where(school.c.is_outside, in_use),
        "schools_not_in_use": sa.select(sa.func.count()).where(~school.c.is_outside, ~in_use),
        "postcodes": sa.select(sa.func.count()).where(own),
        "postcodes_covered": sa.select(sa.func.count()).where(own, postcode.c.is_covered),
        "lsoa21": sa.select(sa.func.count()).where(
            area.c.kind == str(AreaKind.LSOA21), ~area.c.is_outside
        ),
    }
    counts: dict[str, float] = {
        name: connection.execute(query).scalar_one() for name, query in wanted.items()
    }
    covered = counts["postcodes_covered"] / max(counts["postcodes"], 1)
    return counts | {"covered_pct": round(100 * covered, 1)}


def _build_row(made: Made, connection: sa.Connection) -> dict[str, object]:
    region, folder = made.region, made.folders["streets"]
    walk = folder / NETWORKS / "walk"
    network = Network.load(walk) if walk.is_dir() else None
    west, south, east, north = _bounds(connection)
    return {
        "region_id": region.id,
        "title": region.title,
        "contact": region.contact,
        "made_up": region.made_up,
        "has_heights": network is not None and network.has_heights,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "covered_pct": counts_in(connection)["covered_pct"],
        "coverage": None if network is None else streets.coverage_degrees(network),
        "streets_date": (folder / DATE_FILE).read_text("ascii") or None,
    }


def _bounds(connection: sa.Connection) -> tuple[float, float, float, float]:
    area = SQL["area"].c
    query = sa.select(
        sa.func.min(area.west),
        sa.func.min(area.south),
        sa.func.max(area.east),
        sa.func.max(area.north),
    ).where(area.kind == str(AreaKind.AUTHORITY), ~area.is_outside)
    west, south, east, north = connection.execute(query).one()
    return west, south, east, north


def _authority_rows(region: Region) -> pd.DataFrame:
    rows = pd.DataFrame([asdict(authority) for authority in region.authorities()])
    return rows[["la_code", "la_code_dfe", "name"]].assign(position=range(len(rows)))


def _step_rows(records: Sequence[StepRecord]) -> pd.DataFrame:
    rows = pd.DataFrame([asdict(record) for record in records])
    return rows.assign(position=range(len(rows)))


def _source_rows(region: Region) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            {
                "source_id": source.id,
                "title": source.title,
                "publisher": source.publisher,
                "landing_page": source.landing_page or None,
                "licence": None if source.licence == OWN_LICENCE else source.licence,
                "attribution": source.attribution or None,
                "caveats": "\n".join(source.caveats),
            }
            for source in SOURCES
        ]
    )
    if not region.made_up:
        return rows
    publisher = "made up, in the format of " + rows["publisher"]
    return rows.assign(publisher=publisher, licence=None, attribution=None)


def _receipt_rows(files: Files) -> pd.DataFrame:
    receipts = [file.receipt for each in files.values() for file in each]
    return pd.DataFrame([asdict(each) | {"receipt": each.mark} for each in receipts])
