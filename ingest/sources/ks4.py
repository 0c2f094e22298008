"""GCSE results and progress at the end of year 11, by school."""

from pathlib import Path
from typing import Final

from ingest.performance import data_sets
from ingest.performance.figures import PROGRESS_8, Figure, maker, measures_of, provisional
from ingest.performance.reading import Layout, read_figures
from ingest.performance.releases import LANDING_PAGE, NO_EXAMS, PROVISIONAL, yearly
from ingest.performance.statistics_service import is_of_service, newest_period, read_data_set
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows, Source

ID: Final = "ks4"
_LAYOUT: Final = Layout(source_id=ID, authorities=frozenset({"4"}), england=frozenset({"7"}))
_measure = maker(ID, "GCSEs (key stage 4)")

_ATTAINMENT_SAYS: Final = (
    "Average points of {whom} over eight GCSE subjects, English and maths counting twice. A grade "
    "is worth its number, so that 40 is a grade 4 on average; 90 is the most."
)
_PROGRESS_SAYS: Final = (
    "How {whom} did over eight subjects, compared with pupils of all England who had the same "
    "results at the end of primary school. 0 is as they did; +1 is one grade better in each."
)
_GRADES_SAY: Final = "Pupils with grade {grade} or better in both English and maths."
DISADVANTAGED: Final = "pupils who had free school meals in the last six years or were in care"
OTHERS: Final = "pupils who are not disadvantaged"


def _attainment(measure: str, title: str, whom: str, column: str, cohort: str) -> Figure:
    return Figure(
        measure=_measure(
            measure,
            title,
            _ATTAINMENT_SAYS.format(whom=whom),
            unit="points",
            decimals=1,
            polarity="more_is_better",
        ),
        value=column,
        cohort=cohort,
        is_provisional=cohort == "TPUP",
    )


def _progress(measure: str, title: str, whom: str, group: str = "") -> Figure:
    return Figure(
        measure=_measure(
            measure,
            title,
            _PROGRESS_SAYS.format(whom=whom),
            unit="grades",
            decimals=2,
            polarity="more_is_better",
        ),
        value=f"P8MEA{group}",
        low=f"P8CILOW{group}",
        high=f"P8CIUPP{group}",
        cohort=f"P8PUP{group}",
        gap=PROGRESS_8,
        is_provisional=not group,
    )


def _share(measure: str, title: str, says: str, column: str, *, cohort: str = "TPUP") -> Figure:
    return Figure(
        measure=_measure(measure, title, says, polarity="more_is_better"),
        value=column,
        cohort=cohort,
        is_provisional=cohort == "TPUP",
    )


FIGURES: Final = (
    Figure(
        measure=_measure(
            "ks4_pupils",
            "Pupils at the end of year 11",
            "Pupils whose results at the end of key stage 4 are counted.",
            unit="pupils",
        ),
        value="TPUP",
        is_provisional=True,
    ),
    _attainment("ks4_attainment8", "Attainment 8", "all pupils", "ATT8SCR", "TPUP"),
    _progress("ks4_progress8", "Progress 8", "pupils of this school"),
    _share(
        "ks4_english_maths_5_pct",
        "Grade 5 or better in English and maths",
        _GRADES_SAY.format(grade=5),
        "PTL2BASICS_95",
    ),
    _share(
        "ks4_english_maths_4_pct",
        "Grade 4 or better in English and maths",
        _GRADES_SAY.format(grade=4),
        "PTL2BASICS_94",
    ),
    _attainment(
        "ks4_attainment8_disadvantaged",
        "Attainment 8, disadvantaged pupils",
        DISADVANTAGED,
        "ATT8SCR_FSM6CLA1A",
        "TFSM6CLA1A",
    ),
    _attainment(
        "ks4_attainment8_others",
        "Attainment 8, all other pupils",
        OTHERS,
        "ATT8SCR_NFSM6CLA1A",
        "TNOTFSM6CLA1A",
    ),
    _progress(
        "ks4_progress8_disadvantaged",
        "Progress 8, disadvantaged pupils",
        DISADVANTAGED,
        "_FSM6CLA1A",
    ),
    _progress("ks4_progress8_others", "Progress 8, all other pupils", OTHERS, "_NFSM6CLA1A"),
    _share(
        "ks4_english_maths_5_disadvantaged_pct",
        "Grade 5 or better in English and maths, disadvantaged pupils",
        f"The same share among {DISADVANTAGED}.",
        "PTFSM6CLA1ABASICS_95",
        cohort="TFSM6CLA1A",
    ),
    _share(
        "ks4_english_maths_5_others_pct",
        "Grade 5 or better in English and maths, all other pupils",
        f"The same share among {OTHERS}.",
        "PTNOTFSM6CLA1ABASICS_95",
        cohort="TNOTFSM6CLA1A",
    ),
    Figure(
        measure=_measure(
            "ks4_ebacc_entry_pct",
            "Entered for the English Baccalaureate",
            "Pupils who took GCSEs in English, maths, sciences, a language, and history or "
            "geography.",
        ),
        value="PTEBACC_E_PTQ_EE",
        cohort="TPUP",
        is_provisional=True,
    ),
    Figure(
        measure=_measure(
            "ks4_ebacc_points",
            "English Baccalaureate, average points",
            "Average grade over the subjects of the English Baccalaureate; a subject not taken "
            "counts as 0.",
            unit="points",
            decimals=2,
            polarity="more_is_better",
        ),
        value="EBACCAPS",
        cohort="TPUP",
        since=2017,
        is_provisional=True,
    ),
    Figure(
        measure=_measure(
            "ks4_disadvantaged_pct",
            "Disadvantaged pupils at the end of year 11",
            f"Share of {DISADVANTAGED}.",
        ),
        value="PTFSM6CLA1A",
        cohort="TPUP",
    ),
)


DATA_SET: Final = data_sets.ks4(FIGURES)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a year's table of England or of one authority, or the data set of all years."""
    if is_of_service(path):
        return read_data_set(path, reading, DATA_SET)
    figures = provisional(FIGURES) if PROVISIONAL in path.name else FIGURES
    return read_figures(path, reading, figures, _LAYOUT)


SOURCE: Final = Source(
    id=ID,
    title="Key stage 4 performance tables",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=yearly(
        "KS4",
        "ks4final",
        without=NO_EXAMS,
        by_authority=True,
        provisional=("KS4PROV", "ks4provisional"),
        data_set=DATA_SET.address,
    ),
    every=comes_yearly(2, 10),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    vintage=lambda path: newest_period(path, ID),
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE),
    measures=measures_of(FIGURES),
    caveats=(
        PROGRESS_8.says,
        "No results by school were published for 2019/20 and 2020/21.",
        "Results of October are provisional; the final ones of February take their place.",
        "Independent schools' progress is not published, and the qualifications that many of their "
        "pupils take are not counted.",
        "From 2022/23 on, values that no table has come from Explore Education Statistics.",
        "Authorities and England stand beside the schools; England means state-funded schools.",
    ),
)
