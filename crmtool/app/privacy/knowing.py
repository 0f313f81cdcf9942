"""Gather all that a workspace, its repository and their history know of a contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from crmtool.app.look import View, find_contact
from crmtool.app.privacy.gathering import Gathering, joined
from crmtool.app.privacy.neighbours import with_shared
from crmtool.app.privacy.past import Past, Places, commits_from
from crmtool.app.privacy.sayings import Asked, sayings
from crmtool.app.privacy.searching import Files, Search, bytes_of, files_below, files_of
from crmtool.contact import Contact, is_erased
from crmtool.document import Document, read_yaml
from crmtool.errors import RefusedError
from crmtool.git import Repository
from crmtool.git.history import Commit
from crmtool.git.program import as_text
from crmtool.privacy.findings import FileCommit, Said
from crmtool.privacy.needs import Words, words_in
from crmtool.privacy.traces import Traces
from crmtool.rulebook import RuleBook
from crmtool.snapshot import RULEBOOK, Content
from crmtool.text import visible
from crmtool.yaml_reader import Value

_TOLD = frozenset({"because", "evidence", "do", "when", "organization", "role", "source", "address"})
_SHORTEST_TOLD = 3


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """A contact, and all that is known of it.

    `repository` is None where there is none; `past` is, too, where no history is looked at. `prefix` is the workspace's
    path from the repository's top level. `parts` tell in which commits the contact's file is, and where: one for all
    versions that changes join to that of now, and one each for those that none does. `files` are the other files of
    now, and `others` all paths that other files have or had.
    """

    root: Path
    contact: Contact
    content: Content
    rulebook: RuleBook
    repository: Repository | None
    prefix: str
    past: Past | None
    parts: tuple[Places, ...]
    traces: Traces
    files: Files
    others: frozenset[str]
    found: Search
    said: tuple[Said, ...]

    @property
    def commits(self) -> tuple[Commit, ...]:
        """All commits of the repository, children before parents; none where no history is looked at."""
        return self.past.commits if self.past else ()

    @property
    def path(self) -> str:
        """The path of the contact's file from the top level of the repository, else from the workspace."""
        return self.prefix + self.contact.path

    @property
    def document(self) -> Document:
        """The contact's file as read."""
        return self.content.documents[self.contact.path]

    @property
    def words(self) -> Words:
        """What stands in the place of what is erased."""
        return words_in(self.rulebook.language)

    def words_at(self, path: str) -> Words:
        """What stands in the place of a mention in a file: in the language of the workspace that has it now, if any."""
        for folder in (self.files.top / path).parents:
            if folder == self.root or not folder.is_relative_to(self.files.top):
                break
            data = bytes_of(folder / RULEBOOK)
            if data is not None:
                return words_in(str((read_yaml(RULEBOOK, data).values or {}).get("language", "")))
        return self.words

    @cached_property
    def places(self) -> Places:
        """In which commits the contact's file is, and where."""
        return joined(self.parts)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the contact's file at all times, that of now first."""
        past = sorted({path for paths in self.places.values() for path in paths})
        return tuple(dict.fromkeys((self.path, *past)))

    @cached_property
    def own_commits(self) -> tuple[FileCommit, ...]:
        """The commits that changed the contact's file, the latest first."""
        return tuple(_own_commits(self.commits, self.places))


def know(view: View, wanted: str, start: Path, also: Iterable[str] = (), *, with_history: bool = True) -> Knowledge:
    """Find a contact and gather what is known of it; raises CrmtoolError, a RefusedError for one that was erased.

    `also` are more texts by which it is found. Without its history only what is mentioned now is told, but found by all
    that the contact was ever called.
    """
    contact, content = find_contact(view, wanted, start)
    if is_erased(contact):
        told = f"{visible(contact.id)} was erased already; it only stands for a contact that was"
        raise RefusedError(f"refused: {told}, of whom nothing is known any more")
    repository = repository_of(view.root)
    try:
        known = _known(view, (contact, content), repository, tuple(also))
    finally:
        if repository:
            repository.objects.close()
    return known if with_history else _of_now(known)


def _known(
    view: View,
    read: tuple[Contact, Content],
    repository: Repository | None,
    also: tuple[str, ...],
) -> Knowledge:
    contact, content = read
    prefix = repository.prefix(view.root) if repository else ""
    past = Past(repository, _all_commits(repository)) if repository else None
    all_files, own = files_of(repository) if repository else files_below(view.root), {prefix + contact.path}
    files = replace(all_files, known=all_files.known - own, unknown=all_files.unknown - own)
    gathered = Gathering(past=past, contact=contact, prefix=prefix, also=also, files=files).gathered()
    knowledge = Knowledge(
        root=view.root,
        contact=contact,
        content=content,
        rulebook=view.rulebook(content),
        repository=repository,
        prefix=prefix,
        past=past,
        parts=gathered.parts,
        traces=gathered.traces,
        files=files,
        others=gathered.others,
        found=with_shared(gathered, prefix, past, files),
        said=(),
    )
    return replace(knowledge, said=_sayings(knowledge)) if past else knowledge


def _of_now(known: Knowledge) -> Knowledge:
    """Leave out of what is known of a contact what only the history has."""
    there = {*known.files.all(), *known.files.programs}
    files = tuple(replace(file, past=()) for file in known.found.files if file.path in there)
    found = Search(
        files=tuple(file for file in files if file.all),
        unread=tuple(path for path in known.found.unread if path in there),
    )
    return replace(known, past=None, parts=({},), others=frozenset(known.files.all()), found=found, said=())


def _sayings(known: Knowledge) -> tuple[Said, ...]:
    assert known.past is not None
    entries = {entry for here in known.places.values() for entry in here.values()}
    values = [known.contact.fields, *(known.past.document(entry).values or {} for entry in entries)]
    quotes = tuple(dict.fromkeys(quote for each in values for quote in _quotes(each)))
    own = {commit.id for commit in known.own_commits}
    asked = Asked(traces=known.traces, own=own, quotes=quotes, name=known.words.name)
    return sayings(known.past.repository, asked, [commit.id for commit in known.commits])


def _quotes(value: Value | Mapping[str, Value], key: str = "") -> Iterator[str]:
    """Give the texts of a front matter that the message of a commit may repeat."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _quotes(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _quotes(inner, key)
    elif isinstance(value, str) and key in _TOLD and len(value.strip()) >= _SHORTEST_TOLD:
        yield value


def _own_commits(commits: Iterable[Commit], places: Places) -> Iterator[FileCommit]:
    for commit in commits:
        here = places.get(commit.id, {})
        before = [places.get(parent, {}) for parent in commit.parents] or [{}]
        if commit.changes and all(here != parent for parent in before):
            old = next((path for parent in before for path in parent), "")
            yield FileCommit(
                id=commit.id,
                day=commit.authored,
                author=commit.author,
                subject=commit.subject,
                path=next(iter(sorted(here)), old),
            )


def _all_commits(repository: Repository) -> tuple[Commit, ...]:
    """List what all branches, tags and other refs lead to, as far as it is a commit, and what is checked out."""
    ids = as_text(repository.run("rev-list", "--no-walk=unsorted", "--all")).split()
    head = repository.head()
    return commits_from(repository, [*ids, *([head] if head else [])])


def repository_of(root: Path) -> Repository | None:
    """Find the repository that a workspace lies in; None where there is none.

    Raises CrmtoolError where it cannot be asked: nobody is to be told that a history is empty which nobody has read.
    """
    return Repository.around(root)
