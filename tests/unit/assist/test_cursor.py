from __future__ import annotations

import pytest

from crmtool.assist.cursor import Cursor, Role, cursor_at, front_matter_span, node_at, spot_at
from crmtool.document import read_contact, read_yaml
from tests.conftest import JANA
from tests.unit.assist.completed import CARET

HEAD = "---\nname: Ada\n"
END = "---\n"


def cursor(text: str, path: str = "contacts/a/ada.md") -> Cursor | None:
    offset = text.index(CARET)
    read = read_contact if path.endswith(".md") else read_yaml
    return cursor_at(read(path, text.replace(CARET, "").encode()), offset)


def written(text: str, found: Cursor) -> str:
    return text.replace(CARET, "")[found.word.start : found.word.end]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("---\n¦\n---\n", (), ""),
        ("---\n¦", (), ""),
        ("---\r\nna¦\r\n---\r\n", (), "na"),
        (f"{HEAD}st¦\ncriteria:\n  fit: {{met: 2026-01-01}}\n{END}", (), "st"),
        (f"{HEAD}st¦atus: new\n{END}", (), "status"),
        (f"{HEAD}criteria:\n  ¦\ndecisions: []\n{END}", ("criteria",), ""),
        (f"{HEAD}criteria:\n  pai¦\n  fit: {{met: 2026-01-01}}\n{END}", ("criteria",), "pai"),
        (f"{HEAD}criteria:\n  pain:\n    met: 2026-01-01\n    ¦\n{END}", ("criteria", "pain"), ""),
        (f"{HEAD}next_step: {{do: a, ¦}}\n{END}", ("next_step",), ""),
        (f"{HEAD}next_step: {{do: a, cl¦\nstop_if: []\n{END}", ("next_step",), "cl"),
        (f"{HEAD}next_step:\n  do: a\n  ¦\n{END}", ("next_step",), ""),
        (f"{HEAD}decisions:\n  - {{date: 2026-01-01, ¦\n{END}", ("decisions", 0), ""),
        (f"{HEAD}decisions:\n  - date: 2026-01-01\n    ¦\n{END}", ("decisions", 0), ""),
        (f"{HEAD}decisions:\r\n  - date: 2026-01-01\r\n    t¦\r\n{END}", ("decisions", 0), "t"),
    ],
)
def test_a_key_is_told_by_the_mapping_around_it(text: str, place: tuple[str | int, ...], word: str) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.role, found.place, written(text, found)) == (Role.KEY, place, word)


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (f"{HEAD}status: ¦\n{END}", ("status",), ""),
        (f"{HEAD}status: ¦\ncriteria: {{}}\n{END}", ("status",), ""),
        (f"{HEAD}status: cla¦rifying # was new\n{END}", ("status",), "clarifying"),
        ("---\nstatus: n¦", ("status",), "n"),
        (f"{HEAD}organization: Möbel & Töchter 🚚 G¦mbH\n{END}", ("organization",), "Möbel & Töchter 🚚 GmbH"),
        (f"{HEAD}organization: it's {{no ¦\n{END}", ("organization",), "it's {no "),
        (f'{HEAD}owner: "mi¦ra"\nstatus: new\n{END}', ("owner",), "mira"),
        (f"{HEAD}owner: 'mi¦\nstatus: new\n{END}", ("owner",), "mi"),
        (f'{HEAD}x: "a \\" {{ b"\nstatus: n¦\n{END}', ("status",), "n"),
        (f'{HEAD}decisions:\n  - {{date: 2026-01-01, to: ¦\nstatus: "a"\n{END}', ("decisions", 0, "to"), ""),
        (f"{HEAD}decisions: [{{date: a}}, {{to: n¦\n{END}", ("decisions", 1, "to"), "n"),
        (f"{HEAD}extra: {{a: [1, {{b: ¦}}]}}\n{END}", ("extra", "a", 1, "b"), ""),
    ],
)
def test_a_value_is_told_by_its_place(text: str, place: tuple[str | int, ...], word: str) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.role, found.place, written(text, found)) == (Role.VALUE, place, word)


