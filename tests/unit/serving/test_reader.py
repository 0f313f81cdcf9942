"""What is known of files changes nothing: each look is compared with one that knows nothing."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from crmtool import app
from crmtool.check import check
from crmtool.finding import Severity
from crmtool.serving.capture import Captured, capture, linked, links, recapture
from crmtool.serving.reader import Reader
from crmtool.workspace import WorkTree
from tests.building import day
from tests.conftest import JANA, RULEBOOK, write_files

DAYS = (day("2026-11-23"), day("2026-11-24"), day("2027-06-01"))


@pytest.fixture
def root(workspace: Path) -> Path:
    return write_files(workspace, {f"contacts/x/{n}.md": JANA.replace("Jana", f"Jana {n}") for n in range(5)})


def whole(root: Path) -> Captured:
    return capture(WorkTree(root).listing())


def test_only_a_changed_file_is_read_and_judged_anew(root: Path) -> None:
    reader = Reader()
    before = reader.read(whole(root))
    reader.errors(before, DAYS[0])
    judged = dict(reader._checked)
    write_files(root, {"contacts/x/1.md": JANA + "more\n"})
    after = reader.read(whole(root))
    reader.errors(after, DAYS[0])
    assert after.rulebook is before.rulebook
    other = [path for path in after.contacts if after.contacts[path] is not before.contacts[path]]
    assert other == ["contacts/x/1.md"]
    assert [path for path in judged if reader._checked[path] is not judged[path]] == ["contacts/x/1.md"]


def test_whatever_changes_it_reads_and_finds_what_a_first_look_would(root: Path) -> None:
    chance, reader = random.Random(6), Reader()
    texts = (JANA, JANA.replace("status: ", "status: un"), "---\n", JANA + "more\n")
    rules = (RULEBOOK, RULEBOOK, RULEBOOK.replace("limit: 12", "limit: 1"), "statuses: [")
    for _ in range(80):
        kind, file = chance.randrange(5), root / f"contacts/x/{chance.choice('abAB01')}.md"
        if kind == 0:
            file.unlink(missing_ok=True)
        elif kind == 1:
            write_files(root, {"criteria.yaml": chance.choice(rules)})
        elif kind == 2:
            write_files(root, {"schemas/contact.schema.json": chance.choice(("{}", '{"required": ["owner"]}'))})
        else:
            file.write_text(chance.choice(texts))
        today = chance.choice(DAYS)
        content, anew = reader.read(whole(root)), app.load(root)
        assert (content.contacts, content.rulebook, content.shapes) == (anew.contacts, anew.rulebook, anew.shapes)
        assert (content.documents, content.paths) == (anew.documents, anew.paths)
        found = check(anew, today).findings
        assert reader.errors(content, today) == tuple(f for f in found if f.severity is Severity.ERROR)


# --- looking at a few paths only --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contacts/x/1.md", "contacts/x/new.md", "criteria.yaml", "schemas/a.json"])
def test_a_file_that_changed_came_or_went_is_seen(root: Path, name: str) -> None:
    before = whole(root)
    write_files(root, {name: JANA + "more\n"})
    seen = recapture(root, before, [root / name])
    assert seen == whole(root) != before
    (root / name).unlink()
    assert recapture(root, before, [root / name]) == whole(root)


@pytest.mark.parametrize(
    "name", ["contacts/x/1.txt", "notes.md", "site/pages/a.md", "schemas/sub/a.json", "contacts/a"]
)
def test_a_file_that_is_no_part_of_the_workspace_is_passed_over(root: Path, name: str) -> None:
    before = whole(root)
    write_files(root, {name: JANA})
    assert recapture(root, before, [root / name, root.parent / "elsewhere.md"]) == before == whole(root)


def test_a_folder_that_came_or_went_or_a_link_needs_a_whole_look(root: Path) -> None:
    before = whole(root)
    write_files(root, {"contacts/y/1.md": JANA})
    assert recapture(root, before, [root / "contacts/y"]) is None
    (root / "contacts/link.md").symlink_to("x/1.md")
    assert recapture(root, before, [root / "contacts/link.md"]) is None
    (root / "contacts/x").rename(root / "aside")
    assert recapture(root, before, [root / "contacts/x"]) is None
    assert recapture(root, before, [root / "contacts/never-there.md", root / "contacts/x/1.md/below"]) == before


def test_a_file_that_cannot_be_read_is_seen_as_such(root: Path) -> None:
    before = whole(root)
    (root / "contacts/x/1.md").unlink()
    os.mkfifo(root / "contacts/x/1.md")
    assert recapture(root, before, [root / "contacts/x/1.md"]) is None


def test_a_file_that_may_not_be_looked_at_needs_a_whole_look(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError

    before = whole(root)
    monkeypatch.setattr("crmtool.serving.capture._mode", refuse)
    assert recapture(root, before, [root / "contacts/x/1.md"]) is None


def test_a_name_that_only_a_disk_ignoring_letter_case_finds_needs_a_whole_look(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = whole(root)
    (root / "contacts/x/1.md").rename(root / "contacts/x/Ada.md")
    (root / "contacts/x/2.md").write_text(JANA + "more\n")

    def in_any_case(path: Path) -> int | None:
        return next((file.stat().st_mode for file in path.parent.iterdir() if file.name.lower() == path.name), None)

    monkeypatch.setattr("crmtool.serving.capture._mode", in_any_case)
    assert recapture(root, before, [root / "contacts/x/2.md"]) is not None
    assert recapture(root, before, [root / "contacts/x/2.md", root / "contacts/x/ada.md"]) is None


def test_a_link_on_the_way_to_any_file_is_seen(root: Path) -> None:
    assert links(root, whole(root)) == []
    (root / "contacts/link.md").symlink_to("x/1.md")
    assert links(root, whole(root)) == ["contacts/link.md"]
    (root / "contacts/link.md").unlink()
    (root / "contacts/x").rename(root / "aside")
    (root / "contacts/x").symlink_to("../aside")
    assert links(root, whole(root)) == ["contacts/x"]


def test_a_root_that_is_reached_by_a_link_is_none(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert links(tmp_path / "link", whole(tmp_path / "link")) == []


def test_what_links_lead_to_is_told_within_the_workspace_alone(root: Path, tmp_path: Path) -> None:
    (root / "people").mkdir()
    targets: dict[str, str | Path] = {
        "a": "../people",
        "b.md": "../people/b.md",
        "c": "..",
        "d.md": tmp_path.parent / "d.md",
        "e": "e",
    }
    for name, target in targets.items():
        (root / "contacts" / name).symlink_to(target)
    found = linked(root, [f"contacts/{name}" for name in targets])
    assert [path for path in found if "contacts" not in path.parts] == [root / "people", root / "people/b.md"]
