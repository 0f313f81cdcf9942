"""One edition of the reports: what all pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from crmtool.assessment import Assessment, Verdict, assess_all
from crmtool.conditions import Condition
from crmtool.contact import Contact
from crmtool.report.language import Language
from crmtool.report.links import Links
from crmtool.report.memo import Memo, Part, split
from crmtool.rulebook import RuleBook
from crmtool.situation import Situation, State
from crmtool.telling import Words, tell

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A workspace as of a day, judged.

    `assessments` stand in the order of attention; `bodies` are the contacts' notes by id; `unjudged` and `flawed` are
    the paths of files that cannot be judged at all, or that can but have errors. With the `memo` of an edition before,
    what did not change is not worked out again.
    """

    rulebook: RuleBook
    day: date
    assessments: tuple[Assessment, ...]
    language: Language
    links: Links
    bodies: Mapping[str, str] = field(default_factory=dict)
    unjudged: tuple[str, ...] = ()
    flawed: tuple[str, ...] = ()
    memo: Memo = field(default_factory=Memo, repr=False, compare=False)
    _once: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: Callable[[Edition], T]) -> T:
        """Give what a function makes of this edition, worked out the first time that it is asked for."""
        name = _name(work)
        if name not in self._once:
            self._once[name] = work(self)
        found: T = self._once[name]
        return found

    def each_part(self, work: Callable[[Edition, Part], T]) -> list[T]:
        """Give what a function makes of each part of the contacts; of parts that are as they were the memo knows it.

        It may look at the part, the rule book, the day, the language and the links, and at nothing else.
        """
        return self.memo.each(_name(work), self._circumstances, self.parts, lambda part: work(self, part))

    def take_over(self, work: Callable[[Edition, Part], T], results: Mapping[int, T]) -> None:
        """Let the memo know what a function made of some of the parts, given by their places."""
        self.memo.take_over(_name(work), self._circumstances, self.parts, results)

    def known(self, work: Callable[[Edition, Part], T]) -> Mapping[int, T]:
        """Give what the memo knows that a function made of the parts, by their places."""
        return self.memo.results(_name(work))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The contacts in parts of some dozens, of which an edit changes but one."""
        return split(self.assessments)

    @property
    def _circumstances(self) -> object:
        return (self.rulebook, self.day, self.language, self.links)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Where each contact stands in the order of attention, by id, from 0."""
        return {assessment.contact.id: rank for rank, assessment in enumerate(self.assessments)}

    @cached_property
    def by_verdict(self) -> Mapping[Verdict, tuple[Assessment, ...]]:
        """The assessments of each verdict, in the order of attention."""
        groups: dict[Verdict, list[Assessment]] = {verdict: [] for verdict in Verdict}
        for assessment in self.assessments:
            groups[assessment.verdict].append(assessment)
        return {verdict: tuple(group) for verdict, group in groups.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Assessment]:
        """The assessments by their contacts' ids: those that have a page."""
        return {assessment.contact.id: assessment for assessment in self.assessments}

    @property
    def is_open(self) -> bool:
        """Whether any contact is still undecided."""
        return any(assessment.verdict is not Verdict.DONE for assessment in self.assessments)

    def criterion(self, id: str) -> str:
        """Give a criterion's label; an id that the rule book lacks stands for itself."""
        return self.rulebook.criterion_label(id)

    def status(self, id: str) -> str:
        """Give a status's label; an id that the rule book lacks stands for itself."""
        return self.rulebook.status_label(id)

    def reason(self, status: str, reason: str) -> str:
        """Give the label of a reason for a status; an unknown one stands for itself."""
        return self.rulebook.reason_label(status, reason)

    def state(self, state: State) -> str:
        """Tell how a criterion stands."""
        return self.language(f"state.{state.value}")

    @cached_property
    def words(self) -> Words:
        """How conditions are told to a reader: labels for ids, dates and numbers as the language writes them."""
        return Words(
            templates=self.language.conditions,
            criterion=self.criterion,
            field=self.language.quote,
            day=self.language.day,
            duration=self.language.duration,
            number=self.language.number,
        )

    def told(self, assessment: Assessment, condition: Condition) -> str:
        """Tell a condition to a reader, with what it stands at on the day."""
        return tell(self.situation(assessment), condition, self.words)

    def situation(self, assessment: Assessment) -> Situation:
        """Give the situation that an assessment looked at."""
        return Situation(
            contact=assessment.contact, rulebook=self.rulebook, day=self.day, entered=assessment.why_here.since
        )


def edition(
    contacts: Iterable[Contact],
    rulebook: RuleBook,
    day: date,
    *,
    links: Links | None = None,
    bodies: Mapping[str, str] | None = None,
    unjudged: Iterable[str] = (),
    flawed: Iterable[str] = (),
) -> Edition:
    """Judge contacts as of a day; those whose status the rule book lacks are added to `unjudged`.

    So are those whose id an earlier one has, by their paths: a page cannot tell them apart.
    """
    language = Language(rulebook.language)
    empty = Edition(rulebook=rulebook, day=day, assessments=(), language=language, links=links or Links())
    return next_edition(empty, contacts, bodies=bodies or {}, unjudged=unjudged, flawed=flawed)


def next_edition(
    before: Edition,
    contacts: Iterable[Contact],
    *,
    bodies: Mapping[str, str],
    unjudged: Iterable[str] = (),
    flawed: Iterable[str] = (),
) -> Edition:
    """Judge contacts as `edition` does, of the same day and under the same rule book as the edition before.

    What that one found out about the same contacts is taken over.
    """
    all_contacts, day = tuple(contacts), before.day
    by_id = {contact.id: contact for contact in sorted(all_contacts, key=lambda contact: contact.path, reverse=True)}
    assessments = tuple(assess_all(by_id.values(), before.rulebook, day, before.by_id))
    judged = {assessment.contact.path for assessment in assessments}
    lost = (c.path for c in all_contacts if c.path not in judged and c.decided_by(day) is not None)
    left_out = tuple(sorted({*unjudged, *lost}))
    return replace(
        before,
        assessments=assessments,
        bodies=bodies,
        unjudged=left_out,
        flawed=tuple(sorted(set(flawed) - set(left_out))),
    )


def _name(work: Callable[..., object]) -> str:
    return f"{work.__module__}.{work.__qualname__}"
