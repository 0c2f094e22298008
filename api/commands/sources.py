"""``atlas sources``: every series, what is held of it, and whether there is anything newer."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.printing import print_rows
from config.errors import ConfigError
from config.region import Region, load_region, region_ids
from config.settings import Settings, read_settings

if TYPE_CHECKING:
    from ingest.newer import Answer
    from ingest.standing import Standing

NOTHING = "—"

RegionIds = Annotated[
    str | None, typer.Argument(help="Id of a region file; without, all regions that are built.")
]


def sources(
    region: RegionIds = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Ask the publishers whether anything is newer.")
    ] = False,
    find: Annotated[
        str | None,
        typer.Option(help="Find data sets of Explore Education Statistics by a word instead."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
) -> None:
    """List every series: publisher, licence, releases held, age, next expected, rows, issues."""
    if find is not None:
        print_rows(_found(find), as_csv=as_csv, as_json=as_json, table=_found_table)
        return
    from ingest.standing import held_by, standings  # noqa: PLC0415 - a second of imports

    settings = read_settings()
    today = datetime.now(UTC).date()
    regions = _regions(region, settings)
    held = held_by(settings.home, [each.id for each in regions])
    listed = standings(_sources(), held.receipts, held.loaded)
    real = [each for each in regions if not each.made_up]
    answers = _asked(listed, real, today) if check else {}
    rows = [_row(each, real, today, answers.get(each.source.id)) for each in listed]
    if not check:
        rows = [{name: row[name] for name in row if name not in ("check", "says")} for row in rows]
    print_rows(rows, as_csv=as_csv, as_json=as_json, table=partial(_table, today=today))


def _sources() -> tuple[Any, ...]:
    from ingest.sources import SOURCES  # noqa: PLC0415 - a second of imports

    return SOURCES


def _regions(named: str | None, settings: Settings) -> list[Region]:
    """Return the region named, or those that are built, or else all that there are files of."""
    if named is not None:
        return [load_region(named, regions_dir=settings.regions_dir)]
    known = []
    for region_id in region_ids(regions_dir=settings.regions_dir):
        try:
            known.append(load_region(region_id, regions_dir=settings.regions_dir))
        except ConfigError:
            continue  # `atlas region list` names it
    built = [each for each in known if (settings.home / "builds" / each.id).is_dir()]
    return built or [each for each in known if not each.made_up]


def _asked(
    listed: tuple["Standing", ...], regions: list[Region], today: date
) -> dict[str, "Answer"]:
    from ingest.fetch import Client  # noqa: PLC0415 - a second of imports
    from ingest.newer import POLITE, ask_all, worth_asking  # noqa: PLC0415

    questions = {
        each.source.id: worth_asking(each.source.all_releases(regions, today), each.receipts)
        for each in listed
    }
    with Client(patience=POLITE) as client:
        return ask_all(questions, client)


def _row(
    standing: "Standing", regions: list[Region], today: date, answer: "Answer | None"
) -> dict[str, Any]:
    """Say everything about one series, in the columns of the CSV; without regions, made up."""
    source = standing.source
    releases = source.all_releases(regions, today)
    return {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher if regions else f"made up, as of {source.publisher}",
        "licence": source.licence if regions else "",
        "releases": list(standing.releases),
        "files": len(standing.receipts),
        "age_days": standing.age_days(today),
        "comes": source.every.words,
        "next_expected": standing.next_due.isoformat() if standing.next_due else None,
        "is_overdue": standing.is_overdue(today),
        "rows": standing.loaded.rows if standing.loaded else None,
        "issues": standing.loaded.issues if standing.loaded else None,
        "addresses": [each.addresses[0] for each in releases if each.addresses],
        "check": answer.verdict if answer else None,
        "says": answer.says if answer else None,
    }


def _table(rows: list[dict[str, Any]], today: date) -> Table:
    """Draw the list for people: names may wrap, figures may not."""
    is_checked = "check" in rows[0]
    table = Table(box=None)
    table.add_column("Series", min_width=24)
    for name in ("Held", "Age", "Next expected", "Rows", "Issues"):
        table.add_column(name, no_wrap=True, justify="left" if name == "Held" else "right")
    if is_checked:
        table.add_column("Publisher has", min_width=16)
    for row in rows:
        about = ", ".join(filter(None, [row["publisher"], row["licence"]]))
        cells = [
            f"{row['source_id']}\n[dim]{escape(row['title'])}\n{escape(about)}",
            _releases(row["releases"]),
            NOTHING if row["age_days"] is None else f"{row['age_days']:,} d",
            _due(row["next_expected"], today),
            _count(row["rows"]),
            _count(row["issues"]),
        ]
        told = f"{row['check']}: {escape(row['says'])}" if row.get("check") else NOTHING
        table.add_row(*cells, *([told] if is_checked else []))
    return table


def _found(words: str) -> list[dict[str, Any]]:
    """Return the data sets that may be named in a declaration."""
    from ingest import education_statistics  # noqa: PLC0415 - a second of imports
    from ingest.fetch import Client  # noqa: PLC0415

    with Client() as client:
        found = education_statistics.find_data_sets(
            words, client, root=education_statistics.SERVICE
        )
        return [asdict(each) for each in found]


def _found_table(rows: list[dict[str, Any]]) -> Table:
    table = Table("Publication", "Data set", "Version", "Rows", "Address", box=None)
    for row in rows:
        version = f"{row['version'] or NOTHING}\n[dim]{row['status']}"
        title = row["title"]
        table.add_row(row["publication"], title, version, _count(row["rows"]), row["address"])
    return table


def _releases(names: list[str]) -> str:
    """Name the newest release held, and how many there are before it.

    >>> _releases(["2023", "2024", "2025"]), _releases([])
    ('2025 (+2)', '—')
    """
    if not names:
        return NOTHING
    return names[-1] if len(names) == 1 else f"{names[-1]} (+{len(names) - 1})"


def _due(day: str | None, today: date) -> str:
    """Say when the next release is due, or that it was.

    >>> _due("2026-06-01", date(2026, 1, 1)), _due("2025-06-01", date(2026, 1, 1))
    ('2026-06-01', 'was 2025-06-01')
    """
    if day is None:
        return NOTHING
    return f"was {day}" if date.fromisoformat(day) < today else day


def _count(number: int | None) -> str:
    return NOTHING if number is None else f"{number:,}"
