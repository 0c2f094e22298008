"""The web page's files, and the plain pages that stand in for it."""

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.errors import NoSuchPath

FOR_EVER: Final = "public, max-age=31536000, immutable"
SERVED_ELSEWHERE: Final = ("api", "tiles")

FRAME: Final = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  color: #0b0c0c; background: #f6f4ef }}
code {{ background: #fff; padding: .1rem .3rem }}
dt {{ margin-top: 1rem }} dd {{ margin: 0 0 0 1.5rem }}
a:focus {{ outline: 3px solid #0b0c0c; outline-offset: 2px }}
</style></head>
<body><main>
{body}
</main></body>
</html>
"""

NOT_BUILT: Final = """<h1>The web page was not built</h1>
<p>The atlas runs and its <a href="/api">API</a> answers, but the folder of the page is empty.</p>
<p>In a checkout, <code>make run</code> builds the page; elsewhere the setting
<code>ATLAS_FRONTEND_DIR</code> names the folder that holds it.</p>"""


class WebPage(StaticFiles):
    """The built page: its files, and ``index.html`` for every address that it keeps state in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder = folder

    async def check_config(self) -> None:
        """Take a folder that is not there yet; `NOT_BUILT` says so to the reader."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer one address."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        path = "" if path == "." else path
        if path.split("/", 1)[0] in SERVED_ELSEWHERE:
            raise NoSuchPath(
                f"nothing is served at {scope['path'][:200]!r}",
                hint="/api lists every address.",
            )
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in path.rsplit("/", 1)[-1]:  # noqa: PLR2004
                raise
            return await self._index(path, scope)
        response.headers["Cache-Control"] = FOR_EVER if path.startswith("assets/") else "no-cache"
        return response

    async def _index(self, path: str, scope: Scope) -> Response:
        if not (self._folder / "index.html").is_file():
            page = FRAME.format(title="The web page was not built", body=NOT_BUILT)
            return HTMLResponse(page, 404 if path else 200)
        response = await super().get_response("index.html", scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def api_page(document: dict[str, Any]) -> str:
    """List every address of the API, read from its OpenAPI document."""
    info = document["info"]
    entries = "\n".join(_entry(path, item["get"]) for path, item in document["paths"].items())
    body = (
        f"<h1>{html.escape(info['title'])}</h1>\n<p>{html.escape(info['description'])}</p>\n"
        '<p>The whole description for programs: <a href="/api/v1/openapi.json">OpenAPI</a>.</p>\n'
        f"<dl>\n{entries}\n</dl>"
    )
    return FRAME.format(title=html.escape(info["title"]), body=body)


def _entry(path: str, operation: dict[str, Any]) -> str:
    shown = html.escape(path)
    address = shown if "{" in path else f'<a href="{shown}">{shown}</a>'
    parameters = _parameters(operation.get("parameters", ()))
    says = html.escape(operation["summary"])
    return f"<dt><code>GET {address}</code></dt><dd>{says}.{parameters}</dd>"


def _parameters(parameters: Iterable[dict[str, Any]]) -> str:
    named = [
        f"<li><code>{html.escape(each['name'])}</code> {html.escape(each['description'])}</li>"
        for each in parameters
    ]
    return f"<ul>{''.join(named)}</ul>" if named else ""
