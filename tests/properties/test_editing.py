"""Random commands on randomly styled files: each says what was meant, is in order, and keeps every other byte."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.app import load
from crmtool.app.changing import Target, open_target
from crmtool.app.offers import criteria_to_clarify
from crmtool.check import check
from crmtool.cli import cli
from crmtool.document import Document, read_contact
from crmtool.edit.changes import value_at
from crmtool.edit.logs import named_entries
from crmtool.errors import CrmtoolError
from crmtool.finding import Place
from tests.building import day
from tests.conftest import TODAY
from tests.styling import Styled, files

RULES = """\
version: 1
name: Customers
language: en
currency: EUR
statuses:
  new: {label: New, meaning: "Open", kind: active, asks: "Worth it?", decide_within: 2y}
  "on hold": {label: Hold, meaning: "Put off", kind: hold}
  ready: {label: Ready, meaning: "All is known", kind: active, asks: "Yes or no?", decide_within: 2y}
  won: {label: Won, meaning: "Yes", kind: won}
  ended: {label: Ended, meaning: "No", kind: ended}
criteria:
  fit: {label: Fits, question: "Fits?", weight: 2}
  pain: {label: Pain, question: "Which problem?", attested_by: counterparty}
  "true": {label: Odd, question: "An id that needs quotes?"}
reasons:
  ended: {no_need: No need, "null": Other}
transitions:
  enter: {to: new}
  mature: {from: new, to: ready, requires: [fit]}
  win: {from: ready, to: won, requires: [pain, {any: ["true", {not_met: "true"}]}]}
  back: {from: ready, to: new, requires: [{clarified: 1}]}
  park: {from: [new, ready], to: "on hold", requires: [{has: revisit}]}
  resume: {from: "on hold", to: new}
  stop: {from: "*", to: ended}
  reopen: {from: ended, to: new, requires: [{clarified: 1}], four_eyes: true}
"""
PATH = "contacts/ä b/x.md"
BODY = "\n# Notes\n\n---\nstatus: ended\n---\n  <<<<<<< HEAD\nCalled twice.\n"
NOW = day(TODAY)
TEXTS = st.sampled_from(
    [
        "Says so",
        'He said: "no"',
        "a, b",
        "ü # x",
        "it's {x}",
        "- y",
        "85 people",
        "true",
        "42",
        "x: y",
        "R & D",
        "🎉 会議",
    ]
)
DAYS = st.integers(0, 300).map(lambda back: NOW - timedelta(days=back))


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a contact that has entered, with a few answers and fields."""
    entered = draw(st.integers(250, 400).map(lambda back: NOW - timedelta(days=back)))
    values: dict[str, Any] = {"name": draw(TEXTS), "status": "new"}
    if draw(st.booleans()):
        values["criteria"] = {
            id: draw(_answers()) for id in draw(st.lists(st.sampled_from(("fit", "pain", "true")), unique=True))
        }
    values["decisions"] = [{"date": entered.isoformat(), "to": "new", "because": draw(TEXTS)}]
    if draw(st.booleans()):
        values["tags"] = draw(st.lists(TEXTS, max_size=2))
    if draw(st.booleans()):
        values["extra"] = {"a": draw(TEXTS), "b": [1, 2.5, True]}
    keys = draw(st.permutations(list(values)))
    return {key: values[key] for key in keys}


@st.composite
def _answers(draw: st.DrawFn) -> Any:
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3)))
    answers = [{draw(st.sampled_from(("met", "not_met"))): each.isoformat()} for each in days]
    for answer in answers:
        if draw(st.booleans()):
            answer["evidence"] = draw(TEXTS)
    return answers[0] if len(answers) == 1 and draw(st.booleans()) else answers


@dataclass
class Meant:
    """What the file is to say after a command; the places whose values it replaces, and the keys that it removes."""

    values: dict[str, Any]
    replaced: list[Place] = field(default_factory=list)
    removed: list[Place] = field(default_factory=list)
    renamed: list[tuple[Place, str]] = field(default_factory=list)


Arguments = list[str]
Command = tuple[Arguments, Meant]


