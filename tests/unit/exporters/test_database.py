from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pytest

from crmtool.app.exporting_database import database
from crmtool.errors import CrmtoolError
from crmtool.exporters.database import cells, filled
from crmtool.report.blocked import waiting
from crmtool.report.decisions import pending
from crmtool.report.edition import Edition
from tests.conftest import JANA, RULEBOOK
from tests.unit.exporters.people import BLOCKED, KNOCKOUT, REVISIT, STEP, STOP_IF, UNKNOWN_STEP, person
from tests.unit.report.conftest import lay_out
from tests.unit.report.test_decisions import CASES

EVERYBODY: Mapping[str, str] = {
    "nordlicht/jana-koehler": JANA,
    "full": person("new", "2026-11-01", f"{STEP}\n{STOP_IF}\n{BLOCKED}"),
    "unknown": person(
        "new", "2026-10-01", UNKNOWN_STEP, "2026-10-10 gone , reason: why", "2026-11-01 stopped , reason: no_fit"
    ),
    "knockout": person("new", "2026-11-20", KNOCKOUT),
    "parked": person("parked", "2026-11-01", f"{REVISIT}\n{BLOCKED}"),
    "later": person("new", "2026-11-01", "", "2026-12-24 stopped , reason: no_need"),
    **{f"case {name}": text for name, text in CASES.items()},
}


