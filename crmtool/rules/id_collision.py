"""id-collision."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from crmtool.contact import contact_id, folded, is_contact_path
from crmtool.finding import Observation
from crmtool.rules.base import Example, WorkspaceRule, WorkspaceSubject
from crmtool.rules.examples import CONTACT, CONTACT_PATH, contact


def check(subject: WorkspaceSubject) -> Iterator[tuple[str, Observation]]:
    """Report each contact file whose id some disks cannot tell from that of another."""
    # Nearly always nothing collides, which is told of all paths at once; and none of them holds a zero.
    if len(set(folded("\0".join(subject.paths)).split("\0"))) == len(subject.paths):
        return
    same: defaultdict[str, list[str]] = defaultdict(list)
    for path in filter(is_contact_path, subject.paths):
        same[folded(contact_id(path))].append(path)
    for paths in same.values():
        for path in paths if len(paths) > 1 else ():
            others = ", ".join(_told(other, path) for other in paths if other != path)
            yield (
                path,
                Observation(
                    message=f"this file and {others} cannot be told apart on every disk",
                    hint="rename all but one of them (git mv), or join them if they are the same contact",
                ),
            )


def _told(other: str, path: str) -> str:
    """Name another file; where only the code points differ, that cannot be seen and is said."""
    return f"{other} (accents encoded otherwise)" if _nfc(other) == _nfc(path) else other


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_ENTERED = CONTACT.replace("status: clarifying", "status: new").partition("  - {date: 2026-11-05")[0] + "---\n"

RULE = WorkspaceRule(
    code="id-collision",
    title="Two contact files whose names collide on other people's disks",
    why="macOS and Windows take `Ada.md` and `ada.md` for the same file, and so it is with `ü` written as one "
    "character or as `u` with two dots. Who checks out both gets only one of them, and overwrites the other with the "
    "next commit.",
    remedy="Rename one of the files: `git mv contacts/Ada.md contacts/ada-example.md`. A contact keeps its history "
    "when its file is renamed.",
    valid=(Example(files=contact() | {"contacts/acme/ada.md": CONTACT}),),
    invalid=(
        Example(files=contact() | {"contacts/Ada.md": CONTACT}, at=("contacts/Ada.md", 2, 1)),
        Example(files=contact() | {"contacts/ADA.md": CONTACT}, at=(CONTACT_PATH, 2, 1)),
        Example(
            files={CONTACT_PATH: _ENTERED, "contacts/j\u00fcrgen.md": _ENTERED, "contacts/ju\u0308rgen.md": _ENTERED},
            at=("contacts/j\u00fcrgen.md", 2, 1),
        ),
    ),
    check=check,
)
