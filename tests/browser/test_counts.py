"""The counts in the top bar: in the page on reports, by a script on contacts' pages, and the same to a reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_pages import JANA
from tests.browser.watched import Watched

pytestmark = pytest.mark.browser

# The entry of the page one is on is written bolder, and so is wider: neither of the two pages looked at has one.
READ = """() => Array.from(document.querySelectorAll(".bar-nav a"), (link) => [
  link.textContent, (link.querySelector(".count") || {}).title || "", Math.round(link.getBoundingClientRect().left)])"""


def test_a_contacts_page_has_the_same_bar_as_a_report(browser: Browser, built: Path) -> None:
    seen = Watched(browser)
    seen.page.goto((built / "rules.html").as_uri())
    bar = seen.page.evaluate(READ)
    assert sum(bool(title) for _, title, _ in bar) > 4
    seen.page.goto((built / JANA).as_uri())
    assert seen.page.evaluate(READ) == bar
    assert seen.troubles == []
    seen.close()


def test_without_script_a_contacts_page_has_no_counts(browser: Browser, built: Path) -> None:
    seen = Watched(browser, java_script_enabled=False)
    seen.page.goto((built / JANA).as_uri())
    assert seen.page.locator(".bar-nav a").count() > 8
    assert seen.page.locator(".count").count() == 0
    seen.close()
