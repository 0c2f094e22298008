"""Builds the web application."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan

from api import heavy, openapi, problems
from api.pages import WebPage, api_page
from api.routers import (
    about,
    accuracy,
    areas,
    balances,
    choices,
    exports,
    figures,
    forecasts,
    journeys,
    places,
    planning_settings,
    quality,
    routes,
    schools,
    tiles,
    travel_times,
    vintages,
)
from api.served import Served
from api.serving import BuildPerRequest, HeadersAndHead, program_hash
from config.settings import Settings

PREFIX = "/api/v1"
GZIP_FROM_BYTES = 800
GZIP_LEVEL = 5
PROGRAM = ("api", "travel", "planning", "config")


def create_app(settings: Settings, *, region_id: str) -> FastAPI:
    """Assemble the application; nothing is opened until it starts.

    Args:
        settings: where builds and the web page lie.
        region_id: the region to serve. The build in use is served: also one that is taken into
            use, or gone back to, while the application runs.
    """
    served = Served(settings.home, region_id, database_url=settings.database_url)
    app = FastAPI(
        title=openapi.TITLE,
        version="1",
        lifespan=_lifespan(served),
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    for module in (
        schools,
        exports,
        figures,
        forecasts,
        vintages,
        balances,
        accuracy,
        journeys,
        routes,
        travel_times,
        places,
        areas,
        choices,
        planning_settings,
        quality,
        about,
    ):
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(tiles.router)
    app.add_api_route("/api", lambda: _api_page(app), include_in_schema=False)
    app.mount("/", WebPage(settings.frontend_dir))
    heavy.install(app)
    problems.install(app)
    openapi.install(app)
    root = Path(__file__).parent.parent
    program = program_hash(*(root / name for name in PROGRAM))
    app.add_middleware(BuildPerRequest, served=served, program=program)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM_BYTES, compresslevel=GZIP_LEVEL)
    app.add_middleware(HeadersAndHead)
    return app


def _lifespan(served: Served) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        served.refresh()
        warming = threading.Thread(target=served.warm_up, name="warm-up")
        warming.start()
        yield
        warming.join()
        served.close()

    return lifespan


def _operation_id(route: APIRoute) -> str:
    return route.name


def _api_page(app: FastAPI) -> HTMLResponse:
    return HTMLResponse(api_page(app.openapi()))
