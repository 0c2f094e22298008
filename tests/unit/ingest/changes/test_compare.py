"""What changed from one build to another, by hand."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from ingest.changes import Figures, compare
from ingest.changes.values import value_change


def schools(*rows):
    frame = pd.DataFrame(rows, columns=["urn", "name", "status", "phase"])
    return frame.assign(is_outside=False).set_index("urn")


def figures(title="Children", unit="children", **values):
    """Values by key; ``None`` is missing, suppressed."""
    rows = pd.DataFrame(
        {
            "value": [np.nan if each is None else float(each) for each in values.values()],
            "status": ["suppressed" if each is None else "measured" for each in values.values()],
        },
        index=list(values),
    )
    return Figures(title, unit, rows)


@dataclass
class Tables:
    """A build as it is compared, in memory."""

    of_schools: pd.DataFrame = field(default_factory=schools)
    follows: dict = field(default_factory=dict)
    measures: dict = field(default_factory=dict)
    of_sources: dict = field(default_factory=dict)
    covered: float | None = None

    def schools(self):
        return self.of_schools

    def successors(self):
        return self.follows

    def measure_ids(self):
        return list(self.measures)

    def figures(self, measure):
        return self.measures.get(measure)

    def releases(self):
        return self.of_sources

    def covered_pct(self):
        return self.covered


def told(before, after):
    return [(str(change.kind), change.says) for change in compare(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            [],
            [(1, "New Primary", "open", "primary")],
            [("school_opened", "New Primary opened.")],
        ),
        (
            [(1, "New Primary", "proposed", "primary")],
            [(1, "New Primary", "open", "primary")],
            [("school_opened", "New Primary opened.")],
        ),
        (
            [],
            [(1, "Some Day Primary", "proposed", "primary")],
            [("school_proposed", "Some Day Primary is proposed.")],
        ),
        (
            [(1, "Old Primary", "closing", "primary")],
            [(1, "Old Primary", "closed", "primary")],
            [("school_closed", "Old Primary closed.")],
        ),
        (
            [(1, "Old Primary", "open", "primary")],
            [],
            [("school_gone", "Old Primary is not in the register of this region any more.")],
        ),
        (
            [(1, "First", "open", "primary")],
            [(1, "Second", "closing", "all_through")],
            [
                ("school_renamed", "First is now called Second."),
                ("school_phase", "Second is now listed as all through, not primary."),
            ],
        ),
        ([(1, "Shut", "closed", "primary")], [(1, "Shut Long Ago", "closed", "primary")], []),
        ([(1, "Shut", "closed", "primary")], [], []),
        ([], [(1, "Shut", "closed", "primary")], []),
        ([(1, "Same", "open", "primary")], [(1, "Same", "closing", "primary")], []),
    ],
)
def test_schools_that_came_went_or_altered_are_told(before, after, expected):
    assert told(Tables(schools(*before)), Tables(schools(*after))) == expected


def test_a_school_that_became_an_academy_is_told_with_the_one_it_followed():
    before = Tables(schools((1, "Hill School", "open", "primary")))
    after = Tables(
        schools((1, "Hill School", "closed", "primary"), (2, "Hill Academy", "open", "primary")),
        follows={1: 2},
    )
    assert told(before, after) == [
        ("school_opened", "Hill Academy opened in place of Hill School."),
        ("school_closed", "Hill School closed."),
    ]


def test_values_are_counted_and_the_largest_change_is_named():
    """Of a: +5, b: same, c: -20, d: measured to suppressed, e: new, f: gone."""
    before = figures(a=10, b=7, c=50, d=3, f=1)
    after = figures(a=15, b=7, c=30, d=None, e=4)
    change = value_change("children", before, after)
    assert (change.changed, change.added, change.removed) == (3, 1, 1)
    assert (change.largest, change.largest_of) == (-20, "c")
    assert change.says == "Children: 3 changed, 1 new, 1 gone values; most by -20 children (c)."


def test_a_value_that_is_written_otherwise_or_still_missing_has_not_changed():
    before, after = figures(a=0.1 + 0.2, b=None), figures(a=0.3, b=None)
    assert value_change("children", before, after) is None


def test_a_value_that_came_out_of_suppression_has_no_size_of_change():
    change = value_change("children", figures(a=None), figures(a=3))
    assert (change.changed, change.largest, change.largest_of) == (1, None, None)
    assert change.says == "Children: 1 changed values."


def test_measures_that_are_new_or_gone_are_told_once_not_value_by_value():
    before = Tables(measures={"old": figures("Old index", a=1, b=2)})
    after = Tables(measures={"new": figures("New index", a=1)})
    assert told(before, after) == [
        ("measure_new", "New: New index (1 value)."),
        ("measure_gone", "No longer there: Old index."),
    ]


def test_series_with_another_release_are_told_with_both():
    before = Tables(of_sources={"gias": ("Register", "2025-05-23"), "lait": ("LAIT", "2024")})
    after = Tables(of_sources={"gias": ("Register", "2025-05-24"), "os": ("Postcodes", "")})
    assert told(before, after) == [
        ("source_release", "Register: now of 2025-05-24, before of 2025-05-23."),
        ("source_new", "New series: Postcodes."),
        ("source_gone", "Series no longer there: LAIT."),
    ]


def test_another_coverage_is_told_and_an_unknown_one_is_not():
    assert told(Tables(covered=90), Tables(covered=99.5)) == [
        ("coverage", "Streets now cover 99.5 % of the postcodes, before 90 %.")
    ]
    assert told(Tables(covered=None), Tables(covered=99.5)) == []


def test_a_build_is_the_same_as_itself():
    same = Tables(
        schools((1, "Same", "open", "primary")),
        measures={"children": figures(a=1, b=None)},
        of_sources={"gias": ("Register", "2025-05-24")},
        covered=50,
    )
    assert compare(same, same) == []
