"""What is shown now, and the wait for what will be next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Condition
from typing import TYPE_CHECKING

from crmtool.serving.banner import banner
from crmtool.serving.rounds import Outcome

if TYPE_CHECKING:
    from crmtool.mkdocs_plugin.live import Live


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A site, what stands on top of its pages, and a version that no other site has, one of an earlier run included."""

    folder: Path
    live: Live | None
    banner: str
    version: str


class Stage:
    """Holds what is shown. A request asks for it once, so that all of its answer belongs together."""

    def __init__(self, first: Outcome) -> None:
        if first.folder is None:
            raise ValueError("there is no site to show")
        self._changed = Condition()
        self._is_open = True
        self._now = Shown(folder=first.folder, live=first.live, banner=banner(first), version=_version())

    @property
    def now(self) -> Shown:
        """What is shown now."""
        return self._now

    def show(self, outcome: Outcome) -> None:
        """Show an outcome: its site if it has one, and what is wrong. Where neither is new, nothing changes."""
        now, told = self._now, banner(outcome)
        site = (now.folder, now.live) if outcome.folder is None else (outcome.folder, outcome.live)
        if site[0] != now.folder or site[1] is not now.live or told != now.banner:
            with self._changed:
                self._now = Shown(folder=site[0], live=site[1], banner=told, version=_version())
                self._changed.notify_all()

    def wait(self, version: str, seconds: float) -> bool:
        """Wait until another version is shown, but only for so long; tell whether there is anything to wait for."""
        with self._changed:
            self._changed.wait_for(lambda: self._now.version != version or not self._is_open, seconds)
            return self._is_open

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()


def _version() -> str:
    return token_hex(8)
