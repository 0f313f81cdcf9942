"""The difference between two versions in words, for whatever shows it: a first line, and rows about each contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.contact import Answer, Blocked, Decision, NextStep
from crmtool.difference import Difference, Obstacle, Unjudged, Version
from crmtool.difference.contact import ContactDifference, FieldDifference, FieldValue
from crmtool.difference.entries import Past
from crmtool.difference.rules import Edit, RulesDifference, Use
from crmtool.difference.totals import Totals, totals
from crmtool.formats import entry_words as words
from crmtool.progress.change import Direction
from crmtool.progress.log import Logged
from crmtool.report.decision_log import tell_outcomes
from crmtool.report.language import Language
from crmtool.report.marks import ENTRY_MARK, Mark, contact_mark, direction_mark, outcome_mark
from crmtool.rewriting import Kind
from crmtool.rulebook import RuleBook
from crmtool.stopping import StopDue
from crmtool.text import one_line

ENGLISH = Language("en")
_CHANGED = Mark(name="unchanged", sign="·", word="changed")
_DELETED = Mark(name="stop", sign="−", word="deleted")
_MOVES = (Direction.CLOSER, Direction.FURTHER, Direction.ENDED)
_NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact about a contact; `is_amiss` where a past entry or a whole contact was not dealt with openly."""

    lead: str
    text: str
    is_amiss: bool = False


def versions(found: Difference) -> str:
    """Name what is compared, and the day."""
    return f"{' → '.join(found.compared.names)}, as of {found.day}"


def headline(found: Difference) -> str:
    """Tell in one line what was decided and clarified, who went where, and what else there is to know."""
    return "; ".join(heads(found))


def heads(found: Difference) -> list[str]:
    """Tell the same in parts; the first is what was decided and clarified, be it nothing."""
    counts = totals(found)
    told = [_decided(counts), _moved(counts), _judged(counts), _files(counts), *_rules(found)]
    return [part for part in told if part]


def _decided(counts: Totals) -> str:
    outcomes = f" ({tell_outcomes(ENGLISH, counts.outcomes)})" if counts.outcomes else ""
    told = [
        _count(len(counts.outcomes), "decision") + outcomes if counts.outcomes else "",
        f"{_count(counts.entered, 'contact')} entered" if counts.entered else "",
        f"{_count(counts.clarified, 'criterion', 'criteria')} clarified" if counts.clarified else "",
        f"{_count(counts.corrected, 'past entry', 'past entries')} corrected" if counts.corrected else "",
        f"{_count(counts.rewritten, 'past entry', 'past entries')} rewritten or removed" if counts.rewritten else "",
    ]
    nothing = "" if counts.outcomes or counts.clarified else "nothing was decided or clarified"
    return ", ".join(part for part in (nothing, *told) if part)


def _moved(counts: Totals) -> str:
    return _contacts((counts.directions[way], way.value) for way in _MOVES)


def _contacts(told: Iterable[tuple[int, str]]) -> str:
    """Count contacts of several kinds: 2 contacts closer, 1 ended."""
    found = [(n, what) for n, what in told if n]
    return ", ".join(f"{n if i else _count(n, 'contact')} {what}" for i, (n, what) in enumerate(found))


def _judged(counts: Totals) -> str:
    told = [
        f"{_count(counts.verdicts, 'verdict')} changed" if counts.verdicts else "",
        f"{_count(counts.stops_due, 'reason')} to stop became due" if counts.stops_due else "",
    ]
    return ", ".join(part for part in told if part)


def _files(counts: Totals) -> str:
    told = [
        _contacts([(counts.deleted, "deleted"), (counts.renamed, "renamed")]),
        f"{_count(counts.unjudged, 'file')} cannot be judged" if counts.unjudged else "",
    ]
    return ", ".join(part for part in told if part)


def _rules(found: Difference) -> Iterator[str]:
    if found.rules:
        yield rules_headline(found.rules)


def rules_headline(rules: RulesDifference) -> str:
    """Tell what became of the rule book, and how many contacts it judges differently."""
    match rules.before, rules.after:
        case (_, Use.BROKEN):
            return "the rule book has errors and cannot be used"
        case (_, Use.ABSENT):
            return "the rule book was deleted"
        case (Use.ABSENT, _):
            return "the rule book is new"
        case (Use.BROKEN, _):
            return "the rule book can be used again"
    compared = _count(len(rules.effects), "contact")
    return f"the changed rule book judges {len(rules.affected) or 'none'} of {compared} differently"


def definitions(rules: RulesDifference) -> Iterator[Row]:
    """List the definitions that differ, section by section; of those that changed, in which keys."""
    groups: dict[tuple[str, Edit], list[str]] = {}
    for each in rules.definitions:
        keys = f" ({', '.join(each.keys)})" if each.keys else ""
        groups.setdefault((each.section, each.edit), []).append(one_line(each.id + keys))
    for (section, edit), ids in groups.items():
        told = ", ".join(id for id in ids if id)
        yield Row(lead=one_line(section), text=f"{edit.value}: {told}" if told else edit.value)


def mark(found: ContactDifference) -> Mark:
    """Give the sign of what counts most about a contact: the last decision, else how it came or went."""
    if found.decisions:
        return decision_mark(found.decisions[-1])
    if found.after is None:
        return _DELETED
    if found.before is None:
        return ENTRY_MARK
    return _CHANGED if found.direction is Direction.UNCHANGED else direction_mark(found.direction, ENGLISH)


