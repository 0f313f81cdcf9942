"""A merge as it is to be made, what the model says of it, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.model.cards import Card, Tree, all_tokens, by_uid, read_card
from tests.model.merging import Kind, Outcome, merged_trees
from tests.model.people import Person
from tests.model.rules import Front, problems
from tests.model.team import Team

Versions = tuple[Tree, Tree, Tree]
"""What two sides come from, ours and theirs."""


@dataclass(frozen=True, kw_only=True)
class Forked:
    """A merge that is to be made, and what the model says of it."""

    trees: Versions
    outcomes: Mapping[str, Outcome]


def forked(team: Team, person: Person, bases: list[str], ours: str, theirs: str) -> Forked:
    """Ask the model what a merge of two commits gives; of several bases it leaves open what is a conflict."""
    trees = (person.tree_of(bases[0]), person.tree_of(ours), person.tree_of(theirs))
    outcomes = merged_trees(*trees, team.today)
    if len(bases) > 1:
        team.seen["criss-cross merges"] += 1
        outcomes = {
            uid: Outcome(kind=Kind.OPEN, paths=o.paths, path=o.path, why="criss-cross") for uid, o in outcomes.items()
        }
    return Forked(trees=trees, outcomes=outcomes)


def versions(fork: Forked, uid: str) -> list[tuple[str, Card] | None]:
    return [by_uid(tree).get(uid) for tree in fork.trees]


def in_conflict(person: Person) -> set[str]:
    """List the paths that Git says are in conflict."""
    lines = person.ask("ls-files", "-u", "-z").split("\0")
    return {line.partition("\t")[2] for line in lines if line}


def judged(team: Team, person: Person, fork: Forked, told: str) -> set[str]:
    """Compare what a merge left behind, and told, with the model; gives who is in conflict, by uid."""
    paths = in_conflict(person)
    hit = {uid for uid, outcome in fork.outcomes.items() if paths & (outcome.paths | {outcome.path})}
    assert paths <= {path for o in fork.outcomes.values() for path in (*o.paths, o.path)}, paths
    for uid, outcome in fork.outcomes.items():
        is_surprise = uid in hit and outcome.kind is Kind.CLEAN and not _shares(uid, fork, hit)
        assert not is_surprise or _is_of_style(outcome, told), f"{uid} should merge: {outcome}\n{told}"
        team.seen["conflicts of style"] += is_surprise
        assert uid in hit or outcome.kind is not Kind.CONFLICT, f"{uid} should be in conflict: {outcome.why}"
        if uid in hit:
            team.seen["contacts in conflict"] += 1
        else:
            assert_merged(person.files(), uid, fork, team)
            kind = "contacts merged" if outcome.kind is Kind.CLEAN else "contacts merged, left open"
            team.seen[kind] += outcome.raw is None and outcome.path is not None
    return hit


def _is_of_style(outcome: Outcome, told: str) -> bool:
    """Whether both sides wrote a file so differently that a comment would be lost: the model knows no style."""
    lines = [line for line in told.splitlines() if line.startswith(f"crmtool: {outcome.path}: ")]
    return outcome.raw is None and any("a comment would be lost" in line for line in lines)


def _shares(uid: str, fork: Forked, hit: set[str]) -> bool:
    """Whether another contact in conflict has had the same path."""
    own = fork.outcomes[uid].paths
    return any(own & fork.outcomes[other].paths for other in hit - {uid})


def assert_merged(files: Mapping[str, bytes], uid: str, fork: Forked, team: Team) -> None:
    outcome = fork.outcomes[uid]
    here = {path: card for path, raw in files.items() if (card := read_card(raw)) and card.said.uid == uid}
    if outcome.kind is Kind.OPEN:
        for card in here.values():
            _assert_nothing_lost(versions(fork, uid), card.said.front, team)
        return
    assert list(here) == [outcome.path] * (outcome.path is not None), (uid, list(here), outcome)
    for path, card in here.items():
        assert outcome.said is not None
        assert card.said == outcome.said, Team.differing(path, outcome.said, card)
        assert outcome.raw in (None, card.raw)
        if outcome.raw is None:
            team.seen["comments doubled by a merge"] += card.doubled


def _assert_nothing_lost(versions: list[tuple[str, Card] | None], front: Front, team: Team) -> None:
    base, ours, theirs = (all_tokens(version[1].said.front) if version else frozenset() for version in versions)
    found = all_tokens(front)
    assert (ours & theirs) | (ours - base) | (theirs - base) <= found <= ours | theirs
    assert problems(front, team.today) == []
