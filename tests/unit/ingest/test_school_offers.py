"""Applications and offers by school, in the layout of the Department's file."""

import pandas as pd
import pytest

from ingest.errors import SourceChanged
from ingest.sources import school_offers
from tests.support.authority_reading import reading_of, rows_of

COLUMNS = [column for column, _, _ in school_offers.FIGURES.values()]


def row(urn, *, phase="Secondary", when="202526", **figures):
    return {"school_urn": urn, "school_phase": phase, "time_period": when, **figures}


@pytest.fixture
def read(tmp_path):
    def told(*rows, columns=COLUMNS, urns=(100001,)):
        header = ["time_period", "school_phase", "school_urn", *columns]
        lines = [",".join(str(each.get(column, 10)) for column in header) for each in rows]
        path = tmp_path / "school_offers_2025.csv"
        path.write_text("\n".join([",".join(header), *lines]), encoding="utf-8")
        reading = reading_of("857", urns=urns)
        values = rows_of(school_offers.SOURCE, path, reading)["school_value"]
        return values.set_index(["measure", "urn", "period"]), reading

    return told


def test_a_schools_preferences_and_offers_are_told_by_phase(read):
    both = (
        row(100001, times_put_as_1st_preference=240, total_number_places_offered=160),
        row(100001, phase="Primary", times_put_as_1st_preference=30),
    )
    values, _ = read(*both)
    key = (100001, "2025/26")
    assert values["value"]["admissions_first_preferences_secondary", *key] == 240
    assert values["value"]["admissions_first_preferences_per_offer_secondary", *key] == 1.5
    assert values["value"]["admissions_first_preferences_per_offer_primary", *key] == 3


def test_marks_and_schools_that_offered_nothing_have_no_ratio(read):
    hidden, _ = read(row(100001, times_put_as_1st_preference="c"))
    none, _ = read(row(100001, total_number_places_offered=0))
    key = ("admissions_first_preferences_per_offer_secondary", 100001, "2025/26")
    assert hidden.loc[key, "status"] == "suppressed"
    assert none.loc[key, "status"] == "not_applicable"
    assert pd.isna(none.loc[key, "value"])


def test_schools_elsewhere_are_left_out_and_rows_without_one_are_told(read):
    many = [row(100001), row(100002), *(row(200000 + number) for number in range(40)), row("")]
    values, reading = read(*many)
    assert set(values.index.get_level_values("urn")) == {100001}
    [issue] = reading.issues.issues
    assert issue.rule == "every row has its urn and phase"


def test_headings_in_small_letters_are_read_too(read):
    values, _ = read(row(100001), columns=[column.lower() for column in COLUMNS])
    assert values["value"]["admissions_from_elsewhere_secondary", 100001, "2025/26"] == 10


def test_a_year_that_is_none_is_refused(read):
    with pytest.raises(SourceChanged, match="something else than 202526"):
        read(row(100001, when="2025"))
