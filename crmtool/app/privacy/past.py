"""Every version of a contact's file in a whole history: on all branches, under all names that the file ever had."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crmtool.contact import SUFFIX
from crmtool.document import Document, read_contact
from crmtool.git import Entry, Repository
from crmtool.git.history import Changes, Commit, history
from crmtool.git.tree import LINK
from crmtool.privacy.identity import are_apart, moved_person, name_of, same_again, same_person
from crmtool.renames import pair_renames
from crmtool.snapshot import UnreadableError
from crmtool.yaml_reader import Value

Places = dict[str, dict[str, Entry]]
"""Where a file is: for each commit the paths from the top level, with the entry that it has there."""
Start = tuple[str, str, Entry]
"""Where a file is known to be: a commit's id, a path from the top level, and the entry."""


def commits_from(repository: Repository, tips: Iterable[str]) -> tuple[Commit, ...]:
    """List all commits that can be reached, children before parents; raises CrmtoolError.

    Any file may hold a trace; what a merge has of others than contacts from one side is not told: that side tells it.
    """
    ids = dict.fromkeys(tips)
    return history(repository, *ids, wanted=lambda path: path.endswith(SUFFIX), with_new=True) if ids else ()


@dataclass(frozen=True)
class Past:
    """A history in which a file is followed; `commits` come children before parents, as `commits_from` gives them."""

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
                is_known = path in known_paths
                if values and any(same_again(values, each, at_one_path=is_known) for each in known):
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
            elif (old_path := self._source(id, i, path)) and (old := changes[old_path][0]):
                yield parent, old_path, old

    def _after(self, id: str, path: str, entry: Entry) -> Iterator[Start]:
        for child, i in self._children.get(id, ()):
            changes = self._by_id[child].changes[i]
            if path not in changes:
                yield child, path, entry
            else:
                yield from ((child, new_path, new) for new_path, new in self._targets(child, i, path))

    def _source(self, id: str, parent: int, path: str) -> str | None:
        """Give the path that a person's file had before a commit changed it; None where it is new, or was another's."""
        old, new = self._by_id[id].changes[parent][path]
        if old and new and self._has_one_name(old, new):
            return path
        renames = self._renames(id, parent)
        if path in renames or not old or not new or path in renames.values():
            return renames.get(path)
        return path if same_person(self._values(old), self._values(new)) else None

    def _targets(self, id: str, parent: int, path: str) -> Iterator[tuple[str, Entry]]:
        """List where a file that a commit changed is after it, with what it says there."""
        changes = self._by_id[id].changes[parent]
        goes_on = self._source(id, parent, path) == path
        paths = [path] if goes_on else [new for new, old in self._renames(id, parent).items() if old == path]
        for each in paths:
            if entry := changes[each][1]:
                yield each, entry

    def _has_one_name(self, one: Entry, other: Entry) -> bool:
        """Whether two versions do not name two people; what cannot be read names nobody."""
        names = self._name(one), self._name(other)
        return names[0] == names[1] or "" in names

    def _name(self, entry: Entry) -> str:
        return name_of(self._values(entry))

    def _values(self, entry: Entry) -> Mapping[str, Value]:
        return self.document(entry).values or {}

    def _renames(self, id: str, parent: int) -> dict[str, str]:
        """Give the files that a commit renamed, be it to where another one was: new path → old path."""
        if (id, parent) not in self._pairs:
            self._pairs[id, parent] = self._paired(self._by_id[id].changes[parent])
        return self._pairs[id, parent]

    def _paired(self, changes: Changes) -> dict[str, str]:
        files = {path: sides for path, sides in changes.items() if path.endswith(SUFFIX)}
        pairs = self._alike(files)
        taken = {*pairs, *pairs.values()}
        left = {path: (old, now) for path, (old, now) in files.items() if path not in taken and self._is_left(old, now)}
        olds: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for path, (old, _) in left.items():
            if old and self._name(old):
                olds[self._name(old)][path] = old
        for path, (_, now) in left.items():
            found = olds[self._name(now)] if now else {}
            same = [each for each, old in found.items() if now and not are_apart(self._values(old), self._values(now))]
            if len(same) == 1:
                pairs[path] = same[0]
                del found[same[0]]
        return pairs

    def _is_left(self, old: Entry | None, now: Entry | None) -> bool:
        """Whether a path is new or gone, or one person's before and another's now: moved from or to another path."""
        return not old or not now or not self._has_one_name(old, now)

    def _alike(self, files: Changes) -> dict[str, str]:
        """Pair files that are gone with new ones: those that say the same, and those alike that are of one person."""
        gone = {path: old for path, (old, now) in files.items() if old and not now}
        new = {path: now for path, (old, now) in files.items() if now and not old}
        if not gone or not new:
            return {}
        texts = ({path: self.document(entry).text for path, entry in side.items()} for side in (gone, new))
        pairs = pair_renames(*texts)
        return {path: old for path, old in pairs.items() if self._has_moved(gone[old], new[path])}

    def _has_moved(self, old: Entry, new: Entry) -> bool:
        return self._has_one_name(old, new) or moved_person(self._values(old), self._values(new))

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
