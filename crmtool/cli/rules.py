"""crmtool rules."""

from __future__ import annotations

import sys

import click

from crmtool.app import checking, load, usable_rulebook
from crmtool.cli.output import show
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.formats import graph


@click.group(short_help="Look at the rule book.")
@common_options
def rules() -> None:
    """Look at the rule book: is it sound, and what does it look like?

    \b
    Example:
      crmtool rules check
      crmtool rules graph --format mermaid
    """


@rules.command("check")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@format_option("text", "json")
@common_options
@pass_session
def check(session: Session, form: str, strict: bool) -> None:
    """See whether the rule book is sound: every status reachable, every no possible, nothing contradictory.

    \b
    Example:
      crmtool rules check
    """
    result = checking.check_rulebook(session.root(), session.today())
    sys.exit(show(session, result, form, strict=strict, checked="rule book"))


@rules.command("graph")
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
    rulebook = usable_rulebook(load(session.root()))
    click.echo(graph.as_mermaid(rulebook) if form == "mermaid" else graph.as_text(rulebook))
