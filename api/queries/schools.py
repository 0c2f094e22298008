"""Questions about schools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from api.finder import NEEDLESS, whole_words_for
from api.queries.rows import Page, all_rows, one_page, one_row
from config.terms import postcode
from config.words import search_key
from ingest.schema import SQL, TABLES

SCHOOL = SQL["school"]
LINK = SQL["school_link"]
OTHER = SCHOOL.alias("other")
WARD, LSOA = (SQL["area"].alias(name) for name in ("ward", "lsoa"))

SUMMARY = tuple(
    SCHOOL.c[name]
    for name in (
        *("urn", "name", "status", "phase", "sector", "type", "la_code", "la_name", "is_outside"),
        *("age_low", "age_high", "religious_character", "town", "postcode", "lon", "lat"),
        *("pupils", "pupils_status", "capacity_pupils", "capacity_pupils_status", "is_covered"),
    )
)
EXPORTED = tuple(column for column in SCHOOL.c if column.name != "search_key")
SYMBOLS = (
    "urn",
    "name",
    "lon",
    "lat",
    "phase",
    "sector",
    "status",
    "pupils",
    "capacity_pupils",
    "is_outside",
    "type",
)
ORDER = (sa.func.lower(SCHOOL.c.name, type_=sa.String()), SCHOOL.c.urn)
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Which schools a list keeps; an empty tuple or ``None`` keeps all."""

    phase: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    la_code: tuple[str, ...] = ()
    is_outside: bool | None = None
    bbox: tuple[float, float, float, float] | None = None
    q: str | None = None


def school_page(engine: sa.Engine, kept: Kept, *, limit: int, cursor: str | None) -> Page:
    """Return a page of schools by name."""
    statement = sa.select(*SUMMARY).where(*_conditions(kept))
    return one_page(engine, statement, keys=ORDER, limit=limit, cursor=cursor)


def exported_schools(engine: sa.Engine, kept: Kept) -> Iterator[sa.RowMapping]:
    """Yield every school kept with all its columns, by name, a batch at a time."""
    statement = sa.select(*EXPORTED).where(*_conditions(kept)).order_by(*ORDER)
    with engine.connect().execution_options(yield_per=BATCH) as connection:
        yield from connection.execute(statement).mappings()


def exported_fields() -> list[Any]:
    """Return the declarations of the exported columns, in order."""
    declared = next(table for table in TABLES if table.name == SCHOOL.name)
    names = {column.name for column in EXPORTED}
    return [field for field in declared.columns if field.name in names]


def school_symbols(engine: sa.Engine) -> dict[str, list[Any]]:
    """Return every school that has a position, as columns."""
    statement = (
        sa.select(*(SCHOOL.c[name] for name in SYMBOLS))
        .where(SCHOOL.c.lon.is_not(None), SCHOOL.c.lat.is_not(None))
        .order_by(SCHOOL.c.urn)
    )
    with engine.connect() as connection:
        columns = list(zip(*connection.execute(statement), strict=True))
    return {name: list(columns[number]) if columns else [] for number, name in enumerate(SYMBOLS)}


def school(engine: sa.Engine, urn: int) -> dict[str, Any] | None:
    """Return one school with every column, and the names of its ward and LSOA."""
    joined = SCHOOL.outerjoin(WARD, WARD.c.area_code == SCHOOL.c.ward25).outerjoin(
        LSOA, LSOA.c.area_code == SCHOOL.c.lsoa21
    )
    statement = (
        sa.select(*EXPORTED, WARD.c.name.label("ward_name"), LSOA.c.name.label("lsoa21_name"))
        .select_from(joined)
        .where(SCHOOL.c.urn == urn)
    )
    return one_row(engine, statement)


def school_links(engine: sa.Engine, urn: int) -> list[dict[str, Any]]:
    """Return the establishments linked with one school, the newest link first."""
    statement = (
        sa.select(
            LINK.c.linked_urn.label("urn"),
            sa.func.coalesce(OTHER.c.name, LINK.c.linked_name).label("name"),
            LINK.c.link_type,
            LINK.c.link_date,
            LINK.c.direction,
            OTHER.c.urn.is_not(None).label("in_atlas"),
        )
        .select_from(LINK.outerjoin(OTHER, OTHER.c.urn == LINK.c.linked_urn))
        .where(LINK.c.urn == urn)
        .order_by(sa.desc(sa.func.coalesce(LINK.c.link_date, "")), LINK.c.linked_urn)
    )
    return all_rows(engine, statement)


