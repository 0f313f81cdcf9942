"""MkDocs, with its warnings handed on and its refusals raised as ours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crmtool.errors import CrmtoolError
from crmtool.text import one_line

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from crmtool.mkdocs_plugin import CrmtoolPlugin

_PLUGIN = "crmtool"


@contextmanager
def heard(warn: Callable[[str], None]) -> Iterator[None]:
    """Hand on each warning of MkDocs, and raise its refusal as a CrmtoolError.

    Where warnings are the refusal, in a strict build, MkDocs' own exception passes: they have been told.
    """
    from mkdocs.exceptions import Abort, MkDocsException

    handler = _Ear(warn)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    except Abort as abort:
        if not handler.errors:
            raise
        raise CrmtoolError(handler.errors[-1]) from abort
    except MkDocsException as error:
        raise CrmtoolError(str(error)) from error
    finally:
        logger.removeHandler(handler)


def plugin(config: MkDocsConfig) -> CrmtoolPlugin:
    """Give our plugin as a site's configuration lists it; raises CrmtoolError where it does not."""
    from crmtool.mkdocs_plugin import CrmtoolPlugin

    found = config.plugins.get(_PLUGIN)
    if not isinstance(found, CrmtoolPlugin):
        raise CrmtoolError(f"{config.config_file_path} does not list the plugin {_PLUGIN!r} under `plugins`")
    return found


class _Ear(logging.Handler):
    """Hands on warnings, and keeps errors: MkDocs logs why it ends before it does."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self._warn = warn

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().removeprefix(f"{_PLUGIN}: ")  # as MkDocs marks what its plugins say
        if record.levelno >= logging.ERROR:
            self.errors.append(one_line(message))
        else:
            self._warn(message)
