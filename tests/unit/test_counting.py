"""Reading is told to whoever listens, and to nobody else."""

from __future__ import annotations

from crmtool import app
from crmtool.app.counting import counted, listening
from crmtool.snapshot import UnreadableError
from tests.building import InMemory
from tests.conftest import JANA, RULEBOOK

FILES = {"criteria.yaml": RULEBOOK, "contacts/README.md": "", "contacts/a.md": JANA, "contacts/b.md": JANA}


def test_each_contact_that_is_read_is_told() -> None:
    told: list[tuple[int, int]] = []
    locked = {"contacts/c.md": UnreadableError("locked", "unlock it")}
    with listening(lambda done, total: told.append((done, total))):
        content = app.read(InMemory(FILES, locked))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert set(content.documents) == {"contacts/a.md", "contacts/b.md", "contacts/c.md"}
    assert content == app.read(InMemory(FILES, locked))
    assert len(told) == 3


def test_what_is_not_wanted_is_not_counted() -> None:
    told: list[tuple[int, int]] = []
    with listening(lambda done, total: told.append((done, total))):
        app.read(InMemory(FILES), only=("contacts/b.md",))
    assert told == [(1, 1)]


def test_where_nobody_listens_the_snapshot_stays_as_it_is() -> None:
    snapshot = InMemory(FILES)
    assert counted(snapshot) is snapshot
