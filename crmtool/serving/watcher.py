"""Files that change, told in bursts: what an editor or Git does at once is one change."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Condition
from time import monotonic

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from crmtool.errors import CrmtoolError

_LOOKS = ("opened", "closed_no_write")
"""What reading causes: a build reads all that is watched."""
_INSIDE = (*_LOOKS, "modified", "attrib", "closed")
"""What a folder undergoes when something in it changes, which is told by itself."""
_QUIET = 0.05
_QUIET_AFTER_MANY = 0.3
_MANY = 4
"""One saved file is told at once, many are waited for: an editor touches up to four paths, a checkout more."""
_LONGEST = 5.0


# What watchdog has to say while it ends, or of a folder that was moved away and back, would stand at the terminal.
logging.getLogger("watchdog").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")


class Watcher(FileSystemEventHandler):
    """Watches folders. `concern` tells which paths matter."""

    def __init__(self, concern: Callable[[Path], bool]) -> None:
        self.concern = concern
        self._observer = Observer()
        self._watches: dict[Path, ObservedWatch] = {}
        self._lost: set[Path] = set()
        self._changed = Condition()
        self._seen: dict[Path, bool] = {}
        self._events = 0
        self._observer.start()

    def watch(self, folders: Mapping[Path, bool]) -> None:
        """Watch these folders from now on, those that exist; raises CrmtoolError where the system refuses."""
        with self._changed:
            lost, self._lost = self._lost, set()
        for folder in [path for path in self._watches if path in lost or path not in folders]:
            self._observer.unschedule(self._watches.pop(folder))
        for folder, whole in folders.items():
            if folder not in self._watches and folder.is_dir():
                self._watches[folder] = self._schedule(folder, whole)

    def wait(self) -> frozenset[Path]:
        """Wait for changes until no more come, and give their paths; what came and went meanwhile is no change."""
        with self._changed:
            while not self._seen:
                self._changed.wait(1)  # with an end: without one, Windows does not hear Ctrl+C
            last = monotonic() + _LONGEST
            while self._goes_on(last):
                pass
            seen, self._seen = self._seen, {}
        return frozenset(path for path, is_new in seen.items() if not is_new or os.path.lexists(path))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what an event says; called by watchdog's thread."""
        if event.event_type in (_INSIDE if event.is_directory else _LOOKS):
            return
        with self._changed:
            self._note(Path(os.fsdecode(event.src_path)), is_new=event.event_type == "created")
            if event.event_type == "moved":
                self._note(Path(os.fsdecode(event.dest_path)))

    def close(self) -> None:
        """Watch no longer."""
        self._observer.stop()
        self._observer.join()

    def _note(self, path: Path, *, is_new: bool = False) -> None:
        if path in self._watches:
            self._lost.add(path)  # made anew, it is another folder
        if self.concern(path):
            self._seen.setdefault(path, is_new)
            self._events += 1
            self._changed.notify_all()

    def _goes_on(self, last: float) -> bool:
        events = self._events
        quiet = _QUIET if len(self._seen) <= _MANY else _QUIET_AFTER_MANY
        return self._changed.wait_for(lambda: self._events != events, min(quiet, max(0.0, last - monotonic())))

    def _schedule(self, folder: Path, whole: bool) -> ObservedWatch:
        try:
            return self._observer.schedule(self, str(folder), recursive=whole)
        except OSError as error:
            raise CrmtoolError(
                f"{folder} cannot be watched: {error.strerror}; the system limits how many folders may be"
            ) from None
