"""Two contacts that are one: what the one that stays takes over, and that the commit hook agrees."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crmtool.document import read_contact
from tests.conftest import JANA, TODAY, Run, crmtool, write_files

STAYS, GOES = "contacts/nordlicht/jana-koehler.md", "contacts/koehler.md"
OTHER = """\
---
name: J. Koehler
organization: Nordlicht Logistik GmbH
email: [J.Koehler@nordlicht.example, jana@privat.example]
phone: "+49 421 555"
tags: [messe]
status: new
criteria:
  deadline: {met: 2026-11-20, evidence: "Sagt: bis Weihnachten"}
  budget: {met: 2026-11-01, evidence: "Gerücht"}
decisions:
  - {date: 2026-11-18, to: new, because: "Auf der Messe getroffen"}
stop_if:
  - {when: "Meldet sich nicht", by: 2026-12-31}
extra:
  imported: {from: google, date: 2026-11-18, seen: {name: aaaaaaaa, phone: bbbbbbbb}}
  shoe_size: 39
---

Traf sie am Stand.
"""


@pytest.fixture
def two(workspace: Path) -> Path:
    return write_files(workspace, {GOES: OTHER})


def run(workspace: Path, *arguments: str) -> Run:
    return crmtool("--today", TODAY, *arguments, cwd=workspace)


def values(workspace: Path) -> dict[str, Any]:
    document = read_contact(STAYS, (workspace / STAYS).read_bytes())
    assert document.values is not None, document.problems
    return document.values


def git(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com")
    return subprocess.run(["git", *who, *arguments], cwd=workspace, capture_output=True, text=True, check=False)


def test_the_one_that_stays_takes_over_what_it_lacks(two: Path) -> None:
    found = run(two, "merge-contacts", "jana", "koehler")
    assert (found.status, found.out.splitlines()[0]) == (
        0,
        "nordlicht/jana-koehler: took in koehler, whose file is removed",
    )
    assert not (two / GOES).exists()
    after = values(two)
    assert after["name"] == "Jana Köhler"
    assert after["email"] == ["j.koehler@nordlicht.example", "jana@privat.example"]
    assert (after["phone"], after["tags"]) == ("+49 421 555", ["messe"])
    assert [next(iter(answer.values())) for answer in after["criteria"]["budget"]] == [
        "2026-10-28",
        "2026-11-01",
        "2026-11-12",
    ]
    assert after["criteria"]["deadline"] == {"met": "2026-11-20", "evidence": "Sagt: bis Weihnachten"}
    assert [entry["when"] for entry in after["stop_if"]] == ["Kein Termin mit dem CFO", "Meldet sich nicht"]


def test_no_decision_is_mixed_and_none_is_lost(two: Path) -> None:
    before = values(two)["decisions"]
    run(two, "merge-contacts", "jana", "koehler")
    after = values(two)
    assert after["decisions"] == before
    assert after["extra"]["joined"] == {
        "contact": "koehler",
        "name": "J. Koehler",
        "date": TODAY,
        "status": "new",
        "decisions": [{"date": "2026-11-18", "to": "new", "because": "Auf der Messe getroffen"}],
    }
    assert after["extra"]["shoe_size"] == 39
    assert after["extra"]["imported"] == [
        {"from": "google", "date": "2026-11-18", "seen": {"name": "aaaaaaaa", "phone": "bbbbbbbb"}}
    ]
    assert (
        (two / STAYS)
        .read_text("utf-8")
        .endswith("\n\n## Nordlicht Logistik GmbH · J. Koehler (koehler)\n\nTraf sie am Stand.\n")
    )


def test_every_other_byte_stays(two: Path) -> None:
    run(two, "merge-contacts", "jana", "koehler")
    after = (two / STAYS).read_text("utf-8").splitlines()
    kept = [line for line in JANA.splitlines() if not line.startswith(("email:", "---"))]
    assert [line for line in kept if line not in after] == []


def test_what_differs_is_kept_aside_and_told(two: Path) -> None:
    write_files(two, {GOES: OTHER.replace('phone: "', 'role: Vorständin\nvalue: 7\nphone: "')})
    found = run(two, "merge-contacts", "jana", "koehler")
    assert "nordlicht/jana-koehler has another role, value: the other's is kept aside" in found.err
    assert values(two)["role"] == "Leiterin Disposition"
    assert values(two)["extra"]["joined"]["fields"] == {"role": "Vorständin", "value": 7}


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        (["+49 221 12345", "0171 2345678"], ["+49 171 2345678", "0221/12345"], ["+49 221 12345", "+49 171 2345678"]),
        (["0421 200300"], ["+43 421 200300"], ["+43 421 200300"]),
        (["0171 2345678"], ["+49 171 2345678", "+43 171 2345678"],
         ["0171 2345678", "+49 171 2345678", "+43 171 2345678"]),
        (["0421 12345"], ["0421 12345 ext 7", "tel:0421-12345"], ["0421 12345", "0421 12345 ext 7"]),
        (["110", "ask Jo"], ["112", "Ask Jo"], ["110", "ask Jo", "112"]),
        (["0171 2345678", "+49 171 2345678"], ["0421 12345"], ["0171 2345678", "+49 171 2345678", "0421 12345"]),
    ],
)  # fmt: skip
def test_a_number_is_kept_once_however_it_is_written(
    two: Path, ours: list[str], theirs: list[str], both: list[str]
) -> None:
    stays = JANA.replace("\nemail:", f"\nphone: {json.dumps(ours)}\nemail:")
    write_files(two, {STAYS: stays, GOES: OTHER.replace('"+49 421 555"', json.dumps(theirs))})
    assert run(two, "merge-contacts", "jana", "koehler").status == 0
    assert values(two)["phone"] == both


def test_nothing_is_lost_where_an_entry_stands_twice_already(two: Path) -> None:
    write_files(two, {STAYS: JANA.replace("\nemail:", "\ntags: [nord, Nord]\nemail:")})
    assert run(two, "merge-contacts", "jana", "koehler").status == 0
    assert values(two)["tags"] == ["nord", "Nord", "messe"]


def test_dry_run_writes_nothing(two: Path) -> None:
    found = run(two, "merge-contacts", "jana", "koehler", "--dry-run")
    assert "+phone: " in found.out
    assert "nothing was written, and contacts/koehler.md not removed" in found.err
    assert ((two / STAYS).read_text("utf-8"), (two / GOES).read_text("utf-8")) == (JANA, OTHER)


def test_which_one_is_further_on_is_told(two: Path) -> None:
    found = run(two, "merge-contacts", "koehler", "jana", "--dry-run")
    assert "`crmtool merge-contacts nordlicht/jana-koehler koehler` would keep its decisions" in found.err


def test_answers_against_past_decisions_are_kept_aside(two: Path) -> None:
    against = OTHER.replace("  budget:", '  conflict: {met: 2026-11-04, evidence: "Konkurrent"}\n  budget:')
    write_files(two, {GOES: against})
    found = run(two, "merge-contacts", "jana", "koehler")
    assert found.status == 0, found.err
    assert "kept aside" in found.err
    after = values(two)
    assert after["extra"]["joined"]["criteria"]["conflict"] == {"met": "2026-11-04", "evidence": "Konkurrent"}
    assert "deadline" not in after["criteria"]


def test_of_two_answers_of_one_day_that_of_the_one_that_stays_counts(two: Path) -> None:
    entries = "[{met: 2026-11-12, evidence: Erst}, {met: 2026-11-12, evidence: Dann}]"
    write_files(two, {GOES: OTHER.replace('{met: 2026-11-01, evidence: "Gerücht"}', entries)})
    assert run(two, "merge-contacts", "jana", "koehler").status == 0
    budget = values(two)["criteria"]["budget"]
    assert [answer.get("evidence") for answer in budget[-3:-1]] == ["Erst", "Dann"]
    assert budget[-1]["not_met"] == "2026-11-12"


def test_notes_come_over_as_they_were_written(two: Path) -> None:
    notes = "\n \n    Code\n\n    mehr\x85\u2028Code  \n\n> Zitat\n\n"
    write_files(two, {GOES: OTHER.replace("\nTraf sie am Stand.\n", notes)})
    assert run(two, "merge-contacts", "jana", "koehler").status == 0
    told = (two / STAYS).read_bytes().decode().partition("(koehler)\n\n")[2]
    assert told == "    Code\n\n    mehr\x85\u2028Code  \n\n> Zitat\n"


def test_notes_that_would_make_the_file_too_large_are_refused(two: Path) -> None:
    note = "Zeile\n" * 100_000
    write_files(two, {GOES: OTHER + note, STAYS: JANA + note})
    found = run(two, "merge-contacts", "jana", "koehler")
    assert (found.status, "more than 1,048,576 bytes" in found.err) == (1, True), found.err
    assert ((two / STAYS).read_text("utf-8"), (two / GOES).read_text("utf-8")) == (JANA + note, OTHER + note)


@pytest.mark.parametrize(("stays", "goes"), [("jana", "koehler"), ("koehler", "jana")])
def test_nobody_is_joined_with_who_was_erased(two: Path, stays: str, goes: str) -> None:
    bare = "---\nname: erased\nstatus: stopped\ndecisions:\n  - {date: 2026-11-18, to: new, because: erased}\n"
    stop = "  - {date: 2026-11-19, to: stopped, because: erased, reason: no_need}\nextra: {erased: true}\n---\n"
    write_files(two, {GOES: bare + stop})
    found = run(two, "merge-contacts", stays, goes)
    assert (found.status, "koehler stands for somebody who was erased" in found.err) == (1, True), found.err
    assert (two / GOES).exists()


@pytest.mark.parametrize(("stays", "goes"), [("jana", "koehler"), ("koehler", "jana")])
def test_a_key_of_the_team_s_own_is_not_taken_for_who_was_joined(two: Path, stays: str, goes: str) -> None:
    write_files(two, {GOES: OTHER.replace("  shoe_size: 39", "  joined: 2020-05-01")})
    found = run(two, "merge-contacts", stays, goes)
    assert (found.status, "give what is there another name: `crmtool edit koehler`" in found.err) == (2, True)
    assert (two / GOES).exists()


def test_the_command_that_is_advised_can_be_typed(two: Path) -> None:
    (two / GOES).rename(two / "contacts/-j koehler.md")
    found = run(two, "merge-contacts", "--dry-run", "--", "-j koehler", "jana")
    assert "`crmtool merge-contacts -- nordlicht/jana-koehler '-j koehler'`" in found.err


def test_a_contact_is_not_joined_with_itself(two: Path) -> None:
    found = run(two, "merge-contacts", "jana", "nordlicht/jana-koehler")
    assert (found.status, "cannot be joined with itself" in found.err) == (2, True)
    assert (two / STAYS).exists()


def test_the_hook_lets_the_other_file_go(two: Path) -> None:
    git(two, "init", "--quiet")
    git(two, "add", ".")
    assert git(two, "commit", "--quiet", "--message", "Start").returncode == 0
    (two / GOES).rename(two / "koehler.md")
    git(two, "add", "--all")
    found = run(two, "check", "--staged")
    assert "contact-deleted" in found.out  # it is still new: deleting it alone is no way to end it
    (two / "koehler.md").rename(two / GOES)
    run(two, "merge-contacts", "jana", "koehler")
    git(two, "add", "--all")
    staged = run(two, "check", "--staged")
    assert (staged.status, staged.out) == (0, "")
    assert git(two, "commit", "--quiet", "--message", "Join").returncode == 0
    ranged = run(two, "check", "--range", "HEAD~1..HEAD")
    assert (ranged.status, ranged.out) == (0, "")


def test_joining_twice_is_remembered_twice(two: Path) -> None:
    run(two, "merge-contacts", "jana", "koehler")
    write_files(two, {"contacts/jk.md": OTHER})
    run(two, "merge-contacts", "jana", "jk")
    assert [entry["contact"] for entry in values(two)["extra"]["joined"]] == ["koehler", "jk"]
