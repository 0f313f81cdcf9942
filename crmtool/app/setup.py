"""Make a new workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.resources import shipped
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER
from crmtool.workspace import CONTACT_SCHEMA, RULEBOOK_SCHEMA, write_atomic

LANGUAGES = ("en", "de")
_EXAMPLES = {"en": "contacts/example-and-sons/jo-example.md", "de": "contacts/beispiel-und-soehne/erika-beispiel.md"}
_IGNORED = "site/public/"
_STEP_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class NewWorkspace:
    """What was made: paths from the root; files that were there already are `kept`."""

    root: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    example: str


def init(root: Path, language: str, today: date) -> NewWorkspace:
    """Make a workspace in a directory, keeping every file that is there; raises CrmtoolError where one exists."""
    if (root / RULEBOOK).exists():
        raise CrmtoolError(f"{root} holds a workspace already: {RULEBOOK} is there")
    if root.exists() and not root.is_dir():
        raise CrmtoolError(f"{root} is not a directory")
    files = _files(language, today)
    kept = tuple(path for path in files if (root / path).exists())
    for path, text in files.items():
        # The rule book comes last: a workspace that was interrupted while it was made can be made again.
        if path not in kept:
            write_atomic(root / path, text.encode())
    ignored = _ignore(root)
    written = tuple(path for path in files if path not in kept) + ((".gitignore",) if ignored else ())
    return NewWorkspace(root=root, written=written, kept=kept, example=_EXAMPLES[language])


def _files(language: str, today: date) -> dict[str, str]:
    rulebook = _template(language, RULEBOOK)
    name = next(line.removeprefix("name: ") for line in rulebook.splitlines() if line.startswith("name: "))
    contact = _template(language, "contact.md").replace("{today}", today.isoformat())
    return {
        _EXAMPLES[language]: contact.replace("{in_a_week}", (today + timedelta(days=_STEP_DAYS)).isoformat()),
        "contacts/README.md": _template("README.contacts.md"),
        SCHEMA_FOLDER + CONTACT_SCHEMA: shipped("schemas", CONTACT_SCHEMA).read_text("utf-8"),
        SCHEMA_FOLDER + RULEBOOK_SCHEMA: shipped("schemas", RULEBOOK_SCHEMA).read_text("utf-8"),
        "site/mkdocs.yml": _template("mkdocs.yml").replace("{name}", name, 1),
        "site/pages/round.md": _template(language, "round.md"),
        RULEBOOK: rulebook,
    }


def _ignore(root: Path) -> bool:
    file = root / ".gitignore"
    text = file.read_text("utf-8") if file.exists() else ""
    if _IGNORED in text.split():
        return False
    write_atomic(file, (text + ("" if not text or text.endswith("\n") else "\n") + _IGNORED + "\n").encode())
    return True


def _template(*parts: str) -> str:
    return shipped("templates", *parts).read_text("utf-8")
