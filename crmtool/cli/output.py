"""Print what a check found."""

from __future__ import annotations

import click

from crmtool.check import CheckResult
from crmtool.cli.session import Session
from crmtool.finding import Severity
from crmtool.formats import as_json, as_text


def show(
    session: Session,
    result: CheckResult,
    form: str,
    *,
    strict: bool,
    checked: str | None = None,
    after_failure: str | None = None,
) -> int:
    """Print findings to standard output, the summary to standard error; give the exit status."""
    if form == "json":
        click.echo(as_json.render(result))
    else:
        text = as_text.render(result, session.paint)
        if text:
            click.echo(text, color=session.in_colour)
        click.echo(as_text.summary(result, checked), err=True)
    failed = bool(result.count(Severity.ERROR) or (strict and result.count(Severity.WARNING)))
    if failed and form == "text" and after_failure:
        click.echo(after_failure, err=True)
    return int(failed)
