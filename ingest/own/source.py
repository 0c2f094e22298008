"""How a file of an authority's own is declared as a series."""

from typing import Final

from ingest.own.declare import Template
from ingest.rhythm import Rhythm
from ingest.schema.declare import Table
from ingest.source import ReadRows, Source

FOLDER: Final = "own"
"""Folder of such files inside a mirror; they are named in the region file wherever they are."""

LICENCE: Final = "LicenseRef-authority"
EVERY: Final = Rhythm("whenever the authority makes a new one")
PUBLISHER: Final = "The authority itself"


def own_source(
    template: Template,
    read_rows: ReadRows,
    tables: tuple[Table, ...],
    *,
    caveats: tuple[str, ...] = (),
) -> Source:
    """Declare the series that reads a file of an authority's own.

    There is none to download: the region file names it under ``[own_files]``, by the id of the
    template.
    """
    return Source(
        id=template.id,
        title=template.title,
        publisher=PUBLISHER,
        landing_page="",
        licence=LICENCE,
        attribution="",
        releases=lambda _region, _today: (),
        mirror_folder=FOLDER,
        mirror_files=(),
        read_rows=read_rows,
        tables=tables,
        caveats=caveats,
        every=EVERY,
    )
