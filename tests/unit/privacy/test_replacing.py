"""Mentions are taken out of files, and these stay what they are."""

from __future__ import annotations

import pytest

from crmtool.document import read_contact, read_yaml
from crmtool.privacy.needs import words_in
from crmtool.privacy.replacing import without_mentions
from crmtool.privacy.texts import text_of
from crmtool.privacy.traces import traces_of

JANA = traces_of([("contacts/jana.md", {"name": "Jana Köhler", "phone": "040 1234567"})])
WORDS = words_in("en")


def without(path: str, data: str | bytes) -> bytes:
    return without_mentions(path, data.encode() if isinstance(data, str) else data, JANA, WORDS)


def test_text_gets_a_mark() -> None:
    assert without("a.txt", "Ask Jana Köhler, 040/1234567.\r\n") == b"Ask [erased], [erased].\r\n"
    assert without("a.txt", "Ask nobody\r") == b"Ask nobody\r"


def test_tables_keep_their_cells() -> None:
    assert without("a.csv", 'Jana,Köhler,7\n"Köhler","Jana",7\n"Köhler, Jana",7\n') == (
        b'[erased],[erased],7\n"[erased]","[erased]",7\n"[erased]",7\n'
    )
    assert without("a.md", "| Jana | Köhler |\nJana\tKöhler\nN:Köhler;Jana;;;\n") == (
        b"| [erased] | [erased] |\n[erased]\t[erased]\nN:[erased];[erased];;;\n"
    )


def test_a_table_of_csv_keeps_cells_with_a_blank_before_them() -> None:
    told = 'Köhler, Jana, CFO\nKöhler,   Jana\n"Köhler, Jana", "Jana, Köhler", CFO\nKöhler, Jana;7\n'
    assert without("a.CSV", told) == (
        b'[erased], [erased], CFO\n[erased],   [erased]\n"[erased]", "[erased]", CFO\n[erased], [erased];7\n'
    )
    assert without("a.md", "- Köhler, Jana, CFO\n") == b"- [erased], CFO\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("p.csv", "Name,Vorname\nHuber,Jana\nKöhler,Tom\nMaier,Eva\n"),
        ("p.csv", "Huber;Jana\r\nKöhler;Tom\r\n"),
        ("z.yaml", "b: Vera Jana\nKöhler: x\n"),
        ("g.md", "Anna, Jana\n\nKöhler GmbH: hosts\n"),
        ("q.txt", "Jana\n \nKöhler\n"),
    ],
)
def test_what_ends_one_line_and_begins_another_is_nobody(path: str, text: str) -> None:
    assert without(path, text) == text.encode()


def test_a_name_may_be_broken_over_two_lines() -> None:
    assert without("a.txt", "Ask Jana\nKöhler, please.\n> Jana\n> Köhler\n") == b"Ask [erased], please.\n> [erased]\n"


def test_a_contact_says_the_same_of_others() -> None:
    text = (
        '---\nname: Owen\nsource: Jana Köhler\nrole: "Jana Köhler\'s boss"\ntags: [x, Jana Köhler]\n---\nJana Köhler\n'
    )
    new = without("contacts/owen.md", text)
    document = read_contact("contacts/owen.md", new)
    assert document.values == {
        "name": "Owen",
        "source": "(erased)",
        "role": "(erased) boss",
        "tags": ["x", "(erased)"],
    }
    assert document.body == "[erased]\n"


def test_brackets_stay_where_they_are_quoted() -> None:
    new = without("contacts/owen.md", '\ufeff---\nname: Owen\nsource: "By Jana Köhler"\n---\n')
    assert new.decode() == '\ufeff---\nname: Owen\nsource: "By [erased]"\n---\n'


def test_a_file_of_yaml_stays_one() -> None:
    new = without("x.yml", "a: Jana Köhler\nJana Köhler: {b: 040 1234567}\n")
    assert read_yaml("x.yml", new).values == {"a": "(erased)", "(erased)": {"b": "(erased)"}}
    assert without("x.yml", "- Jana Köhler\n- b: Jana Köhler\n") == b"- (erased)\n- b: (erased)\n"
    assert without("x.yml", "Jana Köhler\n") == b"(erased)\n"


def test_what_would_say_something_else_by_any_mark_stays() -> None:
    source, role = "source: Jana Köhler", "role: By 040 1234567"
    kept = "---\nname: Owen\nvalue: 401234567\ntags: [x, Köhler, Jana]"
    new = without("contacts/owen.md", f"{kept}\n{source}\n{role}\n---\n401234567\n").decode()
    assert new == f"{kept}\nsource: (erased)\nrole: By (erased)\n---\n[erased]\n"
    twice = "Jana Köhler: 1\n040 1234567: 2\n"
    assert without("x.yaml", twice) == b"(erased): 1\n040 1234567: 2\n"


def test_what_cannot_be_read_is_replaced_as_text() -> None:
    assert without("contacts/x.md", "---\na: [\nJana Köhler") == b"---\na: [\n[erased]"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_wide_text_stays_wide(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    data = mark + "Ask Jana Köhler\n".encode(encoding)
    assert without("a.txt", data) == mark + "Ask [erased]\n".encode(encoding)


def test_bytes_that_are_no_text_stay() -> None:
    assert without("a.csv", b"Jana K\xf6hler;\xff\xfe\n") == b"[erased];\xff\xfe\n"
    binary = b"\0\1Jana K\xc3\xb6hler"
    assert without("a.bin", binary) == binary
    assert text_of(binary).is_binary
    assert text_of(b"\xff\xfe\0").is_binary
