from __future__ import annotations

import json
from typing import Any

import pytest

from crmtool.exporters.as_json import document, line, render
from crmtool.formats.assessment_json import why
from crmtool.report.edition import Edition
from tests.conftest import JANA
from tests.unit.report.conftest import lay_out


def exported(edition: Edition, rev: str | None = None) -> dict[str, Any]:
    data = render(edition.assessments, edition.rulebook, edition.day, notes=edition.bodies, why=why, rev=rev)
    found: dict[str, Any] = json.loads(data)
    return found


def test_all_that_is_known_is_there() -> None:
    edition = lay_out({"nordlicht/jana-koehler": JANA})
    (assessment,) = edition.assessments
    found = exported(edition)
    assert {key: value for key, value in found.items() if key != "contacts"} == {
        "version": 1,
        "today": "2026-11-23",
        "rulebook": "Neukunden",
        "currency": "EUR",
    }
    assert found["contacts"] == [
        {
            "id": "nordlicht/jana-koehler",
            "path": "contacts/nordlicht/jana-koehler.md",
            "fields": assessment.contact.fields,
            "notes": "\nFree Markdown notes.\n",
            "status_label": "In Klärung",
            "verdict": "clarify",
            "overdue": False,
            "since": "2026-11-05",
            "clarity": why(assessment)["clarity"],
            "distance": 3,
            "prequalified": True,
            "why": why(assessment),
        }
    ]
    assert found["contacts"][0]["fields"]["criteria"]["budget"][1]["evidence"] == "CFO: Budget auf 2027 verschoben"


def test_the_commit_is_told_where_there_is_one() -> None:
    assert exported(lay_out({}), "a" * 40)["rev"] == "a" * 40
    assert "rev" not in exported(lay_out({}))


def test_each_contact_has_a_line_and_lines_can_be_put_together() -> None:
    edition = lay_out({"a": JANA, "b": JANA})
    whole = render(edition.assessments, edition.rulebook, edition.day, notes=edition.bodies, why=why)
    assert whole.endswith(b"}\n]}\n")
    assert len(whole.splitlines()) == 4
    lines = [line(each, edition.bodies[each.contact.id], why) for each in edition.assessments]
    assert document(lines, edition.rulebook, edition.day) == whole


def test_without_contacts_it_is_still_whole() -> None:
    assert exported(lay_out({}))["contacts"] == []


@pytest.mark.parametrize("odd", ["\x1b[31m", "\x9b", "\u202e", "\u2028", "\0", '"\\', "\U0001f60a"])
def test_odd_characters_come_back_and_no_terminal_obeys_them(odd: str) -> None:
    text = JANA.replace("role: Leiterin Disposition", f"role: {json.dumps(f'a{odd}b')}".replace("\\ud83d\\ude0a", odd))
    edition = lay_out({"a": text})
    data = render(edition.assessments, edition.rulebook, edition.day, notes={}, why=why)
    assert json.loads(data)["contacts"][0]["fields"]["role"] == f"a{odd}b"
    assert not set(data.decode()) & set("\x1b\x9b\u202e\u2028\0")


def test_a_file_name_that_is_no_text_comes_back() -> None:
    assert exported(lay_out({"a\udcff": JANA}))["contacts"][0]["id"] == "a\udcff"
