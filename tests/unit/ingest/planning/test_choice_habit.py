"""Families weigh which school leads to which, where an authority tells."""

import numpy as np
import pandas as pd
import pytest

from ingest.issues import IssueLog
from ingest.planning.admission_rules import school_criteria
from ingest.planning.choice_fit import fit_region
from ingest.planning.choice_habit import LINKED, read_habit
from ingest.planning.choice_reading import ChoiceTables, read_choice
from ingest.planning.choice_words import says_of
from planning.choice.criteria import Criterion, Need
from tests.support.choice_tables import AUTHORITY, school, table

INFANT, JUNIOR, PRIMARY, NEAR, FAR, OLD = 100001, 100002, 100003, 100004, 100005, 100009
AREAS = [f"E0100000{number}" for number in range(8)]
YEAR = "2024/25"


def schools():
    secondary = {"phase": "secondary", "age_low": 11, "age_high": 16, "capacity_pupils": 900}
    return [
        school(INFANT, 480_000.0, age_low=3, age_high=7),
        school(JUNIOR, 480_100.0, age_low=7),
        school(PRIMARY, 486_000.0),
        school(NEAR, 480_000.0, **secondary),
        school(FAR, 486_000.0, **secondary),
    ]


def flow(phase, urn, counts, **other):
    return [
        {
            "source_id": "own_counts",
            "academic_year": YEAR,
            "phase": phase,
            "home_code": area,
            "urn": urn,
            "pupils_counted": count,
            "status": "measured",
        }
        | other
        for area, count in zip(AREAS, counts, strict=True)
    ]


def counted():
    """Who is at the infant school goes on to the junior school, wherever they live."""
    infants = [60, 10, 50, 20, 60, 10, 50, 20]
    return [
        *flow("primary", INFANT, infants),
        *flow("primary", JUNIOR, [round(4 / 3 * each) for each in infants]),
        *flow("primary", PRIMARY, [round((70 - each) * 7 / 3) for each in infants]),
        *flow("secondary", FAR, [40 + each for each in infants]),
        *flow("secondary", NEAR, [120 - each for each in infants]),
    ]


def tables(*leads, counts=None, succession=()):
    rows = table("flow", counted() if counts is None else counts)
    homes = [
        {"postcode": f"LE15 {at}AA", "x": 480_000.0 + 800 * at, "y": 300_000.0, "lsoa21": area}
        | {"la_code": AUTHORITY, "is_outside": False}
        for at, area in enumerate(AREAS)
    ]
    links = [
        {"source_id": "school_leads", "urn": urn, "leads_to_urn": to, "since": since}
        for urn, to, since in leads
    ]
    return ChoiceTables(
        flow=rows,
        school=table("school", schools()),
        succession=table("school_succession", list(succession)),
        postcode=table("postcode", homes),
        leads=table("school_lead", links),
        earlier=rows[rows["phase"] == "primary"],
    )


def habit(phase, *leads, **other):
    issues, known = IssueLog(), tables(*leads, **other)
    inputs = read_choice(known, phase, issues)
    even = read_habit(known, inputs, lambda of: np.full((8, len(of.urns)), 1 / 3), issues)
    return inputs, even, [issue.says for issue in issues.issues]


def weight(fitted):
    return dict(zip(fitted.choice.design.names, fitted.choice.weights.attributes, strict=True))


def test_without_links_nothing_changes() -> None:
    fitted = fit_region(tables(), "primary", matrices={}, issues=IssueLog())
    assert fitted.habit is None
    assert LINKED not in fitted.choice.design.names
    led_elsewhere = tables((PRIMARY, FAR, None))
    same = fit_region(led_elsewhere, "primary", matrices={}, issues=IssueLog())
    assert weight(same) == weight(fitted)


def test_children_of_infant_schools_rather_go_to_the_junior_school_theirs_leads_to() -> None:
    known = tables((INFANT, JUNIOR, None))
    fitted = fit_region(known, "primary", matrices={}, issues=IssueLog())
    assert weight(fitted)[LINKED] > 0
    linked = fitted.ways.also[LINKED]
    # 60 infants in three years and 23 at the primary school in seven: 20 and 3.3 a year.
    assert linked[0, 1] == pytest.approx(20 / (20 + 23 / 7))
    assert not linked[:, [0, 2]].any()
    homes = pd.DataFrame(known.postcode)
    assert np.isfinite(fitted.liking(homes)).any()


