from __future__ import annotations

from typing import TYPE_CHECKING

from crmtool.report.age_bar import age_bar
from crmtool.report.contact_list import contact_list
from crmtool.report.edition import Edition
from crmtool.report.narrowing import More
from crmtool.report.pipeline import SHOWN, pipeline
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def entered(status: str, since: str, more: str = "") -> str:
    return f"---\nname: Ada\nstatus: {status}\ndecisions:\n  - {{date: {since}, to: {status}, because: x{more}}}\n---\n"


def test_the_columns_follow_the_rule_book_with_what_is_decided_last(lay: Lay) -> None:
    rules = RULEBOOK.replace("  parked:", "  lost: {label: Verloren, meaning: Vorbei, kind: ended}\n  parked:", 1)
    page = pipeline(lay({"a": JANA}, rules=rules))
    assert [column.label for column in page.columns] == [
        *("Ungeklärt", "In Klärung", "Entscheidungsreif", "Zurückgestellt", "Verloren", "Zusage", "Beendet")
    ]
    assert [column.narrow for column in page.columns] == [False] * 4 + [True] * 3


def test_a_column_tells_its_limit_and_median_age(lay: Lay) -> None:
    days = ("2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-10", "2026-11-09")
    column = pipeline(lay({f"c{i}": entered("clarifying", day) for i, day in enumerate(days)})).columns[1]
    assert (column.count, column.median, column.over) == ("6 von 12", "Median 3,5\u00a0Tage", "")


def test_of_a_few_no_median_is_told(lay: Lay) -> None:
    assert pipeline(lay({f"c{i}": entered("clarifying", "2026-11-20") for i in range(4)})).columns[1].median == ""


def test_a_column_over_its_limit_says_so(lay: Lay) -> None:
    rules = RULEBOOK.replace("limit: 12", "limit: 1")
    column = pipeline(lay({"a": JANA, "b": JANA}, rules=rules)).columns[1]
    assert (column.count, column.over) == ("2 von 1", "über der Grenze")


def test_a_card_tells_what_is_left_and_missing_first(jana: Edition) -> None:
    (card,) = pipeline(jana).columns[1].cards
    assert (card.mark.word, card.left, card.note) == ("Klären", "noch 3", "Entscheider bekannt")
    assert card.age is not None
    assert (card.age.spent, card.age.past, card.age.text) == (60, 0, "Tag 18, Frist 30\u00a0Tage")


def test_beyond_25_cards_the_rest_are_counted(lay: Lay) -> None:
    contacts = {f"c{i:02}": entered("new", "2026-11-20") for i in range(SHOWN + 2)}
    column = pipeline(lay(contacts)).columns[0]
    assert len(column.cards) == SHOWN
    assert column.more == More(text="und 2\u00a0weitere", href="contacts.html#status=new")


def test_what_was_decided_last_stands_first_among_the_decided(lay: Lay) -> None:
    contacts = {"a": entered("stopped", "2026-09-01", ", reason: no_fit"), "b": entered("stopped", "2026-11-01")}
    cards = pipeline(lay(contacts)).columns[-1].cards
    assert [(card.since, card.reason) for card in cards] == [("01.11.", ""), ("01.09.", "Passt nicht")]


def test_a_contact_on_hold_says_until_when(lay: Lay) -> None:
    text = entered("parked", "2026-11-01").replace("---\n", "---\nrevisit: 2026-12-01\n", 1)
    (card,) = pipeline(lay({"a": text})).columns[3].cards
    assert (card.left, card.note, card.age) == ("", "bis 01.12.", None)


def test_time_past_the_deadline_goes_on_and_ends_somewhere(lay: Lay) -> None:
    def bar(since: str) -> tuple[int, int]:
        laid = lay({"a": entered("new", since)})
        found = age_bar(laid, laid.assessments[0])
        assert found is not None
        return found.spent, found.past

    assert bar("2026-11-23") == (0, 0)
    assert bar("2026-11-09") == (100, 0)
    assert bar("2026-11-02") == (100, 50)
    assert bar("2026-01-01") == (100, 50)


def test_the_list_has_every_contact_in_the_order_of_attention(lay: Lay) -> None:
    page = contact_list(lay({"a": JANA, "b": entered("agreed", "2026-11-01"), "c": entered("new", "2026-11-01")}))
    assert [(row.line.mark.word, row.line.left, row.line.clarity, row.line.value) for row in page.rows] == [
        ("Entscheiden", "2", "0\u00a0%", ""),
        ("Klären", "3", "62\u00a0%", "42.000\u00a0€"),
        ("Abgeschlossen", "", "", ""),
    ]
    assert page.count == "3\u00a0Kontakte"


def test_an_empty_workspace_says_how_to_begin(lay: Lay) -> None:
    assert "contacts/NAME.md" in pipeline(lay({})).empty
    assert "contacts/NAME.md" in contact_list(lay({})).empty
