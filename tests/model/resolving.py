"""How a team settles what Git left in conflict, and what the hook does not let through."""

from __future__ import annotations

import re

from tests.model.cards import read_card, render, tokens
from tests.model.forking import Forked, versions
from tests.model.people import Person
from tests.model.rules import Front, is_undecided
from tests.model.settling import settled
from tests.model.team import Team


def settle(team: Team, person: Person, fork: Forked, hit: set[str]) -> bool:
    """Settle what is in conflict as the docs say, and stage it; tells whether that could be done."""
    final: dict[str, bytes] = {}
    files = person.files()
    for uid in fork.outcomes:
        if uid not in hit:
            final |= {path: raw for path, raw in files.items() if (card := read_card(raw)) and card.said.uid == uid}
    for uid in sorted(hit):
        found = _settled(team, fork, uid)
        if found is None:
            team.seen["conflicts nobody could settle"] += 1
            return False
        path, raw = found
        if raw is not None:
            final[path] = raw
    for path in person.files().keys() - final.keys():
        (person.top / path).unlink()
    for path, raw in final.items():
        if files.get(path) != raw:
            person.write(path, raw)
    person.git("add", "-A")
    team.seen["conflicts settled"] += len(hit)
    return True


def _settled(team: Team, fork: Forked, uid: str) -> tuple[str, bytes | None] | None:
    base, ours, theirs = versions(fork, uid)
    if not (ours and theirs):
        path, card = ours or theirs or ("", None)
        assert card is not None
        if base is None:  # two contacts that came under one name: each gets another
            return f"contacts/{uid}-too.md", card.raw
        is_deleted = not is_undecided(card.said.front) and team.chance(2)
        return path, None if is_deleted else card.raw
    mark = team.token("m")
    said = settled(base[1].said if base else None, ours[1].said, theirs[1].said, team.today, mark)
    if said is None:
        return None
    path = theirs[0] if base and ours[0] == base[0] else ours[0]
    newline = "\r\n" if b"\r\n" in ours[1].raw else "\n"
    return path, render(said, newline=newline)


def try_one_side(team: Team, person: Person, fork: Forked, hit: set[str]) -> None:
    """Settle everything, but of one contact keep our side alone: what the other one said is not to be dropped."""
    for uid in sorted(hit):
        _, ours, theirs = versions(fork, uid)
        if not (ours and theirs) or not _drops(ours[1].said.front, theirs[1].said.front):
            continue
        here = [path for path, card in person.tree().items() if card.said.uid == uid]
        raw = (person.top / here[0]).read_bytes()
        person.write(here[0], ours[1].raw)
        person.git("add", "-A")
        head = person.head()
        done = person.attempt("commit", "--no-edit")
        assert done.returncode != 0, f"what they said of {uid} was dropped"
        assert re.search(r"\[(answer|decision)-rewritten\]", done.stderr), done.stderr
        assert person.head() == head
        person.write(here[0], raw)
        person.git("add", "-A")
        team.seen["one-sided settlements refused"] += 1
        return


def _drops(ours: Front, theirs: Front) -> bool:
    """Whether our side alone lacks an entry of theirs, and has no correction that could stand for it."""
    known = [e for log in (theirs["decisions"], *theirs["criteria"].values()) for e in log]
    logs = {"": (ours["decisions"], theirs["decisions"])}
    logs |= {id: (ours["criteria"].get(id, []), log) for id, log in theirs["criteria"].items()}
    for mine, other in logs.values():
        lacks = any(not tokens(entry) <= frozenset().union(*map(tokens, mine), frozenset()) for entry in other)
        if lacks and not any("corrected" in entry and entry not in known for entry in mine):
            return True
    return False


def told(fork: Forked, hit: set[str], told: str) -> None:
    """Whoever merges is told of each conflict, by Git and, where both changed the file, by crmtool."""
    for uid in hit:
        outcome = fork.outcomes[uid]
        assert any(path and path in told for path in (*outcome.paths, outcome.path)), told
