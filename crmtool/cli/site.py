"""`crmtool site`: the report site, built into a folder or served while one works."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.site_stumbling import stumbling
from crmtool.cli.site_trust import configuration_of, granted, trust, trust_option
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError
from crmtool.serving import engine
from crmtool.text import visible

_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@click.group(short_help="Build or serve the report site.")
@common_options
def site() -> None:
    """Look at all contacts in a browser: build the report site, or serve it while you work.

    \b
    Example:
      crmtool site build
      crmtool site serve
    """


site.add_command(trust)


@site.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to build it (default: as site/mkdocs.yml says, site/public).",
)
@click.option("--strict", is_flag=True, help="Fail on warnings, such as a contact that has errors.")
@click.option("--publish", is_flag=True, help="Fail unless site/mkdocs.yml confirms that everybody may read the site.")
@trust_option
@common_options
@pass_session
def build(session: Session, output: Path | None, strict: bool, publish: bool, is_trusted: bool) -> None:
    """Build the report site, to open from disk or to put on a server.

    Contacts are personal data. What goes on to publish the site builds it with --publish. Where site/mkdocs.yml names
    hooks, plugins or templates, or reaches out of the workspace, it is asked whether that may be.

    \b
    Example:
      crmtool site build
      crmtool site build --output /tmp/reports --strict
    """
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    from crmtool.mkdocs_plugin.data_files import WITHOUT_CALENDAR, has_calendars
    from crmtool.mkdocs_plugin.guards import refuse_foreign, refuse_unconfirmed

    root = session.root()
    configuration = configuration_of(root)
    granted(root, is_trusted=is_trusted)
    options: dict[str, Any] = {"strict": True} if strict else {}
    if output is not None:
        options["site_dir"] = str(output.resolve())
    with _ended_by_signals(), engine.heard(_warn), waiting(session, "building the site"), stumbling():
        config = load_config(config_file=str(configuration), **options)
        plugin = engine.plugin(config)
        refuse_foreign(Path(config.site_dir))
        if publish:
            refuse_unconfirmed(plugin.config.publish, str(configuration))
        if session.today_given:
            plugin.config["today"] = session.today_given
        with _whole_or_told(config.site_dir):
            try:
                build_site(config)
            finally:
                plugin.put_back()
    if not has_calendars():
        _warn(WITHOUT_CALENDAR)
    index = Path(config.site_dir) / "index.html"
    click.echo(f"Built. Open {os.path.relpath(index)} in a browser.", err=True)


@site.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@trust_option
@common_options
@pass_session
def serve(session: Session, port: int, is_trusted: bool) -> None:
    """Serve the report site on this machine alone, and build it anew whenever a file changes.

    An open page reloads by itself. A file with errors is shown as it was before, and what is wrong with it stands above
    every page until it is mended.

    \b
    Example:
      crmtool site serve --port 8080
    """
    from crmtool.serving.server import serve as serve_site
    from crmtool.serving.telling import Teller

    teller = Teller(
        find=lambda text: click.echo(text, color=session.in_colour),
        note=lambda text: click.echo(text, err=True),
        paint=session.paint,
    )
    root = session.root()
    allowed = granted(root, is_trusted=is_trusted)
    serve_site(configuration_of(root), port, session.today_given, session.today, teller, allowed=allowed)


@contextmanager
def _whole_or_told(site: str) -> Iterator[None]:
    # The file that an error names may be the one that was read, of the theme's, where the other could not be written.
    try:
        yield
    except OSError as error:
        told = f"the site in {visible(site)} is not whole: {error.strerror or error}"
        raise CrmtoolError(f"{told}; mend that, then build it again") from None


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end a build as Ctrl+C does: after what was set aside is back in its place."""

    def end(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in _ENDS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _warn(message: str) -> None:
    click.echo(f"crmtool: {visible(message)}", err=True)
