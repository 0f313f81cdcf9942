"""`crmtool site trust`, and the question that building a site asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmtool.cli.session import Session, common_options, pass_session
from crmtool.errors import CrmtoolError
from crmtool.text import visible

if TYPE_CHECKING:
    from crmtool.app.site_trust import Asked

CONFIGURATION = Path("site", "mkdocs.yml")
_TRUSTED = "--trust"
trust_option = click.option(
    _TRUSTED, "is_trusted", is_flag=True, help="Let the site's hooks, plugins and templates run, this time."
)


def configuration_of(root: Path) -> Path:
    """Give the path of a workspace's site configuration; raises CrmtoolError where there is none."""
    path = root / CONFIGURATION
    if not path.is_file():
        raise CrmtoolError(f"{path} does not exist; `crmtool init` shows what it holds")
    return path


def granted(root: Path, *, is_trusted: bool) -> Asked:
    """Give what the site may do: what was allowed before, is allowed now by `is_trusted`, or at the terminal.

    Raises CrmtoolError where the answer is no, or nobody is there to give one.
    """
    from crmtool.app.site_trust import Approvals, asked
    from crmtool.cli.prompting import can_ask

    wanted, approvals = asked(configuration_of(root), root), Approvals.of_user()
    if wanted.powers:
        # What Python compiles of a hook would lie beside it, and be more than what was allowed.
        sys.dont_write_bytecode = True
    if is_trusted or approvals.holds(wanted):
        return wanted
    click.echo(f"{CONFIGURATION.as_posix()} has a build do more than make pages; it would\n{_listed(wanted)}", err=True)
    if not can_ask():
        raise CrmtoolError(
            f"nothing was run; where all of that is meant, `crmtool site trust` allows it as it is now, {_TRUSTED} once"
        )
    if not click.confirm("Allow it, as it is now?", err=True):
        raise CrmtoolError("the site was not built, and nothing was run")
    try:
        approvals.allow(wanted)
    except CrmtoolError as error:
        click.echo(visible(f"allowed this once, since it cannot be remembered: {error}"), err=True)
    return wanted


@click.command(short_help="Allow what the site's configuration asks for.")
@click.option("--always", is_flag=True, help="Also whatever this workspace asks for later, without another question.")
@click.option("--revoke", is_flag=True, help="Forget what was allowed.")
@common_options
@pass_session
def trust(session: Session, always: bool, revoke: bool) -> None:
    """Allow the hooks, plugins and templates of this workspace's site to run, or to reach out of the workspace.

    They can do whatever you can, so building a site that names any asks first. What is allowed holds for the
    configuration, hooks and templates as they are now: when one of them changes, it is asked again.

    \b
    Example:
      crmtool site trust
      crmtool site trust --always       your own workspace, whose templates you are working on
      crmtool site trust --revoke
    """
    from crmtool.app.site_trust import Approvals, asked

    if always and revoke:
        raise click.UsageError("--always and --revoke cannot both be meant")
    root, approvals = session.root(), Approvals.of_user()
    if revoke:
        click.echo("Forgotten." if approvals.withdraw(root) else "Nothing had been allowed.")
        return
    wanted = asked(configuration_of(root), root)
    if not wanted.powers and not always:
        click.echo(f"{CONFIGURATION.as_posix()} asks for nothing that needs to be allowed.")
        return
    approvals.allow(wanted, always=always)
    told = f"{_listed(wanted)}\n" if wanted.powers else ""
    click.echo(f"{told}Allowed, {'whatever comes later' if always else 'as it is now'}.")


def _listed(wanted: Asked) -> str:
    return "\n".join(f"  - {text}" for text in wanted.texts)
