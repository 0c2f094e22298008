"""Made-up requests, good and bad: none breaks the server, every answer is as described."""

from pathlib import Path

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema
from starlette.types import Receive, Scope, Send

from api.app import create_app
from config.settings import Settings

pytestmark = pytest.mark.long

EXAMPLES = 8
DOCUMENT = create_app(Settings(home=Path("nowhere")), region_id="none").openapi()
ASKED = [
    (path, mode)
    for path, item in DOCUMENT["paths"].items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or item["get"].get("parameters")
]

EXCLUDED = [
    negative_data_rejection,  # numbers may be written as text in an address, lists end in a comma
    positive_data_acceptance,  # a postcode of the right shape need not be in the atlas
]


@pytest.fixture(scope="session")
def described(tiny_app: FastAPI) -> OpenApiSchema:
    async def started(scope: Scope, receive: Receive, send: Send) -> None:
        # Each made-up request brings its own start and stop; one open build serves them all.
        if scope["type"] == "lifespan":
            await send({"type": f"{(await receive())['type']}.complete"})
            await send({"type": f"{(await receive())['type']}.complete"})
            return
        await tiny_app(scope, receive, send)

    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", started)


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_every_answer_is_as_described_and_none_is_a_mistake_of_ours(
    described: OpenApiSchema, path: str, mode: GenerationMode
) -> None:
    operation = described[path]["GET"]
    statuses = []

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        statuses.append(case.call_and_validate(excluded_checks=EXCLUDED).status_code)

    ask()
    assert statuses
    assert max(statuses) < 500
