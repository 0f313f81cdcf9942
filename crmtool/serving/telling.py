"""What the server tells at the terminal: each trouble once, and when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from crmtool.finding import CheckResult, Finding
from crmtool.formats import as_text
from crmtool.serving.rounds import Outcome
from crmtool.text import visible

_MOST_NAMED = 3


@dataclass(slots=True, kw_only=True)
class Teller:
    """Tells findings to `find` as `crmtool check` prints them, all else to `note`."""

    find: Callable[[str], None]
    note: Callable[[str], None]
    paint: as_text.Paint = as_text.plain
    _errors: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, init=False)
    _refusals: Mapping[str, str] = field(default_factory=dict, init=False)
    _warnings: frozenset[str] = field(default_factory=frozenset, init=False)

    def tell(self, outcome: Outcome) -> None:
        """Tell what is new in an outcome."""
        errors = _by_path(outcome.errors)
        self._tell_errors(outcome, errors)
        self._tell_messages(outcome)
        mended = [*sorted(self._errors.keys() - errors), *sorted(self._refusals.keys() - outcome.refusals.keys())]
        if mended:
            self.note(f"Mended: {named(mended)}.")
        self._errors, self._refusals = errors, outcome.refusals
        if outcome.changed:
            self.note(f"Rebuilt: {named(outcome.changed)}.")

    def _tell_errors(self, outcome: Outcome, errors: Mapping[str, tuple[Finding, ...]]) -> None:
        new = [path for path, found in errors.items() if self._errors.get(path) != found]
        told = tuple(finding for path in new for finding in errors[path])
        if told:
            self.find(as_text.render(CheckResult(today=outcome.day, paths=(), findings=told), self.paint))
        if kept := [path for path in outcome.kept if path in new]:
            self.note(f"Until mended, shown as before: {named(kept)}.")

    def _tell_messages(self, outcome: Outcome) -> None:
        messages = [message for what, message in outcome.refusals.items() if self._refusals.get(what) != message]
        messages += [warning for warning in outcome.warnings if warning not in self._warnings]
        for message in messages:
            self.note(f"crmtool: {visible(message)}")
        if outcome.folder is not None:
            self._warnings = frozenset(outcome.warnings)


def named(names: Iterable[str]) -> str:
    """List names for a terminal, only a few of many."""
    listed = [visible(name) for name in names]
    more = len(listed) - _MOST_NAMED
    return ", ".join(listed[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _by_path(errors: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    # Findings come sorted by path, the rule book's first.
    return {path: tuple(found) for path, found in groupby(errors, key=lambda finding: finding.location.path)}
