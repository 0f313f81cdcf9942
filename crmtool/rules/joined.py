"""What a contact keeps, in `extra.joined`, of those that were joined to it: their logs are as past as its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crmtool.contact import ERASED_MARK, ERASED_TEXTS, EXTRA, JOINED, Fields, folded
from crmtool.finding import Place
from crmtool.rewriting import Entry, entries_of, rewrites, unchanged
from crmtool.yaml_reader import Value


def answers_of(fields: Fields) -> Mapping[str, Value]:
    """Give the answers of a front matter, or of what is kept of one, by criterion."""
    criteria = fields.get("criteria")
    return criteria if isinstance(criteria, dict) else {}


def keeps(holder: Fields, id: str, gone: Fields) -> bool:
    """Whether a contact has all that another one decided and clarified, and all that was joined to that one.

    Of those that were erased their ids alone are kept: both were then, and the one that is gone told nothing any more.
    """
    entries = [entry for entry in _kept(holder) if _is_of(entry, id)]
    if entries and _is_marked(holder) and _is_marked(gone) and _tells_nothing(gone):
        return True
    return any(_has_logs(holder, entry, gone) for entry in entries) and _has_each(_kept(gone), _kept(holder))


def with_joined(before: Fields, after: Fields) -> Iterator[tuple[str, Place, Fields, Fields]]:
    """Give what has logs that must not be rewritten: the contact itself, then each that was joined to it.

    Each with what its name adds to a message, its place now, and what it said before and says now.
    """
    yield "", (), before, after
    now = list(enumerate(_kept(after)))
    is_list = isinstance(_joined(after), list)
    for entry in _kept(before):
        id = entry.get("contact")
        candidates = [(at, other) for at, other in now if isinstance(id, str) and _is_of(other, id)]
        found = min(candidates, key=lambda candidate: candidate[1] != entry, default=None)
        if found is not None:
            now.remove(found)
        at, other = found or (0, {})
        place = (EXTRA, JOINED, at) if found and is_list else (EXTRA, JOINED)
        yield f" of the joined contact {id}", place, entry, other


def without_parted(before: Fields, contacts: Mapping[str, Fields]) -> Fields:
    """Give what a contact said before, without what was joined to it by mistake and is a contact of its own again.

    `contacts` are those that came with the change, by their folded ids. One that decided just what is kept of it takes
    along what it had when it was joined: what was joined to it, and answers, which the other one may have taken over.
    """
    kept, extra = _kept(before), before.get(EXTRA)
    asked = [(entry, contacts.get(folded(str(entry.get("contact"))))) for entry in kept]
    back = [(entry, own) for entry, own in asked if own is not None and _is_back(own, entry)]
    if not back or not isinstance(extra, dict):
        return before
    theirs = [entry for entry, _ in back]
    answers: dict[str, list[Entry]] = {}
    for entry, own in back:
        theirs += _as_old(_kept(own), entry)
        for id, value in answers_of(own).items():
            answers.setdefault(id, []).extend(_as_old(entries_of(value), entry))
    criteria: dict[str, Value] = {
        id: _without(entries_of(value), answers.get(id, ())) for id, value in answers_of(before).items()
    }
    return {**before, EXTRA: {**extra, JOINED: _without(kept, theirs)}, "criteria": criteria}


def still_to_come(fields: Fields) -> Iterator[Entry]:
    """Give the contacts that are kept of what was joined since the last decision: nothing was decided on them."""
    days = [day for entry in entries_of(fields.get("decisions")) if isinstance(day := entry.get("date"), str)]
    for entry in _kept(fields):
        joined = entry.get("date")
        if isinstance(joined, str) and not any(day >= joined for day in days):
            yield entry


def _is_back(own: Fields, entry: Entry) -> bool:
    """Whether a contact is what is kept of it, and has decided nothing else since."""
    decided, kept = entries_of(own.get("decisions")), entries_of(entry.get("decisions"))
    return _has_logs(own, own, entry) and not rewrites(decided, kept)


def _as_old(entries: Sequence[Entry], joined: Entry) -> Iterator[Entry]:
    """Give the entries of days on which a contact was not yet joined, or just was."""
    last = joined.get("date")
    for entry in entries:
        day = next((entry[key] for key in ("met", "not_met", "date") if key in entry), None)
        if not isinstance(day, str) or not isinstance(last, str) or day <= last:
            yield entry


def _without(entries: Sequence[Entry], others: Sequence[Entry]) -> list[Value]:
    return [dict(entry) for entry in entries if not unchanged([entry], others)]


def _is_marked(fields: Fields) -> bool:
    extra = fields.get(EXTRA)
    return isinstance(extra, dict) and extra.get(ERASED_MARK) is True


def _tells_nothing(fields: Fields) -> bool:
    """Whether no decision says why any more; the mark alone could be written by anybody."""
    decisions = entries_of(fields.get("decisions"))
    return bool(decisions) and all(entry.get("because") in ERASED_TEXTS for entry in decisions)


def _has_logs(holder: Fields, entry: Entry, gone: Fields) -> bool:
    if rewrites(entries_of(gone.get("decisions")), entries_of(entry.get("decisions"))):
        return False
    own, kept = answers_of(holder), answers_of(entry)
    return all(
        _has_each(entries_of(answers), (*entries_of(own.get(id)), *entries_of(kept.get(id))))
        for id, answers in answers_of(gone).items()
    )


def _has_each(wanted: tuple[Entry, ...], there: tuple[Entry, ...]) -> bool:
    return all(unchanged([entry], there) for entry in wanted)


def _is_of(entry: Entry, id: str) -> bool:
    told = entry.get("contact")
    return isinstance(told, str) and folded(told) == folded(id)


def _kept(fields: Fields) -> tuple[Entry, ...]:
    joined = _joined(fields)
    return entries_of(joined) if joined is not None else ()


def _joined(fields: Fields) -> Value:
    extra = fields.get(EXTRA)
    return extra.get(JOINED) if isinstance(extra, dict) else None
