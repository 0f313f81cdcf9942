"""Write files whole or not at all: whoever is interrupted, killed or out of space keeps the old file."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from crmtool.errors import CrmtoolError

_UNFINISHED, _SUFFIX = ".crmtool-", ".unfinished"
_PAUSES = (0.02, 0.1, 0.3)
"""Seconds in which whoever reads a file is done with it."""


def write_atomic(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file whole or not at all, by default with the mode of the one that it replaces; raises CrmtoolError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(path.parent):
            _replace(path, data, mode)
    except OSError as error:
        raise _not_written(path, error) from None


def replace_unchanged(path: Path, old: bytes | None, new: bytes) -> None:
    """Write a file that was read before, or (`old` None) one that was not there; raises CrmtoolError.

    It is refused where the file is no longer as it was read. Mode, owner, group and extended attributes are kept; what
    a symbolic link leads to is replaced, never the link.
    """
    target = Path(os.path.realpath(path))
    made = [each for each in target.parents if not each.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _removed_unless_done(made), _alone_in(target.parent):
            _refuse_changed(path, target, old)
            if old is not None and not os.access(target, os.W_OK):
                raise CrmtoolError(f"{path} is read-only to you; `ls -l` shows whose it is")
            _replace(target, new, None)
    except OSError as error:
        raise _not_written(path, error) from None


def refuse_led_out(root: Path, path: Path) -> None:
    """Refuse a file of a directory that really lies elsewhere, by way of a symbolic link; raises CrmtoolError.

    Whoever made the directory may have put the link there, and does not decide what else is read and written.
    """
    real = Path(os.path.realpath(root))
    given, named = (Path(os.path.abspath(each)) for each in (path, root))  # noqa: PTH100 - no link is followed
    is_within = given.is_relative_to(named) or given.is_relative_to(real)
    if is_within and not Path(os.path.realpath(path)).is_relative_to(real):
        raise CrmtoolError(f"{path} leads out of {root} by a symbolic link, which is not followed; nothing was written")


@contextmanager
def _removed_unless_done(directories: Sequence[Path]) -> Iterator[None]:
    """Take away directories that were made for a file that was then not written."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for directory in directories:
                directory.rmdir()
        raise


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    before = path.stat() if path.exists() else None
    if mode is None:
        mode = stat.S_IMODE(before.st_mode) if before else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if before is not None:
            _keep_owner(path, Path(temporary), before)
        Path(temporary).chmod(mode)
        _put(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _put(temporary: Path, path: Path) -> None:
    """Put a file in its place; on Windows that is refused for as long as somebody reads the one that is there."""
    for pause in _PAUSES:
        try:
            temporary.replace(path)
            return
        except PermissionError:
            sleep(pause)
    temporary.replace(path)


def _refuse_changed(path: Path, target: Path, old: bytes | None) -> None:
    now = target.read_bytes() if target.exists() else None
    if now == old:
        return
    if old is None:
        raise CrmtoolError(f"{path} is there already; nothing was written")
    what = "is gone" if now is None else "was changed by somebody else"
    raise CrmtoolError(f"{path} {what} since it was read; nothing was written: look at it and try again")


def _keep_owner(path: Path, temporary: Path, before: os.stat_result) -> None:
    new = temporary.stat()
    if (new.st_uid, new.st_gid) != (before.st_uid, before.st_gid):
        try:
            os.chown(temporary, before.st_uid, before.st_gid)
        except PermissionError:
            owner = f"its owner and group ({before.st_uid}:{before.st_gid}) cannot be kept"
            raise CrmtoolError(f"{path} is not written, since {owner}; ask its owner to make the change") from None
    with suppress(OSError, AttributeError):  # not every disk, and not every system, has them
        for name in os.listxattr(path):
            with suppress(OSError):  # some belong to the system and are made anew by it
                os.setxattr(temporary, name, os.getxattr(path, name))


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Keep other crmtools from writing into a directory, and take away what a killed one left there."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
            # With the lock held nobody else writes here: what is unfinished never will be finished.
            for leftover in directory.glob(f"{_UNFINISHED}*{_SUFFIX}"):
                leftover.unlink()
        yield
    finally:
        os.close(handle)


def _settle(directory: Path) -> None:
    """Have the disk keep the new name, too, where it can be asked to."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(path: Path, error: OSError) -> CrmtoolError:
    return CrmtoolError(f"{path} cannot be written: {error.strerror}")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
