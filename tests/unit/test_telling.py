from __future__ import annotations

from typing import Any

import pytest

from crmtool.telling import TEMPLATES, Words, tell
from tests.building import condition, contact, met, rulebook, situation

BOOK = rulebook({"fit": {"weight": 2}, "pain": {"weight": 1.5}, "budget": {}})
JANA = contact(
    ("2026-01-01", "new"),
    criteria={"fit": met("2026-01-01"), "pain": met("2026-02-02")},
    revisit="2026-06-01",
)

TOLD: list[tuple[Any, str]] = [
    ("fit", "fit"),
    ({"not_met": "fit"}, "a no to fit"),
    ({"open": "fit"}, "no valid answer to fit"),
    ({"not": "fit"}, "not: fit"),
    ({"not": {"any": ["fit", "pain"]}}, "not: one of: fit, pain"),
    ({"any": ["fit", {"open": "pain"}]}, "one of: fit, no valid answer to pain"),
    ({"all": ["fit", "pain"]}, "all of: fit, pain"),
    ({"at_least": 2, "of": ["fit", "pain", "budget"]}, "2 of: fit, pain, budget"),
    ({"score": 9}, "score 9 or more, now 3.5"),
    ({"score": 1234567.5}, "score 1234567.5 or more, now 3.5"),
    ({"score": 3, "of": ["fit", "budget"]}, "score 3 or more of fit, budget, now 2"),
    ({"lost": ["fit", "pain"]}, "a criterion that held on 2026-02-01 and no longer does: fit, pain"),
    ({"clarified": 2}, "answers dated after 2026-02-01: 2 or more, now 1"),
    ({"has": "extra.region"}, "'extra.region' filled in"),
    ({"passed": "revisit"}, "the date 'revisit' reached, now 2026-06-01"),
    ({"passed": "extra.x"}, "the date 'extra.x' reached; it is not set"),
    ({"older_than": "1m"}, "1m in this status, that is from 2026-03-01 on"),
]


@pytest.mark.parametrize(("written", "told"), TOLD, ids=[told for _, told in TOLD])
def test_every_form_is_told_with_what_it_stands_at(written: Any, told: str) -> None:
    assert tell(situation(JANA, BOOK, "2026-03-01", "2026-02-01"), condition(written)) == told


@pytest.mark.parametrize("written", [{"lost": ["fit"]}, {"clarified": 2}, {"older_than": "1m"}], ids=str)
def test_nothing_is_told_of_a_day_of_entry_that_there_is_not(written: Any) -> None:
    told = tell(situation(JANA, BOOK, "2026-03-01"), condition(written))
    assert "None" not in told
    assert "20" not in told


def test_words_of_another_language_and_of_people() -> None:
    words = Words(
        templates={key: f"<{key}>" for key in TEMPLATES}
        | {"any": "eines von: {parts}", "not_met": "Nein zu {criterion}"},
        criterion=str.upper,
    )
    here = situation(JANA, BOOK, "2026-03-01", "2026-02-01")
    assert tell(here, condition({"any": ["fit", {"not_met": "pain"}, {"score": 2}]}), words) == (
        "eines von: FIT, Nein zu PAIN, <score>"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("fit", "fit"),
        ({"any": ["fit", {"score": 9}]}, "one of: fit, score 9 or more"),
        ({"score": 3, "of": ["fit", "pain"]}, "score 3 or more of fit, pain"),
        ({"lost": ["fit"]}, "a criterion that no longer holds: fit"),
        ({"clarified": 2}, "answers since the present status: 2 or more"),
        ({"has": "revisit"}, "'revisit' filled in"),
        ({"passed": "revisit"}, "the date 'revisit' reached"),
        ({"older_than": "1m"}, "1m in the present status"),
    ],
    ids=str,
)
def test_without_a_contact_a_condition_is_told_as_the_rule_that_it_is(written: Any, told: str) -> None:
    assert tell(None, condition(written)) == told
