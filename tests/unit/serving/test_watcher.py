"""Changed files, told in bursts."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmtool.errors import CrmtoolError
from crmtool.serving.sources import Sources
from crmtool.serving.watcher import Watcher
from tests.conftest import write_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "criteria.yaml": "",
        "contacts/a/x.md": "",
        "contacts/a/y.md": "",
        "site/mkdocs.yml": "",
        "site/p/p.md": "",
    }
    return write_files(tmp_path, files)


@pytest.fixture
def sources(root: Path) -> Sources:
    return Sources(root=root, configuration=root / "site/mkdocs.yml", pages=root / "site/p", others=(root / "data",))


@pytest.fixture
def watcher(sources: Sources) -> Iterator[Watcher]:
    watcher = Watcher(sources.concern)
    watcher.watch(sources.folders())
    yield watcher
    watcher.close()


def until(watcher: Watcher, path: Path) -> set[Path]:
    """All that is told up to and including a path."""
    seen: set[Path] = set()
    while path not in seen:
        seen |= watcher.wait()
    return seen


def test_what_an_editor_does_beside_a_file_is_no_change(root: Path, watcher: Watcher) -> None:
    file = root / "contacts/a/x.md"
    write_files(
        root, {"contacts/a/.x.md.swp": "", "contacts/a/4913": "", "contacts/a/x.md.new": "new", "notes.txt": ""}
    )
    (root / "contacts/a/4913").unlink()
    file.rename(root / "contacts/a/x.md~")
    (root / "contacts/a/x.md.new").rename(file)
    file.read_bytes()
    assert until(watcher, file) == {file}


def test_each_kind_of_change_is_told(root: Path, watcher: Watcher) -> None:
    contacts = root / "contacts"
    write_files(root, {"contacts/b/c/new.md": ""})
    until(watcher, contacts / "b/c/new.md")
    write_files(root, {"contacts/b/c/new.md": "changed"})
    until(watcher, contacts / "b/c/new.md")
    (contacts / "a/y.md").unlink()
    until(watcher, contacts / "a/y.md")
    (contacts / "a").rename(contacts / "z")
    until(watcher, contacts / "z")
    write_files(root, {"contacts/z/x.md": "changed"})
    until(watcher, contacts / "z/x.md")
    for path in ("criteria.yaml", "site/mkdocs.yml", "site/p/p.md"):
        write_files(root, {path: "changed"})
        until(watcher, root / path)


def test_a_folder_that_is_made_anew_is_watched_anew(root: Path, watcher: Watcher, sources: Sources) -> None:
    (root / "contacts").rename(root / "old")
    until(watcher, root / "contacts")
    watcher.watch(sources.folders())
    write_files(root, {"contacts/x.md": ""})
    until(watcher, root / "contacts")
    watcher.watch(sources.folders())
    write_files(root, {"contacts/x.md": "changed"})
    until(watcher, root / "contacts/x.md")
    write_files(root, {"schemas/contact.schema.json": ""})
    until(watcher, root / "schemas")


def test_what_the_site_is_not_made_of_does_not_concern_it(root: Path, sources: Sources) -> None:
    for path in ("a.txt", "site/public/x.html", ".git/index", "contacts/a.md~", "contacts/#a.md#"):
        assert not sources.concern(root / path)
    assert all(sources.concern(root / path) for path in ("contacts/a.md", "site", "site/p", "data/x.csv", "schemas/x"))


def test_files_of_head_and_what_links_lead_to_are_watched_where_they_lie(root: Path) -> None:
    git, people = root / ".git", root / "people"
    write_files(root, {"people/a/x.md": "", "one/b.md": "", ".git/HEAD": ""})
    head, linked = (git / "HEAD", git / "logs/HEAD"), (people, root / "one/b.md")
    sources = Sources(root=root, configuration=root / "m.yml", pages=root / "p", head=head, linked=linked)
    folders = sources.folders()
    assert {path: folders[path] for path in (git, git / "logs", people, root / "one")} == {
        git: False,
        git / "logs": False,
        people: True,
        root / "one": False,
    }
    assert all(map(sources.concern, (*head, git / "logs", git, people / "a/x.md", root / "one/b.md")))
    assert not any(map(sources.concern, (git / "index", git / "HEAD.lock", root / "one/c.md")))
    assert all(map(sources.is_of_head, (*head, git)))
    assert not any(map(sources.is_of_head, (git / "index", people)))


def test_pages_are_named_and_contacts_are_not(root: Path, sources: Sources) -> None:
    assert sources.page(root / "site/p/a b.md") == "site/p/a b.md"
    assert sources.page(root / "site/mkdocs.yml") == "site/mkdocs.yml"
    assert sources.page(root / "contacts/a/x.md") is None
    elsewhere = Sources(root=root / "w", configuration=root / "w/site/mkdocs.yml", pages=root / "docs")
    assert elsewhere.page(root / "docs/a.md") == str(root / "docs/a.md")


def test_what_the_system_refuses_to_watch_is_told(
    root: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", refuse)
    (root / "schemas").mkdir()
    with pytest.raises(CrmtoolError, match="schemas cannot be watched: No space left on device; the system limits"):
        watcher.watch({root / "schemas": False})