def test_secondary_schools_draw_from_the_primary_schools_that_lead_to_them() -> None:
    inputs, found, _ = habit("secondary", (PRIMARY, FAR, None), (JUNIOR, FAR, None))
    far = inputs.urns.tolist().index(FAR)
    assert found.before[:, far] == pytest.approx(np.ones(8))
    _, of_junior, _ = habit("secondary", (JUNIOR, FAR, None))
    # 80 juniors in four years, and 23 at the primary school in seven.
    assert of_junior.before[0, far] == pytest.approx(20 / (20 + 23 / 7))
    assert not of_junior.leads.any()


def test_where_nobody_counted_primary_pupils_modelled_shares_stand_for_them() -> None:
    only = [row for row in counted() if row["phase"] == "secondary"]
    inputs, found, _ = habit("secondary", (PRIMARY, FAR, None), counts=only)
    far = inputs.urns.tolist().index(FAR)
    # A third of all pupils at each school: over four years at the junior, seven at the primary.
    assert found.before[:, far] == pytest.approx(np.full(8, (1 / 7) / (1 / 7 + 1 / 4)))


def test_areas_left_out_of_a_fit_are_forgotten_in_their_habit_too() -> None:
    fitted = fit_region(tables((INFANT, JUNIOR, None)), "primary", matrices={}, issues=IssueLog())
    first = np.arange(8) == 0
    again = fitted.without(first)
    before, after = fitted.ways.also[LINKED], again.ways.also[LINKED]
    assert abs(after[0, 1] - before[0, 1]) > 0.01
    assert after[1:] == pytest.approx(before[1:])


def test_a_school_with_a_new_number_keeps_its_link() -> None:
    became = {"urn": OLD, "successor_urn": INFANT, "links": 1}
    _, found, _ = habit("primary", (OLD, JUNIOR, None), succession=[became])
    assert found.leads[0, 1]


def test_links_that_cannot_be_weighed_are_named() -> None:
    _, found, says = habit("primary", (OLD, JUNIOR, None), (INFANT, JUNIOR, "2025/26"))
    assert found is None
    assert any(
        "1 links, such as to URN 100002, come from a school that is not open" in each
        for each in says
    )
    assert any("1 links, such as to URN 100002, hold only after 2024/25" in each for each in says)
    issues = IssueLog()
    fit_region(tables((INFANT, JUNIOR, None), counts=[]), "primary", matrices={}, issues=issues)
    assert any("too few pupils were counted" in issue.says for issue in issues.issues)


def test_the_weight_is_told_in_words() -> None:
    assert says_of(LINKED) == "the share of an area's children whose school leads to this one"


def test_links_that_are_only_usual_count_in_no_admission() -> None:
    known = tables((PRIMARY, FAR, None), (JUNIOR, NEAR, None))
    known.leads["basis"] = ["admission", "usual"]
    fitted = fit_region(known, "secondary", matrices={}, issues=IssueLog())
    far, near = (fitted.inputs.urns.tolist().index(urn) for urn in (FAR, NEAR))
    assert fitted.habit.first[:, far].all()
    assert not fitted.habit.first[:, near].any()
    assert fitted.habit.before[:, near].all()


def test_a_linked_school_without_published_criteria_takes_linked_children_before_distance() -> None:
    rows = table("school", schools())
    rows = rows[rows["urn"].isin([NEAR, FAR])]
    published = table("admission_criterion", [])
    near, far = school_criteria(rows, published, {}, IssueLog(), linked={FAR})
    assert far == (*near[:-1], Criterion(Need.LINKED), near[-1])
    told = {"urn": FAR, "academic_year": YEAR, "rank": 1, "says": "Distance from home"}
    words = table("admission_criterion", [told])
    _, as_published = school_criteria(rows, words, {}, IssueLog(), linked={FAR})
    assert Need.LINKED not in {each.needs for each in as_published}
