"""A list of contacts with several pages: as pages without a script, as one list with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crmtool.report.list_line import PAGE
from tests.browser.test_accessibility import violations
from tests.browser.watched import Watched
from tests.conftest import ROOT, RULEBOOK, TODAY, crmtool
from tests.unit.report.crowd import crowd

pytestmark = pytest.mark.browser

SIZE = PAGE + 120
SHOWN = 200
ROWS = "#contacts tbody tr"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of some hundred contacts."""
    root = tmp_path_factory.mktemp("lang")
    shutil.copytree(ROOT / "site", root / "site", ignore=shutil.ignore_patterns("public"))
    (root / "criteria.yaml").write_text(RULEBOOK, "utf-8")
    (root / "contacts").mkdir()
    for id, text in crowd(SIZE).items():
        (root / "contacts" / f"{id}.md").write_text(text, "utf-8")
    run = crmtool("--today", TODAY, "site", "build", cwd=root)
    assert run.status == 0, run.err
    return root / "site" / "public"


@pytest.fixture
def seen(browser: Browser, long: Path) -> Iterator[Watched]:
    watched = Watched(browser)
    yield watched
    assert watched.troubles == []
    assert watched.asked_outside(long) == set()
    watched.close()


def open_page(seen: Watched, long: Path, name: str = "contacts.html") -> Page:
    seen.page.goto((long / name).as_uri())
    return seen.page


def number(text: str) -> int:
    """The first number of a text."""
    found = re.search(r"\d[\d.]*", text)
    assert found is not None
    return int(found[0].replace(".", ""))


def test_without_a_script_links_lead_to_every_contact(browser: Browser, long: Path) -> None:
    seen = Watched(browser, java_script_enabled=False)
    page = open_page(seen, long)
    found = page.locator(f"{ROWS} th a").all_inner_texts()
    assert len(found) == PAGE
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.locator(".show-more")).to_be_hidden()
    page.get_by_role("link", name="Seite 2").click()
    expect(page.locator("[aria-current=page]").last).to_have_text("Seite 2")
    expect(page.locator(".bar-nav [aria-current]")).to_contain_text("Kontakte")
    found += page.locator(f"{ROWS} th a").all_inner_texts()
    assert len(found) == len(set(found)) == SIZE
    seen.close()


