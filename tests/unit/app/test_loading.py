"""What is remembered changes nothing: each look is compared with one that reads all files anew."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from crmtool import app
from crmtool.app import loading
from crmtool.app.loading import shown
from crmtool.document import Document, LateDocument
from crmtool.snapshot import Content, Snapshot, UnreadableError, read_bytes
from tests.conftest import JANA, RULEBOOK, write_files

FILE = "contacts/x/1.md"
TEXTS = (JANA, JANA.replace("status: ", "status: un"), "---\n", JANA + "more\n", JANA.replace("name:", "naem:"), "")


@pytest.fixture
def root(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("crmtool.workspace._UNSETTLED", 0)
    return write_files(workspace, {f"contacts/x/{n}.md": JANA.replace("Jana", f"Jana {n}") for n in range(5)})


def said(document: Document) -> tuple[object, ...]:
    return document.path, document.values, document.problems, document.text, document.body, document.body_line


def agree(content: Content, anew: Content) -> None:
    assert list(map(said, content.documents.values())) == list(map(said, anew.documents.values()))
    assert list(content.contacts.items()) == list(anew.contacts.items())
    assert (content.shapes, content.paths, content.rulebook) == (anew.shapes, anew.paths, anew.rulebook)


def test_the_second_look_reads_no_file_until_its_text_is_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(root)
    read: list[str] = []

    def noted(files: Snapshot, path: str) -> bytes | UnreadableError:
        read.append(path)
        return read_bytes(files, path)

    monkeypatch.setattr(loading, "read_bytes", noted)
    second = shown(root)
    assert second.contacts == first.contacts
    assert read == []
    assert "Jana 1" in second.documents[FILE].text
    assert second.documents[FILE].body
    assert read == [FILE]


def test_a_text_that_has_changed_since_is_the_one_of_now(root: Path) -> None:
    shown(root)
    document = shown(root).documents[FILE]
    assert isinstance(document, LateDocument)
    write_files(root, {FILE: "---\nname: X\n---\nAnother text\n"})
    assert document.body == "Another text\n"
    other = shown(root).documents["contacts/x/2.md"]
    (root / "contacts/x/2.md").unlink()
    assert other.body == ""


def test_what_a_document_lacks_it_lacks() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = LateDocument.of("contacts/x.md", {}, "id", lambda: pytest.fail("read")).nothing


def test_whatever_happens_to_the_files_what_is_read_is_what_they_say(root: Path) -> None:
    chance = random.Random(6)
    for _ in range(60):
        kind, file = chance.randrange(6), root / f"contacts/x/{chance.choice('abAB01')}.md"
        if kind == 0:
            file.unlink(missing_ok=True)
        elif kind == 1:
            write_files(root, {"criteria.yaml": chance.choice((RULEBOOK, "statuses: ["))})
        elif kind == 2:
            write_files(root, {"schemas/contact.schema.json": chance.choice(("{}", '{"required": ["owner"]}'))})
        else:
            file.write_text(chance.choice(TEXTS))
        time.sleep(0.005)
        agree(shown(root), app.load(root))


def test_numbers_and_texts_come_back_as_they_were(root: Path) -> None:
    odd = 'more: [1, 1.0, -0.0, 1e5, 12345678901234567890, true, null, "\\u2028", "ü", "", {"": 1, a b: []}]\n'
    write_files(root, {FILE: JANA.replace("status: ", odd + "status: ", 1)})
    first, second = shown(root).documents[FILE].values, shown(root).documents[FILE].values
    assert first is not None
    assert repr(second) == repr(first) == repr(app.load(root).documents[FILE].values)
    assert len(first["more"]) == 11  # type: ignore[arg-type]
