"""Signs: every colour of the site stands beside a shape and a word, so that it never speaks alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crmtool.assessment import Assessment, Verdict
from crmtool.progress.change import Direction
from crmtool.progress.outcome import Outcome
from crmtool.report.language import Language
from crmtool.rulebook import Criterion, Kind
from crmtool.situation import State

_VERDICTS: Mapping[Verdict, str] = {
    Verdict.STOP: "■",
    Verdict.DECIDE: "◆",
    Verdict.PLAN: "▲",
    Verdict.CLARIFY: "●",
    Verdict.WAIT: "○",
    Verdict.DONE: "·",
}
_STATES: Mapping[State, str] = {
    State.OPEN: "?",
    State.MET: "✓",
    State.NOT_MET: "✕",
    State.EXPIRED: "↺",
    State.UNATTESTED: "~",
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.YES: "✓",
    Outcome.NO: "✕",
    Outcome.FORWARD: "→",
    Outcome.BACK: "←",
    Outcome.HOLD: "‖",
    Outcome.REOPENED: "↶",
    Outcome.MOVED: "→",
}
_DIRECTIONS: Mapping[Direction, str] = {
    Direction.CLOSER: "→",
    Direction.FURTHER: "←",
    Direction.UNCHANGED: "=",
    Direction.ENDED: "✕",
}
_KNOCKOUT: Mapping[State, tuple[str, str]] = {State.MET: ("knockout", "■"), State.NOT_MET: ("cleared", "✓")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A shape with its word; `name` is what style sheets call it."""

    name: str
    sign: str
    word: str


ENTRY_MARK = Mark(name="entry", sign="+", word="entered")
"""Stands where a contact came in, and nothing was decided yet; told in the terminal's English alone."""


@lru_cache
def verdict_mark(verdict: Verdict, language: Language) -> Mark:
    """Give the mark of a verdict."""
    return Mark(name=verdict.value, sign=_VERDICTS[verdict], word=language(f"verdict.{verdict.value}"))


def contact_mark(assessment: Assessment, language: Language) -> Mark:
    """Give the mark of a contact: its verdict; of one that is done, how it ended (a no is a result, no alarm)."""
    if assessment.verdict is not Verdict.DONE:
        return verdict_mark(assessment.verdict, language)
    return _done_mark(language, won=assessment.status.kind is Kind.WON)


@lru_cache
def _done_mark(language: Language, *, won: bool) -> Mark:
    return Mark(name="won" if won else "ended", sign="✓" if won else "✕", word=language("verdict.done"))


@lru_cache
def outcome_mark(outcome: Outcome, language: Language) -> Mark:
    """Give the mark of what a decision came to."""
    return Mark(name=outcome.value, sign=_OUTCOMES[outcome], word=language(f"outcome.{outcome.value}"))


def direction_mark(direction: Direction, language: Language) -> Mark:
    """Give the mark of where a contact went."""
    return Mark(name=direction.value, sign=_DIRECTIONS[direction], word=language(f"progress.{direction.value}"))


def answer_mark(rule: Criterion | None, state: State, language: Language) -> Mark:
    """Give the mark of a criterion's state; of a knockout the no is the good answer, and its sign says so."""
    return _state_mark(state, language, knockout=rule is not None and rule.knockout and state in _KNOCKOUT)


@lru_cache
def _state_mark(state: State, language: Language, *, knockout: bool) -> Mark:
    name, sign = _KNOCKOUT[state] if knockout else (state.value, _STATES[state])
    return Mark(name=name, sign=sign, word=language(f"state.{state.value}"))
