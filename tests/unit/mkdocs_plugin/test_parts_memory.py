"""What the reports work out of parts of the contacts, kept for the next build."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from crmtool import cache
from crmtool.app import load
from crmtool.mkdocs_plugin.judged import edition_of
from crmtool.mkdocs_plugin.parts_memory import FIGURES, PartsMemory
from crmtool.report.edition import Edition
from crmtool.report.links import Links
from crmtool.report.search import search_script
from crmtool.report.site import reports
from crmtool.snapshot import Content
from tests.building import day
from tests.conftest import JANA, TODAY, write_files

ROWS = "short rows"


@pytest.fixture
def root(workspace: Path) -> Path:
    """A workspace of two hundred contacts, which are some parts."""
    return write_files(workspace, {f"contacts/n-{n}.md": JANA for n in range(200)})


def looked_at(root: Path) -> tuple[Content, Edition]:
    content = load(root)
    return content, edition_of(content, day(TODAY), Links())


def made(edition: Edition) -> list[str]:
    return [search_script(edition), *(page.html() for page in reports(edition))]


def built(root: Path) -> list[str]:
    content, edition = looked_at(root)
    memory = PartsMemory(root=root)
    memory.recall(content, edition)
    pages = made(edition)
    memory.keep(edition)
    return pages


def kept(root: Path) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = marshal.loads(cache.load("parts", str(root)) or b"")
    return found


def test_reports_are_the_same_with_what_is_kept(root: Path) -> None:
    pages = made(looked_at(root)[1])
    assert built(root) == pages
    assert built(root) == pages
    assert {name: len(parts) for name, parts in kept(root).items()} == {FIGURES: 4, ROWS: 4}


def test_only_what_an_edit_changes_is_kept_anew(root: Path) -> None:
    built(root)
    before = kept(root)
    write_files(root, {"contacts/n-7.md": JANA.replace("Jana Köhler", "Jana Neumann")})
    assert built(root) == made(looked_at(root)[1])
    after = kept(root)
    for name in (FIGURES, ROWS):
        assert len(after[name].keys() - before[name].keys()) == 1
        assert len(after[name]) == 4


def test_what_was_not_asked_for_is_kept_as_far_as_it_is_known(root: Path) -> None:
    built(root)
    write_files(root, {"contacts/n-7.md": JANA.replace("Jana Köhler", "Jana Neumann")})
    content, edition = looked_at(root)
    memory = PartsMemory(root=root)
    memory.recall(content, edition)
    memory.keep(edition)
    assert {name: len(parts) for name, parts in kept(root).items()} == {FIGURES: 3, ROWS: 3}
    assert built(root) == made(looked_at(root)[1])


def test_what_is_shared_among_processes_is_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmtool.mkdocs_plugin.parts_memory._LEAST", 1)
    assert built(root) == made(looked_at(root)[1])
