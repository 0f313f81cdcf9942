"""Another id in the whole workspace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files
from tests.git.conftest import Repo
from tests.lsp.client import Editor, served
from tests.lsp.pointing import BOB, BOB_PATH, BOOK_PATH, JANA_PATH, at, files, rename

NO_IDS = ("", "../jana", "a//b", "_draft", "a:b")


@pytest.fixture
def workspace(workspace: Path) -> Path:
    return write_files(workspace, {BOB_PATH: BOB})


async def prepared(editor: Editor, path: str, text: str) -> tuple[str, str] | None:
    """Give the word that an editor is told to select, and the id that it is to offer."""
    found = await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(*at(editor, path, text)))
    if found is None:
        return None
    assert isinstance(found, types.PrepareRenamePlaceholder)
    span = editor.places(path).span(found.range)
    return editor.text(path)[span.start : span.end], found.placeholder


async def refused(editor: Editor, path: str, text: str, new: str) -> str:
    with pytest.raises(JsonRpcException) as error:
        await rename(editor, path, text, new)
    assert error.value.code == types.LSPErrorCodes.RequestFailed.value
    return error.value.message


def swapped(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text)


# --- what the rule book defines ---


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (JANA_PATH, "clarifying", ("clarifying", "clarifying")),
        (JANA_PATH, "buyer", ("buyer", "buyer")),
        (JANA_PATH, "Jana", ("Jana Köhler", "nordlicht/jana-koehler")),
        (JANA_PATH, "name:", ("name", "nordlicht/jana-koehler")),
        (JANA_PATH, "Free Markdown", None),
        (BOB_PATH, "jana-koehler.md", ("nordlicht/jana-koehler.md", "nordlicht/jana-koehler")),
        (BOOK_PATH, "timing", ("timing", "timing")),
        (BOOK_PATH, "recycle", ("recycle", "recycle")),
        (BOOK_PATH, "label:", None),
    ],
)
async def test_what_can_be_renamed_is_offered(
    editor: Editor, path: str, text: str, told: tuple[str, str] | None
) -> None:
    editor.open(path)
    assert await prepared(editor, path, text) == told


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        (JANA_PATH, "buyer", "buyer", "signer"),
        (BOOK_PATH, "clarifying:", "clarifying", "in_klärung"),
        (BOOK_PATH, "stop:", "stop", "end"),
    ],
)
async def test_an_id_is_another_one_everywhere(editor: Editor, path: str, text: str, old: str, new: str) -> None:
    editor.open(path)
    before = files(editor)
    editor.apply(await rename(editor, path, text, new))
    expected = {name: swapped(content, old, new) for name, content in before.items()}
    expected[BOB_PATH] = expected[BOB_PATH].replace("`signer`", "`buyer`")
    assert editor.text(path) == expected.pop(path)
    assert {name: text for name, text in files(editor).items() if name != path} == expected
    editor.save(path)
    assert crmtool("check", "--today", TODAY, cwd=editor.root).status == 0


async def test_a_buffer_counts_and_not_what_is_saved(editor: Editor) -> None:
    editor.open(BOB_PATH)
    editor.change(BOB_PATH, "\ufeff" + JANA.replace("clarifies: buyer", "clarifies: 'pain'").replace("\n", "\r\n"))
    editor.open(JANA_PATH)
    before = editor.text(BOB_PATH)
    edit = await rename(editor, JANA_PATH, "buyer", "signer")
    assert edit.document_changes is not None
    assert editor.uri(BOB_PATH) not in str(edit.document_changes)
    edit = await rename(editor, JANA_PATH, "pain:", "need")
    editor.apply(edit)
    assert editor.text(BOB_PATH) == before.replace("  pain:", "  need:").replace("'pain'", "'need'")


async def test_an_editor_that_knows_no_versions_gets_plain_changes(workspace: Path) -> None:
    async with served(workspace, types.ClientCapabilities()) as editor:
        editor.open(JANA_PATH)
        edit = await rename(editor, JANA_PATH, "buyer", "signer")
        assert edit.document_changes is None
        assert set(edit.changes or ()) == {editor.uri(path) for path in (JANA_PATH, BOB_PATH, BOOK_PATH)}
        assert "this editor moves no files" in await refused(editor, JANA_PATH, "Jana", "jana")


@pytest.mark.parametrize(
    ("text", "new", "told"),
    [
        ("buyer", "pain", "there is a criterion 'pain' already: type an id that none has"),
        ("buyer", "no", "'no' is read as true or false by many YAML programs: take a word of letters, digits, _ and - "
         "that begins with a letter, such as 'is_no'"),
        ("buyer", "the buyer", "'the buyer' is not a plain word: take a word of letters, digits, _ and - that begins "
         "with a letter, such as 'the_buyer'"),
    ],
)  # fmt: skip
async def test_an_id_that_cannot_be_is_refused(editor: Editor, text: str, new: str, told: str) -> None:
    editor.open(JANA_PATH)
    assert await refused(editor, JANA_PATH, text, new) == told


async def test_what_is_not_there_cannot_be_renamed(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("buyer", "byer") + "[x](nobody.md)\n")
    told = "criteria.yaml defines no criterion 'byer': define it first"
    assert await refused(editor, JANA_PATH, "byer", "x") == told
    with pytest.raises(JsonRpcException, match="defines no criterion 'byer'"):
        await prepared(editor, JANA_PATH, "byer")
    assert await refused(editor, JANA_PATH, "nobody", "x") == "there is no contact 'nordlicht/nobody'"
    editor.open(BOOK_PATH, RULEBOOK.replace("statuses:", "statuses: ["))
    assert await refused(editor, JANA_PATH, "fit:", "x") == "criteria.yaml cannot be read: mend it first"


async def test_a_file_that_cannot_be_read_is_not_left_behind(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.open(BOB_PATH, BOB.replace("status:", "status: ["))
    assert await refused(editor, JANA_PATH, "buyer", "signer") == (
        "contacts/bob.md cannot be read and may name 'buyer': mend that first"
    )
    editor.change(BOB_PATH, BOB.replace("status:", "status: [").replace("clarifies: buyer", "clarifies: the-buyer_"))
    await rename(editor, JANA_PATH, "buyer", "signer")  # which its notes may go on speaking of
    editor.change(BOB_PATH, "<<<<<<< HEAD\n" + BOB)
    assert "contacts/bob.md cannot be read" in await refused(editor, JANA_PATH, "buyer", "signer")


async def test_a_file_that_came_a_moment_ago_is_not_left_behind(editor: Editor) -> None:
    """Not every editor tells of files that others made."""
    editor.open(JANA_PATH)
    await editor.until(lambda: editor.refreshed or None)  # the disk was looked at
    other = "contacts/acme/ann.md"
    write_files(editor.root, {other: JANA + "[J](../nordlicht/jana-koehler.md)\n"})
    editor.apply(await rename(editor, JANA_PATH, "buyer", "signer"))
    assert "clarifies: signer" in files(editor)[other]
    write_files(editor.root, {"contacts/acme/bea.md": JANA + "[J](../nordlicht/jana-koehler.md)\n"})
    editor.apply(await rename(editor, JANA_PATH, "Jana", "jana"))
    assert files(editor)["contacts/acme/bea.md"].endswith("[J](../jana.md)\n")


async def test_what_no_contact_can_name_is_renamed_whatever_contacts_cannot_be_read(editor: Editor) -> None:
    editor.open(BOOK_PATH)
    editor.open(BOB_PATH, BOB.replace("owner:", "owner: [stop").replace("tags:", "no_buyer:"))
    for text, new in (("stop:", "give_up"), ("no_buyer:", "nobody_signs")):
        edit = await rename(editor, BOOK_PATH, text, new)
        assert len(edit.document_changes or ()) == 1


async def test_two_that_are_told_apart_stay_so(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.open(BOB_PATH, BOB.replace("  pain:", "  signer: {met: 2026-11-09}\n  pain:"))
    assert await refused(editor, JANA_PATH, "buyer", "signer") == (
        "contacts/bob.md names a criterion 'signer' already: correct that first, or type another id"
    )


async def test_the_same_id_changes_nothing(editor: Editor) -> None:
    editor.open(JANA_PATH)
    for text, id in (("buyer", " buyer "), ("Jana", "nordlicht/jana-koehler")):
        edit = await rename(editor, JANA_PATH, text, id)
        assert (edit.changes, edit.document_changes) == (None, None)


async def test_renames_pass_the_check_against_what_was_committed(editor: Editor) -> None:
    repo = Repo(editor.root)
    repo.git("init", "--quiet", "-b", "main")
    repo.git("add", ".")
    repo.commit()
    editor.open(JANA_PATH)
    for text, new in (("clarifying", "looking"), ("buyer", "signer"), ("fit:", "profile"), ("Jana", "jana")):
        editor.apply(await rename(editor, JANA_PATH, text, new))
        if text != "Jana":
            await editor.diagnostics(JANA_PATH)  # by the rule book as it was before the editor told that it is saved
            editor.save(JANA_PATH)
            assert await editor.until(lambda: _is_clean(editor))
    repo.git("add", ".")
    done = crmtool("check", "--staged", "--today", TODAY, cwd=editor.root)
    assert done.status == 0, done.out
    assert "judge" not in done.out
    assert "to: looking" in repo.git("show", ":contacts/jana.md")


def _is_clean(editor: Editor) -> bool | None:
    return editor.published[editor.uri(JANA_PATH)][-1].diagnostics == () or None


# --- contacts ---


async def test_a_contact_moves_and_all_links_follow(editor: Editor) -> None:
    other = "contacts/acme/ann.md"
    write_files(editor.root, {other: JANA + "[J](../nordlicht/jana-koehler.md) [B](../bob.md)\n"})
    editor.open(JANA_PATH, JANA + "[Bob](../bob.md) [me](jana-koehler.md) [offer](files/o.pdf)\n")
    edit = await rename(editor, JANA_PATH, "Jana", "acme/neu/jana")
    assert edit.document_changes is not None
    move = edit.document_changes[-1]
    assert isinstance(move, types.RenameFile), "the file is moved when all is written"
    assert (move.old_uri, move.new_uri) == (editor.uri(JANA_PATH), editor.uri("contacts/acme/neu/jana.md"))
    editor.apply(edit)
    assert editor.text(JANA_PATH) == JANA + "[Bob](../../bob.md) [me](jana.md) [offer](../../nordlicht/files/o.pdf)\n"
    assert files(editor)[BOB_PATH] == BOB.replace("nordlicht/jana-koehler.md", "acme/neu/jana.md")
    assert files(editor)[other].endswith("[J](neu/jana.md) [B](../bob.md)\n")
    assert "contacts/acme/neu/jana.md" in files(editor)


async def test_it_can_be_done_from_a_link(editor: Editor) -> None:
    editor.open(BOB_PATH)
    edit = await rename(editor, BOB_PATH, "jana-koehler.md", "jana")
    editor.apply(edit)
    assert editor.text(BOB_PATH) == BOB.replace("nordlicht/jana-koehler.md", "jana.md")
    assert set(files(editor)) == {BOOK_PATH, BOB_PATH, "contacts/jana.md"}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        *((id, f"'{id}' is no contact's id: type one such as nordlicht/jana-koehler") for id in NO_IDS),
        ("BOB", "contacts/BOB.md is there already: type another id"),
        ("bob.md", "contacts/bob.md is there already: type another id"),
    ],
)
async def test_a_contact_cannot_be_called_so(editor: Editor, new: str, told: str) -> None:
    editor.open(JANA_PATH)
    assert await refused(editor, JANA_PATH, "Jana", new) == told


async def test_another_case_is_another_name(editor: Editor) -> None:
    editor.open(JANA_PATH)
    edit = await rename(editor, JANA_PATH, "Jana", "Nordlicht/Jana-Köhler")
    editor.apply(edit)
    assert files(editor)[BOB_PATH] == BOB.replace("nordlicht/jana-koehler.md", "Nordlicht/Jana-Köhler.md")


async def test_an_id_that_no_disk_takes_is_refused_in_words(editor: Editor) -> None:
    editor.open(JANA_PATH)
    assert "no name of more than 255 bytes" in await refused(editor, JANA_PATH, "Jana", "ü" * 130)
