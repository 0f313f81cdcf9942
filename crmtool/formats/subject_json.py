"""All that is known of a person as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from typing import Any

from crmtool.formats import assessment_json, privacy_json
from crmtool.formats.as_json import VERSION
from crmtool.privacy.subject import BEYOND, Subject


def subject(found: Subject) -> dict[str, Any]:
    """Give the values of `subject --format json`."""
    why = assessment_json.why(found.assessment) if found.assessment else None
    return {
        "version": VERSION,
        "today": found.day.isoformat(),
        "contact": found.contact.id,
        "file": {"path": found.path, "fields": dict(found.contact.fields), "notes": found.notes},
        "derived": why,
        "origin": {"source": found.contact.text("source") or None, "imported": list(found.imported)},
        "retention": _retention(found),
        "looked_for": privacy_json.traces(found.traces),
        "mentions": [privacy_json.file(each) for each in found.files],
        "history": _history(found) if found.has_history else None,
        "unread": list(found.unread),
        "beyond": list(BEYOND),
    }


def _retention(found: Subject) -> dict[str, Any] | None:
    if found.retention is None:
        return None
    due = found.retention.due
    return {"ended": str(found.retention.ended), "due": due.isoformat() if due else None}


def _history(found: Subject) -> dict[str, Any]:
    commits = [
        {
            "id": each.id,
            "date": each.day.isoformat(),
            "author": each.author,
            "subject": each.subject,
            "path": each.path,
        }
        for each in found.own_commits
    ]
    return {
        "paths": list(found.paths),
        "commits": commits,
        "said": privacy_json.said(found.said),
        "cut_off": found.is_cut_off,
    }
