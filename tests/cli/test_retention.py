"""crmtool retention: whose personal data are due for erasure; and what focus says of it."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.cli.test_focus import at_terminal
from tests.conftest import JANA, ROOT, RULEBOOK, TODAY, crmtool, write_files

DUE = "2028-08-01"
"""A day on which five of the example's contacts are due, and three more will be within 90 days."""
OUTPUT: dict[str, Any] = json.loads((ROOT / "schemas" / "output.schema.json").read_text("utf-8"))
ENDED = """---
name: {name}
organization: Example & Sons
owner: mira
status: stopped
decisions:
  - {{date: 2024-01-10, to: new, because: "A recommendation"}}
  - {{date: {on}, to: stopped, reason: no_need, because: "No need"}}
---
"""


@pytest.fixture
def root(workspace: Path) -> Path:
    """A workspace with one contact that is open, one due for erasure, one before long, one erased already."""
    erased = "---\nname: Gelöschter Kontakt\n" + ENDED.format(name="x", on="2024-02-01").split("owner: mira\n")[1]
    contacts = {
        "contacts/due.md": ENDED.format(name="Jo Due", on="2024-11-23"),
        "contacts/soon one.md": ENDED.format(name="Jo Soon", on="2025-02-20").replace("owner: mira\n", ""),
        "contacts/later.md": ENDED.format(name="Jo Later", on="2026-01-20"),
        "contacts/erased/0a1b2c3d.md": erased.replace("decisions:", "extra: {erased: true}\ndecisions:"),
    }
    return write_files(workspace, contacts)


