"""Whether a workspace's own schemas know what the shipped ones do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crmtool.app.doctor import commands
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.errors import CrmtoolError
from crmtool.resources import shipped
from crmtool.snapshot import SCHEMA_FOLDER
from crmtool.workspace import CONTACT_SCHEMA, RULEBOOK_SCHEMA, WorkTree, load_schemas


def examine(root: Path) -> Iterator[Check]:
    """Compare both schemas with the shipped ones."""
    try:
        load_schemas(WorkTree(root))
    except CrmtoolError as error:
        yield problem("schemas", str(error), _renew(root))
        return
    for name in (CONTACT_SCHEMA, RULEBOOK_SCHEMA):
        yield _examine(root, name)


def _examine(root: Path, name: str) -> Check:
    path = SCHEMA_FOLDER + name
    if not (root / path).exists():
        return ok("schemas", f"there is no {path}; the shipped one holds, but editors do not find it")
    own = json.loads((root / path).read_text("utf-8-sig"))
    current = json.loads(shipped("schemas", name).read_bytes())
    if own == current:
        return ok("schemas", f"{path} is the shipped one")
    unknown = sorted(_keys(current) - _keys(own))
    if not unknown:
        return ok("schemas", f"{path} is your own, above the shipped one")
    told = f"{path} lacks {', '.join(unknown[:3])}{', …' if unknown[3:] else ''}, which the shipped one has"
    # An old copy says nothing that the shipped one does not say as well. Else a team may have meant to leave it out.
    if _keys(own) <= _keys(current):
        return problem("schemas", f"{told}: it is an old copy", _renew(root))
    return notice("schemas", f"{told}; if you did not leave that out on purpose, add it")


def _renew(root: Path) -> str:
    return commands.crmtool(root, "init", "--schemas")


def _keys(schema: Any, place: str = "") -> set[str]:
    """Name all keys that a schema knows, by where they stand: `next_step.do`, `$defs.answer.met`."""
    if not isinstance(schema, dict):
        return set()
    found: set[str] = set()
    for word in ("properties", "$defs"):
        for key, inner in schema.get(word, {}).items():
            name = f"{place}{'$defs.' if word == '$defs' else ''}{key}"
            found |= {name} | _keys(inner, f"{name}.")
    for word in ("items", "additionalProperties"):
        found |= _keys(schema.get(word), place)
    return found
