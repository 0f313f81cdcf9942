"""The folder that a site is built into: known as such from the first moment of a build, and of one build at a time."""

from __future__ import annotations

import os
from pathlib import Path

from crmtool.errors import CrmtoolError

_MARKER = ".crmtool-site"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# MkDocs leaves hidden entries alone.
_TOLD = b"crmtool builds a site into this folder. Whatever else is put here, the next build deletes.\n"


def is_claimed(folder: Path) -> bool:
    """Whether a site was built into a folder, or at least begun to be."""
    marker = folder / _MARKER
    return marker.is_file() and not marker.is_symlink()


def remove_links(folder: Path) -> None:
    """Remove the symbolic links in a claimed folder: what MkDocs does not empty it would write through."""
    for here, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(here, name)
            if path.is_symlink():
                path.unlink()


class Claim:
    """The right to build into a folder, until it is released or the process ends."""

    def __init__(self, folder: Path) -> None:
        """Mark the folder and keep other builds away; raises CrmtoolError where one is at work in it."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._marker = os.open(folder / _MARKER, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
        except OSError as error:
            raise CrmtoolError(f"the site cannot be built into {folder}: {error.strerror}") from None
        try:
            _lock(self._marker, folder)
            if not os.fstat(self._marker).st_size:
                os.write(self._marker, _TOLD)
        except BaseException:
            os.close(self._marker)
            raise

    def release(self) -> None:
        """Let others build into the folder; it stays marked."""
        os.close(self._marker)


def _lock(marker: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    try:
        fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CrmtoolError(f"another build is writing into {folder}; build again when it is done") from None
    except OSError:  # some network disks know no locks
        return
