"""The made-up county is built with every series, and what its files say agrees."""

import pytest

from ingest.sample.files import FILES
from ingest.sources import SOURCES

pytestmark = pytest.mark.long

LAST = "2024/25"
BY_ID = {source.id: source for source in SOURCES}
OF_ROWS = sorted(
    {series.source for series in FILES if series.source and BY_ID[series.source].read_rows}
)

ONLY_ELSEWHERE = {("school_capacity", "planning_area")}
"""The survey's layout of today no longer names planning areas; the authority's own files do."""


def test_no_reader_warns_of_anything_but_the_streets_that_were_taken_away(sample):
    told = sample.query("select subject, rule, says, step from issue where severity = 'warning'")
    read = [each for each in told if each[3] in BY_ID and each[0] != "streets"]
    assert [each for each in read if "street" not in each[1]] == []


def test_the_school_that_the_list_of_planning_areas_forgets_is_named_and_put_in_one(sample):
    urn = sample.truth["differences"]["without_planning_area"]["urn"]
    told = sample.query(
        "select subject from issue where severity = 'warning' and step = 'school_areas'"
    )
    assert told == [(f"URN {urn}",)]
    ((basis,),) = sample.query("select basis from planning_area_school where urn = :urn", urn=urn)
    assert basis in {"within", "nearest"}


def test_every_planning_area_that_has_schools_has_an_outline_and_the_citys_are_its_own(sample):
    drawn = dict(
        sample.query(
            "select planning_area, min(basis) from planning_area "
            "where geometry is not null group by planning_area"
        )
    )
    (held,) = zip(*sample.query("select planning_area from planning_area_school"), strict=True)
    assert set(held) <= set(drawn)
    assert {(code[:3], basis) for code, basis in drawn.items()} == {
        ("421", "published"),
        ("422", "reconstructed"),
    }


@pytest.mark.parametrize("source", OF_ROWS)
def test_every_series_fills_its_tables(sample, source):
    for table in BY_ID[source].tables:
        if (source, table.name) not in ONLY_ELSEWHERE:
            assert sample.rows(table, source) > 0, table.name


def test_rolls_census_and_capacity_survey_count_the_same_pupils(sample):
    """Own rolls by year group; the census with nursery classes; the survey without."""
    lacks = sample.truth["differences"]["own_roll_lacks"]
    own, census, survey = (
        dict(sample.query(text, year=LAST))
        for text in (
            "select urn, sum(pupils) from roll where source_id = 'rolls' "
            "and academic_year = :year group by urn",
            "select urn, pupils from roll where source_id = 'school_census' "
            "and academic_year = :year and year_group = 'all' and sex = 'all'",
            "select urn, sum(pupils) from school_places where source_id = 'school_capacity' "
            "and academic_year = :year and phase <> 'sixth_form' group by urn",
        )
    )
    nursery = dict(
        sample.query(
            "select urn, sum(pupils) from roll where source_id = 'rolls' and year_group = 'N2' "
            "and academic_year = :year group by urn",
            year=LAST,
        )
    )
    assert len(own) > 5
    missing = {urn: census[urn] - pupils for urn, pupils in own.items() if census[urn] != pupils}
    assert missing == {lacks["urn"]: lacks["pupils"]}
    for urn in set(survey) & set(own) - {lacks["urn"]}:
        assert survey[urn] == own[urn] - nursery.get(urn, 0)


def test_flows_of_an_area_are_no_more_than_its_pupils_and_none_is_small(sample):
    ((smallest, areas),) = sample.query(
        "select min(pupils_counted), count(distinct home_code) from flow "
        "where source_id = 'london_flows' and status = 'measured'"
    )
    assert smallest >= 3
    assert areas > 5
    ((smallest,),) = sample.query(
        "select min(pupils_counted) from flow where source_id = 'own_counts'"
    )
    assert smallest >= 5


def test_progress_8_is_not_applicable_in_the_year_it_could_not_be_calculated(sample):
    of_year = dict(
        sample.query(
            "select period || ' ' || status, count(*) from school_value "
            "where measure = 'ks4_progress8' group by 1"
        )
    )
    assert f"{LAST} measured" not in of_year
    assert of_year[f"{LAST} not_applicable"] > 0
    assert of_year["2023/24 measured"] > 0


def test_planned_homes_on_the_estate_are_those_that_are_built(sample):
    estate = sample.truth["new_estate"]["homes_built"]
    planned = sample.query(
        "select sum(homes) from housing_homes join housing_site using (site_id) "
        "where housing_site.status = 'under construction'"
    )
    built = sum(round(homes) for years in estate.values() for homes in years.values())
    assert planned == [(built or None,)]
    blank = sample.query("select count(*) from housing_homes where homes is null")
    zero = sample.query("select count(*) from housing_homes where homes = 0")
    assert blank > [(0,)]
    assert zero > [(0,)]


def test_the_school_without_a_planning_area_is_the_one_that_the_truth_names(sample):
    (missing,) = sample.query(
        "select urn from school_places where source_id = 'school_capacity' "
        "and academic_year = :year and phase = 'primary' and urn not in "
        "(select urn from school_places where source_id = 'planning_area_schools') "
        "and urn in (select urn from school where is_outside = 0 and status = 'open')",
        year=LAST,
    )
    assert missing == (sample.truth["differences"]["without_planning_area"]["urn"],)


