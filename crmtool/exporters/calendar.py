"""What falls due as iCalendar (RFC 5545): all-day events that say nothing of a person unless they are asked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from crmtool.assessment import Assessment
from crmtool.days import next_day
from crmtool.errors import CrmtoolError
from crmtool.exporters.due import Due, Occasion, dues_of
from crmtool.exporters.texts import clean, words
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook

if TYPE_CHECKING:
    import icalendar

NAMESPACE = UUID("54ed3459-5c71-4831-8198-a30e02f7fe90")
"""Below it the events' ids are made, by uuid5 of the contact's id, the occasion and the rule."""
_PROGRAM = "-//crmtool//crmtool//EN"
_END = b"END:VCALENDAR"
_STARTS, _ENDS = date(1111, 11, 11), date(2222, 12, 22)
# What stands in an event's frame where its own values go; nothing else of a frame looks like one of these.
_SLOTS = {
    b"SUMMARY:slot-of-the-summary\r\n": b"%(summary)b",
    b"DESCRIPTION:slot-of-the-description\r\n": b"%(description)b",
    b"UID:slot-of-the-uid\r\n": b"UID:%(uid)b\r\n",
    b"11111111": b"%(starts)b",
    b"22221222": b"%(ends)b",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """An event as it is written, with what it is sorted by."""

    day: date
    uid: str
    written: bytes


def render(assessments: Iterable[Assessment], rulebook: RuleBook, day: date, *, names: bool = False) -> bytes:
    """Write a calendar of what falls due: decisions, next steps, days to look again, stop dates, ends of waiting.

    Equal input gives equal bytes: the events are stamped with the beginning of `day`. Without `names` no event says
    whom it is about, nor anything written in a contact. Raises CrmtoolError where icalendar is not installed.
    """
    library, told = _icalendar(), words(rulebook.language)
    frames = _frames(library, day, told)
    found = (event for each in assessments for event in _events_of(each, rulebook, told, frames, names=names))
    head, end, tail = _empty(library, clean(rulebook.name) or "crmtool").rpartition(_END)
    written = (event.written for event in sorted(found, key=lambda event: (event.day, event.uid)))
    return b"".join((head, *written, end, tail))


def _empty(library: Any, name: str) -> bytes:
    calendar = library.Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    whole: bytes = calendar.to_ical()
    return whole


def _events_of(
    assessment: Assessment,
    rulebook: RuleBook,
    told: Mapping[str, str],
    frames: Mapping[Occasion, bytes],
    *,
    names: bool,
) -> Iterator[_Event]:
    seen: Counter[tuple[Occasion, str]] = Counter()
    for due in dues_of(assessment, rulebook):
        key = (due.occasion, due.rule)
        uid = _uid(assessment.contact.id, due, seen[key])
        seen[key] += 1
        what = told[f"{due.occasion}.due"].format(about=clean(due.about))
        if names:
            what = f"{clean(assessment.contact.title)}: {what}"
        values = {
            b"summary": _line("SUMMARY", what),
            b"description": _line("DESCRIPTION", clean(due.told)) if names and due.told else b"",
            b"uid": uid.encode(),
            b"starts": _written(due.day),
            b"ends": _written(next_day(due.day)),
        }
        yield _Event(day=due.day, uid=uid, written=frames[due.occasion] % values)


def _uid(contact: str, due: Due, earlier: int) -> str:
    # An own stop rule may be written twice; the second one is told from the first by its number alone.
    name = "\n".join((contact, due.occasion, due.rule, *([str(earlier)] if earlier else [])))
    return str(uuid5(NAMESPACE, name.encode(errors="backslashreplace").decode()))  # a file's name need not be text


def _frames(library: Any, day: date, told: Mapping[str, str]) -> Mapping[Occasion, bytes]:
    """Have the library write one event of each occasion, with slots: it takes its time over each."""
    stamp = datetime.combine(day, time(), UTC)
    return {occasion: _frame(library.Event(), stamp, told[occasion]) for occasion in Occasion}


def _frame(event: icalendar.Event, stamp: datetime, category: str) -> bytes:
    event.add("uid", "slot-of-the-uid")
    event.add("dtstamp", stamp)
    event.add("dtstart", _STARTS)
    event.add("dtend", _ENDS)
    event.add("summary", "slot-of-the-summary")
    event.add("description", "slot-of-the-description")
    event.add("categories", [category])
    event.add("transp", "TRANSPARENT")
    frame: bytes = event.to_ical().replace(b"%", b"%%")
    for mark, slot in _SLOTS.items():
        frame = frame.replace(mark, slot)
    return frame


@lru_cache(maxsize=4096)  # without names, thousands of events say the same
def _line(name: str, text: str) -> bytes:
    """Write a property, its text escaped and folded by the library."""
    library = _icalendar()
    line: bytes = library.parser.Contentline.from_parts(name, library.Parameters(), library.vText(text)).to_ical()
    return line + b"\r\n"


def _written(day: date) -> bytes:
    return day.isoformat().replace("-", "").encode()


def _icalendar() -> Any:
    try:
        import icalendar
    except ImportError:
        raise CrmtoolError("a calendar needs the package icalendar", ("pip install 'crmtool[calendar]'",)) from None
    return icalendar
