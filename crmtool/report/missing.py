"""Missing: which criterion is clarified for which contact, and what holds up the way forward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.report.agenda import Who, who
from crmtool.report.edition import Edition
from crmtool.report.links import MISSING
from crmtool.report.marks import Mark, answer_mark, verdict_mark
from crmtool.report.narrowing import More, Narrowed, more, narrowed
from crmtool.report.notices import Notice, notices
from crmtool.rulebook import Criterion
from crmtool.situation import State

SHOWN = 100
"""How many contacts the matrix shows; the rest are counted, and stand on the list."""
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A criterion; `holds_up` is how many contacts miss it, `remark` tells of a knockout that its no is good."""

    label: str
    question: str
    remark: str
    holds_up: int
    is_most: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a criterion stands; `is_missing` for a way forward, `is_worded` where the sign alone could mislead."""

    mark: Mark
    is_missing: bool
    is_worded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A contact with a cell for each criterion."""

    who: Who
    mark: Mark
    status: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A condition that no answer settles, and the contact that it holds up on the way to a status."""

    who: Who
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The matrix: undecided contacts by the criteria that are asked."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    empty: str
    answer: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    legend: tuple[Mark, ...]
    more: More | None
    others: tuple[Other, ...]
    more_others: More | None


def missing(edition: Edition) -> Missing:
    """Build the page."""
    language, open_ones = edition.language, edition.once(_undecided)
    asked = [criterion for criterion in edition.rulebook.criteria.values() if criterion.is_asked(edition.day)]
    counts = Counter(state.id for assessment in open_ones for state in assessment.missing)
    held, hidden = edition.once(_held_otherwise), max(0, len(open_ones) - SHOWN)
    return Missing(
        title=language("missing_page.title"),
        lead=language("missing_page.lead"),
        notices=notices(edition),
        empty=_empty(edition, open_ones),
        answer=_answer(edition, open_ones, counts),
        caption=language(
            "missing_page.caption",
            contacts=language.count("contacts", len(open_ones) - hidden),
            criteria=language.count("missing_page.criteria", len(asked)),
        ),
        columns=tuple(_column(edition, criterion, counts) for criterion in asked),
        rows=tuple(_row(edition, assessment, asked) for assessment in open_ones[:SHOWN]),
        legend=tuple(answer_mark(None, state, language) for state in _LEGEND),
        more=more(edition, MISSING, hidden, list="open"),
        others=tuple(other for assessment in held[:SHOWN] for other in _others(edition, assessment)),
        more_others=more(edition, MISSING, len(held) - SHOWN, list="others"),
    )


def lacking(edition: Edition) -> tuple[Assessment, ...]:
    """List the undecided contacts that lack something for a way forward."""
    return tuple(a for a in edition.once(_undecided) if any(outlook.missing for outlook in a.outlooks))


def narrowed_rows(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists of which the page shows the beginning."""
    page, words = edition.language("missing_page"), edition.language
    return (
        *narrowed("open", f"{page}: {words('missing_page.open')}", edition.once(_undecided), SHOWN),
        *narrowed("others", f"{page}: {words('missing_page.others')}", edition.once(_held_otherwise), SHOWN),
    )


_LEGEND = (State.MET, State.NOT_MET, State.OPEN, State.EXPIRED, State.UNATTESTED)


def _undecided(edition: Edition) -> tuple[Assessment, ...]:
    return tuple(assessment for assessment in edition.assessments if assessment.status.is_undecided)


def _empty(edition: Edition, open_ones: tuple[Assessment, ...]) -> str:
    if not edition.assessments:
        return edition.language("pipeline.none")
    return "" if open_ones else edition.language("missing_page.none")


def _answer(edition: Edition, open_ones: tuple[Assessment, ...], counts: Mapping[str, int]) -> str:
    """Tell how many contacts lack something, and which criterion holds up the most."""
    language, most = edition.language, max(counts.values(), default=0)
    how_many = language.count("missing_page.lacking", len(lacking(edition)), all=language.number(len(open_ones)))
    names = [language.quote(edition.criterion(id)) for id in edition.rulebook.criteria if counts.get(id) == most]
    if not names:
        return how_many
    rest = len(names) - _NAMED
    if rest > 0:
        names = [*names[:_NAMED], language.count("missing_page.further", rest)]
    key = "missing_page.most" if len(names) == 1 else "missing_page.most_each"
    return f"{how_many} {language(key, names=language.enumerate(names), contacts=language.count('contacts', most))}"


def _column(edition: Edition, criterion: Criterion, counts: Mapping[str, int]) -> Column:
    held = counts.get(criterion.id, 0)
    return Column(
        label=criterion.label,
        question=criterion.question,
        remark=edition.language("missing_page.no_is_good") if criterion.knockout else "",
        holds_up=held,
        is_most=bool(held) and held == max(counts.values()),
    )


def _row(edition: Edition, assessment: Assessment, asked: list[Criterion]) -> Row:
    lacks = {state.id for state in assessment.missing}
    situation = edition.situation(assessment)
    return Row(
        who=who(edition, MISSING, assessment.contact),
        mark=verdict_mark(assessment.verdict, edition.language),
        status=assessment.status.label,
        cells=tuple(
            Cell(
                mark=answer_mark(criterion, situation.state(criterion.id), edition.language),
                is_missing=criterion.id in lacks,
                is_worded=criterion.knockout and situation.state(criterion.id) in (State.MET, State.NOT_MET),
            )
            for criterion in asked
        ),
    )


def _held_otherwise(edition: Edition) -> tuple[Assessment, ...]:
    return tuple(
        assessment
        for assessment in edition.once(_undecided)
        if any(not condition.criteria for outlook in assessment.outlooks for condition in outlook.missing)
    )


def _others(edition: Edition, assessment: Assessment) -> list[Other]:
    language = edition.language
    return [
        Other(
            who=who(edition, MISSING, assessment.contact),
            text=language(
                "missing_page.other",
                status=language.quote(edition.status(outlook.to)),
                text=edition.told(assessment, condition.condition),
            ),
        )
        for outlook in assessment.outlooks
        for condition in outlook.missing
        if not condition.criteria
    ]
