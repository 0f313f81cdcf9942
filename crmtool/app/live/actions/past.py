"""What HEAD has of a contact's logs as actions: a past entry corrected openly, or put back as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crmtool.app.live.actions.subject import Offer
from crmtool.contact import Contact
from crmtool.edit import Add, Change, Put, Rename
from crmtool.finding import Place
from crmtool.rewriting import CORRECTED, Entry, Kind, Rewrite, entries_of, unchanged
from crmtool.rules.rewritten import answer_in_words
from crmtool.text import PLACEHOLDER, one_line
from crmtool.yaml_reader import Value

_ANSWERS = ("met", "not_met")


@dataclass(frozen=True)
class Log:
    """The decisions, or the answers to a criterion, as HEAD has them and as they are now; `place` is the log's."""

    place: Place
    before: Sequence[Entry]
    after: Sequence[Entry]
    is_list: bool

    def entry(self, index: int) -> Place:
        """Give the place of an entry."""
        return (*self.place, index) if self.is_list else self.place


def logs(before: Contact, after: Contact) -> Iterator[Log]:
    """Go through the logs of a contact that HEAD has."""
    yield _log(("decisions",), before.fields.get("decisions"), after.fields.get("decisions"))
    old, new = (_criteria(contact) for contact in (before, after))
    yield from (_log(("criteria", id), value, new.get(id)) for id, value in old.items())


def correcting(before: Contact | None, after: Contact, place: Place, day: date) -> Iterator[Offer]:
    """Offer to correct the past entry at a place openly: what was wrong, and why, is left for the person to write."""
    for log in logs(before, after) if before else ():
        for index in unchanged(log.before, log.after):
            at = log.entry(index)
            if place[: len(at)] == at:
                yield Offer(title="Correct this entry openly", changes=(_corrected(at, day),))


def setting_right(rewrite: Rewrite, log: Log, day: date) -> Iterator[Offer]:
    """Offer the ways back from an entry that was rewritten."""
    if rewrite.index is None or rewrite.after is None:
        yield Offer(title=f"Put back {_named(log, rewrite.before)}", changes=_put_back(rewrite, log), preferred=True)
        return
    at = log.entry(rewrite.index)
    if rewrite.kind is Kind.CHANGED:
        restored = tuple(_restored(at, rewrite.before, rewrite.after))
        if log.place[0] == "criteria" and any(key in rewrite.changed_keys for key in _ANSWERS):
            news = (*restored, *_added(log, rewrite.after, rewrite.index + 1))
            yield Offer(title="Keep the old answer and add this one to it", changes=news)
        yield Offer(title="Restore what HEAD has", changes=restored)
    yield Offer(title="Correct it openly: add `corrected`", changes=(_corrected(at, day),))


def _restored(at: Place, before: Entry, after: Entry) -> Iterator[Change]:
    """Give the changes that make an entry what it was; a yes that was a no keeps its place in it."""
    for key, other in (_ANSWERS, _ANSWERS[::-1]):
        if key in before and key not in after and other in after:
            yield Rename(place=(*at, other), key=key)
    yield Put(place=at, value=dict(before))


def _named(log: Log, entry: Entry) -> str:
    if log.place == ("decisions",):
        return f"the decision of {entry.get('date')} to {one_line(str(entry.get('to')))}"
    return f"the answer to {one_line(str(log.place[-1]))} '{answer_in_words(entry)}'"


def _put_back(rewrite: Rewrite, log: Log) -> tuple[Change, ...]:
    return _added(log, rewrite.before, min(rewrite.old_index, len(log.after)))


def _added(log: Log, entry: Entry, at: int) -> tuple[Change, ...]:
    return (Add(place=log.place, value=dict(entry), at=at if at < len(log.after) else None),)


def _corrected(at: Place, day: date) -> Change:
    return Put(place=(*at, CORRECTED), value={"date": day.isoformat(), "because": PLACEHOLDER})


def _log(place: Place, before: Value, after: Value) -> Log:
    return Log(place, entries_of(before), entries_of(after), isinstance(after, list))


def _criteria(contact: Contact) -> Mapping[str, Value]:
    criteria = contact.fields.get("criteria")
    return criteria if isinstance(criteria, dict) else {}
