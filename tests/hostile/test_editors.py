"""Addresses that an editor hands on: none leads the server out of a workspace, or to what is no file."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from crmtool.lsp.addresses import place_in
from crmtool.lsp.server import CrmtoolServer
from tests.building import day
from tests.conftest import JANA, RULEBOOK, TODAY, write_files

ADDRESSES = (
    "untitled:Untitled-1",
    "untitled:contacts/x.md",
    "git:/w/contacts/jana.md?ref",
    "http://127.0.0.1:9/contacts/x.md",
    "data:,x",
    "file://server/share/contacts/x.md",
    "file:////server/share/x.md",
    "file:contacts/x.md",
    "file://",
    "file:///",
    "",
    "x",
    "javascript:1",
    "file:///proc/self/environ",
    "file:///dev/zero",
    "vscode-remote://x/contacts/x.md",
    "file:///%00",
    "file:///%",
    "file:///%ff%fe",
    "file:///C:/x.md",
    "file://[::1",
    "file:///" + "a/" * 5_000,
)
INSIDE = (
    "{root}/contacts/../../outside/secret.md",
    "{root}/contacts/%2e%2e/%2e%2e/outside/secret.md",
    "{root}/contacts/..%2f..%2foutside/secret.md",
    "{root}/contacts/%252e%252e/x.md",
    "{root}/contacts/link/secret.md",
    "{root}/contacts/link.md",
    "{root}/contacts/a%00b.md",
    "{root}/contacts/..\\x.md",
    "{root}/contacts/x%0a.md",
    "{root}/../outside/secret.md",
)


@pytest.fixture
def root(tmp_path: Path, outside: Path) -> Path:
    root = write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA})
    (root / "contacts/link").symlink_to(outside)
    (root / "contacts/link.md").symlink_to(outside / "secret.md")
    return root


@pytest.mark.parametrize("address", [*ADDRESSES, *INSIDE])
def test_addresses_that_lead_elsewhere(root: Path, outside: Path, address: str) -> None:
    found = place_in(address if address in ADDRESSES else "file://" + address.format(root=root))
    assert found is None or (found[0] == root and not found[1].startswith("/")), found


@pytest.mark.parametrize("address", [*ADDRESSES, *INSIDE])
async def test_the_server_reads_nothing_of_them(
    root: Path, outside: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = CrmtoolServer(lambda: day(TODAY))
    said: list[types.PublishDiagnosticsParams] = []
    monkeypatch.setattr(server, "text_document_publish_diagnostics", said.append)
    monkeypatch.setattr(server, "publish_all", lambda _: None)
    monkeypatch.setattr(server, "_look_again", lambda _: None)
    monkeypatch.setattr(CrmtoolServer, "encoding", "utf-16")
    uri = address if address in ADDRESSES else "file://" + address.format(root=root)
    server.did_open(types.TextDocumentItem(uri, "markdown", 1, JANA))
    server.opened(uri)
    server.files_changed([uri])
    for workspace in server.workspaces.values():
        assert workspace.root == root
        for path in workspace.open_paths:
            assert not path.startswith(("/", "..")), "a text that is open stands for a file of the workspace alone"
    assert not any("SECRET" in each.message for one in said for each in one.diagnostics)
    assert list(outside.iterdir()) == [outside / "secret.md"]
