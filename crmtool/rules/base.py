"""What a rule is: a code with its severity, its documentation, its examples and, for most, a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any

from crmtool.contact import Contact, Fields
from crmtool.finding import Observation, Severity
from crmtool.records import dataclass
from crmtool.replay import Step, replay
from crmtool.rulebook import RuleBook
from crmtool.situation import Present, present
from crmtool.snapshot import Content

EXAMPLE_TODAY = "2026-11-23"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A small workspace that shows a rule, checked as of `today`.

    `files` are laid over the example rule book and contact of `crmtool.rules.examples`; a file of `base` is the same
    file in the version before (None: there is no version before). A file without content cannot be read. `at` is where
    an invalid example is found: path, line, column.
    """

    files: Mapping[str, str | bytes | None]
    base: Mapping[str, str | bytes | None] | None = None
    today: str = EXAMPLE_TODAY
    at: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A finding code. `why` tells what is at stake, `remedy` what to do; both are Markdown.

    A rule of this class itself has no check of its own: reading a file finds it.
    """

    code: str
    severity: Severity = Severity.ERROR
    title: str
    why: str
    remedy: str
    valid: tuple[Example, ...] = field(repr=False)
    invalid: tuple[Example, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ContactSubject:
    """One contact under the rule book, as of today; what several rules ask of it is worked out once.

    `new_rules` tells that the rule book is not the one before the change that is checked.
    """

    contact: Contact
    rulebook: RuleBook
    today: date
    new_rules: bool = False

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Its decisions, replayed."""
        return replay(self.contact, self.rulebook)

    @cached_property
    def here(self) -> Present | None:
        """Where it is today; None before its first decision, or where the rule book lacks its status."""
        return present(self.contact, self.rulebook, self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookSubject:
    """The rule book, and the values of its file for finding places in them."""

    rulebook: RuleBook
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule(Rule):
    """A rule that looks at one contact; with `check_rulebook` it looks at the rule book too."""

    check: Callable[[ContactSubject], Iterator[Observation]]
    check_rulebook: Callable[[RuleBookSubject], Iterator[Observation]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookRule(Rule):
    """A rule that looks at the rule book."""

    check: Callable[[RuleBookSubject], Iterator[Observation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contact in the status that it is in as of today, and since when; `contact` is its id."""

    contact: str
    status: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSubject:
    """A workspace as a whole: its rule book (None where none can be used), its files, who is in which status.

    `partial` when not every contact was read.
    """

    rulebook: RuleBook | None
    paths: tuple[str, ...]
    held: tuple[Held, ...]
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceRule(Rule):
    """A rule that looks at the whole; each observation comes with the path of the file it belongs to."""

    check: Callable[[WorkspaceSubject], Iterator[tuple[str, Observation]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSubject:
    """A contact's front matter before and after a change; a renamed file is the same contact."""

    before: Fields
    after: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule(Rule):
    """A rule that looks at what a change did to one contact."""

    check: Callable[[ChangeSubject], Iterator[Observation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySubject:
    """Two versions of a workspace; `deleted` are the contacts of the version before that are gone, not renamed.

    They are given by what their front matter said, by path. `read` reads what either version said by the ids that the
    rule book has now.
    """

    before: Content
    after: Content
    deleted: Mapping[str, Fields]
    read: Callable[[Fields], Fields]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRule(Rule):
    """A rule that looks at what a change did to the whole; each observation comes with the path of its file."""

    check: Callable[[HistorySubject], Iterator[tuple[str, Observation]]]
