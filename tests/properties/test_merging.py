"""Random changes of a contact on two sides, in random styles: nothing is lost, invented or settled silently."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.app.text_merging import GitTextMerge
from crmtool.check import check
from crmtool.document import read_contact
from crmtool.edit import EditError, edited
from crmtool.edit.changes import value_at
from crmtool.finding import Place, Severity
from crmtool.merge import Conflicted, Marks, Resolved, merge3
from crmtool.merge.changing import changes_between
from crmtool.schema import Schemas
from crmtool.snapshot import Content, read_content, with_contact
from tests.building import InMemory, day, shipped_schema
from tests.conftest import ROOT, TODAY
from tests.properties.test_editing import RULES
from tests.properties.test_reading import PIECES
from tests.styling import Styled, files

PATH = "contacts/x.md"
TEXT = GitTextMerge(ROOT, Marks())
SCHEMAS = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
CONTENT: Content = read_content(InMemory({"criteria.yaml": RULES}), SCHEMAS, only=())
GOOD = b"---\nname: N.\nstatus: new\ndecisions:\n  - {date: 2026-09-01, to: new, because: x}\n---\nNotes\n"
BODY = [f"line {i}\n" for i in range(9)]
WORDS = st.sampled_from(["a", "b, c", 'He said: "no"', "85 people", "true", "x: y # z", "ü"])
DAYS = st.sampled_from(["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"])
CRITERIA = st.sampled_from(["fit", "pain", "true"])
Values = dict[str, Any]


def judge(data: bytes) -> list[str]:
    found = check(with_contact(CONTENT, read_contact(PATH, data)), day(TODAY), partial=True).findings
    return [each.message for each in found if each.location.path == PATH and each.severity is Severity.ERROR]


def merge(base: bytes, ours: bytes, theirs: bytes) -> Resolved | Conflicted:
    return merge3(base, ours, theirs, text=TEXT, judge=judge)


# --- Two people who change a contact ----------------------------------------------------------------------------------


def _dated(entry: Values) -> str:
    return str(entry.get("date") or entry.get("met") or entry.get("not_met"))


@st.composite
def contacts(draw: st.DrawFn) -> Values:
    """Draw a contact that has entered, with what there is to be changed."""
    values: Values = {"name": draw(WORDS), "status": "new", "owner": "mira", "tags": ["one", "two", "three"]}
    criteria = draw(st.lists(CRITERIA, unique=True, max_size=3))
    if criteria:
        values["criteria"] = {id: [{"met": "2026-10-01"}, {"not_met": "2026-10-03"}] for id in criteria}
    values["decisions"] = [{"date": "2026-09-01", "to": "new", "because": draw(WORDS)}]
    values["stop_if"] = [{"when": "first", "by": "2026-12-01"}, {"when": "second", "by": "2026-12-02"}]
    values["extra"] = {"a": {"b": 1, "c": "x"}, "d": ["u", "v"]}
    return {key: values[key] for key in draw(st.permutations(list(values)))}


def _answer(draw: st.DrawFn, values: Values) -> None:
    log = values.setdefault("criteria", {}).setdefault(draw(CRITERIA), [])
    entry = {draw(st.sampled_from(["met", "not_met"])): draw(DAYS), "evidence": draw(WORDS)}
    log.append(entry)
    log.sort(key=_dated)


def _correct(draw: st.DrawFn, values: Values) -> None:
    logs = [*values.get("criteria", {}).values(), values["decisions"]]
    entry = draw(st.sampled_from([entry for log in logs for entry in log]))
    entry["because" if "to" in entry else "evidence"] = draw(WORDS)
    entry["corrected"] = {"date": draw(DAYS), "because": "a slip"}


def _redate(draw: st.DrawFn, values: Values) -> None:
    for log in values.get("criteria", {}).values():
        entry = draw(st.sampled_from(log))
        entry["met" if "met" in entry else "not_met"] = draw(DAYS)
        entry["corrected"] = {"date": "2026-10-04", "because": "another day"}
        log.sort(key=_dated)


def _forget(draw: st.DrawFn, values: Values) -> None:
    for id, log in list(values.get("criteria", {}).items()):
        log.remove(draw(st.sampled_from(log)))
        if not log:
            del values["criteria"][id]


def _decide(draw: st.DrawFn, values: Values) -> None:
    if values["status"] == "new":
        to, more = draw(st.sampled_from([("ended", {"reason": "no_need"}), ("on hold", {})]))
        entry = {"date": draw(st.sampled_from(["2026-10-05", "2026-10-06"])), "to": to, "because": draw(WORDS), **more}
        values["decisions"].append(entry)
        values["status"] = to
        values |= {"revisit": "2026-12-20"} if to == "on hold" else {}


def _field(draw: st.DrawFn, values: Values) -> None:
    key = draw(st.sampled_from(["owner", "role", "value", "next_step", "blocked", "name"]))
    value = {
        "value": draw(st.integers(0, 3)),
        "next_step": {"do": draw(WORDS), "clarifies": "fit", "due": "2026-12-01"},
        "blocked": {"by": draw(WORDS), "since": "2026-10-01"},
    }.get(key, draw(WORDS))
    values[key] = value


def _no_field(draw: st.DrawFn, values: Values) -> None:
    values.pop(draw(st.sampled_from(["owner", "role", "next_step", "tags", "extra"])), None)


def _list(draw: st.DrawFn, values: Values) -> None:
    for items in (values.get("tags", []), values.get("extra", {}).get("d", [])):
        new = draw(st.sampled_from(["four", "five", "six"]))
        if draw(st.booleans()) and new not in items:
            items.insert(draw(st.integers(0, len(items))), new)
        elif items:
            items.remove(draw(st.sampled_from(items)))


def _stop(draw: st.DrawFn, values: Values) -> None:
    log = values.setdefault("stop_if", [])
    kind = draw(st.sampled_from(["add", "change", "remove"]))
    if kind == "add":
        log.append({"when": draw(WORDS), "by": draw(DAYS)})
    elif log and kind == "change":
        draw(st.sampled_from(log))["by"] = draw(DAYS)
    elif log:
        log.remove(draw(st.sampled_from(log)))


def _extra(draw: st.DrawFn, values: Values) -> None:
    values.setdefault("extra", {}).setdefault("a", {})[draw(st.sampled_from(["b", "c", "e"]))] = draw(WORDS)


CHANGES: list[Callable[[st.DrawFn, Values], None]] = [
    *(_answer, _answer, _answer, _correct, _correct, _redate, _forget, _decide, _decide, _field, _field, _no_field),
    *(_list, _stop, _extra),
]


@dataclass(frozen=True)
class Fork:
    base: bytes
    ours: bytes
    theirs: bytes

    def values(self) -> list[Values]:
        return [values_of(data) if data else {} for data in (self.base, self.ours, self.theirs)]


@st.composite
def forks(draw: st.DrawFn) -> Fork:
    """Draw a contact file, and what two people made of it: as the commands would have, or written anew."""
    values = draw(contacts())
    base = with_body(draw(files(values)).data, BODY) if draw(st.integers(0, 9)) else b""
    sides = []
    for _ in range(2):
        changed = copy.deepcopy(values)
        for change in draw(st.lists(st.sampled_from(CHANGES), max_size=3)):
            change(draw, changed)
        body = list(BODY)
        for i in draw(st.lists(st.sampled_from([0, 0, 4, 8]), max_size=1)):
            body[i] = draw(st.sampled_from(["", "changed\n", "changed\nand more\n"]))
        sides.append(with_body(_side(draw, base, changed), body))
    return Fork(base, *sides)


def _side(draw: st.DrawFn, base: bytes, values: Values) -> bytes:
    if base and draw(st.integers(0, 4)):
        with suppress(EditError):
            made: bytes = edited(PATH, base, changes_between(values_of(base), values)).data
            return made
    written: Styled = draw(files(values))
    return written.data


def with_body(data: bytes, body: list[str]) -> bytes:
    document = read_contact(PATH, data)
    newline: str = re.findall(r"\r\n|\n|\r", document.text)[0]
    head = data.decode()[: len(data.decode()) - len(document.body)].rstrip("\r\n")
    return newline.join([head, *"".join(body).split("\n")]).encode()


def values_of(data: bytes) -> Values:
    values = read_contact(PATH, data).values
    assert values is not None, data
    return values


# --- What must hold ---------------------------------------------------------------------------------------------------

_COMMENT = re.compile("# c[0-9]+: “ü”".encode())
Statement = tuple[Place, str]


def statements(values: Any, place: Place = ()) -> Iterator[Statement]:
    """Take values apart into what is said one by one: entries of logs, items of lists, fields."""
    if isinstance(values, dict) and (place in ((), ("criteria",)) or place[:1] == ("extra",)):
        for key, value in values.items():
            yield from statements(value, (*place, key))
    elif isinstance(values, list):
        yield from ((place, json.dumps(item, sort_keys=True)) for item in values)
    else:
        yield place, json.dumps(values, sort_keys=True)


def sets(fork: Fork) -> list[set[Statement]]:
    return [set(statements(values)) for values in fork.values()]


def must_conflict(fork: Fork) -> bool:
    """Whether two changes cannot both be, said as plainly as can be."""
    base, ours, theirs = sets(fork)
    mine, other = ours - base, theirs - base
    for place in {place for place, _ in mine | other | base}:
        new = [{said for at, said in each if at == place} for each in (mine, other)]
        gone = [{said for at, said in base - each if at == place} for each in (ours, theirs)]
        if _collide(place, *new, *gone):
            return True
    return False


def _collide(place: Place, mine: set[str], other: set[str], left: set[str], dropped: set[str]) -> bool:
    if mine == other and left == dropped:
        return False
    if place == ("decisions",):
        return _fresh(mine) != _fresh(other) and bool(_fresh(mine)) and bool(_fresh(other))
    if place[0] == "criteria":
        twice = left == dropped and len(left) == 1 and _corrected(mine) != _corrected(other)
        days = [_days(_fresh(each)) for each in (mine, other)]
        return (twice and bool(_corrected(mine)) and bool(_corrected(other))) or any(
            days[0][on] != days[1][on] for on in days[0].keys() & days[1].keys()
        )
    is_list = place in (("tags",), ("stop_if",), ("extra", "d"))
    return not is_list and (mine, left) != (other, dropped) and bool(mine | left) and bool(other | dropped)


def _days(entries: set[str]) -> dict[str, set[str]]:
    days: dict[str, set[str]] = {}
    for said in entries:
        days.setdefault(_dated(json.loads(said)), set()).add(said)
    return days


def _fresh(entries: set[str]) -> set[str]:
    return {said for said in entries if "corrected" not in json.loads(said)}


def _corrected(entries: set[str]) -> set[str]:
    return entries - _fresh(entries)


def picked(data: bytes, side: int) -> bytes:
    """Resolve each conflict as one does in an editor: keep one side of it."""
    block = rb"^<<<<<<< ours\r?\n?((?s:.*?))^=======[\r\n]+((?s:.*?))^>>>>>>> theirs(?:\r\n|\n|\r)"
    text = re.sub(rb"\r(?!\n)", rb"\n", data)
    return re.sub(block, lambda match: match[side + 1], text, flags=re.MULTILINE)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(forks())
def test_a_merge_has_what_both_sides_say_or_is_a_conflict(fork: Fork) -> None:
    result, swapped = merge(fork.base, fork.ours, fork.theirs), merge(fork.base, fork.theirs, fork.ours)
    assert type(result) is type(swapped), (result, swapped)
    if isinstance(result, Resolved):
        _assert_complete(fork, result.data)
        assert read_contact(PATH, result.data).body == read_contact(PATH, swapped.data).body
        assert values_of(result.data) == values_of(swapped.data)
    else:
        _assert_can_be_resolved(fork, result)


def _assert_complete(fork: Fork, data: bytes) -> None:
    """All that one side added is there, all that one side removed is gone, and nothing else."""
    base, ours, theirs = sets(fork)
    merged = set(statements(values_of(data)))
    assert merged == (ours & theirs) | (ours - base) | (theirs - base)
    assert not must_conflict(fork)
    base, ours, theirs, merged = (set(_COMMENT.findall(each)) for each in (fork.base, fork.ours, fork.theirs, data))
    assert (ours & theirs) | (ours - base) | (theirs - base) <= merged
    for log in [*values_of(data).get("criteria", {}).values(), values_of(data)["decisions"]]:
        assert [_dated(entry) for entry in log] == sorted(_dated(entry) for entry in log)
    if fork.base not in (fork.ours, fork.theirs) and fork.ours != fork.theirs:
        assert judge(data) == []


def _assert_can_be_resolved(fork: Fork, result: Conflicted) -> None:
    """Keeping one side everywhere gives a contact that is in order if that side was, and says there what it said."""
    _, ours, theirs = sets(fork)
    assert b"<<<<<<< ours" in result.data
    for side, whole in enumerate((fork.ours, fork.theirs)):
        kept = picked(result.data, side)
        assert set(statements(values_of(kept))) <= ours | theirs
        assert judge(kept) == [] or judge(whole) != []
        for place in {conflict.place for conflict in result.conflicts} - {()}:
            assert value_at(values_of(kept), place) == value_at(values_of(whole), place)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(forks())
def test_two_ways_to_resolve_a_conflict_are_one_again(fork: Fork) -> None:
    """Branches that were merged into each other: Git hands the conflict between what they come from over as base."""
    marks = Marks(size=9)
    base = merge3(fork.base, fork.ours, fork.theirs, text=GitTextMerge(ROOT, marks), judge=judge, marks=marks)
    if isinstance(base, Conflicted):
        as_marked = merge(fork.base, fork.ours, fork.theirs).data
        result = merge(base.data, picked(as_marked, 0), picked(as_marked, 1))
        assert isinstance(result, Conflicted)
        assert {found.place for found in base.conflicts if found.place} <= {found.place for found in result.conflicts}


ANY_BYTES = st.binary(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
SIDES = st.sampled_from([b"", GOOD, GOOD.replace(b"N.", b"M."), b"\xef\xbb\xbf" + GOOD]) | ANY_BYTES


@given(SIDES, SIDES, SIDES)
def test_any_bytes_are_merged_or_left_as_they_are(base: bytes, one: bytes, other: bytes) -> None:
    assert merge(base, one, base) == merge(base, base, one) == merge(base, one, one) == Resolved(one)
    result, swapped = merge(base, one, other), merge(base, other, one)
    assert type(result) is type(swapped)
    assert isinstance(result, Resolved) or b"<<<<<<< ours" in result.data or b"\0" in one + base + other
