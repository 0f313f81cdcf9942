"""From what changed to what is shown: judge, build, and tell what stands in the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from crmtool.errors import CrmtoolError
from crmtool.finding import Finding
from crmtool.git import data_version
from crmtool.report.frame import Version
from crmtool.report.language import Language
from crmtool.serving.builder import Builder, Built
from crmtool.serving.capture import Captured, capture, linked, links, recapture
from crmtool.serving.last_good import Judged, LastGood
from crmtool.serving.sources import Sources
from crmtool.snapshot import Content
from crmtool.text import one_line
from crmtool.workspace import WorkTree

if TYPE_CHECKING:
    from crmtool.mkdocs_plugin.live import Live

SCHEMAS = "the schemas"
BUILD = "the build"
_FEW = 100
"""So many changed paths are looked at one by one; more are a checkout, where nothing is to be missed."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a site is made of: files, a day, and the commit that is named."""

    files: Captured
    day: date
    version: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round gave.

    `folder` holds the new site, with `live` for the pages that are no files; None where the one before is shown on.
    `changed` names what it shows anew. `errors` are those of the files as they are, `refusals` say why all SCHEMAS or
    the whole BUILD cannot be used, and `kept` are the files that are shown as they were before their errors.
    """

    day: date
    language: Language
    errors: tuple[Finding, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    folder: Path | None = None
    live: Live | None = None
    changed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Rounds:
    """Makes one site after the other, each in a folder of its own below `folder`."""

    builder: Builder
    sources: Sources
    today: Callable[[], date]
    folder: Path
    _last_good: LastGood = field(default_factory=LastGood, init=False)
    _is_linked: bool = field(default=True, init=False)
    _version: Version | None = field(default=None, init=False)
    _seen: _State | None = field(default=None, init=False)
    _shown: _State | None = field(default=None, init=False)
    _touched: set[str] = field(default_factory=set, init=False)
    _told: Outcome = field(init=False)
    _folders: list[Path] = field(default_factory=list, init=False)

    def first(self) -> Outcome:
        """Build the first site; raises CrmtoolError, and whatever a plugin of the team raises."""
        self._version = data_version(self.sources.root)
        return self._round(self._look(()))

    def concern(self, path: Path) -> bool:
        """Whether a change to a path is worth another look."""
        return self.sources.concern(path)

    def again(self, paths: Collection[Path]) -> Outcome | None:
        """Look at the workspace after a change to some paths; None where nothing is to be told or shown.

        Without any path, all of it is looked at.
        """
        self._touched.update(page for path in paths if (page := self.sources.page(path)) is not None)
        try:
            if not paths or any(map(self.sources.is_of_head, paths)):
                self._version = data_version(self.sources.root)
            now = self._look(paths)
            return self._round(now) if self._touched or self._seen != now else None
        except Exception as error:
            # Whatever a page, a plugin or the disk has in store: what was shown before is shown on.
            return self._failed(error)

    def _look(self, paths: Collection[Path]) -> _State:
        return _State(self._capture(paths), self.today(), self._version)

    def _capture(self, paths: Collection[Path]) -> Captured:
        root = self.sources.root
        if self._seen and 0 < len(paths) <= _FEW and not self._is_linked:
            found = recapture(root, self._seen.files, paths)
            if found is not None:
                return found
        found = capture(WorkTree(root).listing())
        through = links(root, found)
        self._is_linked = bool(through)
        self.sources = replace(self.sources, linked=linked(root, through))
        return found

    def _round(self, disk: _State) -> Outcome:
        judged = self._last_good.judge(disk.files, disk.day)
        self._told = _outcome(judged, disk.day)
        state = replace(disk, files=judged.shown)
        if self._touched or self._shown != state:
            self._told = self._show(judged.content, state)
        self._seen = disk
        return self._told

    def _show(self, content: Content, state: _State) -> Outcome:
        """Show what was judged: in the site as it is where that will do, else in a new one."""
        before = self._shown
        is_of_data = before is not None and before.day == state.day and not self._touched
        updated = self.builder.update(content) if is_of_data else None
        folder, built = self._build(content) if updated is None else (self._folders[-1], updated)
        changed = (*state.files.changed_since(before.files if before else state.files), *sorted(self._touched))
        self.sources, self._shown = replace(built.sources, linked=self.sources.linked), state
        self._touched = set()
        return replace(self._told, folder=folder, live=built.live, changed=changed, warnings=built.warnings)

    def _build(self, content: Content) -> tuple[Path, Built]:
        folder = Path(mkdtemp(dir=self.folder))
        try:
            built = self.builder.build(self.sources.root, content, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._retire(folder)
        return folder, built

    def _failed(self, error: Exception) -> Outcome:
        self._seen = None  # so that the next change, even one back to what was, is looked at
        message = one_line(str(error) if isinstance(error, CrmtoolError) else f"{type(error).__name__}: {error}")
        refusals = {**self._told.refusals, BUILD: message}
        self._told = replace(self._told, refusals=refusals, folder=None, live=None, changed=(), warnings=())
        return self._told

    def _retire(self, folder: Path) -> None:
        # The site before may still be read from by a request that has just begun.
        self._folders.append(folder)
        for old in self._folders[:-2]:
            shutil.rmtree(old, ignore_errors=True)
        del self._folders[:-2]


def _outcome(judged: Judged, day: date) -> Outcome:
    return Outcome(
        day=day,
        language=Language(judged.content.rulebook.language if judged.content.rulebook else "en"),
        errors=judged.errors,
        refusals={SCHEMAS: judged.refusal} if judged.refusal else {},
        kept=judged.kept,
    )
