"""not-utf8."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT, CONTACT_PATH, contact

RULE = Rule(
    code="not-utf8",
    title="The file is not UTF-8",
    why="The same bytes mean different letters in different encodings: guessed wrongly, `Köhler` becomes `KÃ¶hler` "
    "and is found no more.",
    remedy="Save the file as UTF-8 in your editor, or convert it: `iconv -f WINDOWS-1252 -t UTF-8 ada.md > new.md && "
    "mv new.md ada.md`.",
    valid=(Example(files=contact("Ada Example", "Jörg Weiß, 東京")),),
    invalid=(
        Example(
            files={CONTACT_PATH: CONTACT.replace("Ada Example", "Jörg Weiß").encode("latin-1")}, at=(CONTACT_PATH, 2, 8)
        ),
        Example(files={CONTACT_PATH: "---\nname: Ada\n---\n".encode("utf-16")}, at=(CONTACT_PATH, 1, 1)),
    ),
)
