"""The words of `crmtool why` are those of the reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmtool.report.answers import why_lines
from crmtool.report.edition import edition
from crmtool.report.language import Language
from crmtool.report.texts import en
from crmtool.situation import State
from tests.building import contact, met, no, rulebook

STATES = {
    "yes": met("2026-01-02"),
    "no": no("2026-01-02"),
    "gone": met("2025-01-02"),
    "word": met("2026-01-02", attested_by="us"),
}


def test_a_criterions_state_is_told_in_the_words_of_the_reports() -> None:
    book = rulebook(
        {"yes": {}, "no": {}, "gone": {"valid_for": "7d"}, "word": {"attested_by": "counterparty"}, "void": {}},
        transitions={
            "enter": {"to": "new"},
            "on": {"from": "new", "to": "later", "requires": ["no", "gone", "word", "void", {"not": "yes"}]},
            "end": {"from": "*", "to": "ended"},
        },
    )
    judged = edition([contact(("2026-01-01", "new"), criteria=STATES)], book, date(2026, 1, 3))
    lines = why_lines(replace(judged, language=Language("en")), judged.assessments[0])
    told = [text.split("[")[1].split("]")[0] for _, text in lines if "[" in text]
    states = (State.NOT_MET, State.EXPIRED, State.UNATTESTED, State.OPEN, State.MET)
    assert told == [en.TEXTS[f"state.{state.value}"] for state in states]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, ["Settle: bad? (BAD; a proposal, no step is set)"]),
        ({"bad": met("2026-01-02")}, ["Decide whether to stop."]),
        ({"bad": no("2026-01-02")}, ["Take the decision."]),
        (
            {"bad": no("2026-01-02"), "worse": met("2026-01-02")},
            ["Decide whether to stop.", "If it goes on, settle: good? (GOOD; a proposal, no step is set)"],
        ),
    ],
)
def test_where_stopping_is_wiser_that_is_the_next_step(answers: dict[str, object], told: list[str]) -> None:
    requires = ["good", {"not_met": "bad"}] if "worse" in answers else [{"not_met": "bad"}]
    book = rulebook(
        {"good": {}, "bad": {"knockout": True}, "worse": {"knockout": True}},
        transitions={
            "enter": {"to": "new"},
            "on": {"from": "new", "to": "later", "requires": requires},
            "end": {"from": "*", "to": "ended"},
        },
    )
    judged = edition([contact(("2026-01-01", "new"), criteria=answers)], book, date(2026, 1, 3))
    lines = list(why_lines(replace(judged, language=Language("en")), judged.assessments[0]))
    start = [lead for lead, _ in lines].index("Next step")
    assert [text for _, text in lines[start : start + len(told)]] == told
    assert lines[start + len(told)][0]
