"""docs/sources.md says what the declarations say."""

import pytest

from config.region import load_region
from ingest.rhythm import NOT_SAID
from ingest.sources import SOURCES
from ingest.sources_page import COMMAND, EXAMPLE, PAGE, page


def test_the_page_of_sources_is_as_the_declarations_are():
    told = f"a declaration changed since the page was written: `{COMMAND}` writes it anew"
    assert PAGE.read_text(encoding="utf-8") == page(SOURCES, load_region(EXAMPLE)), told


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_series_says_what_is_stored_and_how_often_it_comes(source):
    assert source.tables or source.stores, "name the tables, or say in words what is kept of it"
    assert source.every is not NOT_SAID, "say how often it comes: see ingest/rhythm.py"


def test_the_page_says_how_it_is_renewed_and_names_every_series():
    text = PAGE.read_text(encoding="utf-8")
    assert COMMAND in text
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        source.id for source in SOURCES
    ]
