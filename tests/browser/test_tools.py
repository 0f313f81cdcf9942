"""What a little script adds to the pages: search, sorting, narrowing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watched import Watched

pytestmark = pytest.mark.browser

FIRST = "Hallertech"
JANA = "contacts/nordlicht/jana-koehler.html"


@pytest.fixture
def seen(browser: Browser, built: Path) -> Iterator[Watched]:
    watched = Watched(browser)
    yield watched
    assert watched.troubles == []
    assert watched.asked_outside(built) == set()
    watched.close()


def open_page(seen: Watched, built: Path, name: str) -> Page:
    seen.page.goto((built / name).as_uri())
    return seen.page


@pytest.mark.parametrize("query", ["köhler", "koehler", "KOHLER", "nordl jana", "leiterin disposition"])
def test_a_contact_is_found_from_any_page_however_it_is_spelled(seen: Watched, built: Path, query: str) -> None:
    page = open_page(seen, built, JANA)
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.get_by_role("option").first).to_contain_text("Jana Köhler")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Jana Köhler")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Jana Köhler")


def test_the_search_tells_when_nothing_fits_and_closes_again(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "index.html")
    box = page.get_by_role("combobox")
    box.fill("zzz")
    expect(page.locator(".search-told")).not_to_be_empty()
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("Escape")
    expect(page.locator(".search-found")).to_be_hidden()
    expect(box).to_have_value("")


@pytest.mark.parametrize("query", ["gmbh", "leiter"])
def test_more_than_fit_lead_to_the_list_with_the_same_words(seen: Watched, built: Path, query: str) -> None:
    page = open_page(seen, built, "index.html")
    page.get_by_role("combobox").fill(query)
    expect(page.get_by_role("option")).to_have_count(8)
    link = page.locator(".search-told a")
    found = re.search(r"\d+", link.inner_text())
    link.click()
    expect(page.locator(".filter input")).to_have_value(query)
    rows = page.locator("#contacts tbody tr:visible").count()
    assert found is not None
    assert int(found[0]) == rows < page.locator("#contacts tbody tr").count()


def test_what_all_addresses_have_in_common_finds_nobody(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "index.html")
    for query in ("contacts/", ".html", "%C3"):
        page.get_by_role("combobox").fill(query)
        expect(page.locator(".search-told")).not_to_be_empty()
        assert page.get_by_role("option").count() == 0


def test_only_the_main_button_opens_what_was_found(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "index.html")
    page.get_by_role("combobox").fill("köhler")
    page.evaluate("() => { navigation.onnavigate = event => { window.left = event.destination.url } }")
    page.get_by_role("option").first.click(button="right")
    assert page.evaluate("() => new Promise(done => setTimeout(() => done(window.left)))") is None
    assert page.url.endswith("index.html")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text("Jana Köhler")


def test_after_escape_the_keys_open_nothing(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "index.html")
    page.get_by_role("combobox").fill("köhler")
    expect(page.get_by_role("option").first).to_be_visible()
    for key in ("Escape", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.get_by_role("option").count() == 0
    assert page.url.endswith("index.html")


def test_the_way_to_the_content_leaves_the_list_as_it_is(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "contacts.html")
    page.locator("select[name=status]").select_option("ready")
    rows = page.locator("#contacts tbody tr:visible").count()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    expect(page.locator("select[name=status]")).to_have_value("ready")
    assert page.locator("#contacts tbody tr:visible").count() == rows


def test_a_click_on_a_head_sorts_up_then_down_then_back(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "contacts.html")
    names = page.locator("#contacts tbody th")
    head = page.locator("#contacts thead th").nth(1)
    expect(names.first).to_contain_text(FIRST)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    expect(names.first).to_contain_text("Aarezug")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    expect(names.first).to_contain_text("Wolds")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    expect(names.first).to_contain_text(FIRST)


@pytest.mark.parametrize("direction", [1, 2])
def test_amounts_sort_as_numbers_and_what_is_empty_goes_last(seen: Watched, built: Path, direction: int) -> None:
    page = open_page(seen, built, "contacts.html")
    for _ in range(direction):
        page.locator("#contacts thead th").nth(6).get_by_role("button").click()
    values = page.locator("#contacts tbody td:nth-child(7)").evaluate_all("all => all.map(one => one.dataset.sort)")
    amounts = [float(value) for value in values if value]
    assert amounts == sorted(amounts, reverse=direction == 2)
    assert values[: len(amounts)] == [value for value in values if value]
    assert "" in values


def test_the_list_is_narrowed_and_the_address_keeps_how(seen: Watched, built: Path) -> None:
    page = open_page(seen, built, "contacts.html")
    page.locator("select[name=status]").select_option("ready")
    page.locator("select[name=owner]").select_option("mira")
    rows = page.locator("#contacts tbody tr:visible")
    assert rows.count() == page.locator("#contacts tr[data-status=ready][data-owner=mira]").count() > 0
    expect(page.get_by_role("status").last).to_contain_text(str(rows.count()))
    page.reload()
    expect(page.locator("select[name=status]")).to_have_value("ready")
    assert rows.count() == page.locator("#contacts tr[data-status=ready][data-owner=mira]").count()


def test_without_script_no_tool_shows_that_would_not_work(browser: Browser, built: Path) -> None:
    seen = Watched(browser, java_script_enabled=False)
    page = open_page(seen, built, "contacts.html")
    for tool in (".search", ".filter", "[data-switch-theme]"):
        expect(page.locator(tool)).to_be_hidden()
    assert page.locator("#contacts tbody tr:visible").count() == page.locator("#contacts tbody tr").count()
    seen.close()
