"""Where a site comes from: which folders to watch, and which paths in them matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crmtool.contact import FOLDER
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER

_BESIDE = re.compile(r".*~|#.*#|\.#.*|\..*\.sw[a-z]")
"""What editors put beside a file while it is open: backups, locks, swap files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A workspace's root, its site's configuration, the folder of a team's pages, and what else a team watches.

    `head` are the files that change when something is committed, `linked` what symbolic links of the workspace lead to.
    """

    root: Path
    configuration: Path
    pages: Path
    others: tuple[Path, ...] = ()
    head: tuple[Path, ...] = ()
    linked: tuple[Path, ...] = ()

    def folders(self) -> Mapping[Path, bool]:
        """Tell which folders to watch, and whether with all that lies below them; some may not exist."""
        others = (*self.others, *self.linked)
        files = (self.configuration, *self.head, *(path for path in others if not path.is_dir()))
        # What the log of HEAD stands in is made with the first commit.
        alone = (self.root, *(path.parent for path in files), *(path.parent.parent for path in self.head))
        whole = (self.root / FOLDER, self.root / SCHEMA_FOLDER, self.pages, *filter(Path.is_dir, others))
        return dict.fromkeys(alone, False) | dict.fromkeys(whole, True)

    def concern(self, path: Path) -> bool:
        """Whether the site may look different after a change to a path, or to the folder that it is."""
        if _BESIDE.fullmatch(path.name):
            return False
        sources = (*self._data(), self.configuration, self.pages, *self.others, *self.head, *self.linked)
        return any(path.is_relative_to(source) or source.is_relative_to(path) for source in sources)

    def is_of_head(self, path: Path) -> bool:
        """Whether HEAD may be another commit after a change to a path, or to the folder that it is."""
        return any(file.is_relative_to(path) for file in self.head)

    def page(self, path: Path) -> str | None:
        """Name a path that belongs to a team's part of the site, from the root where it lies below; else None."""
        if not any(path.is_relative_to(source) for source in (self.configuration, self.pages, *self.others)):
            return None
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def _data(self) -> tuple[Path, ...]:
        return self.root / RULEBOOK, self.root / FOLDER, self.root / SCHEMA_FOLDER
