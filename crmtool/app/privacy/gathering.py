"""Follow a contact's file through its history, and look for the person in all other files of all times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crmtool.app.privacy.past import Past, Places, Start, new_in
from crmtool.app.privacy.searching import Files, Search, search, versions_of
from crmtool.contact import FOLDER, SUFFIX, Contact, is_contact_path, joined_ids
from crmtool.privacy.traces import Traces, traces_of
from crmtool.yaml_reader import Value

_CONTACTS = re.compile(rf"(?:^|/){FOLDER}")


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What was found: the versions of the file in `parts` that no change joins, the one of now first.

    `others` are all paths that other files have or had.
    """

    parts: tuple[Places, ...]
    traces: Traces
    found: Search
    others: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Who is followed, through which past; `files` are the other files of now, `also` more texts to look for."""

    past: Past | None
    contact: Contact
    prefix: str
    also: tuple[str, ...]
    files: Files
    _somebody_elses: set[tuple[str, str]] = field(default_factory=set)

    def gathered(self) -> Gathered:
        """Look for what the versions tell of the person, and go on while that leads to more versions."""
        parts: list[Places] = [self._of_now()]
        while True:
            traces = traces_of(self._told(parts), self.also)
            others = self._others(parts)
            found = search(traces, self.files, others, self.past.repository if self.past else None)
            more = self._more(parts, found)
            if not more:
                paths = frozenset(self.files.all()).union(*others.values())
                return Gathered(parts=tuple(parts), traces=traces, found=found, others=paths)
            parts += more

    def _of_now(self) -> Places:
        places: Places = {}
        path = self.prefix + self.contact.path
        entry = self._head_entries.get(path)
        if self.past and self._head and entry:
            self.past.follow([(self._head, path, entry)], places)
        return places

    def _more(self, parts: Iterable[Places], found: Search) -> list[Places]:
        """Give more versions; what is joined to a contact of now is that one's, be it the same person entered twice."""
        more: list[Places] = []
        known = joined(parts)
        for start in (*self.past.elsewhere(known, found.hits), *self._taken_in(parts)) if self.past else ():
            id, path, _ = start
            if (id, path) in self._somebody_elses or any(path in part.get(id, {}) for part in more):
                continue
            part = self._followed(start)
            if any(is_contact_path(in_workspace(each, self.prefix)[1]) for each in part.get(self._head or "", {})):
                self._somebody_elses.update((id, each) for id, here in part.items() for each in here)
            else:
                more.append(part)
        return more

    def _taken_in(self, parts: Iterable[Places]) -> Iterator[Start]:
        """List the versions of contacts that were joined to this one, whose files are gone since."""
        told = [fields for _, fields in self._told(parts)]
        paths = {f"{self.prefix}{FOLDER}{id}{SUFFIX}" for fields in told for id in joined_ids(fields)}
        known = joined(parts)
        for commit in self.past.commits if self.past and paths else ():
            for path, entry in new_in(commit):
                if path in paths and path not in known.get(commit.id, {}):
                    yield commit.id, path, entry

    def _followed(self, start: Start) -> Places:
        places: Places = {}
        if self.past:
            self.past.follow([start], places)
        return places

    def _told(self, parts: Iterable[Places]) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """Give path and front matter of all versions, that of now first."""
        yield self.contact.path, self.contact.fields
        if self.past:
            versions = {(path, entry) for here in joined(parts).values() for path, entry in here.items()}
            for path, entry in sorted(versions):
                yield in_workspace(path, self.prefix)[1], self.past.document(entry).values or {}

    def _others(self, parts: Iterable[Places]) -> dict[str, dict[str, str]]:
        """Leave out the contents that the file itself had, at the paths where it had them."""
        own = {(entry[1], path) for here in joined(parts).values() for path, entry in here.items()}
        kept = {
            id: {path: commit for path, commit in paths.items() if (id, path) not in own}
            for id, paths in self._versions.items()
        }
        return {id: paths for id, paths in kept.items() if paths}

    @cached_property
    def _versions(self) -> Mapping[str, Mapping[str, str]]:
        return versions_of(self.past.commits) if self.past else {}

    @cached_property
    def _head(self) -> str | None:
        return self.past.repository.head() if self.past else None

    @cached_property
    def _head_entries(self) -> Mapping[str, tuple[str, str]]:
        return self.past.repository.tree(self._head).entries if self.past and self._head else {}


def joined(parts: Iterable[Places]) -> Places:
    """Put the versions of several parts together."""
    whole: Places = {}
    for part in parts:
        for id, here in part.items():
            whole[id] = {**whole.get(id, {}), **here}
    return whole


def in_workspace(path: str, prefix: str) -> tuple[str, str]:
    """Part a path of some time into where the workspace lay then, '' or 'sales/', and the path from there."""
    if path.startswith(prefix + FOLDER):
        return prefix, path.removeprefix(prefix)
    match = _CONTACTS.search(path)
    at = match.end() - len(FOLDER) if match else 0
    return (path[:at], path[at:]) if match else (prefix, path.removeprefix(prefix))
