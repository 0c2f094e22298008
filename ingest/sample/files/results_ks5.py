"""16 to 18: A levels and other qualifications, by school and college."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.marks import FEWEST, Texts, decimals, marked, percents, wholes
from ingest.sample.files.results import Figures, Table, not_published, of_year
from ingest.sample.files.series import County

FIRST_WITH_PROGRESS: Final = 2024
"""Progress since GCSEs has a common starting point again from this year on."""

GAP: Final = 3.5
"""Points an entry by which the disadvantaged are behind, and others of the same school ahead."""
APPLIED_BELOW: Final = 4.5
BEST_THREE_ABOVE: Final = 0.8
"""Points by which applied qualifications, and the best three A levels, differ from A levels."""

HEADER: Final = (
    *("RECTYPE", "ALPHAIND", "LEA", "ESTAB", "URN", "SCHNAME", "ADDRESS1", "ADDRESS2", "ADDRESS3"),
    *("TOWN", "PCODE", "TELNUM", "ICLOSE", "NFTYPE", "RELDENOM", "ADMPOL", "EGENDER", "AGERANGE"),
    *("TPUP1618", "TALLPUP_ALEV_1618", "TALLPPE_ALEV_1618", "TALLPUP_ALEV_1618_DIS"),
    *("TALLPPE_ALEV_1618_DIS", "TB3PTSE", "PTAAB_2FAC", "VA_INS_ALEV", "LCI_INS_ALEV"),
    *("UCI_INS_ALEV", "TALLPUP_ACAD_1618", "TALLPPE_ACAD_1618", "TALLPUP_AGEN", "TALLPPE_AGEN"),
    *("TALLPUP_TLEV", "TALLPPE_TLEV", "PROGRESS_BAND_ALEV"),
)


def _results(county: County, academic_year: int) -> pd.DataFrame:
    return of_year(county, county.people.outcomes.ks5, academic_year, without=("special",))


def _written(rows: Figures, academic_year: int) -> dict[str, Texts]:
    pupils, points = rows["pupils"], rows["points"]
    poor = np.round(rows["disadvantaged"] * 0.7)
    applied = rows["applied"]
    columns = {
        "TPUP1618": wholes(2 * pupils),
        "TALLPUP_ALEV_1618": wholes(rows["alevel"]),
        "TALLPPE_ALEV_1618": decimals(points, 2),
        "TALLPUP_ALEV_1618_DIS": marked(wholes(poor), poor < FEWEST),
        "TALLPPE_ALEV_1618_DIS": marked(decimals(points - GAP, 2), poor < FEWEST),
        "TB3PTSE": decimals(points + BEST_THREE_ABOVE, 2),
        "PTAAB_2FAC": percents(rows["aab"], pupils),
        "TALLPUP_ACAD_1618": wholes(rows["alevel"]),
        "TALLPPE_ACAD_1618": decimals(points, 2),
        "TALLPUP_AGEN": wholes(applied),
        "TALLPPE_AGEN": marked(decimals(points - APPLIED_BELOW, 2), applied < FEWEST),
        "TALLPUP_TLEV": wholes(0 * pupils),
        "TALLPPE_TLEV": marked(wholes(0 * pupils), pupils >= 0, "NE"),
    }
    half = rows.get("value_added_half", np.full(len(pupils), 0.02))
    added = rows["value_added"]
    progress = {
        "VA_INS_ALEV": decimals(added, 2),
        "LCI_INS_ALEV": decimals(added - half, 2),
        "UCI_INS_ALEV": decimals(added + half, 2),
    }
    if academic_year < FIRST_WITH_PROGRESS:
        progress = dict.fromkeys(progress, not_published(pupils))
    return columns | progress


SERIES: Final = Table(
    source="ks5",
    name="england_ks5final.csv",
    header=HEADER,
    results=_results,
    written=_written,
    counts=("pupils", "disadvantaged", "alevel", "applied", "aab"),
    means=("points", "value_added"),
    authority="4",
    country=("5", "7"),
).series()
