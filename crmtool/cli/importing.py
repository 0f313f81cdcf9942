"""crmtool import."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from crmtool.app.importing import Options, Plan, plan_import, write_plan
from crmtool.app.importing.entering import Entry
from crmtool.app.importing.opening import draft_mapping_for, opened
from crmtool.cli import completing
from crmtool.cli.change.options import person_options, text_option
from crmtool.cli.prompting import say
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError
from crmtool.formats import import_json
from crmtool.formats.as_json import dumps
from crmtool.importers.outcome import Action, Outcome
from crmtool.importers.tables.dates import DATE_FORMATS
from crmtool.text import one_line, visible
from crmtool.yaml_reader import Value

_COLOURS = {Action.CREATED: "green", Action.UPDATED: "cyan", Action.CONFLICTS: "yellow", Action.REFUSED: "red"}
_LABELS = {Action.CONFLICTS: "conflict"}
_LONGEST_VALUE = 40
_FILES_TOLD = 5
_MOST_ALIKE, _LINES_TOLD = 10, 5
"""So many records of a file are refused for the same reason each in its own line; of more, so many lines are named."""


@click.command("import", short_help="Bring in contacts of other programs.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Tell what would be done and write nothing.")
@click.option(
    "--mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What columns and stages mean; where FILE does not exist, a draft of it is written.",
)
@click.option("--date-format", type=click.Choice(DATE_FORMATS), help="How days with slashes are written.")
@click.option(
    "--on-conflict",
    "policy",
    type=click.Choice(["report", "ours", "theirs"]),
    default="report",
    show_default=True,
    help="Where a field was changed here and at the source: tell it each time, keep ours, or take theirs.",
)
@click.option("--skip-duplicates", is_flag=True, help="Leave out whose e-mail or name is known already.")
@click.option(
    "--to", metavar="STATUS", help="The status to enter, where there are several.", shell_complete=completing.statuses
)
@text_option("--because", about="Why they are worth a look (default: that they were imported).")
@text_option("--reason", metavar="ID", about="One of the status's reasons, where it has some.")
@person_options
@format_option("text", "json")
@common_options
@pass_session
def import_files(
    session: Session,
    /,
    files: tuple[Path, ...],
    dry_run: bool,
    mapping: Path | None,
    date_format: str | None,
    form: str,
    **options: Any,
) -> None:
    """Bring in contacts from vCards and from CSV files of Google, Outlook, LinkedIn, HubSpot, Pipedrive, Salesforce.

    Nobody is decided on: each new contact enters as any other, with what the other program claims as a note. The same
    import again changes nothing; of a changed file it takes over what nobody changed here since.

    \b
    Example:
      crmtool import --dry-run contacts.vcf Connections.csv
      crmtool import contacts.vcf Connections.csv
      crmtool import leads.csv --mapping mapping.yaml     drafts the mapping of any other CSV
    """
    root = session.root()
    if mapping is not None and not (session.start / mapping).exists():
        _draft(session, files[0], mapping, dry_run=dry_run)
        return
    read = opened(root, session.start, files, mapping, date_format)
    entry = Entry(**{key: options.pop(key) for key in ("to", "because", "reason", "by", "confirmed_by")})
    skips_alike = options.pop("skip_duplicates")
    wanted = Options(stages=read.stages, skips_alike=skips_alike, entry=entry, **options)
    with waiting(session, "looking"):
        plan = plan_import(root, session.today(), read.readings, wanted)
    if not dry_run:
        _write(session, plan)
    if form == "json":
        click.echo(dumps(import_json.imported(plan.today, plan.outcomes, plan.notices, dry_run=dry_run)))
    else:
        _show(session, plan, dry_run=dry_run)
    sys.exit(int(bool(plan.count(Action.REFUSED))))


def _draft(session: Session, file: Path, mapping: Path, *, dry_run: bool) -> None:
    text = draft_mapping_for(session.root(), session.start, file, None if dry_run else mapping)
    if dry_run:
        click.echo(text, nl=False)
        say(session, "nothing was written (--dry-run)")
    else:
        say(
            session, f"wrote {mapping}, a draft: look through it, then run the same command again; nothing was imported"
        )


def _write(session: Session, plan: Plan) -> None:
    """Write what is planned; where that ends early, it is told how far it came."""
    written: list[str] = []
    try:
        with waiting(session, "writing"):
            write_plan(plan, written.append)
    except CrmtoolError as error:
        raise CrmtoolError(str(error), _so_far(written, plan)) from None
    except KeyboardInterrupt:
        for line in _so_far(written, plan):
            say(session, line)
        raise


def _so_far(written: Sequence[str], plan: Plan) -> tuple[str, ...]:
    if not written:
        return ()
    named = ", ".join(written[:_FILES_TOLD]) + (", …" if len(written) > _FILES_TOLD else "")
    counted = f"{len(written)} of {len(plan.files)} files were written before that"
    return f"{counted}: {named}", "the same import again goes on from there"


def _show(session: Session, plan: Plan, *, dry_run: bool) -> None:
    refused: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in plan.outcomes:
        if outcome.action is Action.REFUSED:
            refused.setdefault((outcome.file, outcome.reason), []).append(outcome)
    for outcome in plan.outcomes:
        alike = refused.get((outcome.file, outcome.reason), [])
        if outcome.action is Action.REFUSED and len(alike) > _MOST_ALIKE:
            if outcome is alike[0]:
                _tell_refused(session, alike)
        elif outcome.action is not Action.SKIPPED or outcome.reason != "unchanged":
            _tell(session, outcome)
    counts = ", ".join(f"{plan.count(action)} {_counted(action)}" for action in Action)
    for notice in plan.notices:
        click.echo(f"crmtool: {visible(notice)}", err=True)
    records = "1 record" if len(plan.outcomes) == 1 else f"{len(plan.outcomes)} records"
    click.echo(f"{records} read: {counts}" + ("; nothing was written (--dry-run)" if dry_run else ""))


def _counted(action: Action) -> str:
    return "in conflict" if action is Action.CONFLICTS else action.value


def _tell_refused(session: Session, alike: Sequence[Outcome]) -> None:
    """Tell in one line of many records of a file that are refused for the same reason."""
    lines = ", ".join(str(outcome.line) for outcome in alike[:_LINES_TOLD])
    told = f"{len(alike)} records, in the lines {lines} and others: {visible(alike[0].reason)}"
    click.echo(f"{alike[0].file}: {_label(session, Action.REFUSED)} {told}", color=session.in_colour)


def _label(session: Session, action: Action) -> str:
    return session.paint(f"{_LABELS.get(action, action.value):<8}", _COLOURS.get(action, "dim"))


def _tell(session: Session, outcome: Outcome) -> None:
    label = _label(session, outcome.action)
    who = "  ".join(filter(None, (outcome.contact, outcome.name)))
    told = "; ".join(filter(None, (_taken_over(outcome), outcome.reason)))
    line = f"{outcome.file}:{outcome.line}: {label} {visible(who)}{': ' if who and told else ''}{visible(told)}"
    click.echo(line, color=session.in_colour)
    for below in _below(outcome):
        click.echo(f"    {visible(below)}", color=session.in_colour)


def _taken_over(outcome: Outcome) -> str:
    told = ", ".join(outcome.fields)
    return f"took over {told}" if told and outcome.action is Action.CONFLICTS else told


def _below(outcome: Outcome) -> list[str]:
    lines = [f"{each.field}: {_short(each.ours)} here, {_short(each.theirs)} in the file" for each in outcome.conflicts]
    if outcome.conflicts:
        lines.append("both were changed: --on-conflict ours keeps what is here, --on-conflict theirs takes the file's")
    for each in outcome.alike:
        both = shlex.join((each.contact, outcome.contact))
        join = f": `crmtool merge-contacts {both}` joins them" if outcome.contact else ""
        lines.append(f"may be {each.contact} ({each.because}){join}")
    return [*lines, *outcome.doubts]


def _short(value: Value) -> str:
    if value is None:
        return "nothing"
    told = one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return f"'{told[:_LONGEST_VALUE]}…'" if len(told) > _LONGEST_VALUE else f"'{told}'"
