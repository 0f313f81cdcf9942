"""`crmtool site`: the report site, built into a folder or served while one works."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crmtool.app import TODAY_VARIABLE
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.errors import CrmtoolError
from crmtool.text import one_line, visible

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_CONFIGURATION = Path("site", "mkdocs.yml")
_HOST = "127.0.0.1"
_PLUGIN = "crmtool"


@click.group(short_help="Build or serve the report site.")
@common_options
def site() -> None:
    """Look at all contacts in a browser: build the report site, or serve it while you work.

    \b
    Example:
      crmtool site build
      crmtool site serve
    """


@site.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to build it (default: as site/mkdocs.yml says, site/public).",
)
@click.option("--strict", is_flag=True, help="Fail on warnings, such as a contact that has errors.")
@common_options
@pass_session
def build(session: Session, output: Path | None, strict: bool) -> None:
    """Build the report site, to open from disk or to put on a server.

    \b
    Example:
      crmtool site build
      crmtool site build --output /tmp/reports --strict
    """
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    configuration = _configuration(session.root())
    options: dict[str, Any] = {"strict": True} if strict else {}
    if output is not None:
        _refuse_foreign(output)
        options["site_dir"] = str(output.resolve())
    with _told_by_us():
        config = load_config(config_file=str(configuration), **options)
        _set_day(config, session)
        build_site(config)
    index = Path(config.site_dir) / "index.html"
    click.echo(f"Built. Open {os.path.relpath(index)} in a browser.", err=True)


@site.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@common_options
@pass_session
def serve(session: Session, port: int) -> None:
    """Serve the report site on this machine alone, and build it anew whenever a file changes.

    \b
    Example:
      crmtool site serve --port 8080
    """
    from mkdocs.commands.serve import serve as serve_site

    configuration = _configuration(session.root())
    if session.today_given:
        # MkDocs reads its configuration anew for each build, so the day cannot be set there.
        os.environ[TODAY_VARIABLE] = session.today().isoformat()
    _refuse_taken(port)
    click.echo(f"Serving http://{_HOST}:{port}/ until Ctrl+C.", err=True)
    with _told_by_us(at_once=True):
        serve_site(str(configuration), dev_addr=f"{_HOST}:{port}")


def _configuration(root: Path) -> Path:
    path = root / _CONFIGURATION
    if not path.is_file():
        raise CrmtoolError(f"{path} does not exist; `crmtool init` shows what it holds")
    return path


def _set_day(config: MkDocsConfig, session: Session) -> None:
    plugin = config.plugins.get(_PLUGIN)
    if plugin is None:
        raise CrmtoolError(f"{config.config_file_path} does not list the plugin {_PLUGIN!r} under `plugins`")
    if session.today_given:
        plugin.config["today"] = session.today_given


def _refuse_foreign(output: Path) -> None:
    """Refuse a folder that holds something else than an earlier build: MkDocs would delete what is in it."""
    if output.is_dir() and any(output.iterdir()) and not (output / "404.html").is_file():
        raise CrmtoolError(f"{output} is not empty and holds no earlier site, and building would delete what is in it")


def _refuse_taken(port: int) -> None:
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((_HOST, port))
    except OSError as error:
        taken = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
        raise CrmtoolError(f"port {port} cannot be used: {taken}; name another with --port") from None


@contextmanager
def _told_by_us(*, at_once: bool = False) -> Iterator[None]:
    """Tell MkDocs' warnings on standard error, and its refusals as ours: the last one as it ends, or all `at_once`."""
    from mkdocs.exceptions import Abort, MkDocsException

    handler = _Telling(at_once=at_once)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    except Abort as abort:
        if at_once:
            raise SystemExit(2) from abort
        if not handler.errors:
            # Refused by --strict: the warnings have been told.
            raise
        raise CrmtoolError(handler.errors[-1]) from abort
    except MkDocsException as error:
        raise CrmtoolError(str(error)) from error
    finally:
        logger.removeHandler(handler)


class _Telling(logging.Handler):
    """Tells warnings at once, and keeps errors: MkDocs logs why it ends before it does; while serving it goes on."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self._at_once = at_once

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.ERROR:
            self.errors.append(one_line(message))
        if record.levelno < logging.ERROR or self._at_once:
            click.echo(f"crmtool: {visible(message)}", err=True)
