"""What pupils did after year 11, by school."""

from pathlib import Path
from typing import Final

from config.terms import AcademicYear
from ingest.columns import header_of
from ingest.performance.figures import Figure, maker, measures_of
from ingest.performance.reading import Layout, put_together, read_figures, year_of
from ingest.performance.releases import LANDING_PAGE, NO_EXAMS, yearly
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows, Source

ID: Final = "destinations"
YEARS_AFTER: Final = 2
"""The tables of 2018/19 tell of those who finished year 11 in 2016/17."""

_LAYOUT: Final = Layout(
    source_id=ID,
    authorities=frozenset({"LA", "4"}),
    england=frozenset({"NAT", "7"}),
)
_measure = maker(ID, "After year 11")
_STAYED: Final = "from October to March of the year after"


def _share(measure: str, title: str, says: str, column: str, group: str = "") -> Figure:
    return Figure(
        measure=_measure(f"after16_{measure}_pct", title, says),
        value=f"{column}{group}",
        cohort=f"COHORT{group}",
    )


SUSTAINED: Final = Figure(
    measure=_measure(
        "after16_sustained_pct",
        "Stayed in education, apprenticeship or work",
        f"Pupils who were in education, an apprenticeship or work {_STAYED}.",
        polarity="more_is_better",
    ),
    value="OVERALL_DESTPER",
    cohort="COHORT",
)
SUSTAINED_DISADVANTAGED: Final = Figure(
    measure=_measure(
        "after16_sustained_disadvantaged_pct",
        "Stayed in education, apprenticeship or work, disadvantaged pupils",
        "The same share among pupils who had free school meals in the last six years or were in "
        "care.",
        polarity="more_is_better",
    ),
    value="OVERALL_DESTPER_DIS",
    cohort="COHORT_DIS",
)
SUSTAINED_OTHERS: Final = Figure(
    measure=_measure(
        "after16_sustained_others_pct",
        "Stayed in education, apprenticeship or work, all other pupils",
        "The same share among pupils who are not disadvantaged.",
        polarity="more_is_better",
    ),
    value="OVERALL_DESTPER_NONDIS",
    cohort="COHORT_NONDIS",
)
IN_ALL_YEARS: Final = (SUSTAINED, SUSTAINED_DISADVANTAGED, SUSTAINED_OTHERS)
FIGURES: Final = (
    Figure(
        measure=_measure(
            "after16_pupils",
            "Pupils who finished year 11",
            "Pupils whose ways after year 11 are followed.",
            unit="pupils",
        ),
        value="COHORT",
    ),
    *IN_ALL_YEARS,
    _share("education", "In education", f"Pupils in education {_STAYED}.", "EDUCATIONPER"),
    _share(
        "sixth_form", "In a school's sixth form", "Pupils who went on at a school.", "SCH_6THPER"
    ),
    _share(
        "sixth_form_college",
        "In a sixth form college",
        "Pupils who went to a sixth form college.",
        "SIXTH_COLPER",
    ),
    _share("college", "In a further education college", "Pupils who went to a college.", "FEPER"),
    _share("apprenticeship", "In an apprenticeship", "Pupils who began one.", "APPRENPER"),
    _share("work", "In work", f"Pupils in work {_STAYED}.", "EMPLOYMENTPER"),
    _share(
        "not_sustained",
        "Did not stay",
        "Pupils who began something and did not stay with it until March.",
        "NOT_SUSTAINEDPER",
    ),
    _share("unknown", "Not known", "Pupils of whom no record was found.", "UNKNOWNPER"),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a year's table: all figures of its pupils, and the main ones of the two years before.

    The period of a value is the school year in which the pupils finished year 11.
    """
    release = year_of(reading)
    left = AcademicYear(release.start - YEARS_AFTER)
    found = [read_figures(path, reading, FIGURES, _LAYOUT, period=left)]
    header = set(header_of(path))
    for back in (1, 2):
        figures = [_before(each, release.start + 1 - back) for each in IN_ALL_YEARS]
        if header.isdisjoint(column for figure in figures for column in figure.columns):
            continue  # a table of one year alone
        period = AcademicYear(left.start - back)
        found.append(read_figures(path, reading, figures, _LAYOUT, period=period))
    return put_together(*found)


def _before(figure: Figure, year: int) -> Figure:
    """Return a figure as the columns of an earlier year's table hold it, such as ``…_18``."""
    suffix = f"_{year % 100:02}"
    return Figure(
        measure=figure.measure,
        value=f"{figure.value}{suffix}",
        cohort=f"{figure.cohort}{suffix}",
    )


SOURCE: Final = Source(
    id=ID,
    title="Destinations after key stage 4",
    publisher="Department for Education",
    landing_page=LANDING_PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=yearly("KS4DESTINATION", "ks4-pupdest", without=NO_EXAMS, by_authority=True),
    every=comes_yearly(2),
    mirror_folder="performance_tables",
    mirror_files=(),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE, AUTHORITY_VALUE),
    measures=measures_of(FIGURES),
    caveats=(
        "The year shown is the one in which pupils finished year 11; what they did is known two "
        "years later.",
        "Figures of ten or fewer pupils are withheld; shares are rounded to whole per cent.",
        "Authorities and England stand beside the schools; England means state-funded schools.",
    ),
)
