"""Over any history, an entry came with the last version on its way back whose parents all lack it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crmtool.contact import contact_from
from crmtool.document import read_contact
from crmtool.origins import Change, Key, Version, logs_of, origins

ENTRIES = [{"date": f"2026-11-{day:02}", "to": "new", "because": "Why"} for day in range(1, 6)]
IDS = "abcdefgh"


@st.composite
def histories(draw: st.DrawFn) -> dict[str, tuple[list[int], list[str]]]:
    """Make a history, newest commit first: which entries each has, in any order, and its parents."""
    history = {}
    for i, id in enumerate(IDS):
        entries = draw(st.permutations(range(len(ENTRIES))))[: draw(st.integers(1, len(ENTRIES)))]
        parents = draw(st.lists(st.sampled_from(IDS[i + 1 :]), max_size=3, unique=True)) if IDS[i + 1 :] else []
        history[id] = entries, parents
    return history


@given(histories())
def test_an_entry_is_followed_to_where_no_parent_has_it(history: dict[str, tuple[list[int], list[str]]]) -> None:
    def came(id: str, entry: int) -> str:
        parent = next((parent for parent in history[id][1] if entry in history[parent][0]), None)
        return came(parent, entry) if parent else id

    versions: dict[Key, Version] = {
        (id, "j"): Version(
            change=Change(id=id),
            logs=logs_of({"decisions": _written(entries)}),
            parents=tuple((parent, "j") for parent in parents),
        )
        for id, (entries, parents) in history.items()
    }
    newest = history[IDS[0]][0]
    contact = contact_from(
        read_contact("contacts/j.md", f"---\n{{name: J, status: new, decisions: {_written(newest)}}}\n---\n".encode())
    )
    assert contact is not None
    told = {origin.entry.day.day - 1: origin.change.id for origin in origins(contact, versions)}
    assert told == {entry: came(IDS[0], entry) for entry in newest}


def _written(entries: list[int]) -> list[Any]:
    return [ENTRIES[entry] for entry in entries]
