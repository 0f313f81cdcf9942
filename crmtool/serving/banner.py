"""What stands on top of every page while something is not in order."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.finding import Finding
from crmtool.report.render import render
from crmtool.serving.rounds import BUILD, SCHEMAS, Outcome
from crmtool.text import visible

_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong: where, what, and what to do about it."""

    place: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """All that is wrong, of which `more` is not listed, and what the pages show until it is mended."""

    title: str
    shown: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    more: int


def banner(outcome: Outcome) -> str:
    """Tell as HTML what is wrong; empty where nothing is."""
    troubles = [Trouble(place="", message=visible(message)) for message in outcome.refusals.values()]
    troubles += map(_trouble, outcome.errors)
    if not troubles:
        return ""
    model = Banner(
        title=outcome.language.count("serve.errors", len(troubles)),
        shown=_shown(outcome),
        troubles=tuple(troubles[:_SHOWN]),
        more=max(0, len(troubles) - _SHOWN),
    )
    return render("served", outcome.language, model)


def _shown(outcome: Outcome) -> tuple[str, ...]:
    is_so = {
        "serve.not_built": BUILD in outcome.refusals,
        "serve.last_good": bool(outcome.errors) or SCHEMAS in outcome.refusals,
    }
    return tuple(outcome.language(key) for key, holds in is_so.items() if holds)


def _trouble(finding: Finding) -> Trouble:
    place = finding.location
    return Trouble(
        place=f"{visible(place.path)}:{place.line}:{place.column}",
        message=visible(finding.message),
        hint=_lines(finding.hint),
    )


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))
