"""Write what was planned."""

from __future__ import annotations

from crmtool.app.importing.planning import Plan
from crmtool.writing import replace_unchanged


def write_plan(plan: Plan) -> None:
    """Write the files of a plan, each whole or not at all; raises CrmtoolError at one that was changed meanwhile.

    What was written by then stays: the same import again goes on from there.
    """
    for path, (before, after) in plan.files.items():
        replace_unchanged(plan.root / path, before, after)
