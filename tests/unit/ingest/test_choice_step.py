"""The step of a build that says who goes where: what it writes, and what it goes without."""

import pandas as pd
import pytest

from config.region import Region
from ingest.issues import IssueLog
from ingest.pipeline.steps import choice
from ingest.pipeline.work import Work, parts_of
from ingest.schema.choices import CATCHMENT, CHOICE_ACCURACY, CHOICE_WEIGHT, OFFER_CHANCE
from tests.support.choice_tables import EAST, ELM, OAK, WEST, tables

READ = {
    "schools": ("school", "school_succession"),
    "postcodes": ("postcode",),
    "population_lsoa21": ("population",),
    "own_counts": ("flow",),
}
WRITTEN = (CHOICE_WEIGHT, CHOICE_ACCURACY, CATCHMENT, OFFER_CHANCE)


def worked(folder, **told):
    """Run the step on the street with two schools; return the rows it wrote and the issues."""
    found = tables(**told)
    before = {}
    for step in choice.STEP.needs:
        before[step] = folder / step
        before[step].mkdir()
        for name in READ.get(step, ()):
            found[name].to_parquet(before[step] / f"{name}.00000.parquet", index=False)
    out = folder / "out"
    out.mkdir()
    work = Work(
        region=Region.model_validate(
            {"id": "here", "title": "Here", "la_codes": ("E06000017",), "streets": {"osmnx": True}}
        ),
        out=out,
        files={},
        before=before,
        issues=IssueLog(),
        progress=lambda share, _: shares.append(share),
    )
    shares = []
    choice.run(work)
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares)
    rows = {table.name: _rows(out, table) for table in WRITTEN}
    return rows, [(each.rule, each.subject, each.says) for each in work.issues.issues]


def _rows(folder, table):
    parts = parts_of(folder, table)
    return pd.concat(map(pd.read_parquet, parts)) if parts else pd.DataFrame(columns=table.names)


def test_without_counts_or_streets_the_default_is_taken_and_that_is_said(tmp_path):
    rows, told = worked(tmp_path)
    assert set(rows["catchment"]["basis"]) == {"default"}
    assert set(rows["catchment"]["home_code"]) == {WEST, EAST}
    assert set(rows["catchment"]["journey_basis"]) == {"straight_line"}
    assert set(rows["offer_chance"]["urn"]) == {ELM, OAK}
    assert set(rows["choice_weight"]["basis"]) == {"default"}
    assert rows["choice_accuracy"].empty
    says = " ".join(each for rule, subject, each in told if subject == "primary")
    assert "the choice is the published default, fitted elsewhere" in says
    assert "straight lines stand in for journeys" in says


def test_a_phase_without_schools_is_named_and_nothing_breaks(tmp_path):
    _, told = worked(tmp_path)
    assert (
        choice.FOUND,
        "secondary",
        "there are no open state schools with a place: nothing is modelled",
    ) in told


def test_a_region_without_small_areas_is_named_and_nothing_breaks(tmp_path):
    rows, told = worked(tmp_path, postcode=[])
    assert all(each.empty for each in rows.values())
    assert [subject for rule, subject, says in told if "small areas" in says] == [
        "primary",
        "secondary",
    ]


def test_weights_and_accuracy_say_which_authorities_they_hold_for(tmp_path):
    rows, _ = worked(tmp_path)
    assert set(rows["choice_weight"]["holds_for"]) == {"E06000017"}


def test_without_a_population_catchments_have_shares_but_no_pupils(tmp_path):
    rows, told = worked(tmp_path, population=[])
    assert rows["offer_chance"].empty
    assert rows["catchment"]["pupils_expected"].isna().all()
    assert rows["catchment"].groupby("home_code")["share_pct"].sum().tolist() == pytest.approx(
        [100.0, 100.0], abs=0.1
    )
    assert any("no years of admissions are drawn" in says for _, _, says in told)
