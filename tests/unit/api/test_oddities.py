"""Where a build ends, what was odd in figures of the authority's own is told."""

import sqlalchemy as sa

from api.commands.oddities import oddity_lines
from api.queries.quality import warnings_of
from ingest.schema import SQL


def test_warnings_of_own_figures_are_told_and_notes_and_streets_are_not():
    engine = sa.create_engine("sqlite://")
    SQL["issue"].create(engine)
    found = [("forecast", "warning", "H1"), ("streets", "warning", "way 1"), ("rolls", "note", "x")]
    with engine.begin() as connection:
        connection.execute(
            sa.insert(SQL["issue"]),
            [
                {
                    "issue_id": number,
                    "step": step,
                    "severity": severity,
                    "rule": "",
                    "subject": subject,
                    "says": "left out",
                }
                for number, (step, severity, subject) in enumerate(found)
            ],
        )
    lines = oddity_lines(warnings_of(engine, ("rolls", "forecast")))
    engine.dispose()
    assert lines[1:] == ["  H1: left out"]


def test_after_ten_warnings_it_is_said_where_the_others_are():
    lines = oddity_lines([{"subject": f"H{n}", "says": "left out"} for n in range(12)])
    assert lines[0].endswith("(12):")
    assert lines[-1] == "  and 2 more: `/api/v1/issues` lists them"
    assert len(lines) == 12
