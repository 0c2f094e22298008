"""Errors as the reader of an answer sees them: RFC 9457 problem details, from one table."""

import difflib
import logging
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ExceptionHandler

import travel
from api.errors import (
    BadParameter,
    BrokenBuild,
    NoBuild,
    NoPosition,
    NoSuchPath,
    NotInAtlas,
    RequestError,
)
from api.journeys import NoStreets
from api.matrices import NoMatrix
from api.schemas.base import Fault, Problem
from api.schemas.parameters import HINTS
from config.errors import AtlasError

LOG = logging.getLogger(__name__)
MEDIA_TYPE: Final = "application/problem+json"
SHOWN: Final = 40
"""Characters of a faulty value that are repeated."""

STATUSES: Final[dict[type[AtlasError], tuple[int, str]]] = {
    NotInAtlas: (404, "not-in-atlas"),
    NoSuchPath: (404, "no-such-path"),
    BadParameter: (422, "bad-parameter"),
    NoPosition: (422, "no-position"),
    travel.NoWay: (422, "no-way"),
    travel.OutsideCoverage: (422, "outside-coverage"),
    travel.NotConnected: (422, "not-connected"),
    NoStreets: (503, "no-streets"),
    NoMatrix: (503, "no-travel-times"),
    travel.MatrixError: (503, "broken-build"),
    travel.NetworkError: (503, "broken-build"),
    NoBuild: (503, "no-build"),
    BrokenBuild: (503, "broken-build"),
    AtlasError: (500, "atlas-error"),
}
"""Kind of error to status and type of problem, the most specific first. A mistake of ours is none
of these and answers 500 after its traceback was logged."""

TITLES: Final[dict[str, str]] = {
    "not-in-atlas": "Not in this atlas",
    "no-such-path": "Nothing is served at this address",
    "bad-parameter": "A parameter cannot be used",
    "no-position": "It is not known where this is",
    "outside-coverage": "Outside the streets that were loaded",
    "not-connected": "No street is near",
    "no-way": "No way leads there",
    "no-streets": "This atlas has no streets",
    "no-travel-times": "This atlas does not keep these times",
    "no-build": "There is no data yet",
    "broken-build": "The data cannot be read",
    "no-database": "The database does not answer",
    "atlas-error": "The atlas could not answer",
    "method-not-allowed": "This address is for reading",
    "mistake": "A mistake of the atlas",
}

WRONG: Final[dict[str, str]] = {
    "int_parsing": "is no whole number",
    "int_parsing_size": "is no whole number",
    "int_from_float": "is no whole number",
    "float_parsing": "is no number",
    "finite_number": "is no number",
    "bool_parsing": "is neither true nor false",
    "greater_than_equal": "is below {ge}",
    "less_than_equal": "is above {le}",
    "less_than": "is not below {lt}",
    "string_too_long": "is longer than {max_length} characters",
    "enum": "is not {expected}",
    "literal_error": "is not {expected}",
}
"""Pydantic's kind of fault to what is said of the value; its own words are for programmers."""

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    404: {"model": Problem, "description": "Not in this atlas; near matches are suggested"},
    422: {"model": Problem, "description": "A parameter cannot be used; the hint says what can"},
    503: {"model": Problem, "description": "There is no data to answer from yet"},
}
"""What every address may answer besides the thing asked for; routers declare it."""


