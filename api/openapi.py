"""The OpenAPI document: problems as what they are sent as, and nothing that is never sent."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE

TITLE: Final = "Schools place-planning atlas"
DESCRIPTION: Final = (
    "Schools, the places they serve and the ways to them. Lists answer {items, next, sources}; "
    "errors are RFC 9457 problems with a hint; unknown parameters are refused; an ETag names the "
    "build that an answer was made from."
)
TAGS: Final = (
    ("Schools", "Every establishment of the register in the region and its border."),
    ("Figures", "What is counted, measured and judged of schools and authorities, by year."),
    ("Forecasts", "How many pupils are expected, how sure that is, and how far off it has been."),
    ("Choice", "Who goes where, as modelled and as counted, and how likely an offer is."),
    ("Journeys", "How far one gets, and which schools are within reach."),
    ("Places", "Postcodes, settlements and streets, and the search box."),
    ("Areas", "Authorities, wards and census areas, and what is known of them."),
    ("About this atlas", "What it holds, where that came from, and what was odd."),
    ("Tiles", "The map, in pieces."),
)
NEVER_SENT: Final = ("HTTPValidationError", "ValidationError")
FIRST_ERROR: Final = 400


def install(app: FastAPI) -> None:
    """Describe the application; the document is made once, when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign] # as FastAPI's own pages do it


def describe(app: FastAPI) -> dict[str, Any]:
    """Write the document."""
    document = get_openapi(
        title=TITLE,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=[{"name": name, "description": says} for name, says in TAGS],
    )
    for item in document["paths"].values():
        for operation in item.values():
            _as_problems(operation["responses"])
    for name in NEVER_SENT:
        document["components"]["schemas"].pop(name, None)
    return document


def _as_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        if status.isdecimal() and int(status) >= FIRST_ERROR:
            schema = {"$ref": "#/components/schemas/Problem"}
            response["content"] = {MEDIA_TYPE: {"schema": schema}}
