"""Rows as they are sent: with the file each came from, and what it says."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.build import Build
from api.narrative.figures import About, value_words
from api.queries import figures
from api.schemas.figures import FigureContext, FigurePoint
from config.english_regions import ENGLAND
from config.terms import Status

Row = Mapping[str, Any]
Releases = Mapping[tuple[str, str | None], str | None]


class Telling:
    """Writes rows as answers: where each came from, and what it says.

    Args:
        build: the build they are of.
        names: of predecessors by URN.
    """

    def __init__(self, build: Build, names: Mapping[int, str]) -> None:
        self.build = build
        self._names = names
        self._releases: Releases = build.remembered.get(
            "releases of receipts", lambda: releases(figures.receipts(build.engine))
        )

    def with_origin(self, row: Row) -> dict[str, Any]:
        """Return a row with its release, and the predecessor it was published for."""
        return {
            **row,
            "release": self._releases.get((row["receipt"], row["source_id"])),
            "published_urn": row.get("urn"),
            "published_name": self._names.get(row.get("urn") or 0),
        }

    def point(self, row: Row) -> FigurePoint:
        """Write one value."""
        return FigurePoint(**self.with_origin(row), words=words_of(row, row["value"]))

    def published(
        self, rows: Iterable[Row], names: Mapping[str, str]
    ) -> dict[tuple[str, str], list[FigureContext]]:
        """Write published figures of an authority or the country, by measure and period."""
        found: dict[tuple[str, str], list[FigureContext]] = {}
        for row in sorted(rows, key=lambda row: list(names).index(row["area_code"])):
            context = FigureContext(
                **{**self.with_origin(row), "low": None, "high": None},
                kind="england" if row["area_code"] == ENGLAND else "authority",
                name=names[row["area_code"]],
                schools=None,
                words=words_of(row, row["value"]),
            )
            found.setdefault((row["measure"], row["period"]), []).append(context)
        return found


def releases(rows: Iterable[Row]) -> dict[tuple[str, str | None], str | None]:
    """Return the release of each file by its receipt and series."""
    return {(row["receipt"], row["source_id"]): row["release"] for row in rows}


def words_of(row: Row, value: float | None) -> str:
    """Write a value of a measure ready to show, or why there is none."""
    about = About(
        measure=row["measure"],
        unit=row["unit"],
        decimals=row["decimals"] or 0,
        period=row["period"],
        note=row.get("note"),
    )
    return value_words(value, Status(row["status"]), about)
