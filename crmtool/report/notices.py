"""What a reader must know about the files behind a page: which could not be judged, which have errors."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.report.edition import Edition

_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence and the files it speaks of; `more` files are not named."""

    text: str
    paths: tuple[str, ...]
    more: int


def notices(edition: Edition) -> tuple[Notice, ...]:
    """List what is wrong with the files, the worst first; empty where all can be judged."""
    found = (("notice.unjudged", edition.unjudged), ("notice.flawed", edition.flawed))
    return tuple(
        Notice(text=edition.language.count(key, len(paths)), paths=paths[:_SHOWN], more=max(0, len(paths) - _SHOWN))
        for key, paths in found
        if paths
    )
