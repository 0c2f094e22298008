"""Checks the files that a region names, before anything is fetched."""

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from config.region import Region
from ingest.errors import SuppliedFileMissing
from ingest.own.persons import refuse_persons
from ingest.source import Source

IMPORTS: Final = "[[imports]]"
IDS: Final = {IMPORTS: "imports"}
"""The id of the series of files that stand under a heading of their own."""
TABLES: Final = frozenset(
    {IMPORTS, "rolls", "housing", "admissions", "admission_criteria", "planning_area_schools"}
)
"""What may be named only for tables without persons."""


def own_path(name: str, mirror: Path | None) -> Path:
    """Return where a file of the authority's own is: as it is named, else below the mirror."""
    path = Path(name)
    if mirror is None or path.is_file():
        return path
    return mirror / path if (mirror / path).is_file() else path


def refuse_misnamed(
    region: Region,
    sources: Iterable[Source],
    mirror: Path | None = None,
    without: Collection[str] = (),
) -> None:
    """Refuse a region whose own files cannot be what is meant.

    Args:
        region: names them.
        sources: the series there are.
        mirror: folder below which they may lie.
        without: ids of series that are left out, whose files need not be there.

    Raises:
        SuppliedFileMissing: a file is named for a series that there is not, or is not there; the
            message names every such file.
        CheckFailed: a table is one of persons.
    """
    known = {source.id for source in sources}
    unknown = [series for series in region.own_files if series not in known]
    if unknown:
        near = difflib.get_close_matches(unknown[0], known, n=1)
        raise SuppliedFileMissing(
            f"[own_files] of {region.id} names files for {', '.join(unknown)}, "
            "which is no series of the atlas",
            hint=f"did you mean {near[0]}?"
            if near
            else "`atlas template` lists what may be given.",
        )
    named = [(series, file) for series, files in region.own_files.items() for file in files]
    named += [(IMPORTS, each.file) for each in region.imports]
    if missing := [
        (series, file)
        for series, file in named
        if IDS.get(series, series) not in without and not own_path(file, mirror).is_file()
    ]:
        lines = [f"  {series}: {Path(file).absolute()}" for series, file in missing]
        raise SuppliedFileMissing(
            "\n".join([f"the region file of {region.id} names files that are not there:", *lines]),
            hint="check their paths, from where the atlas is started or from the mirror.",
        )
    for series, file in named:
        path = own_path(file, mirror)
        source_id = IDS.get(series, series)
        if series in TABLES and source_id not in without:
            refuse_persons(path, source=source_id)
