"""The page of progress: values, cases, definitions, and what too few cases are told as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report.progress.page import ProgressPage, progress_page
from crmtool.report.progress.rows import FigureRow
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

IN = '{date: 2026-09-01, to: new, because: "x", chance: 0.5}'


def contact(status: str, *decisions: str, more: str = "") -> str:
    lines = "\n".join(f"  - {decision}" for decision in decisions)
    return f"---\nname: N\nstatus: {status}\ndecisions:\n{lines}\n{more}\n---\n"


def stopped(on: str, reason: str) -> str:
    return contact("stopped", IN, f'{{date: {on}, to: stopped, because: "x", reason: {reason}}}')


def agreed(on: str) -> str:
    return contact("agreed", IN, f'{{date: {on}, to: agreed, because: "x"}}')


# Five decided, all from `new` (14 days to decide): three noes, on day 10, 14 and 15, and two yeses. One is open.
SIX = {
    "a": stopped("2026-09-11", "our_no"),
    "b": stopped("2026-09-15", "no_decision"),
    "c": stopped("2026-09-16", "no_decision"),
    "d": agreed("2026-09-11"),
    "e": agreed("2026-09-21"),
    "f": contact("new", IN),
}


def page_of(lay: Lay, contacts: dict[str, str] = SIX, rules: str = RULEBOOK) -> ProgressPage:
    return progress_page(lay(contacts, rules=rules))


def row(page: ProgressPage, name: str) -> FigureRow:
    return next(found for found in page.rows if found.name == name)


@pytest.mark.parametrize(
    ("name", "value", "cases"),
    [
        ("decided", "83\u00a0%", "5 von 6"),
        ("stopped", "60\u00a0%", "3 von 5"),
        ("early_stops", "zu wenige", "2 von 3"),  # on day 10 and 14, the last in time; not on day 15
        ("no_decision", "zu wenige", "2 von 3"),
        ("our_no", "zu wenige", "1 von 3"),
        ("reopened", "0\u00a0%", "0 von 5"),
        ("hold", "zu wenige", "0 von 0"),
        ("latency", "zu wenige", "0"),
        ("waiting", "zu wenige", "0 von 1"),  # by its deadline alone
    ],
)
def test_each_figure_has_its_value_its_cases_and_its_definition(lay: Lay, name: str, value: str, cases: str) -> None:
    found = row(page_of(lay), name)
    assert (found.value, found.cases, found.few) == (value, cases, value == "zu wenige")
    assert found.definition.endswith(".")
    assert ("365" in found.definition) == (name not in ("hold", "waiting"))


def test_a_reason_that_the_rule_book_lacks_is_told(lay: Lay) -> None:
    found = row(page_of(lay, rules=RULEBOOK.replace("our_no:", "other:")), "our_no")
    assert (found.value, found.few) == ("unbekannt", True)
    assert "our_no" in found.definition


def test_directions_are_counted_over_each_span(lay: Lay) -> None:
    # 90 days before is 25 August: nobody was there yet. Since they entered two were won and three ended.
    spans = page_of(lay).spans
    assert [(span.span, span.closer, span.ended, span.cases) for span in spans] == [
        ("7\u00a0Tage", "0", "0", "1"),
        ("30\u00a0Tage", "0", "0", "1"),
        ("90\u00a0Tage", "2", "3", "6"),
    ]


def test_each_open_contact_has_its_course(lay: Lay) -> None:
    # Jana: 8 of 13 weights clear. 30 days before (24 October) nothing was answered, and two conditions were missing
    # for `clarifying`; now three for `ready`. 90 days before she did not exist.
    (course,) = page_of(lay, {"jana": JANA}).courses
    assert (course.distance.text, course.clarity.text) == ("3", "62\u00a0%")
    assert [cell.text for cell in course.distance_changes] == ["±0", "+1", ""]
    assert [cell.text for cell in course.clarity_changes] == ["±0", "+62", ""]


def test_win_rates_have_an_interval_where_the_cases_are_enough(lay: Lay) -> None:
    rates = {rate.status: rate for rate in page_of(lay).win_rows}
    # Wilson, 2 of 5: (0.4 + 0.384146 ± 1.959964 √(0.048 + 0.038415)) / 1.768292 = 0.4435 ± 0.3258
    assert (rates["Ungeklärt"].value, rates["Ungeklärt"].interval) == ("40\u00a0%", "12\u00a0% bis 77\u00a0%")
    assert (rates["In Klärung"].value, rates["In Klärung"].interval) == ("zu wenige", "")


def test_the_brier_score_stands_beside_that_of_the_share_won(lay: Lay) -> None:
    # Five forecasts of 0.5: each (0.5 − outcome)² is 0.25. Always saying 0.4: (2 × 0.36 + 3 × 0.16) / 5 = 0.24.
    assert page_of(lay).brier.startswith("Brier-Wert 0,25 (n\u00a0=\u00a05)")
    assert "erreicht 0,24" in page_of(lay).brier
    assert "nicht mehr" in page_of(lay).brier
    assert "zu wenige" in page_of(lay, {"jana": JANA}).brier


def test_without_contacts_the_page_says_so(lay: Lay) -> None:
    assert page_of(lay, {}).empty
