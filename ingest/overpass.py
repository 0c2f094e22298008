"""The streets of a region without an extract: OSMnx asks the Overpass API for them.

OSMnx keeps the answer in its cache folder; that file is taken into the store with a receipt and
read as an extract is, so that every rule of every mode applies.
"""

import hashlib
import json
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmnx
import requests
import shapely
from osmnx._errors import CacheOnlyInterruptError, InsufficientResponseError
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from config.region import Region
from config.terms import BRITISH_GRID, WGS84
from ingest.errors import FetchFailed
from ingest.fetch import Client, Clock, Fetched, FileStore, Receipt, utc_now
from ingest.fetch.answers import TryAgain
from ingest.fetch.client import user_agent, web_address
from ingest.fetch.receipts import iso
from ingest.sources import streets

FILTER: Final = '[~"^(highway|route)$"~"."]'
"""Every way that has a class of street or is a route, such as a ferry's."""

KEPT_DAYS: Final = 7
"""An answer no older than this is not asked for again: the servers belong to volunteers."""

WAIT_S: Final = 60.0
"""How long to wait where a busy server does not say how long."""

BUSY: Final = frozenset({429, 502, 503, 504})
ANSWER_S: Final = 180
"""How long the server may take; it is told so."""

LARGEST_M2: Final = 1e12
"""Larger than England: one region is one request."""

OUTLINE_M: Final = 100.0
"""The outline that is asked for is no finer than this."""

CACHED: Final = "*.json"


def ask_overpass(
    outline: BaseGeometry,
    *,
    region: Region,
    url: str,
    store: FileStore,
    client: Client,
    clock: Clock = utc_now,
) -> Fetched:
    """Bring the streets within an outline into the store, or find an answer no older than a week.

    Args:
        outline: EPSG:27700.
        region: which is asked for; its contact is sent along.
        url: the Overpass API's address, up to and without ``/interpreter``.
        store: where the answer is kept.
        client: how patient to be.
        clock: gives the time now.

    Raises:
        FetchFailed: the server does not answer, is busy for too long, or answers with something
            else than streets.
    """
    web_address(url)
    area = _in_degrees(outline)
    name = _file_name(region, url, area)
    address = f"{url.rstrip('/')}/interpreter"
    oldest = iso(clock() - timedelta(days=KEPT_DAYS))
    for receipt in store.receipts():
        if (receipt.source_id, receipt.file_name) == (streets.ID, name):
            path = store.find(receipt)
            if path is not None and receipt.fetched_at >= oldest:
                return Fetched(path, receipt)
    with tempfile.TemporaryDirectory(dir=store.parts, prefix="osmnx-") as folder:
        asking = _Asking(area, url, Path(folder), user_agent(region.contact), client)
        answer = client.retrying(asking, address=address)
        date = _date_of(answer, address)
        stored = store.keep(answer, file_name=name)
    receipt = Receipt(
        source_id=streets.ID,
        release=date or f"{clock():%Y-%m-%d}",
        file_name=name,
        address=address,
        fetched_at=iso(clock()),
        etag=None,
        last_modified=None,
        bytes=stored.bytes,
        sha256=stored.sha256,
    )
    store.save_receipt(receipt)
    return Fetched(stored.path, receipt)


