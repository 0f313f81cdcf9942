"""File names, arguments and what is handed to Git are UTF-8, whatever the locale says."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def ensure_utf8() -> None:
    """Start this program anew with UTF-8 for names, where an old locale has another encoding.

    Git names files in UTF-8: read otherwise, a contact with an umlaut in its name would be another one to Git. What is
    printed stays in the encoding of the terminal.
    """
    if os.name != "posix" or sys.getfilesystemencoding() == "utf-8" or not sys.executable:
        return
    encoding = getattr(sys.stdout, "encoding", None)
    if encoding:
        os.environ.setdefault("PYTHONIOENCODING", encoding)
    own = len(sys.orig_argv) - len(sys.argv) + 1
    words: list[str | bytes] = [sys.executable, "-X", "utf8", *sys.orig_argv[1:own], *as_utf8(sys.orig_argv[own:])]
    os.execv(sys.executable, words)


def as_utf8(arguments: Sequence[str]) -> list[bytes]:
    """Give arguments in UTF-8, as names that a shell completed are already; what was typed is in the locale's."""
    return [_as_utf8(os.fsencode(argument), argument) for argument in arguments]


def _as_utf8(given: bytes, text: str) -> bytes:
    try:
        given.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("utf-8", "surrogateescape")
    return given
