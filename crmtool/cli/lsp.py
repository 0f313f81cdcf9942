"""crmtool lsp."""

from __future__ import annotations

import sys

import click

from crmtool.cli.session import Session, common_options, pass_session
from crmtool.errors import CrmtoolError


@click.command(short_help="Serve an editor.")
@click.option("--stdio", is_flag=True, hidden=True, expose_value=False, help="As it always does.")
@common_options
@pass_session
def lsp(session: Session) -> None:
    """Serve an editor: what is missing, which decisions are open, what a criterion asks, while you type.

    An editor starts this by itself and speaks the Language Server Protocol with it; docs/editors.md says how to set up
    yours.

    \b
    Example:
      crmtool lsp
    """
    try:
        from crmtool.lsp.features import create_server
    except ImportError:
        raise CrmtoolError("the language server needs the package pygls", ("pip install 'crmtool[lsp]'",)) from None
    session.today()  # a wrong one is told at once
    server = create_server(session.today)
    server.start_io()
    sys.exit(0 if server.is_shut_down else 1)  # as the protocol has it
