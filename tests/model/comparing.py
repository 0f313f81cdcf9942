"""What came between two versions, and whether all is there in the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.model.cards import tokens
from tests.model.people import Person
from tests.model.rules import Front
from tests.model.team import Team


def compare(team: Team, person: Person, old: str, new: str) -> None:
    """Compare what `crmtool diff` tells with the model."""
    bases = person.ask("merge-base", "--all", old, new).splitlines()
    if len(bases) != 1:
        return
    found = team.json(person, "diff", f"{old}..{new}")
    before, after = team.uids(person, bases[0]), team.uids(person, new)
    wanted: dict[str, tuple[list[Any], list[Any], int]] = {}
    for uid, (path, card) in after.items():
        past = before[uid][1].said.front if uid in before else {"decisions": [], "criteria": {}}
        told = _came(past, card.said.front)
        if any(told):
            wanted[path.removeprefix("contacts/").removesuffix(".md")] = told
    told_of = {each["contact"]: _told_of(each) for each in found["contacts"] if each["file"] != "deleted"}
    assert {id: told for id, told in told_of.items() if any(told)} == wanted
    deleted = {each["contact"] for each in found["contacts"] if each["file"] == "deleted"}
    assert len(deleted) == len(before.keys() - after.keys())
    moved = {uid for uid in before.keys() & after.keys() if before[uid][0] != after[uid][0]}
    assert found["totals"]["renamed"] == len(moved)
    team.seen["differences compared"] += 1


def _came(before: Front, after: Front) -> tuple[list[Any], list[Any], int]:
    logs = [(before["decisions"], after["decisions"])]
    answers = [(before["criteria"].get(id, []), log) for id, log in after["criteria"].items()]
    new = [[e for e in log if not any(tokens(e) & tokens(o) for o in old)] for old, log in (*logs, *answers)]
    changed = sum(e not in log for old, log in (*logs, *answers) for e in old)
    return [e["because"] for e in new[0]], sorted(e["evidence"] for log in new[1:] for e in log), changed


def _told_of(each: Mapping[str, Any]) -> tuple[list[Any], list[Any], int]:
    assert {past["kind"] for past in each["past"]} <= {"corrected"}, each
    decided = [entry["because"] for entry in each["decided"]]
    return decided, sorted(entry["evidence"] for entry in each["clarified"]), len(each["past"])
