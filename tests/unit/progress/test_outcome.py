from __future__ import annotations

import pytest

from crmtool.progress.outcome import Outcome, outcome
from tests.building import rulebook

STATUSES = rulebook().statuses


@pytest.mark.parametrize(
    ("source", "target", "expected", "is_back"),
    [
        ("new", "later", Outcome.FORWARD, False),
        ("later", "new", Outcome.BACK, True),
        ("later", "held", Outcome.HOLD, True),
        ("held", "new", Outcome.FORWARD, False),
        ("new", "won", Outcome.YES, False),
        ("held", "ended", Outcome.NO, False),
        ("won", "ended", Outcome.NO, False),
        ("ended", "new", Outcome.REOPENED, True),
        ("won", "later", Outcome.REOPENED, True),
        ("won", "held", Outcome.HOLD, True),
        ("gone", "new", Outcome.MOVED, False),
        ("new", "gone", Outcome.MOVED, False),
        ("gone", "won", Outcome.YES, False),
        ("gone", "ended", Outcome.NO, False),
    ],
)
def test_a_decision_came_to_something(source: str, target: str, expected: Outcome, is_back: bool) -> None:
    found = outcome(STATUSES.get(source), STATUSES.get(target))
    assert (found, found.is_back) == (expected, is_back)
