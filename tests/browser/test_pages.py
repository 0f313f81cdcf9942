"""The pages of the example open from disk: at each width, light and dark, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from crmtool.report.links import CALENDAR, DATA
from tests.browser.watched import SEVERAL, Watched, pages
from tests.serving import serving

pytestmark = pytest.mark.browser

WIDTHS = (360, 800, 1440)
JANA = "contacts/nordlicht/jana-koehler.html"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_pages_open_without_trouble(browser: Browser, built: Path, javascript: bool) -> None:
    seen = Watched(browser, java_script_enabled=javascript)
    there = {file.as_uri() for file in (*pages(built), built / DATA, built / CALENDAR)}
    for file in pages(built, 1 if javascript else SEVERAL):
        seen.page.goto(file.as_uri())
        assert seen.page.locator("h1").count() == 1, file
        links = seen.page.locator("a[href]").evaluate_all("links => links.map(link => link.href.split('#')[0])")
        assert {link for link in links if link.startswith("file:")} <= there, file
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 800})
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, (file, width)
    assert seen.troubles == []
    assert seen.asked_outside(built) == set()
    seen.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_pages_are_served_without_trouble(browser: Browser, built: Path, javascript: bool) -> None:
    seen = Watched(browser, java_script_enabled=javascript)
    with serving(built.parents[1]) as served:
        for file in pages(built, SEVERAL):
            seen.page.goto(served.url("/" + quote(file.relative_to(built).as_posix())))
            assert seen.page.locator("h1").count() == 1, file
        # The stream that tells of changes ends with its page.
        assert [trouble for trouble in seen.troubles if not trouble.endswith("/-crmtool/events")] == []
        assert {address for address in seen.asked if not address.startswith((served.url(), "data:"))} == set()
    seen.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_against_its_ground(browser: Browser, built: Path, scheme: Any) -> None:
    seen = Watched(browser, color_scheme=scheme)
    for file in (*built.glob("[!4]*.html"), built / JANA):
        seen.page.goto(file.as_uri())
        ground = _luminance(seen.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert (ground < 0.1) == (scheme == "dark")
        colours = seen.page.locator("body *").evaluate_all(
            "all => [...new Set(all.filter(one => one.innerText && !one.matches('.skip'))"
            ".map(one => getComputedStyle(one).color))]"
        )
        for colour in colours:
            lower, higher = sorted((ground, _luminance(colour)))
            assert (higher + 0.05) / (lower + 0.05) >= 4.5, (file, colour)
    assert seen.troubles == []
    seen.close()


@pytest.mark.parametrize(
    ("page", "frame"), [("pipeline", ".board"), ("missing", ".matrix-frame"), ("progress", ".scrolls")]
)
def test_what_scrolls_sideways_shows_it(browser: Browser, built: Path, page: str, frame: str) -> None:
    seen = Watched(browser, viewport={"width": 390, "height": 800})
    seen.page.goto((built / f"{page}.html").as_uri())
    ground = "one => [one.scrollWidth > one.clientWidth, getComputedStyle(one).backgroundImage.split('linear-').length]"
    assert seen.page.locator(frame).first.evaluate(ground) == [True, 5]
    cells = seen.page.locator("td.is-lacking").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert all(cell.startswith("rgba(") for cell in cells), "a shade is seen through a cell"
    seen.close()


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
    seen.close()


def test_the_four_questions_stand_on_the_first_screen(browser: Browser, built: Path) -> None:
    seen = Watched(browser, viewport={"width": 1280, "height": 800})
    seen.page.goto((built / JANA).as_uri())
    boxes = [box for answer in seen.page.locator(".answer").all() if (box := answer.bounding_box())]
    assert len(boxes) == 4
    assert max(box["y"] + box["height"] for box in boxes) <= 800
    seen.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, built: Path) -> None:
    seen = Watched(browser)
    seen.page.goto((built / "index.html").as_uri())
    seen.page.keyboard.press("Tab")
    assert seen.page.locator(":focus").get_attribute("href") == "#content"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "content"
    seen.close()


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(part) / 255) for part in re.findall(r"\d+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
