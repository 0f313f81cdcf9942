"""Texts of a contact, fitted into sentences."""

from __future__ import annotations

from crmtool.contact import Answer
from crmtool.report.edition import Edition


def tell_answer(edition: Edition, answer: Answer | None) -> str:
    """Tell an answer in two words: yes or no, and when."""
    if answer is None:
        return edition.language("state.open")
    state = edition.language("state.met" if answer.met else "state.not_met")
    return edition.language("criterion.on", state=state, day=edition.language.short_day(answer.day, edition.day))


def sentence(text: str) -> str:
    """Fold a text to one line that ends as a sentence does."""
    folded = bare(text)
    return folded if folded.endswith(("?", "!", "…", "...")) else f"{folded}."


def bare(text: str) -> str:
    """Fold a text to one line without a full stop at its end, so that it fits into a sentence."""
    folded = " ".join(text.split())
    return folded if folded.endswith(("...", "…")) else folded.rstrip(".")
