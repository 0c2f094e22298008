"""docs/methods.md says what the hand-worked tests say."""

import pytest

from bench.kept import read
from tests.spec.page import COMMAND, PAGE, page, topic_of
from tests.spec.reading import worked_tests

TESTS = worked_tests()


def test_the_page_of_methods_is_as_the_hand_worked_tests_are() -> None:
    told = f"a worked example or a docstring changed since the page was written: run `{COMMAND}`"
    assert PAGE.read_text(encoding="utf-8") == page(TESTS, read()), told


def test_every_worked_example_is_on_the_page_once() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    examples = [f"### {test.sentence.rstrip('.')}" for test in TESTS if test.is_example]
    assert examples
    assert sorted(line for line in lines if line.startswith("### ")) == sorted(examples)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.sentence)
def test_every_hand_worked_test_calls_a_method(test) -> None:
    assert test.uses, "a test of tests/spec works a method of the atlas by hand: call one"


def test_what_is_under_test_has_its_say_in_a_planners_words() -> None:
    without = {test.about for test in TESTS if topic_of(test) is None}
    assert not without, "say in tests/spec/topics.py what these are about"
