"""Absence from school, by school."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.authority import ENGLAND
from ingest.performance.figures import KINDS, Figure, maker, measures_of, of_kind
from ingest.performance.reading import values, year_of
from ingest.performance.releases import LANDING_PAGE, NO_EXAMS, yearly
from ingest.rhythm import yearly as comes_yearly
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows, Source
from ingest.tables import read_table

ID: Final = "absence"
_measure = maker(ID, "Absence")
_OVERALL: Final = (
    "Half days missed, for whatever reason, of all half days that pupils could attend."
)
_PERSISTENT: Final = "Pupils who missed a tenth or more of the half days they could attend."

FIGURES: Final = (
    Figure(
        measure=_measure(
            "absence_overall_pct", "Absence", _OVERALL, decimals=1, polarity="more_is_worse"
        ),
        value="PERCTOT",
    ),
    Figure(
        measure=_measure(
            "absence_persistent_pct",
            "Pupils absent a tenth of the time or more",
            _PERSISTENT,
            decimals=1,
            polarity="more_is_worse",
        ),
        value="PPERSABS10",
    ),
)
_ENGLAND: Final = "NAT"
"""What stands for the authority in the last rows, which are England's kinds of schools."""

ENGLANDS: Final = {
    code: tuple(of_kind(figure, kind) for figure in FIGURES) for code, kind in KINDS.items()
}
NAMES: Final = {"urn": "URN", "la": "LA", "estab": "ESTAB"} | {
    each.value: each.value for each in FIGURES
}


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a year's table of England."""
    rows = read_table(path, NAMES, source=ID, issues=reading.issues, pads_short_rows=True)
    period, issues = str(year_of(reading)), reading.issues
    schools = rows[~rows["estab"].isin(list(KINDS))]
    schools = schools.assign(urn=numbers(schools, f.URN, key=("urn",), issues=issues))
    own = first_of_each(reading.cut.of_schools(schools), ("urn",), issues=issues)
    is_englands = rows["la"] == _ENGLAND
    england = [
        values(
            rows[is_englands & (rows["estab"] == code)].assign(area_code=ENGLAND),
            figures,
            "area_code",
            period,
            issues,
            of=path.name,
        )
        for code, figures in ENGLANDS.items()
    ]
    return {
        SCHOOL_VALUE: values(own, FIGURES, "urn", period, issues, of=path.name),
        AUTHORITY_VALUE: pd.concat(england, ignore_index=True),
    }


SOURCE: Final = Source(
    id=ID,
    title="Pupil absence in schools",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=yearly("PUPILABSENCE", "abs", without=NO_EXAMS),
    every=comes_yearly(3),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE),
    measures=measures_of(
        (*FIGURES, *(figure for figures in ENGLANDS.values() for figure in figures))
    ),
    caveats=(
        "Special schools have more absence than others, much of it through illness.",
        "No figures by school were published for 2019/20 and 2020/21.",
    ),
)
