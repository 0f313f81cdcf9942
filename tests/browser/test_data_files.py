"""What the site has for other programs can be had from it; and what it says of erasure has no barrier."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from crmtool.report.links import CALENDAR, DATA
from tests.browser.test_accessibility import violations
from tests.browser.watched import Watched
from tests.conftest import ROOT, crmtool
from tests.serving import serving

pytestmark = pytest.mark.browser

LATER = "2028-08-01"
"""A day on which five contacts of the example are due for erasure."""
DUE = "contacts/kornblume-sanitaetshaus/ines-rabe.html"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace's site as of that day."""
    root = tmp_path_factory.mktemp("later")
    for name in ("contacts", "schemas", "site"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("public"))
    shutil.copy(ROOT / "criteria.yaml", root)
    run = crmtool("--today", LATER, "site", "build", cwd=root)
    assert run.status == 0, run.err
    return root / "site" / "public"


def test_a_click_gives_each_file(browser: Browser, later: Path) -> None:
    seen = Watched(browser)
    with serving(later.parents[1]) as served:
        for page, name in (("contacts.html", DATA), ("decisions.html", CALENDAR)):
            seen.page.goto(served.url(f"/{page}"))
            with seen.page.expect_download() as download:
                seen.page.locator("a[download]").click()
            assert download.value.suggested_filename == name
            data = Path(download.value.path()).read_text("utf-8")
            assert data.startswith({DATA: "{", CALENDAR: "BEGIN:VCALENDAR"}[name])
    seen.close()


def test_from_the_disk_the_links_lead_to_the_files(browser: Browser, later: Path) -> None:
    seen = Watched(browser, java_script_enabled=False)
    for page, name in (("contacts.html", DATA), ("decisions.html", CALENDAR)):
        seen.page.goto((later / page).as_uri())
        (href,) = seen.page.locator("a[download]").evaluate_all("links => links.map(link => link.href)")
        assert href == (later / name).as_uri()
    assert len(json.loads((later / DATA).read_text("utf-8"))["contacts"]) == 46
    assert seen.troubles == []
    seen.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_what_is_due_for_erasure_is_told_without_a_barrier(
    browser: Browser, later: Path, width: int, scheme: str
) -> None:
    seen = Watched(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name in ("index.html", DUE):
        seen.page.goto((later / name).as_uri())
        assert violations(seen) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert "crmtool erase kornblume-sanitaetshaus/ines-rabe" in seen.page.locator("aside.notice").inner_text()
    seen.page.goto((later / "index.html").as_uri())
    rows = seen.page.locator("section[aria-labelledby=erasure] li")
    assert rows.count() == 5
    rows.first.locator("a").click()
    assert seen.page.url == (later / DUE).as_uri()
    seen.close()