@pytest.mark.parametrize(
    ("text", "place", "needs_dash"),
    [
        (f"{HEAD}tags: [a, ¦]\n{END}", ("tags", 1), False),
        (f"{HEAD}tags: [a, ¦\n{END}", ("tags", 1), False),
        (f"{HEAD}tags: [¦, a]\n{END}", ("tags", 0), False),
        (f"{HEAD}tags:\n  - a\n  - ¦\n{END}", ("tags", 1), False),
        (f"{HEAD}decisions:\n  - ¦\n  - {{date: a}}\n{END}", ("decisions", 0), False),
        (f"{HEAD}decisions:\n  - {{date: a}}\n  ¦\nstatus: new\n{END}", ("decisions", 1), True),
        (f"{HEAD}criteria:\n  fit:\n    - {{met: a}}\n    ¦\n{END}", ("criteria", "fit", 1), True),
    ],
)
def test_an_item_is_told_by_its_list(text: str, place: tuple[str | int, ...], *, needs_dash: bool) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.role, found.place, found.needs_dash) == (Role.ITEM, place, needs_dash)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}status: new # ¦\n{END}",
        f"{HEAD}# st¦\nstatus: new\n{END}",
        f"{HEAD}notes: |\n  a text ¦\n{END}",
        f"{HEAD}notes: >\n  a {{b: ¦\n{END}",
        f"{HEAD}notes: a text\n  of two lines¦\n{END}",
        f"{HEAD}{END}the ¦notes",
        f"{HEAD}role: \x07\nstatus: ¦\n{END}",
        f"{HEAD}status:¦\n{END}",
        f"{HEAD}status:¦ new\n{END}",
        f"{HEAD}tags:\n  -¦\n{END}",
        f"{HEAD}tags:\n  - ¦{{a: b}}\n{END}",
        f"{HEAD}criteria:\n ¦ fit: {{met: 2026-01-01}}\n{END}",
        f"{HEAD}extra: {{a: ¦[b]}}\n{END}",
        f"{HEAD}¦{END}",
        "-¦--\nname: Ada\n---\n",
        "no front matter ¦",
        "¦",
    ],
)
def test_nothing_is_told_where_nothing_can_be(text: str) -> None:
    assert cursor(text) is None


def test_the_siblings_of_a_key_and_of_an_item() -> None:
    key = cursor(f"{HEAD}next_step: {{do: a, ¦due: b}}\n{END}".replace("¦due", "¦, due"))
    item = cursor(f"{HEAD}tags: [a, ¦, b]\n{END}")
    assert key is not None
    assert item is not None
    assert (key.siblings, item.siblings) == (("do", "due"), ("a", "b"))


@pytest.mark.parametrize(
    ("text", "has_colon", "in_flow", "quote", "is_unclosed"),
    [
        (f"{HEAD}sta¦: new\n{END}", True, False, "", False),
        (f"{HEAD}sta¦\n{END}", False, False, "", False),
        (f"{HEAD}x: {{a: ¦}}\n{END}", False, True, "", False),
        (f'{HEAD}x: {{a: "¦"}}\n{END}', False, True, '"', False),
        (f'{HEAD}x: {{a: "b¦", c: d\n{END}', False, True, '"', False),
        (f'{HEAD}x: {{a: "¦}}\n{END}', False, True, '"', True),
        (f"{HEAD}x: 'a¦\n{END}", False, False, "'", True),
    ],
)
def test_how_it_is_written(text: str, has_colon: bool, in_flow: bool, quote: str, is_unclosed: bool) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.has_colon, found.in_flow, found.quote, found.is_unclosed) == (has_colon, in_flow, quote, is_unclosed)


@pytest.mark.parametrize(
    ("text", "siblings", "needs_comma"),
    [
        (f"{HEAD}next_step: {{do: a,¦ due: b}}\n{END}", ("do", "due"), True),
        (f"{HEAD}next_step: {{do: a, ¦, due: b}}\n{END}", ("do", "due"), False),
        (f"{HEAD}next_step: {{¦due: b}}\n{END}", (), False),
        (f"{HEAD}next_step: {{do: a, ¦ }} # b\n{END}", ("do",), False),
        (f"{HEAD}tags: [¦ {{a: b}}]\n{END}", (), True),
    ],
)
def test_what_follows_within_brackets_is_to_be_parted(text: str, siblings: tuple[str, ...], needs_comma: bool) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.siblings, found.needs_comma) == (siblings, needs_comma)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}a word without a colon\nstatus: n¦\n{END}",
        f'{HEAD}status: n¦\nowner: "mira\nvalue: 3\n{END}',
        f"{HEAD}a: b: c\nd: e: f\nstatus: n¦\n{END}",
        f"{HEAD}<<<<<<< ours\nstatus: n¦\n=======\n{END}",
    ],
)
def test_faults_on_other_lines_do_not_hinder(text: str) -> None:
    found = cursor(text)
    assert found is not None
    assert (found.place, written(text, found)) == (("status",), "n")


