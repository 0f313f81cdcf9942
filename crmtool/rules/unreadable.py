"""unreadable."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK_PATH, contact

RULE = Rule(
    code="unreadable",
    title="The file cannot be read",
    why="Nobody can say what stands in a file that cannot be opened: one without permission to read, a folder or a "
    "broken link of that name. Symbolic links that lead out of the workspace are not followed, so that a foreign "
    "repository cannot pull private files into a report.",
    remedy="The finding says what is in the way. Allow reading the file (`chmod u+r FILE`), or put the file itself in "
    "the place of a link.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(files={CONTACT_PATH: None}, at=(CONTACT_PATH, 1, 1)),
        Example(files={RULEBOOK_PATH: None}, at=(RULEBOOK_PATH, 1, 1)),
    ),
)
