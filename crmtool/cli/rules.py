"""crmtool rules."""

from __future__ import annotations

import sys

import click

from crmtool.app import checking, read, usable_rulebook
from crmtool.cli.output import FORMATS, show
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.waiting import waiting
from crmtool.formats import graph
from crmtool.workspace import WorkTree


@click.group(short_help="Look at the rule book.")
@common_options
def rules() -> None:
    """Look at the rule book: is it sound, and what does it look like?

    \b
    Example:
      crmtool rules check
      crmtool rules graph --format mermaid
      crmtool rules impact
    """


@rules.command("check", short_help="See whether the rule book is sound.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@format_option(*FORMATS)
@common_options
@pass_session
def check(session: Session, form: str, strict: bool) -> None:
    """See whether the rule book is sound: every status reachable, every no possible, nothing contradictory.

    \b
    Example:
      crmtool rules check
    """
    root = session.root()
    result = checking.check_rulebook(root, session.today())
    sys.exit(show(session, result, form, strict=strict, checked="rule book", workspace=root))


@rules.command("graph", short_help="See the state diagram.")
@format_option("text", "mermaid")
@common_options
@pass_session
def draw(session: Session, form: str) -> None:
    """See the state diagram of the rule book, as text or to paste into Markdown.

    \b
    Example:
      crmtool rules graph
      crmtool rules graph --format mermaid
    """
    rulebook = usable_rulebook(read(WorkTree(session.root()), only=()))
    click.echo(graph.as_mermaid(rulebook) if form == "mermaid" else graph.as_text(rulebook))


@rules.command("impact", short_help="See whom a changed rule book judges differently.")
@click.argument("other", metavar="[REV|FILE]", default="HEAD", type=click.Path(readable=False))
@format_option("text", "json")
@common_options
@pass_session
def impact(session: Session, other: str, form: str) -> None:
    """See whom a changed rule book judges differently, and how, before the change is made or committed.

    A FILE is a rule book that might take the place of the present one. Anything else is a Git revision, HEAD by
    default: then what has changed in the rule book since is compared. Contacts are those of now. Ends with status 0
    whatever is found.

    \b
    Example:
      crmtool rules impact                 what my edit of criteria.yaml does
      crmtool rules impact stricter.yaml   what that file would do
    """
    from crmtool.app.impact import impact_of
    from crmtool.cli.impact import show as show_impact

    with waiting(session, "judging twice"):
        found = impact_of(session.root(), other, session.start, session.today())
    show_impact(session, found, form)
