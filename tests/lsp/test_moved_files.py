"""Links that follow files and folders which are moved in an editor's tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.conftest import JANA, write_files
from tests.lsp.client import Editor
from tests.lsp.pointing import BOB, BOB_PATH, JANA_PATH, files, rename


@pytest.fixture
def workspace(workspace: Path) -> Path:
    return write_files(workspace, {BOB_PATH: BOB})


async def followed(editor: Editor, *moves: tuple[str, str]) -> types.WorkspaceEdit | None:
    renames = [types.FileRename(editor.uri(old), editor.uri(new)) for old, new in moves]
    return await editor.client.workspace_will_rename_files_async(types.RenameFilesParams(renames))


async def test_links_follow_a_file_that_is_moved_by_hand(editor: Editor) -> None:
    for name in ("jana", "jana2"):  # nothing is open: what is new on the disk is seen all the same
        write_files(editor.root, {f"contacts/other-{name}.md": BOB, "contacts/other-jana.md": BOB})
        edit = await followed(editor, (JANA_PATH, f"contacts/{name}.md"))
        assert edit is not None
        assert len(edit.document_changes or ()) == len(files(editor)) - 2
        editor.apply(edit)
        assert files(editor)[BOB_PATH] == BOB.replace("nordlicht/jana-koehler.md", f"{name}.md")
        write_files(editor.root, {BOB_PATH: BOB})


async def test_links_follow_a_folder(editor: Editor) -> None:
    write_files(editor.root, {"contacts/nordlicht/ann.md": JANA + "[J](jana-koehler.md) [B](../bob.md)\n"})
    editor.open(BOB_PATH)
    edit = await followed(editor, ("contacts/nordlicht", "contacts/kunden/nordlicht"))
    assert edit is not None
    editor.apply(edit)
    assert editor.text(BOB_PATH) == BOB.replace("nordlicht/jana", "kunden/nordlicht/jana")
    assert files(editor)["contacts/nordlicht/ann.md"].endswith("[J](jana-koehler.md) [B](../../bob.md)\n")


async def test_a_move_that_the_server_asked_for_is_not_followed_twice(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA + "[Bob](../bob.md)\n")
    edit = await rename(editor, JANA_PATH, "Jana", "jana")
    assert edit.document_changes is not None
    move = (JANA_PATH, "contacts/jana.md")
    again = await followed(editor, move)
    assert again is None or (again.changes, again.document_changes) == (None, None)
    by_hand = await followed(editor, move)
    assert by_hand is not None
    assert by_hand.document_changes, "later it is another one"


async def test_what_is_no_contact_moves_nothing(editor: Editor) -> None:
    write_files(editor.root, {"docs/a.md": "[J](../contacts/bob.md)\n"})
    outside = (editor.root.parent / "elsewhere.md").as_posix()
    for move in (("docs/a.md", "docs/b.md"), ("docs", "pages"), (BOB_PATH, outside)):
        edit = await followed(editor, move)
        assert edit is None or (edit.changes, edit.document_changes) == (None, None)


async def test_the_editor_is_told_which_moves_to_tell_of(editor: Editor) -> None:
    assert editor.initialized is not None
    about = editor.initialized.capabilities.workspace
    assert about is not None
    assert about.file_operations is not None
    will = about.file_operations.will_rename
    assert will is not None
    assert [each.pattern.glob for each in will.filters] == ["**/*.md", "**"]
