"""merge-conflict."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT, CONTACT_PATH, RULEBOOK, RULEBOOK_PATH, contact

_LINE = "status: clarifying\n"
_CONFLICT = "<<<<<<< HEAD\nstatus: clarifying\n=======\nstatus: stopped\n>>>>>>> jonas\n"

RULE = Rule(
    code="merge-conflict",
    title="A merge conflict is not resolved",
    why="Two people changed the same lines, and Git left both versions in the file, between lines of `<<<<<<<`, "
    "`=======` and `>>>>>>>`. Which decision stands is for the two of you to say, not for a program.",
    remedy="Keep what is right of both sides and remove the three marker lines. Where the two sides only answered "
    "different questions, Git merged without crmtool: `git merge --abort`, then `crmtool hook install --merge-only`, "
    "and merge again.",
    valid=(Example(files=contact("Notes.", "Notes\n=======")),),
    invalid=(
        Example(files=contact(_LINE, _CONFLICT), at=(CONTACT_PATH, 3, 1)),
        Example(
            files={CONTACT_PATH: f"<<<<<<< HEAD\n{CONTACT}=======\n{CONTACT}>>>>>>> jonas\n"}, at=(CONTACT_PATH, 1, 1)
        ),
        Example(files=contact(_LINE, f"{_LINE}>>>>>>> jonas\n"), at=(CONTACT_PATH, 4, 1)),
        Example(files={RULEBOOK_PATH: _CONFLICT + RULEBOOK}, at=(RULEBOOK_PATH, 1, 1)),
    ),
)
