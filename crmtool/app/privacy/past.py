"""Every version of a contact's file in a whole history: on all branches, under all names that the file ever had."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from crmtool.contact import SUFFIX
from crmtool.document import Document, read_contact
from crmtool.git import Entry, Repository
from crmtool.git.history import Changes, Commit
from crmtool.git.tree import LINK
from crmtool.privacy.identity import same_person, surely_same_person
from crmtool.renames import pair_renames
from crmtool.snapshot import UnreadableError
from crmtool.yaml_reader import Value

Places = dict[str, dict[str, Entry]]
"""Where a file is: for each commit the paths from the top level, with the entry that it has there."""
Start = tuple[str, str, Entry]
"""Where a file is known to be: a commit's id, a path from the top level, and the entry."""


@dataclass(frozen=True)
class Past:
    """A history in which a file is followed; `commits` come children before parents."""

    repository: Repository
    commits: tuple[Commit, ...]
    _documents: dict[str, Document] = field(default_factory=dict, repr=False)
    _pairs: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict, repr=False)

    def follow(self, starts: Iterable[Start], places: Places) -> None:
        """Add all versions that a file had before and after it was in a commit, at a path, with an entry."""
        todo = deque(starts)
        while todo:
            id, path, entry = todo.popleft()
            here = places.setdefault(id, {})
            if path not in here:
                here[path] = entry
                todo += self._before(id, path, entry)
                todo += self._after(id, path, entry)

    def document(self, entry: Entry) -> Document:
        """Read a version; one that is a link, or missing, is read as empty."""
        mode, id = entry
        if id not in self._documents:
            try:
                data = b"" if mode == LINK else self.repository.objects.read(id)
            except UnreadableError:
                data = b""
            self._documents[id] = read_contact("", data)
        return self._documents[id]

    def elsewhere(self, places: Places, suspects: Container[str]) -> list[Start]:
        """List versions of the same person that no change joins to those known.

        So it is where a file was removed and made again, or made on two branches. `suspects` are the ids of contents
        that have a trace of the person.
        """
        known_paths = {path for paths in places.values() for path in paths}
        known = [values for values in map(self._values, self._entries(places)) if values]
        found: list[Start] = []
        for commit in self.commits:
            here = places.get(commit.id, {})
            for path, entry in new_in(commit):
                if entry[1] not in suspects or not path.endswith(SUFFIX) or path in here:
                    continue
                values = self._values(entry)
                belongs = same_person if path in known_paths else surely_same_person
                if values and any(belongs(values, each) for each in known):
                    found.append((commit.id, path, entry))
        return found

    def _entries(self, places: Places) -> Iterable[Entry]:
        return dict.fromkeys(entry for paths in places.values() for entry in paths.values())

    def _before(self, id: str, path: str, entry: Entry) -> Iterator[Start]:
        commit = self._by_id.get(id)
        for i, changes in enumerate(commit.changes if commit else ()):
            parent = commit.parents[i] if commit and commit.parents else None
            if parent is None:
                continue
            if path not in changes:
                yield parent, path, entry
            elif old := changes[path][0]:
                if self._is_same(old, entry):
                    yield parent, path, old
            elif (old_path := self._renames(id, i).get(path)) and (old := changes[old_path][0]):
                yield parent, old_path, old

    def _after(self, id: str, path: str, entry: Entry) -> Iterator[Start]:
        for child, i in self._children.get(id, ()):
            changes = self._by_id[child].changes[i]
            if path not in changes:
                yield child, path, entry
            elif new := changes[path][1]:
                if self._is_same(entry, new):
                    yield child, path, new
            else:
                for new_path, old_path in self._renames(child, i).items():
                    if old_path == path and (new := changes[new_path][1]):
                        yield child, new_path, new

    def _is_same(self, one: Entry, other: Entry) -> bool:
        """Whether one path still means one person; what cannot be read does not speak against it."""
        values, others = self._values(one), self._values(other)
        return not values or not others or same_person(values, others)

    def _values(self, entry: Entry) -> dict[str, Value] | None:
        return self.document(entry).values

    def _renames(self, id: str, parent: int) -> dict[str, str]:
        """Give the files that a commit renamed: new path → old path."""
        if (id, parent) not in self._pairs:
            self._pairs[id, parent] = self._paired(self._by_id[id].changes[parent])
        return self._pairs[id, parent]

    def _paired(self, changes: Changes) -> dict[str, str]:
        files = {path: sides for path, sides in changes.items() if path.endswith(SUFFIX)}
        gone = {path: old for path, (old, now) in files.items() if old and not now}
        new = {path: now for path, (old, now) in files.items() if now and not old}
        if not gone or not new:
            return {}
        texts = ({path: self.document(entry).text for path, entry in side.items()} for side in (gone, new))
        pairs = pair_renames(*texts)
        left = [path for path in new if path not in pairs], [path for path in gone if path not in pairs.values()]
        for path in left[0]:
            values = self._values(new[path])
            same = [old for old in left[1] if values and surely_same_person(values, self._values(gone[old]) or {})]
            if len(same) == 1 and same[0] not in pairs.values():
                pairs[path] = same[0]
        return pairs

    @cached_property
    def _by_id(self) -> dict[str, Commit]:
        return {commit.id: commit for commit in self.commits}

    @cached_property
    def _children(self) -> dict[str, list[tuple[str, int]]]:
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for commit in self.commits:
            for i, parent in enumerate(commit.parents):
                found[parent].append((commit.id, i))
        return found


def new_in(commit: Commit) -> Iterator[tuple[str, Entry]]:
    """List what a commit has that not all of its parents had, each path once."""
    seen = {path: new for changes in commit.changes for path, (_, new) in changes.items() if new}
    return iter(seen.items())
