"""A workspace in the index or in a revision, as a Snapshot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from functools import cached_property
from typing import Self

from crmtool.contact import FOLDER, is_contact_path
from crmtool.git.links import leads_out, resolve
from crmtool.git.program import as_text
from crmtool.git.repository import Repository
from crmtool.git.tree import LINK, Entry, Tree
from crmtool.records import dataclass
from crmtool.snapshot import UnreadableError, is_rule_path


@dataclass(frozen=True)
class GitSnapshot:
    """A workspace in a tree; `prefix` is its path from the top level, '' or 'sales/'. Close it, best by `with`.

    A file that is unmerged reads as Git would write it to the work tree: both sides between conflict markers, which
    is what the finding merge-conflict is made of.
    """

    repository: Repository
    tree: Tree
    prefix: str = ""
    listed: tuple[str, ...] | None = field(default=None, repr=False, compare=False)
    """The files, where they are known already; see `before`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git process that reads the contents."""
        self.repository.objects.close()

    def paths(self) -> Iterable[str]:
        """List the rule book, the schemas and the contact files."""
        return self._paths

    def before(self, tree: Tree, touched: Collection[str]) -> GitSnapshot:
        """Give the workspace in a version that differs from this one in no more than what is `touched`."""
        if self.tree.links or tree.links:
            return GitSnapshot(self.repository, tree, self.prefix)
        paths = dict.fromkeys(self._paths)  # Most are the same, and need not be looked at again.
        for path in self._inside(touched):
            paths.pop(path, None)
            if _belongs(path) and self.prefix + path in tree.entries:
                paths[path] = None
        return GitSnapshot(self.repository, tree, self.prefix, tuple(paths))

    def read(self, path: str) -> bytes:
        """Give a file's bytes, at most one more than are ever read; raises UnreadableError."""
        place = self._followed(self.prefix + path)
        if place in self.tree.unmerged:
            return self._conflict(*self.tree.unmerged[place])
        return self.repository.objects.read(self.tree.entries[place][1])

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Say which files will be read, in this order: the answers are the same, and come much faster."""
        entries = (self.tree.entries.get(self.prefix + path) for path in paths)
        self.repository.objects.expect(entry[1] for entry in entries if entry)

    def content_id(self, path: str) -> str | None:
        """Give an id that only the same bytes have, under which results can be cached without reading the file.

        None for a file that is unmerged or cannot be read.
        """
        with suppress(UnreadableError):
            place = self._followed(self.prefix + path)
            return None if place in self.tree.unmerged else self.tree.entries[place][1]
        return None

    def linked(self) -> list[str]:
        """List those files that are read by way of a symbolic link: they change as what it leads to does."""
        if not self.tree.links:
            return []
        link = (LINK, "")
        return [path for path in self._paths if self.tree.entries.get(self.prefix + path, link)[0] == LINK]

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        if self.listed is not None:
            return self.listed
        return tuple(filter(_belongs, self._inside((*self.tree.entries, *self._behind_links()))))

    def _inside(self, places: Collection[str]) -> Collection[str]:
        if not self.prefix:
            return places
        return [path[len(self.prefix) :] for path in places if path.startswith(self.prefix)]

    def _behind_links(self) -> Iterator[str]:
        """List what folders hold that are symbolic links, as the work tree shows it: below the link's name."""
        contacts = self.prefix + FOLDER
        todo = [(path, frozenset[str]()) for path in self.tree.links if f"{path}/".startswith(contacts)]
        while todo:
            link, above = todo.pop()
            folder = self._folder_at(link)
            if folder is None or folder in above:
                continue
            for path, (mode, _) in self.tree.entries.items():
                if path.startswith(folder):
                    shown = f"{link}/{path.removeprefix(folder)}"
                    yield shown
                    if mode == LINK:
                        todo.append((shown, above | {folder}))

    def _folder_at(self, link: str) -> str | None:
        """Give the folder that a link leads to, with a slash; None where it leads to a file, nowhere or out."""
        with suppress(UnreadableError):
            end = self._end(link)
            return None if end in self.tree.entries or not f"{end}/".startswith(self.prefix) else f"{end}/"
        return None

    def _conflict(self, *sides: Entry | None) -> bytes:
        ours, theirs = (self._line_ended(side) for side in sides)
        return b"<<<<<<< ours\n" + ours + b"=======\n" + theirs + b">>>>>>> theirs\n"

    def _line_ended(self, side: Entry | None) -> bytes:
        data = self.repository.objects.read(side[1]) if side else b""
        return data if not data or data.endswith(b"\n") else data + b"\n"

    def _followed(self, path: str) -> str:
        """Give the path of the file itself; raises UnreadableError where there is none in the workspace."""
        if path in self.tree.entries and self._target(path) is None:
            return path
        end = self._end(path)
        if not f"{end}/".startswith(self.prefix):
            raise leads_out()
        if end == path:
            raise UnreadableError("the file does not exist in this version", "add it with `git add`")
        if end not in self.tree.entries:
            raise UnreadableError(
                "the symbolic link leads to no file of this version", "add the file, or remove the link"
            )
        return end

    def _end(self, path: str) -> str:
        return resolve(path, self._target, str(self.repository.top))

    def _target(self, path: str) -> str | None:
        entry = self.tree.entries.get(path)
        if entry is None or entry[0] != LINK or path in self.tree.unmerged:
            return None
        if path not in self._targets:
            self._targets[path] = as_text(self.repository.objects.read(entry[1]))
        return self._targets[path]

    @cached_property
    def _targets(self) -> dict[str, str]:
        return {}


def _belongs(path: str) -> bool:
    return is_contact_path(path) or is_rule_path(path)
