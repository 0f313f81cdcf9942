"""too-large."""

from __future__ import annotations

from crmtool.document import MAX_BYTES
from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT, CONTACT_PATH

RULE = Rule(
    code="too-large",
    title="The file is larger than 1 MiB",
    why="A contact is a page or two of text. A file of this size is an attachment or an accident, and reading it "
    "would slow every check down.",
    remedy="Move long notes and attachments to files of their own, and link them.",
    valid=(Example(files={CONTACT_PATH: CONTACT.encode().ljust(MAX_BYTES, b".")}),),
    invalid=(Example(files={CONTACT_PATH: CONTACT.encode().ljust(MAX_BYTES + 1, b".")}, at=(CONTACT_PATH, 1, 1)),),
)
