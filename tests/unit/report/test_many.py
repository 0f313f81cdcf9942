"""Reports of more contacts than a list shows: nothing vanishes, every list says where the rest is, counts add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from crmtool.report.blocked import blocked
from crmtool.report.contact_list import Row, contact_list
from crmtool.report.decision_log import TAKEN
from crmtool.report.decisions import decisions
from crmtool.report.edition import Edition
from crmtool.report.focus import focus
from crmtool.report.links import Links
from crmtool.report.list_line import PAGE, page_count
from crmtool.report.missing import missing
from crmtool.report.narrowing import SHOWN, More
from crmtool.report.pipeline import pipeline
from crmtool.report.progress.page import progress_page
from crmtool.report.search import search_script
from crmtool.report.site import reports
from crmtool.report.stop import stop
from tests.unit.report.conftest import lay_out
from tests.unit.report.crowd import crowd, told_by

SIZE = 2 * PAGE + 7
LINK = re.compile(r'href="([^"#]*)#([^"]*=[^"]*)"')
HREF = re.compile(r'<th scope="row"><a class="who" href="([^"]*)"')


@pytest.fixture(scope="module")
def many() -> Edition:
    return lay_out(crowd(SIZE))


@pytest.fixture(scope="module")
def rows(many: Edition) -> list[Row]:
    return [row for number in range(1, page_count(many) + 1) for row in contact_list(many, number).rows]


def chosen(rows: list[Row], more: More | None) -> int:
    """Count the rows that the list of contacts shows behind a link."""
    assert more is not None
    ((name, value),) = parse_qsl(more.href.partition("#")[2])
    return sum(value in _narrowed_by(row)[name] for row in rows)


def _narrowed_by(row: Row) -> dict[str, list[str]]:
    return {"verdict": [row.line.mark.name], "status": [row.line.status_id], "list": row.lists.split()}


def told(more: More | None) -> int:
    """Tell how many a link says are not shown."""
    assert more is not None
    return int(re.sub(r"\D", "", more.text))


def test_every_contact_is_on_one_of_the_pages_in_the_order_of_attention(many: Edition, rows: list[Row]) -> None:
    assert page_count(many) == 3
    assert [row.href for row in rows] == [f"contacts/{a.contact.id}.html" for a in many.assessments]
    assert [len(contact_list(many, number).rows) for number in (1, 2, 3)] == [PAGE, PAGE, 7]
    assert "1.001 bis 1.007" in contact_list(many, 3).count


def test_each_page_of_the_list_leads_to_all_others(many: Edition) -> None:
    names = {f"{page.name}.html" for page in reports(many) if page.name.startswith("contacts")}
    assert names == {"contacts.html", "contacts-2.html", "contacts-3.html"}
    for number in (1, 2, 3):
        pages = contact_list(many, number).pages
        assert {page.href for page in pages if page.href} == names - {_name(number)}
        assert [page.number for page in pages if not page.href] == [str(number)]


def _name(number: int) -> str:
    return "contacts.html" if number == 1 else f"contacts-{number}.html"


def test_further_pages_belong_to_the_list(many: Edition) -> None:
    assert {page.name: page.part_of for page in reports(many) if page.part_of} == {
        "contacts-2": "contacts",
        "contacts-3": "contacts",
    }


def test_pages_of_the_list_link_well_where_each_has_a_folder() -> None:
    folders = lay_out(crowd(PAGE + 1), links=Links(directory_urls=True))
    page = contact_list(folders, 2)
    assert [one.href for one in page.pages] == ["../contacts/", ""]
    assert page.rows[0].href.startswith("../contacts/c")
    assert page.whole is not None
    assert (page.whole.root, page.whole.script) == ("../", "../js/contacts.js")


def test_a_short_list_has_one_page_and_no_choice_of_lists() -> None:
    page = contact_list(lay_out(crowd(SHOWN)))
    assert (page.pages, page.whole) == ((), None)
    assert "list" not in {choice.name for choice in page.choices}


def test_focus_tells_of_all_and_links_to_all(many: Edition, rows: list[Row]) -> None:
    cut = [group for group in focus(many).groups if group.more]
    assert {group.mark.name for group in cut} >= {"stop", "decide", "plan"}
    for group in cut:
        assert group.number == len(group.rows) + told(group.more) == chosen(rows, group.more)
        assert len(group.rows) == SHOWN


def test_what_a_week_brought_links_to_all_that_it_counts(many: Edition, rows: list[Row]) -> None:
    cut = [change for change in focus(many).changes if change.more]
    assert cut
    for change in cut:
        assert int(change.number) == len(change.people) + told(change.more) == chosen(rows, change.more)


def test_sections_tell_of_all_and_link_to_all(many: Edition, rows: list[Row]) -> None:
    page = decisions(many)
    sections = [*page.now, *page.coming, *blocked(many).sections]
    cut = [section for section in sections if section.more]
    assert {section.name for section in cut} >= {"overdue", "held", "still"}
    for section in cut:
        assert section.number == len(section.lines) + told(section.more) == chosen(rows, section.more)
    totals = {total.name: total.number for total in (*page.totals, *blocked(many).totals)}
    assert all(totals[section.name] == section.number for section in sections)


def test_a_week_of_the_log_tells_of_all_its_decisions(many: Edition, rows: list[Row]) -> None:
    log = decisions(many).log
    cut = [week for week in log.weeks if week.more]
    assert cut
    for week in cut:
        total = int(week.summary.partition("\u00a0")[0])
        assert total == len(week.taken) + told(week.more)
        assert len(week.taken) == TAKEN
        # Two decisions of one week can be on one contact, which the list shows once.
        assert TAKEN < chosen(rows, week.more) <= total
    assert log.total == sum(int(week.summary.partition("\u00a0")[0]) for week in log.weeks if week.taken)


def test_stop_candidates_and_what_falls_due_link_to_all(many: Edition, rows: list[Row]) -> None:
    page = stop(many)
    assert page.totals[0].number == len(page.candidates) + told(page.more) == chosen(rows, page.more)


def test_the_matrix_and_the_courses_link_to_all_that_are_open(many: Edition, rows: list[Row]) -> None:
    matrix, progress = missing(many), progress_page(many)
    opened = sum(assessment.status.is_undecided for assessment in many.assessments)
    assert len(matrix.rows) + told(matrix.more) == opened == chosen(rows, matrix.more)
    assert len(progress.courses) + told(progress.more) == opened == chosen(rows, progress.more)


def test_columns_of_the_board_link_to_all(many: Edition, rows: list[Row]) -> None:
    for column in pipeline(many).columns:
        assert column.more is None or len(column.cards) + told(column.more) == chosen(rows, column.more)


def test_every_link_to_a_part_of_the_list_is_one_that_can_be_chosen(many: Edition) -> None:
    options = {choice.name: {value for value, _ in choice.options} for choice in contact_list(many).choices}
    links = [link for page in reports(many) for link in LINK.findall(page.html())]
    assert len(links) > 20
    for href, query in links:
        ((name, value),) = parse_qsl(query)
        assert href == "contacts.html"
        assert value in options[name]


def test_pages_stay_small(many: Edition) -> None:
    for page in reports(many):
        assert len(page.html()) < (1_000_000 if page.name.startswith("contacts") else 300_000), page.name


def test_the_script_tells_what_the_rows_say(many: Edition, rows: list[Row]) -> None:
    contacts = told_by(search_script(many))
    assert [{**one, "title": "", "lists": one.get("lists", "")} for one in contacts] == list(_said_by(rows))


def _said_by(rows: list[Row]) -> Iterator[dict[str, object]]:
    for row in rows:
        line = row.line
        same = ("organization", "name", "status", "status_id", "status_rank", "since_text", "left", "clarity")
        yield {
            **{name: getattr(line, name) for name in (*same, "clarity_share", "value", "value_number", "owner")},
            **{"title": "", "address": row.href, "words": row.words, "lists": row.lists},
            **{"sign": line.mark.sign, "verdict": line.mark.word, "mark": line.mark.name},
            "since": line.since.isoformat(),
        }


def test_the_pages_show_what_the_models_say(many: Edition, rows: list[Row]) -> None:
    pages = [page.html() for page in reports(many) if page.name.startswith("contacts")]
    assert [href for page in pages for href in HREF.findall(page)] == [row.href for row in rows]
