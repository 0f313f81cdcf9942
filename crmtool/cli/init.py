"""crmtool init."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from crmtool.app import setup
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.text import visible


@click.command(short_help="Start a workspace.")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--language", type=click.Choice(setup.LANGUAGES), default="en", show_default=True, help="Of the rule book."
)
@common_options
@pass_session
def init(session: Session, directory: Path | None, language: str) -> None:
    """Start a workspace: a rule book with comments, schemas, an example contact, the report site.

    Files that are there already are kept.

    \b
    Example:
      crmtool init sales --language de
    """
    root = (session.start / directory if directory else session.start).resolve()
    made = setup.init(root, language, session.today())
    for path in made.written:
        click.echo(f"wrote {visible(path)}")
    for path in made.kept:
        click.echo(f"kept {visible(path)}")
    go = f"cd {shlex.quote(str(directory))} && " if directory else ""
    click.echo("\nContacts are personal data: keep the repository private. Next:", err=True)
    steps = (
        (f"{go}git init && crmtool hook install", "check every commit"),
        ("crmtool focus", "what deserves attention"),
        ("crmtool new", "take your first contact in, and delete the example before the first commit"),
    )
    width = max(len(command) for command, _ in steps)
    for command, purpose in steps:
        click.echo(f"  {command:{width}}  {purpose}", err=True)
