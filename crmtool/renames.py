"""Which files were renamed: what is gone paired with what is new, by what they say.

The notes below the front matter never decide, so that editing them changes no finding.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from crmtool.document import read_contact

_LEAST_LIKENESS = 0.5
_MOST_COMPARED = 1_000_000


def pair_renames(removed: Mapping[str, str], added: Mapping[str, str]) -> dict[str, str]:
    """Pair paths that are gone with new ones, given the texts: new path → old path, each path once.

    The same text comes first; then the same name with the same first decision; then what is most alike of those whose
    front matter is at least half the same, lines weighed by length as Git does (-M50%). Of very many files only the
    first two are looked for, as Git does, too.
    """
    pairs: dict[str, str] = {}
    gone, new = dict(removed), dict(added)
    _pair_same_text(gone, new, pairs)
    if gone and new:
        old_files = {path: _File(text) for path, text in gone.items()}
        new_files = {path: _File(text) for path, text in new.items()}
        for candidates in (_same_identity, _alike):
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
    def identity(self) -> Hashable | None:
        """The name and the first decision: two contacts hardly share both."""
        values = self._front_matter[1]
        decisions = values.get("decisions")
        if not values.get("name") or not isinstance(decisions, list) or not decisions:
            return None
        return json.dumps([values["name"], decisions[0]], sort_keys=True)

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
    holders: defaultdict[Hashable, list[str]] = defaultdict(list)
    for path, file in gone.items():
        holders[file.identity].append(path)
    holders.pop(None, None)
    for path, file in new.items():
        for old in holders.get(file.identity, ()):
            common = (file.lines & gone[old].lines).total()
            yield common / max(file.size, gone[old].size), _file_name(old) != _file_name(path), path, old


def _alike(gone: Mapping[str, _File], new: Mapping[str, _File]) -> Iterator[_Candidate]:
    if len(gone) * len(new) > _MOST_COMPARED:
        return
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for path, file in gone.items():
        for line in file.lines:
            holders[line].append(path)
    for path, file in new.items():
        common: Counter[str] = Counter()
        for line, weight in file.lines.items():
            for old in holders.get(line, ()):
                common[old] += min(weight, gone[old].lines[line])
        for old, weight in common.items():
            likeness = weight / max(file.size, gone[old].size, 1)
            if likeness >= _LEAST_LIKENESS:
                yield likeness, _file_name(old) != _file_name(path), path, old


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]
