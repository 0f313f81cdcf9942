"""What MkDocs stumbles over in the files of a workspace, told as a mistake in them and not as one of ours."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import click

from crmtool.errors import CrmtoolError
from crmtool.text import one_line

_PACKAGE = "crmtool"
_HERE = (f"{_PACKAGE}.cli.site", __name__)


@contextmanager
def stumbling() -> Iterator[None]:
    """Raise as a CrmtoolError, with the page that MkDocs named, what it did not expect; our own mistakes pass."""
    from crmtool.cli import TRACEBACK_VARIABLE

    ear, logger = _Ear(), logging.getLogger("mkdocs")
    logger.addHandler(ear)
    try:
        yield
    except (CrmtoolError, click.ClickException, OSError):  # MkDocs' own refusals are of the second kind
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE) or _is_ours(error.__traceback__):
            raise
        what = ear.last or f"{type(error).__name__}: {error}"
        raise CrmtoolError(f"MkDocs cannot build this: {one_line(what)}; {TRACEBACK_VARIABLE}=1 shows where") from error
    finally:
        logger.removeHandler(ear)


def _is_ours(trace: TracebackType | None) -> bool:
    """Whether any of our own code was at work, below the call of MkDocs."""
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__"))
        if name.partition(".")[0] == _PACKAGE and name not in _HERE:
            return True
        trace = trace.tb_next
    return False


class _Ear(logging.Handler):
    """Keeps the error that MkDocs logs before it ends."""

    last = ""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()
