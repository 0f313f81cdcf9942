"""A workspace in the index or in a revision."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtool.document import MAX_BYTES, read_contact, read_yaml
from crmtool.git import GitSnapshot, Repository
from crmtool.snapshot import UnreadableError

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo


def index_of(repo: Repo, prefix: str = "") -> GitSnapshot:
    repository = Repository.find(repo.top)
    return GitSnapshot(repository, repository.index(), prefix)


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


# --- what belongs to a workspace ---


def test_paths_are_those_of_the_workspace_alone(repo: Repo) -> None:
    repo.workspace().workspace("sales/")
    for path in ("README.md", "contacts/README.md", "contacts/_template.md", "contacts/.x/y.md", "contacts/photo.jpg"):
        repo.stage(path, "x")
    for path in ("schemas/contact.schema.json", "schemas/old/x.json", "schemas/README.md", "site/mkdocs.yml"):
        repo.stage(path, "x")
    repo.stage("contacts/nord/über uns.md", "x")
    with index_of(repo) as snapshot:
        assert sorted(snapshot.paths()) == [
            "contacts/jana.md",
            "contacts/nord/über uns.md",
            "criteria.yaml",
            "schemas/contact.schema.json",
        ]
    with index_of(repo, "sales/") as snapshot:
        assert sorted(snapshot.paths()) == ["contacts/jana.md", "criteria.yaml"]
        assert snapshot.read("criteria.yaml").decode() == repo.rules
    with index_of(repo, "hiring/") as snapshot, pytest.raises(UnreadableError, match="does not exist in this version"):
        snapshot.read("criteria.yaml")


def test_bytes_are_those_of_the_version(repo: Repo) -> None:
    repo.workspace().commit()
    repo.stage("contacts/jana.md", repo.moved)
    repo.write("contacts/jana.md", repo.bad)
    repository = Repository.find(repo.top)
    with index_of(repo) as staged, GitSnapshot(repository, repository.tree("HEAD"), "") as committed:
        assert staged.read("contacts/jana.md").decode() == repo.moved
        assert committed.read("contacts/jana.md").decode() == repo.good
        assert staged.content_id("contacts/jana.md") != committed.content_id("contacts/jana.md")
        assert staged.content_id("criteria.yaml") == committed.content_id("criteria.yaml")


def test_every_byte_is_kept(make_repo: MakeRepo) -> None:
    repo = make_repo("bytes", "--object-format=sha256")
    contents = [b"", b"\n", b"\r\n\0\xff", bytes(range(256)) * 300, b"no end of line", "ä".encode()]
    for number, content in enumerate(contents):
        repo.stage(f"contacts/{number}.md", content)
    with index_of(repo) as snapshot:
        assert [snapshot.read(f"contacts/{number}.md") for number in range(len(contents))] == contents


def test_a_checkout_with_crlf_is_read_as_stored(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    repo.stage("contacts/jana.md", repo.good.replace("\n", "\r\n"))
    with index_of(repo) as snapshot:
        assert snapshot.read("contacts/jana.md").decode() == repo.good
    assert set(Repository.find(repo.top).changes(None)) == {"contacts/jana.md"}


# --- reading many ---


def test_reading_ahead_gives_the_same(repo: Repo) -> None:
    contents = {f"contacts/{number:03}.md": repo.good + f"{number % 150}\n" for number in range(200)}
    contents["contacts/100.md"] = "x" * (MAX_BYTES + 500)
    for path, content in contents.items():
        repo.write(path, content)
    repo.git("add", ".")
    orders = [list(contents), list(contents)[::-1], [*contents, "contacts/absent.md"], []]
    for order in orders:
        with index_of(repo) as snapshot:
            snapshot.read_ahead(order)
            read = {path: snapshot.read(path).decode()[: MAX_BYTES + 1] for path in contents}
        assert read == {path: content[: MAX_BYTES + 1] for path, content in contents.items()}


def test_large_files_are_read_only_as_far_as_needed(repo: Repo) -> None:
    for size in (MAX_BYTES, MAX_BYTES + 1, MAX_BYTES + 2, 40 * MAX_BYTES):
        repo.stage(f"contacts/{size}.md", b"-" * size)
    repo.stage("contacts/jana.md", repo.good)
    with index_of(repo) as snapshot:
        assert len(snapshot.read(f"contacts/{MAX_BYTES}.md")) == MAX_BYTES
        for size in (MAX_BYTES + 1, MAX_BYTES + 2, 40 * MAX_BYTES):
            assert len(snapshot.read(f"contacts/{size}.md")) == MAX_BYTES + 1
            assert snapshot.read("contacts/jana.md").decode() == repo.good


def test_a_damaged_object_hides_no_other(repo: Repo) -> None:
    names = ["a", "b", "c", "d"]
    for name in names:
        repo.stage(f"contacts/{name}.md", f"{name}\n" * 100)
    files = {}
    for name in names:
        id = repo.git("hash-object", f"contacts/{name}.md").strip()
        files[name] = repo.top / ".git/objects" / id[:2] / id[2:]
    files["b"].unlink()
    files["c"].chmod(0o644)
    files["c"].write_bytes(b"nonsense")
    for ahead in ([], [f"contacts/{name}.md" for name in names]):
        with index_of(repo) as snapshot:
            snapshot.read_ahead(ahead)
            for name in names:
                if name in "ad":
                    assert snapshot.read(f"contacts/{name}.md").decode() == f"{name}\n" * 100
                else:
                    with pytest.raises(UnreadableError, match="Git cannot read the object") as caught:
                        snapshot.read(f"contacts/{name}.md")
                    assert "git fsck" in caught.value.hint


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes the way of Linux")
def test_no_process_is_left_behind(repo: Repo) -> None:
    repo.workspace()
    gc.collect()  # what other tests left to be ended
    before = children()
    snapshot = index_of(repo)
    with snapshot:
        snapshot.read("criteria.yaml")
        snapshot.read("contacts/jana.md")
        assert len(children() - before) == 1
    assert not children() - before
    snapshot.read("criteria.yaml")
    assert len(children() - before) == 1, "started again"
    del snapshot
    gc.collect()
    assert not children() - before, "ended with what used it"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes the way of Linux")
def test_a_process_that_is_killed_is_started_again(repo: Repo) -> None:
    repo.workspace()
    before = children()
    with index_of(repo) as snapshot:
        snapshot.read("criteria.yaml")
        [process] = children() - before
        os.kill(int(process), signal.SIGKILL)
        with pytest.raises(UnreadableError):
            snapshot.read("contacts/jana.md")
        assert snapshot.read("contacts/jana.md").decode() == repo.good


# --- symbolic links ---


def link(repo: Repo, path: str, target: str) -> None:
    (repo.top / path).parent.mkdir(parents=True, exist_ok=True)
    (repo.top / path).symlink_to(target)
    repo.git("add", "--", path)


@pytest.mark.parametrize(
    ("target", "also"),
    [
        ("jana.md", {}),
        ("./../contacts//jana.md", {}),
        ("chain.md", {"sales/contacts/chain.md": "../people/chain.md", "sales/people/chain.md": "../contacts/jana.md"}),
        ("folder/jana.md", {"sales/contacts/folder": "."}),
        ("../../sales/contacts/jana.md", {}),
        ("{top}/sales/contacts/jana.md", {}),
    ],
)
def test_a_link_inside_the_workspace_is_followed(repo: Repo, target: str, also: dict[str, str]) -> None:
    repo.workspace("sales/")
    link(repo, "sales/contacts/link.md", target.replace("{top}", str(repo.top)))
    for path, where in also.items():
        link(repo, path, where)
    assert (repo.top / "sales/contacts/link.md").read_text("utf-8") == repo.good, "so does the file system"
    with index_of(repo, "sales/") as snapshot:
        assert snapshot.read("contacts/link.md").decode() == repo.good
        assert snapshot.content_id("contacts/link.md") == snapshot.content_id("contacts/jana.md")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/etc/hostname", "leads out of the workspace; it is not followed"),
        ("../../../../etc/hostname", "leads out of the workspace; it is not followed"),
        ("../../hiring/contacts/jana.md", "leads out of the workspace; it is not followed"),
        ("../../README.md", "leads out of the workspace; it is not followed"),
        ("out/jana.md", "leads out of the workspace; it is not followed"),
        ("absent.md", "leads to no file of this version"),
        ("..", "leads to no file of this version"),
        ("link.md", "leads in a circle"),
        ("circle/a.md", "leads in a circle"),
    ],
)
def test_a_link_elsewhere_is_not(repo: Repo, target: str, reason: str) -> None:
    repo.workspace("sales/").workspace("hiring/")
    repo.stage("README.md", "x")
    link(repo, "sales/contacts/out", "../../hiring/contacts")
    link(repo, "sales/contacts/circle", "circle")
    link(repo, "sales/contacts/link.md", target)
    with index_of(repo, "sales/") as snapshot:
        with pytest.raises(UnreadableError, match=reason) as caught:
            snapshot.read("contacts/link.md")
        assert caught.value.hint
        assert snapshot.content_id("contacts/link.md") is None
        assert snapshot.read("contacts/jana.md").decode() == repo.good


# --- a merge that is not finished ---


def conflict(repo: Repo) -> None:
    repo.workspace().stage("contacts/gone.md", repo.good)
    repo.commit()
    repo.git("switch", "-qc", "theirs")
    for path, content in (("contacts/jana.md", repo.moved), ("criteria.yaml", repo.rules + "# theirs")):
        repo.stage(path, content)
    repo.git("rm", "-q", "contacts/gone.md")
    repo.commit()
    repo.git("switch", "-q", "main")
    for path, content in (("contacts/jana.md", repo.bad), ("criteria.yaml", repo.rules + "# ours")):
        repo.stage(path, content)
    repo.stage("contacts/gone.md", repo.moved)
    repo.commit()
    assert repo.attempt("git", "merge", "theirs").returncode == 1


def test_an_unmerged_file_reads_as_a_conflict(repo: Repo) -> None:
    conflict(repo)
    with index_of(repo) as snapshot:
        paths = {"contacts/jana.md", "contacts/gone.md", "criteria.yaml"}
        assert set(snapshot.paths()) == paths
        for path in paths:
            read = read_yaml if path == "criteria.yaml" else read_contact
            document = read(path, snapshot.read(path))
            assert [(problem.code, problem.span.start) for problem in document.problems] == [("merge-conflict", 0)]
            assert snapshot.content_id(path) is None
        text = snapshot.read("contacts/jana.md").decode()
        assert text == f"<<<<<<< ours\n{repo.bad}=======\n{repo.moved}>>>>>>> theirs\n"
        assert snapshot.read("contacts/gone.md").decode() == f"<<<<<<< ours\n{repo.moved}=======\n>>>>>>> theirs\n"
    with index_of(repo) as snapshot:
        assert b"# ours\n=======\n" in snapshot.read("criteria.yaml"), "each marker is on a line of its own"


def test_a_resolved_file_is_itself_again(repo: Repo) -> None:
    conflict(repo)
    repo.stage("contacts/jana.md", repo.moved)
    with index_of(repo) as snapshot:
        assert snapshot.read("contacts/jana.md").decode() == repo.moved
