"""crmtool explain."""

from __future__ import annotations

import click

from crmtool.cli import completing
from crmtool.cli.session import common_options
from crmtool.errors import CrmtoolError
from crmtool.rules import ALL_RULES
from crmtool.rules.page import page
from crmtool.shapes import did_you_mean


@click.command(short_help="Understand a finding.")
@click.argument("code", required=False, shell_complete=completing.codes)
@common_options
def explain(code: str | None) -> None:
    """Understand a finding: what is at stake, what to do, with an example. Without CODE, list all codes.

    \b
    Example:
      crmtool explain criteria-missing
    """
    if code is None:
        width = max(map(len, ALL_RULES))
        for rule in ALL_RULES.values():
            click.echo(f"{rule.code:{width}}  {rule.severity.value:7}  {rule.title}")
        return
    found = ALL_RULES.get(code.strip().strip("[]"))
    if found is None:
        hint = did_you_mean(code, ALL_RULES, "`crmtool explain` lists them")
        raise CrmtoolError(f"no finding has the code {code!r}; {hint}")
    click.echo(page(found).rstrip())
