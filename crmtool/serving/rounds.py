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
from crmtool.report.language import Language
from crmtool.serving.builder import Builder, Built
from crmtool.serving.capture import Captured, capture, is_linked, recapture
from crmtool.serving.last_good import Judged, LastGood
from crmtool.serving.sources import Sources
from crmtool.text import one_line
from crmtool.workspace import WorkTree

if TYPE_CHECKING:
    from crmtool.mkdocs_plugin.live import Live

SCHEMAS = "the schemas"
BUILD = "the build"
_FEW = 100
"""So many changed paths are looked at one by one; more are a checkout, where nothing is to be missed."""


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
    _seen: tuple[Captured, date] | None = field(default=None, init=False)
    _shown: tuple[Captured, date] | None = field(default=None, init=False)
    _touched: set[str] = field(default_factory=set, init=False)
    _known: Outcome = field(init=False)
    _folders: list[Path] = field(default_factory=list, init=False)

    def first(self) -> Outcome:
        """Build the first site; raises CrmtoolError, and whatever a plugin of the team raises."""
        return self._round(self._capture(()), self.today())

    def concern(self, path: Path) -> bool:
        """Whether a change to a path is worth another look."""
        return self.sources.concern(path)

    def again(self, paths: Collection[Path]) -> Outcome | None:
        """Look at the workspace after a change to some paths; None where nothing is to be told or shown.

        Without any path, all of it is looked at.
        """
        self._touched.update(page for path in paths if (page := self.sources.page(path)) is not None)
        try:
            now = self._capture(paths), self.today()
            return self._round(*now) if self._touched or self._seen != now else None
        except Exception as error:
            # Whatever a page, a plugin or the disk has in store: what was shown before is shown on.
            return self._failed(error)

    def _capture(self, paths: Collection[Path]) -> Captured:
        root = self.sources.root
        if self._seen and 0 < len(paths) <= _FEW and not self._is_linked:
            found = recapture(root, self._seen[0], paths)
            if found is not None:
                return found
        found = capture(WorkTree(root).listing())
        self._is_linked = is_linked(root, found)
        return found

    def _round(self, disk: Captured, day: date) -> Outcome:
        judged = self._last_good.judge(disk, day)
        self._known = _known(judged, day)
        if self._touched or self._shown != (judged.shown, day):
            self._known = self._show(judged, self._known)
        self._seen = disk, day
        return self._known

    def _show(self, judged: Judged, known: Outcome) -> Outcome:
        """Show what was judged: in the site as it is where that will do, else in a new one."""
        before = self._shown
        is_of_data = before is not None and before[1] == known.day and not self._touched
        updated = self.builder.update(judged.content) if is_of_data else None
        folder, built = self._build(judged) if updated is None else (self._folders[-1], updated)
        changed = (*judged.shown.changed_since(before[0] if before else judged.shown), *sorted(self._touched))
        self.sources, self._shown, self._touched = built.sources, (judged.shown, known.day), set()
        return replace(known, folder=folder, live=built.live, changed=changed, warnings=built.warnings)

    def _build(self, judged: Judged) -> tuple[Path, Built]:
        folder = Path(mkdtemp(dir=self.folder))
        try:
            built = self.builder.build(self.sources.root, judged.content, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._retire(folder)
        return folder, built

    def _failed(self, error: Exception) -> Outcome:
        self._seen = None  # so that the next change, even one back to what was, is looked at
        message = one_line(str(error) if isinstance(error, CrmtoolError) else f"{type(error).__name__}: {error}")
        refusals = {**self._known.refusals, BUILD: message}
        self._known = replace(self._known, refusals=refusals, folder=None, live=None, changed=(), warnings=())
        return self._known

    def _retire(self, folder: Path) -> None:
        # The site before may still be read from by a request that has just begun.
        self._folders.append(folder)
        for old in self._folders[:-2]:
            shutil.rmtree(old, ignore_errors=True)
        del self._folders[:-2]


def _known(judged: Judged, day: date) -> Outcome:
    return Outcome(
        day=day,
        language=Language(judged.content.rulebook.language if judged.content.rulebook else "en"),
        errors=judged.errors,
        refusals={SCHEMAS: judged.refusal} if judged.refusal else {},
        kept=judged.kept,
    )