class _Asking:
    """One attempt, to be called as often as patience allows; returns OSMnx's cached file."""

    def __init__(
        self, area: shapely.Polygon, url: str, folder: Path, agent: str, client: Client
    ) -> None:
        self._area = area
        self._url = url
        self._folder = folder
        self._agent = agent
        self._longest_wait_s = client.patience.longest_wait_s
        self._remark = ""

    def __call__(self) -> Path:
        """Ask once.

        Raises:
            TryAgain: the connection broke, or the server is busy or answered with half a sentence.
            FetchFailed: the answer will not change.
        """
        try:
            with _osmnx_set(self._settings()):
                osmnx.graph_from_polygon(self._area, custom_filter=FILTER)
        except CacheOnlyInterruptError:
            pass
        except InsufficientResponseError:
            raise TryAgain("the answer is not the JSON of the Overpass API") from None
        except (requests.ConnectionError, requests.Timeout) as error:
            raise TryAgain(f"the connection broke: {type(error).__name__}") from error
        except requests.RequestException as error:
            raise FetchFailed(f"{self._url} cannot be asked: {error}") from error
        answers = list(self._folder.glob(CACHED))
        if not answers:
            raise FetchFailed(
                f"{self._url} did not give the streets: {self._remark or 'it said no more'}",
                hint="choose a smaller border_km, or name an extract in the region file.",
            )
        return answers[0]

    def _settings(self) -> dict[str, Any]:
        return {
            "use_cache": True,
            "cache_only_mode": True,
            "cache_folder": self._folder,
            "overpass_url": self._url,
            "overpass_rate_limit": False,  # a busy server says so, and when to come back
            "doh_url_template": None,
            "http_user_agent": self._agent,
            "http_referer": "",
            "max_query_area_size": LARGEST_M2,
            "requests_timeout": ANSWER_S,
            "requests_kwargs": {"hooks": {"response": self._listen}, "allow_redirects": False},
        }

    def _listen(self, response: requests.Response, *_: object, **__: object) -> None:
        """Hear what OSMnx would wait for in silence, or overhear."""
        if response.status_code in BUSY:
            asked = response.headers.get("Retry-After", "")
            wait_s = min(float(asked) if asked.isdecimal() else WAIT_S, self._longest_wait_s)
            raise TryAgain(f"the server is busy ({response.status_code})", wait_s=wait_s)
        if not response.ok or response.is_redirect:
            raise FetchFailed(
                f"{self._url} answered {response.status_code} {response.reason}",
                hint="check ATLAS_OVERPASS_URL: the address of an Overpass API, such as "
                "https://overpass-api.de/api.",
            )
        if b'"remark"' in response.content:
            try:
                self._remark = str(response.json().get("remark", ""))
            except (ValueError, AttributeError):
                return


@contextmanager
def _osmnx_set(values: dict[str, Any]) -> Iterator[None]:
    """Set OSMnx's settings for a while, and undo what it does to the resolving of names."""
    before = {name: getattr(osmnx.settings, name) for name in values}
    resolve = socket.getaddrinfo
    try:
        for name, value in values.items():
            setattr(osmnx.settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(osmnx.settings, name, value)
        socket.getaddrinfo = resolve


def _in_degrees(outline: BaseGeometry) -> shapely.Polygon:
    """Draw one polygon around an outline, coarse enough to be sent, EPSG:4326."""
    coarse = outline.buffer(OUTLINE_M).simplify(OUTLINE_M)
    whole = coarse if isinstance(coarse, shapely.Polygon) else shapely.convex_hull(coarse)
    to_degrees = Transformer.from_crs(BRITISH_GRID, WGS84, always_xy=True)
    ring = shapely.get_coordinates(shapely.get_exterior_ring(whole))
    return shapely.Polygon(np.column_stack(to_degrees.transform(*ring.T)))


def _file_name(region: Region, url: str, area: shapely.Polygon) -> str:
    """Name an answer by what was asked, so that another border is asked for anew."""
    asked = f"{url} {FILTER} {shapely.to_wkt(area, rounding_precision=6)}"
    letters = str.maketrans("0123456789", "ghijklmnop")  # digits might be taken for a date
    digest = hashlib.sha256(asked.encode()).hexdigest()[:12].translate(letters)
    return streets.overpass_name(region).replace(".json", f"-{digest}.json")


def _date_of(answer: Path, address: str) -> str:
    """Check that an answer holds streets, and return the day that it is of, if it says.

    Raises:
        FetchFailed: it holds none.
    """
    said = json.loads(answer.read_bytes())
    elements = said.get("elements")
    if not (isinstance(elements, list) and any(_is_way(one) for one in elements)):
        raise FetchFailed(
            f"{address} answered without a single street",
            hint="check that the region's outline is right, or name an extract in its file.",
        )
    base = said.get("osm3s", {})
    return str(base.get("timestamp_osm_base", ""))[:10] if isinstance(base, dict) else ""


def _is_way(element: object) -> bool:
    return isinstance(element, dict) and element.get("type") == "way"
