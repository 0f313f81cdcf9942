"""Which files were renamed: what is gone paired with what is new, by what they say.

The notes below the front matter never decide, so that editing them changes no finding.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeAlias

from crmtool.document import read_contact
from crmtool.records import dataclass

_LEAST_LIKENESS = 0.5
_LEAST_LIKE_NAME = 0.6
_LEAST_LOG = 2
_MOST_COMPARED = 1_000_000
_MOST_IN_COMMON, _MOST_LETTERS = 20_000_000, 15_000_000
"""So many lines that files have in common are counted, and so many pairs of letters of their names compared."""
_MOST_NAMESAKES = 100
_LONGEST_NAME = 100
_CORRECTED = "corrected"


def pair_renames(removed: Mapping[str, str], added: Mapping[str, str]) -> dict[str, str]:
    """Pair paths that are gone with new ones, given the texts: new path → old path, each path once.

    The same text comes first; then who is the same by identity: the same name with the same first decision, or a log of
    two or more decisions that went on; then the same name, if the first decision was corrected on either side; then
    what is most alike of those with a similar name whose front matter is at least half the same, lines weighed by
    length as Git does (-M50%). A contact whose name and log are both others' is another contact, however alike the
    files are. Of very many files the last step is left out, as Git does, too; and what very many have alike, such as a
    name, tells nobody apart.
    """
    pairs: dict[str, str] = {}
    gone, new = dict(removed), dict(added)
    _pair_same_text(gone, new, pairs)
    if gone and new:
        old_files = {path: _File(text) for path, text in gone.items()}
        new_files = {path: _File(text) for path, text in new.items()}
        for candidates in (_same_identity, _corrected_entrance, _alike):
            _pair_best(old_files, new_files, pairs, candidates(old_files, new_files))
    return pairs


@dataclass(frozen=True)
class _File:
    text: str

    @cached_property
    def _front_matter(self) -> tuple[str, Mapping[str, object]]:
        # What cannot be encoded cannot be read either; it is compared as the text that it is.
        document = read_contact("", self.text.encode(errors="surrogateescape"))
        if document.values is None:
            return self.text, {}
        return document.text[document.yaml_span.start : document.yaml_span.end], document.values

    @cached_property
    def name(self) -> str:
        """Who it is; empty where the file cannot be read."""
        return str(self._front_matter[1].get("name", ""))

    @cached_property
    def called(self) -> str:
        """What of its name is compared with others: comparing takes the square of the letters."""
        return self.name[:_LONGEST_NAME]

    @cached_property
    def _log(self) -> list[object]:
        decisions = self._front_matter[1].get("decisions")
        return decisions if isinstance(decisions, list) else []

    @property
    def identities(self) -> list[Hashable]:
        """By what the contact can be known again: the name with the first decision, and the log of decisions."""
        return [*self._by_name, *self._logs[-1:]]

    @property
    def identities_of_past(self) -> list[Hashable]:
        """By what it could have been known at any time before."""
        return [*self._by_name, *self._logs]

    @property
    def has_corrected_entrance(self) -> bool:
        """Whether its first decision was corrected: then it need not be the one by which it was known before."""
        first = self._log[0] if self._log else None
        return isinstance(first, dict) and _CORRECTED in first

    @property
    def _by_name(self) -> list[Hashable]:
        return [json.dumps([self.name, self._log[0]], sort_keys=True)] if self.name and self._log else []

    @cached_property
    def _logs(self) -> list[Hashable]:
        """The log at each of its lengths, from the shortest on: each is told by that before and one entry more."""
        digest, logs = 0, list[Hashable]()
        for length, entry in enumerate(self._log, start=1):
            digest = hash((digest, json.dumps(entry, sort_keys=True)))
            if length >= _LEAST_LOG:
                logs.append((length, digest))
        return logs

    def may_be(self, other: _File) -> bool:
        """Whether the names do not speak against it; a file that cannot be read has none."""
        if not self.called or not other.called:
            return True
        return SequenceMatcher(None, self.called, other.called).ratio() >= _LEAST_LIKE_NAME

    @cached_property
    def lines(self) -> Counter[str]:
        """How many characters each line of the front matter accounts for."""
        weights: Counter[str] = Counter()
        for line in self._front_matter[0].splitlines():
            weights[line.strip()] += len(line.strip())
        return weights

    @cached_property
    def size(self) -> int:
        return self.lines.total()


_Candidate: TypeAlias = tuple[float, bool, str, str]
"""How alike two files are, whether their names differ, the new path and the old one."""


def _pair_same_text(gone: dict[str, str], new: dict[str, str], pairs: dict[str, str]) -> None:
    """Pair what says the same, what has the same file name first; take it out of both."""
    keys: tuple[Callable[[str, str], Hashable], ...] = (
        lambda path, text: (_file_name(path), text),
        lambda _, text: text,
    )
    for key in keys:
        free: defaultdict[Hashable, list[str]] = defaultdict(list)
        for path in sorted(gone, reverse=True):
            free[key(path, gone[path])].append(path)
        for path in sorted(new):
            olds = free.get(key(path, new[path]))
            if olds:
                pairs[path] = olds.pop()
                del gone[pairs[path]], new[path]


def _pair_best(
    gone: dict[str, _File], new: dict[str, _File], pairs: dict[str, str], candidates: Iterable[_Candidate]
) -> None:
    for _, _, path, old in sorted(candidates, key=lambda found: (-found[0], found[1:])):
        if old in gone and path in new:
            pairs[path] = old
            del gone[old], new[path]


def _same_identity(gone: Mapping[str, _File], new: Mapping[str, _File]) -> Iterator[_Candidate]:
    yield from _sharing(gone, new, lambda old: old.identities, lambda file: file.identities_of_past)


def _corrected_entrance(gone: Mapping[str, _File], new: Mapping[str, _File]) -> Iterator[_Candidate]:
    def names(file: _File) -> list[Hashable]:
        return [file.name] if file.name else []

    for found in _sharing(gone, new, names, names):
        *_, path, old = found
        if new[path].has_corrected_entrance or gone[old].has_corrected_entrance:
            yield found


def _sharing(
    gone: Mapping[str, _File],
    new: Mapping[str, _File],
    old_keys: Callable[[_File], Iterable[Hashable]],
    new_keys: Callable[[_File], Iterable[Hashable]],
) -> Iterator[_Candidate]:
    holders: defaultdict[Hashable, list[str]] = defaultdict(list)
    for path, file in gone.items():
        for key in old_keys(file):
            holders[key].append(path)
    for path, file in new.items():
        same = (holders[key] for key in new_keys(file) if key in holders)
        for old in {old for olds in same if len(olds) <= _MOST_NAMESAKES for old in olds}:
            common = (file.lines & gone[old].lines).total()
            yield common / max(file.size, gone[old].size, 1), _file_name(old) != _file_name(path), path, old


def _alike(gone: Mapping[str, _File], new: Mapping[str, _File]) -> Iterator[_Candidate]:
    if len(gone) * len(new) > _MOST_COMPARED:
        return
    holders: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for path, file in gone.items():
        for line, weight in file.lines.items():
            holders[line].append((path, weight))
    if sum(len(holders.get(line, ())) for file in new.values() for line in file.lines) > _MOST_IN_COMMON:
        return
    left = _MOST_LETTERS
    for path, file in new.items():
        for old, weight in _in_common(file, holders).items():
            likeness = weight / max(file.size, gone[old].size, 1)
            if likeness < _LEAST_LIKENESS:
                continue
            left -= len(file.called) * len(gone[old].called)
            if left >= 0 and file.may_be(gone[old]):
                yield likeness, _file_name(old) != _file_name(path), path, old


def _in_common(file: _File, holders: Mapping[str, Iterable[tuple[str, int]]]) -> Counter[str]:
    """How many characters each of the old files has in common with a new one."""
    common: Counter[str] = Counter()
    for line, weight in file.lines.items():
        for old, held in holders.get(line, ()):
            common[old] += min(weight, held)
    return common


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]
