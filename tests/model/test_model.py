"""Several people, one shared repository, random commands: crmtool and a simple model must agree after each.

`MODEL_EXAMPLES=200 pytest tests/model -k machine` looks for new faults with hypothesis, which makes a failure small;
`MODEL_WALKS=500 pytest tests/model -k walks` walks by seeds, from `MODEL_SEED` on. `MODEL_STATISTICS=1` and `-s` tell
what happened how often.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.model import gathering
from tests.model.people import Office
from tests.model.team import Team
from tests.model.walking import ACTIONS, Action, step, walk

EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "0"))
WALKS = int(os.environ.get("MODEL_WALKS", "0"))
SEED = int(os.environ.get("MODEL_SEED", "1000"))
MUST_OCCUR = (
    *("commits", "commits refused", "commands refused", "changes by commands", "renames"),
    *("merges", "merges in conflict", "contacts merged", "conflicts settled", "one-sided settlements refused"),
    *(
        "merges mirrored",
        "rebases",
        "rebase steps in conflict",
        "picks",
        "amended commits",
        "stashes back",
        "deletions",
    ),
    *("pushes", "pushes refused", "differences compared", "slips found in a range", "reverts found in a range"),
)


def told(seen: Counter[str]) -> str:
    """List what happened how often."""
    return "\n".join(f"{count:6} {name}" for name, count in sorted(seen.items()))


class Together(RuleBasedStateMachine):
    """A team that does what hypothesis chooses."""

    office: ClassVar[Office]
    seen: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.team = Team.of(self.office, lambda _: 0, self.seen)

    @rule(action=st.sampled_from([action for action, weight in ACTIONS.items() for _ in range(weight)]), data=st.data())
    def act(self, action: Action, data: st.DataObject) -> None:
        """Do one of the things that can happen."""
        self.team.draw = lambda count: data.draw(st.integers(0, count - 1))
        step(self.team, action)

    def teardown(self) -> None:
        """Bring all together, and see that everything is there."""
        self.team.draw = lambda _: 0
        try:
            gathering.bring_together(self.team)
        finally:
            note("\n".join(self.team.people[0].said))
            self.team.close()


def test_machine(office: Office) -> None:
    Together.office, Together.seen = office, Counter()
    chosen = settings(
        max_examples=EXAMPLES or 3,
        stateful_step_count=50 if EXAMPLES else 25,
        derandomize=not EXAMPLES,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink) if EXAMPLES else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Together, settings=chosen)
    if os.environ.get("MODEL_STATISTICS"):
        print(told(Together.seen))  # noqa: T201


def test_walks_meet_all_that_matters(office: Office) -> None:
    seen: Counter[str] = Counter()
    for seed in range(SEED, SEED + WALKS) if WALKS else (4, 7):
        walk(office, seed, 60, seen)
    if os.environ.get("MODEL_STATISTICS"):
        print(told(seen))  # noqa: T201
    assert [name for name in MUST_OCCUR if not seen[name]] == [], told(seen)
