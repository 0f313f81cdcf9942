"""The pages of the example open from disk: at each width, light and dark, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (360, 800, 1440)
REPORTS = ("index.html", "pipeline.html", "contacts.html")
JANA = "contacts/nordlicht/jana-koehler.html"


class Watched:
    """A browser page that notes whatever goes wrong on it, and every address that it asks for."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.page: Page = browser.new_context(**options).new_page()
        self.troubles: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.troubles.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.troubles.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self.asked.add(request.url))

    def asked_outside(self, site: Path) -> set[str]:
        return {address for address in self.asked if not address.startswith((site.as_uri(), "data:"))}


def pages(site: Path, every: int = 1) -> list[Path]:
    """The reports, the team's own pages, and one contact in every few; by default all of them."""
    top = sorted(site.glob("*.html"))
    contacts = sorted((site / "contacts").rglob("*.html"))
    # A 404 page is served at any depth, so its addresses begin at the server's root.
    return [page for page in [*top, *contacts[::every]] if page.name != "404.html"]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_every_page_opens_without_trouble(browser: Browser, built: Path, javascript: bool) -> None:
    seen = Watched(browser, java_script_enabled=javascript)
    there = {page.as_uri() for page in pages(built)}
    for file in pages(built, 1 if javascript else 5):
        seen.page.goto(file.as_uri())
        assert seen.page.locator("h1").count() == 1, file
        links = seen.page.locator("a[href]").evaluate_all("links => links.map(link => link.href.split('#')[0])")
        assert {link for link in links if link.startswith("file:")} <= there, file
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 800})
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, (file, width)
    assert seen.troubles == []
    assert seen.asked_outside(built) == set()
    seen.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_against_its_ground(browser: Browser, built: Path, scheme: Any) -> None:
    seen = Watched(browser, color_scheme=scheme)
    for name in (*REPORTS, JANA, "wochenrunde.html"):
        seen.page.goto((built / name).as_uri())
        ground = _luminance(seen.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert (ground < 0.1) == (scheme == "dark")
        colours = seen.page.locator("body *").evaluate_all(
            "all => [...new Set(all.filter(one => one.innerText && !one.matches('.skip'))"
            ".map(one => getComputedStyle(one).color))]"
        )
        for colour in colours:
            lower, higher = sorted((ground, _luminance(colour)))
            assert (higher + 0.05) / (lower + 0.05) >= 4.5, (name, colour)
    assert seen.troubles == []
    seen.page.context.close()


def test_the_chosen_theme_is_remembered(browser: Browser, built: Path) -> None:
    seen = Watched(browser, color_scheme="light")
    seen.page.goto((built / "index.html").as_uri())
    paper = "getComputedStyle(document.body).backgroundColor"
    light = seen.page.evaluate(paper)
    seen.page.locator("[data-switch-theme]").click()
    dark = seen.page.evaluate(paper)
    assert light != dark
    seen.page.goto((built / "pipeline.html").as_uri())
    assert seen.page.evaluate(paper) == dark
    seen.page.context.close()


def test_the_four_questions_stand_on_the_first_screen(browser: Browser, built: Path) -> None:
    seen = Watched(browser, viewport={"width": 1280, "height": 800})
    seen.page.goto((built / JANA).as_uri())
    boxes = [box for answer in seen.page.locator(".answer").all() if (box := answer.bounding_box())]
    assert len(boxes) == 4
    assert max(box["y"] + box["height"] for box in boxes) <= 800
    seen.page.context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, built: Path) -> None:
    seen = Watched(browser)
    seen.page.goto((built / "index.html").as_uri())
    seen.page.keyboard.press("Tab")
    assert seen.page.locator(":focus").get_attribute("href") == "#content"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "content"
    seen.page.context.close()


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(part) / 255) for part in re.findall(r"\d+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
