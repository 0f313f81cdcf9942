"""What came of an import, as JSON for scripts: version 1, frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crmtool.importers.outcome import Action, Outcome

VERSION = 1


def imported(today: date, outcomes: Sequence[Outcome], notices: Sequence[str], *, dry_run: bool) -> dict[str, Any]:
    """Give the counts, which add up to the records that were read, and each record."""
    counts = {action.value: sum(outcome.action is action for outcome in outcomes) for action in Action}
    return {
        "version": VERSION,
        "today": today.isoformat(),
        "dry_run": dry_run,
        "read": len(outcomes),
        **counts,
        "records": [_record(outcome) for outcome in outcomes],
        "notices": list(notices),
    }


def _record(outcome: Outcome) -> dict[str, Any]:
    conflicts = [{"field": each.field, "ours": each.ours, "theirs": each.theirs} for each in outcome.conflicts]
    return {
        "file": outcome.file,
        "line": outcome.line,
        "action": outcome.action.value,
        "contact": outcome.contact or None,
        "name": outcome.name or None,
        "reason": outcome.reason or None,
        "fields": list(outcome.fields),
        "conflicts": conflicts,
        "duplicates": [{"contact": each.contact, "because": each.because} for each in outcome.alike],
        "doubts": list(outcome.doubts),
    }
