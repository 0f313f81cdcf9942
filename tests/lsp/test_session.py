"""A session: which files the server speaks of, and that it neither ends before its time nor stays behind."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from tests.conftest import JANA, RULEBOOK, crmtool, write_files
from tests.lsp.client import Editor, served
from tests.lsp.test_diagnostics import JANA_PATH, nothing, told

NAMED = "Nordlicht Logistik GmbH · Jana Köhler"
BAD = JANA.replace("status: clarifying", "status: clarifyng")


async def test_it_is_silent_outside_of_a_workspace_and_of_what_is_no_contact(tmp_path: Path) -> None:
    files = {
        "notes/todo.md": "# To do\n",
        "crm/README.md": "---\nstatus: none\n---\n",
        "crm/contacts/README.md": "Nobody\n",
        "crm/contacts/_template.md": "---\nstatus: none\n---\n",
        "crm/other.yaml": "a: [",
        "crm/criteria.yaml": RULEBOOK,
        "crm/contacts/jana.md": BAD,
    }
    write_files(tmp_path, files)
    async with served(tmp_path) as editor:
        for path in files:
            editor.open(path)
        assert await editor.codes("crm/contacts/jana.md") == ["unknown-status"]
        await told(editor, "crm/contacts/jana.md", "unknown-status")
        spoken_of = {uri.removeprefix(tmp_path.as_uri() + "/") for uri in editor.published}
        assert spoken_of == {"crm/criteria.yaml", "crm/contacts/jana.md"}
        hover = types.HoverParams(types.TextDocumentIdentifier(editor.uri("notes/todo.md")), types.Position(0, 1))
        assert await editor.client.text_document_hover_async(hover) is None


async def test_texts_that_are_no_files_are_left_alone(editor: Editor) -> None:
    for uri in (
        "untitled:Untitled-1",
        "git:/contacts/a.md?ref",
        "file:///contacts/%00.md",
        "file:a.md",
        "file://",
        "x",
    ):
        item = types.TextDocumentItem(uri, "markdown", 1, BAD)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    editor.open(JANA_PATH)
    assert await editor.codes(JANA_PATH) == []
    assert set(editor.published) == {editor.uri(JANA_PATH)}


async def test_each_contact_is_judged_by_the_rule_book_of_its_own_workspace(tmp_path: Path) -> None:
    inner = RULEBOOK.replace("clarifying", "talking")
    files = {
        "sales/criteria.yaml": RULEBOOK,
        "sales/contacts/jana.md": JANA,
        "hiring/criteria.yaml": inner,
        "hiring/contacts/jana.md": JANA,
    }
    write_files(tmp_path, files)
    async with served(tmp_path) as editor:
        editor.open("sales/contacts/jana.md")
        editor.open("hiring/contacts/jana.md")
        assert await editor.codes("sales/contacts/jana.md") == []
        assert "unknown-status" in await editor.codes("hiring/contacts/jana.md")


async def test_a_workspace_in_a_folder_that_is_a_link_is_found(tmp_path: Path) -> None:
    write_files(tmp_path / "real", {"criteria.yaml": RULEBOOK, "contacts/jana.md": BAD})
    (tmp_path / "link").symlink_to("real")
    async with served(tmp_path) as editor:
        editor.open("link/contacts/jana.md")
        assert await editor.codes("link/contacts/jana.md") == ["unknown-status"]


async def test_a_new_contact_is_judged_before_it_has_a_file_or_a_folder(editor: Editor) -> None:
    editor.open("contacts/new-folder/new.md", BAD)
    assert await editor.codes("contacts/new-folder/new.md") == ["unknown-status"]


@pytest.mark.parametrize("is_told", [False, True], ids=["saved in the editor", "made beside it"])
async def test_open_texts_are_served_once_they_lie_in_a_workspace(tmp_path: Path, is_told: bool) -> None:
    write_files(tmp_path, {"contacts/jana.md": JANA, "readme.md": "# Read me\n"})
    async with served(tmp_path) as editor:
        editor.open("readme.md")
        editor.open("contacts/jana.md")
        editor.open("criteria.yaml", RULEBOOK)
        editor.change("contacts/jana.md", BAD)
        assert await found_by_name(editor, "jana") == []
        editor.save("criteria.yaml")
        if is_told:
            created = types.FileEvent(editor.uri("criteria.yaml"), types.FileChangeType.Created)
            editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([created]))
        assert await editor.codes("contacts/jana.md") == ["unknown-status"]
        assert await editor.codes("criteria.yaml") == []
        editor.change("contacts/jana.md", JANA)
        assert await editor.codes("contacts/jana.md") == []


async def test_a_file_that_is_open_by_two_addresses_is_judged_as_each_text_stands(tmp_path: Path) -> None:
    write_files(tmp_path / "real", {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA})
    (tmp_path / "link").symlink_to("real")
    one, other = "real/contacts/jana.md", "link/contacts/jana.md"
    async with served(tmp_path) as editor:
        editor.open(one)
        editor.open(other, JANA.replace("Jana", "Janina"))
        for path, name in ((one, "Jana Köhler"), (other, "Janina Köhler")):
            symbols = types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri(path)))
            (symbol,) = await editor.client.text_document_document_symbol_async(symbols) or []
            assert symbol.name == name
        editor.change(other, BAD)
        assert await editor.codes(other) == ["unknown-status"]
        editor.save(one)
        assert await editor.codes(one) == []
        editor.close(one)
        told_last = editor.published[editor.uri(one)]
        await editor.until(lambda: told_last[-1].version is None or None)  # as of a text that is not open
        assert not told_last[-1].diagnostics
        editor.change(other, JANA)
        await nothing(editor, other)
        editor.change(other, BAD)
        assert await editor.codes(other) == ["unknown-status"]


async def found_by_name(editor: Editor, query: str) -> list[str]:
    """Give the names of what is found in the workspaces that are looked at."""
    found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
    return [each.name for each in found or []]


@pytest.mark.parametrize("with_folders", [True, False], ids=["folders", "a root"])
async def test_the_workspaces_of_the_editors_folders_are_known_before_anything_is_opened(
    workspace: Path, with_folders: bool
) -> None:
    async with served(workspace, with_folders=with_folders) as editor:
        await until_found(editor, "köhler", [NAMED])
        editor.open(JANA_PATH)
        editor.close(JANA_PATH)
        assert await found_by_name(editor, "köhler") == [NAMED]
        folder = types.WorkspaceFolder(uri=workspace.as_uri(), name="workspace")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        params = types.DidChangeWorkspaceFoldersParams(event)
        editor.client.workspace_did_change_workspace_folders(params)
        assert await found_by_name(editor, "köhler") == []


async def test_a_file_whose_name_is_no_utf8_hides_no_other(editor: Editor) -> None:
    try:
        (editor.root / "contacts" / os.fsdecode(b"k\xf6hler.md")).write_text(JANA)
    except OSError:
        pytest.skip("this disk takes no such names")
    editor.open(JANA_PATH)
    await until_found(editor, "köhler", [NAMED, NAMED])


async def until_found(editor: Editor, query: str, names: list[str]) -> None:
    """Ask until something is found: what is read beside all else is not announced."""
    async with asyncio.timeout(30):
        while await found_by_name(editor, query) != names:
            await asyncio.sleep(0.02)


async def test_what_was_found_goes_with_the_text(editor: Editor) -> None:
    editor.open(JANA_PATH, BAD)
    assert await editor.codes(JANA_PATH) == ["unknown-status"]
    editor.close(JANA_PATH)
    await nothing(editor, JANA_PATH)
    editor.open(JANA_PATH, BAD)
    assert await editor.codes(JANA_PATH) == ["unknown-status"]


async def test_a_file_that_changes_on_the_disk_is_heard_of(workspace: Path) -> None:
    able = client_capabilities("visual_studio_code")
    assert able.workspace is not None
    able.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    async with served(workspace, able) as editor:
        await hear_of_a_change(editor)


async def hear_of_a_change(editor: Editor) -> None:
    """Change the rule book beside the editor, and wait until the editor shows what comes of it."""
    editor.open(JANA_PATH)
    assert await editor.codes(JANA_PATH) == []
    assert [each.method for each in editor.registered] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    write_files(editor.root, {"criteria.yaml": RULEBOOK.replace("clarifying", "talking")})
    changed = types.FileEvent(editor.uri("criteria.yaml"), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))
    await told(editor, JANA_PATH, "unknown-status")
    both = {types.WORKSPACE_CODE_LENS_REFRESH, types.WORKSPACE_INLAY_HINT_REFRESH}
    await editor.until(lambda: both.issubset(editor.refreshed) or None)


async def test_an_editor_that_can_do_nothing_but_show_is_served(workspace: Path) -> None:
    async with served(workspace, types.ClientCapabilities()) as editor:
        assert editor.encoding == "utf-16"
        editor.open(JANA_PATH, BAD)
        assert await editor.codes(JANA_PATH) == ["unknown-status"]
        # Told again once the disk was looked at, which is when others are asked to refresh what they show.
        await editor.until(lambda: len(editor.published[editor.uri(JANA_PATH)]) > 1 or None)
    assert editor.registered == []
    assert editor.refreshed == []


async def test_the_day_is_the_one_that_it_was_started_with(workspace: Path) -> None:
    async with served(workspace, arguments=("--stdio", "--today", "2026-12-20")) as editor:
        editor.open(JANA_PATH)
        assert "next-step-overdue" in await editor.codes(JANA_PATH)


async def test_what_an_editor_should_not_send_does_not_end_it(editor: Editor) -> None:
    unknown = types.VersionedTextDocumentIdentifier(uri=editor.uri("contacts/never-opened.md"), version=4)
    change = types.TextDocumentContentChangeWholeDocument("")
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(unknown, [change]))
    nobody = types.TextDocumentIdentifier(unknown.uri)
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(nobody))
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(nobody))
    editor.open(JANA_PATH)
    editor.open(JANA_PATH, BAD)
    await told(editor, JANA_PATH, "unknown-status")
    editor.change(JANA_PATH, "---\nname: \ud83d\n---\n")
    assert await editor.codes(JANA_PATH) == ["not-utf8"]


async def test_a_workspace_that_is_deleted_meanwhile_does_not_end_it(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.open("criteria.yaml")
    assert await editor.codes("criteria.yaml") == await editor.codes(JANA_PATH) == []
    (editor.root / "criteria.yaml").unlink()
    (editor.root / JANA_PATH).unlink()
    (editor.root / JANA_PATH).parent.rmdir()
    (editor.root / "contacts").rmdir()
    editor.change(JANA_PATH, BAD)
    assert await editor.codes(JANA_PATH) == ["unknown-status"]
    editor.close("criteria.yaml")
    await told(editor, JANA_PATH, "unknown-status")


def messages(*bodies: dict[str, Any]) -> bytes:
    """Write messages as they go over the wire."""
    data = [json.dumps({"jsonrpc": "2.0", **body}).encode() for body in bodies]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(each), each) for each in data)


INITIALIZE = {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}


def run_server(given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "crmtool", "lsp"], input=given, capture_output=True, check=False, timeout=60
    )


def test_it_ends_when_it_is_told_to_or_its_editor_is_gone() -> None:
    usual = [{"method": "workspace/didChangeConfiguration", "params": {"settings": {}}}]
    usual += [{"method": "$/cancelRequest", "params": {"id": 1}}]
    polite = run_server(messages(INITIALIZE, *usual, {"id": 2, "method": "shutdown"}, {"method": "exit"}))
    assert (polite.returncode, polite.stderr) == (0, b"")
    impolite = run_server(messages(INITIALIZE, {"method": "exit"}))
    assert (impolite.returncode, impolite.stderr) == (1, b"")
    gone = run_server(messages(INITIALIZE))
    assert gone.returncode == 1
    assert b"Traceback" not in gone.stderr
    assert b'"positionEncoding": "utf-16"' in gone.stdout or b'"positionEncoding":"utf-16"' in gone.stdout


def test_what_is_no_message_is_survived() -> None:
    noise = b"Content-Length: 5\r\n\r\nhello" + messages({"id": 7, "method": "no/such", "params": {}})
    done = run_server(noise + messages(INITIALIZE, {"id": 2, "method": "shutdown"}, {"method": "exit"}))
    assert b'"id": 2' in done.stdout or b'"id":2' in done.stdout


def test_a_wrong_day_is_told_at_once(tmp_path: Path) -> None:
    run = crmtool("lsp", "--today", "yesterday", cwd=tmp_path)
    assert run.status == 2
    assert "is no date" in run.err


def test_without_its_package_it_says_what_to_install(tmp_path: Path) -> None:
    write_files(tmp_path, {"hidden/pygls/__init__.py": "raise ImportError('pygls is hidden')\n"})
    run = crmtool("lsp", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "hidden")})
    assert (run.status, run.out) == (2, "")
    assert run.err == "crmtool: the language server needs the package pygls\n    pip install 'crmtool[lsp]'\n"


async def test_no_other_command_imports_it(tmp_path: Path) -> None:
    code = "import sys; from crmtool.cli import main\ntry: main(['check'])\nfinally: print(*sys.modules, sep='\\n')"
    write_files(tmp_path, {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    loaded = set((await process.communicate())[0].decode().split())
    assert "crmtool.check" in loaded
    assert not {"pygls", "lsprotocol", "asyncio"} & loaded


def test_a_refused_rename_is_told_to_the_person_and_no_log(workspace: Path) -> None:
    uri = (workspace / JANA_PATH).as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": JANA}
    rename = {"textDocument": {"uri": uri}, "position": {"line": 8, "character": 9}, "newName": "no"}
    done = run_server(
        messages(
            INITIALIZE,
            {"method": "textDocument/didOpen", "params": {"textDocument": document}},
            {"id": 2, "method": "textDocument/rename", "params": rename},
            {"id": 3, "method": "shutdown"},
            {"method": "exit"},
        )
    )
    assert b"-32803" in done.stdout
    assert done.stderr == b""
