"""The page of measurements says what the measurements say."""

import pytest

from bench import kept
from bench.rows import row

MACHINE = {
    "measured_at": "2026-01-02T03:04:05+00:00",
    "processor": "a processor",
    "cores": 2,
    "python": "3.11.7",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "JSON", tmp_path / "measurements.json")
    monkeypatch.setattr(kept, "PAGE", tmp_path / "measurements.md")
    return tmp_path


def test_a_bound_makes_a_target_that_is_met_or_not():
    assert row("tree", 0.1, "ms", at_most=0.2)["is_met"]
    assert not row("tree", 0.3, "ms", at_most=0.2)["is_met"]
    assert row("faster than a peer", 900.0, "x", at_least=900)["is_met"]
    assert row("tree", 0.1, "ms", at_most=0.2)["target"] == "≤ 0.2 ms"
    between = row("outcomes within", 86.0, "%", at_least=75, at_most=85)
    assert (between["target"], between["is_met"]) == ("75 to 85 %", False)
    assert "target" not in row("tree", 0.1, "ms")


def test_a_later_run_replaces_its_own_benchmark_and_leaves_the_others(folder):
    kept.keep(
        [{"benchmark": "b", **row("old", 1.0, "s")}, {"benchmark": "a", **row("x", 2, "")}], MACHINE
    )
    kept.keep([{"benchmark": "b", **row("new", 3.0, "s")}], MACHINE)
    assert [each["name"] for each in kept.read()["b"]["rows"]] == ["new"]
    assert [each["name"] for each in kept.read()["a"]["rows"]] == ["x"]
    assert (folder / "measurements.md").read_text("utf-8") == kept.page(kept.read())


def test_the_page_opens_with_what_was_asked_for():
    page = kept.page({"b": {"machine": MACHINE, "rows": [row("tree", 0.3, "ms", at_most=0.2)]}})
    assert "| b | tree | 0.3 ms | ≤ 0.2 ms | **no** |" in page
    assert "2026-01-02, a processor, 2 cores, Python 3.11.7" in page


def test_the_page_in_docs_is_written_from_the_figures_beside_it():
    if kept.DOCS.joinpath("measurements.json").exists():
        page = kept.DOCS.joinpath("measurements.md").read_text("utf-8")
        figures = kept.DOCS.joinpath("measurements.json")
        assert page == kept.page(kept.json.loads(figures.read_text("utf-8")))