def told(root: Path, *arguments: str, today: str = TODAY) -> dict[str, Any]:
    """Give what a command prints as JSON, which its schema accepts."""
    run = crmtool(*arguments, "--today", today, "--format", "json", cwd=root)
    assert (run.status, run.err) == (0, "")
    values: dict[str, Any] = json.loads(run.out)
    schema = {"$ref": f"#/$defs/{arguments[0]}", "$defs": OUTPUT["$defs"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(values)
    return values


@pytest.mark.parametrize("width", ["", "100"])
def test_golden(golden: Callable[[str, str], None], width: str) -> None:
    run = crmtool("retention", "--today", DUE, cwd=ROOT, env={"COLUMNS": width} if width else {})
    assert (run.status, run.err) == (0, "")
    golden(f"cli/retention{'-' + width if width else ''}.txt", run.out)


def test_who_is_due_and_who_is_next(root: Path) -> None:
    assert crmtool("retention", "--today", TODAY, cwd=root).out.splitlines() == [
        "On 2026-11-23 1 contact is due for erasure (mira 1), 1 within the next 90 days; data are kept for 24 months "
        "after the end",
        "due since 2026-11-23  Example & Sons · Jo Due   mira              ended 2024-11-23  crmtool erase due",
        "from 2027-02-20 on    Example & Sons · Jo Soon  without an owner  ended 2025-02-20  crmtool erase 'soon one'",
        "1 contact is due later than that: `crmtool retention --all` shows them",
    ]
    assert "crmtool erase later" in crmtool("retention", "--all", "--today", TODAY, cwd=root).out


def test_json_has_the_days_and_the_totals(root: Path) -> None:
    values = told(root, "retention")
    assert values["retention"] == {"ended": "24m"}
    assert values["totals"] == {"due": 1, "near": 1, "later": 1}
    assert [contact["contact"] for contact in values["contacts"]] == ["due", "soon one"]
    assert values["contacts"][1] == {
        "contact": "soon one",
        "name": "Jo Soon",
        "organization": "Example & Sons",
        "owner": None,
        "status": "stopped",
        "ended": "2025-02-20",
        "due": "2027-02-20",
        "is_due": False,
        "days": 89,
    }
    everyone = told(root, "retention", "--all")
    assert [contact["contact"] for contact in everyone["contacts"]] == ["due", "soon one", "later"]
    assert everyone["totals"] == values["totals"]


def test_csv_has_the_same_rows(root: Path) -> None:
    run = crmtool("retention", "--all", "--today", TODAY, "--format", "csv", cwd=root)
    rows = list(csv.DictReader(run.out.splitlines()))
    assert [(row["contact"], row["due"], row["is_due"], row["days"]) for row in rows] == [
        ("due", "2026-11-23", "true", "0"),
        ("soon one", "2027-02-20", "false", "89"),
        ("later", "2028-01-20", "false", "423"),
    ]


def test_a_past_day_and_a_revision_are_told_of_too(root: Path) -> None:
    before = crmtool("retention", "--today", TODAY, "--at", "2026-11-22", cwd=root).out
    assert before.startswith("On 2026-11-22 nobody is due for erasure, 2 within the next 90 days")
    settings = ("-c", "user.name=Mira", "-c", "user.email=mira@crm.example")
    for words in ("init --quiet", "add .", "commit --quiet -m Contacts"):
        subprocess.run(["git", *settings, *words.split()], cwd=root, check=True)
    (root / "contacts/due.md").unlink()
    values = told(root, "retention", "--rev", "HEAD", "--at", TODAY)
    assert (values["totals"]["due"], len(values["rev"])) == (1, 40)
    assert told(root, "retention")["totals"]["due"] == 0


def test_a_rule_book_that_does_not_say_is_told_how_to(root: Path) -> None:
    write_files(root, {"criteria.yaml": RULEBOOK.partition("retention:")[0]})
    run = crmtool("retention", "--today", TODAY, cwd=root)
    assert run.status == 0
    assert "does not say how long" in run.out
    assert "`retention: {ended: 24m}`" in run.out
    asked = crmtool("retention", "--all", "--today", TODAY, "--format", "json", cwd=root)
    assert "`retention: {ended: 24m}`" in asked.err
    values = json.loads(asked.out)
    assert (values["retention"], values["contacts"]) == (None, [])
    table = crmtool("retention", "--today", TODAY, "--format", "csv", cwd=root)
    assert table.out == "contact,name,organization,owner,status,ended,due,is_due,days\n"


def test_what_it_says_to_add_is_taken(root: Path) -> None:
    write_files(root, {"criteria.yaml": RULEBOOK.partition("retention:")[0] + "retention: {ended: 24m}\n"})
    assert crmtool("check", "--today", TODAY, cwd=root).status == 0
    assert told(root, "retention")["totals"]["due"] == 1


def test_without_contacts_it_says_so(tmp_path: Path) -> None:
    write_files(tmp_path, {"criteria.yaml": RULEBOOK})
    run = crmtool("retention", "--today", TODAY, cwd=tmp_path)
    assert (run.status, run.out.splitlines()) == (0, [f"No contact exists as of {TODAY}: none had entered by then."])


def test_a_contact_cannot_write_to_the_terminal(root: Path) -> None:
    write_files(root, {"contacts/due.md": ENDED.format(name='"Jo \\u001b[31m"', on="2024-11-23")})
    run = crmtool("retention", "--today", TODAY, cwd=root)
    assert "Jo \\u001b[31m" in run.out
    assert "\x1b" not in run.out


def test_focus_ends_with_who_is_due(root: Path) -> None:
    line = "1 contact is due for erasure (mira 1): `crmtool retention`"
    assert crmtool("focus", "--today", TODAY, cwd=root).out.splitlines()[-1] == line
    assert told(root, "focus")["erasure_due"] == ["due"]
    assert told(root, "focus", today="2027-03-01")["erasure_due"] == ["due", "soon one"]
    assert "erasure" not in crmtool("focus", "--today", "2026-11-22", cwd=root).out
    assert told(root, "focus", today="2026-11-22")["erasure_due"] == []


def test_focus_says_so_where_nothing_is_open(root: Path) -> None:
    (root / "contacts/nordlicht/jana-koehler.md").unlink()
    assert crmtool("focus", "--today", TODAY, cwd=root).out.splitlines() == [
        "What deserves attention on 2026-11-23: nothing is open",
        "1 contact is due for erasure (mira 1): `crmtool retention`",
    ]


def test_on_one_screen_the_line_has_its_room(root: Path) -> None:
    write_files(root, {f"contacts/nordlicht/jana-{n:02}.md": JANA for n in range(30)})
    shown = at_terminal("focus", lines=12, columns=200, cwd=root)
    assert len(shown) == 11
    assert "`crmtool focus --all` shows them" in shown[-2]
    assert shown[-1].endswith("`crmtool retention`")
