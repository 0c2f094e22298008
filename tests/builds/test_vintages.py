"""Forecasts that were in use are kept for good, and the next one is held against them.

A year later, the made-up county counts the very same pupils in every year group again; its tables
are then in PostgreSQL.
"""

import shutil
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from api.build import open_database
from config.errors import AtlasError
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.builds import Builds
from ingest.pipeline.reporter import Silent
from ingest.store import store_of
from ingest.vintages.vintages import Vintages

THIS, NEXT = "2024/25", "2025/26"
CAUSES = {"method", "data", "migration", "transfer", "births", "housing"}
CHANGED = (
    "select level, unit_code, phase, academic_year, min(pupils_before), min(pupils_after), "
    "sum(pupils_change), count(*) from forecast_change "
    "group by level, unit_code, phase, academic_year"
)


@pytest.fixture(scope="module")
def later(sample, tmp_path_factory, postgres):
    """The county a year later, and whatever is done to it from then on."""
    folder, url = tmp_path_factory.mktemp("later"), postgres.database()
    home, mirror = folder / "home", folder / "mirror"
    shutil.copytree(sample.home, home)
    shutil.copytree(sample.mirror, mirror)
    rolls = mirror / "own" / "rolls.csv"
    lines = rolls.read_text("utf-8-sig").splitlines()
    lines += [line.replace(THIS, NEXT) for line in lines if THIS in line]
    rolls.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def build():
        options = BuildOptions(database_url=url)
        return build_region(
            sample.region, home=home, mirror=mirror, reporter=Silent(), options=options
        )

    build()
    builds = Builds(home, "sample", store_of(url))
    engine = open_database(builds.folder / builds.current(), url)

    def query(text, **given):
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(text), given)]

    vintages = Vintages(home, "sample")
    yield SimpleNamespace(query=query, build=build, builds=builds, vintages=vintages, mirror=mirror)
    engine.dispose()


def test_a_forecast_in_use_is_kept_outside_of_the_builds(sample):
    (kept,) = Vintages(sample.home, "sample").all()
    assert sample.query("select vintage, made_in, digest from forecast_vintage") == [
        (kept.vintage, THIS, kept.digest)
    ]
    said = Vintages(sample.home, "sample").forecast_of(kept)
    ((in_build,),) = sample.query(
        "select sum(pupils_expected) from forecast where is_chosen and sex = 'all'"
    )
    assert said["pupils_expected"].sum() == pytest.approx(in_build)


def test_the_first_forecast_is_held_against_what_would_have_been_said_a_year_before(sample):
    told = sample.query("select distinct compared_with from forecast_change")
    assert told == [("",)]
    assert {cause for (cause,) in sample.query("select distinct cause from forecast_change")} == (
        CAUSES
    )
    # The same program and the same past: what differs is a year of pupils, births and homes.
    ((moved,),) = sample.query(
        "select sum(abs(pupils_change)) from forecast_change where cause in ('method', 'data')"
    )
    assert moved == pytest.approx(0, abs=1e-6)


def test_the_next_forecast_is_held_against_the_vintage_and_its_parts_add_up(later):
    first, second = later.vintages.all()
    assert [first.made_in, second.made_in] == [THIS, NEXT]
    assert second.says == "Rolls of 2025/26 are new. Different from the one before: rolls."
    assert later.query("select vintage, digest from forecast_vintage order by 1") == [
        (first.vintage, first.digest),
        (second.vintage, second.digest),
    ]
    assert later.query("select distinct compared_with from forecast_change") == [(first.vintage,)]
    rows = later.query(CHANGED)
    assert {level for level, *_ in rows} == {"school", "planning_area", "authority"}
    for *_, before, after, change, causes in rows:
        assert change == pytest.approx(after - before, abs=1e-6)
        assert causes == len(CAUSES)


def test_what_the_vintage_said_is_held_against_what_came(later):
    first, _ = later.vintages.all()
    said = later.vintages.forecast_of(first)
    of_city = said[
        (said["level"] == "authority")
        & (said["unit_code"] == "E06900001")
        & (said["year_group"] == "primary")
        & (said["academic_year"] == NEXT)
    ]
    ((expected, came, error),) = later.query(
        "select pupils_expected, pupils_came, error_ratio from forecast_record "
        "where made_by = 'atlas' and level = 'authority' and unit_code = 'E06900001' "
        "and year_group = 'primary' and made_in = :this and academic_year = :next",
        this=THIS,
        next=NEXT,
    )
    ((counted,),) = later.query(
        "select pupils_counted from forecast_roll where level = 'authority' and sex = 'all' "
        "and unit_code = 'E06900001' and year_group = 'primary' and academic_year = :next",
        next=NEXT,
    )
    assert expected == pytest.approx(of_city["pupils_expected"].item())
    assert came == counted
    assert error == pytest.approx((expected - came) / came)


def test_building_the_same_again_keeps_nothing_more(later):
    before = later.vintages.all()
    later.build()
    assert later.vintages.all() == before


def test_a_vintage_that_was_not_written_before_a_crash_is_written_by_the_next_build(later):
    before = later.vintages.all()
    shutil.rmtree(later.vintages.folder / before[-1].build_id)
    later.build()
    assert later.vintages.all() == before


def test_vintages_outlive_builds_that_fail_and_builds_that_go(later):
    before = later.vintages.all()
    rolls = later.mirror / "own" / "rolls.csv"
    whole = rolls.read_text("utf-8")
    rolls.write_text(whole.replace("urn,", "school,", 1), encoding="utf-8")
    with pytest.raises(AtlasError):
        later.build()
    rolls.write_text(whole, encoding="utf-8")
    shutil.rmtree(later.builds.folder / before[0].build_id)
    assert later.vintages.all() == before
