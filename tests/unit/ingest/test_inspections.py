"""Judgements of inspections keep their words and their date."""

import pytest

from ingest.errors import SourceChanged
from ingest.schema.provision import INSPECTION
from ingest.sources import inspections
from tests.support.reading import broken_rules, reading, told

CARD = (
    "URN,Inspection start date,Publication date,Category of concern,Safeguarding standards,"
    "Inclusion,Curriculum and teaching,Achievement,Attendance and behaviour,"
    "Personal development and wellbeing,Early years (where applicable),Leadership and governance,"
    "URN at time of latest OEIF graded inspection,"
    "Inspection start date of latest OEIF graded inspection,"
    "Publication date of latest OEIF graded inspection,Latest OEIF overall effectiveness,"
    "Latest OEIF quality of education,Latest OEIF sixth form provision (where applicable),"
    "Date of latest ungraded inspection,Ungraded inspection publication date,"
    "Ungraded inspection overall outcome\n"
)
OLD = (
    "URN,Inspection start date,Publication date,Category of concern,Overall effectiveness,"
    "Quality of education,Personal development,Outcomes for pupils\n"
)


@pytest.fixture
def read(tmp_path):
    def rows_of(text):
        path = tmp_path / "latest_inspections_as_at_31_Jan_2026.csv"
        path.write_text(text, encoding="cp1252")
        given = reading(1, 2, 3, 4)
        return inspections.read_rows(path, given)[INSPECTION], given

    return rows_of


def grades(rows, urn):
    return {row.area: row.grade for row in rows[rows["urn"] == urn].itertuples()}


def test_a_report_card_has_a_grade_for_each_area_and_none_overall(read):
    rows, given = read(
        CARD + "1,20/11/2025,15/01/2026,NULL,Met,Strong standard,Expected standard,"
        "Needs attention,Exceptional,Urgent improvement,9,Expected standard,"
        "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL\n"
    )
    assert grades(rows, 1) == {
        "Safeguarding": "Met",
        "Inclusion": "Strong standard",
        "Curriculum and teaching": "Expected standard",
        "Achievement": "Needs attention",
        "Attendance and behaviour": "Exceptional",
        "Personal development and well-being": "Urgent improvement",
        "Leadership and governance": "Expected standard",
    }
    assert set(rows["framework"]) == {"report_card"}
    assert not rows["is_superseded"].any()
    assert set(rows["inspected_on"]) == {"2025-11-20"}
    assert set(rows["published_on"]) == {"2026-01-15"}
    assert broken_rules({INSPECTION: rows}) == []
    assert told(given) == []


def test_what_was_graded_before_stands_dated_and_superseded_under_the_school_inspected(read):
    rows, _ = read(
        CARD + "1,20/11/2025,15/01/2026,RSI,Not met,Needs attention,,,,,,,"
        "2,04/02/2025,20/03/2025,Not judged,2,9,NULL,NULL,NULL\n"
        "3,NULL,NULL,NULL,NULL,,,,,,,,3,11/05/2022,01/07/2022,1,1,NULL,"
        "10/06/2025,12/07/2025,Standards maintained\n"
    )
    assert grades(rows, 1) == {
        "Safeguarding": "Not met",
        "Inclusion": "Needs attention",
        "Category of concern": "Requires significant improvement",
    }
    before = rows[rows["urn"] == 2].set_index("area")
    assert before["grade"]["Quality of education"] == "Good"
    assert before["status"]["Overall effectiveness"] == "not_applicable"
    assert before["is_superseded"].all()
    third = rows[rows["urn"] == 3]
    assert third["is_superseded"].all()
    outcome = third[third["framework"] == "ungraded"].iloc[0]
    assert (outcome["grade"], outcome["inspected_on"]) == ("Standards maintained", "2025-06-10")
    assert broken_rules({INSPECTION: rows}) == []


def test_the_layout_before_report_cards_is_read_and_older_frameworks_told_apart(read):
    rows, _ = read(
        OLD + "1,05/06/2019,10/07/2019,NULL,2,NULL,NULL,2\n2,05/10/2021,10/11/2021,SM,4,4,3,NULL\n"
    )
    assert set(rows[rows["urn"] == 1]["framework"]) == {"older"}
    assert set(rows[rows["urn"] == 2]["framework"]) == {"graded_2019"}
    assert grades(rows, 2)["Category of concern"] == "Special measures"
    assert grades(rows, 2)["Overall effectiveness"] == "Inadequate"
    assert rows["is_superseded"].all()


def test_schools_elsewhere_are_left_out(read):
    rows, _ = read(OLD + "1,05/06/2019,10/07/2019,,2,2,2,\n99,05/06/2019,10/07/2019,,2,2,2,\n")
    assert set(rows["urn"]) == {1}


def test_a_new_word_is_kept_and_told(read):
    row = "1,20/11/2025,15/01/2026,,Met,Splendid,,,,,,,,,,,,,,,\n"
    rows, given = read(CARD + row)
    assert grades(rows, 1)["Inclusion"] == "Splendid"
    assert "Inclusion: 'Splendid' is new to the atlas; shown as it stands" in told(given)


def test_a_renamed_column_stops_the_series_and_is_named(read):
    with pytest.raises(SourceChanged, match="Publication date"):
        read(OLD.replace("Publication date", "Published") + "1,05/06/2019,10/07/2019,,2,2,2,\n")


def test_whether_safeguarding_was_effective_stands_though_its_heading_has_two_spaces(read):
    header = CARD.strip() + ",Latest OEIF  safeguarding is effective?\n"
    rows, given = read(
        header + "3,NULL,NULL,NULL,NULL,,,,,,,,3,11/05/2022,01/07/2022,1,1,NULL,,,,Yes\n"
    )
    assert grades(rows, 3)["Safeguarding is effective"] == "Yes"
    assert told(given) == []
