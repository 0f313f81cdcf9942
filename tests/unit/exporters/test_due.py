from __future__ import annotations

from datetime import date

import pytest

from crmtool.exporters.due import dues_of
from tests.conftest import JANA, RULEBOOK
from tests.unit.exporters.people import BLOCKED, KNOCKOUT, REVISIT, STEP, STOP_IF, UNKNOWN_STEP, person
from tests.unit.report.conftest import lay_out


def told(text: str, today: str = "2026-11-23", rules: str = RULEBOOK) -> list[tuple[str, str, str]]:
    """List what falls due as occasion, day and label, by day."""
    edition = lay_out({"a": text}, rules, today)
    found = dues_of(edition.assessments[0], edition.rulebook)
    return sorted(((due.occasion.value, due.day.isoformat(), due.about) for due in found), key=lambda due: due[1])


def test_the_contact_of_the_format() -> None:
    assert told(JANA) == [
        ("step", "2026-11-28", "Entscheider bekannt"),
        ("decision", "2026-12-05", "In Klärung"),
        ("stop", "2026-12-05", "In Klärung"),
        ("stop", "2026-12-16", "In Klärung"),
    ]


def test_what_is_due_already_keeps_its_day() -> None:
    assert told(JANA, "2026-12-20") == told(JANA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (person("new", "2026-11-20"), [("decision", "2026-12-04", "Ungeklärt")]),
        (
            person("new", "2026-11-20", BLOCKED),
            [("decision", "2026-12-04", "Ungeklärt"), ("wait", "2026-12-24", "Ungeklärt")],
        ),
        (person("parked", "2026-11-20", REVISIT), [("revisit", "2027-01-11", "Zurückgestellt")]),
        (person("parked", "2026-11-20"), []),
        (person("new", "2026-11-20", REVISIT), [("decision", "2026-12-04", "Ungeklärt")]),
        (
            person("new", "2026-11-20", KNOCKOUT),
            [("stop", "2026-11-20", "Ausschlussgrund"), ("decision", "2026-12-04", "Ungeklärt")],
        ),
        (
            person("new", "2026-11-20", UNKNOWN_STEP),
            [("step", "2026-12-01", "…"), ("decision", "2026-12-04", "Ungeklärt")],
        ),
        (person("stopped", "2026-11-20", f"{STEP}\n{STOP_IF}\n{BLOCKED}"), []),
        (person("agreed", "2026-11-20", STEP), []),
    ],
)
def test_each_occasion(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_what_never_falls_due_is_left_out() -> None:
    rules = RULEBOOK.replace("decide_within: 14d", "decide_within: 99999y")
    assert told(person("new", "2026-11-20"), rules=rules) == []
    assert told(person("new", "2026-11-20", BLOCKED.replace("2026-12-24", "9999-12-31")), rules=rules) == []


def test_days_are_of_the_calendar_however_early() -> None:
    edition = lay_out({"a": person("new", "2026-11-20", STEP.replace("2026-12-01", "0001-01-01"))})
    assert date.min in [due.day for due in dues_of(edition.assessments[0], edition.rulebook)]
