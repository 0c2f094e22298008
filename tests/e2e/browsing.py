"""A reader's browser, and what a page must never do in it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
)
DESKTOP = (1440, 900)
PHONE = (390, 844)
NARROWEST = (320, 640)
PATIENCE_MS = 60_000
SEARCH = "Postcode, school, street or place"
"""What a screen reader calls the search box."""

MAP_IS_DRAWN = """() => {
    const map = window.__atlas?.map
    return map && map.loaded() && map.areTilesLoaded() && !map.isMoving()
}"""
DRIVER_NOTES = "GL Driver Message"
"""What the software renderer says of its own speed while a picture is taken."""


def wait_for_map(page: Page) -> None:
    """Wait until the map has drawn all it knows of and stands still."""
    page.wait_for_function(MAP_IS_DRAWN)


def on_map(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Where a place is seen, in pixels from the window's top left corner."""
    return tuple(
        page.evaluate(
            """([lon, lat]) => {
                const map = window.__atlas.map
                const { x, y } = map.project([lon, lat])
                const { left, top } = map.getContainer().getBoundingClientRect()
                return [left + x, top + y]
            }""",
            [lon, lat],
        )
    )


@dataclass
class Watch:
    """Notes every error and every request that leaves the atlas's own server.

    Attributes:
        own: host and port of the atlas.
        forgiven: patterns of console messages that a test provokes on purpose.
        troubles: what was noted.
    """

    own: str
    forgiven: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", self._broke)
        context.on("request", self._asked)

    def left_over(self) -> list[str]:
        """The troubles that nothing forgives."""
        return [
            trouble
            for trouble in self.troubles
            if not any(re.search(pattern, trouble) for pattern in self.forgiven)
        ]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and DRIVER_NOTES not in message.text:
            place = message.location.get("url", "")
            self.troubles.append(f"console {message.type}: {message.text} ({place})")

    def _broke(self, error: WebError) -> None:
        self.troubles.append(f"uncaught: {error.error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.own:
            self.troubles.append(f"asked another server: {request.url}")


@dataclass
class Desk:
    """Opens pages of one atlas for one test; keeps a picture of each when the test is over.

    Attributes:
        browser: the real browser.
        site: address of the atlas, without a slash at the end.
        pictures: folder for screenshots.
        name: of the test.
        watch: follows every page opened here.
    """

    browser: Browser
    site: str
    pictures: Path
    name: str
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str = "/", *, size: tuple[int, int] = DESKTOP) -> Page:
        """Open an address of the atlas in a browser of its own and wait until the map is drawn."""
        width, height = size
        is_phone = width < 600
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=is_phone,
            is_mobile=is_phone,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        self.watch.follow(context)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(self.site + path)
        wait_for_map(page)
        return page

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture under a name of its own."""
        page.screenshot(path=self.pictures / f"{name}.png")

    def close(self) -> None:
        """Keep the last picture of every page, then close them."""
        pages = [page for context in self.contexts for page in context.pages]
        for number, page in enumerate(pages, start=1):
            self.shot(page, self.name if number == 1 else f"{self.name}-{number}")
        for context in self.contexts:
            context.close()
