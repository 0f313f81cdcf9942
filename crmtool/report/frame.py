"""What stands around every page: the rule book's name, the reports with the count that matters, the day."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from crmtool.assessment import Verdict
from crmtool.report.blocked import waiting
from crmtool.report.decisions import pending
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.links import BLOCKED, CONTACTS, DECISIONS, FOCUS, MISSING, PIPELINE, PROGRESS, RULES, STOP
from crmtool.report.missing import lacking
from crmtool.report.search import SCRIPT
from crmtool.text import printable, short_id

COUNTS = "js/counts.js"
"""Where the script with the counts of the top bar stands, below the site's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report in the top bar; `count` is empty where nothing waits there, `counted` tells what it counts."""

    page: str
    label: str
    url: str
    count: str
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame of a site's pages; all its addresses are relative to the site's root.

    `data` tells the version of the data; it is empty, and `counts` the address of a script, in a frame that stays as it
    is while contacts change.
    """

    name: str
    home: str
    contacts: str
    rules: str
    search: str
    language: Language
    day: date
    as_of: str
    entries: tuple[Entry, ...]
    data: str
    counts: str = ""


Version = tuple[str, date]
"""The commit and the day of the data."""


def frame(edition: Edition, version: Version | None) -> Frame:
    """Build the frame; `version` is None where Git knows of none."""
    language = edition.language
    data = language("data_unknown")
    if version is not None:
        commit, day = version
        data = language("data", commit=short_id(commit), day=language.day(day))
    return Frame(
        name=printable(edition.rulebook.name),
        home=edition.links.url(FOCUS) or "./",
        contacts=edition.links.url(CONTACTS),
        rules=edition.links.url(RULES),
        search=SCRIPT,
        language=language,
        day=edition.day,
        as_of=language("as_of", day=language.day(edition.day)),
        entries=_entries(edition),
        data=data,
    )


def lasting(frame: Frame) -> Frame:
    """Give the frame of the contacts' pages: what an edit of any contact would change in it is left to a script."""
    entries = tuple(replace(entry, count="", counted="") for entry in frame.entries)
    return replace(frame, entries=entries, data="", counts=COUNTS)


def counts_script(frame: Frame) -> str:
    """Write the script that puts the counts into a lasting frame: one call with count and meaning of each entry."""
    rows = json.dumps([[entry.count, entry.counted] for entry in frame.entries], ensure_ascii=False)
    return f"crmtoolCounts({rows});\n"


def _entries(edition: Edition) -> tuple[Entry, ...]:
    stop, decide = (len(edition.by_verdict[verdict]) for verdict in (Verdict.STOP, Verdict.DECIDE))
    language = edition.language
    urgent = f"{language.number(stop)} {language('total.stop')}, {language.number(decide)} {language('total.decide')}"
    undecided = sum(assessment.status.is_undecided for assessment in edition.assessments)
    return (
        _entry(edition, FOCUS, "focus", stop + decide, urgent),
        _entry(edition, PIPELINE, "pipeline", undecided, language.count("contacts", undecided)),
        _counted(edition, DECISIONS, "decisions_page", len(pending(edition))),
        _counted(edition, MISSING, "missing_page", len(lacking(edition))),
        _counted(edition, BLOCKED, "blocked_page", len(waiting(edition))),
        _counted(edition, STOP, "stop_page", stop),
        _entry(edition, PROGRESS, "progress", 0, ""),
        _entry(
            edition,
            CONTACTS,
            "contacts_page",
            len(edition.assessments),
            language.count("contacts", len(edition.assessments)),
        ),
    )


def _counted(edition: Edition, page: str, key: str, count: int) -> Entry:
    return _entry(edition, page, key, count, edition.language.count(f"{key}.counted", count))


def _entry(edition: Edition, page: str, key: str, count: int, counted: str) -> Entry:
    language = edition.language
    number = language.number(count) if count else ""
    return Entry(page=page, label=language(key), url=edition.links.url(page), count=number, counted=counted)
