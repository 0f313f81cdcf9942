"""Random commands on randomly styled files: each says what was meant, is in order, and keeps every other byte."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.app.changing import Draft, Target, draft, save
from crmtool.app.changing.target import target_at
from crmtool.app.offers import criteria_to_clarify
from crmtool.document import Document, read_contact
from crmtool.edit import intents
from crmtool.errors import RefusedError
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
        "x\ny",
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


def _answer(data: st.DataObject, target: Target, values: dict[str, Any]) -> tuple[Draft, Meant]:
    criterion, met, on = data.draw(st.sampled_from(("fit", "pain", "true"))), data.draw(st.booleans()), data.draw(DAYS)
    evidence = data.draw(st.none() | TEXTS)
    attested = data.draw(st.sampled_from((None, "counterparty")))
    answer = intents.GivenAnswer(criterion=criterion, met=met, day=on, evidence=evidence, attested_by=attested)
    made = draft(target, intents.answer(target.contact, answer))
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
    return made, Meant(values, replaced)


def _decide(data: st.DataObject, target: Target, values: dict[str, Any]) -> tuple[Draft, Meant]:
    way = data.draw(st.sampled_from(target.rulebook.leaving(target.status.id)))
    on = data.draw(st.sampled_from((NOW, NOW, NOW - timedelta(days=1))))
    entry = {"date": on.isoformat(), "to": way.target, "because": data.draw(TEXTS)}
    revisit = NOW + timedelta(days=30) if way.id == "park" else None
    more: dict[str, Any] = {}
    if way.target == "ended":
        more["reason"] = data.draw(st.sampled_from(("no_need", "null")))
    if way.four_eyes:
        more |= {"by": "Mira", "confirmed_by": "Jonas"}
    if data.draw(st.booleans()):
        more["chance"] = 0.25
    given = intents.GivenDecision(to=way.target, day=on, because=entry["because"], revisit=revisit, **more)
    made = draft(target, intents.decide(given))
    replaced: list[Place] = [("status",), *([("revisit",)] if revisit and "revisit" in values else [])]
    values["status"] = way.target
    values["decisions"].append(entry | more)
    if revisit:
        values["revisit"] = revisit.isoformat()
    return made, Meant(values, replaced)


def _next(data: st.DataObject, target: Target, values: dict[str, Any]) -> tuple[Draft, Meant]:
    missing = criteria_to_clarify(target.contact, target.rulebook, NOW)
    if not missing:
        raise RefusedError("nothing to clarify")
    step = {"do": data.draw(TEXTS), "clarifies": missing[0].id, "due": "2026-12-24"}
    owner = data.draw(st.sampled_from((None, "mira")))
    made = draft(target, intents.next_step(step["do"], step["clarifies"], day(step["due"]), owner))
    replaced: list[Place] = [("next_step",)] if "next_step" in values else []
    values["next_step"] = step | ({"owner": owner} if owner else {})
    return made, Meant(values, replaced)


def _block(data: st.DataObject, target: Target, values: dict[str, Any]) -> tuple[Draft, Meant]:
    if "blocked" in values:
        made = draft(target, intents.drop("blocked"))
        del values["blocked"]
        return made, Meant(values, removed=[("blocked",)])
    by = data.draw(TEXTS)
    made = draft(target, intents.block(by, NOW))
    values["blocked"] = {"by": by, "since": TODAY}
    return made, Meant(values)


def _correct(data: st.DataObject, target: Target, values: dict[str, Any]) -> tuple[Draft, Meant]:
    places = [decision.place for decision in target.contact.decisions]
    places += [answer.place for answers in target.contact.criteria.values() for answer in answers]
    place = data.draw(st.sampled_from(places))
    key = "because" if place[0] == "decisions" else "evidence"
    new, why = data.draw(TEXTS), data.draw(TEXTS)
    made = draft(target, intents.correct(target.contact, place, {key: new}, {"date": TODAY, "because": why}))
    entry: Any = values
    for step in place:
        entry = entry[step]
    replaced = [(*place, each) for each in (key, "corrected") if each in entry]
    entry |= {key: new, "corrected": {"date": TODAY, "because": why}}
    return made, Meant(values, replaced)


COMMANDS = (_answer, _answer, _decide, _decide, _next, _block, _correct)


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
            target = target_at(root, PATH, NOW)
            before = read_contact(PATH, target.data)
            assert before.values == values
            try:
                made, meant = command(data, target, copy.deepcopy(values))
            except RefusedError:
                assert (root / PATH).read_bytes() == target.data
                continue
            if made.settled is not None:
                del meant.values["next_step"]
                meant.removed.append(("next_step",))
            save(made)
            values = meant.values
            after = read_contact(PATH, (root / PATH).read_bytes())
            assert after.values == values
            assert made.warnings == ()
            assert after.body == before.body
            assert target.data[:3] == made.data[:3]
            assert target.data[-1:] == made.data[-1:]
            _assert_kept(before, after, meant)
            _assert_comments_stay(before, after, meant)


def _assert_kept(before: Document, after: Document, meant: Meant) -> None:
    """All that was written stands there still, in order, but for the values that were replaced and what was removed."""
    old, new = before.text, iter(after.text)
    gone = [_span(before, place) for place in meant.replaced] + [_removed(before, place) for place in meant.removed]
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
