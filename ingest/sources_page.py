"""The page ``docs/sources.md``, written from the declarations of the series.

Whoever adds or changes a declaration writes it anew::

    .venv/bin/python -m ingest.sources_page
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from config.region import Region, load_region
from config.settings import PROJECT_DIR
from ingest.source import Release, Source
from ingest.sources import SOURCES

PAGE: Final = PROJECT_DIR / "docs" / "sources.md"
COMMAND: Final = ".venv/bin/python -m ingest.sources_page"
EXAMPLE: Final = "rutland"
"""The region whose addresses are shown, where they differ from region to region."""

ON: Final = date(2026, 8, 31)
"""The page is written as on this day: which years are listed must not change overnight. The day
itself is taken out again wherever it stands for any day."""

MOST_LISTED: Final = 8
"""Addresses listed of one series."""

HEAD: Final = f"""# Where every figure comes from

Written from the declarations in `ingest/sources/` by `{COMMAND}`.
`atlas sources REGION` says what is held of each series, how old it is and when more is due;
`atlas sources --check` asks the publishers whether there is anything newer. Addresses that differ
from region to region are {EXAMPLE.title()}'s here; the years listed are those of {ON:%B %Y}.
Files of an authority's own, named in its region file, win over a publisher's.
"""


def page(sources: Sequence[Source], region: Region) -> str:
    """Write the page: a table of all series, then each with its addresses and caveats."""
    parts = [HEAD, _overview(sources), *(_section(source, region) for source in sources)]
    return "\n".join(parts)


def _overview(sources: Iterable[Source]) -> str:
    lines = ["| series | publisher | licence | stored | comes |", "|---|---|---|---|---|"]
    lines += [
        f"| [{_cell(source.title)}](#{source.id}) | {_cell(source.publisher)} | {source.licence} "
        f"| {_cell(_stored(source))} | {_cell(source.every.words)} |"
        for source in sources
    ]
    return "\n".join(lines) + "\n"


def _section(source: Source, region: Region) -> str:
    releases = source.releases(region, ON)
    lines = [
        f"## {source.id}",
        "",
        f"{source.title}.{_about(source)}",
        "",
        *_bullets("stored", [f"`{table.name}`: {table.grain}" for table in source.tables]),
        *_bullets("measures", [f"{each.title} ({each.unit})" for each in source.measures]),
        *_bullets("releases", _addresses(releases)),
        f"- in a mirror: folder `{source.mirror_folder}`{_named(source.mirror_files)}",
        *_bullets("to know", source.caveats),
    ]
    return "\n".join(lines) + "\n"


def _about(source: Source) -> str:
    """Link to the page about a series; one of the authority's own has its columns described."""
    if not source.landing_page:
        return " [What the file may hold](own-files.md)."
    return f" [About the series]({source.landing_page}). {source.attribution}"


def _stored(source: Source) -> str:
    return ", ".join(f"`{table.name}`" for table in source.tables) or source.stores


def _bullets(what: str, says: Sequence[str]) -> list[str]:
    if len(says) == 1:
        return [f"- {what}: {says[0]}"]
    return [f"- {what}:", *(f"  - {each}" for each in says)] if says else []


def _addresses(releases: Sequence[Release]) -> list[str]:
    """Say where each file is; a series without an address is an authority's own."""
    told = [
        f"{_undated(each.name)}: <{_undated(each.addresses[0])}>"
        for each in releases
        if each.addresses
    ]
    told += [
        f"{_undated(each.name)}: `{each.file_name}`, which has no address"
        for each in releases
        if not each.addresses
    ]
    if not told:
        return ["named in the region file, if at all"]
    more = len(told) - MOST_LISTED
    return told if more <= 0 else [*told[:MOST_LISTED], f"and {more} more"]


def _undated(text: str) -> str:
    """Put words in the place of the day that the page is written as on, and the day before.

    >>> _undated("edubasealldata20260830.csv"), _undated("2026-08-31")
    ('edubasealldataYYYYMMDD.csv', 'each day')
    """
    for day in (ON, ON.replace(day=ON.day - 1)):
        text = text.replace(f"{day:%Y%m%d}", "YYYYMMDD").replace(f"{day:%Y-%m-%d}", "each day")
    return text


def _named(patterns: Sequence[str]) -> str:
    return f", file {' or '.join(f'`{each}`' for each in patterns)}" if patterns else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(SOURCES, load_region(EXAMPLE)), encoding="utf-8")


if __name__ == "__main__":
    write()
