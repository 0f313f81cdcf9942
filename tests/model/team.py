"""A team at work, and the model beside it: what each has in the work tree, on which day, and what happened."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from tests.model.cards import Card, Said, Tree, all_tokens, by_uid
from tests.model.people import STARTING, Office, Person
from tests.model.rules import Front, day_of, is_undecided, problems

Draw = Callable[[int], int]
"""Chooses a number below another one: hypothesis does, or a seed."""
T = TypeVar("T")


@dataclass
class Team:
    """Some people, what the model holds of their work trees, and what happened."""

    people: list[Person]
    top: Path
    draw: Draw
    today: date = STARTING
    work: dict[str, Tree] = field(default_factory=dict)
    stashes: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    last: int = 100
    branches: int = 0
    start: str = ""

    @classmethod
    def of(cls, office: Office, draw: Draw, seen: Counter[str], count: int = 3) -> Team:
        """Make a team that has all committed and pushed."""
        people, top = office.team(count)
        team = cls(people, top, draw, seen=seen)
        team.set_day(team.today)
        team.work = {person.name: person.tree() for person in people}
        team.start = people[0].head()
        return team

    def close(self) -> None:
        """Remove all that the team had."""
        shutil.rmtree(self.top)

    def pick(self, items: Sequence[T]) -> T:
        """Choose one."""
        return items[self.draw(len(items))]

    def chance(self, of: int) -> bool:
        """Choose what happens once in a while."""
        return self.draw(of) == of - 1

    def person(self) -> Person:
        """Choose who acts."""
        return self.pick(self.people)

    def token(self, kind: str) -> str:
        """Make a word that stands nowhere yet."""
        self.last += 1
        return f"{kind}{self.last}"

    def set_day(self, day: date) -> None:
        """Let it be another day, for crmtool, for Git and for the hook."""
        self.today = day
        os.environ["CRMTOOL_TODAY"] = day.isoformat()
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = f"{day}T12:00:00+01:00"

    def next_day(self) -> None:
        """Let time pass."""
        self.set_day(self.today + timedelta(1 + self.draw(8)))

    def past_day(self) -> str:
        """Choose today or a day shortly before."""
        return (self.today - timedelta((0, 0, 0, 1, 2, 5)[self.draw(6)])).isoformat()

    # --- The model and the files --------------------------------------------------------------------------------------

    def expect(self, person: Person, wanted: dict[str, Said]) -> None:
        """Compare the work tree with what the model says, and take it over."""
        found = person.tree()
        assert found.keys() == wanted.keys(), (sorted(found), sorted(wanted))
        for path, said in wanted.items():
            assert found[path].said == said, self.differing(path, said, found[path])
        self.work[person.name] = found

    @staticmethod
    def differing(path: str, wanted: Said, found: Card) -> str:
        """Tell what differs."""
        parts = ((name, getattr(wanted, name), getattr(found.said, name)) for name in ("front", "body", "comments"))
        return "\n".join([path, *(f"{name}: wanted {a}\nfound  {b}" for name, a, b in parts if a != b)])

    def said(self, person: Person) -> dict[str, Said]:
        """Give what the model holds of a work tree, to be changed."""
        return {path: card.said for path, card in self.work[person.name].items()}

    def look(self, person: Person) -> None:
        """Compare what crmtool tells of a work tree with the model: findings, standing, the log."""
        tree = self.work[person.name]
        found = self.json(person, "check")
        wrong = {path for path, card in tree.items() if problems(card.said.front, self.today)}
        told = {each["path"] for each in found["findings"] if each["severity"] == "error"}
        assert (found["contacts"], told) == (len(tree), wrong), found
        fronts = [card.said.front for card in tree.values()]
        logged = self.json(person, "log")["totals"]
        count = sum(len(front["decisions"]) for front in fronts)
        assert (logged["entries"], logged["decisions"]) == (len(fronts), count - len(fronts))
        if tree:
            path = self.pick(sorted(tree))
            self._look_at(person, path, tree[path].said.front)

    def _look_at(self, person: Person, path: str, front: Front) -> None:
        found = self.json(person, "why", path)
        since = day_of(front["decisions"][-1])
        assert found["status"] == front["status"]
        assert (found["verdict"] == "done") == (front["status"] in ("agreed", "stopped"))
        assert found["why_here"]["since"] == since.isoformat()
        assert found["why_here"]["days"] == (self.today - since).days
        assert found["why_here"]["because"] == front["decisions"][-1]["because"]
        step = found["next_step"]
        if "next_step" in front and is_undecided(front):
            assert (step["do"], step["proposed"]) == (front["next_step"]["do"], False)

    def json(self, person: Person, *arguments: str, status: int = 0) -> Any:
        """Run a command that prints JSON."""
        run = person.crmtool(*arguments, "--format", "json")
        assert run.status == status, run
        person.said.pop()
        return json.loads(run.out)

    # --- Commits ------------------------------------------------------------------------------------------------------

    def commit(self, person: Person, *options: str) -> None:
        """Commit all that differs; the hook must let it through."""
        person.git("add", "-A")
        person.git("commit", "--quiet", "-m", self.token("w"), *options)
        self.seen["commits"] += 1
        assert person.is_clean()
        assert person.tree_of("HEAD") == self.work[person.name] == person.tree()

    def tidy(self, person: Person) -> None:
        """Commit what is not committed yet."""
        if not person.is_clean():
            self.commit(person)

    def is_shared(self, person: Person, commits: str) -> bool:
        """Whether another branch has one of some commits, here or on the shared repository."""
        own = person.ask("rev-list", "--count", commits, "--not", *person.refs())
        return own != person.ask("rev-list", "--count", commits)

    def uids(self, person: Person, rev: str) -> dict[str, tuple[str, Card]]:
        """Give the contacts of a commit by what they are known by."""
        return by_uid(person.tree_of(rev))

    def arrive(self, person: Person) -> None:
        """Take over what is checked out now; it must be in order."""
        assert person.is_clean()
        tree = person.tree()
        assert tree == person.tree_of("HEAD")
        for path, card in tree.items():
            assert problems(card.said.front, self.today) == [], path
        self.work[person.name] = tree

    def assert_kept(self, person: Person, parents: tuple[str, ...]) -> None:
        """Every answer and decision of each side is there still, unless its contact was deleted."""
        now = self.uids(person, "HEAD")
        for parent in parents:
            for uid, (_, card) in self.uids(person, parent).items():
                found = all_tokens(now[uid][1].said.front) if uid in now else frozenset[str]()
                assert uid in self.deleted or all_tokens(card.said.front) <= found, (uid, found)
