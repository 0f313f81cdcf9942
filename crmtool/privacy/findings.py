"""Where a person is mentioned: in files of now and of the past, in what commits and tags say, and in names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crmtool.privacy.traces import Mention
from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMentions:
    """Where a file mentions somebody: in its path, now, and in past versions with the id of the commit that brought it.

    Paths are those of the repository. `is_kept` tells that Git knows it, `is_ignored` that it is told not to;
    `is_binary` that it is no text, so that nothing can be replaced in it. `shared` tells what of another contact's
    own, whose file it is, is the person's, too: the name, an e-mail address, a number or a page.
    """

    path: str
    named: tuple[Mention, ...] = ()
    now: tuple[Mention, ...] = ()
    past: tuple[tuple[str, Mention], ...] = ()
    is_kept: bool = True
    is_ignored: bool = False
    is_binary: bool = False
    shared: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Mention, ...]:
        """All of its mentions."""
        return (*self.named, *self.now, *(mention for _, mention in self.past))

    @property
    def is_certain(self) -> bool:
        """Whether one of them cannot mean anybody else."""
        return any(mention.trace.certain for mention in self.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a commit or a tag says of somebody.

    `kind` is commit or tag, `name` what people call it, `subject` its first line. `spans` are the stretches of the
    message, in bytes, that are about the person, and `words` what stands there; `people` has the new name and address
    of those who made it where these are the person's: author, committer or tagger. Where only the name is, that is
    among the `mentions`, and not certain.
    """

    id: str
    kind: str
    name: str
    subject: str
    mentions: tuple[Mention, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    people: Mapping[str, tuple[str, str]]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCommit:
    """A commit that changed a person's file, under the path that it had then."""

    id: str
    day: date
    author: str
    subject: str
    path: str


def sorted_files(found: Iterable[FileMentions]) -> tuple[FileMentions, ...]:
    """Put files in order: those with certain mentions first, those of now before those of the past, then by path."""
    return tuple(sorted(found, key=lambda file: (not file.is_certain, not file.now, file.path)))
