"""The real table of indicators of authorities."""

import pandas as pd
import pytest

from ingest.sources import lait
from tests.support.authority_reading import reading_of


@pytest.fixture(scope="module")
def told(publishers):
    reading = reading_of("857", "383", release="2025")
    folder = publishers / "lait"
    values = lait.SOURCE.read_rows(folder / "bds_long_0.parquet", reading)
    measures = lait.SOURCE.read_rows(folder / "lait_data_dictionary.csv", reading)
    frames = {}
    for table, frame in (*values.items(), *measures.items()):
        typed = table.typed(frame.assign(receipt="made for a test"))
        assert table.broken_rules(typed) == []
        frames[table.name] = typed
    return frames, reading


def test_only_the_authorities_their_regions_and_england_are_kept(told, publishers):
    frames, reading = told
    rows = frames["authority_value"]
    areas = ["E06000017", "E08000035", "E12000003", "E12000004", "E92000001"]
    assert sorted(set(rows["area_code"])) == areas
    whole = pd.read_parquet(publishers / "lait" / "bds_long_0.parquet", columns=["Years"])
    assert len(whole) == 641_070
    undated = (whole["Years"] == "0").sum() / 170
    assert len(rows) == 5 * (641_070 / 170 - undated)
    assert [issue.subject for issue in reading.issues.issues] == [
        "bds_long_0.parquet, CINPermExclusion"
    ]


def test_every_value_has_its_measure_in_words(told):
    frames, _ = told
    assert set(frames["authority_value"]["measure"]) == set(frames["measure"]["measure"])
    assert len(frames["measure"]) == 434


def test_values_are_those_of_the_table(told, publishers):
    frames, _ = told
    rows = frames["authority_value"].set_index(["measure", "area_code", "period"])
    raw = pd.read_parquet(publishers / "lait" / "bds_long_0.parquet")
    row = raw[
        (raw["Short Desc"] == "AVG_Prog8_Score")
        & (raw["Years"] == "2022")
        & (raw["LA and Regions"] == "Leeds")
    ]
    assert rows["value"]["lait_avg_prog8_score", "E08000035", "2022"] == float(
        row["Values"].iloc[0]
    )
    leeds = rows.xs("E08000035", level="area_code")
    assert "2021/22" in leeds.loc["lait_premium"].index
    missing = rows["value"].isna()
    assert set(rows.loc[missing, "status"]) == {"unavailable"}
    assert set(rows.loc[~missing, "status"]) == {"measured"}
