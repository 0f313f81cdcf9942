"""Which commits brought in a contact's answers and decisions: the history of its file, be it renamed or merged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crmtool.app.changing.committed import renamed_from
from crmtool.app.look import View, find_contact
from crmtool.app.revisions import Revision
from crmtool.app.versions import version
from crmtool.contact import SUFFIX, Contact
from crmtool.document import read_contact
from crmtool.git import Entry, GitSnapshot, Repository
from crmtool.git.history import Changes, Commit, history
from crmtool.git.links import resolve
from crmtool.git.program import TooMuchError, as_text
from crmtool.git.tree import LINK
from crmtool.origins import NOT_COMMITTED, Change, Key, Logs, Origin, Version, logs_of, origins
from crmtool.renames import pair_renames
from crmtool.rulebook import NO_RULES, RuleBook
from crmtool.snapshot import Content, UnreadableError

_WORK_TREE = ""
"""Stands for a commit's id in the key of what is not committed yet."""


@dataclass(frozen=True, kw_only=True)
class Blame:
    """A contact and where its entries came from, and the rule book, for its labels; one without any if it is broken."""

    contact: Contact
    rulebook: RuleBook
    origins: tuple[Origin, ...]


def blame(view: View, wanted: str, start: Path) -> Blame:
    """Tell where the answers and decisions of a contact came from; raises CrmtoolError.

    A contact is blamed as its file lies on the disk, what is not committed yet included, or as a revision has it.
    """
    contact, content = find_contact(view, wanted, start)
    repository = view.revision.repository if view.revision else Repository.find(view.root)
    try:
        if view.revision:
            versions = _committed_versions(view.revision, contact.path)
        else:
            versions = _present_versions(repository, view.root, contact, content)
    finally:
        repository.objects.close()
    return Blame(contact=contact, rulebook=content.rulebook or NO_RULES, origins=origins(contact, versions))


def _committed_versions(revision: Revision, path: str) -> dict[Key, Version]:
    repository, snapshot = revision.repository, revision.snapshot()
    place = _followed(snapshot, path)
    tips = {(revision.id, place): snapshot.tree.entries[place]}
    return dict(_Past(repository).versions(_commits(repository, [revision.id], tips), tips))


def _present_versions(repository: Repository, root: Path, contact: Contact, content: Content) -> dict[Key, Version]:
    """Give the file on the disk as the first version; before it is what HEAD has, and what is being merged into it."""
    tips: dict[Key, Entry] = {}
    heads = _heads(repository)
    for head in heads:
        snapshot = version(repository, root, head)
        place = _followed(snapshot, contact.path)
        if place not in snapshot.tree.entries:
            old = renamed_from(snapshot, root, contact.path, content.documents[contact.path].text)
            place = _followed(snapshot, old) if old else place
        if place in snapshot.tree.entries:
            tips[head, place] = snapshot.tree.entries[place]
    present = Version(change=NOT_COMMITTED, logs=logs_of(contact.fields), parents=tuple(tips))
    past = _Past(repository).versions(_commits(repository, heads, tips), tips) if tips else ()
    return {(_WORK_TREE, contact.path): present, **dict(past)}


def _commits(repository: Repository, heads: Iterable[str], tips: Mapping[Key, Entry]) -> tuple[Commit, ...]:
    """List the commits with what they changed of the file, and of all that it may have been called before."""
    paths = {path for _, path in tips}
    try:
        return history(repository, *heads, wanted=lambda path: path.endswith(SUFFIX) or path in paths)
    except TooMuchError as error:
        raise TooMuchError(f"{error}, or look at a clone with less of the past: `git clone --depth 1000 URL`") from None


def _heads(repository: Repository) -> list[str]:
    """Give the parents that a commit would have now: none before the first, several while a merge is under way."""
    head = repository.head()
    return [head, *repository.merge_heads()] if head else []


