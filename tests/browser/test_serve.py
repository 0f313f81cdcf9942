"""A page of the server in a browser: it follows the files by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watched import Watched
from tests.conftest import JANA, write_files
from tests.serving import Served, save, serving, wait_for
from tests.site.conftest import CONFIGURATION, FILES

pytestmark = pytest.mark.browser

JANA_FILE = "contacts/nordlicht/jana-koehler.md"
JANA_PAGE = "/contacts/nordlicht/jana-koehler.html"
NEW = JANA.replace("Jana Köhler", "Jana Neumann")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "workspace", FILES)


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    with serving(root) as started:
        yield started


def test_an_open_page_follows_the_files(browser: Browser, root: Path, served: Served) -> None:
    seen = Watched(browser, viewport={"width": 800, "height": 300})
    page = seen.page
    page.goto(served.url(JANA_PAGE))
    expect(page.locator("h1")).to_contain_text("Jana Köhler")
    page.evaluate("window.scrollTo(0, 200)")
    save(root, {JANA_FILE: NEW})
    expect(page.locator("h1")).to_contain_text("Jana Neumann")
    wait_for(lambda: page.evaluate("window.scrollY") == 200)

    save(root, {JANA_FILE: NEW.replace("status: clarifying", "status: [")})
    alert = page.get_by_role("alert").filter(has_text=JANA_FILE)
    expect(alert).to_contain_text(f"{JANA_FILE}:")
    expect(page.locator("h1")).to_contain_text("Jana Neumann")
    save(root, {JANA_FILE: JANA})
    expect(page.locator("h1")).to_contain_text("Jana Köhler")
    expect(alert).to_have_count(0)

    assert {address for address in seen.asked if not address.startswith((served.url(), "data:"))} == set()
    # Loading a page anew ends its stream.
    assert [trouble for trouble in seen.troubles if not trouble.endswith("/-crmtool/events")] == []
    seen.close()


def test_a_page_that_was_cut_off_catches_up_with_the_next_server(browser: Browser, root: Path) -> None:
    seen = Watched(browser)
    with serving(root) as served:
        seen.page.goto(served.url(JANA_PAGE))
        expect(seen.page.locator("h1")).to_contain_text("Jana Köhler")
        served.stop()
    write_files(root, {JANA_FILE: NEW})
    with serving(root, served.port):
        expect(seen.page.locator("h1")).to_contain_text("Jana Neumann")
    seen.close()


def test_without_javascript_the_banner_shows_when_one_reloads(browser: Browser, root: Path, served: Served) -> None:
    seen = Watched(browser, java_script_enabled=False)
    seen.page.goto(served.url(JANA_PAGE))
    save(root, {JANA_FILE: NEW.replace("status: clarifying", "status: [")})
    served.wait(lambda: JANA_FILE in served.found)
    seen.page.reload()
    expect(seen.page.get_by_role("alert")).to_contain_text(f"{JANA_FILE}:")
    expect(seen.page.locator("h1")).to_contain_text("Jana Köhler")
    save(root, {JANA_FILE: NEW})
    served.wait(lambda: "Mended" in served.told)
    seen.page.reload()
    expect(seen.page.get_by_role("alert").filter(has_text=JANA_FILE)).to_have_count(0)
    assert seen.troubles == []
    seen.close()


def test_a_page_of_another_theme_follows_too(browser: Browser, root: Path) -> None:
    write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace("name: crmtool", "name: mkdocs")})
    with serving(root) as served:
        seen = Watched(browser)
        seen.page.goto(served.url("/runde.html"))
        save(root, {"site/pages/runde.md": "# Unsere Runde\n"})
        expect(seen.page.locator("h1")).to_contain_text("Unsere Runde")
        seen.close()
