"""Another id for what a cursor points at, and links that follow files that are moved."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from crmtool.app.live import LiveWorkspace
from crmtool.app.live.naming import Edits, Moves, free_path, moved_links, path_of_contact, refuse_unknown, renames
from crmtool.assist.mentions import Noun
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.lsp.addresses import address, file_at
from crmtool.lsp.edits import workspace_edit
from crmtool.lsp.navigating import Pointed, places_of, pointed_at
from crmtool.lsp.refusing import refusal
from crmtool.lsp.server import CrmtoolServer
from crmtool.text import Span

_A_CONTACT = "/x.md"


def prepare(server: CrmtoolServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Tell whether what is pointed at can get another id, and which one it has."""
    pointed = pointed_at(server, params.text_document.uri, params.position)
    if pointed is None:
        return None
    try:
        _refuse(server, pointed)
    except CrmtoolError as error:
        raise refusal(error) from None
    return types.PrepareRenamePlaceholder(pointed.range, pointed.thing.id)


def rename(server: CrmtoolServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Give what is pointed at another id in the whole workspace; a contact's file is moved."""
    pointed = pointed_at(server, params.text_document.uri, params.position)
    if pointed is None:
        return None
    try:
        _look(server, pointed.workspace)
        _refuse(server, pointed)
        edit, server.asked_move = _renamed(server, pointed, params.new_name.strip())
    except CrmtoolError as error:
        raise refusal(error) from None
    return edit


def will_rename(server: CrmtoolServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """Let links follow files that the editor is about to move."""
    files = [file for file in params.files if file != server.asked_move]
    server.asked_move = None
    return _followed(server, files)


def _look(server: CrmtoolServer, workspace: LiveWorkspace) -> None:
    """Look at the disk now: a file that came a moment ago is not to be left behind."""
    workspace.relist()
    if not workspace.is_loaded:
        server.files_changed((address(workspace.root),))  # what is new is read soon


def _refuse(server: CrmtoolServer, pointed: Pointed) -> None:
    """Raise RefusedError for what cannot be renamed, whatever the new id is."""
    refuse_unknown(pointed.workspace, pointed.thing)
    if pointed.thing.noun is Noun.CONTACT and not _moves_files(server):
        raise RefusedError("a contact is called by its file, and this editor moves no files for a server: use git mv")


def _moves_files(server: CrmtoolServer) -> bool:
    able = server.client_capabilities.workspace
    edits = able.workspace_edit if able else None
    operations = (edits.resource_operations if edits else None) or ()
    return bool(edits and edits.document_changes) and types.ResourceOperationKind.Rename in operations


def _renamed(server: CrmtoolServer, pointed: Pointed, new: str) -> tuple[types.WorkspaceEdit, types.FileRename | None]:
    workspace, thing = pointed.workspace, pointed.thing
    if new == thing.id:
        return types.WorkspaceEdit(), None
    if thing.noun is not Noun.CONTACT:
        return _edit(server, workspace, renames(workspace, thing, new)), None
    old_path = path_of_contact(workspace, thing.id) or ""
    new_path = free_path(workspace, old_path, new)
    edit = _edit(server, workspace, moved_links(workspace, Moves(((old_path, new_path),))))
    old_uri = server.uri_of(workspace, old_path)
    move = types.FileRename(old_uri, _beside(old_uri, old_path, new_path) or address(workspace.root / new_path))
    edit.document_changes = [*(edit.document_changes or ()), types.RenameFile(move.old_uri, move.new_uri)]
    return edit, move


def _beside(uri: str, path: str, other: str) -> str | None:
    """Give the address of another file of a workspace, by which an editor that knows one of its files would call it."""
    file = file_at(uri)
    return address(file.parents[path.count("/")] / other) if file else None


def _followed(server: CrmtoolServer, files: Iterable[types.FileRename]) -> types.WorkspaceEdit | None:
    moves: dict[LiveWorkspace, list[tuple[str, str]]] = {}
    for file in files:
        found = _placed(server, file)
        if found is not None:
            workspace, old, new = found
            moves.setdefault(workspace, []).append((old, new))
    for workspace in moves:
        _look(server, workspace)
    edits = [_edit(server, each, moved_links(each, Moves(tuple(pairs)))) for each, pairs in moves.items()]
    changes = {uri: each for edit in edits for uri, each in (edit.changes or {}).items()}
    documents = [each for edit in edits for each in edit.document_changes or ()]
    return types.WorkspaceEdit(changes=changes or None, document_changes=documents or None)


def _placed(server: CrmtoolServer, file: types.FileRename) -> tuple[LiveWorkspace, str, str] | None:
    """Find the workspace of a file or folder that is moved, and its paths there; None where no link follows it."""
    place, target = file_at(file.old_uri), file_at(file.new_uri)
    if place is None or target is None:
        return None
    inside = _A_CONTACT if place.is_dir() else ""
    found = server.workspace_of(address(place) + inside)
    if found is None:
        return None
    workspace, path = found[0], found[1].removesuffix(inside)
    root = place.parents[path.count("/")]
    return (workspace, path, target.relative_to(root).as_posix()) if target.is_relative_to(root) else None


def _edit(server: CrmtoolServer, workspace: LiveWorkspace, edits: Iterable[Edits]) -> types.WorkspaceEdit:
    changes = {}
    for each in edits:
        places = places_of(server, workspace, each.document)
        changes[each.document.path] = [
            types.TextEdit(places.range(Span(edit.start, edit.end)), edit.new) for edit in each.edits
        ]
    return workspace_edit(server, workspace, changes)
