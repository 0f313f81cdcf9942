"""The words of what is exported for readers, in the rule book's language."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.progress.outcome import OUTCOMES
from crmtool.text import one_line, printable

UNKNOWN = "…"
"""Stands for the label of what the rule book does not know."""
_ENGLISH: Mapping[str, str] = {
    "language": "en",
    "decision": "Decision",
    "decision.due": "Decision due: {about}",
    "step": "Next step",
    "step.due": "Next step due: {about}",
    "revisit": "Revisit",
    "revisit.due": "To be looked at again: {about}",
    "stop": "Stop",
    "stop.due": "Stop or go on: {about}",
    "wait": "Wait",
    "wait.due": "Waiting ends: {about}",
    "feed": "{name}: decisions",
    **OUTCOMES["en"],
}
_GERMAN: Mapping[str, str] = {
    "language": "de",
    "decision": "Entscheidung",
    "decision.due": "Entscheidung fällig: {about}",
    "step": "Nächster Schritt",
    "step.due": "Nächster Schritt fällig: {about}",
    "revisit": "Wiedervorlage",
    "revisit.due": "Wiedervorlage: {about}",
    "stop": "Beenden",
    "stop.due": "Beenden oder weitermachen: {about}",
    "wait": "Warten",
    "wait.due": "Wartezeit endet: {about}",
    "feed": "{name}: Entscheidungen",
    **OUTCOMES["de"],
}
CATALOGUES: Mapping[str, Mapping[str, str]] = {"de": _GERMAN, "en": _ENGLISH}


def words(language: str) -> Mapping[str, str]:
    """Give the words of a language, as a rule book names it; those of one that is unknown are English."""
    return CATALOGUES.get(language, _ENGLISH)


def clean(text: str) -> str:
    """Fold a text to one line without control characters, so that any reader takes it as it stands."""
    return printable(one_line(text))