def decision_mark(logged: Logged) -> Mark:
    """Give the sign of what a decision came to, or of an entry."""
    return outcome_mark(logged.outcome, ENGLISH) if logged.outcome else ENTRY_MARK


def past_word(past: Past[Decision] | Past[Answer]) -> str:
    """Tell in a word what was done to a past entry."""
    return "rewritten" if past.kind is Kind.CHANGED else past.kind.value


def entry_name(entry: Decision | Answer, rulebook: RuleBook) -> str:
    """Name an entry: a criterion's label, or the status decided for."""
    if isinstance(entry, Decision):
        return words.status(rulebook, entry.to)
    return words.criterion(rulebook, entry.criterion)


def decided_rows(found: ContactDifference, rulebook: RuleBook) -> Iterator[Row]:
    """Tell what was decided, corrected and clarified about a contact."""
    for logged in found.decided:
        yield _decision(logged, rulebook)
    for past in found.past:
        yield _past(past, rulebook)
    for given in found.clarified:
        yield Row(lead="clarified", text=f"{entry_name(given, rulebook)}: {_answer(given)}")


def other_rows(found: ContactDifference) -> Iterator[Row]:
    """Tell how a contact is judged now and was before, and what else of it differs."""
    if found.renamed_from:
        yield Row(lead="renamed", text=f"{found.renamed_from} → {found.contact.id}")
    if found.after is None:
        still = " while a decision on it was still to come" if found.is_untold_end else ""
        yield Row(lead="deleted", text=f"the file is gone{still}", is_amiss=found.is_untold_end)
        return
    old, new = found.judged_before, found.judged_after
    for lead, told in (("verdict", verdict), ("distance", distance), ("clarity", _clarity)):
        before, after = told(old), told(new)
        if before != after:
            yield Row(lead=lead, text=f"{before} → {after}" if found.before else after)
    yield from (Row(lead="stop", text=f"now due: {_stop(stop)}") for stop in found.stops_due)
    yield from (Row(lead="stop", text=f"no longer due: {_stop(stop)}") for stop in found.stops_gone)
    yield from (_field(field) for field in found.fields)
    if found.others:
        yield Row(lead="also", text=f"{', '.join(map(one_line, found.others))} differ{'s' * (len(found.others) == 1)}")


def verdict(judged: Assessment | None) -> str:
    """Tell a verdict with its sign, and whether the decision is overdue."""
    if judged is None:
        return _NONE
    found = contact_mark(judged, ENGLISH)
    return f"{found.sign} {found.word}{' (overdue)' if judged.overdue else ''}"


def distance(judged: Assessment | None) -> str:
    """Tell a distance; a dash where there is none."""
    return _NONE if judged is None or judged.distance is None else str(judged.distance)


def unjudged(found: Unjudged) -> str:
    """Tell which file cannot be judged, in which version, and why."""
    when = "before" if found.version is Version.BASE else "now"
    why = "has errors" if found.obstacle is Obstacle.ERRORS else "is in a status that the rule book lacks"
    return f"{found.path} {why} ({when})"


def _decision(logged: Logged, rulebook: RuleBook) -> Row:
    move = words.move(logged.source, logged.decision, rulebook)
    if logged.outcome is None:
        return Row(lead="entered", text=f"{logged.day} {move}")
    return Row(lead="decided", text=f"{logged.day} {decision_mark(logged).word}: {move}")


def _past(past: Past[Decision] | Past[Answer], rulebook: RuleBook) -> Row:
    label = f"{entry_name(past.before, rulebook)}: " if isinstance(past.before, Answer) else ""
    before = _entry(past.before, rulebook)
    after = _entry(past.after, rulebook) if past.after else before
    keys = ", ".join(map(one_line, past.keys))
    now = f"; now {after}" if after != before else f"; {keys} changed" if keys else ""
    why = f" ({one_line(past.why)})" if past.why else ""
    return Row(lead=past_word(past), text=label + before + now + why, is_amiss=past.kind is not Kind.CORRECTED)


def _entry(entry: Decision | Answer, rulebook: RuleBook) -> str:
    return words.dated(entry, rulebook) if isinstance(entry, Decision) else _answer(entry)


def _answer(given: Answer) -> str:
    attested = {"counterparty": ["attested by the counterparty"], "us": ["attested by us"]}
    notes = attested.get(given.attested_by or "", []) + ([f"by {one_line(given.by)}"] if given.by else [])
    return words.answer(given) + (f" ({', '.join(notes)})" if notes else "")


def _clarity(judged: Assessment | None) -> str:
    return _NONE if judged is None or judged.clarity is None else ENGLISH.percent(judged.clarity)


def _stop(stop: StopDue) -> str:
    return f"{one_line(stop.because)} ({stop.rule}, since {stop.since})"


def _field(field: FieldDifference) -> Row:
    before, after = _value(field.before), _value(field.after)
    change = f"{before} → {after}" if before and after else after or f"removed: {before}"
    return Row(lead=_LEADS.get(field.key, field.key), text=change)


_LEADS = {"next_step": "next step", "stop_if": "stop dates"}


def _value(value: FieldValue) -> str:
    match value:
        case NextStep():
            return words.next_step(value)
        case Blocked():
            return words.blocked(value)
        case tuple():
            return words.stop_dates(value)
        case int() | float():
            return ENGLISH.number(value)
        case date():
            return value.isoformat()
        case _:
            return one_line(value or "")


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"
