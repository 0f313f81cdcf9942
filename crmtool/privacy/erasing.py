"""What erasing a contact does, told before it is done."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.privacy.findings import FileMentions, Said
from crmtool.privacy.traces import Traces
from crmtool.records import dataclass

REPLACE, KEEP, ASK = "replace", "keep", "ask"


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What is to be erased: of the contact's file `paths` and the number of commits that changed it, and what else.

    `path` is that of what is left of it. `replaced` are the paths of files whose mentions go, `asked` those whose
    mentions are asked about first; all other mentions stay. `changed` are the ids of the commits and tags whose words
    go, `asked_about` those that are asked about first. `called` are the branches and tags that bear the name.
    `obstacles` tell what has to be put right first, and how.
    """

    contact: str
    title: str
    path: str
    text: str
    with_history: bool
    in_repository: bool
    traces: Traces
    paths: tuple[str, ...]
    commits: int
    files: tuple[FileMentions, ...]
    said: tuple[Said, ...]
    tips: Mapping[str, str]
    obstacles: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    replaced: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    asked_about: frozenset[str] = frozenset()
    called: tuple[str, ...] = ()

    def action(self, file: FileMentions) -> str:
        """Tell what becomes of a file's mentions: replace, keep or ask."""
        if file.path in self.asked:
            return ASK
        return REPLACE if file.path in self.replaced else KEEP
