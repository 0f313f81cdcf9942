from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report import contact_links
from crmtool.report.contact_links import BrokenLink, broken_links, follower
from crmtool.report.site import contact_pages
from tests.conftest import JANA

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

UWE = "hansa & söhne/uwe #1 100%"


def page_of(lay: Lay, body: str) -> str:
    laid = lay({"nordlicht/jana": JANA + body, UWE: JANA})
    return next(page.html() for page in contact_pages(laid) if page.name == "contacts/nordlicht/jana")


@pytest.mark.parametrize(
    "href",
    [
        "../hansa%20&%20s%C3%B6hne/uwe%20%231%20100%25.md",
        "<../hansa & söhne/uwe %231 100%25.md>",
        "../hansa%20&%20so%CC%88hne/uwe%20%231%20100%25.md#notizen",
        "../../contacts/nordlicht/../hansa%20&%20s%C3%B6hne/uwe%20%231%20100%25.md",
    ],
)
def test_a_link_to_a_contacts_file_leads_to_its_page(lay: Lay, href: str) -> None:
    html = page_of(lay, f"[Uwe]({href})")
    assert '<a href="../../contacts/hansa%20%26%20s%C3%B6hne/uwe%20%231%20100%25.html" rel="noreferrer">Uwe</a>' in html


@pytest.mark.parametrize(
    "href", ["../../README.md", "../../../../etc/passwd", "../README.md", "angebot.pdf", "/x.md", "#a"]
)
def test_a_link_to_anything_else_is_no_link_and_no_broken_one(lay: Lay, href: str) -> None:
    laid = lay({"nordlicht/jana": JANA + f"[x]({href})"})
    assert follower(laid, laid.assessments[0].contact)(href) is None
    assert list(broken_links(laid, ())) == []
    assert '<span class="nowhere">x</span>' in page_of(lay, f"[x]({href})")


def test_a_link_to_a_contact_that_does_not_exist_is_broken(lay: Lay) -> None:
    laid = lay({"nordlicht/jana": JANA + "Siehe\n[Uwe](../uwe.md)", "nordlicht/ben": JANA + "[Jana](jana.md)"})
    existing = ["contacts/nordlicht/jana.md", "contacts/nordlicht/ben.md"]
    broken = BrokenLink(path="contacts/nordlicht/jana.md", line=3, target="contacts/uwe.md")
    assert list(broken_links(laid, existing)) == [broken]
    # a file that cannot be judged exists all the same
    assert list(broken_links(laid, [*existing, "contacts/uwe.md"])) == []


@pytest.mark.parametrize(
    "notes",
    [
        "[x](gone.md)",
        "[x](<ben.md gone.md>)",
        "[x](gone.md 'ben.md')",
        "[x][1]\n\n[1]: gone.md",
        "[x](./gone.md#ben.md)",
        "[x](g\\one.md)",
        "[x](gone&#46;md)[y](ben.md)",
        "[x](gone%2Emd)[y](ben.md)",
    ],
)
def test_however_a_link_is_written_it_is_found_where_it_leads_nowhere(lay: Lay, notes: str) -> None:
    laid = lay({"jana": JANA + notes, "ben": JANA})
    assert len(list(broken_links(laid, ["contacts/jana.md", "contacts/ben.md"]))) == 1


def test_notes_whose_links_all_lead_somewhere_are_not_read_for_them(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    laid = lay({"jana": JANA + "See [Ben](ben.md), ben.md and [x](https://x.example/a)", "ben": JANA})
    monkeypatch.setattr(contact_links, "relative_links", lambda _: pytest.fail("read"))
    assert list(broken_links(laid, ["contacts/jana.md", "contacts/ben.md"])) == []


def test_a_long_word_is_no_trouble(lay: Lay) -> None:
    laid = lay({"jana": JANA + "a.md" * 100_000})
    assert list(broken_links(laid, ["contacts/jana.md"])) == []
