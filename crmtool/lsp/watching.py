"""Files that change on the disk: the editor tells of them, where it can."""

from __future__ import annotations

from contextlib import suppress

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from crmtool.lsp.server import CrmtoolServer

_WATCHED = ("**/criteria.yaml", "**/contacts/**", "**/schemas/*.json")


async def watch(server: CrmtoolServer) -> None:
    """Ask the editor to tell of files that change; else they are looked at when a text is opened, saved or closed."""
    able = server.client_capabilities.workspace
    watching = able.did_change_watched_files if able is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in _WATCHED])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration(id=method, method=method, register_options=options)
    with suppress(JsonRpcException):  # it may still refuse
        await server.client_register_capability_async(types.RegistrationParams([registration]))
