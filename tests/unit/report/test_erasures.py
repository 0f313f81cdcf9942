"""Whose data are due for erasure, as the site tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report.contact.page import ContactPage, contact_report
from crmtool.report.erasures import SHOWN
from crmtool.report.focus import focus
from crmtool.report.lists import lists
from crmtool.report.site import contact_html
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from crmtool.report.edition import Edition
    from tests.unit.report.conftest import Lay

ENGLISH = RULEBOOK.replace("language: de", "language: en")


def ended(on: str, more: str = "owner: mira\norganization: Hansa Metall") -> str:
    decisions = (
        f'  - {{date: 2024-01-10, to: new, because: "Messe"}}\n'
        f'  - {{date: {on}, to: stopped, reason: no_fit, because: "Zu klein"}}'
    )
    return f"---\nname: Uwe Richter\n{more}\nstatus: stopped\ndecisions:\n{decisions}\n---\n"


ERASED = ended("2024-02-01", "extra: {erased: true}")
DUE, COMING = ended("2024-11-20"), ended("2026-11-20")


def page(laid: Edition) -> ContactPage:
    return contact_report(laid, 0)


def test_the_first_page_ends_with_who_is_due(lay: Lay) -> None:
    section = focus(lay({"a b": DUE, "b": COMING, "erased/0a1b2c3d": ERASED, "c": JANA})).erasures
    assert section is not None
    assert section.title == "Zur Löschung fällig"
    assert section.question == (
        "24\u00a0Monate nach dem Ende sind persönliche Angaben zu löschen; crmtool retention sagt, wie."
    )
    (line,) = section.lines
    assert (line.who.href, line.who.organization, line.who.name) == (
        "contacts/a%20b.html",
        "Hansa Metall",
        "Uwe Richter",
    )
    assert (line.text, line.when.text, line.when.late) == ("zuständig: mira", "seit 20.11., 3\u00a0Tage", False)


def test_it_is_told_in_english_too_and_without_an_owner(lay: Lay) -> None:
    section = focus(lay({"a": ended("2024-11-23", "tags: []")}, rules=ENGLISH)).erasures
    assert section is not None
    assert (section.title, section.lines[0].text, section.lines[0].when.text) == (
        "Due for erasure",
        "without an owner",
        "since today",
    )


def test_where_nobody_is_due_the_page_says_nothing_of_it(lay: Lay) -> None:
    assert focus(lay({"a": COMING, "b": JANA})).erasures is None


def test_where_the_rule_book_does_not_say_nobody_is_due(lay: Lay) -> None:
    laid = lay({"a": DUE}, rules=RULEBOOK.partition("retention:")[0])
    assert focus(laid).erasures is None
    assert (page(laid).erasure, page(laid).facts[-1].label) == (None, "Zuständig")


def test_of_many_the_first_are_named_and_the_list_has_them_all(lay: Lay) -> None:
    laid = lay({f"{n:02}": DUE for n in range(SHOWN + 3)})
    section = focus(laid).erasures
    assert section is not None
    assert section.more is not None
    assert (len(section.lines), section.more.href) == (SHOWN, "contacts.html#list=erasure")
    (found,) = (each for each in lists(laid) if each.name == "erasure")
    assert (found.label, len(found.ids)) == ("Zur Löschung fällig", SHOWN + 3)


@pytest.mark.parametrize(
    ("text", "rules", "told"),
    [
        (DUE, RULEBOOK, "Löschung: fällig seit 20.11.2026"),
        (COMING, RULEBOOK, "Löschung: fällig ab 20.11.2028"),
        (ERASED, RULEBOOK, "Löschung: Die Angaben sind gelöscht; geblieben ist, was die Zahlen brauchen."),
        (DUE, ENGLISH, "Erasure: due since 20\u00a0Nov\u00a02026"),
        (COMING, ENGLISH, "Erasure: due from 20\u00a0Nov\u00a02028 on"),
        (ERASED, ENGLISH, "Erasure: The data are erased; what the figures need has stayed."),
    ],
)
def test_a_contacts_page_says_when_its_data_are_due(lay: Lay, text: str, rules: str, told: str) -> None:
    fact = page(lay({"a": text}, rules=rules)).facts[-1]
    assert f"{fact.label}: {fact.items[0].text}" == told


def test_one_that_is_due_says_so_first_and_what_to_type(lay: Lay) -> None:
    laid = lay({"hansa/uwe & co": DUE})
    notice = page(laid).erasure
    assert notice is not None
    assert notice.text == "Seit 20.11.2026 sind die Angaben zu diesem Kontakt zu löschen:"
    assert notice.command == "crmtool erase 'hansa/uwe & co'"
    assert "<code>crmtool erase &#39;hansa/uwe &amp; co&#39;</code>" in contact_html(laid, 0)


@pytest.mark.parametrize("text", [COMING, ERASED, JANA])
def test_others_say_nothing_first(lay: Lay, text: str) -> None:
    assert page(lay({"a": text})).erasure is None


def test_an_open_contact_has_no_word_of_it(lay: Lay) -> None:
    assert "Löschung" not in contact_html(lay({"a": JANA}), 0)
