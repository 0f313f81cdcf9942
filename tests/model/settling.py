"""How people settle what is in conflict, by what docs/reference/merging.md says: nothing that was said is dropped."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.model.cards import Said, all_tokens, tokens
from tests.model.merging import Fork, merged_value
from tests.model.rules import Entry, Front, day_of, problems


def settled(base: Said | None, ours: Said, theirs: Said, today: date, mark: str) -> Said | None:
    """Put both sides of a conflict together as the docs say; None where the model finds no way that is in order.

    `mark` is the token of the corrections that this takes.
    """
    for decisions in _ways(base, ours, theirs, today, mark):
        front = _together(base, ours, theirs)
        _own_up_to_moves(front, theirs.front, {"date": today.isoformat(), "because": f"{mark} it came first"})
        front["decisions"] = decisions
        front["status"] = decisions[-1]["to"]
        for fixed in (front, _without_noes(front, base, today, mark)):
            lost = (all_tokens(ours.front) | all_tokens(theirs.front)) - all_tokens(fixed)
            if not problems(fixed, today) and not lost:
                comments = ours.comments | theirs.comments
                return Said(front=fixed, body=_body(base, ours, theirs), comments=comments)
    return None


def _together(base: Said | None, ours: Said, theirs: Said) -> Front:
    fork = Fork(base=base.front if base else {}, ours=ours.front, theirs=theirs.front)
    front: Front = {}
    for key in dict.fromkeys((*ours.front, *theirs.front)):
        if key == "criteria":
            ids = dict.fromkeys((*ours.front[key], *theirs.front[key]))
            front[key] = {id: _log(fork.at(key).at(id)) for id in ids}
        elif key != "decisions":
            value = merged_value(key, fork.at(key))
            if value is not None:
                front[key] = value
    return copy.deepcopy(front)


def _own_up_to_moves(front: Front, theirs: Front, correction: Entry) -> None:
    """Say of entries that stand in another order on their side why: both sides may have settled that by themselves."""
    for id, log in front["criteria"].items():
        last, other = 0, theirs["criteria"].get(id, [])
        for entry in log:
            twin = _twin(entry, other)
            at = last if twin is None else other.index(twin)
            if at < last:
                entry["corrected"] = correction
            last = max(last, at)


def _log(fork: Fork) -> list[Entry]:
    """Keep all entries of both sides; one that both changed is ours where that is a correction, else theirs."""
    mine, other = fork.ours or [], fork.theirs or []
    base = fork.base or []
    result: list[Entry] = []
    for entry in mine:
        twin = _twin(entry, other)
        result.append(twin if twin is not None and entry in base else entry)
    at = 0
    for entry in other:  # each behind the one that it stands behind on its own side
        twin = _twin(entry, result)
        if twin is None:
            result.insert(at, entry)
        at = 1 + result.index(twin or entry)
    return sorted(result, key=day_of)


def _twin(entry: Entry, log: Iterable[Entry]) -> Entry | None:
    return next((other for other in log if tokens(other) & tokens(entry)), None)


def _ways(base: Said | None, ours: Said, theirs: Said, today: date, mark: str) -> Iterator[list[Entry]]:
    """Give both logs of decisions in the order of their days, then each side's and why it stands for both."""
    mine, other = ours.front["decisions"], theirs.front["decisions"]
    fork = Fork(base=base.front["decisions"] if base else [], ours=mine, theirs=other)
    yield copy.deepcopy(_log(fork))
    for log, lost in ((mine, other), (other, mine)):
        own = [entry for entry in log if _twin(entry, lost) is None]
        gone = [entry for entry in lost if _twin(entry, log) is None]
        if len(own) >= len(gone) > 0:
            both = copy.deepcopy(_log(Fork(base=fork.base, ours=log, theirs=[e for e in lost if e not in gone])))
            for entry, instead in zip([e for e in both if _twin(e, own)], gone, strict=False):
                entry["because"] += f" also {' '.join(sorted(tokens(instead)))}"
                entry["corrected"] = {"date": today.isoformat(), "because": f"{mark} it stands for both"}
            yield both


def _without_noes(front: Front, base: Said | None, today: date, mark: str) -> Front:
    """Correct the noes that came with either side: they speak against a decision of the other one."""
    fixed = copy.deepcopy(front)
    old: dict[str, list[Entry]] = base.front["criteria"] if base else {}
    for id, log in fixed["criteria"].items():
        for entry in log:
            wrong, right = ("met", "not_met") if id == "clash" else ("not_met", "met")
            if wrong in entry and entry not in old.get(id, []):
                entry[right] = entry.pop(wrong)
                entry["corrected"] = {"date": today.isoformat(), "because": f"{mark} settled between us"}
    return fixed


def _body(base: Said | None, ours: Said, theirs: Said) -> str:
    before: list[Any] = base.body.split("\n") if base else []
    mine, other = ours.body.split("\n"), theirs.body.split("\n")
    before += [None] * (len(mine) - len(before))
    return "\n".join(b if a == old else a for old, a, b in zip(before, mine, other, strict=True))
