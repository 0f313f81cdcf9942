"""What the tests of definitions, references and renames share: a second contact, and pointing at words."""

from __future__ import annotations

from lsprotocol import types

from tests.conftest import JANA
from tests.lsp.client import Editor

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
BOB_PATH = "contacts/bob.md"
BOOK_PATH = "criteria.yaml"
BOB = JANA.replace("Jana Köhler", "Bob") + "[Jana](nordlicht/jana-koehler.md#top) [nobody](nobody.md) `buyer`\n"


def at(editor: Editor, path: str, text: str) -> tuple[types.TextDocumentIdentifier, types.Position]:
    """Give the place in an open file where a text begins."""
    return types.TextDocumentIdentifier(editor.uri(path)), editor.position(path, editor.text(path).index(text))


async def rename(editor: Editor, path: str, text: str, new: str) -> types.WorkspaceEdit:
    """Have what a text names called otherwise."""
    document, position = at(editor, path, text)
    edit = await editor.client.text_document_rename_async(types.RenameParams(document, position, new))
    assert edit is not None
    return edit


def files(editor: Editor) -> dict[str, str]:
    """Give all files as they stand on the disk."""
    found = sorted(file for file in editor.root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(editor.root).as_posix(): file.read_bytes().decode() for file in found}