@contextmanager
def opened(edition: Edition, rev: str | None = None) -> Iterator[sqlite3.Connection]:
    """Open an export as whoever gets it does."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database(edition.assessments, edition, rev=rev))
        connection.execute("PRAGMA foreign_keys = ON")
        connection.row_factory = sqlite3.Row
        yield connection


def ask(edition: Edition, query: str) -> list[dict[str, Any]]:
    with opened(edition) as connection:
        return [dict(row) for row in connection.execute(query)]


def test_it_is_whole_and_every_reference_leads_somewhere() -> None:
    with opened(lay_out(EVERYBODY)) as connection:
        assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [
            row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        ]
        empty = [name for name in names if not connection.execute(f"SELECT 1 FROM {name}").fetchone()]
        assert empty == ["urls"]
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE contacts SET status = 'nowhere'")


def test_each_reference_has_an_index() -> None:
    with opened(lay_out({})) as connection:
        tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            starts = {
                connection.execute(f"PRAGMA index_info('{index['name']}')").fetchone()["name"]
                for index in connection.execute(f"PRAGMA index_list('{table}')")
            }
            own = {row["name"] for row in connection.execute(f"PRAGMA table_info('{table}')") if row["pk"] == 1}
            wanted = {
                row["from"] for row in connection.execute(f"PRAGMA foreign_key_list('{table}')") if row["seq"] == 0
            }
            # The rule book's own tables hold some dozens of rows; their references need none.
            assert table in ("transitions", "transition_sources") or wanted <= starts | own, table


def test_the_contact_of_the_format() -> None:
    edition = lay_out({"nordlicht/jana-koehler": JANA})
    (row,) = ask(edition, "SELECT * FROM contacts")
    assert row == {
        "id": "nordlicht/jana-koehler",
        "path": "contacts/nordlicht/jana-koehler.md",
        "name": "Jana Köhler",
        "organization": "Nordlicht Logistik GmbH",
        "role": "Leiterin Disposition",
        "address": None,
        "source": "Empfehlung von Petersen & Co",
        "owner": "mira",
        "value": 42000,
        "status": "clarifying",
        "since": "2026-11-05",
        "verdict": "clarify",
        "overdue": 0,
        "decide_by": "2026-12-05",
        "clarity": edition.assessments[0].clarity,
        "distance": 3,
        "prequalified": 1,
        "attention": 1,
        "revisit": None,
        "extra": None,
        "notes": "\nFree Markdown notes.\n",
    }
    assert ask(edition, "SELECT criterion, position, date, met, evidence FROM answers WHERE criterion = 'budget'") == [
        {"criterion": "budget", "position": 0, "date": "2026-10-28", "met": 1, "evidence": "40 T€ im Plan 2026"},
        {
            "criterion": "budget",
            "position": 1,
            "date": "2026-11-12",
            "met": 0,
            "evidence": "CFO: Budget auf 2027 verschoben",
        },
    ]
    assert {row["criterion"]: row["state"] for row in ask(edition, "SELECT * FROM criterion_states")} == {
        "fit": "met",
        "pain": "met",
        "buyer": "open",
        "budget": "not_met",
        "deadline": "open",
        "conflict": "not_met",
    }
    assert [(row["rule"], row["day"], row["due"]) for row in ask(edition, "SELECT * FROM stops")] == [
        ("no_buyer", "2026-12-05", 0),
        ("stop_if", "2026-12-16", 0),
    ]


def test_what_an_earlier_rule_book_knew_has_a_row_of_its_own() -> None:
    edition = lay_out(EVERYBODY)
    assert ask(edition, "SELECT id, label, kind FROM statuses WHERE NOT known") == [
        {"id": "gone", "label": "gone", "kind": None}
    ]
    assert ask(edition, "SELECT id, label FROM criteria WHERE NOT known") == [
        {"id": "secretcriterion", "label": "secretcriterion"}
    ]
    assert ask(edition, "SELECT status, id FROM reasons WHERE NOT known") == [{"status": "gone", "id": "why"}]
    log = ask(
        edition, "SELECT date, outcome, from_status, to_status, reason FROM decision_log WHERE contact = 'unknown'"
    )
    assert [tuple(row.values()) for row in log] == [
        ("2026-11-01", "no", "gone", "Beendet", "Passt nicht"),
        ("2026-10-10", "moved", "Ungeklärt", "gone", "why"),
        ("2026-10-01", "entry", None, "Ungeklärt", None),
    ]


def test_views_say_what_the_reports_say() -> None:
    edition = lay_out(EVERYBODY)
    ids = [assessment.contact.id for assessment in edition.assessments]
    undecided = [a.contact.id for a in edition.assessments if a.verdict != "done"]
    assert [row["contact"] for row in ask(edition, "SELECT * FROM focus")] == undecided
    assert {row["contact"] for row in ask(edition, "SELECT * FROM pending_decisions")} == {
        a.contact.id for a in pending(edition)
    }
    assert {row["contact"] for row in ask(edition, "SELECT * FROM blocked")} == {a.contact.id for a in waiting(edition)}
    assert [row["contact"] for row in ask(edition, "SELECT DISTINCT contact FROM stop_candidates")] == [
        a.contact.id for a in edition.assessments if a.verdict == "stop"
    ]
    lacking = {(row["contact"], row["criterion"]) for row in ask(edition, "SELECT * FROM missing_criteria")}
    assert lacking == {(a.contact.id, edition.criterion(state.id)) for a in edition.assessments for state in a.missing}
    assert sorted(row["contact"] for row in ask(edition, "SELECT * FROM pipeline")) == sorted(ids)
    assert sum(row["contacts"] for row in ask(edition, "SELECT * FROM pipeline_totals")) == len(ids)


def test_weeks_begin_on_monday() -> None:
    decided = ("2026-11-15 clarifying ", "2026-11-16 ready ", "2026-11-22 clarifying ", "2026-11-23 ready ")
    weeks = ask(lay_out({"a": person("new", "2026-11-02", "", *decided)}), "SELECT * FROM decisions_by_week")
    assert [tuple(row.values()) for row in weeks] == [
        ("2026-11-23", "forward", 1),
        ("2026-11-16", "back", 1),
        ("2026-11-16", "forward", 1),
        ("2026-11-09", "forward", 1),
    ]


def test_a_decision_after_the_day_counts_for_nothing() -> None:
    edition = lay_out(EVERYBODY)
    (row,) = ask(edition, "SELECT outcome FROM decisions WHERE contact = 'later' AND position = 1")
    assert row["outcome"] is None
    assert len(ask(edition, "SELECT * FROM decision_log WHERE contact = 'later'")) == 1


def test_equal_input_gives_equal_bytes() -> None:
    first, second = lay_out(EVERYBODY), lay_out(dict(reversed(list(EVERYBODY.items()))))
    assert database(first.assessments, first) == database(second.assessments, second)


def test_the_commit_and_the_day_are_told() -> None:
    with opened(lay_out({}), "a" * 40) as connection:
        (row,) = connection.execute("SELECT rulebook, language, currency, day, revision FROM workspace")
    assert tuple(row) == ("Neukunden", "de", "EUR", "2026-11-23", "a" * 40)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("value: 42000", f"value: {2**63}", float(2**63)),
        ("value: 42000", f"value: {2**63 - 1}", float(2**63)),
        ("value: 42000", f"value: {'9' * 300}", 1e300),
        ("value: 42000", "value: much", None),
        ("value: 42000", "value: true", None),
    ],
)
def test_numbers_of_any_size_find_room(field: str, value: str, stored: float | None) -> None:
    (row,) = ask(lay_out({"a": JANA.replace(field, value)}), "SELECT value FROM contacts")
    assert row["value"] == stored


def test_what_is_no_text_finds_room_too() -> None:
    text = JANA.replace("role: Leiterin Disposition", 'role: "a\\0b"\nextra: {x: "\\0", y: [1, null]}')
    (row,) = ask(lay_out({"a\udcff": text}), "SELECT id, role, extra FROM contacts")
    assert row == {"id": "a\\udcff", "role": "a\u2400b", "extra": '{"x": "\\u0000", "y": [1, null]}'}


def test_two_ids_that_are_one_to_sqlite_are_told_of() -> None:
    edition = lay_out({"a\udcff": JANA, "a\\udcff": JANA})
    with pytest.raises(CrmtoolError, match=r"the database cannot be made: UNIQUE constraint failed: contacts\."):
        database(edition.assessments, edition)


def test_what_the_schema_refuses_is_no_trouble() -> None:
    odd = JANA.replace("chance: 0.4", "chance: 99999999999999999999").replace(
        "attested_by: counterparty", "attested_by: mum"
    )
    odd = odd.replace("email: j.koehler@nordlicht.example", "email: [1, a, [b]]").replace("owner: mira", "owner: [1]")
    rows = ask(
        lay_out({"a": odd}), "SELECT chance, owner, email FROM decisions JOIN contacts JOIN emails ORDER BY 1 DESC"
    )
    assert rows[0] == {"chance": 1e20, "owner": None, "email": "a"}


def test_a_condition_that_names_no_criterion_is_missing_all_the_same() -> None:
    rules = RULEBOOK.replace("requires: [pain, buyer, {any:", "requires: [{has: phone}, pain, buyer, {any:")
    rows = ask(
        lay_out({"a": JANA}, rules), "SELECT condition_position, criterion, state FROM missing ORDER BY 1, position"
    )
    assert rows[:2] == [
        {"condition_position": 0, "criterion": None, "state": None},
        {"condition_position": 1, "criterion": "buyer", "state": "open"},
    ]


def test_what_is_no_longer_asked_has_no_state() -> None:
    rules = RULEBOOK.replace("weight: 2, valid_for: 45d}", "weight: 2, retired: 2026-11-01}")
    edition = lay_out({"a": JANA}, rules)
    assert "deadline" not in {row["criterion"] for row in ask(edition, "SELECT criterion FROM criterion_states")}
    assert ask(edition, "SELECT retired FROM criteria WHERE id = 'deadline'") == [{"retired": "2026-11-01"}]


def test_a_rule_book_that_names_what_it_lacks_is_no_trouble() -> None:
    rules = RULEBOOK.replace("{from: new, to: clarifying", "{from: [new, lost], to: gone").replace(
        "[pain, buyer,", "[pain, ghost,"
    )
    with opened(lay_out(EVERYBODY, rules)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_tables_are_filled_in_an_order_that_references_allow() -> None:
    edition = lay_out(EVERYBODY)
    tables = [rows.table for rows in filled(edition.assessments, edition.rulebook, edition.day, notes={})]
    assert tables[:7] == [
        "workspace",
        "statuses",
        "criteria",
        "transitions",
        "transition_sources",
        "reasons",
        "contacts",
    ]


def test_cells_are_what_sqlite_holds() -> None:
    assert cells.text(5) is None
    assert cells.number("5") is None
    assert cells.number(-(2**63)) == -(2**63)
    assert cells.number(-(10**400)) == -1.7976931348623157e308
    assert cells.as_json(None) is None
    assert cells.day(None) is None
