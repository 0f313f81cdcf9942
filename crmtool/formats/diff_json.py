"""The difference between two versions as JSON, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from crmtool.assessment import Assessment
from crmtool.contact import Answer, Blocked, Decision, NextStep, StopIf
from crmtool.difference import Difference, Unjudged
from crmtool.difference.contact import ContactDifference, FieldDifference
from crmtool.difference.entries import Past
from crmtool.difference.rules import RulesDifference
from crmtool.difference.totals import totals
from crmtool.formats import log_json
from crmtool.formats.as_json import VERSION
from crmtool.formats.assessment_json import rounded, stop_due
from crmtool.formats.impact_json import judgement
from crmtool.progress.change import Direction
from crmtool.progress.outcome import Outcome

_DECISION_KEYS = ("date", "outcome", "from", "to", "because", "reason", "by", "confirmed_by", "chance")
_DIRECTIONS = (Direction.CLOSER, Direction.FURTHER, Direction.ENDED)


def diff(found: Difference) -> dict[str, Any]:
    """Give the values of `diff --format json`: contacts in the order of importance."""
    return {
        "version": VERSION,
        "today": found.day.isoformat(),
        "base": found.compared.base,
        "end": found.compared.end,
        "totals": _totals(found),
        "contacts": [_contact(each) for each in found.contacts],
        "rulebook": _rules(found.rules) if found.rules else None,
        "unjudged": [_unjudged(each) for each in found.unjudged],
    }


def _totals(found: Difference) -> dict[str, int]:
    counts = totals(found)
    outcomes = Counter(counts.outcomes)
    return {
        "contacts": len(found.contacts),
        "decisions": len(counts.outcomes),
        **{each.value: outcomes[each] for each in Outcome},
        "entries": counts.entered,
        "clarified": counts.clarified,
        "corrected": counts.corrected,
        "rewritten": counts.rewritten,
        **{each.value: counts.directions[each] for each in _DIRECTIONS},
        "verdicts": counts.verdicts,
        "stops_due": counts.stops_due,
        "stops_gone": counts.stops_gone,
        "deleted": counts.deleted,
        "renamed": counts.renamed,
        "unjudged": counts.unjudged,
    }


def _contact(found: ContactDifference) -> dict[str, Any]:
    contact = found.contact
    return {
        "contact": contact.id,
        "name": contact.name,
        "organization": contact.text("organization") or None,
        "owner": contact.text("owner") or None,
        "file": "added" if found.before is None else "deleted" if found.after is None else "changed",
        "renamed_from": found.renamed_from,
        "direction": found.direction.value,
        "before": _standing(found.judged_before),
        "after": _standing(found.judged_after),
        "decided": [{key: row[key] for key in _DECISION_KEYS} for row in log_json.rows(found.decided)],
        "clarified": [_answer(given) for given in found.clarified],
        "past": [_past(past) for past in found.past],
        "stop": {"due": list(map(stop_due, found.stops_due)), "no_longer_due": list(map(stop_due, found.stops_gone))},
        "fields": [_field(field) for field in found.fields],
        "others": list(found.others),
    }


def _standing(judged: Assessment | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {
        "status": judged.status.id,
        "verdict": judged.verdict.value,
        "overdue": judged.overdue,
        "distance": judged.distance,
        "clarity": rounded(judged.clarity),
    }


def _past(past: Past[Decision] | Past[Answer]) -> dict[str, Any]:
    """Give what became of a past entry; where it is an answer its values name the criterion."""
    return {
        "kind": past.kind.value,
        "entry": "decision" if isinstance(past.before, Decision) else "answer",
        "before": _entry(past.before),
        "after": _entry(past.after) if past.after else None,
        "keys": list(past.keys),
        "because": past.why,
    }


def _entry(entry: Decision | Answer) -> dict[str, Any]:
    if isinstance(entry, Answer):
        return _answer(entry)
    return {
        "date": entry.day.isoformat(),
        "to": entry.to,
        "because": entry.because,
        "reason": entry.reason,
        "by": entry.by,
        "confirmed_by": entry.confirmed_by,
        "chance": entry.chance,
    }


def _answer(given: Answer) -> dict[str, Any]:
    return {
        "criterion": given.criterion,
        "met": given.met,
        "date": given.day.isoformat(),
        "evidence": given.evidence,
        "attested_by": given.attested_by,
        "by": given.by,
    }


def _field(field: FieldDifference) -> dict[str, Any]:
    return {"field": field.key, "before": _plain(field.before), "after": _plain(field.after)}


def _plain(value: Any) -> Any:
    """Give a field's value as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, NextStep | Blocked | StopIf):
        return {key: _plain(each) for key, each in asdict(value).items()}
    return value.isoformat() if isinstance(value, date) else value


def _rules(rules: RulesDifference) -> dict[str, Any]:
    return {
        "before": rules.before.value,
        "after": rules.after.value,
        "definitions": [
            {"section": each.section, "id": each.id or None, "change": each.edit.value, "keys": list(each.keys)}
            for each in rules.definitions
        ],
        "contacts": len(rules.effects),
        "impact": [
            {
                "contact": effect.contact.id,
                "name": effect.contact.name,
                "before": judgement(effect.before),
                "after": judgement(effect.after),
            }
            for effect in rules.affected
        ],
    }


def _unjudged(found: Unjudged) -> dict[str, Any]:
    return {"path": found.path, "version": found.version.value, "because": found.obstacle.value}
