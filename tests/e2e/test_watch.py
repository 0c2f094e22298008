"""The watch that every other browser test relies on does bite."""

import pytest

from tests.e2e.browsing import Watch

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser):
    """Open a page made of the given HTML under a watch; return the watch."""

    def open_page(html: str, *, forgiven: tuple[str, ...] = ()) -> Watch:
        watch = Watch(own="127.0.0.1:1", forgiven=list(forgiven))
        context = browser.new_context()
        watch.follow(context)
        page = context.new_page()
        page.goto(f"data:text/html,<title>t</title>{html}")
        page.wait_for_timeout(200)
        context.close()
        return watch

    return open_page


def test_a_quiet_page_leaves_nothing_to_say(visit):
    assert visit("<script>console.log('hello')</script>").left_over() == []


def test_a_console_error_is_noted(visit):
    (trouble,) = visit("<script>console.error('no such layer')</script>").left_over()
    assert "no such layer" in trouble


def test_an_uncaught_error_is_noted(visit):
    (trouble,) = visit("<script>throw new Error('undefined is no map')</script>").left_over()
    assert "undefined is no map" in trouble


def test_a_request_to_another_server_is_noted(visit):
    troubles = visit("<img src='http://tiles.invalid/1.png'>").left_over()
    assert "asked another server: http://tiles.invalid/1.png" in troubles


def test_only_what_a_test_provokes_is_forgiven(visit):
    html = "<script>console.error('status of 404'); console.error('other')</script>"
    (trouble,) = visit(html, forgiven=("status of 404",)).left_over()
    assert "other" in trouble