def school_summaries(engine: sa.Engine, urns: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the summaries of these schools by URN."""
    found: dict[int, dict[str, Any]] = {}
    with engine.connect() as connection:
        for start in range(0, len(urns), BATCH):
            batch = urns[start : start + BATCH]
            statement = sa.select(*SUMMARY).where(SCHOOL.c.urn.in_(batch))
            found.update(
                {row["urn"]: dict(row) for row in connection.execute(statement).mappings()}
            )
    return found


def school_points(engine: sa.Engine) -> list[sa.Row[Any]]:
    """Return URN, x, y, is_covered, phase, sector and status of schools with a position."""
    columns = (SCHOOL.c[name] for name in ("urn", "x", "y", "is_covered"))
    statement = (
        sa.select(*columns, SCHOOL.c.phase, SCHOOL.c.sector, SCHOOL.c.status)
        .where(SCHOOL.c.x.is_not(None), SCHOOL.c.y.is_not(None), SCHOOL.c.lon.is_not(None))
        .order_by(SCHOOL.c.urn)
    )
    with engine.connect() as connection:
        return list(connection.execute(statement))


def similar_urns(engine: sa.Engine, urn: int, *, most: int = 3) -> list[tuple[int, str]]:
    """Return schools whose URN differs in one digit, or has two neighbouring digits swapped."""
    candidates = _misread(str(urn))
    statement = (
        sa.select(SCHOOL.c.urn, SCHOOL.c.name)
        .where(SCHOOL.c.urn.in_(candidates))
        .order_by(SCHOOL.c.is_outside, SCHOOL.c.urn)
        .limit(most)
    )
    with engine.connect() as connection:
        return [(int(row.urn), str(row.name)) for row in connection.execute(statement)]


def linked_from(engine: sa.Engine, urn: int) -> list[tuple[int, str]]:
    """Return schools of this atlas that name ``urn`` as the one before or after them."""
    statement = (
        sa.select(SCHOOL.c.urn, SCHOOL.c.name)
        .join(LINK, LINK.c.urn == SCHOOL.c.urn)
        .where(LINK.c.linked_urn == urn)
        .order_by(SCHOOL.c.urn)
        .limit(3)
    )
    with engine.connect() as connection:
        return [(int(row.urn), str(row.name)) for row in connection.execute(statement)]


def _misread(digits: str) -> list[int]:
    replaced = {
        digits[:place] + digit + digits[place + 1 :]
        for place in range(len(digits))
        for digit in "0123456789"
    }
    swapped = {
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(len(digits) - 1)
    }
    return sorted({int(text) for text in replaced | swapped} - {int(digits)})


def _conditions(kept: Kept) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [
        SCHOOL.c[name].in_(values)
        for name in ("phase", "sector", "type", "status", "la_code")
        if (values := getattr(kept, name))
    ]
    if kept.is_outside is not None:
        conditions.append(SCHOOL.c.is_outside == kept.is_outside)
    if kept.bbox is not None:
        west, south, east, north = kept.bbox
        conditions += [SCHOOL.c.lon.between(west, east), SCHOOL.c.lat.between(south, north)]
    if kept.q:
        conditions += _text_conditions(kept.q)
    return conditions


def _text_conditions(text: str) -> list[sa.ColumnElement[bool]]:
    """Keep a URN, a postcode, or names and towns that hold every word, begun or whole."""
    if text.strip().isdecimal() and text.strip().isascii() and len(text.strip()) < 8:  # noqa: PLR2004
        return [SCHOOL.c.urn == int(text)]
    if whole := postcode(text):
        return [SCHOOL.c.postcode == whole]
    words = search_key(text).split()
    telling = [word for word in words if word not in NEEDLESS] or words
    return [_holds(word) for word in telling]


def _holds(word: str) -> sa.ColumnElement[bool]:
    """Keep names and towns with a word that begins so, or that is written otherwise."""
    padded = sa.literal(" ") + sa.func.coalesce(SCHOOL.c.search_key, "") + " "
    others = (
        padded.contains(f" {other} ", autoescape=True) for other in sorted(whole_words_for(word))
    )
    return sa.or_(padded.contains(f" {word}", autoescape=True), *others)
