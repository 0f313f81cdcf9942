"""too-deep."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.yaml_problems import MAX_DEPTH


def _nested(depth: int) -> str:
    # The file itself is the first level, `extra` the second.
    return f"extra: {{map: {'[' * (depth - 2)}{']' * (depth - 2)}}}\nstatus:"


RULE = Rule(
    code="too-deep",
    title=f"Values are nested deeper than {MAX_DEPTH} levels",
    why="Nothing that crmtool reads needs more than six levels. Thousands of them make programs that read YAML fail.",
    remedy="Write flatter values; data of that shape belongs in a file of its own.",
    valid=(Example(files=contact("status:", _nested(MAX_DEPTH))),),
    invalid=(Example(files=contact("status:", _nested(MAX_DEPTH + 1)), at=(CONTACT_PATH, 3, 44)),),
)