def test_what_stands_around_is_told_without_what_is_being_written() -> None:
    found = cursor(f'{HEAD}value: 3\nextra: {{a: ¦, b: "4", c¦: [true, x]}}\n{END}'.replace("c¦", "c"))
    assert found is not None
    assert found.draft.values == {"name": "Ada", "value": 3, "extra": {"a": None, "b": "4", "c": [True, "x"]}}


def test_a_rule_book_is_yaml_to_its_end() -> None:
    for text, role in (("¦", Role.KEY), ("statuses:\n  new: {kind: ¦", Role.VALUE), ("version: 1\n¦", Role.KEY)):
        found = cursor(text, "criteria.yaml")
        assert found is not None, text
        assert found.role is role


def test_no_place_of_a_contact_makes_it_fail() -> None:
    for text in (JANA.replace("\n", "\r\n"), JANA.replace('"', "", 1)):
        for offset in range(len(text) + 1):
            found = cursor(text[:offset] + CARET + text[offset:])
            assert found is None or found.word.start <= offset <= found.word.end


SPOTS = read_contact(
    "contacts/a/ada.md", f"{HEAD}tags: [a, 'b c']\ncriteria: {{fit: {{met: 2026-01-01}}}}\n{END}x".encode()
)


@pytest.mark.parametrize(
    ("text", "place", "on_key"),
    [
        ("name", ("name",), True),
        ("Ada", ("name",), False),
        ("b c", ("tags", 1), False),
        ("fit", ("criteria", "fit"), True),
        ("2026-01-01", ("criteria", "fit", "met"), False),
    ],
)
def test_a_spot_is_a_key_or_a_value_its_end_included(text: str, place: tuple[str | int, ...], on_key: bool) -> None:
    start = SPOTS.text.index(text)
    for offset in (start, start + len(text)):
        spot = spot_at(SPOTS, offset)
        assert spot is not None
        assert (spot.place, spot.on_key, spot.text) == (place, on_key, text)
        assert text in SPOTS.text[spot.span.start : spot.span.end]


def test_between_keys_and_values_and_in_what_cannot_be_read_there_is_no_spot() -> None:
    assert spot_at(SPOTS, SPOTS.text.index("{fit")) is None
    assert spot_at(SPOTS, len(SPOTS.text)) is None
    broken = read_contact("contacts/a/ada.md", b"---\nname: {Ada\n---\n")
    assert spot_at(broken, 6) is None
    assert node_at(broken, ("name",)) is None


def test_the_node_at_a_place() -> None:
    node = node_at(SPOTS, ("tags", 1))
    assert node is not None
    assert node.value == "b c"
    assert node_at(SPOTS, ("tags", 2)) is None
    assert node_at(SPOTS, ("name", "first")) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("---\na: b\n---\n", (4, 9)),
        ("---\na: b\n", (4, 9)),
        ("--- \r\na: b\r\n", (6, 12)),
        ("----\na: b\n", (0, 0)),
        ("a: b\n", (0, 0)),
        ("---", (0, 0)),
    ],
)
def test_front_matter_that_is_not_closed_goes_on_to_the_end(text: str, span: tuple[int, int]) -> None:
    found = front_matter_span(read_contact("contacts/a/ada.md", text.encode()))
    assert (found.start, found.end) == span


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: A\nstatus: ¦\ndeep: " + "[" * 100_000 + "\n---\n",
        "---\nname: A\nstatus: ¦\ndeep: " + "{a: " * 400 + "}" * 400 + "\n---\n",
        "---\nstatus: ¦\nx:\n" + "".join(" " * n + "a:\n" for n in range(1, 400)) + "---\n",
        "---\nname: A\nstatus: ¦\nself: &a [*a]\n---\n",
        "---\nname: A\nstatus: ¦\nself: &a {b: *a}\n---\n",
        "---\nname: &a [¦, *a]\n---\n",
    ],
)
def test_what_may_not_be_read_does_not_make_it_fail(text: str) -> None:
    found = cursor(text)
    assert found is None or found.place == ("status",)


def test_an_anchor_on_another_line_does_not_hinder() -> None:
    found = cursor("---\nname: A\nself: &a [*a]\nstatus: ¦\n---\n")
    assert found is not None
    assert found.place == ("status",)