def test_until_something_is_chosen_the_page_stays_as_it_came(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    expect(page.locator(".filter")).to_be_visible()
    assert page.locator(ROWS).count() == PAGE
    assert not any(address.endswith("contacts.js") for address in seen.asked)


def test_words_find_contacts_on_all_pages(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    name = page.locator(ROWS).last.locator(".name").inner_text()
    page = open_page(seen, long, "contacts-2.html")
    page.locator(".filter input").fill(name)
    expect(page.locator(".filter-told")).to_have_text(f"1 von {SIZE} Kontakten")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(".pages")).to_be_hidden()
    page.locator(f"{ROWS} a").click()
    expect(page.locator("h1")).to_have_text(name)


def test_a_row_of_the_one_list_is_that_of_the_page(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    texts = page.locator(ROWS).all_inner_texts()
    shapes = page.locator(ROWS).evaluate_all(
        "rows => rows.map(row => [row.cells[0].innerHTML, row.cells[1].innerHTML])"
    )
    sort = page.locator("#contacts thead th").first.get_by_role("button")
    sort.click()
    expect(page.locator(".filter-told")).to_have_text(f"{SIZE} von {SIZE} Kontakten")
    assert page.locator(ROWS).all_inner_texts() == texts[:SHOWN]
    told = page.locator(ROWS).evaluate_all("rows => rows.map(row => [row.cells[0].innerHTML, row.cells[1].innerHTML])")
    assert told == shapes[:SHOWN]


def test_sorting_sorts_all_and_a_third_click_gives_the_page_back(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    before = page.locator(ROWS).all_inner_texts()
    head = page.locator("#contacts thead th").nth(3)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    expect(page.locator(ROWS)).to_have_count(SHOWN)
    days = page.locator(f"{ROWS} time").evaluate_all("times => times.map(time => time.dateTime)")
    assert days == sorted(days)
    head.get_by_role("button").click()
    latest = page.locator(f"{ROWS} time").first.get_attribute("datetime")
    assert latest == "2026-11-22"
    head.get_by_role("button").click()
    assert page.locator(ROWS).all_inner_texts() == before
    expect(page.locator(".pages")).to_be_visible()
    expect(page.locator(".filter-told")).to_be_empty()


def test_more_rows_come_by_the_keyboard_until_all_are_shown(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    page.locator("#contacts thead th").nth(1).get_by_role("button").press("Enter")
    more = page.locator(".show-more button")
    expect(more).to_have_text(f"{SHOWN} weitere zeigen")
    more.press("Enter")
    expect(page.locator(ROWS)).to_have_count(2 * SHOWN)
    expect(more).to_be_focused()
    more.press("Enter")
    expect(more).to_have_text(f"{SIZE - 3 * SHOWN} weitere zeigen")
    more.press("Enter")
    expect(page.locator(ROWS)).to_have_count(SIZE)
    expect(more).to_be_hidden()
    expect(page.locator(f"{ROWS} a").nth(3 * SHOWN)).to_be_focused()


@pytest.mark.parametrize("report", ["index", "pipeline", "decisions", "blocked", "missing", "stop"])
def test_what_a_report_does_not_show_its_link_does(seen: Watched, long: Path, report: str) -> None:
    page = open_page(seen, long, f"{report}.html")
    links = [link.get_attribute("href") for link in page.locator("a[href*='.html#']:visible").all()]
    assert links
    for address in links[:2]:
        page = open_page(seen, long, f"{report}.html")
        link = page.locator(f"a[href='{address}']")
        hidden = number(link.inner_text())
        link.click()
        expect(page.locator(".filter-told")).to_contain_text(f"von {SIZE} Kontakten")
        assert hidden < number(page.locator(".filter-told").inner_text()) < SIZE


def test_the_address_keeps_what_is_chosen(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    page.locator("select[name=list]").select_option("still")
    expect(page.locator(".filter-told")).not_to_be_empty()
    shown = page.locator(".filter-told").inner_text()
    page.reload()
    expect(page.locator("select[name=list]")).to_have_value("still")
    expect(page.locator(".filter-told")).to_have_text(shown)
    page.locator("select[name=list]").select_option("")
    expect(page.locator(ROWS)).to_have_count(PAGE)


def test_the_search_and_the_list_share_what_they_read(seen: Watched, long: Path) -> None:
    page = open_page(seen, long)
    page.locator(".filter input").fill("person 7")
    page.locator(".search-box").fill("person 70")
    expect(page.get_by_role("option").first).to_contain_text("Person 70")
    expect(page.locator(".filter-told")).to_contain_text(f"von {SIZE}")


def test_what_could_not_be_loaded_is_loaded_when_it_is_asked_for_again(browser: Browser, long: Path) -> None:
    seen = Watched(browser)
    page = open_page(seen, long)
    script, aside = long / "js" / "contacts.js", long / "js" / "aside.js"
    script.rename(aside)
    try:
        with page.expect_event("requestfailed"):
            page.locator(".filter input").fill("person 7")
        assert page.locator(ROWS).count() == PAGE
        expect(page.locator(".filter-told")).to_be_empty()
        with page.expect_event("requestfailed"):
            page.locator(".search-box").fill("person 70")
        expect(page.locator("[role=listbox] [role=option]")).to_have_count(0)
    finally:
        aside.rename(script)
    page.locator(".search-box").fill("person 700")
    page.locator(".search-box").fill("person 70")
    expect(page.get_by_role("option").first).to_contain_text("Person 70")
    page.locator(".filter input").fill("person 70")
    expect(page.locator(".filter-told")).to_contain_text(f"von {SIZE}")
    assert all("contacts.js" in trouble or "ERR_FILE_NOT_FOUND" in trouble for trouble in seen.troubles)
    seen.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_long_list_has_no_barrier_and_fits(browser: Browser, long: Path, width: int, scheme: str) -> None:
    seen = Watched(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = open_page(seen, long, "contacts-2.html")
    assert violations(seen) == []
    page.locator("select[name=status]").select_option("new")
    expect(page.locator(".filter-told")).not_to_be_empty()
    assert violations(seen) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for report in ("index", "decisions", "blocked"):
        assert open_page(seen, long, f"{report}.html").evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.close()
