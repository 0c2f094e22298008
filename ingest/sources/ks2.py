"""Results at the end of primary school, by school."""

from pathlib import Path
from typing import Final

from ingest.performance import data_sets
from ingest.performance.figures import KS2_PROGRESS, Figure, maker, measures_of
from ingest.performance.reading import Layout, read_figures
from ingest.performance.releases import LANDING_PAGE, NO_EXAMS, yearly
from ingest.performance.statistics_service import is_of_service, newest_period, read_data_set
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows, Source

ID: Final = "ks2"
NOT_BY_SCHOOL: Final = NO_EXAMS | {2021}
"""Tests came back in 2022; results by school were not published that year."""

PARTIAL: Final = "_progress_columns.csv"
"""How the name of a file ends that holds England's progress scores alone."""

_LAYOUT: Final = Layout(source_id=ID, authorities=frozenset({"3"}), england=frozenset({"5"}))
_measure = maker(ID, "End of primary school (key stage 2)")

_PROGRESS_SAYS: Final = (
    "How far pupils of this school came in {subject} since year 2, compared with pupils elsewhere "
    "who started from the same results. 0 is the average of England's schools; above 0 means "
    "further than that."
)


def _progress(subject: str, word: str, column: str) -> Figure:
    return Figure(
        measure=_measure(
            f"ks2_{word}_progress",
            f"Progress in {subject} from year 2 to year 6",
            _PROGRESS_SAYS.format(subject=subject),
            unit="points",
            decimals=1,
            polarity="more_is_better",
        ),
        value=column,
        low=f"{column}_LOWER",
        high=f"{column}_UPPER",
        cohort="TELIG",
        gap=KS2_PROGRESS,
    )


def _average(subject: str, word: str, column: str) -> Figure:
    return Figure(
        measure=_measure(
            f"ks2_{word}_average",
            f"Average score in {subject}",
            f"Average of the pupils' scores in the {subject} test. Scores run from 80 to 120; 100 "
            "is the expected standard.",
            unit="points",
            polarity="more_is_better",
        ),
        value=column,
        cohort="TELIG",
    )


def _share(
    measure: str, title: str, says: str, column: str, *, cohort: str = "TELIG", since: int = 0
) -> Figure:
    return Figure(
        measure=_measure(measure, title, says, polarity="more_is_better"),
        value=column,
        cohort=cohort,
        since=since,
    )


PROGRESS: Final = (
    _progress("reading", "reading", "READPROG"),
    _progress("writing", "writing", "WRITPROG"),
    _progress("maths", "maths", "MATPROG"),
)
FIGURES: Final = (
    Figure(
        measure=_measure(
            "ks2_pupils",
            "Pupils at the end of year 6",
            "Pupils whose results at the end of primary school are counted.",
            unit="pupils",
        ),
        value="TELIG",
    ),
    _share(
        "ks2_expected_pct",
        "Expected standard in reading, writing and maths",
        "Pupils who reached the expected standard in all three.",
        "PTRWM_EXP",
    ),
    _share(
        "ks2_higher_pct",
        "Higher standard in reading, writing and maths",
        "Pupils with a high score in reading and maths whose writing shows greater depth.",
        "PTRWM_HIGH",
    ),
    _share(
        "ks2_expected_disadvantaged_pct",
        "Expected standard, disadvantaged pupils",
        "Of the pupils who had free school meals in the last six years, or are or were in care: "
        "those who reached the expected standard in reading, writing and maths.",
        "PTRWM_EXP_FSM6CLA1A",
        cohort="TFSM6CLA1A",
    ),
    _share(
        "ks2_expected_others_pct",
        "Expected standard, all other pupils",
        "Of the pupils who are not disadvantaged: those who reached the expected standard in "
        "reading, writing and maths.",
        "PTRWM_EXP_NotFSM6CLA1A",
        cohort="TNotFSM6CLA1A",
    ),
    _share(
        "ks2_expected_three_years_pct",
        "Expected standard, three years together",
        "Pupils of this year and the two before who reached the expected standard in reading, "
        "writing and maths: steadier than one year in a small school.",
        "PTRWM_EXP_3YR",
        cohort="TELIG_3YR",
        since=2017,
    ),
    _average("reading", "reading", "READ_AVERAGE"),
    _average("maths", "maths", "MAT_AVERAGE"),
    _average("grammar, punctuation and spelling", "grammar", "GPS_AVERAGE"),
    _share(
        "ks2_writing_pct",
        "Expected standard in writing",
        "Pupils who reached the expected standard in writing, as their teachers judge it.",
        "PTWRITTA_EXP",
    ),
    *PROGRESS,
    Figure(
        measure=_measure(
            "ks2_disadvantaged_pct",
            "Disadvantaged pupils at the end of year 6",
            "Pupils who had free school meals in the last six years, or are or were in care.",
        ),
        value="PTFSM6CLA1A",
        cohort="TELIG",
    ),
)


DATA_SET: Final = data_sets.ks2(FIGURES)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a year's table, the progress scores alone, or the data set of all years."""
    if is_of_service(path):
        return read_data_set(path, reading, DATA_SET)
    if not path.name.endswith(PARTIAL):
        return read_figures(path, reading, FIGURES, _LAYOUT)
    alone = [Figure(measure=each.measure, value=each.value, gap=each.gap) for each in PROGRESS]
    return read_figures(path, reading, alone, Layout(source_id=ID))


SOURCE: Final = Source(
    id=ID,
    title="Key stage 2 performance tables",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=yearly(
        "KS2",
        "ks2final",
        without=NOT_BY_SCHOOL,
        by_authority=True,
        also=("ks2revised", f"ks2final{PARTIAL.removesuffix('.csv')}"),
        data_set=DATA_SET.address,
    ),
    every=comes_yearly(12),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    vintage=lambda path: newest_period(path, ID),
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE),
    measures=measures_of(FIGURES),
    caveats=(
        KS2_PROGRESS.says,
        "No results by school were published for 2019/20 to 2021/22.",
        "Figures of five or fewer pupils are withheld; a small school's change from year to year "
        "says little.",
        "From 2022/23 on, values that no table has come from Explore Education Statistics, without "
        "the number of pupils they are of.",
        "Authorities and England stand beside the schools; England means state-funded schools.",
    ),
)
