"""The extension for VS Code: what is packaged, and that it starts the server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from crmtool import __version__
from tests.conftest import JANA, ROOT, TODAY, write_files

EXTENSION = ROOT / "editors" / "vscode"
STAND_IN = Path(__file__).with_name("vscode.js")
MAIN = "extension/dist/extension.js"
_OUT_OF_REACH = re.compile(
    r"code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EIDLETIMEOUT|ERR_SOCKET_TIMEOUT|EPIPE"
    r"|FETCH_ERROR|ERR_STREAM_PREMATURE_CLOSE|EPROTO|ERR_(SSL|TLS)_\w+|\w*CERT\w*|\w*LEAF_SIGNATURE|E40[1378]|E429|E5\d\d)\b"
)
"""What npm says where there is no network, none that leads to its registry, or a registry that gives nothing now."""
CRMTOOL = [sys.executable, "-m", "crmtool", "lsp", "--today", TODAY]


def _major_version_of_node() -> int:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return 0
    version = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout
    return int(version.removeprefix("v").split(".")[0])


pytestmark = pytest.mark.skipif(
    _major_version_of_node() < 20, reason="Node.js 20 or newer and npm are not installed; see scripts/ensure-editors"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension, packaged as its README says."""
    folder = tmp_path_factory.mktemp("vscode") / "vscode"
    shutil.copytree(EXTENSION, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    fetched = _npm(folder, "ci", "--no-audit", "--offline")
    if fetched.returncode != 0:
        patience = ("--fetch-timeout=20000", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
        fetched = _npm(folder, "ci", "--no-audit", "--prefer-offline", *patience)
    if fetched.returncode != 0 and _OUT_OF_REACH.search(fetched.stderr):
        pytest.skip("npm's registry cannot be reached, and npm has not kept what the extension is made of")
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    packaged = _npm(folder, "run", "package")
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    (made,) = folder.glob("*.vsix")
    return made


def _npm(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["npm", *arguments], cwd=folder, capture_output=True, check=False, text=True)


@pytest.fixture(scope="module")
def unpacked(package: Path) -> Path:
    folder = package.parent / "unpacked"
    with ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


def test_the_package_holds_what_is_needed_and_nothing_else(package: Path) -> None:
    with ZipFile(package) as archive:
        names = set(archive.namelist())
    assert names == {
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "extension/LICENSE.txt",
        "extension/package.json",
        "extension/readme.md",
        MAIN,
        "extension/dist/LICENSES.txt",
    }
    assert package.stat().st_size < 250_000


def test_what_is_bundled_brings_its_licence_along(unpacked: Path) -> None:
    licences = (unpacked / "extension/dist/LICENSES.txt").read_text("utf-8")
    for name in ("vscode-languageclient", "vscode-jsonrpc", "minimatch", "semver"):
        assert re.search(rf"^{name} \d+\.\d+\.\d+\n\n\S", licences, re.MULTILINE)
    assert "Permission is hereby granted" in licences


def test_the_manifest_says_when_it_starts_and_what_it_may(unpacked: Path) -> None:
    manifest = json.loads((unpacked / "extension/package.json").read_text("utf-8"))
    assert (unpacked / "extension" / manifest["main"]).is_file()
    assert manifest["version"] == __version__
    assert manifest["activationEvents"] == ["workspaceContains:**/criteria.yaml"]
    assert manifest["capabilities"]["untrustedWorkspaces"]["supported"] is False
    command = manifest["contributes"]["configuration"]["properties"]["crmtool.command"]
    assert command["default"] == ["crmtool", "lsp"]
    assert command["scope"] == "machine", "a folder that is opened must not choose which program is started"
    assert (EXTENSION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_lock_file_names_versions_and_no_addresses() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    manifest = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    assert lock["version"] == manifest["version"]
    wanted = manifest["devDependencies"]
    assert {name: lock["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert not any("resolved" in package for package in lock["packages"].values())


def test_the_server_is_started_told_of_the_contact_and_started_anew(unpacked: Path, workspace: Path) -> None:
    path = "contacts/nordlicht/jana-koehler.md"
    write_files(workspace, {path: JANA.replace("status: clarifying", "status: clarifyin")})
    with _activated(unpacked, workspace / path, CRMTOOL) as (editor, news):
        assert next(news) == {"command": "crmtool.restart"}
        first = next(item for item in news if "found" in item)
        editor.stdin.write("crmtool.restart\n")
        editor.stdin.flush()
        second = next(item for item in news if item.get("client") == 2)
    assert second == {**first, "client": 2}
    assert first["file"] == str(workspace / path)
    ((code, message),) = first["found"]
    assert code == "unknown-status"
    assert "clarifyin" in message


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["crmtool-is-not-here", "lsp"], "“crmtool-is-not-here lsp”"),
        ([sys.executable, "-c", "raise SystemExit(2)"], f"“{sys.executable} -c raise SystemExit(2)”"),
        ("crmtool lsp", "“crmtool lsp”"),
        ([], "“”"),
    ],
)
def test_what_cannot_be_started_is_told_once_with_what_to_do(
    unpacked: Path, workspace: Path, command: Sequence[str], named: str
) -> None:
    with _activated(unpacked, workspace / "contacts/nordlicht/jana-koehler.md", command) as (editor, news):
        editor.stdin.close()
        (told,) = (item["error"] for item in news if "error" in item)
    assert named in told
    assert "pip install '.[lsp]'" in told
    assert "crmtool.command" in told


@contextmanager
def _activated(unpacked: Path, file: Path, command: Sequence[str]) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
    """Run the packaged extension in a stand-in for VS Code; gives its process, and what it does."""
    arguments = ["node", str(STAND_IN), str(unpacked / MAIN), str(file), json.dumps(command)]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ
    ) as editor:
        assert editor.stdin is not None
        assert editor.stdout is not None
        try:
            yield editor, map(json.loads, editor.stdout)
            editor.stdin.close()
            assert editor.wait(timeout=30) == 0
        finally:
            editor.kill()
