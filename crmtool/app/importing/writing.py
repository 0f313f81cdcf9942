"""Write what was planned."""

from __future__ import annotations

from collections.abc import Callable

from crmtool.app.importing.planning import Plan
from crmtool.writing import replace_unchanged


def write_plan(plan: Plan, tell: Callable[[str], object] = str) -> None:
    """Write the files of a plan, each whole or not at all, and tell the path of each that is written.

    Raises CrmtoolError at one that was changed meanwhile, or cannot be written. What was written by then stays: the
    same import again goes on from there.
    """
    for path, (before, after) in plan.files.items():
        replace_unchanged(plan.root / path, before, after)
        tell(path)
