"""Children go through school as the truth says that they do."""

import json

import numpy as np
import pandas as pd
import pytest

from ingest.sample.people.parameters import PARTS, Parameters

GROUPS = [*range(1, 7), *range(8, 12)]


def pupils(people, areas, year, group):
    rolls = people.rolls
    which = (rolls.academic_year == year) & (rolls.year_group == group)
    return rolls.pupils[which & areas[rolls.area]].sum()


@pytest.mark.parametrize("part", PARTS)
def test_survival_ratios_are_found_in_the_rolls(county, county_land, part):
    """Ratio of sums over all years and year groups but the transfer, outside the new estate."""
    kind, parts = (county_land.areas[each].to_numpy() for each in ("kind", "part"))
    areas = (parts == part) & (kind != "new")
    later = earlier = expected = 0.0
    for group in GROUPS:
        for year in range(2016, 2025):
            before = pupils(county, areas, year - 1, group - 1)
            earlier += before
            later += pupils(county, areas, year, group)
            expected += before * Parameters().survival[part][group + 4]
    assert later / earlier == pytest.approx(expected / earlier, abs=0.005)


def test_the_new_estate_gains_pupils_while_it_is_built(county, county_land):
    new = (county_land.areas["kind"] == "new").to_numpy()
    counts = [sum(pupils(county, new, year, group) for group in range(7)) for year in (2016, 2024)]
    assert counts[1] > 4 * counts[0]


def test_births_peak_about_2011_in_the_city_and_fall_since(county):
    births = pd.Series(county.truth["births"]["by_part"]["city"])
    births.index = births.index.astype(int)
    smooth = births.rolling(3, center=True).mean()
    assert 2009 <= smooth.idxmax() <= 2013
    assert smooth[2022] < 0.85 * smooth.max()


def test_births_of_the_shire_are_flatter(county):
    parts = county.truth["births"]["by_part"]
    spread = {part: np.std(list(parts[part].values())) for part in ("city", "shire")}
    mean = {part: np.mean(list(parts[part].values())) for part in ("city", "shire")}
    assert spread["shire"] / mean["shire"] < 0.7 * spread["city"] / mean["city"]


def test_no_school_admits_beyond_its_places_while_another_has_some(county):
    """Only where all mixed schools without a test are full has any more pupils than places."""
    table = county.admissions.join(
        county.schools[["gender", "admissions_policy"]], on="school", validate="m:1"
    )
    over = table[table["offers"] > table["places"]]
    room = table["offers"] < table["places"]
    usual = (table["gender"] == "Mixed") & (table["admissions_policy"] != "Selective")
    spare = table[room & usual].set_index(["academic_year", "year_group"]).index
    keys = pd.MultiIndex.from_frame(over[["academic_year", "year_group"]])
    assert not keys.isin(spare).any()


def test_only_a_full_school_has_a_last_distance(county):
    table = county.admissions
    told = table[table["last_distance_m"].notna()]
    assert len(told) > 50
    assert (told["offers"] >= told["places"]).all()
    assert (told["last_distance_m"] > 0).all()


def test_most_families_get_their_first_preference(county):
    table = county.applications
    for year_group, least in ((0, 0.85), (7, 0.65)):
        rows = table[table["year_group"] == year_group]
        first = rows["first_offers"].sum() / rows["applications"].sum()
        assert least < first < 0.98


def test_every_application_ends_in_one_offer(people):
    table = people.applications
    offers = ["first_offers", "second_offers", "third_offers", "later_offers", "other_offers"]
    assert (table[offers].sum(axis=1) == table["applications"]).all()
    assert set(table["academic_year"]) == set(range(2015, 2025))


def test_preferences_are_at_least_first_preferences_and_offers_at_most_all(people):
    table = people.admissions
    assert (table["preferences"] >= table["first_preferences"]).all()
    assert (table["first_preferences"] >= table["first_preference_offers"]).all()
    assert (table["offers"] <= table["preferences"] + table["sent"]).all()


def test_children_leave_closed_schools_and_are_somewhere_else(county):
    closed = county.schools[
        (county.schools["status_gias"] == "Closed") & (county.schools["close_date"] == "31-08-2023")
    ]
    assert len(closed) >= 1
    assert not county.rolls.pupils_by_school(2023).index.isin(closed.index).any()
    groups = range(1, 7)
    everywhere = np.ones(len(county.deprivation), bool)
    before = sum(pupils(county, everywhere, 2022, group - 1) for group in groups)
    after = sum(pupils(county, everywhere, 2023, group) for group in groups)
    assert after == pytest.approx(before, rel=0.03)


def test_an_amalgamated_school_has_the_pupils_of_both(county):
    links = county.links
    heirs = links.loc[links["link_type"] == "Result of Amalgamation", ["urn", "linked_urn"]]
    row = {urn: at for at, urn in enumerate(county.schools["urn"])}
    before, after = (county.rolls.pupils_by_school(year) for year in (2017, 2018))
    both = sum(before[row[urn]] for urn in heirs["urn"])
    assert after[row[heirs["linked_urn"].iloc[0]]] == pytest.approx(both, rel=0.2)


def test_the_truth_can_be_written_and_is_compact(people):
    text = json.dumps(people.truth, allow_nan=False)
    assert 10_000 < len(text) < 2_000_000


def test_the_next_five_years_go_on_from_the_last_census(people):
    """Year groups 1 to 6 and 8 to 11 of January 2026 are nearly those of January 2025."""
    future = people.truth["next_five"]
    assert {year for years in future.values() for year in years} == {
        str(year) for year in range(2025, 2030)
    }
    everywhere = np.ones(len(people.deprivation), bool)
    before = sum(pupils(people, everywhere, 2024, group - 1) for group in GROUPS)
    after = sum(
        years["2025"].get(str(group), 0)
        for years in future.values()
        if "2025" in years
        for group in GROUPS
    )
    assert after == pytest.approx(before, rel=0.03)


def test_a_school_to_come_has_pupils_only_from_the_year_it_opens(county):
    coming = county.schools[county.schools["status_gias"] == "Proposed to open"]
    years = county.truth["next_five"][str(coming["urn"].iloc[0])]
    assert min(years) == "2026"
    assert set(years["2026"]) == {"R"}


def test_a_school_that_will_close_has_no_pupils_after(county):
    closing = county.schools["status_gias"] == "Open, but proposed to close"
    years = county.truth["next_five"][str(county.schools.loc[closing, "urn"].iloc[0])]
    assert set(years) == {"2025"}


def test_schools_of_a_faith_draw_children_from_farther(county, county_land):
    """A check that faith matters at all: children of more small areas go there."""
    schools, rolls = county.schools, county.rolls
    now = rolls.academic_year == 2024
    primary = (schools["kind"] == "primary") & (schools["part"] == "city") & (schools["pan"] >= 45)
    areas = pd.Series(rolls.area[now]).groupby(rolls.school[now]).nunique()
    roman = primary & (schools["religious_character"] == "Roman Catholic")
    others = primary & ~schools["religious_character"].isin(("Roman Catholic", "Church of England"))
    assert len(county_land.areas) > areas.max()
    assert areas[areas.index.isin(schools.index[roman])].mean() > 1.2 * (
        areas[areas.index.isin(schools.index[others])].mean()
    )
