"""What axe-core finds on the pages: nothing, wide and narrow, light and dark."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.watched import SEVERAL, Watched, pages

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_no_page_has_a_barrier(browser: Browser, built: Path, width: int, scheme: Any) -> None:
    seen = Watched(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found: dict[str, set[str]] = {}
    for file in pages(built, SEVERAL):
        seen.page.goto(file.as_uri())
        for violation in violations(seen):
            found.setdefault(violation, set()).add(file.name)
    assert found == {}
    seen.close()


def test_the_open_search_has_no_barrier(browser: Browser, built: Path) -> None:
    seen = Watched(browser)
    seen.page.goto((built / "index.html").as_uri())
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("gmbh")
    seen.page.get_by_role("option").first.wait_for()
    assert violations(seen) == []
    seen.close()


def violations(seen: Watched) -> list[str]:
    """Run axe-core on the page and tell each rule that is broken, with where."""
    seen.page.evaluate(AXE)
    result = seen.page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{violation['id']}: {violation['help']}: {', '.join(str(node['target']) for node in violation['nodes'][:3])}"
        for violation in result["violations"]
    ]
