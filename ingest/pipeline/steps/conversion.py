"""What became of the small areas of 2011, and how their counts are shared out."""

import geopandas as gpd
import pandas as pd

from config.terms import WGS84, AreaKind
from ingest.conversion import with_shares
from ingest.derived_changes import changes_from_centres
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA, SMALL_AREA_CHANGE
from ingest.sources import census21_ages, lsoa11_lookup, lsoa21, lsoa21_lookup, lsoa_centres


def run(work: Work) -> None:
    """Write the ``small_area_change`` table; nothing where nothing tells of the changes."""
    if work.files[lsoa11_lookup.ID]:
        lookup = work.load(lsoa11_lookup.SOURCE, work.cut())
    elif work.files[lsoa_centres.ID]:
        lookup = _derived(work)
    else:
        return
    rows = with_shares(lookup, _children(work))
    areas = work.read("boundaries", AREA)
    near = areas.loc[areas["kind"] == str(AreaKind.LSOA21), "area_code"]
    work.write(SMALL_AREA_CHANGE, rows[rows["lsoa21"].isin(near)])


def _derived(work: Work) -> pd.DataFrame:
    """Match the small areas of both censuses by their centres, for want of the look-up."""
    centres = work.load(lsoa_centres.SOURCE, work.cut())
    outlines = work.load(lsoa21.SOURCE, work.cut())
    districts = work.load(lsoa21_lookup.SOURCE, work.cut()).set_index("area_code")["district"]
    shapes = gpd.GeoDataFrame(outlines, geometry="geometry", crs=WGS84)
    work.issues.warn(
        "small areas of 2011 have their look-up",
        lsoa11_lookup.ID,
        "it could not be had; they were matched with those of 2021 by their centres",
    )
    rows = changes_from_centres(centres, shapes, districts)
    return rows.assign(receipt=centres["receipt"].iloc[0])


def _children(work: Work) -> pd.Series:
    """Return the children aged 0 to 15 of the 2021 census, by small area of England."""
    ages = work.load(census21_ages.SOURCE, work.cut())
    children = ages[ages["measure"] == "children_0_15"]
    return children.set_index("area_code")["value"]


STEP = Step(
    id="conversion",
    title="Small areas of 2011 to those of 2021",
    run=run,
    sources=(lsoa11_lookup.ID, lsoa_centres.ID, lsoa21.ID, lsoa21_lookup.ID, census21_ages.ID),
    needs=("boundaries",),
)
