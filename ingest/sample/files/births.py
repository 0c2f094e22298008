"""Live births by calendar year, as Nomis gives them: by district, and by small area."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet

HEADER: Final = ("DATE", "GEOGRAPHY_CODE", "OBS_VALUE")
FIRST: Final = 2002
LAST: Final = 2024
"""Of districts; of small areas from ``FIRST_OF_AREAS``."""
FIRST_OF_AREAS: Final = 2010


def calendar_births(county: County) -> pd.DataFrame:
    """Count births by small area (``area``, a row of the land's) and calendar ``year``.

    A calendar year has the births of a school year without those before January, and those of
    the next before January.
    """
    born = county.people.births
    later = born["births"] - born["births_before_january"]
    two = [
        pd.DataFrame({"area": born["area"], "year": born["academic_year"] + 1, "births": later}),
        born[["area", "academic_year", "births_before_january"]].set_axis(
            ["area", "year", "births"], axis="columns"
        ),
    ]
    return pd.concat(two).groupby(["area", "year"], as_index=False).sum()


def _rows(county: County) -> Iterable[Cells]:
    codes = county.land.areas["area_code"].to_numpy()
    found = calendar_births(county)
    found = found[found["year"].between(FIRST_OF_AREAS, LAST)]
    values = (found["year"].tolist(), codes[found["area"]].tolist(), found["births"].tolist())
    return zip(*values, strict=True)


def _figures(county: County) -> pd.DataFrame:
    codes = county.land.areas["district_code"].to_numpy()
    found = calendar_births(county)
    return found.assign(code=codes[found["area"]])[["year", "code", "births"]]


def _below(total: pd.DataFrame, _: Country) -> Iterable[Cells]:
    kept = total[total["year"].between(FIRST, LAST)]
    return kept[["year", "code", "births"]].itertuples(index=False, name=None)


AREAS: Final[Series] = sheet(
    source="births",
    file="ons/births_lsoa21_1.csv",
    header=HEADER,
    rows=_rows,
    encoding="utf-8",
)
DISTRICTS: Final[Series] = sheet(
    source="births",
    file="ons/births_districts.csv",
    header=HEADER,
    figures=_figures,
    keys=("year", "code"),
    below=_below,
    encoding="utf-8",
)
