"""The page ``docs/methods.md``, written from the hand-worked tests of this folder.

Whoever adds or changes one of them, or the docstring of a method, writes it anew::

    .venv/bin/python -m tests.spec.page
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bench.kept import measured, read
from config.assumptions import assumptions
from tests.spec.reading import ROOT, Used, Worked, module_says, worked_tests
from tests.spec.topics import INTRODUCTION, TOPICS, Topic

PAGE: Final = ROOT / "docs" / "methods.md"
COMMAND: Final = ".venv/bin/python -m tests.spec.page"
NUMBERS: Final = (
    *("rolls", "forecast", "intake", "projections", "housing", "planning", "places"),
    *("admissions", "chance"),
)
"""Files of `config/assumptions` that the methods take their numbers from."""

JUDGED: Final = ("planning_accuracy", "choice_accuracy")
"""Benchmarks that say how near forecasts and choices come."""

SET: Final = "The numbers that are set"
NEAR: Final = "How near it comes"

HEAD: Final = f"""\
# Methods

Written from the hand-worked tests in `tests/spec/` by `{COMMAND}`.

{INTRODUCTION}"""


def page(tests: Sequence[Worked], kept: Mapping[str, Any]) -> str:
    """Write the page: every topic with its examples, then how near it all comes."""
    sorted_out = _by_topic(tests)
    titles = [*(topic.title for topic in sorted_out), SET, NEAR]
    contents = "\n".join(f"- [{title}](#{_anchor(title)})" for title in titles) + "\n"
    sections = [_section(topic, found) for topic, found in sorted_out.items()]
    return "\n".join([HEAD, contents, *sections, _numbers(), _judged(kept)])


def topic_of(test: Worked) -> Topic | None:
    """Find the topic that the module a test is about belongs to, if any."""
    found = [
        (len(start), topic)
        for topic in TOPICS
        for start in topic.modules
        if test.about.startswith(start)
    ]
    return max(found, key=lambda each: each[0])[1] if found else None


def _by_topic(tests: Sequence[Worked]) -> dict[Topic, list[Worked]]:
    """Sort tests by topic; those about a module without one make topics of their own, last."""
    found: dict[Topic, list[Worked]] = {topic: [] for topic in TOPICS}
    for test in tests:
        topic = topic_of(test) or _of_its_own(test)
        found.setdefault(topic, []).append(test)
    return {topic: of_it for topic, of_it in found.items() if of_it}


def _of_its_own(test: Worked) -> Topic:
    first, _, rest = (module_says(test.about) if test.about else test.file).partition(": ")
    return Topic(first.rstrip("."), (_plain(rest),) if rest else (), (test.about,))


def _section(topic: Topic, tests: Sequence[Worked]) -> str:
    given: set[str] = set()
    parts = [f"## {topic.title}", *topic.says]
    for test in tests:
        if test.is_example:
            parts.append(_example(test, given))
    proved = [test for test in tests if not test.is_example]
    if proved:
        parts.append("Tests that work no single case by hand hold as well:")
        parts.append("\n".join(f"- {_listed(test)}" for test in proved))
    parts.append(_functions(each for test in tests for each in test.uses))
    return "\n\n".join(part for part in parts if part) + "\n"


def _example(test: Worked, given: set[str]) -> str:
    """Write one example; what it is given is shown at its first use in the section."""
    new = [text for name, text in test.given if f"{test.file} {name}" not in given]
    given.update(f"{test.file} {name}" for name, _ in test.given)
    code = "\n".join([*new, test.code])
    parts = [f"### {test.sentence.rstrip('.')}", _in_line(test.says), test.remark]
    return "\n\n".join([*(part for part in parts if part), f"```text\n{code}\n```"])


def _listed(test: Worked) -> str:
    return f"{test.sentence} {_in_line(test.says)}".strip()


def _functions(uses: Iterable[Used]) -> str:
    """List what the examples of a section call, with what it does and where that comes from."""
    found = {(each.module, each.name): each for each in uses}
    if not found:
        return ""
    lines = [
        f"- `{each.name}` (`{each.module.replace('.', '/')}.py`): {_in_line(each.says)}"
        for each in found.values()
    ]
    return "\n".join(["In the program, and where the method comes from:", "", *lines])


def _numbers() -> str:
    """List every number that the methods are set by, and where it comes from."""
    said = (
        "None of them stands in the program. Each has a file in `config/assumptions`, with the day "
        "it applies from and where it comes from; those of planning and housing an authority sets "
        "in its region file, and the log of assumptions tells who did, when and why."
    )
    parts = [f"## {SET}", said]
    for topic in NUMBERS:
        lines = ["| what | value | since | from |", "|---|---:|---|---|"]
        lines += [
            f"| {each.says} | {each.value:g} {each.unit} | {each.from_date} | {each.reference} |"
            for each in assumptions(topic).values()
        ]
        parts += [f"`{topic}.toml`:", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _judged(kept: Mapping[str, Any]) -> str:
    """Show what benchmarks measured of the errors of forecasts and choices."""
    parts = [f"## {NEAR}"]
    parts.append(
        "Measured by `make bench ARGS=accuracy`: forecasts on the made-up county, whose truth is "
        "known; choices on the real counts of London's pupils by home and secondary school, in "
        "blocks of land left out of the fit. [All measurements](measurements.md)."
    )
    for name in JUDGED:
        if name not in kept:
            parts.append(f"`{name}` has not been measured yet.")
            continue
        machine, rows = kept[name]["machine"], kept[name]["rows"]
        lines = ["| what | measured | target | |", "|---|---:|---|---|", *map(_figure, rows)]
        parts += [f"On {machine['measured_at'][:10]}:", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _figure(row: dict[str, Any]) -> str:
    cells = (row["name"].strip(), measured(row), _target(row), row.get("note", ""))
    return f"| {' | '.join(cells)} |"


def _target(row: dict[str, Any]) -> str:
    if "target" not in row:
        return ""
    return f"{row['target']}: {'reached' if row['is_met'] else '**not reached**'}"


def _plain(text: str) -> str:
    return text.replace("``", "`")


def _in_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(worked_tests(), read()), encoding="utf-8")


if __name__ == "__main__":
    write()
