"""crmtool merge-contacts: two contacts that are the same person."""

from __future__ import annotations

import click

from crmtool.app.changing.joining import draft_joined, save_joined
from crmtool.cli import completing
from crmtool.cli.change.finish import show_draft, tell_standing
from crmtool.cli.prompting import say
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.text import as_command, visible


@click.command("merge-contacts", cls=WordyCommand, short_help="Join two contacts that are the same person.")
@click.argument("stays", metavar="CONTACT", shell_complete=completing.contacts)
@click.argument("goes", metavar="OTHER", shell_complete=completing.contacts)
@click.option("--dry-run", is_flag=True, help="Show the change of the file and write nothing.")
@common_options
@pass_session
def merge_contacts(session: Session, /, stays: str, goes: str, dry_run: bool) -> None:
    """Join two contacts that are the same person: CONTACT stays and takes OTHER in, whose file is removed.

    CONTACT keeps its status and its decisions, and gets the details, answers and notes that it lacks. What was decided
    on OTHER is kept beside it, in extra.joined: decisions of two logs are never mixed.

    \b
    Example:
      crmtool merge-contacts nordlicht/jana-koehler nordlicht/j-koehler --dry-run
      crmtool merge-contacts nordlicht/jana-koehler nordlicht/j-koehler
    """
    joining = draft_joined(session.root(), stays, goes, session.start, session.today())
    made, other = joining.made, joining.goes
    if joining.goes_further:
        swapped = as_command("merge-contacts", other.contact.id, made.contact.id)
        say(session, f"{other.contact.id} is further on ('{other.status.id}'): `{swapped}` would keep its decisions")
    if joining.leaves_answers:
        say(session, f"the answers of {other.contact.id} would be against decisions of {made.contact.id}: kept aside")
    if joining.leaves_fields:
        say(session, f"{made.contact.id} has another {', '.join(joining.leaves_fields)}: the other's is kept aside")
    if dry_run:
        show_draft(session, made)
        say(session, f"nothing was written, and {other.path} not removed (--dry-run)")
        return
    save_joined(joining)
    click.echo(visible(f"{made.contact.id}: took in {other.contact.id}, whose file is removed"))
    say(session, "commit both files together: the hook takes a contact that is gone alone for one that was lost")
    tell_standing(session, made)
