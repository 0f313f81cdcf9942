"""Where contacts went: how many closer and further over each span, and each contact with its changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from crmtool.progress.change import Direction
from crmtool.progress.figures import Figures
from crmtool.progress.movement import Course, Directions, Shift
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.links import PROGRESS, contact_page
from crmtool.report.missing import SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """How many contacts went where over a span of days."""

    span: str
    cases: str
    closer: str
    further: str
    unchanged: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value with what a table sorts it by; both are empty where there is none."""

    text: str
    sort: float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """An undecided contact: what it lacks and how clear it is, each with its change over every span."""

    href: str
    organization: str
    name: str
    distance: Cell
    distance_changes: tuple[Cell, ...]
    clarity: Cell
    clarity_changes: tuple[Cell, ...]


def span_rows(edition: Edition, figures: Figures) -> tuple[SpanRow, ...]:
    """Count where contacts went, a row for each span."""
    return tuple(_span_row(edition.language, found) for found in figures.directions)


def course_rows(edition: Edition, figures: Figures) -> tuple[CourseRow, ...]:
    """Tell the courses of the first undecided contacts, in the order of attention."""
    courses = {course.contact: course for course in figures.courses}
    listed = (courses[a.contact.id] for a in edition.assessments if a.contact.id in courses)
    return tuple(_course_row(edition, course) for course in islice(listed, SHOWN))


def _span_row(language: Language, found: Directions) -> SpanRow:
    counts = {each: language.number(found.count(each)) for each in Direction}
    return SpanRow(
        span=language.count("days", found.days),
        cases=language.number(found.n),
        closer=counts[Direction.CLOSER],
        further=counts[Direction.FURTHER],
        unchanged=counts[Direction.UNCHANGED],
        ended=counts[Direction.ENDED],
    )


def _course_row(edition: Edition, course: Course) -> CourseRow:
    contact, language = edition.by_id[course.contact].contact, edition.language
    return CourseRow(
        href=edition.links.link(PROGRESS, contact_page(course.contact)),
        organization=contact.text("organization"),
        name=contact.name,
        distance=_cell(course.distance, language.number),
        distance_changes=tuple(_distance_change(language, shift) for shift in course.shifts),
        clarity=_cell(course.clarity, language.percent),
        clarity_changes=tuple(_clarity_change(language, shift) for shift in course.shifts),
    )


def _distance_change(language: Language, shift: Shift) -> Cell:
    return _cell(shift.distance, language.change)


def _clarity_change(language: Language, shift: Shift) -> Cell:
    return _cell(None if shift.clarity is None else round(shift.clarity * 100), language.change)


def _cell(value: float | None, told: Callable[[float], str]) -> Cell:
    return Cell(text="", sort="") if value is None else Cell(text=told(value), sort=value)
