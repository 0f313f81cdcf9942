"""How a history is to be rewritten so that a contact is erased from it, and every figure of every time stays true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from crmtool.app.privacy.gathering import in_workspace
from crmtool.app.privacy.knowing import Knowledge
from crmtool.app.privacy.past import Past, Places
from crmtool.contact import FOLDER, SUFFIX, Contact, contact_from, contact_id, is_contact_path
from crmtool.document import read_yaml
from crmtool.git import Entry
from crmtool.git.contents import contents
from crmtool.git.history import Commit
from crmtool.git.rewriting_plan import CommitChange, HistoryPlan, blob_id
from crmtool.privacy.findings import Said
from crmtool.privacy.needs import Needs, needs_of
from crmtool.privacy.replacing import replaced, without_mentions
from crmtool.privacy.tombstone import tombstone, tombstone_path
from crmtool.rulebook import RuleBook, rulebook_from
from crmtool.snapshot import RULEBOOK


@dataclass(frozen=True)
class HistoryPlanning:
    """Plans it; `needs` are those of the rule books of all times, `token` names what is left of the contact."""

    known: Knowledge
    past: Past
    needs: Needs
    token: str
    _contents: dict[str, bytes] = field(default_factory=dict, repr=False)

    def plan(self, confirmed: Collection[str], messages: Iterable[Said], makers: Iterable[Said]) -> HistoryPlan:
        """Make the plan.

        `confirmed` are the paths of other files in which mentions are replaced, `messages` what says something of the
        person that is to go, and `makers` what the person made whose name goes.
        """
        files = dict(self._renamed(confirmed))
        blobs = self._replaced_blobs(files)
        mark = self.known.words.mark
        commits = {commit.id: change for commit in self.past.commits if (change := self._change(commit))}
        return HistoryPlan(
            commits=commits,
            files=files,
            blobs=blobs,
            contents=tuple(self._contents.values()),
            messages={each.id: [(*span, mark) for span in each.spans] for each in messages},
            people={each.id: each.people for each in makers},
        )

    def _change(self, commit: Commit) -> CommitChange | None:
        """Tell what becomes of a commit's changes against its first parent; None where all of them stay."""
        changes = commit.changes[0] if commit.changes else {}
        parent = commit.parents[0] if commit.parents else ""
        here, before = (self.known.places.get(id, {}) for id in (commit.id, parent))
        drop = [path for path in changes if path in here or (path in before and not changes[path][1])]
        delete = [path for path in drop if path not in before and changes[path][0]]
        now, old = self._versions(commit.id), self._versions(parent)
        writes: dict[str, str | None] = {path: None for path in old if path not in now}
        writes |= {path: id for path, id in now.items() if old.get(path) != id}
        if not drop and not writes:
            return None
        return CommitChange(drop=tuple(drop), delete=tuple(delete), writes=writes)

    def _versions(self, commit: str) -> dict[str, str]:
        """Give what is left in a commit: paths with the ids of their contents, one for each part."""
        return dict(
            self._version(part, commit, f"{self.token}{rank or ''}")
            for rank, part in enumerate(self.known.parts)
            if commit in part
        )

    def _version(self, part: Places, commit: str, token: str) -> tuple[str, str]:
        path, contact = self._said_last(part, commit)
        others = [contact_id(tombstone_path(f"{self.token}{rank}")) for rank in range(1, len(self.known.parts))]
        data = tombstone(contact, self.needs, self.known.words, others, self.known.traces).encode()
        id = blob_id(data)
        self._contents[id] = data
        return _target(self.known, path, token), id

    def _said_last(self, part: Places, commit: str) -> tuple[str, Contact]:
        """Give what the file says in a commit; where that cannot be told, what it said nearest to it."""
        here = part[commit]
        path = next((path for path in sorted(here) if self._contact(here[path])), min(here))
        contact = self._contact(here[path])
        return path, contact or self._nearest(commit)

    def _nearest(self, commit: str) -> Contact:
        at = self._ranks[commit]
        for contact in (*self._readable[at:], *reversed(self._readable[:at])):
            if contact is not None:
                return contact
        return self.known.contact

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {commit.id: rank for rank, commit in enumerate(self.past.commits)}

    @cached_property
    def _readable(self) -> list[Contact | None]:
        """For each commit what the file says in it, None where it has none that can be read."""
        places = (self.known.places.get(commit.id, {}) for commit in self.past.commits)
        return [next(filter(None, (self._contact(entry) for entry in here.values())), None) for here in places]

    def _contact(self, entry: Entry) -> Contact | None:
        document = self.past.document(entry)
        return contact_from(document) if not document.problems else None

    def _renamed(self, confirmed: Collection[str]) -> Iterator[tuple[str, str]]:
        """Give for each confirmed path the one that it gets: another one only where it names the person."""
        taken = {path for commit in self.past.commits for changes in commit.changes for path in changes}
        taken.update(self.known.files.all())
        folders = {folder for path in taken for folder in _folders(path)}
        for path in sorted(confirmed):
            new = next(each for each in nameless(self.known, path, self.token) if _is_free(path, each, taken, folders))
            taken.add(new)
            folders.update(_folders(new))
            yield path, new

    def _replaced_blobs(self, files: Mapping[str, str]) -> dict[str, str]:
        wanted: dict[str, str] = {}
        for commit in self.past.commits:
            for changes in commit.changes:
                wanted |= {new[1]: path for path, (_, new) in changes.items() if new and path in files}
        found: dict[str, str] = {}
        for each in contents(self.past.repository, wanted):
            data = each.data or b""
            path = wanted[each.id]
            new = without_mentions(path, data, self.known.traces, self.known.words_at(path))
            if each.data is not None and new != data:
                found[each.id] = blob_id(new)
                self._contents[found[each.id]] = new
        return found


