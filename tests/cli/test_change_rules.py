"""The commands that change a contact under a rule book that asks for more: persons, fields, evidence, several ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TODAY, Run, crmtool, write_files
from tests.terminal.test_prompts import talk

RULES = """\
version: 1
name: Partners
language: en
currency: EUR
statuses:
  cold: {label: Cold, meaning: "Nobody asked", kind: active, asks: "Worth it?", decide_within: 30d}
  warm: {label: Warm, meaning: "They asked", kind: active, asks: "Worth it?", decide_within: 30d}
  rest: {label: At rest, meaning: "Later", kind: hold}
  signed: {label: Signed, meaning: "Yes", kind: won}
  lost: {label: Lost, meaning: "Their no", kind: ended}
  dropped: {label: Dropped, meaning: "Our no", kind: ended}
criteria:
  fit: {label: Fits, question: "Does it fit?", evidence: required}
  old: {label: Old, question: "Was it so?", retired: 2026-01-01}
reasons:
  warm: {fair: "Met at a fair"}
  lost: {price: "The price"}
transitions:
  find: {to: cold}
  ask: {to: warm}
  sign: {from: [cold, warm], to: signed, requires: [fit, {has: value}], by: [Mira, Jo]}
  rest: {from: "*", to: rest}
  wake: {from: rest, to: warm}
  lose: {from: "*", to: lost}
  drop: {from: "*", to: dropped, four_eyes: true}
"""
UWE = '---\nname: Uwe\nstatus: cold\ndecisions:\n  - {date: 2026-11-01, to: cold, because: "Found"}\n---\n'


@pytest.fixture
def partners(tmp_path: Path) -> Path:
    return write_files(tmp_path / "partners", {"criteria.yaml": RULES, "contacts/uwe.md": UWE})


def run(workspace: Path, *arguments: str) -> Run:
    return crmtool("--today", TODAY, *arguments, cwd=workspace)


def text(workspace: Path, id: str = "uwe") -> str:
    return (workspace / "contacts" / f"{id}.md").read_text("utf-8")


def test_of_several_ways_in_one_is_named(partners: Path) -> None:
    found = run(partners, "new", "Ute", "--because", "x")
    assert (found.status, "--to is missing; write one of: cold, warm" in found.err) == (2, True)
    found = run(partners, "new", "Ute", "--because", "x", "--to", "Warm")
    assert (found.status, "say --reason ID with one of: fair (Met at a fair)" in found.err) == (1, True)
    assert run(partners, "new", "Ute", "--because", "x", "--to", "warm", "--reason", "fair").status == 0
    assert 'to: warm, reason: fair, because: "x"}' in text(partners, "ute")


def test_of_several_ends_one_is_named(partners: Path) -> None:
    found = run(partners, "stop", "uwe", "--because", "x")
    assert (found.status, "--to is missing; write one of: lose, drop" in found.err) == (2, True)
    found = run(partners, "stop", "uwe", "--because", "x", "--to", "signed")
    assert (found.status, "it ends by: lost (lose), dropped (drop)" in found.err) == (1, True)
    assert run(partners, "stop", "uwe", "price", "Too dear", "--to", "Lost").status == 0
    assert "to: lost, reason: price" in text(partners)


def test_who_may_decide_is_told(partners: Path) -> None:
    found = run(partners, "decide", "uwe", "dropped", "--because", "x")
    assert found.err.splitlines()[1:] == [
        "    say who decides: --by NAME",
        "    say who else stands for it: --confirmed-by NAME, another person",
    ]
    assert run(partners, "answer", "uwe", "fit", "met", "--evidence", "Told us").status == 0
    found = run(partners, "decide", "uwe", "sign", "--because", "x", "--by", "Lena")
    assert found.status == 1
    assert found.err.splitlines()[1:] == [
        "    fill in 'value': crmtool edit uwe",
        "    say who decides: --by NAME (Mira or Jo)",
    ]


def test_evidence_that_is_required_is_asked_for_by_the_rules(partners: Path) -> None:
    found = run(partners, "answer", "uwe", "fit", "met")
    assert (found.status, "evidence" in found.err) == (1, True)


@pytest.mark.parametrize("arguments", ["answer uwe old met", "new Ute --because x --to cold --met old=x"])
def test_a_retired_criterion_is_not_answered(partners: Path, arguments: str) -> None:
    found = run(partners, *arguments.split())
    assert (found.status, "'old' is retired" in found.err) == (1, True)
    assert text(partners) == UWE


def test_at_a_terminal_all_of_that_is_asked_for(partners: Path) -> None:
    today = {"CRMTOOL_TODAY": TODAY}
    fair = [("Number or name", "warm"), ("which reason", "fair"), ("Why is it", "Needs it by spring")]
    talk(partners, "new Ute", fair, env=today)
    assert "reason: fair" in text(partners, "ute")
    evidence = [
        ("Number or name", "1"),
        ("Number or name: ", "y"),
        ("What does that rest on", " "),
        ("empty", "He said"),
    ]
    talk(partners, "answer uwe", evidence, env=today)
    (partners / "contacts/uwe.md").write_text(text(partners).replace("name: Uwe\n", "name: Uwe\nvalue: 5\n"), "utf-8")
    talk(partners, "stop uwe --dry-run", [("How does it end", ""), ("For which", "price"), ("Why,", "x")], env=today)
    talk(partners, "decide uwe rest", [("looked at again", ""), ("Why,", "Later")], env=today)
    assert "status: rest" in text(partners)
    assert "revisit" not in text(partners)
    talk(partners, "decide uwe wake --reason fair", [("Why,", "The budget is there")], env=today)
    talk(partners, "decide uwe sign", [("Why,", "Signed"), ("Number or name", "Jo")], env=today)
    assert 'to: signed, because: "Signed", by: Jo}' in text(partners)
    assert run(partners, "check", "--strict").status == 0


def test_a_file_that_would_grow_too_large_is_left_alone(partners: Path) -> None:
    large = UWE + "x" * (1024 * 1024 - len(UWE))
    (partners / "contacts/uwe.md").write_text(large, "utf-8")
    found = run(partners, "answer", "uwe", "fit", "met", "--evidence", "x")
    assert found.status == 2
    assert "the file could not be read any more: the file has more than 1,048,576 bytes" in found.err
    assert text(partners) == large


def test_a_contact_whose_status_the_rules_lack_is_left_alone(partners: Path) -> None:
    (partners / "contacts/uwe.md").write_text(UWE.replace("cold", "cool"), "utf-8")
    found = run(partners, "decide", "uwe", "warm", "--because", "x")
    assert (found.status, "the rule book has no status 'cool'" in found.err) == (2, True)


def test_a_file_that_is_written_beyond_what_can_be_edited_is_left_alone(partners: Path) -> None:
    odd = UWE.replace("status: cold\n", "status: cold\ncriteria:\n  ? fit\n  : {met: 2026-11-02, evidence: x}\n")
    (partners / "contacts/uwe.md").write_text(odd, "utf-8")
    found = run(partners, "answer", "uwe", "fit", "met", "--evidence", "x")
    if found.status:
        assert "`crmtool edit contacts/uwe.md` opens it" in found.err
        assert text(partners) == odd
    else:
        assert run(partners, "check").status == 0


def test_a_status_without_reasons_takes_the_sentence_alone(partners: Path) -> None:
    assert run(partners, "stop", "uwe", "Too small", "--to", "dropped", "--by", "A", "--confirmed-by", "B").status == 0
    assert 'to: dropped, because: "Too small", by: A, confirmed_by: B}' in text(partners)
