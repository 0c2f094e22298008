"""Declarations of the API hold together: fields, parameters, problems, hints."""

from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.problems import STATUSES, TITLES
from api.schemas.parameters import HINTS
from config.errors import AtlasError
from config.settings import Settings

DOCUMENT: dict[str, Any] = create_app(Settings(home=Path("nowhere")), region_id="none").openapi()
OPERATIONS = [(path, item["get"]) for path, item in DOCUMENT["paths"].items()]
SCHEMAS = DOCUMENT["components"]["schemas"]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if "properties" in SCHEMAS[name]])
def test_every_field_says_what_it_is(name: str) -> None:
    fields = SCHEMAS[name]["properties"]
    assert [field for field, says in fields.items() if not says.get("description")] == []


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_parameter_says_what_it_is_and_has_a_hint(
    path: str, operation: dict[str, Any]
) -> None:
    parameters = operation.get("parameters", [])
    assert [each["name"] for each in parameters if not each.get("description")] == []
    hinted = {*HINTS, "tile_set", "content"}
    assert {each["name"] for each in parameters} - hinted == set(), path


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_address_declares_its_problems(path: str, operation: dict[str, Any]) -> None:
    for status in ("404", "422", "503"):
        content = operation["responses"][status]["content"]
        assert list(content) == ["application/problem+json"], path
        assert content["application/problem+json"]["schema"]["$ref"].endswith("/Problem")


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_address_has_a_summary_a_tag_and_a_description(
    path: str, operation: dict[str, Any]
) -> None:
    listed = {tag["name"] for tag in DOCUMENT["tags"]}
    assert operation["summary"], path
    assert set(operation["tags"]) <= listed
    assert operation["description"]


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(set(ids)) == len(ids)


def test_every_kind_of_error_comes_before_the_kinds_it_is_one_of() -> None:
    kinds = list(STATUSES)
    for number, kind in enumerate(kinds):
        assert not any(issubclass(later, kind) for later in kinds[number + 1 :]), kind
    assert kinds[-1] is AtlasError
    assert {name for _, name in STATUSES.values()} <= set(TITLES)
