"""Symbolic links of a stranger's workspace: nothing is read or written by way of one that leads out of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, write_files
from tests.git.conftest import Repo
from tests.hostile.conftest import told

LOOKS = (
    "check",
    "focus",
    "list",
    "board",
    "log",
    "export",
    "diff",
    "blame secret",
    "why secret",
    "subject secret",
    "doctor",
)
STATES = {"criteria.yaml": RULEBOOK, "contacts/nordlicht/jana-koehler.md": JANA}


def state(folder: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def workspace(repo: Repo) -> Path:
    """A workspace in a repository, nothing of it committed."""
    return write_files(repo.top, STATES)


@pytest.mark.parametrize(
    "name", ["contacts/secret.md", "contacts/secret", "schemas", "site/pages", "site/mkdocs.yml", "notes"]
)
@pytest.mark.parametrize("is_hidden_from_git", [False, True])
def test_who_looks_sees_nothing_of_it(workspace: Path, outside: Path, name: str, is_hidden_from_git: bool) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).symlink_to(outside / "secret.md" if "." in name else outside)
    write_files(workspace, {".gitignore": f"/{name}\n"} if is_hidden_from_git else {})
    for look in LOOKS:
        done = told(*look.split(), at=workspace)
        assert "SECRET" not in done.out + done.err, look
    assert list(state(outside)) == ["secret.md"]


def test_contacts_may_not_lie_elsewhere(repo: Repo, outside: Path) -> None:
    write_files(outside, {"jana.md": JANA})
    write_files(repo.top, {"criteria.yaml": RULEBOOK})
    (repo.top / "contacts").symlink_to(outside)
    before = state(outside)
    assert "Jana" not in told("list", at=repo.top).out
    assert told("why", "jana", at=repo.top).status == 2
    assert "link that leads out" in told("new", "Ada", "--because", "x", at=repo.top).err
    assert state(outside) == before


@pytest.mark.parametrize(
    "command",
    [
        ("answer", "jana-koehler", "fit", "met"),
        ("decide", "jana-koehler", "stop", "--because", "x", "--reason", "no_fit"),
        ("next", "jana-koehler", "--do", "x", "--clarifies", "buyer", "--due", "7d"),
        ("edit", "jana-koehler"),
    ],
)
def test_a_contact_that_leads_out_is_not_changed(
    workspace: Path, outside: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    write_files(outside, {"jana.md": JANA})
    contact = workspace / "contacts/nordlicht/jana-koehler.md"
    contact.unlink()
    contact.symlink_to(outside / "jana.md")
    before = state(outside)
    done = told(*command, at=workspace)
    assert done.status == 2
    assert "leads out of the workspace" in done.err
    assert state(outside) == before


def test_new_contacts_do_not_go_where_a_folder_leads(workspace: Path, outside: Path) -> None:
    (workspace / "contacts/acme").symlink_to(outside)
    write_files(workspace, {"leads.csv": "Name;Firma;E-Mail\nIda;ACME;ida@acme.example\n"})
    before = state(outside)
    told("new", "Ada", "--organization", "ACME", "--because", "x", at=workspace)
    told("new", "Ada", "--id", "acme/ada", "--because", "x", at=workspace)
    done = told("import", "leads.csv", at=workspace)
    assert "1 record read" in done.out
    assert state(outside) == before


@pytest.mark.parametrize(
    "name", ["contacts", "schemas", "site", "site/pages", ".gitignore", ".gitattributes", "criteria.yaml"]
)
def test_init_neither_copies_in_nor_writes_out(repo: Repo, outside: Path, name: str) -> None:
    """A .gitignore that leads to a private key would be added to, as a file of the repository: and be pushed."""
    (repo.top / name).parent.mkdir(exist_ok=True)
    (repo.top / name).symlink_to(outside / "secret.md" if "." in name else outside)
    before = state(outside)
    done = told("init", at=repo.top)
    assert done.status == 2
    assert state(outside) == before
    assert not any(
        b"SECRET" in file.read_bytes() for file in repo.top.iterdir() if file.is_file() and not file.is_symlink()
    )


@pytest.mark.parametrize("kind", ["github", "forgejo", "gitlab"])
@pytest.mark.parametrize("depth", [1, 2])
def test_ci_files_are_not_written_out(workspace: Path, outside: Path, kind: str, depth: int) -> None:
    (outside / "ci").mkdir()
    write_files(workspace, {".gitlab-ci.yml": "other: {}\n"})
    link = workspace / Path(f".{kind}", "ci" if kind == "gitlab" else "workflows").parts[0] if depth == 1 else None
    link = link or workspace / f".{kind}" / ("ci" if kind == "gitlab" else "workflows")
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    before = state(outside)
    done = told("init", "--ci", kind, at=workspace)
    assert "leads out of" in done.err
    assert (done.status, state(outside)) == (2, before)


def test_schemas_and_attributes_are_not_written_out(workspace: Path, outside: Path) -> None:
    (workspace / "schemas").symlink_to(outside)
    (workspace / ".gitattributes").symlink_to(outside / "secret.md")
    before = state(outside)
    assert told("init", "--schemas", at=workspace).status == 2
    assert told("hook", "install", "--merge-only", at=workspace).status == 2
    assert state(outside) == before
    assert (workspace / ".gitattributes").is_symlink()


@pytest.mark.parametrize(
    "arguments", [("export", "-o"), ("subject", "jana", "-o"), ("import", "leads.csv", "--mapping")]
)
@pytest.mark.parametrize("name", ["out.csv", "folder/out.csv", "new.csv"])
def test_what_is_asked_for_is_not_written_out(
    workspace: Path, outside: Path, arguments: tuple[str, ...], name: str
) -> None:
    write_files(workspace, {"leads.csv": "Wer;Was\nIda;1\n"})
    (workspace / "out.csv").symlink_to(outside / "secret.md")
    (workspace / "new.csv").symlink_to(outside / "new.csv")
    (workspace / "folder").symlink_to(outside)
    before = state(outside)
    assert told(*arguments, name, at=workspace).status == 2
    assert state(outside) == before


def test_a_merge_writes_its_own_file_alone(workspace: Path, outside: Path) -> None:
    for side in ("base", "ours", "theirs"):
        write_files(workspace, {side: JANA if side != "theirs" else JANA.replace("owner: mira", "owner: ben")})
    (workspace / "ours").unlink()
    write_files(outside, {"ours": JANA})
    (workspace / "ours").symlink_to(outside / "ours")
    told("merge-driver", "base", "ours", "theirs", "contacts/nordlicht/jana-koehler.md", at=workspace)
    assert (outside / "ours").read_text("utf-8") == JANA


def test_a_hook_that_is_a_link_is_kept_as_it_is(workspace: Path, outside: Path) -> None:
    hook = workspace / ".git/hooks/pre-commit"
    hook.unlink(missing_ok=True)
    hook.symlink_to(outside / "secret.md")
    assert told("hook", "install", at=workspace).status == 0
    assert (outside / "secret.md").read_text("utf-8") == "SECRET\n"
    assert not hook.is_symlink()
