"""What erasing a contact does, or did, as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crmtool.formats import privacy_json
from crmtool.formats.as_json import VERSION
from crmtool.privacy.by_hand import ByHand
from crmtool.privacy.erasing import Outline


def outline(found: Outline, by_hand: Iterable[ByHand]) -> dict[str, Any]:
    """Give the values of `erase --format json` before anything is done."""
    return {
        "version": VERSION,
        "contact": found.contact,
        "tombstone": found.path,
        "applied": False,
        "history": found.with_history,
        "looked_for": privacy_json.traces(found.traces),
        "paths": list(found.paths),
        "commits": found.commits,
        "mentions": [{**privacy_json.file(each), "action": found.action(each)} for each in found.files],
        "said": privacy_json.said(found.said),
        "tips": dict(found.tips),
        "obstacles": [{"what": what, "todo": todo} for what, todo in found.obstacles],
        "left": [],
        "unread": list(found.unread),
        "objects": 0,
        "by_hand": _by_hand(by_hand),
    }


def done(
    before: Mapping[str, Any],
    left: Sequence[Mapping[str, Any]],
    unread: Sequence[str],
    objects: int,
    todo: Iterable[ByHand],
) -> dict[str, Any]:
    """Give the values once it is done: what is left, what could not be looked into, how many objects were looked at."""
    values = {"left": list(left), "unread": list(unread), "objects": objects, "by_hand": _by_hand(todo)}
    return {**before, "applied": True, **values}


def _by_hand(found: Iterable[ByHand]) -> list[dict[str, Any]]:
    return [{"what": each.what, "commands": list(each.commands)} for each in found]
