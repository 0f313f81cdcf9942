"""All that can happen, how often it does, and walks through it: by a seed, or as hypothesis likes."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.model import acting, committing, erring, gathering, merges, rebases
from tests.model.people import Office
from tests.model.team import Team

Action = Callable[[Team], None]
ACTIONS: dict[Action, int] = {
    acting.enter: 1,
    acting.answer: 8,
    acting.decide: 8,
    acting.plan: 3,
    acting.correct: 2,
    acting.edit_notes: 2,
    acting.edit_front: 3,
    acting.rename: 1,
    acting.delete: 1,
    erring.err: 2,
    committing.commit: 3,
    committing.amend: 3,
    merges.push: 3,
    merges.fetch: 6,
    merges.switch: 2,
    merges.merge: 5,
    rebases.rebase: 5,
    rebases.pick: 3,
    rebases.revert: 1,
    committing.stash: 2,
    Team.next_day: 4,
}
"""What happens, and how often."""


def step(team: Team, action: Action) -> None:
    """Do one thing, then compare what crmtool tells with the model."""
    name = getattr(action, "__name__", "")
    team.seen[f"step {name}"] += 1
    action(team)
    if team.chance(3):
        team.look(team.person())


def walk(office: Office, seed: int, steps: int, seen: Counter[str]) -> None:
    """Let a team do what a seed says, then bring it all together."""
    dice = Random(seed)
    team = Team.of(office, dice.randrange, seen)
    try:
        for action in dice.choices([*ACTIONS], [*ACTIONS.values()], k=steps):
            step(team, action)
        gathering.bring_together(team)
    except BaseException:
        sys.stderr.write(f"seed {seed} in {team.top}:\n" + "\n".join(team.people[0].said[-60:]) + "\n")
        traceback.print_exc()
        raise
    team.close()
