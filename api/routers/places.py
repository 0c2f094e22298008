"""Postcodes, named places and the search box."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import lookups
from api.answers.search import search as find
from api.answers.sources import POSTCODES, REGISTER, STREETS
from api.dependencies import InUse, Nothing
from api.narrative.postcode import quality_words
from api.problems import RESPONSES
from api.schemas.base import Listed
from api.schemas.filters import SearchQuery
from api.schemas.places import Found, PlaceDetail, PostcodeDetail

router = APIRouter(tags=["Places"], responses=RESPONSES)

Postcode = Annotated[
    str, Path(max_length=20, description="A whole postcode", examples=["LE15 6HP"])
]


@router.get("/search", summary="Find a postcode, school, place or area by what was typed")
def search(build: InUse, chosen: Annotated[SearchQuery, Query()]) -> Listed[Found]:
    """Best first. Words may be begun only, in any order, without accents or apostrophes."""
    return Listed(
        items=find(build, chosen.q, most=chosen.limit),
        next=None,
        sources=build.sources(REGISTER, POSTCODES, STREETS),
    )


@router.get("/postcodes/{postcode}", summary="One postcode and where it is")
def one_postcode(build: InUse, postcode: Postcode, _: Nothing) -> PostcodeDetail:
    """Its point, how well that is known, and the areas it lies in."""
    row = lookups.postcode(build, postcode)
    return PostcodeDetail(
        **row,
        quality_words=quality_words(row["quality"]),
        sources=build.sources(POSTCODES),
    )


@router.get("/places/{place_id}", summary="One named settlement or street")
def one_place(
    build: InUse,
    place_id: Annotated[
        int, Path(ge=0, le=2**53, description="Number that search gave as `id`", examples=[1])
    ],
    _: Nothing,
) -> PlaceDetail:
    """Its name, kind and point."""
    return PlaceDetail(**lookups.place(build, place_id), sources=build.sources(STREETS))
