from __future__ import annotations

from datetime import date

import pytest

from crmtool.conditions import Condition, parse_requires
from crmtool.report.edition import Edition
from crmtool.report.sentences import bare, sentence
from crmtool.situation import Situation
from crmtool.telling import tell
from crmtool.yaml_reader import Value


def _condition(written: Value) -> Condition:
    (condition,), flaws = parse_requires([written], ())
    assert not flaws
    return condition


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("budget", "Budget bestätigt"),
        ({"not_met": "budget"}, "ein Nein zu Budget bestätigt"),
        ({"open": "budget"}, "keine gültige Antwort zu Budget bestätigt"),
        ({"not": "buyer"}, "nicht: Entscheider bekannt"),
        ({"any": ["budget", "deadline"]}, "eines von: Budget bestätigt, Termin genannt"),
        ({"all": ["budget", "deadline"]}, "alles von: Budget bestätigt, Termin genannt"),
        (
            {"at_least": 2, "of": ["fit", "pain", "buyer"]},
            "2 von: Passt zum Zielprofil, Problem benannt, Entscheider bekannt",
        ),
        ({"score": 9}, "Punktestand 9 oder mehr, jetzt 5"),
        (
            {"score": 5, "of": ["fit", "buyer"]},
            "Punktestand 5 oder mehr aus Passt zum Zielprofil, Entscheider bekannt, jetzt 2",
        ),
        ({"lost": ["fit"]}, "ein Kriterium, das am 05.11.2026 galt und nicht mehr gilt: Passt zum Zielprofil"),
        ({"clarified": 3}, "Antworten nach dem 05.11.2026: 3 oder mehr, jetzt 2"),
        ({"has": "revisit"}, "die Angabe „revisit“"),
        ({"passed": "revisit"}, "das Datum „revisit“ erreicht; es fehlt noch"),
        ({"passed": "next_step.due"}, "das Datum „next_step.due“ erreicht, jetzt 28.11.2026"),
        ({"older_than": "30d"}, "30\u00a0Tage in diesem Status, also ab 05.12.2026"),
    ],
)
def test_every_condition_is_told_with_labels(jana: Edition, written: Value, told: str) -> None:
    situation = jana.situation(jana.assessments[0])
    assert tell(situation, _condition(written), jana.words) == told


@pytest.mark.parametrize("written", [{"lost": ["fit"]}, {"clarified": 1}, {"older_than": "1m"}])
def test_conditions_on_the_present_status_are_told_without_one(jana: Edition, written: Value) -> None:
    entering = Situation(
        contact=jana.assessments[0].contact, rulebook=jana.rulebook, day=date(2026, 11, 23), entered=None
    )
    assert "None" not in tell(entering, _condition(written), jana.words)


def test_texts_lose_the_full_stop_that_a_sentence_brings() -> None:
    assert bare("Kein Bedarf.\n ") == "Kein Bedarf"
    assert bare("Wer weiß …") == "Wer weiß …"
    assert sentence("Kein Bedarf") == "Kein Bedarf."
    assert sentence("Sieht sie das auch?") == "Sieht sie das auch?"
