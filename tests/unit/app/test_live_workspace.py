"""A workspace that stays open: what it tells while not everything is read, and what it reads anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.live import LiveWorkspace
from crmtool.workspace import Listing
from tests.conftest import JANA, RULEBOOK, write_files

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
DAY = date(2026, 11, 23)
BAD = JANA.replace("status: clarifying", "status: clarifyng")


def live(root: Path, today: Callable[[], date] = lambda: DAY, *, loaded: bool = True) -> LiveWorkspace:
    found = LiveWorkspace(root, today)
    while loaded and not found.is_loaded:
        found.load_some(1)
    return found


def codes(found: LiveWorkspace, path: str) -> list[str]:
    return [finding.code for finding in found.findings(path)]


def test_a_contact_is_judged_before_the_others_are_read(workspace: Path) -> None:
    write_files(workspace, {"criteria.yaml": RULEBOOK.replace("limit: 12", "limit: 1"), "contacts/b.md": JANA})
    found = live(workspace, loaded=False)
    found.put(JANA_PATH, BAD.encode())
    assert not found.is_loaded
    assert codes(found, JANA_PATH) == ["unknown-status"]
    assert codes(found, "criteria.yaml") == []
    found.put(JANA_PATH, JANA.encode())
    found.load_some(10)
    assert codes(found, "criteria.yaml") == ["limit-exceeded"]


def test_a_keystroke_reads_no_other_contact(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(workspace, {f"contacts/c{n}.md": JANA for n in range(5)})
    found = live(workspace)
    found.put(JANA_PATH, JANA.encode())
    found.findings(JANA_PATH)

    def refuse(_listing: Listing, path: str) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(Listing, "read", refuse)
    found.put(JANA_PATH, BAD.encode())
    assert codes(found, JANA_PATH) == ["unknown-status"]
    assert found.editing(JANA_PATH).assessment is not None


def test_what_cannot_be_read_is_known_as_it_was_read_last(workspace: Path) -> None:
    found = live(workspace)
    found.put(JANA_PATH, JANA.replace("Jana Köhler", "Jana Köhler-Voss").encode())
    found.put(JANA_PATH, JANA.replace("decisions:", "decisions: [").encode())
    assert codes(found, JANA_PATH) == ["yaml-syntax"]
    contact = found.editing(JANA_PATH).contact
    assert contact is not None
    assert contact.name == "Jana Köhler-Voss"
    found.put("criteria.yaml", b"statuses: [")
    rulebook = found.editing("criteria.yaml").rulebook
    assert rulebook is not None
    assert "clarifying" in rulebook.statuses
    found.drop(JANA_PATH)
    assert found.contacts[JANA_PATH].name == "Jana Köhler"


def test_a_contact_that_was_never_readable_is_unknown(workspace: Path) -> None:
    found = live(workspace)
    found.put("contacts/new.md", b"---\nname: [\n---\n")
    assert found.editing("contacts/new.md").contact is None
    assert found.editing("contacts/new.md").assessment is None
    assert "contacts/new.md" in found.editing("contacts/new.md").paths
    found.drop("contacts/new.md")
    assert "contacts/new.md" not in found.rules.paths


def test_only_what_has_changed_on_the_disk_is_read_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(workspace, {"contacts/b.md": JANA, "contacts/c.md": JANA})
    found = live(workspace)
    monkeypatch.setattr("crmtool.workspace._UNSETTLED", -(10**12))  # as if all was written long ago
    found.relist()
    found.load_some(10)
    write_files(workspace, {"contacts/b.md": JANA.replace("Jana", "Berta")})
    (workspace / "contacts/c.md").unlink()
    found.relist()
    assert "contacts/c.md" not in found.contacts
    found.load_some(1)
    assert found.is_loaded
    assert found.contacts["contacts/b.md"].name == "Berta Köhler"


def test_the_day_goes_on(workspace: Path) -> None:
    days = [DAY]
    found = live(workspace, lambda: days[-1])
    found.put(JANA_PATH, JANA.encode())
    assert codes(found, JANA_PATH) == []
    days.append(date(2026, 12, 1))
    assert codes(found, JANA_PATH) == ["next-step-overdue"]


def test_another_day_may_change_what_is_found_in_other_files(workspace: Path) -> None:
    days = [DAY]
    found = live(workspace, lambda: days[-1])
    found.put(JANA_PATH, JANA.encode())
    codes(found, JANA_PATH)
    assert not found.put(JANA_PATH, JANA.encode() + b"more\n")
    days.append(date(2026, 11, 24))
    assert found.put(JANA_PATH, JANA.encode())


def test_a_new_contact_is_known_though_a_schema_is_broken(workspace: Path) -> None:
    write_files(workspace, {"schemas/contact.schema.json": "{"})
    found = live(workspace)
    found.put("contacts/new.md", JANA.encode())
    write_files(workspace, {"schemas/contact.schema.json": "{}"})
    found.relist()
    assert found.editing("contacts/new.md").assessment is not None


def test_a_file_named_in_others_is_found_in_texts_and_on_the_disk(workspace: Path) -> None:
    write_files(workspace, {"contacts/b.md": JANA.replace("buyer", "boss"), "contacts/c.md": JANA})
    found = live(workspace)
    found.put("contacts/c.md", JANA.replace("buyer", "boss").encode())
    assert [document.path for document in found.naming("buyer")] == [JANA_PATH, "criteria.yaml"]
