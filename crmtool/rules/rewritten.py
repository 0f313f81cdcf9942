"""What was done to an entry of a log, told in one line, and what to type to set it right."""

from __future__ import annotations

import json

from crmtool.rewriting import CORRECTED, Entry, Kind, Rewrite
from crmtool.text import one_line
from crmtool.yaml_reader import Value

UNSEEN = (
    "What was just committed and nobody else has seen is made anew instead: `git reset --soft HEAD~1`, mend the "
    "file, `git commit`."
)
"""A part of what to do about entries that were rewritten."""
_LONG = 40
_ANSWERS = ("met", "not_met")


def told(what: str, rewrite: Rewrite) -> str:
    """Tell what was done to an entry that is named by `what`."""
    if rewrite.kind is Kind.REMOVED:
        return f"{what} was removed"
    if rewrite.kind is Kind.MOVED:
        return f"{what} was moved: it was entry {rewrite.old_index + 1} and is {(rewrite.index or 0) + 1} now"
    return f"{what} was changed: {', '.join(_changes(rewrite.before, rewrite.after or {}, rewrite.changed_keys))}"


def way_back(rewrite: Rewrite) -> str:
    """Tell what to type instead."""
    correction = f"`{CORRECTED}: {{date: …, because: …}}`"
    if rewrite.kind is Kind.REMOVED:
        return f"put it back; if it was wrong, let it say what is right and add {correction}"
    if rewrite.kind is Kind.MOVED:
        return f"put it back in its place, or add {correction} to it"
    if CORRECTED in rewrite.before:
        return f"restore it, or give `{CORRECTED}` the date and reason of this correction beside the changed values"
    return f"restore it, or add {correction} beside the changed values"


def answer_in_words(entry: Entry) -> str:
    """Give an answer as `met 2026-11-03`."""
    key = next((key for key in _ANSWERS if key in entry), _ANSWERS[0])
    return f"{key} {_plain(entry.get(key))}"


def _changes(before: Entry, after: Entry, keys: tuple[str, ...]) -> list[str]:
    told = []
    if any(key in _ANSWERS for key in keys):
        told.append(f"{answer_in_words(before)} → {answer_in_words(after)}")
    told += [_change(key, before, after) for key in keys if key not in _ANSWERS]
    return told


def _change(key: str, before: Entry, after: Entry) -> str:
    old, new = _shown(before, key), _shown(after, key)
    if key not in before:
        return f"{key} {_clipped(new)} added" if new else f"{key} added"
    if key not in after:
        return f"{key} {_clipped(old)} removed" if old else f"{key} removed"
    if not old or not new:
        return f"{key} changed"
    # Of two long texts the part where they begin to differ is shown.
    start = max(_common(old, new) - _LONG // 2, 0) if max(len(old), len(new)) > _LONG else 0
    return f"{key} {_clipped(old, start)} → {_clipped(new, start)}"


def _common(one: str, other: str) -> int:
    differing = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _clipped(text: str, start: int = 0) -> str:
    end = len(text) if len(text) - start <= _LONG + 1 else start + _LONG
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))


def _shown(entry: Entry, key: str) -> str:
    """Give a value in one line; nothing for what does not fit into one."""
    value = entry.get(key)
    if isinstance(value, dict | list):
        return ""
    return f"'{_plain(value)}'" if isinstance(value, str) else _plain(value)


def _plain(value: Value) -> str:
    return one_line(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