def in_the_way(known: Knowledge, token: str) -> str | None:
    """Give the path of a file, of some time, that stands where the folder of what is left is to be."""
    folders = {folder for path in known.paths for folder in _folders(_target(known, path, token))}
    return min(folders & known.others, default=None)


def _target(known: Knowledge, path: str, token: str) -> str:
    """Give the path of what is left; what was no contact then, such as a draft, is none afterwards."""
    prefix, inner = in_workspace(path, known.prefix)
    if is_contact_path(inner):
        return prefix + tombstone_path(token)
    return f"{prefix}{FOLDER}_erased/{token}{SUFFIX}"


def nameless(known: Knowledge, path: str, token: str) -> Iterator[str]:
    """Give paths in which nobody is named, without an end; only the path itself where it names nobody."""
    for number in count(1):
        yield replaced(path, known.traces.in_names, f"erased-{token}{f'-{number}' if number > 1 else ''}")


def _is_free(path: str, new: str, taken: Collection[str], folders: Collection[str]) -> bool:
    """Whether a file can be called so: no other one is, at any time, nor is a folder; and its folders are no files."""
    return new == path or not (new in taken or new in folders or any(folder in taken for folder in _folders(new)))


def _folders(path: str) -> Iterator[str]:
    """List the folders that a file lies in."""
    return (path[:at] for at, letter in enumerate(path) if letter == "/")


def needs_of_all_times(known: Knowledge) -> Needs:
    """Give what the rule books of all times ask for: those that can be read."""
    return needs_of((known.rulebook, *_past_rulebooks(known)))


def _past_rulebooks(known: Knowledge) -> Iterator[RuleBook]:
    if known.past is None:
        return
    ids = dict.fromkeys(
        new[1]
        for commit in known.commits
        for changes in commit.changes
        for path, (_, new) in changes.items()
        if new and f"/{path}".endswith(f"/{RULEBOOK}")
    )
    schema = known.content.schemas.rulebook
    documents = (read_yaml(RULEBOOK, each.data or b"") for each in contents(known.past.repository, ids))
    for document in documents:
        if not document.problems and not schema.shape(document):
            rules = rulebook_from(document)
            if rules is not None:
                yield rules
