"""What a new workspace begins with: for each field of work a rule book and an example contact, in each language.

`templates/FIELD/LANGUAGE/` holds the rule book, the example contact in a folder of its own, as it will stand below
contacts/, and what takes the place of a file of `templates/common/`, which serves all fields.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from crmtool.contact import FOLDER
from crmtool.days import Duration
from crmtool.resources import shipped
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER
from crmtool.workspace import CONTACT_SCHEMA, RULEBOOK_SCHEMA

TEMPLATES = ("sales", "hiring", "investors", "partnerships")
LANGUAGES = ("en", "de")
SCHEMAS = (SCHEMA_FOLDER + CONTACT_SCHEMA, SCHEMA_FOLDER + RULEBOOK_SCHEMA)
_COMMON = "common"
_DAY = re.compile(r"\{today(?:(?P<sign>[+-])(?P<count>\d+)d)?\}")


def files(template: str, language: str, today: date) -> dict[str, str]:
    """Give the files of a new workspace, by their paths from its root, with days that fit to `today`."""
    own = shipped("templates", template, language)
    rulebook = _read(own / RULEBOOK)
    name = next(line.removeprefix("name: ") for line in rulebook.splitlines() if line.startswith("name: "))
    return {
        **{f"{FOLDER}{file.relative_to(own).as_posix()}": _dated(_read(file), today) for file in own.glob("*/*.md")},
        f"{FOLDER}README.md": _text(template, language, "README.contacts.md"),
        **{path: _read(shipped(*path.split("/"))) for path in SCHEMAS},
        "site/mkdocs.yml": _read(shipped("templates", _COMMON, "mkdocs.yml")).replace("{name}", name, 1),
        "site/pages/round.md": _text(template, language, "round.md"),
        RULEBOOK: rulebook,
    }


def _text(template: str, language: str, name: str) -> str:
    """Read a template's own file of that name, or else the one that all have in common."""
    own = shipped("templates", template, language, name)
    return _read(own if own.exists() else shipped("templates", _COMMON, language, name))


def _read(file: Path) -> str:
    return file.read_text("utf-8")


def _dated(text: str, today: date) -> str:
    """Put days in the place of `{today}`, `{today-14d}` and `{today+7d}`."""

    def day(found: re.Match[str]) -> str:
        time = Duration(int(found["count"] or 0), "d")
        return (time.before(today) if found["sign"] == "-" else time.after(today)).isoformat()

    return _DAY.sub(day, text)
