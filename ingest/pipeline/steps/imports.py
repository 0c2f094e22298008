"""Tables of any kind that the region file adds."""

import pandas as pd

from ingest.imports.gathering import Imported, imported
from ingest.imports.known import Known, known_of
from ingest.imports.table import read_import
from ingest.measures import measure_table
from ingest.pipeline.work import Step, Work, naming_file, telling_to_go_without
from ingest.schema.areas import AREA, MEASURE, SMALL_AREA_CHANGE
from ingest.schema.places import POSTCODE
from ingest.sources import imports


def run(work: Work) -> None:
    """Write the values of every table, and a measure for each of its columns of figures."""
    if not work.files[imports.ID]:
        return
    known = _known(work)
    read: list[tuple[Imported, str]] = []
    for told, path, receipt in zip(
        work.region.imports, work.files[imports.ID], work.receipts[imports.ID], strict=True
    ):
        work.progress(len(read) / len(work.region.imports), told.title)
        with telling_to_go_without(imports.ID), naming_file(imports.ID, path):
            read.append((imported(read_import(path, told), told, known, work.issues), receipt.mark))
    for table in {each.table.name: each.table for each, _ in read}.values():
        parts = [each.rows.assign(receipt=mark) for each, mark in read if each.table is table]
        work.write(table, pd.concat(parts, ignore_index=True))
    measures = [measure for each, _ in read for measure in each.measures]
    work.write(MEASURE, measure_table(measures))


def _known(work: Work) -> Known:
    return known_of(
        work.read("boundaries", AREA),
        work.read("postcodes", POSTCODE),
        work.rows_before(SMALL_AREA_CHANGE),
        work.cut_to_schools().urns or frozenset(),
        work.region.register(),
    )


STEP = Step(
    id="imports",
    title="Tables of the authority's own",
    run=run,
    sources=(imports.ID,),
    needs=("boundaries", "postcodes", "schools", "conversion"),
)
