"""What git-filter-repo is given to call, which runs on its own and knows nothing of crmtool."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crmtool.git import history_filter
from crmtool.git.history_filter import PLAN_VARIABLE, change_commit, change_tag


@dataclass
class FileChange:
    type: bytes
    filename: bytes
    blob_id: bytes | None = None
    mode: bytes | None = None


@dataclass
class Commit:
    original_id: bytes
    file_changes: list[FileChange] = field(default_factory=list)
    message: bytes = b"By Jana, for Jana"
    author_name: bytes = b"Jana"
    author_email: bytes = b"jana@x.example"
    author_date: bytes = b"1 +0000"
    committer_name: bytes = b"Mira"
    committer_email: bytes = b"mira@x.example"
    committer_date: bytes = b"1 +0000"
    parents: list[int] = field(default_factory=list)


PLAN = {
    "commits": {"c1": {"drop": ["a.md", "b.md"], "delete": ["b.md"], "writes": {"new.md": "t1", "old.md": None}}},
    "files": {"notes \udcff.txt": "notes \udcff.txt", "jana.txt": "erased.txt"},
    "blobs": {"n0": "n1"},
    "messages": {"c1": [[3, 7, "[x]"], [13, 17, "[gelöscht]"]], "t1": [[0, 2, "For"]]},
    "people": {"c1": {"author": ["Nobody", "nobody@invalid"]}},
}


@pytest.fixture(autouse=True)
def _plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(PLAN), "ascii")
    monkeypatch.setenv(PLAN_VARIABLE, str(tmp_path / "plan.json"))
    history_filter._plan.cache_clear()
    history_filter._made.cache_clear()


def test_a_commit_is_changed_as_planned() -> None:
    commit = Commit(
        b"c1",
        [
            FileChange(b"M", b"a.md", b"a0", b"100644"),
            FileChange(b"M", b"b.md", b"b0", b"100644"),
            FileChange(b"M", b"notes \xff.txt", b"n0", b"100755"),
            FileChange(b"D", b"jana.txt"),
            FileChange(b"M", b"other.txt", b"n0", b"100644"),
        ],
    )
    change_commit(commit, FileChange)
    assert commit.file_changes == [
        FileChange(b"D", b"b.md"),
        FileChange(b"M", b"notes \xff.txt", b"n1", b"100755"),
        FileChange(b"D", b"erased.txt"),
        FileChange(b"M", b"other.txt", b"n0", b"100644"),
        FileChange(b"M", b"new.md", b"t1", b"100644"),
        FileChange(b"D", b"old.md"),
    ]
    assert commit.message.decode() == "By [x], for [gelöscht]"
    assert (commit.author_name, commit.author_email, commit.committer_name) == (b"Nobody", b"nobody@invalid", b"Mira")


def test_others_stay_as_they_are() -> None:
    commit = Commit(b"c2", [FileChange(b"M", b"a.md", b"a0", b"100644")])
    change_commit(commit, FileChange)
    assert commit == Commit(b"c2", [FileChange(b"M", b"a.md", b"a0", b"100644")])


def test_a_tag_is_changed_as_planned() -> None:
    tag = Commit(b"t1")
    change_tag(tag)
    assert tag.message == b"For Jana, for Jana"


def test_it_needs_nothing_but_the_standard_library() -> None:
    source = Path(history_filter.__file__).read_text("utf-8")
    assert "crmtool." not in "".join(line for line in source.splitlines() if line.startswith(("import", "from")))
