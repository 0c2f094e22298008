"""What the reader of scorecards makes of odd cells."""

import pytest

from ingest.errors import SourceChanged
from ingest.scorecard_measures import figures_of
from ingest.sources import scorecards
from tests.support.authority_reading import reading_of, rows_of


def write(folder, rows):
    """Write a scorecard in the newest layout; what a row does not say is 'NA'."""
    columns = ["LANumber", "Year", *sorted({figure.column for figure in figures_of(2025)})]
    lines = [",".join(columns)]
    lines += [",".join(str(row.get(column, "NA")) for column in columns) for row in rows]
    path = folder / "scorecard_data_2025_2023.csv"
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    return path


def read(folder, *rows):
    reading = reading_of("857")
    return rows_of(scorecards.SOURCE, write(folder, rows), reading), reading


def test_shares_become_per_cent_and_years_are_those_the_figure_is_about(tmp_path):
    row = {"LANumber": 857, "Year": "2024/25", "Quan_P_Su": "0.25", "PriNOR": "2400"}
    tables, _ = read(tmp_path, row)
    told = tables["authority_value"].set_index("measure")
    assert told.loc["scorecard_spare_pct_primary", ["value", "period", "status"]].tolist() == [
        25,
        "2027/28",
        "forecast",
    ]
    assert told.loc["scorecard_pupils_primary", "period"] == "2025/26"


def test_of_two_counts_of_one_september_the_later_is_kept(tmp_path):
    tables, _ = read(
        tmp_path,
        {"LANumber": 857, "Year": "2023/24", "Pref_P_1_NY": "90"},
        {"LANumber": 857, "Year": "2024/25", "Pref_P_1_CY": "91", "Pref_P_1_NY": "92"},
    )
    rows = tables["authority_value"]
    first = rows[rows["measure"] == "scorecard_first_preference_pct_primary"]
    assert first.set_index("period")["value"].dropna().to_dict() == {"2025/26": 91, "2026/27": 92}


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("z", "not_applicable"),
        ("NA", "not_applicable"),
        ("NaN", "unavailable"),
        ("", "unavailable"),
    ],
)
def test_every_mark_says_why(tmp_path, mark, status):
    tables, _ = read(tmp_path, {"LANumber": 857, "Year": "2024/25", "PriCap": mark})
    told = tables["authority_value"].set_index("measure")
    assert told.loc["scorecard_capacity_primary", "status"] == status


def test_a_low_error_is_nearly_nothing_but_tells_no_forecast(tmp_path):
    row = {"LANumber": 857, "Year": "2024/25", "PriNOR": "209", "For_1_P": "Low"}
    tables, _ = read(tmp_path, row)
    told = tables["authority_value"].set_index("measure")
    assert told.loc["scorecard_error_1_pct_primary", ["value", "status"]].tolist() == [
        0,
        "estimated",
    ]
    forecast = tables["roll_forecast"].query("made_in == '2024/25' and academic_year == '2025/26'")
    assert forecast.set_index("year_group").loc["primary", "status"] == "unavailable"


def test_other_authorities_are_left_out_and_england_is_kept(tmp_path):
    rows = [{"LANumber": code, "Year": "2024/25", "PriNOR": "1"} for code in (857, 925, 0)]
    tables, _ = read(tmp_path, *rows)
    assert set(tables["authority_value"]["area_code"]) == {"E06000017", "E92000001"}
    assert set(tables["roll_forecast"]["la_code_dfe"]) == {"857"}


def test_a_renamed_column_stops_the_series_with_both_names(tmp_path):
    path = write(tmp_path, [{"LANumber": 857, "Year": "2024/25"}])
    path.write_text(path.read_text(encoding="utf-8").replace("PriCap", "PrimaryCapacity"))
    with pytest.raises(SourceChanged, match=r"PriCap.*PrimaryCapacity"):
        scorecards.read_rows(path, reading_of("857"))


def test_a_year_that_is_no_school_year_is_refused_in_words(tmp_path):
    with pytest.raises(SourceChanged, match="something else than school years"):
        read(tmp_path, {"LANumber": 857, "Year": "2024"})