def _followed(snapshot: GitSnapshot, path: str) -> str:
    """Give a file's path from the top level; that of the file itself where a link leads to it."""
    objects, entries = snapshot.repository.objects, snapshot.tree.entries

    def target(place: str) -> str | None:
        mode, id = entries.get(place, ("", ""))
        return as_text(objects.read(id)) if mode == LINK else None

    try:
        return resolve(snapshot.prefix + path, target, str(snapshot.repository.top))
    except UnreadableError:
        return snapshot.prefix + path


@dataclass(frozen=True)
class _Past:
    """The versions of one file in a history: only they are read, and what the file may have been called before."""

    repository: Repository
    _logs: dict[str, Logs | None] = field(default_factory=dict)

    def versions(self, commits: Iterable[Commit], tips: Mapping[Key, Entry]) -> Iterator[tuple[Key, Version]]:
        """Walk back from where the file is known to be; children come before parents."""
        shallow = self.repository.shallow()
        commits = tuple(commits)
        self.repository.objects.bring(_ids_of({path for _, path in tips}, commits))
        places: dict[str, dict[str, Entry]] = {}
        for (id, path), entry in tips.items():
            places.setdefault(id, {})[path] = entry
        for commit in commits:
            for path, entry in places.pop(commit.id, {}).items():
                before = dict(self._before(commit, path, entry))
                for (parent, old_path), old in before.items():
                    places.setdefault(parent, {})[old_path] = old
                change = Change(id=commit.id, author=commit.author, day=commit.authored, subject=commit.subject)
                logs, is_cut_off = self._read_logs(entry), commit.id in shallow
                version = Version(change=change, logs=logs, parents=tuple(before), is_cut_off=is_cut_off)
                yield (commit.id, path), version

    def _before(self, commit: Commit, path: str, entry: Entry) -> Iterator[tuple[Key, Entry]]:
        for parent, changes in zip(commit.parents, commit.changes, strict=False):
            if path not in changes:
                # That parent has all that the file says, so those after it brought in nothing.
                yield (parent, path), entry
                return
            old_path = path if changes[path][0] else self._renamed_from(path, changes)
            old = changes[old_path][0] if old_path else None
            if old_path and old:
                yield (parent, old_path), old

    def _renamed_from(self, path: str, changes: Changes) -> str | None:
        files = {each: sides for each, sides in changes.items() if each.endswith(SUFFIX)}
        gone = {each: old for each, (old, now) in files.items() if old and not now}
        new = {each: now for each, (old, now) in files.items() if now and not old}
        if not gone or path not in new:
            return None
        same_before, same_now = ([each for each in side if side[each] == new[path]] for side in (gone, new))
        if len(same_before) == len(same_now) == 1:
            return same_before[0]  # no other can be meant, so none need be read
        self.repository.objects.expect(id for _, id in (*gone.values(), *new.values()))
        old_texts, texts = ({each: self._text(each, entry) for each, entry in side.items()} for side in (gone, new))
        return pair_renames(old_texts, texts).get(path)

    def _text(self, path: str, entry: Entry) -> str:
        return read_contact(path, self._read(entry)).text

    def _read_logs(self, entry: Entry) -> Logs | None:
        id = entry[1]
        if id not in self._logs:
            values = read_contact("", self._read(entry)).values
            self._logs[id] = None if values is None else logs_of(values)
        return self._logs[id]

    def _read(self, entry: Entry) -> bytes:
        mode, id = entry
        try:
            return b"" if mode == LINK else self.repository.objects.read(id)
        except UnreadableError:  # an object that is missing: what it said is taken to be what stands around it
            return b""


def _ids_of(paths: Collection[str], commits: Iterable[Commit]) -> Iterator[str]:
    """Give the ids of all that files were as long as they were called so."""
    for changes in (changes for commit in commits for changes in commit.changes):
        for path in changes.keys() & paths:
            yield from (entry[1] for entry in changes[path] if entry)
