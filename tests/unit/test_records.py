"""A record is what the standard library's frozen dataclass is."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, field, replace
from functools import cached_property
from typing import Any

import pytest

from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Slotted:
    """A text of its own."""

    path: str
    line: int = 1
    tags: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer(Slotted):
    """With one field more."""

    end: int


@dataclass(frozen=True)
class Counted:
    names: tuple[str, ...]
    start: int = 0

    @cached_property
    def total(self) -> int:
        return len(self.names) + self.start


@dataclass(frozen=True, slots=True)
class Single:
    value: object


@dataclass(frozen=True, slots=True)
class Empty:
    pass


def test_it_is_made_by_name_with_its_defaults() -> None:
    made = Slotted(path="a.md")

    assert (made.path, made.line, made.tags) == ("a.md", 1, {})
    assert made.tags is not Slotted(path="a.md").tags


def test_the_many_are_made_like_the_first_few() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Numbered:
        number: int
        name: str = "x"

    made = [Numbered(number=number) for number in range(200)]

    assert [(each.number, each.name) for each in made] == [(number, "x") for number in range(200)]


@pytest.mark.parametrize("given", [{}, {"number": 1, "other": 2}, {"other": 2}])
def test_the_first_one_is_refused_if_it_is_wrong(given: dict[str, Any]) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Numbered:
        number: int

    with pytest.raises(TypeError, match=r"number|other"):
        Numbered(**given)


def test_it_is_made_by_place_where_names_are_not_asked_for() -> None:
    assert Counted(("a", "b"), 3).total == 5
    assert Counted(start=3, names=()).total == 3


@pytest.mark.parametrize("given", [{}, {"path": "a", "column": 2}])
def test_what_is_missing_or_unknown_is_refused(given: dict[str, Any]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            Slotted(**given)


def test_names_are_asked_for() -> None:
    with pytest.raises(TypeError):
        Slotted("a.md")  # type: ignore[call-arg]


def test_nothing_of_it_can_be_changed() -> None:
    made, counted = Slotted(path="a.md"), Counted(())

    for each, name in ((made, "line"), (counted, "start")):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(each, name, 2)
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(each, name)
    assert (made.line, counted.start) == (1, 0)


def test_slots_leave_no_room_for_more() -> None:
    assert not hasattr(Slotted(path="a.md"), "__dict__")


def test_those_with_the_same_values_are_equal_and_hash_alike() -> None:
    one, same, other = Slotted(path="a.md", tags={"x": 1}), Slotted(path="a.md"), Slotted(path="a.md", line=2)

    assert one == same
    assert one != other
    assert len({one, same, other}) == 2


def test_another_class_is_never_equal() -> None:
    assert Slotted(path="a.md") != Longer(path="a.md", end=2)
    others: list[object] = [Empty(), "a", ("a",), None]
    assert all(Single("a") != other for other in others)


def test_one_field_or_none_compares_as_well() -> None:
    assert Single("a") == Single("a")
    assert Single("a") != Single("b")
    assert hash(Single("a")) == hash(Single("a"))
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1


def test_what_cannot_be_hashed_says_so() -> None:
    with pytest.raises(TypeError):
        hash(Single([]))


def test_it_shows_its_values() -> None:
    assert repr(Longer(path="a.md", end=2)) == "Longer(path='a.md', line=1, end=2)"
    assert repr(Empty()) == "Empty()"


def test_one_that_holds_itself_is_shown() -> None:
    holder: list[object] = []
    holder.append(Single(holder))

    assert repr(holder) == "[Single(value=[...])]"


def test_the_standard_library_takes_it_for_one_of_its_own() -> None:
    made = Longer(path="a.md", end=2)

    assert dataclasses.is_dataclass(made)
    assert [each.name for each in dataclasses.fields(Longer)] == ["path", "line", "tags", "end"]
    assert replace(made, line=7) == Longer(path="a.md", line=7, end=2)
    assert dataclasses.asdict(Single(Counted(("a",)))) == {"value": {"names": ("a",), "start": 0}}


def test_a_match_takes_its_values_by_place() -> None:
    match Counted(("a",), 4):
        case Counted(names, start):
            assert (names, start) == (("a",), 4)


@pytest.mark.parametrize("made", [Longer(path="a.md", end=2), Counted(("a",)), Single(None), Empty()], ids=repr)
def test_copies_and_pickles_are_equal(made: object) -> None:
    assert copy.copy(made) == made
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_what_a_class_says_itself_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Folded:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.name.casefold() == other.name.casefold()

        def __hash__(self) -> int:
            return hash(self.name.casefold())

        def __repr__(self) -> str:
            return f"<{self.name}>"

    assert Folded("A") == Folded("a")
    assert len({Folded("A"), Folded("a")}) == 1
    assert repr(Folded("A")) == "<A>"


def test_its_text_is_kept_or_its_name() -> None:
    assert (Slotted.__doc__, Counted.__doc__) == ("A text of its own.", "Counted")


def test_what_it_cannot_do_is_refused_at_once() -> None:
    class WithPostInit:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    class WithHiddenField:
        name: str = field(init=False)

    for cls in (WithPostInit, WithHiddenField):
        with pytest.raises(TypeError, match=cls.__name__):
            dataclass(frozen=True)(cls)
    with pytest.raises(TypeError, match="frozen"):
        dataclass(slots=True)
