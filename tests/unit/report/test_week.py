"""What the last seven days changed, by hand on small histories: the week is 17 to 23 November."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crmtool.assessment import Assessment
from crmtool.progress.change import clarified
from crmtool.report.week import Week, week

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

CAPTURED = '{date: 2026-11-01, to: new, because: "x"}'
QUALIFIED = '{date: 2026-11-10, to: clarifying, because: "x"}'


def contact(status: str, decisions: list[str], criteria: str = "", more: str = "") -> str:
    lines = "\n".join(f"  - {decision}" for decision in decisions)
    return f"---\nname: N\nstatus: {status}\ncriteria: {{{criteria}}}\ndecisions:\n{lines}\n{more}\n---\n"


def told(lay: Lay, text: str) -> Week:
    return week(lay({"a": text}))


def where(changed: Week) -> set[str]:
    groups: dict[str, tuple[Assessment, ...]] = {
        "closer": changed.closer,
        "further": changed.further,
        "yes": changed.yes,
        "no": changed.no,
    }
    return {name for name, group in groups.items() if group}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # decisions count before all else
        (contact("clarifying", [CAPTURED, '{date: 2026-11-18, to: clarifying, because: "x"}']), {"closer"}),
        (contact("new", [CAPTURED, QUALIFIED, '{date: 2026-11-18, to: new, because: "x"}']), {"further"}),
        (contact("parked", [CAPTURED, QUALIFIED, '{date: 2026-11-18, to: parked, because: "x"}']), {"further"}),
        (contact("agreed", [CAPTURED, '{date: 2026-11-23, to: agreed, because: "x"}']), {"closer", "yes"}),
        (contact("stopped", [CAPTURED, '{date: 2026-11-17, to: stopped, because: "x"}']), {"no"}),
        # the seventh day before belongs to the week before
        (contact("stopped", [CAPTURED, '{date: 2026-11-16, to: stopped, because: "x"}']), set()),
        # then distance, then clarity
        (contact("new", [CAPTURED], "fit: {met: 2026-11-18}"), {"closer"}),
        (contact("new", [CAPTURED], "fit: [{met: 2026-11-02}, {not_met: 2026-11-18}]"), {"further"}),
        (contact("new", [CAPTURED], "deadline: {met: 2026-11-18}"), {"closer"}),
        (contact("new", [CAPTURED], "deadline: {met: 2026-10-03}"), {"further"}),
        (contact("new", [CAPTURED], "fit: {met: 2026-11-02}"), set()),
        # what is new in the week has nowhere to have come from
        (contact("new", ['{date: 2026-11-20, to: new, because: "x"}'], "fit: {met: 2026-11-20}"), set()),
        # what was done before goes nowhere, though its answers expire
        (
            contact(
                "agreed", [CAPTURED, '{date: 2026-11-02, to: agreed, because: "x"}'], "deadline: {met: 2026-10-03}"
            ),
            set(),
        ),
    ],
)
def test_a_contact_went_somewhere(lay: Lay, text: str, expected: set[str]) -> None:
    assert where(told(lay, text)) == expected


def test_a_criterion_clarified_twice_counts_once(lay: Lay) -> None:
    text = contact("new", [CAPTURED], "fit: [{met: 2026-11-18}, {not_met: 2026-11-19}], pain: {met: 2026-11-16}")
    changed = told(lay, text)
    assert changed.clarified == 1
    assert clarified(lay({"a": text}).assessments[0].contact, date(2026, 11, 15), date(2026, 11, 16)) == 1


def test_a_week_without_change_is_empty(lay: Lay) -> None:
    assert told(lay, contact("new", [CAPTURED])).is_empty
