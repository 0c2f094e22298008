"""A level and other results of 16 to 18 year olds, by school and college."""

from pathlib import Path
from typing import Final

from ingest.performance.figures import Figure, maker, measures_of
from ingest.performance.reading import Layout, read_figures
from ingest.performance.releases import FIRST, LANDING_PAGE, NO_EXAMS, yearly
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows, Source

ID: Final = "ks5"
SAME_SINCE: Final = 2021
"""From 2021/22 on, the tables have the columns read here."""

_LAYOUT: Final = Layout(
    source_id=ID,
    schools=None,
    authorities=frozenset({"4"}),
    england=frozenset({"7"}),
)
_measure = maker(ID, "A levels and other 16 to 18 study")
_POINTS: Final = "An A level at grade A* is worth 60 points, A 50, B 40, C 30, D 20, E 10."


def _students(measure: str, title: str, says: str, column: str) -> Figure:
    return Figure(measure=_measure(measure, title, says, unit="students"), value=column)


def _points(measure: str, title: str, whom: str, column: str, cohort: str) -> Figure:
    return Figure(
        measure=_measure(
            measure,
            title,
            f"Average points for each entry of {whom}. {_POINTS}",
            unit="points",
            decimals=1,
            polarity="more_is_better",
        ),
        value=column,
        cohort=cohort,
    )


FIGURES: Final = (
    _students(
        "ks5_students",
        "Students aged 16 to 18",
        "Students aged 16 to 18 on roll.",
        "TPUP1618",
    ),
    _students(
        "ks5_alevel_students",
        "A level students",
        "Students at the end of 16 to 18 study who took at least one A level.",
        "TALLPUP_ALEV_1618",
    ),
    _points(
        "ks5_alevel_points",
        "A levels, average points",
        "an A level student",
        "TALLPPE_ALEV_1618",
        "TALLPUP_ALEV_1618",
    ),
    _points(
        "ks5_alevel_points_disadvantaged",
        "A levels, average points of disadvantaged students",
        "an A level student who was disadvantaged in year 11",
        "TALLPPE_ALEV_1618_DIS",
        "TALLPUP_ALEV_1618_DIS",
    ),
    Figure(
        measure=_measure(
            "ks5_best3_points",
            "Best three A levels, average points",
            f"Average points of the best three A levels of each student. {_POINTS}",
            unit="points",
            decimals=1,
            polarity="more_is_better",
        ),
        value="TB3PTSE",
    ),
    Figure(
        measure=_measure(
            "ks5_aab_pct",
            "Grades AAB or better with two facilitating subjects",
            "Students with three A levels at AAB or better, two of them in subjects that many "
            "degree courses ask for.",
            polarity="more_is_better",
        ),
        value="PTAAB_2FAC",
        cohort="TALLPUP_ALEV_1618",
    ),
    Figure(
        measure=_measure(
            "ks5_alevel_progress",
            "A levels, progress since GCSEs",
            "How A level students did, compared with students of all England who had the same "
            "GCSE results. 0 is as they did; +1 is one grade better in each A level.",
            unit="grades",
            decimals=2,
            polarity="more_is_better",
        ),
        value="VA_INS_ALEV",
        low="LCI_INS_ALEV",
        high="UCI_INS_ALEV",
        cohort="TALLPUP_ALEV_1618",
        since=2024,
    ),
    _points(
        "ks5_academic_points",
        "Academic qualifications, average points",
        "a student who took A levels or other academic qualifications",
        "TALLPPE_ACAD_1618",
        "TALLPUP_ACAD_1618",
    ),
    _points(
        "ks5_applied_general_points",
        "Applied general qualifications, average points",
        "a student who took qualifications such as a BTEC in a broad field of work",
        "TALLPPE_AGEN",
        "TALLPUP_AGEN",
    ),
    _points(
        "ks5_tech_level_points",
        "Tech levels, average points",
        "a student who took qualifications for one occupation",
        "TALLPPE_TLEV",
        "TALLPUP_TLEV",
    ),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a year's table of England or of one authority."""
    return read_figures(path, reading, FIGURES, _LAYOUT)


SOURCE: Final = Source(
    id=ID,
    title="16 to 18 performance tables",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=yearly(
        "KS5",
        "ks5final",
        without=NO_EXAMS | frozenset(range(FIRST, SAME_SINCE)),
        by_authority=True,
    ),
    every=comes_yearly(3),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE),
    measures=measures_of(FIGURES),
    caveats=(
        "Progress since GCSEs is read from 2024/25 on: for the years before, exams of the pandemic "
        "left no common starting point.",
        "A sixth form of a few students changes much from year to year.",
        "Authorities and England stand beside the schools; England means state-funded schools and "
        "colleges.",
    ),
)
