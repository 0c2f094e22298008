"""What became of the small areas of 2011, and how their counts are shared out."""

import pandas as pd

from config.terms import AreaKind
from ingest.conversion import with_shares
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA, SMALL_AREA_CHANGE
from ingest.sources import census21_ages, lsoa11_lookup


def run(work: Work) -> None:
    """Write the ``small_area_change`` table; nothing where the look-up could not be had."""
    if not work.files[lsoa11_lookup.ID]:
        return
    lookup = work.load(lsoa11_lookup.SOURCE, work.cut())
    rows = with_shares(lookup, _children(work))
    areas = work.read("boundaries", AREA)
    near = areas.loc[areas["kind"] == str(AreaKind.LSOA21), "area_code"]
    work.write(SMALL_AREA_CHANGE, rows[rows["lsoa21"].isin(near)])


def _children(work: Work) -> pd.Series:
    """Return the children aged 0 to 15 of the 2021 census, by small area of England."""
    ages = work.load(census21_ages.SOURCE, work.cut())
    children = ages[ages["measure"] == "children_0_15"]
    return children.set_index("area_code")["value"]


STEP = Step(
    id="conversion",
    title="Small areas of 2011 to those of 2021",
    run=run,
    sources=(lsoa11_lookup.ID, census21_ages.ID),
    needs=("boundaries",),
)