def test_only_the_city_publishes_outlines_of_its_planning_areas(sample):
    drawn = sample.query(
        "select distinct la_code_dfe, geometry is not null from planning_area "
        "where basis = 'published'"
    )
    assert drawn == [("421", 1)]


def test_births_of_calendar_years_add_up_to_those_of_school_years(sample):
    """Over many years the two differ by a third of a year at either end."""
    told = sample.query("select sum(births) from births where area_code like 'E0690%'")
    city = sample.truth["births"]["by_part"]["city"]
    wanted = sum(count for year, count in city.items() if 2002 <= int(year) <= 2024)
    assert told[0][0] == pytest.approx(wanted, rel=0.05)


def test_an_older_grade_is_superseded_by_a_report_card(sample):
    rows = sample.query(
        "select is_superseded from inspection where framework <> 'report_card' "
        "and urn in (select urn from inspection where framework = 'report_card')"
    )
    assert rows
    assert {superseded for (superseded,) in rows} == {1}


def test_forecasts_by_planning_area_add_up_to_those_of_the_scorecards(sample):
    """Those of the survey are rounded area by area and year group by year group."""
    of_areas = sample.query(
        "select la_code_dfe, made_in, academic_year, sum(pupils), count(*) from roll_forecast "
        "where source_id = 'school_capacity' and year_group in ('R', '1', '2', '3', '4', '5', '6') "
        "group by 1, 2, 3"
    )
    told = {
        (code, made, year): pupils
        for code, made, year, pupils in sample.query(
            "select la_code_dfe, made_in, academic_year, pupils from roll_forecast "
            "where source_id = 'scorecards' and year_group = 'primary'"
        )
    }
    both = [row for row in of_areas if row[:3] in told]
    assert len(both) >= 6
    for code, made, year, pupils, cells in both:
        assert told[code, made, year] == pytest.approx(pupils, abs=cells / 2 + 1)


def test_the_error_of_a_forecast_is_that_of_the_pupils_who_came(sample):
    ((error, pupils, expected),) = sample.query(
        "select error.value, came.value, told.pupils from authority_value error "
        "join authority_value came on came.area_code = error.area_code "
        "and came.period = error.period and came.measure = 'scorecard_pupils_primary' "
        "join roll_forecast told on told.la_code_dfe = '421' and told.year_group = 'primary' "
        "and told.source_id = 'scorecards' and told.made_in = '2023/24' "
        "and told.academic_year = '2024/25' "
        "where error.measure = 'scorecard_error_1_pct_primary' "
        "and error.area_code = 'E06900001' and error.period = :last",
        last=LAST,
    )
    assert error == pytest.approx(100 * (expected / pupils - 1), abs=1e-5)


def test_who_goes_where_is_modelled_without_streets_and_says_so(sample):
    says = sample.query(
        "select subject from issue where step = 'choice' and says like '%straight%'"
    )
    assert {subject for (subject,) in says} >= {"primary"}
    told = sample.query("select distinct phase, journey_basis from catchment")
    assert {basis for _, basis in told} == {"straight_line"}
    ((least, most),) = sample.query(
        "select min(whole), max(whole) from "
        "(select sum(share_pct) as whole from catchment group by phase, home_code) as areas"
    )
    # All but the shares under half a per cent.
    assert 85 < least <= most < 100.2


def test_families_weigh_that_an_infant_school_leads_to_a_junior_school(sample):
    """The truth's weight is of a child's own school in year 3; this is of a share of all pupils.

    So it must draw children and not keep them away; one pair of schools says no more.
    """
    links = sample.query(
        "select leaves.age_high, led.age_low, basis from school_lead"
        " join school as leaves using (urn) join school as led on led.urn = leads_to_urn"
    )
    assert links
    assert set(links) == {(7, 7, "admission")}
    weights = "select phase, value, standard_error from choice_weight where attribute = 'linked'"
    ((phase, value, error),) = sample.query(weights)
    assert phase == "primary"
    assert value > 0
    assert error > 0
    assert sample.truth["parameters"]["primary"]["linked"] > 0


def test_need_and_spare_follow_from_the_forecast_of_planning_areas(sample):
    """A year ahead, every area's places less its pupils with the margin is spare less need."""
    rows = sample.query(
        "select pupils_expected, places, need, spare, margin_pct from place_balance "
        "where status = 'forecast'"
    )
    assert len(rows) > 20
    for pupils, places, need, spare, margin in rows:
        assert need * spare == 0
        assert spare - need == pytest.approx(places - pupils * (1 + margin / 100))
    ((told, balanced),) = sample.query(
        "select (select count(distinct unit_code) from forecast where level = 'planning_area'), "
        "(select count(distinct planning_area) from place_balance where status = 'forecast')"
    )
    assert balanced == told


def test_places_of_planning_areas_are_those_that_the_survey_counts(sample):
    """Those of sixth forms left out, as no places of theirs are balanced."""
    ((balanced,),) = sample.query(
        "select sum(places) from place_balance where academic_year = '2025/26'"
    )
    ((surveyed,),) = sample.query(
        "select sum(case when phase = 'sixth_form' then -places else places end) "
        "from school_places where source_id = 'school_capacity' and academic_year = :year "
        "and urn in (select urn from school where is_outside = 0 and status <> 'closed')",
        year=LAST,
    )
    assert balanced == pytest.approx(surveyed)


def test_authorities_own_forecasts_are_set_against_what_came(sample):
    makers = dict(sample.query("select made_by, count(*) from scorecard_record group by made_by"))
    assert set(makers) == {"authority", "same", "drift"}