def _answer(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    criterion, met, on = data.draw(st.sampled_from(("fit", "pain", "true"))), data.draw(st.booleans()), data.draw(DAYS)
    evidence = data.draw(st.none() | TEXTS)
    attested = data.draw(st.sampled_from((None, "counterparty")))
    arguments = ["answer", target.contact.id, criterion, "met" if met else "not-met", "--date", on.isoformat()]
    arguments += [f"--evidence={evidence}"] if evidence else []
    arguments += ["--attested-by", attested] if attested else []
    entry = {"met" if met else "not_met": on.isoformat()}
    entry |= {"evidence": evidence} if evidence else {}
    entry |= {"attested_by": attested} if attested else {}
    replaced: list[Place] = [("criteria",)] if values.get("criteria") == {} else []
    criteria = values.setdefault("criteria", {})
    if criterion in criteria:
        log = criteria[criterion] if isinstance(criteria[criterion], list) else [criteria[criterion]]
        behind = sum((each.get("met") or each.get("not_met")) <= on.isoformat() for each in log)
        criteria[criterion] = [*log[:behind], entry, *log[behind:]]
    else:
        criteria[criterion] = entry
    return arguments, Meant(values, replaced)


def _decide(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    way = data.draw(st.sampled_from(target.rulebook.leaving(target.status.id)))
    on = data.draw(st.sampled_from((NOW, NOW, NOW - timedelta(days=1)))).isoformat()
    because = data.draw(TEXTS)
    entry: dict[str, Any] = {"date": on, "to": way.target, "because": because}
    arguments = ["decide", target.contact.id, data.draw(st.sampled_from((way.id, way.target))), f"--because={because}"]
    arguments += ["--date", on]
    if way.target == "ended":
        entry["reason"] = data.draw(st.sampled_from(("no_need", "null")))
        arguments += ["--reason", entry["reason"]]
    if way.four_eyes:
        entry |= {"by": "Mira", "confirmed_by": "Jonas"}
        arguments += ["--by", "Mira", "--confirmed-by", "Jonas"]
    if data.draw(st.booleans()):
        entry["chance"] = 0.25
        arguments += ["--chance", "0.25"]
    replaced: list[Place] = [("status",)]
    if way.id == "park":
        arguments += ["--revisit", "2026-12-23"]
        replaced += [("revisit",)] if "revisit" in values else []
        values["revisit"] = "2026-12-23"
    values["status"] = way.target
    values["decisions"].append(entry)
    return arguments, Meant(values, replaced)


def _next(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    if "next_step" in values and data.draw(st.booleans()):
        del values["next_step"]
        return ["next", target.contact.id, "--clear"], Meant(values, removed=[("next_step",)])
    missing = criteria_to_clarify(target.contact, target.rulebook, NOW)
    step = {"do": data.draw(TEXTS), "clarifies": missing[0].id if missing else "", "due": "2026-12-24"}
    owner = data.draw(st.sampled_from((None, "mira")))
    replaced: list[Place] = [("next_step",)] if "next_step" in values else []
    values["next_step"] = step | ({"owner": owner} if owner else {})
    arguments = ["next", target.contact.id, f"--do={step['do']}", "--due", step["due"]]
    arguments += ["--clarifies", step["clarifies"]] if missing else []
    return arguments + (["--owner", owner] if owner else []), Meant(values, replaced)


def _block(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    if "blocked" in values and data.draw(st.booleans()):
        del values["blocked"]
        return ["unblock", target.contact.id], Meant(values, removed=[("blocked",)])
    until, by = data.draw(st.sampled_from((None, "2026-12-24"))), data.draw(TEXTS)
    before = values.get("blocked", {})
    replaced: list[Place] = [("blocked",)] if before else []
    values["blocked"] = {"by": by, "since": before["since"] if before.get("by") == by else TODAY}
    until = until or (before.get("until") if before.get("by") == by else None)
    values["blocked"] |= {"until": until} if until else {}
    return ["block", target.contact.id, f"--by={by}", *(["--until", until] if until else [])], Meant(values, replaced)


def _revisit(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    day = data.draw(st.sampled_from(("2027-01-15", "2027-02-15")))
    replaced: list[Place] = [("revisit",)] if "revisit" in values else []
    values["revisit"] = day
    return ["revisit", target.contact.id, day], Meant(values, replaced)


def _correct(data: st.DataObject, target: Target, values: dict[str, Any]) -> Command:
    entry = data.draw(st.sampled_from(named_entries(target.contact)))
    old: Any = value_at(values, entry.place)
    key = "because" if entry.place[0] == "decisions" else "evidence"
    kind = data.draw(st.sampled_from(("text", "text", "removed", "turned", "dated")))
    why = data.draw(TEXTS)
    changed: dict[str, Any] = {key: data.draw(TEXTS)}
    meant = Meant(values)
    if key == "evidence" and kind == "removed":
        changed = {"evidence": None}
    elif key == "evidence" and kind in ("turned", "dated"):
        was = "met" if "met" in old else "not_met"
        now = {"met": "not_met", "not_met": "met"}[was] if kind == "turned" else was
        changed = {now: old[was] if kind == "turned" else NOW.isoformat()}
        meant.renamed += [((*entry.place, was), now)] if kind == "turned" else []
    arguments = ["correct", target.contact.id, entry.name, f"--because={why}"]
    arguments += [f"--set={name}={'' if value is None else value}" for name, value in changed.items()]
    for name, value in changed.items():
        if value is None:
            meant.removed += [(*entry.place, name)] if name in old else []
            old.pop(name, None)
        else:
            meant.replaced += [(*entry.place, name)] if name in old else []
            old[name] = value
    for place, _ in meant.renamed:
        old.pop(place[-1])
    meant.replaced += [(*entry.place, "corrected")] if "corrected" in old else []
    old["corrected"] = {"date": TODAY, "because": why}
    return arguments, meant


COMMANDS = (_answer, _answer, _decide, _decide, _next, _block, _revisit, _correct, _correct)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_each_command_says_what_it_means_and_keeps_every_other_byte(data: st.DataObject) -> None:
    values = data.draw(contacts())
    styled: Styled = data.draw(files(values, BODY))
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "criteria.yaml").write_text(RULES, "utf-8")
        (root / PATH).parent.mkdir(parents=True)
        (root / PATH).write_bytes(styled.data)
        for command in data.draw(st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=6)):
            target = open_target(root, PATH, root, NOW)
            before = read_contact(PATH, target.data)
            assert before.values == values
            arguments, meant = command(data, target, copy.deepcopy(values))
            ran = CliRunner().invoke(cli, ["-C", str(root), "--today", TODAY, *arguments])
            if ran.exit_code:
                assert isinstance(ran.exception, CrmtoolError) or ran.exit_code == 2, ran.exception
                assert (root / PATH).read_bytes() == target.data
                continue
            if "next step removed, it is settled" in ran.output:
                del meant.values["next_step"]
                meant.removed.append(("next_step",))
            values = meant.values
            made = (root / PATH).read_bytes()
            after = read_contact(PATH, made)
            assert after.values == values
            assert [found for found in check(load(root), NOW).findings if found.contact] == []
            assert after.body == before.body
            assert target.data[:3] == made[:3]
            assert target.data[-1:] == made[-1:]
            _assert_kept(before, after, meant)
            _assert_comments_stay(before, after, meant)


def _assert_kept(before: Document, after: Document, meant: Meant) -> None:
    """All that was written stands there still, in order, but for the values that were replaced and what was removed."""
    old, new = before.text, iter(after.text)
    gone = [_span(before, place) for place in meant.replaced] + [_removed(before, place) for place in meant.removed]
    gone += [_span(before, place, on_key=True) for place, _ in meant.renamed]
    cut = {i for start, end in gone for i in range(start, end)}
    lost = next((i for i, char in enumerate(old) if i not in cut and char not in new), None)
    assert lost is None, f"{old[:lost]}«{old[lost:]}»\n=>\n{after.text}"
    kinds = [set(re.findall(r"\r\n|\n|\r", doc.text[: doc.yaml_span.end])) for doc in (before, after)]
    assert kinds[0] == kinds[1]


def _span(document: Document, place: Place, *, on_key: bool = False) -> tuple[int, int]:
    where = document.locate(place, on_key=on_key)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", document.text))]
    return starts[where.line - 1] + where.column - 1, starts[where.end_line - 1] + where.end_column - 1


def _removed(document: Document, place: Place) -> tuple[int, int]:
    """Give the span of a key with its value, and of the comma or the blanks and the comment around it."""
    start, end = _span(document, place, on_key=True)[0], _span(document, place)[1]
    text = document.text
    start = len(text[:start].rstrip(" ,"))
    behind = re.compile(r"[ ,]*(#[^\r\n]*)?(\r\n|\n|\r)?").match(text, end)
    return start, behind.end() if behind else end


_COMMENT = re.compile(r"# c\d+: “ü”, \{x\}")


def _assert_comments_stay(before: Document, after: Document, meant: Meant) -> None:
    """Each comment stands behind the text that it stood behind, or on its own line beside one that it stood beside."""
    gone = [_removed(before, place) for place in meant.removed] + [_span(before, place) for place in meant.replaced]
    now = _neighbours(after)
    for comment, (at, above, below) in _neighbours(before).items():
        if any(start <= at < end for start, end in gone):
            continue
        assert comment in now, f"{comment} is lost\n{after.text}"
        is_beside_a_change = any(start < at <= end + 6 for start, end in gone)
        line, line_now = _line_before(before, at), _line_before(after, now[comment][0])
        beside = now[comment][2] == below if not line else line_now.startswith(line[:12])
        stays = now[comment][1] == above or beside
        assert stays or is_beside_a_change, f"{comment}: {above!r}, {below!r} → {now[comment]}\n{after.text}"


def _line_before(document: Document, at: int) -> str:
    return re.split(r"[\r\n]", document.text[:at])[-1].strip()


def _neighbours(document: Document) -> dict[str, tuple[int, str, str]]:
    """Give each comment with its offset and the text right above and below it, without brackets and commas."""
    text = document.text[: document.yaml_span.end]
    found: dict[str, tuple[int, str, str]] = {}
    for match in _COMMENT.finditer(text):
        above = _COMMENT.sub("", text[: match.start()]).rstrip(" \r\n,")
        below = _COMMENT.sub("", text[match.end() :]).lstrip(" \r\n,-[{}]")
        found[match[0]] = match.start(), re.split(r"[\r\n\[{, ]", above)[-1], re.split(r"[\r\n:,]", below)[0]
    return found
