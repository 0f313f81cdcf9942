"""Reading never crashes, whatever the bytes, and whatever it points at lies inside of the file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from crmtool import yaml_reader
from crmtool.contact import contact_from
from crmtool.document import Document, read_contact, read_contact_text, read_yaml
from crmtool.finding import Place
from crmtool.rulebook import rulebook_from
from crmtool.text import Span
from tests.building import shipped_schema
from tests.conftest import JANA, RULEBOOK

PIECES = [
    "---\n", "---", "\n", "\r\n", "\r", "  ", "\t", ": ", ":", "- ", "-", "? ", ", ", "[", "]", "{", "}", "{{", "}}",
    "&", "&a ", "*", "*a", "!", "!!str ", "!x ", "|", ">", "|-\n", "'", '"', "\\", "#", " #", "%", "%YAML 1.2\n", "@",
    "`", "...\n", "<<", "=", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "~", "null", "true", "no", "1", "1e400", "-0",
    "2026-02-30", "name", "fit", "met", "ä", "名", "😀", "\u2028", "\u2029", "\x85", "\ufeff", "\x00", "\x07", "\x7f",
    "\xa0", "\ud7ff", "\ufffe", "\U0010ffff", "\x0b",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, at: Place = ()) -> list[Place]:
    """List the place of everything in a value, and one absent place beside each."""
    found: list[Place] = [at, (*at, "absent"), (*at, 99)]
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        found += places(inner, (*at, key))
    return found


def lines_of(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def assert_inside(document: Document, line: int, column: int) -> None:
    lines = lines_of(document.text)
    assert 1 <= line <= len(lines)
    # Between CR and LF is a place, too: behind the last character that is to be seen.
    assert 1 <= column <= len(lines[line - 1]) + 2


def assert_sound(document: Document) -> None:
    """Hold a document to what is promised of every one."""
    assert (document.values is None) == bool(document.problems)
    for problem in document.problems:
        assert problem.message
        assert problem.hint
        assert 0 <= problem.span.start <= problem.span.end <= len(document.text) + 1
        place = document.location(problem.span)
        assert_inside(document, place.line, place.column)
        assert_inside(document, place.end_line, place.end_column)
    for at in places(document.values)[:60] if document.values is not None else [()]:
        for on_key in (False, True):
            place = document.locate(at, on_key=on_key)
            assert_inside(document, place.line, place.column)
            assert_inside(document, place.end_line, place.end_column)
            assert (place.line, place.column) <= (place.end_line, place.end_column)
    assert document.body in document.text
    for name in ("contact", "criteria"):
        for shape in shipped_schema(name).shape(document):
            assert shape.message
            assert_inside(document, document.locate(shape.place).line, 1)


def assert_all_sound(data: bytes) -> None:
    contact = read_contact("contacts/x.md", data)
    assert_sound(contact)
    contact_from(contact)
    alone = read_contact_text("contacts/x.md", data)
    assert (alone.text, alone.yaml_span, alone.body) == (contact.text, contact.yaml_span, contact.body)
    rules = read_yaml("criteria.yaml", data)
    assert_sound(rules)
    if shipped_schema("criteria").shape(rules) == ():
        rulebook_from(rules)


@given(st.binary(max_size=200))
@example(b"---\nname: \xff\n---\n")
@example("---\nname: x\n---\n".encode("utf-16"))
@example("---\nname: x\n---\n".encode("utf-32"))
@example(b"\xef\xbb\xbf\xef\xbb\xbf---\n---\n")
def test_any_bytes(data: bytes) -> None:
    assert_all_sound(data)


@given(st.binary(max_size=80))
def test_any_bytes_between_fences(data: bytes) -> None:
    assert_all_sound(b"---\n" + data + b"\n---\n")


@given(MARKUP)
@example("\ufeff\ufeff&a")
@example("a: {{date}}\n\u2028&a\n")
def test_any_markup(text: str) -> None:
    assert_all_sound(text.encode("utf-8", "surrogatepass"))
    assert_all_sound(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Drop, double, move or replace a few stretches of a valid file."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        put = draw(st.sampled_from(["", text[start:end] * 2, *PIECES]))
        text = text[:start] + put + text[end:]
    return text


@pytest.mark.parametrize("text", [JANA, RULEBOOK], ids=["contact", "rule book"])
@given(data=st.data())
def test_mutations_of_a_valid_file(text: str, data: st.DataObject) -> None:
    assert_all_sound(data.draw(mutated(text)).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=6), st.integers(0, len(JANA.encode())))
def test_bytes_put_anywhere_into_a_contact(data: bytes, at: int) -> None:
    whole = JANA.encode()
    assert_all_sound(whole[:at] + data + whole[at:])


@given(MARKUP)
def test_no_anchor_alias_or_tag_gets_by(text: str) -> None:
    """A document that is read has none of what the parser itself calls an anchor, an alias, a tag or a directive."""
    if yaml_reader.read(text).problems:
        return
    for event in yaml.parse(re.sub("[\x85\u2028\u2029]", "\U000f0000", text), Loader=CParser):  # type: ignore[arg-type]
        assert getattr(event, "anchor", None) is None
        assert getattr(event, "tag", None) is None
        assert not getattr(event, "version", None)


def as_yaml_takes_it(text: str) -> bool:
    return not re.search("[\x00-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]", text)


@given(st.dictionaries(st.text(max_size=8), JSON_VALUES, max_size=5))
def test_json_is_read_as_what_it_is(values: dict[str, Any]) -> None:
    """Every JSON object means the same to us as to JSON."""
    text = json.dumps(values, ensure_ascii=True)
    if re.search(r"\\ud[89ab]", text) or _depth(values) > 32:
        return  # YAML knows no surrogate pairs
    reading = yaml_reader.read(text)
    assert reading.problems == ()
    assert reading.value == values
    assert json.dumps(reading.value) == json.dumps(values)  # true is not 1, and 1 is not 1.0


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(inner) for inner in value.values()), default=0)
    return 1 + max((_depth(inner) for inner in value), default=0) if isinstance(value, list) else 0


@given(st.text(max_size=30).filter(as_yaml_takes_it))
def test_quoted_text_is_kept(text: str) -> None:
    written = "'" + text.replace("'", "''") + "'"
    assert yaml_reader.read(f"a: {written}").value == {"a": text}


@given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=12))
def test_a_plain_word_is_a_json_value_or_itself(word: str) -> None:
    reading = yaml_reader.read(f"a: {word}")
    if reading.problems or not isinstance(reading.value, dict) or list(reading.value) != ["a"]:
        return  # a word of YAML's own
    value = reading.value["a"]
    if isinstance(value, str) and word[0] not in "\"'#|>":
        assert value == word
        assert not _is_json(word)
    elif not isinstance(value, str | list | dict):
        assert json.dumps(value) == json.dumps(json.loads(word))


def _is_json(word: str) -> bool:
    try:
        json.loads(word, parse_constant=lambda _: 1 / 0)  # NaN and Infinity are Python's, not JSON's
    except (ValueError, ZeroDivisionError):
        return False
    return True


@given(st.text(max_size=200))
def test_a_position_and_an_offset_belong_together(text: str) -> None:
    document = Document(path="x", text=text, yaml_span=Span(0, 0))
    for offset in range(len(text) + 1):
        place = document.location(Span(offset, offset))
        before = lines_of(text[:offset])
        if not (text[:offset].endswith("\r") and text[offset : offset + 1] == "\n"):
            assert (place.line, place.column) == (len(before), len(before[-1]) + 1)
