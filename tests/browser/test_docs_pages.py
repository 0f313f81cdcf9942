"""The documentation's pages in a browser: on a phone, far down a long page, and searched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.watched import Watched
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=800)
LONG = "reference/command-line.html"
IN_SIGHT = "one => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= innerHeight"


@pytest.fixture(scope="module")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it."""
    site = tmp_path_factory.mktemp("documentation")
    subprocess.run((sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)), cwd=ROOT, check=True)
    return site


def test_a_phone_shows_the_pages_without_scrolling_sideways(browser: Browser, documentation: Path) -> None:
    seen = Watched(browser, viewport=PHONE)
    for file in (*documentation.glob("*.html"), *documentation.glob("reference/*.html")):
        if file.name != "404.html":
            seen.page.goto(file.as_uri())
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], file
            lines = seen.page.locator(".whole").evaluate_all("all => all.map(one => one.getClientRects().length)")
            assert set(lines) <= {1}, f"{file}: the name of an option is broken"
    assert seen.troubles == []
    seen.close()


def test_a_phone_shows_what_is_on_the_page_and_all_parts(browser: Browser, documentation: Path) -> None:
    seen = Watched(browser, viewport=PHONE)
    seen.page.goto((documentation / LONG).as_uri())
    assert seen.page.locator(".bar-nav a").last.evaluate("one => one.getBoundingClientRect().right") <= PHONE["width"]
    seen.page.get_by_text("On this page").click()
    seen.page.locator(".here").get_by_text("Set up").click()
    assert seen.page.locator("#set-up").evaluate(IN_SIGHT)
    seen.page.set_viewport_size(WIDE)
    expect(seen.page.locator(".here")).to_be_hidden()
    seen.close()


def test_a_wide_table_shows_that_it_scrolls(browser: Browser, documentation: Path) -> None:
    seen = Watched(browser, viewport=PHONE)
    seen.page.goto((documentation / "security.html").as_uri())
    grounds = "all => all.map(one => [one.scrollWidth > one.clientWidth, getComputedStyle(one).backgroundImage])"
    assert any(wide and "gradient" in ground for wide, ground in seen.page.locator("table").evaluate_all(grounds))
    seen.page.emulate_media(media="print")
    assert {ground for _, ground in seen.page.locator("table").evaluate_all(grounds)} == {"none"}
    seen.close()


def test_the_list_of_pages_stays_in_sight(browser: Browser, documentation: Path) -> None:
    seen = Watched(browser, viewport=WIDE)
    for name in (LONG, "reference/findings/unknown-status.html"):
        seen.page.goto((documentation / name).as_uri())
        assert seen.page.locator(".side [aria-current]").evaluate(IN_SIGHT), "as the page opens"
        seen.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        assert seen.page.locator(".side").evaluate(IN_SIGHT), "in the middle of the page"
    seen.close()


@pytest.mark.parametrize("query", ["valid_for", "knockout attested", "--because"])
def test_a_term_is_found(browser: Browser, documentation: Path, query: str) -> None:
    seen = Watched(browser, viewport=WIDE)
    page: Page = seen.page
    page.goto((documentation / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.get_by_role("option").first).to_be_visible()
    assert seen.troubles == []
    seen.close()