def install(app: FastAPI) -> None:
    """Answer every error with a problem."""
    handlers: dict[Any, ExceptionHandler] = {
        AtlasError: _answer_atlas_error,
        RequestValidationError: _answer_bad_parameters,
        HTTPException: _answer_http_error,
        OperationalError: _answer_no_database,
        Exception: _answer_mistake,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def problem_of(error: AtlasError) -> Problem:
    """Describe an error to the reader."""
    status, kind = next(row for known, row in STATUSES.items() if isinstance(error, known))
    return Problem(
        type=kind,
        title=TITLES[kind],
        status=status,
        detail=error.message,
        hint=error.hint,
        suggestions=list(error.suggestions) if isinstance(error, RequestError) else [],
    )


def sent(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Write a problem as a response."""
    return JSONResponse(
        problem.model_dump(), problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def problem_of_faults(errors: Sequence[Any], known: Iterable[str]) -> Problem:
    """Describe parameters that cannot be used, in plain words.

    Args:
        errors: as pydantic lists them.
        known: names of the parameters that the address takes.
    """
    names = sorted(set(known))
    faults = [_fault(error, names) for error in errors]
    faults = list({(fault.parameter, fault.says): fault for fault in faults}.values())
    unknown = [str(error["loc"][-1]) for error in errors if error["type"] == "extra_forbidden"]
    near = [name for word in unknown for name in _near(word, names)]
    values = [word for error in errors for word in _near_values(error)]
    return Problem(
        type="bad-parameter",
        title=TITLES["bad-parameter"],
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=f"{'; '.join(fault.says for fault in faults)}.",
        hint=" ".join(dict.fromkeys(fault.hint for fault in faults if fault.hint)) or None,
        suggestions=list(dict.fromkeys([*near, *values])),
        faults=faults,
    )


def _fault(error: Any, names: Sequence[str]) -> Fault:  # noqa: ANN401 # as pydantic gives it
    name = _parameter(error)
    if error["type"] == "extra_forbidden":
        near = _near(name, names)
        meant = f"did you mean {near[0]}?" if near else _takes(names)
        return Fault(parameter=name, says=f"there is no parameter {name!r} here", hint=meant)
    hint = f"{name}: {HINTS[name]}" if name in HINTS else None
    if error["type"] == "missing":
        return Fault(parameter=name, says=f"{name} is needed", hint=hint)
    given = f"{name}={_shown(error.get('input'))}"
    return Fault(parameter=name, says=f"{given} {_what_is_wrong(error)}", hint=hint)


def _what_is_wrong(error: Any) -> str:  # noqa: ANN401 # as pydantic gives it
    if error["type"] in ("bounds", "bands"):
        return str(error["msg"])
    words = WRONG.get(error["type"], "cannot be used")
    return words.format(**error.get("ctx", {})).replace("'", "")


def _parameter(error: Any) -> str:  # noqa: ANN401 # as pydantic gives it
    texts = [part for part in error["loc"][1:] if isinstance(part, str)]
    return texts[0] if texts else str(error["loc"][0])


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        value = ",".join(str(part) for part in value)
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _near(word: str, names: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.5)


def _near_values(error: Any) -> list[str]:  # noqa: ANN401 # as pydantic gives it
    if error["type"] not in ("enum", "literal_error"):
        return []
    expected = str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    return _near(str(error["input"]), expected)


def _takes(names: Sequence[str]) -> str:
    return f"this address takes {', '.join(names)}." if names else "this address takes none."


async def _answer_atlas_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, AtlasError)  # noqa: S101 # registered for it alone
    problem = problem_of(error)
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("%s", error)
    retry = {"Retry-After": "5"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return sent(problem, retry)


async def _answer_bad_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 # registered for it alone
    route = request.scope.get("route")
    known = (
        [field.alias for field in get_flat_params(route.dependant)]
        if isinstance(route, APIRoute)
        else []
    )
    return sent(problem_of_faults(error.errors(), known))


async def _answer_http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 # registered for it alone
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return sent(
            Problem(
                type="method-not-allowed",
                title=TITLES["method-not-allowed"],
                status=405,
                detail="Every address of this atlas is read with GET.",
                hint="use GET or HEAD.",
            ),
            headers,
        )
    return sent(
        Problem(
            type="no-such-path" if error.status_code == HTTPStatus.NOT_FOUND else "http",
            title=HTTPStatus(error.status_code).phrase,
            status=error.status_code,
            detail=str(error.detail),
        ),
        headers,
    )


async def _answer_no_database(request: Request, error: Exception) -> Response:
    """Tell of a database server that is away; an error of a file's is a mistake of ours."""
    cause = error.orig if isinstance(error, OperationalError) else None
    if not type(cause).__module__.startswith("psycopg"):
        return await _answer_mistake(request, error)
    LOG.error("the database does not answer: %s", cause)
    return sent(
        Problem(
            type="no-database",
            title=TITLES["no-database"],
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            detail="The database that holds the tables of this atlas does not answer.",
            hint="try again in a moment; if it stays, tell whoever runs this atlas.",
        ),
        {"Retry-After": "5"},
    )


async def _answer_mistake(_: Request, error: Exception) -> Response:
    LOG.error("a mistake of the atlas", exc_info=error)
    return sent(
        Problem(
            type="mistake",
            title=TITLES["mistake"],
            status=500,
            detail="Something went wrong that should not have; it was written to the log.",
            hint="try again; if it stays, tell whoever runs this atlas what you asked for.",
        )
    )
