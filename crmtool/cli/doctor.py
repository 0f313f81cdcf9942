"""crmtool doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from crmtool.app.doctor import Check, examine
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.formats.as_json import VERSION, dumps
from crmtool.text import visible

_COLOURS = {"ok": "green", "notice": "yellow", "problem": "red"}


@click.command(short_help="See how the workspace is set up.")
@format_option("text", "json")
@common_options
@pass_session
def doctor(session: Session, form: str) -> None:
    """See how the workspace is set up: Git, hook, merging, server, site, schemas; and what mends what is not in order.

    Changes nothing and asks no network. Ends with status 1 where there is a problem.

    \b
    Example:
      crmtool doctor
    """
    checks = examine(session.root())
    problems = sum(check.state == "problem" for check in checks)
    if form == "json":
        told = {"version": VERSION, "problems": problems, "checks": [asdict(check) for check in checks]}
        click.echo(dumps(told))
    else:
        for check in checks:
            click.echo(_told(session, check), color=session.in_colour)
    sys.exit(1 if problems else 0)


def _told(session: Session, check: Check) -> str:
    state = session.paint(f"{check.state:7}", _COLOURS[check.state])
    mend = f"\n{'':9}{visible(check.mend)}" if check.mend else ""
    return f"{state}  {visible(check.message)} {session.paint(f'[{check.code}]', 'dim')}{mend}"
