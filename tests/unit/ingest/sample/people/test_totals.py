"""Whoever counts the people, by school, by home or by age, counts the same."""

import numpy as np
import pytest

from ingest.sample.people.ages import Residents
from ingest.sample.people.rolls import counted, joined
from tests.support.sample_land import PEOPLE

CENSUSES = range(2015, 2025)


@pytest.mark.parametrize("year", CENSUSES)
def test_pupils_by_school_by_area_and_in_all_are_as_many(people, year):
    by_school, by_area = people.rolls.pupils_by_school(year), people.rolls.pupils_by_area(year)
    assert by_school.sum() == by_area.sum() == people.rolls.total(year) > 0


def test_the_ten_censuses_are_all_there_with_every_year_group(people):
    rolls = people.rolls
    assert set(rolls.academic_year) == set(CENSUSES)
    for year in CENSUSES:
        assert set(rolls.year_group[rolls.academic_year == year]) >= set(range(14))


def test_no_cell_is_empty_or_stands_twice(people):
    rolls = people.rolls
    keys = np.stack(
        [rolls.school, rolls.academic_year, rolls.year_group, rolls.sex, rolls.area], axis=1
    )
    assert rolls.pupils.min() > 0
    assert len(np.unique(keys, axis=0)) == len(rolls)


def test_every_school_with_pupils_is_open_in_that_census(people):
    schools = people.schools.iloc[people.rolls.school]
    year, group = people.rolls.academic_year, people.rolls.year_group
    assert (schools["first_year"].to_numpy() <= year).all()
    assert (year < schools["end_year"].to_numpy()).all()
    assert (group <= schools["last_year_group"].to_numpy()).all()
    in_school = group >= 0
    assert (schools["first_year_group"].to_numpy() <= group)[in_school].all()


def test_the_register_repeats_the_last_census(people):
    schools = people.schools
    last = people.rolls.pupils_by_school(2024)
    stated = schools[schools["pupils"].notna()]
    assert (stated["pupils"] == last.reindex(stated.index, fill_value=0)).all()
    assert (stated["pupils"] == stated["boys"] + stated["girls"]).all()
    assert stated["status_gias"].str.startswith("Open").all()
    assert schools.loc[schools["status_gias"] == "Closed", "pupils"].isna().all()


def test_a_county_has_213_000_people_in_2021_and_a_share_its_share(people, land_of):
    then = people.ages[people.ages["year"] == 2021]
    found = then[list(range(91))].to_numpy().sum()
    assert found == pytest.approx(PEOPLE * land_of.tile.share, rel=0.01)


def test_the_rolls_hold_the_children_of_the_ages_table(people):
    """Ages 5 to 15 in June are reception to year 10, and a sixth of year 11 in place of reception.

    Reception to year 10 of January: all are 5 to 15 in June but those born in July and August,
    who are a year younger. One child in 125 is taught at home.
    """
    rolls = people.rolls
    for year in CENSUSES:
        now = rolls.academic_year == year
        ages = people.ages[people.ages["year"] == year + 1]
        children = ages[list(range(5, 16))].to_numpy().sum()
        groups = [rolls.pupils[now & (rolls.year_group == group)].sum() for group in range(12)]
        pupils = sum(groups[:11]) + (groups[11] - groups[0]) / 6
        assert pupils / children == pytest.approx(1 - 0.008, abs=0.015)


def test_children_are_a_year_older_in_june_than_their_year_group_says():
    """Reception of January 2021 (cohort 2020): 5 in June 2021, but 4 if born in August."""
    born = children_of(cohort=[2020, 2020], month=[0, 11])
    found = Residents.nobody(1).counting(born, 0).children
    assert found.sum() == 2
    june_2021 = found[2021 - 2015, 0, 1]
    assert june_2021[5] == june_2021[4] == 1


def test_newborns_of_july_are_not_counted_in_june():
    born = children_of(cohort=[2025, 2025], month=[9, 10])
    found = Residents.nobody(1).counting(born, -5).children
    assert found.sum() == found[2021 - 2015, 0, 1, 0] == 1


def children_of(cohort, month):
    class Some:
        pass

    some = Some()
    some.cohort = np.array(cohort) - 2001
    some.month = np.array(month)
    some.area = np.zeros(len(cohort), int)
    some.sex = np.ones(len(cohort), int)
    return some


def test_births_of_the_table_grow_up_to_be_the_pupils(people):
    """Of the children born in 2010/11, nearly as many are in reception in 2015/16."""
    births = people.births
    born = births.loc[births["academic_year"] == 2010, "births"].sum()
    rolls = people.rolls
    reception = rolls.pupils[(rolls.academic_year == 2015) & (rolls.year_group == 0)].sum()
    assert 0.85 < reception / born < 1.1


def test_births_before_january_are_a_third(county):
    births = county.births
    share = births["births_before_january"].sum() / births["births"].sum()
    assert share == pytest.approx(1 / 3, abs=0.01)


def test_cells_are_counted_and_ordered():
    one = counted(
        np.array([3, 3, 1]), np.array([2020] * 3), 4, np.array([0, 0, 1]), np.array([7, 7, 2])
    )
    both = joined([one, counted(*(np.array([each]) for each in (3, 2019)), 0, *one_of(1, 7))])
    assert both.pupils.tolist() == [1, 1, 2]
    assert both.school.tolist() == [1, 3, 3]
    assert both.academic_year.tolist() == [2020, 2019, 2020]
    assert both.pupils_by_school(2020).to_dict() == {1: 1, 3: 2}
    assert both.pupils_by_area(2019).to_dict() == {7: 1}


def one_of(sex, area):
    return np.array([sex]), np.array([area])
