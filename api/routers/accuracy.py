"""How far off forecasts of earlier years were."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import accuracy as answers
from api.answers.files import AS_CSV, columns_of, csv_file
from api.dependencies import InUse
from api.problems import RESPONSES
from api.schemas.accuracy import Accuracy, AccuracyAsked, AccuracyFilter, RecordRow

router = APIRouter(tags=["Forecasts"], responses=RESPONSES)
COLUMNS = columns_of(RecordRow)


@router.get("/accuracy", summary="How far off forecasts of earlier years were")
def accuracy(build: InUse, asked: Annotated[AccuracyAsked, Query()]) -> Accuracy:
    """Authorities' own forecasts, the atlas's and simple methods, against what came."""
    return answers.accuracy_of(build, asked)


@router.get(
    "/accuracy.csv",
    summary="How far off forecasts of earlier years were, as CSV",
    **AS_CSV,
)
def accuracy_csv(build: InUse, asked: Annotated[AccuracyFilter, Query()]) -> Response:
    """One row a unit, year group or sum, maker and year."""
    return csv_file(build, "accuracy", COLUMNS, answers.rows_of(build, asked))
