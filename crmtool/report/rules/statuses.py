"""The statuses, in the order of the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.report.edition import Edition
from crmtool.report.rules.anchors import status_anchor
from crmtool.report.rules.told import told
from crmtool.rulebook import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """A status: `bounds` are its deadline and its limit, `holds` what must go on holding while a contact is there."""

    anchor: str
    id: str
    label: str
    kind: str
    meaning: str
    asks: str
    bounds: tuple[str, ...]
    holds: tuple[str, ...]
    reasons: tuple[str, ...]


def status_lines(edition: Edition) -> tuple[StatusLine, ...]:
    """Lay out all statuses."""
    return tuple(_line(edition, status) for status in edition.rulebook.statuses.values())


def _line(edition: Edition, status: Status) -> StatusLine:
    language = edition.language
    return StatusLine(
        anchor=status_anchor(status.id),
        id=status.id,
        label=status.label,
        kind=language(f"rules.kind.{status.kind.value}"),
        meaning=status.meaning,
        asks=status.asks or "",
        bounds=tuple(_bounds(edition, status)),
        holds=told(edition, status.requires),
        reasons=tuple(status.reasons.values()),
    )


def _bounds(edition: Edition, status: Status) -> Iterator[str]:
    language = edition.language
    if status.decide_within:
        yield language("rules.within", duration=language.duration(status.decide_within))
    if status.limit:
        yield language.count("rules.limit", status.limit)
