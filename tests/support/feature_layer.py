"""An ArcGIS feature layer on its bad days."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.support.naughty_server import Handler, NaughtyServer, Request


@dataclass
class FeatureLayer:
    """An ArcGIS feature layer of rows, given page by page.

    Attributes:
        rows: columns of each row; ``FID`` is added.
        page: rows given at a time, whatever is asked.
        edited: when it was last edited, milliseconds.
        count: what it says it counts, where not the truth.
        errors: errors inside an answer of 200, given before the first page.
        is_more_in_properties: puts ``exceededTransferLimit`` where some versions do.
    """

    rows: list[dict[str, object]]
    page: int = 2
    edited: int | None = 1
    count: int | None = None
    errors: list[dict[str, object]] = field(default_factory=list)
    is_more_in_properties: bool = False

    def serve(self, server: NaughtyServer, path: str) -> str:
        """Put the layer at ``…/FeatureServer/0`` below a path, and return its address."""
        address = server.on(f"{path}/FeatureServer/0", self._about)
        server.on(f"{path}/FeatureServer/0/query", self._query)
        return address

    def _about(self, handler: Handler, _request: Request) -> None:
        about: dict[str, object] = {
            "name": "LAD_MAY_2025",
            "objectIdField": "FID",
            "maxRecordCount": self.page,
        }
        if self.edited is not None:
            about["editingInfo"] = {"lastEditDate": self.edited}
        _send_json(handler, about)

    def _query(self, handler: Handler, request: Request) -> None:
        query = request.query
        if query.get("returnCountOnly") == "true":
            _send_json(handler, {"count": len(self.rows) if self.count is None else self.count})
        elif self.errors:
            _send_json(handler, {"error": self.errors.pop(0)})
        else:
            offset = int(query["resultOffset"])
            wanted = min(self.page, int(query["resultRecordCount"]))
            _send_json(handler, self._collection(offset, wanted))

    def _collection(self, offset: int, wanted: int) -> dict[str, object]:
        said: dict[str, object] = {
            "type": "FeatureCollection",
            "features": list(self._features(offset, wanted)),
        }
        if offset + wanted < len(self.rows):
            more = {"exceededTransferLimit": True}
            said.update({"properties": more} if self.is_more_in_properties else more)
        return said

    def _features(self, offset: int, wanted: int) -> Iterator[dict[str, object]]:
        for index, row in enumerate(self.rows[offset : offset + wanted], start=offset + 1):
            yield {
                "type": "Feature",
                "id": index,
                "geometry": {"type": "Point", "coordinates": [index, 52.5]},
                "properties": {"FID": index, **row},
            }


def _send_json(handler: Handler, value: object) -> None:
    body = json.dumps(value).encode()
    handler.head(200, {"Content-Type": "application/json", "Content-Length": len(body)})
    handler.wfile.write(body)
