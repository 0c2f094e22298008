"""The real files of projections, applications and offers."""

import csv

import pytest

from ingest.sources import offers, pupil_projections
from tests.support.authority_reading import reading_of, rows_of


def test_every_projection_of_2022_is_kept_by_age_type_and_year(publishers):
    reading = reading_of("857", release="2022")
    path = publishers / "pupil_projections" / "pupilprojprincipal_2022.csv"
    rows = rows_of(pupil_projections.SOURCE, path, reading)["pupil_projection"]
    assert len(rows) == 79 * 25
    assert reading.issues.issues == []
    told = rows.set_index(["school_type", "age_group", "counted_as", "period"]).sort_index()
    nursery = told.loc[("State nursery", "All", "headcount")]
    assert nursery["pupils_counted"]["2007/08"] == 37_440
    assert nursery["pupils_counted"]["2031/32"] == 33_183
    assert nursery["status"]["2021/22"] == "measured"
    assert nursery["status"]["2022/23"] == "forecast"
    under_5 = told.loc[("Non maintained special", "Under 5", "fte", "2007/08")]
    assert under_5["status"] == "suppressed"
    assert told.loc[("AP settings", "All", "fte", "2007/08"), "status"] == "not_applicable"
    assert set(rows["vintage"]) == {"2022"}


def test_kinds_of_school_add_up_to_all_schools(publishers):
    path = publishers / "pupil_projections" / "pupilprojprincipal_2022.csv"
    rows = rows_of(pupil_projections.SOURCE, path, reading_of("857"))["pupil_projection"]
    of_all = rows[(rows["age_group"] == "All") & (rows["counted_as"] == "fte")]
    sums = of_all.pivot_table(index="period", columns="school_type", values="pupils_counted")
    parts = sums[["State funded", "Independent", "Non maintained special"]].sum(axis="columns")
    assert (parts - sums["All schools"]).abs().max() <= 1


@pytest.fixture(scope="module")
def both(publishers):
    def read(name, *codes):
        reading = reading_of(*codes)
        rows = rows_of(offers.SOURCE, publishers / "offers" / name, reading)["authority_value"]
        assert reading.issues.issues == []
        return rows.set_index(["measure", "area_code", "period"])

    return read


def test_offers_of_2021_are_those_of_the_file(both):
    told = both("AppsandOffers_2021.csv", "857")
    assert set(told.index.get_level_values("area_code")) == {
        "E06000017",
        "E12000004",
        "E92000001",
    }
    england = told.xs("E92000001", level="area_code")
    assert england["value"]["offers_applications_primary", "2021/22"] == 580_771
    assert england["value"]["offers_first_pct_primary", "2021/22"] == pytest.approx(91.77696545)
    assert england["status"]["offers_preferences_primary", "2021/22"] == "unavailable"
    assert sorted(set(told.index.get_level_values("period"))) == [
        f"{year}/{year - 1999}" for year in range(2014, 2022)
    ]


def test_shares_worked_out_are_the_published_ones(both, publishers):
    told = both("AppsandOffers_2021.csv")["value"]
    compared = 0
    path = publishers / "offers" / "AppsandOffers_2021.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            published = row["one_of_the_three_preference_offers_percent"]
            if row["geographic_level"] != "Local authority" or published == "c":
                continue
            year = int(row["time_period"][:4])
            phase = row["school_phase"].lower()
            key = (f"offers_top_three_pct_{phase}", row["new_la_code"], f"{year}/{year - 1999}")
            if key in told:
                assert told[key] == pytest.approx(float(published), abs=0.06)
                compared += 1
    assert compared > 2_250


def test_both_layouts_say_the_same_of_the_years_they_share(both):
    older = both("2019_Apps_Offers_UD_time_series.csv")
    newer = both("AppsandOffers_2021.csv")
    shared = older.index.intersection(newer.index)
    assert len(shared) == 30_600
    one, other = older.loc[shared], newer.loc[shared]
    differ = (one["value"] - other["value"]).abs() > 0.5
    assert differ.mean() < 0.01
    assert (one["status"] == "suppressed").sum() == (other["status"] == "suppressed").sum() > 0
