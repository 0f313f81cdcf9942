"""Print what a check found."""

from __future__ import annotations

import os
from pathlib import Path

import click

from crmtool.cli.session import Session
from crmtool.finding import CheckResult, Severity
from crmtool.formats import as_json, as_text

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
"""What `--format` takes where findings are printed; servers read all but the first two."""
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
"""Names the file to which a step of GitHub Actions adds its summary."""


def show(
    session: Session,
    result: CheckResult,
    form: str,
    *,
    strict: bool,
    checked: str | None = None,
    after_failure: str | None = None,
    workspace: Path | None = None,
) -> int:
    """Print findings to standard output, the summary to standard error; give the exit status.

    `workspace` is the directory from which files are named; None: from the top of the repository.
    """
    summary = as_text.summary(result, checked)
    if form == "json":
        click.echo(as_json.render(result))
    elif form == "text":
        text = as_text.render(result, session.paint)
        if text:
            click.echo(text, color=session.in_colour)
        click.echo(summary, err=True)
    else:
        told = _report(_from_top(result, workspace), form, strict=strict, headline=summary)
        click.echo(summary + told, err=True)
    failed = bool(result.count(Severity.ERROR) or (strict and result.count(Severity.WARNING)))
    if failed and form != "json" and after_failure:
        click.echo(after_failure, err=True)
    return int(failed)


def _from_top(result: CheckResult, workspace: Path | None) -> CheckResult:
    """Name files as servers do, from the top of the repository, where the workspace lies below it."""
    if workspace is None:
        return result
    # Git is not asked: where it distrusts a checkout, as in many containers, files would have the wrong names.
    top = next((place for place in (workspace, *workspace.parents) if (place / ".git").exists()), workspace)
    if top == workspace:
        return result
    from crmtool.app.change_checking import prefixed

    return prefixed(result, f"{workspace.relative_to(top).as_posix()}/")


def _report(result: CheckResult, form: str, *, strict: bool, headline: str) -> str:
    """Print a report for a server; tell what is to be added to the headline."""
    report = _rendered(result, form, strict=strict)
    if report:
        click.echo(report.encode())  # in UTF-8, whatever a terminal would have
    return _summarise(result, headline) if form == "github" else ""


def _rendered(result: CheckResult, form: str, *, strict: bool) -> str:
    if form == "gitlab":
        from crmtool.formats import as_gitlab

        return as_gitlab.render(result)
    if form == "sarif":
        from crmtool.formats import as_sarif

        return as_sarif.render(result)
    if form == "junit":
        from crmtool.formats import as_junit

        return as_junit.render(result, strict=strict)
    from crmtool.formats import as_github

    return as_github.render(result)


def _summarise(result: CheckResult, headline: str) -> str:
    """Add the findings to the step's summary, if it has one; tell where those are that GitHub does not show."""
    from crmtool.formats import as_github

    file = os.environ.get(SUMMARY_VARIABLE)
    added = bool(file) and _add_summary(Path(file or ""), result, headline)
    beyond = as_github.beyond(result)
    if not beyond:
        return ""
    where = "the step's summary" if added else "the log"
    return f"; {beyond:,} more {'findings' if beyond > 1 else 'finding'} than GitHub shows in place: see {where}"


def _add_summary(file: Path, result: CheckResult, headline: str) -> bool:
    from crmtool.formats import as_github

    try:
        with file.open("ab") as stream:
            room = as_github.SUMMARY_BYTES - stream.tell() - 1
            text = as_github.summary(result, headline, room)
            stream.write(f"\n{text}".encode() if text else b"")
    except OSError as error:
        click.echo(f"crmtool: the step's summary was not written: {error.strerror or error}", err=True)
        return False
    return bool(text)
