"""Words that the rules do not know, retyped as what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from crmtool.app.meaning import criterion_labels, find_id, status_labels
from crmtool.assist.cursor import Spot, spot_at
from crmtool.assist.mentions import Mention, Noun, mention_at
from crmtool.document import Document
from crmtool.edit.scalars import DOUBLE, PLAIN, SINGLE, scalar
from crmtool.finding import Finding
from crmtool.rulebook import RuleBook
from crmtool.text import Lines, TextEdit, apply_edits, one_line

UNKNOWN_IDS = frozenset({"unknown-status", "unknown-criterion", "unknown-reason", "rules-unknown-id"})
MEANT_IN_HINT = frozenset({"unknown-key", "schema"})
"""What of the words that a schema knows was meant, the hint names."""
_MEANT = re.compile(r"did you mean '([^']+)'\?")
_MOST = 3


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What can be meant by the word at a spot; whether nothing else can."""

    spot: Spot
    word: str
    is_only: bool

    @property
    def title(self) -> str:
        """Tell how the word is changed."""
        return f"Change '{one_line(self.spot.text)}' to '{self.word}'"

    def text(self, document: Document) -> str:
        """Give the file's text with what is meant, in the quotes that stand there."""
        span = self.spot.span
        quote = document.text[span.start]
        new = scalar(self.word, quote if quote in (SINGLE, DOUBLE) else PLAIN)
        return apply_edits(document.text, (TextEdit(span.start, span.end, new),))


def spot_of(document: Document, finding: Finding) -> Spot | None:
    """Give the key or scalar at which something is found; None where it is neither."""
    return spot_at(document, Lines(document.text).offset(finding.location.line, finding.location.column))


def meanings(document: Document, rulebook: RuleBook | None, finding: Finding) -> Iterator[Meaning]:
    """Tell what can be meant by an unknown word, the nearest first."""
    spot = spot_of(document, finding)
    if spot is None:
        return
    words = _words(document, rulebook, finding, spot)
    yield from (Meaning(spot=spot, word=word, is_only=len(words) == 1) for word in words)


def _words(document: Document, rulebook: RuleBook | None, finding: Finding, spot: Spot) -> tuple[str, ...]:
    if finding.code in MEANT_IN_HINT:
        return tuple(_MEANT.findall(finding.hint))
    mention = mention_at(document, spot.span.start) if finding.code in UNKNOWN_IDS else None
    return _nearest(mention, _known(rulebook, mention)) if mention and rulebook else ()


def _nearest(mention: Mention, labels: Mapping[str, str]) -> tuple[str, ...]:
    """List the ids that can be meant: that of which the label was written, then those that look alike.

    Of reasons, which are few, it can be any.
    """
    named = find_id(mention.id, labels)
    alike = get_close_matches(mention.id.casefold(), labels, n=_MOST, cutoff=0.6)
    found = tuple(dict.fromkeys((*([named] if named else []), *alike)))[:_MOST]
    return found or (tuple(labels) if mention.noun is Noun.REASON else ())


def _known(rulebook: RuleBook, mention: Mention) -> Mapping[str, str]:
    if mention.place[-1:] == ("propose",):
        return dict.fromkeys(rulebook.transitions, "") | status_labels(rulebook)
    match mention.noun:
        case Noun.STATUS:
            return status_labels(rulebook)
        case Noun.CRITERION:
            return criterion_labels(rulebook)
        case Noun.REASON:
            status = rulebook.statuses.get(mention.scope or "")
            return status.reasons if status else {}
        case _:
            return {}
