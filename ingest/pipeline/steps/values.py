"""Published values of small areas: deprivation and ages."""

import pandas as pd

from config.terms import AreaKind
from ingest.measures import measure_table
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA, AREA_VALUE, MEASURE
from ingest.sources import census21_ages, imd2025


def run(work: Work) -> None:
    """Write the published part of the ``measure`` and ``area_value`` tables."""
    rows = pd.concat(
        [
            work.load(census21_ages.SOURCE, work.cut()),
            work.load(imd2025.SOURCE, work.cut()),
        ]
    )
    areas = work.read("boundaries", AREA)
    ours = areas.loc[areas["kind"] == str(AreaKind.LSOA21), "area_code"]
    kept = rows[rows["area_code"].isin(ours)]
    for measure, of_one in rows.groupby("measure"):
        without = sorted(set(ours) - set(of_one["area_code"]))
        for code in without:
            work.issues.warn("small area has its values", f"{code}, {measure}", "no row for it")
        work.issues.refuse_if_many("small area has its values", found=len(without), of=len(ours))
    work.write(MEASURE, measure_table((*census21_ages.MEASURES, *imd2025.MEASURES)))
    work.write(AREA_VALUE, kept)


STEP = Step(
    id="values",
    title="Deprivation and ages by small area",
    run=run,
    sources=(imd2025.ID, census21_ages.ID),
    needs=("boundaries",),
)
