"""Some hundred contacts of all sorts, so many that no list shows them all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_TODAY = date(2026, 11, 23)
_ENDS = ("new", "clarifying", "ready", "parked", "agreed", "stopped", "clarifying", "new")
_MORE = (
    "",
    "next_step: {do: Fragen, clarifies: buyer, due: 2026-12-01}",
    "blocked: {by: Freigabe, since: 2026-11-20, until: 2026-12-05}",
    "blocked: {by: Antwort, since: 2026-10-20, until: 2026-11-01}",
    "value: 12500",
)


def crowd(size: int) -> Mapping[str, str]:
    """Write so many contacts, by id; all follows from their number."""
    return {f"c{number:04}": _contact(number) for number in range(size)}


def told_by(script: str) -> list[dict[str, Any]]:
    """Read the script with all contacts: what it tells of each, by name."""
    names, rows = json.loads("[" + script.removeprefix("crmtoolContacts(").removesuffix(");\n") + "]")
    return [dict(zip(names, row, strict=False)) for row in rows]  # lists are told only where there are any


def _contact(number: int) -> str:
    days = 1 + number % 130
    end = _ENDS[number % len(_ENDS)]
    before = [status for status in ("new", "clarifying", "ready") if status != end]
    path = [*before[: number % 3], end]
    decisions = [
        f"  - {{date: {_day(days + 9 * (len(path) - at - 1))}, {_to(status)}}}" for at, status in enumerate(path)
    ]
    lines = ["---", f"name: Person {number}", f"organization: Firma {number % 90}", f"status: {end}"]
    lines += ["revisit: 2026-12-10"] if end == "parked" and number % 2 else []
    lines += [_MORE[number % len(_MORE)]] if end not in ("agreed", "stopped") else []
    if number % 4:
        lines += ["criteria:", f"  fit: {{met: {_day(number % 60)}, evidence: Mail}}"]
    return "\n".join([*filter(None, lines), "decisions:", *decisions, "---", ""])


def _to(status: str) -> str:
    reason = ", reason: timing" if status == "parked" else ", reason: no_need" if status == "stopped" else ""
    return f"to: {status}, because: Grund{reason}"


def _day(back: int) -> date:
    return _TODAY - timedelta(days=back)
