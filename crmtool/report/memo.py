"""What was worked out of contacts a few at a time, so that after an edit only those few are looked at again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar
from zlib import crc32

from crmtool.assessment import Assessment

T = TypeVar("T")
Part = tuple[Assessment, ...]
"""Some contacts, in the order of their ids."""
_PART = 64
_NOBODY: Any = (None,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was worked out: under what circumstances, of which parts, with what result for each."""

    circumstances: object
    parts: Sequence[Part]
    results: Sequence[Any]


@dataclass(slots=True)
class Memo:
    """The latest results of each work.

    A result holds for the very same assessments, not for equal ones: the edition that takes over the memo of the one
    before it should take over the assessments of unchanged contacts too. Where it does not, this costs time alone.
    """

    _known: dict[str, _Known] = field(default_factory=dict)

    def each(self, name: str, circumstances: object, parts: Sequence[Part], work: Callable[[Part], T]) -> list[T]:
        """Give what a work, known by a name, makes of each part; `circumstances` are all else that it depends on."""
        known = self._known.get(name)
        if known is None or len(known.parts) != len(parts) or known.circumstances != circumstances:
            results = [work(part) for part in parts]
        else:
            pairs = zip(parts, known.parts, known.results, strict=True)
            results = [result if _is_same(part, before) else work(part) for part, before, result in pairs]
        self._known[name] = _Known(circumstances=circumstances, parts=parts, results=results)
        return results

    def take_over(self, name: str, circumstances: object, parts: Sequence[Part], results: Mapping[int, Any]) -> None:
        """Take over what a work made of some parts, given by their places, from wherever that was kept."""
        seen = [part if at in results else _NOBODY for at, part in enumerate(parts)]
        found = [results.get(at) for at in range(len(parts))]
        self._known[name] = _Known(circumstances=circumstances, parts=seen, results=found)

    def results(self, name: str) -> dict[int, Any]:
        """Give what is known of a work: what it made of the parts, by their places."""
        known = self._known.get(name)
        if known is None:
            return {}
        return {at: known.results[at] for at, part in enumerate(known.parts) if part is not _NOBODY}


def split(assessments: Sequence[Assessment]) -> tuple[Part, ...]:
    """Split contacts into parts of some dozens: by id alone, so that an edit leaves all parts but one as they were."""
    count = 1 << (len(assessments) // _PART).bit_length()
    parts: list[list[Assessment]] = [[] for _ in range(count)]
    for assessment in assessments:
        parts[crc32(assessment.contact.id.encode(errors="surrogatepass")) % count].append(assessment)
    return tuple(tuple(sorted(part, key=_id)) for part in parts)


def _id(assessment: Assessment) -> str:
    return assessment.contact.id


def _is_same(part: Part, before: Part) -> bool:
    return len(part) == len(before) and all(map(is_, part, before))
