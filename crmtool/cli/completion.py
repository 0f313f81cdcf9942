"""crmtool completion."""

from __future__ import annotations

import os
from pathlib import PurePath

import click

from crmtool.cli.session import COMPLETE_VARIABLE, PROGRAM, common_options
from crmtool.cli.shells import SHELLS


@click.command(short_help="Let the shell complete commands and contacts.")
@click.argument("shell", type=click.Choice(list(SHELLS)), required=False)
@common_options
@click.pass_context
def completion(context: click.Context, shell: str | None) -> None:
    """Let the shell complete commands, contacts and what the rule book knows: print what it has to read for that.

    SHELL is yours by default. Put its line into its start file and open a new shell:

    \b
    Example:
      eval "$(crmtool completion bash)"      bash (4.4 or newer): ~/.bashrc
      eval "$(crmtool completion zsh)"       zsh: ~/.zshrc, below compinit
      crmtool completion fish | source       fish: ~/.config/fish/config.fish
    """
    name = shell or PurePath(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise click.UsageError(f"your shell cannot be told; name one of {', '.join(SHELLS)}")
    program = context.find_root().command
    click.echo(SHELLS[name](program, {}, PROGRAM, COMPLETE_VARIABLE).source().rstrip())
