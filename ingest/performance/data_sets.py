"""The data sets of Explore Education Statistics that hold school results, as far as they are read.

The figures are those of the performance tables, under the names of the service's columns.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from ingest.performance.figures import Figure
from ingest.performance.statistics_service import DataSet, Group

KS4_ID: Final = "19e39901-a96c-be76-b9c2-6af54ae076d2"
"""Key stage 4 performance: "Performance tables schools data", 2022/23 onwards."""

KS2_ID: Final = "019afee4-e5d0-72f9-9a8f-d7a1a56eac1d"
"""Key stage 2 attainment: "Institution level, schools (performance)", 2022/23 onwards."""

_PROGRESS_8: Final = {
    "value": "progress8_average",
    "low": "progress8_lower_95_ci",
    "high": "progress8_upper_95_ci",
    "cohort": "progress8_pupil_count",
}
_ATTAINMENT_8: Final = {"value": "attainment8_average", "cohort": "pupil_count"}
_GRADE_5: Final = {"value": "engmath_95_percent", "cohort": "pupil_count"}
_KS4: Final = {
    "ks4_pupils": {"value": "pupil_count"},
    "ks4_attainment8": _ATTAINMENT_8,
    "ks4_progress8": _PROGRESS_8,
    "ks4_english_maths_5_pct": _GRADE_5,
    "ks4_english_maths_4_pct": {"value": "engmath_94_percent", "cohort": "pupil_count"},
    "ks4_ebacc_entry_pct": {"value": "ebacc_entering_percent", "cohort": "pupil_count"},
    "ks4_ebacc_points": {"value": "ebacc_aps_average", "cohort": "pupil_count"},
}
_GROUPS: Final = {"Disadvantaged": "disadvantaged", "Not known to be disadvantaged": "others"}

_PROGRESS: Final = {
    "value": "progress_measure_score",
    "low": "progress_measure_lower_conf_interval",
    "high": "progress_measure_upper_conf_interval",
}
_SCORE: Final = {"value": "average_scaled_score"}
_EXPECTED: Final = "expected_standard_pupil_percent"
_ALL_THREE: Final = "Reading, writing and maths"
_THREE_YEARS: Final = "3 year average"
_KS2: Final = (
    (
        {"subject": _ALL_THREE},
        {
            "ks2_expected_pct": {"value": _EXPECTED},
            "ks2_higher_pct": {"value": "higher_standard_pupil_percent"},
        },
    ),
    (
        {"subject": _ALL_THREE, "breakdown": _THREE_YEARS},
        {"ks2_expected_three_years_pct": {"value": _EXPECTED}},
    ),
    (
        {"subject": "Reading"},
        {
            "ks2_reading_average": {"value": "average_scaled_score"},
            "ks2_reading_progress": _PROGRESS,
        },
    ),
    (
        {"subject": "Maths"},
        {"ks2_maths_average": _SCORE, "ks2_maths_progress": _PROGRESS},
    ),
    (
        {"subject": "Writing"},
        {"ks2_writing_pct": {"value": _EXPECTED}, "ks2_writing_progress": _PROGRESS},
    ),
)

Columns = Mapping[str, Mapping[str, str]]
"""The id of a measure to the columns of its value, its ends and its cohort."""


def ks4(figures: Sequence[Figure]) -> DataSet:
    """Return the data set of key stage 4, for the figures of the performance tables."""
    of_all = Group(where={}, figures=_under(_KS4, figures))
    of_groups = tuple(
        Group(
            where={"disadvantage_status": option},
            figures=_under(
                {
                    f"ks4_attainment8_{word}": _ATTAINMENT_8,
                    f"ks4_progress8_{word}": _PROGRESS_8,
                    f"ks4_english_maths_5_{word}_pct": _GRADE_5,
                },
                figures,
            ),
        )
        for option, word in _GROUPS.items()
    )
    return DataSet(
        id=KS4_ID,
        source_id="ks4",
        filters={
            "sex": ("Total",),
            "first_language": ("Total",),
            "mobility": ("Total",),
            "disadvantage_status": ("Total", *_GROUPS),
        },
        others=("prior_attainment",),
        groups=(of_all, *of_groups),
    )


def ks2(figures: Sequence[Figure]) -> DataSet:
    """Return the data set of key stage 2, for the figures of the performance tables."""
    return DataSet(
        id=KS2_ID,
        source_id="ks2",
        filters={
            "breakdown": ("Total", _THREE_YEARS),
            "subject": (_ALL_THREE, "Reading", "Writing", "Maths"),
        },
        groups=tuple(
            Group(where=where, figures=_under(columns, figures)) for where, columns in _KS2
        ),
    )


def _under(columns: Columns, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that are named, each under the service's columns."""
    known = {figure.measure.id: figure for figure in figures}
    return tuple(
        Figure(
            measure=known[measure].measure,
            value=names["value"],
            low=names.get("low", ""),
            high=names.get("high", ""),
            cohort=names.get("cohort", ""),
            gap=known[measure].gap,
        )
        for measure, names in columns.items()
    )
