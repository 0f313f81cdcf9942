"""How files are read: FORMAT, section 2, sentence by sentence, each mistake with its line, column and code."""

from __future__ import annotations

from typing import Any

import frontmatter
import pytest

from crmtool.document import MAX_BYTES, ContactHandler, Document, read_contact, read_yaml, unreadable
from crmtool.finding import Location
from tests.building import contact_document, front_matter
from tests.conftest import JANA, RULEBOOK
from tests.effort import calls

Found = tuple[int, int, str]


def found(document: Document) -> list[Found]:
    """List line, column and code of every problem; a document has values exactly if it has none."""
    assert (document.values is None) == bool(document.problems)
    places = [document.location(problem.span) for problem in document.problems]
    return [(place.line, place.column, p.code) for place, p in zip(places, document.problems, strict=True)]


def stretch(document: Document) -> tuple[int, int, int, int]:
    """Give the whole location of the only problem."""
    (problem,) = document.problems
    place = document.location(problem.span)
    return place.line, place.column, place.end_line, place.end_column


def told(document: Document) -> tuple[str, str]:
    (problem,) = document.problems
    return problem.message, problem.hint


def value_of(plain: str) -> object:
    document = front_matter(f"a: {plain}")
    assert document.problems == ()
    assert document.values is not None
    return document.values["a"]


# --- Text stays text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "no", "No", "NO", "yes", "Yes", "on", "On", "off", "y", "n", "Y", "N", "True", "TRUE", "False", "FALSE",
        "Null", "NULL", "~", "nil", "none", "None", "undefined",
        "01067", "-01", "00", "007", "+49 40 1234", "+49", "+1", "040/1234", "1 2", "1,000", "1.000,50", "1_000",
        "12:30", "1:20:30", "190:20:30", "0x1F", "0xDEADBEEF", "0o17", "0b1", "017", ".5", "-.5", "5.", "1.", "1.e3",
        "1e", "e3", "1e+", "--1", "-a", "NaN", "nan", ".nan", ".NaN", ".inf", "-.inf", ".Inf", "+.inf", "inf",
        "Infinity", "-Infinity", "1e400", "-1e400", "1E999", "9" * 309, "9" * 400, "-" + "9" * 400,
        "1" * 401, "1" * 5000, "0." + "1" * 5000,
        "2026-11-23", "2026-02-30", "2026-11-23T10:00:00Z", "2026-11-23 10:00:00", "23.11.2026", "11/23/2026",
        "=", "<<", "truetrue", "nullx", "t", "f", "true.", "٣", "１２", "½", "1a", "0123e", "40 T€", "100%",
        "Köhler", "名前", "😀",
    ],
)  # fmt: skip
def test_a_plain_scalar_that_json_does_not_know_is_text(text: str) -> None:
    value = value_of(text)
    assert value == text
    assert type(value) is str


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-0", 0),
        ("7", 7),
        ("-7", -7),
        ("42000", 42000),
        ("0.0", 0.0),
        ("-0.0", -0.0),
        ("0.4", 0.4),
        ("-12.50", -12.5),
        ("1e3", 1000.0),
        ("1E+3", 1000.0),
        ("1e-3", 0.001),
        ("1.5e2", 150.0),
        ("0e0", 0.0),
        ("1e308", 1e308),
        ("9007199254740993", 9007199254740993),
        ("9" * 308, int("9" * 308)),
        ("0." + "1" * 398, 0.1111111111111111),
    ],
)
def test_a_plain_scalar_is_read_as_json_would_read_it(plain: str, value: object) -> None:
    read = value_of(plain)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"true"', "true"),
        ("'null'", "null"),
        ('"1"', "1"),
        ("'0.4'", "0.4"),
        ('""', ""),
        ("''", ""),
        ("", ""),
        ("# only a comment", ""),
        ("|-\n  1", "1"),
        (">-\n  null", "null"),
        ("|\n  true\n  x", "true\nx\n"),
        ('"a\\tb\\u00e9\\n"', "a\tbé\n"),
        ("'it''s'", "it's"),
        ("x # a comment", "x"),
        ("x#y", "x#y"),
        ("a\tb", "a\tb"),
        ("\tx", "x"),
        ("line one\n  line two", "line one line two"),
        ("\ufeffx", "\ufeffx"),
    ],
)
def test_quoted_and_long_text_is_text(written: str, text: str) -> None:
    value = value_of(written)
    assert value == text
    assert type(value) is str


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("quoted", ["{}", '"{}"', "'{}'", "[{}]", '["{}"]', "|-\n  {}"])
def test_separators_that_only_old_yaml_takes_as_line_ends_stay_text(separator: str, quoted: str) -> None:
    text = f"one{separator}two{separator}{separator} three"
    value = value_of(quoted.format(text))
    assert value == ([text] if quoted.startswith("[") else text)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_separators_end_no_line(separator: str) -> None:
    document = front_matter(f"a{separator}: x{separator}y # no{separator}b: 1\nc: 1\nc: 2")
    assert found(document) == [(4, 1, "duplicate-key")]
    assert front_matter(f"a: b{separator}&c *d\ne: \U000f0000{separator}").values == {
        "a": f"b{separator}&c *d",
        "e": f"\U000f0000{separator}",
    }


def test_a_place_is_found_behind_separators() -> None:
    document = front_matter("a\u2028: {b: x}\nc: 1")
    assert document.locate(("a\u2028", "b")) == Location(
        path="contacts/x.md", line=2, column=9, end_line=2, end_column=10
    )


def test_keys_that_look_like_something_else_are_text() -> None:
    document = front_matter('no: 1\non: 2\n01: 3\n2026-01-01: 4\n1_000: 5\n"7": 6\n\'true\': 7\n"": 8')
    assert document.values == {"no": 1, "on": 2, "01": 3, "2026-01-01": 4, "1_000": 5, "7": 6, "true": 7, "": 8}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert front_matter("a:\n  <<: {b: 1}\n  c: 2").values == {"a": {"<<": {"b": 1}, "c": 2}}


def test_lists_and_mappings_in_all_styles() -> None:
    document = front_matter("a: [x, [1, {b: c}], {}]\nd:\n- 1\n- - 2\n  - e: f\n    g:\nh: {i, j: 1,}")
    assert document.values == {
        "a": ["x", [1, {"b": "c"}], {}],
        "d": [1, [2, {"e": "f", "g": ""}]],
        "h": {"i": "", "j": 1},
    }


def test_the_documented_files_are_read() -> None:
    contact = contact_document(JANA)
    assert contact.problems == ()
    assert contact.values is not None
    assert contact.values["value"] == 42000
    assert contact.values["next_step"] == {
        "do": "Mit CFO klären, ob Q1 gilt",
        "clarifies": "buyer",
        "due": "2026-11-28",
    }
    assert contact.body.strip() == "Free Markdown notes."
    rules = read_yaml("criteria.yaml", RULEBOOK.encode())
    assert rules.problems == ()
    assert rules.values is not None
    assert list(rules.values["statuses"]) == ["new", "clarifying", "ready", "parked", "agreed", "stopped"]  # type: ignore[arg-type]


# --- Duplicate keys and keys that are not strings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: 1\nb: 2\na: 3", [(4, 1)]),
        ("a: 1\na: 1", [(3, 1)]),
        ("a: 1\na: 2\na: 3", [(3, 1), (4, 1)]),
        ("a: 1\n\"a\": 2\n'a': 3", [(3, 1), (4, 1)]),
        ("a: {b: 1, c: {d: 2, d: 3}}", [(2, 21)]),
        ("a:\n  - x: 1\n    y: 2\n    x: 3", [(5, 5)]),
        ("criteria:\n  fit: {met: 2026-01-01}\n  fit: {not_met: 2026-01-02}", [(4, 3)]),
        ("a: {b: 1, b: 2}\nc: 1\na: {b: 3, b: 4}", [(2, 11), (4, 1)]),  # what stands twice is not gone into
        ("? a\n: 1\na: 2", [(4, 1)]),
        ("é: 1\n名: 2\né: 3\n名: 4", [(4, 1), (5, 1)]),
    ],
)
def test_duplicate_keys(yaml: str, places: list[tuple[int, int]]) -> None:
    assert found(front_matter(yaml)) == [(line, column, "duplicate-key") for line, column in places]


def test_a_duplicate_key_is_named_and_underlined() -> None:
    document = front_matter("name: A\nname: B")
    assert stretch(document) == (3, 1, 3, 5)
    assert told(document)[0] == "the key 'name' stands twice"


def test_keys_that_differ_are_no_duplicates() -> None:
    assert front_matter("a: 1\nA: 2\n\" a\": 3\n'a ': 4\nä: 5\na\u0308: 6").values == {
        "a": 1, "A": 2, " a": 3, "a ": 4, "ä": 5, "a\u0308": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("yaml", "line", "column", "message"),
    [
        ("1: a", 2, 1, "the key '1' is not text"),
        ("x: 1\n-1.5: a", 3, 1, "the key '-1.5' is not text"),
        ("true: a", 2, 1, "the key 'true' is not text"),
        ("false: a", 2, 1, "the key 'false' is not text"),
        ("null: a", 2, 1, "the key 'null' is not text"),
        ("a: {1: b}", 2, 5, "the key '1' is not text"),
        ("a:\n  - b: 1\n    2: c", 4, 5, "the key '2' is not text"),
        ("? [a]\n: 2", 2, 3, "a key must be text, not a list or a mapping"),
        ("? {b: 1}\n: 3", 2, 3, "a key must be text, not a list or a mapping"),
        ("[a, b]: c", 2, 1, "a key must be text, not a list or a mapping"),
        ("a: {[b]: c}", 2, 5, "a key must be text, not a list or a mapping"),
        ("? - a\n: b", 2, 3, "a key must be text, not a list or a mapping"),
        (": x", 2, 1, "a key is missing before the colon"),
        ("a: 1\n: x", 3, 1, "a key is missing before the colon"),
        ("?\n: x", 2, 2, "a key is missing before the colon"),
    ],
)
def test_keys_that_are_not_strings(yaml: str, line: int, column: int, message: str) -> None:
    document = front_matter(yaml)
    assert found(document) == [(line, column, "yaml-syntax")]
    assert told(document)[0] == message


def test_every_bad_key_is_told_at_once() -> None:
    assert found(front_matter("1: a\n2: b\nx: {true: c}\nx: 1")) == [
        (2, 1, "yaml-syntax"),
        (3, 1, "yaml-syntax"),
        (4, 5, "yaml-syntax"),
        (5, 1, "duplicate-key"),
    ]


# --- Anchors, aliases, tags, directives, documents --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: &x 1", [(2, 4)]),
        ("a: &x 1\nb: *x", [(2, 4), (3, 4)]),
        ("a: *x", [(2, 4)]),
        ("a: [&x 1, *x, *x]", [(2, 5), (2, 11), (2, 15)]),
        ("a: {b: &x 1,c: *x}", [(2, 8), (2, 16)]),
        ("*a : 1", [(2, 1)]),
        ("&a b: 1", [(2, 1)]),
        ("&a\nb: 1", [(2, 1)]),
        ("a: &m\n  b: 1\nc:\n  <<: *m", [(2, 4), (5, 7)]),
        ("- &x a\n- *x", [(2, 3), (3, 3)]),
        ("a:\n  &x b", [(3, 3)]),
        ("a: &x !t 1", [(2, 4)]),
        ("a: !t &x 1", [(2, 7)]),
        ('a: "&x" \nb: &y "z"', [(3, 4)]),
        ("a: &1 b", [(2, 4)]),
        ("? &x a\n: b", [(2, 3)]),
        ("a: *x\nb: [", [(2, 4)]),
        # What no parser takes for a name is none the less meant by no one to be an anchor.
        ("a: & b", [(2, 4)]),
        ("a: &", [(2, 4)]),
        ("a: *", [(2, 4)]),
        ("a: * b", [(2, 4)]),
        ("a: *wichtig*", [(2, 4)]),
        ("a: **wichtig**", [(2, 4)]),
        ("a: *ä", [(2, 4)]),
        ("a: 1\nb: &ü 2", [(3, 4)]),
        ("tags: [b2b, *vip]", [(2, 13)]),
    ],
)
def test_anchors_and_aliases(yaml: str, places: list[tuple[int, int]]) -> None:
    assert found(front_matter(yaml)) == [(line, column, "alias-not-allowed") for line, column in places]


def test_an_anchor_and_an_alias_are_named() -> None:
    anchor, alias = front_matter("a: &x 1\nb: *x").problems
    assert anchor.message == "&x is a YAML anchor, which is not allowed"
    assert alias.message == "*x is a YAML alias, which is not allowed"
    assert alias.hint.endswith('put text that begins with * in quotes: "*x"')
    assert stretch(front_matter("a: *wichtig")) == (2, 4, 2, 12)


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("a: !x 1", (2, 4)),
        ("a: !!str 1", (2, 4)),
        ("a: !!python/object/apply:os.system [ls]", (2, 4)),
        ("a: !<tag:yaml.org,2002:str> x", (2, 4)),
        ("a: !", (2, 4)),
        ("a: ! x", (2, 4)),
        ("a: !\nb: 1", (2, 4)),
        ("a: [!, b]", (2, 5)),
        ("a: [!x , b]", (2, 5)),
        ("a: {b: !x c}", (2, 8)),
        ("!x a: 1", (2, 1)),
        ("!x\na: 1", (2, 1)),
        ("a: !m\n  b: 1", (2, 4)),
        ("a:\n  - !s [b]", (3, 5)),
        ("a: Hallo!\nb: !wichtig", (3, 4)),
        ("a: !!binary aGVsbG8=", (2, 4)),
        ("a: !!timestamp 2026-11-23", (2, 4)),
        ("a: !!set {x, y}", (2, 4)),
        # Tags that no parser can read, too.
        ("a: !e!x y", (2, 4)),
        ("a: 1\nb: ![x]", (3, 4)),
        ("a: !<x y", (2, 4)),
        ("a: !<>", (2, 4)),
    ],
)
def test_tags(yaml: str, place: tuple[int, int]) -> None:
    assert found(front_matter(yaml)) == [(*place, "tag-not-allowed")]


def test_a_tag_is_named_and_underlined() -> None:
    document = front_matter("a: !!str 1")
    assert stretch(document) == (2, 4, 2, 9)
    assert told(document)[0] == "the YAML tag !!str is not allowed"


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("%YAML 1.2\n---\nname: x\n", 1),
        ("%TAG ! tag:x,2002:\n---\nname: x\n", 1),
        ("# first\n%YAML 1.1\n---\nname: x\n", 2),
        ("%YAML 1.2\nname: x\n", 1),
        ("name: x\n%b: 2\n", 2),
        ("%a: 1\n", 1),
        ("%FOO bar\nname: x\n", 1),
    ],
)
def test_directives(yaml: str, line: int) -> None:
    document = read_yaml("criteria.yaml", yaml.encode())
    assert found(document) == [(line, 1, "tag-not-allowed")]
    assert told(document) == ("a YAML directive is not allowed", "remove the line that begins with %")


def test_a_directive_in_front_matter() -> None:
    assert found(front_matter("%YAML 1.2\nname: x")) == [(2, 1, "tag-not-allowed")]
    assert found(contact_document("---\n%YAML 1.2\n---\nname: x\n---\n")) == [(2, 1, "tag-not-allowed")]


@pytest.mark.parametrize(
    "yaml",
    [
        "a: foo &bar *baz !qux %d",
        "a: Petersen & Co",
        "a: AT&T",
        "a: 5 * 3 *4 **5**",
        "a: -*3",
        "a: wow!",
        "a: Achtung! Wichtig",
        "a: (!x) (&y) (*z)",
        "a: 100%",
        'a: "&x *y !z %w"',
        "a: '&x'\nb: '*y'\nc: '!z'\nd: '%w'",
        "a: '\n  &x\n  *y'",
        'a: "x\n  !y\n  &z"',
        "tags: [a&b, c*d, e!f, g%h]",
        "a: x\n  &y\n  *z\n  !w",
        "a: |\n  &x\n  *y\n  !z\n  %w\n",
        "a: >-\n  *wichtig* & ! %\n",
        "# &x *y !z\na: 1 # *y !z &x",
        "a: 'x\n%y'",
        "a&: 1\nb*: 2\nc!: 3",
        "a: x:&y",
        "a: https://x.example/?a=1&b=2!*",
    ],
)
def test_signs_inside_of_text_are_no_anchors_aliases_or_tags(yaml: str) -> None:
    assert front_matter(yaml).problems == ()


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("name: x\n---\nname: y\n", 2, "more than one YAML document"),
        ("---\nname: x\n---\n", 3, "more than one YAML document"),
        ("name: x\n...\n---\nname: y\n", 3, "more than one YAML document"),
        ("name: x\n...\nname: y\n", 3, "text after the end of the YAML document"),
    ],
)
def test_more_than_one_document(yaml: str, line: int, message: str) -> None:
    document = read_yaml("criteria.yaml", yaml.encode())
    assert found(document) == [(line, 1, "yaml-syntax")]
    assert told(document)[0] == message


def test_one_document_may_be_marked_as_such() -> None:
    assert read_yaml("criteria.yaml", b"---\nname: x\n...\n").values == {"name": "x"}


def test_a_second_document_in_front_matter() -> None:
    assert found(contact_document("---\nname: x\n--- y\n---\n")) == [(3, 1, "yaml-syntax")]
    assert found(front_matter("name: x\n...\nname: y")) == [(4, 1, "yaml-syntax")]


# --- The fences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (" \n\t\n", "the file is empty"),
        ("name: x\n", "the file does not begin with front matter"),
        ("# Jana\n\n---\nname: x\n---\n", "the file does not begin with front matter"),
        ("----\nname: x\n----\n", "the file does not begin with front matter"),
        ("--\nname: x\n--\n", "the file does not begin with front matter"),
        ("--- # x\nname: x\n---\n", "the file does not begin with front matter"),
        ("---name: x\n---\n", "the file does not begin with front matter"),
        ("-- -\nname: x\n---\n", "the file does not begin with front matter"),
        ("———\nname: x\n———\n", "the file does not begin with front matter"),
        ("\u200b---\nname: x\n---\n", "the file does not begin with front matter"),
        ("+++\nname = 'x'\n+++\n", "TOML front matter (+++) is not read"),
        ("\n---\nname: x\n---\n", "the front matter does not begin on the first line, at its left edge"),
        (" ---\nname: x\n---\n", "the front matter does not begin on the first line, at its left edge"),
        ("\t---\nname: x\n---\n", "the front matter does not begin on the first line, at its left edge"),
    ],
)
def test_a_missing_fence(text: str, message: str) -> None:
    document = contact_document(text)
    assert found(document) == [(1, 1, "front-matter-missing")]
    assert told(document)[0] == message


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: x\n",
        "---",
        "---\n",
        "---\r\n",
        "---  \n",
        "---\nname: x\n ---\n",
        "---\nname: x\n----\nBody\n",
        "---\nname: x\n--\n",
        "---\nname: x\n...\n",
        "---\nname: x\n+++\n",
        "---\nname: x\n--- #\n",
        "---\nname: x---\n",
    ],
)
def test_an_unclosed_fence(text: str) -> None:
    document = contact_document(text)
    assert found(document) == [(1, 1, "front-matter-missing")]
    assert told(document) == ("the front matter is not closed", "add a line `---` after the last key")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\nname: x\n---\nBody\n", "Body\n"),
        ("---\nname: x\n---", ""),
        ("---\nname: x\n---\n", ""),
        ("---  \nname: x\n---\t \nBody", "Body"),
        ("---\r\nname: x\r\n---\r\nBody\r\n", "Body\r\n"),
        ("---\rname: x\r---\rBody", "Body"),
        ("---\nname: x\r---\r\nBody", "Body"),
        ("\ufeff---\nname: x\n---\nBody", "Body"),
        ("---\nname: x\n---\ntext\n---\nmore\n---\n", "text\n---\nmore\n---\n"),
        ("---\nname: x\n---\n---\n", "---\n"),
        ("---\nname: x\n---\n\n# Title\n", "\n# Title\n"),
        ("---\nname: x\n...\n---\nBody", "Body"),
    ],
)
def test_front_matter_ends_at_its_second_fence(text: str, body: str) -> None:
    document = contact_document(text)
    assert document.values == {"name": "x"}
    assert document.body == body


def test_a_document_that_cannot_be_read_has_no_body_of_its_own() -> None:
    assert contact_document("no fence\n---\nx").body == ""


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("- a\n- b", "the front matter is not a mapping of keys to values"),
        ("hello", "the front matter is not a mapping of keys to values"),
        ("42", "the front matter is not a mapping of keys to values"),
        ("~", "the front matter is not a mapping of keys to values"),
        ("[]", "the front matter is not a mapping of keys to values"),
        ('""', "the front matter is not a mapping of keys to values"),
        ("null", "the front matter is empty"),
        ("", "the front matter is empty"),
        ("# only a comment", "the front matter is empty"),
    ],
)
def test_front_matter_that_is_no_mapping(yaml: str, message: str) -> None:
    document = front_matter(yaml)
    assert found(document) == [(2, 1, "schema")]
    assert told(document)[0] == message


def test_two_fences_with_nothing_between() -> None:
    document = contact_document("---\n---\nBody")
    assert found(document) == [(2, 1, "schema")]
    assert told(document)[0] == "the front matter is empty"


def test_an_empty_mapping_is_a_mapping() -> None:
    assert front_matter("{}").values == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "the file is empty"), ("- a", "the file is not a mapping of keys to values")],
)
def test_a_rule_book_that_is_no_mapping(text: str, message: str) -> None:
    document = read_yaml("criteria.yaml", text.encode())
    assert found(document) == [(1, 1, "schema")]
    assert told(document)[0] == message


# --- Bytes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        ("---\nname: Jörg\n---\n".encode("latin-1"), 2, 8, "F6"),
        ("---\nname: Jörg\n---\n".encode("utf-16"), 1, 1, "FF"),
        ("---\nname: x\n---\n".encode("utf-16-be").replace(b"\0", b"\xfe", 1), 1, 1, "FE"),
        (b"---\nname: x\n---\nK\xfchl\n", 4, 2, "FC"),  # in the body, too
        (b"---\nname: x\n---\n\xed\xa0\x80\n", 4, 1, "ED"),  # half of a surrogate pair
        (b"---\nname: x\n---\n\xc0\xaf\n", 4, 1, "C0"),  # overlong
        (b"---\nname: x\n---\n\xf4\x90\x80\x80\n", 4, 1, "F4"),  # beyond Unicode
        ("---\nname: 名😀".encode()[:-1], 2, 8, "F0"),  # cut off
        (b"\xef\xbb\xbf---\nn: \xff", 2, 4, "FF"),
        (b"---\r\nname: x\r\n---\r\n\x80", 4, 1, "80"),
        (b"\xff", 1, 1, "FF"),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, line: int, column: int, byte: str) -> None:
    document = read_contact("contacts/x.md", data)
    assert found(document) == [(line, column, "not-utf8")]
    assert told(document)[0] == f"the byte 0x{byte} is not UTF-8"
    assert [code for *_, code in found(read_yaml("criteria.yaml", data))] == ["not-utf8"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\nname: a\0b\n---\n", 2, 8),
        ("---\nname: 😀\0\n---\n", 2, 8),
        ("---\nname: x\n---\nBody\n\0", 5, 1),
        ("\0---\nname: x\n---\n", 1, 1),
        ("\0", 1, 1),
        ("---\nname: x\n---\n".encode("utf-16-le").decode(), 1, 2),
    ],
)
def test_nul_bytes(text: str, line: int, column: int) -> None:
    document = contact_document(text)
    assert found(document) == [(line, column, "yaml-syntax")]
    assert told(document) == ("the file holds a NUL byte", "remove the NUL byte")


@pytest.mark.parametrize(
    "character", ["\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\ufffe"]
)
def test_control_characters_in_front_matter(character: str) -> None:
    document = front_matter(f'x: 1\nname: "ä😀{character}b"')
    assert found(document) == [(3, 10, "yaml-syntax")]
    assert told(document) == (f"the control character U+{ord(character):04X} is not allowed", "remove it")
    assert contact_document(f"---\nname: x\n---\nä{character}").problems == ()


def test_a_control_character_is_found_behind_separators_that_the_parser_never_sees() -> None:
    document = read_contact("contacts/a.md", "---\nname: A\u2028B\x85C\nrole: D\x0cE\n---\n".encode())
    assert told(document) == ("the control character U+000C is not allowed", "remove it")
    assert document.text[document.problems[0].span.start] == "\x0c"


def nested(levels: int, inner: str = "") -> str:
    """Write front matter so many levels deep, itself being the first."""
    return "a: " + "[" * (levels - 1) + inner + "]" * (levels - 1)


def test_32_levels_are_read() -> None:
    depth, value = 1, (front_matter(nested(32)).values or {})["a"]
    while isinstance(value, list):
        depth, value = depth + 1, value[0] if value else None
    assert depth == 32
    assert front_matter(nested(32, "x")).problems == ()
    assert front_matter("\n".join(" " * i + "a:" for i in range(32))).problems == ()


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        (nested(33), 2, 35),
        (nested(33, "x"), 2, 35),
        ("x: 1\n" + nested(33), 3, 35),
        ("a: " + "{a: " * 32 + "}" * 32, 2, 128),
        ("\n".join(" " * i + "a:" for i in range(33)), 34, 33),
        ("- " * 33 + "x", 2, 65),
        ("a: " + "[" * 100_000, 2, 35),
        ("a: " + "[" * 100_000 + "]" * 100_000, 2, 35),
        ("a: " + "{a: " * 100_000, 2, 128),
        ("a: " + "{? " * 100_000, 2, 97),
        ("? " * 100_000, 2, 65),
        ("- " * 100_000, 2, 65),
    ],
)
def test_nesting_deeper_than_32(yaml: str, line: int, column: int) -> None:
    document = front_matter(yaml)
    assert found(document) == [(line, column, "too-deep")]
    assert told(document)[0] == "values are nested deeper than 32 levels"
    assert calls(front_matter, yaml) < 2_000 + len(yaml) // 100


def test_nesting_too_deep_is_not_gone_through_for_anchors() -> None:
    for opening in ("[", "{a: "):
        yaml = "x: " + opening * 200_000 + "&a"
        assert found(front_matter(yaml)) == [(2, 4 + 31 * len(opening), "too-deep")]
        assert calls(front_matter, yaml) < 2_000
    assert found(front_matter("x: " + "[" * 31 + "&a 1" + "]" * 31)) == [(2, 35, "alias-not-allowed")]


def test_anchors_are_told_where_nesting_is_too_deep_as_well() -> None:
    assert found(front_matter("a: &x\n  " + nested(33))) == [(2, 4, "alias-not-allowed")]


def test_a_file_of_one_mebibyte_is_read_and_no_larger_one() -> None:
    head = b"---\nname: x\n---\n"
    assert MAX_BYTES == 1_048_576
    assert read_contact("contacts/x.md", head + b"x" * (MAX_BYTES - len(head))).values == {"name": "x"}
    document = read_contact("contacts/x.md", head + b"x" * (MAX_BYTES - len(head) + 1))
    assert found(document) == [(1, 1, "too-large")]
    assert told(document)[0] == "the file has more than 1,048,576 bytes"
    assert found(read_yaml("criteria.yaml", b"# " + b"\xff" * MAX_BYTES)) == [(1, 1, "too-large")]


def test_size_is_counted_in_bytes() -> None:
    text = "---\nname: x\n---\n" + "ä" * (MAX_BYTES // 2)
    assert found(contact_document(text)) == [(1, 1, "too-large")]


def test_a_byte_order_mark_is_accepted_and_moves_no_column() -> None:
    document = read_contact("contacts/x.md", "\ufeff---\nname: A\nname: B\n---\nBody".encode())
    assert found(document) == [(3, 1, "duplicate-key")]
    rules = read_yaml("criteria.yaml", "\ufeffname: A\nx: *a".encode())
    assert found(rules) == [(2, 4, "alias-not-allowed")]
    assert found(read_yaml("criteria.yaml", "\ufeff1: A".encode())) == [(1, 1, "yaml-syntax")]


@pytest.mark.parametrize("yaml", ["a: 1", "a: 1\na: 2", "&x a: 1", "a: [", "1: 2"])
def test_a_second_byte_order_mark_is_pointed_at(yaml: str) -> None:
    document = read_yaml("criteria.yaml", f"\ufeff\ufeff{yaml}".encode())
    assert found(document) == [(1, 1, "yaml-syntax")]
    assert "U+FEFF" in told(document)[0]
    assert found(contact_document(f"---\n\ufeff{yaml}\n---\n")) == [(2, 1, "yaml-syntax")]


MISTAKES: list[tuple[str, list[Found]]] = [
    ("name: x\na: 1\na: 2", [(4, 1, "duplicate-key")]),
    ("name: x\n\nb: [a, *x]", [(4, 8, "alias-not-allowed")]),
    ("name: x\nb: !t y", [(3, 4, "tag-not-allowed")]),
    ("name: x\n'b: y", [(3, 1, "yaml-syntax")]),
    ("name: |\n  x\n  y\nc: [1, 2", [(5, 4, "yaml-syntax")]),
    ("名前: 😀\n😀: &a 1", [(3, 4, "alias-not-allowed")]),
    ("a: {😀: 1, '名': 2, 😀: 3}", [(2, 19, "duplicate-key")]),
    ("a: 😀😀 &b\nb: [ä, ö, *ü]", [(3, 11, "alias-not-allowed")]),
    ("e\u0301: 1\ne\u0301: 2", [(3, 1, "duplicate-key")]),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("yaml", "places"), MISTAKES)
def test_line_ends_and_wide_characters_move_no_place(yaml: str, places: list[Found], mark: str, newline: str) -> None:
    assert found(contact_document(mark + f"---\n{yaml}\n---\nBody\n".replace("\n", newline))) == places


def test_line_ends_may_be_mixed() -> None:
    assert found(contact_document("---\r\nname: x\ra: 1\n\nb: *x\r\n---\n")) == [(5, 4, "alias-not-allowed")]


# --- Conflicts --------------------------------------------------------------------------------------------------------

BOTH_SIDES = "<<<<<<< HEAD\nstatus: new\n=======\nstatus: ready\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"---\nname: A\n{BOTH_SIDES}---\nBody\n", [3]),
        (f"---\nname: A\n{BOTH_SIDES}{BOTH_SIDES}---\nBody\n", [3, 8]),
        (f"---\nname: A\n{BOTH_SIDES}---\n{BOTH_SIDES}", [3]),
        ("---\nname: A\n<<<<<<< a\nx: 1\n||||||| b\nx: 2\n=======\nx: 3\n>>>>>>> c\n---\n", [3]),
        ("<<<<<<< a\n---\nname: A\n=======\n---\nname: B\n>>>>>>> c\nx: 1\n---\n", [1]),
        ("<<<<<<< a\n=======\n---\nname: A\n---\n>>>>>>> c\n", [1]),
        ("---\nname: A\n<<<<<<< a\nx: 1\n---\nBody\n=======\nx: 2\n---\nBody\n>>>>>>> c\n", [3]),
        ("---\nname: A\n<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> c\n", [3]),
        ("<<<<<<< a\nno front matter\n=======\n>>>>>>> c\n", [1]),
        ("---\nname: A\n<<<<<<<\n---\n", [3]),
        ("---\nname: A\n=======\n---\n", [3]),
        ("---\nname: A\n>>>>>>> c\n---\n", [3]),
        ("---\nname: A\n||||||| b\n---\n", [3]),
        ("---\nname: A\n=======\nx: 1\n>>>>>>> c\n---\n", [3]),  # the first stray one of several
        ("---\nname: A\n>>>>>>> c", [3]),
        ("---\nname: *a\nname: [\n<<<<<<< HEAD\n---\n", [4]),  # other mistakes come after it is resolved
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_conflict_markers_are_named_as_such(text: str, lines: list[int], newline: str) -> None:
    document = contact_document(text.replace("\n", newline))
    assert found(document) == [(line, 1, "merge-conflict") for line in lines]
    assert {problem.message for problem in document.problems} == {"a merge conflict is not resolved"}
    assert [document.location(problem.span).end_column for problem in document.problems] == [8] * len(lines)


def test_a_conflict_in_the_rule_book() -> None:
    text = "statuses:\n<<<<<<< HEAD\n  a: 1\n=======\n  b: 1\n>>>>>>> x\n"
    assert found(read_yaml("criteria.yaml", text.encode())) == [(2, 1, "merge-conflict")]


@pytest.mark.parametrize(
    "text",
    [
        f"---\nname: A\n---\n{BOTH_SIDES}",
        "---\nname: A\n---\nTitle\n=======\n",
        "---\nname: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n---\n",
        "---\nname: a ======= b\n---\n",
        "---\nname: a\n  <<<<<<< b\n---\n",
    ],
)
def test_what_is_no_conflict_of_the_front_matter(text: str) -> None:
    assert contact_document(text).problems == ()


@pytest.mark.parametrize("line", ["<<<<<<<< HEAD", "<<<<<< HEAD", "<<<<<<<HEAD", "========", "======"])
def test_what_only_looks_like_a_conflict(line: str) -> None:
    assert found(contact_document(f"---\nname: A\n{line}\n---\n")) == [(3, 1, "yaml-syntax")]


# --- Placeholders, tabs, and other syntax -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "line", "start", "end"),
    [
        ("a: {{date}}", 2, 4, 12),
        ("a: {{ date }}\nb: 1", 2, 4, 14),
        ("a: {{date:YYYY-MM-DD}}", 2, 4, 23),
        ("a: {{a: b}}", 2, 4, 12),
        ("a: {{}}", 2, 4, 8),
        ("a: {{#if}}", 2, 4, 11),
        ("a: {{date}} x", 2, 4, 12),
        ("a: {{date}}T{{time}}", 2, 4, 12),
        ("a: [{{date}}]", 2, 5, 13),
        ("tags: [a, {{x}}]\nb: 1", 2, 11, 16),
        ("a: {b: {{date}}}", 2, 8, 16),
        ("- {{date}}", 2, 3, 11),
        ("{{date}}", 2, 1, 9),
        ("{{date}}: a", 2, 1, 9),
        ("a: 1\n{{date}}: b", 3, 1, 9),
        ("a: {{{date}}: b}", 2, 5, 13),
        ("a:\n  - {met: {{date}}, evidence: x}", 3, 11, 19),
        ("a:\n  met: {{date}}\n  evidence: x", 3, 8, 16),
        ("ä😀: {{date}}", 2, 5, 13),
    ],
)
def test_a_template_placeholder_is_pointed_at(yaml: str, line: int, start: int, end: int) -> None:
    document = front_matter(yaml)
    assert found(document) == [(line, start, "yaml-syntax")]
    assert stretch(document) == (line, start, line, end)
    written = yaml.splitlines()[line - 2][start - 1 : end - 1]
    assert told(document)[0] == f"the template placeholder {written} was not filled in"


@pytest.mark.parametrize(
    "yaml", ["a: '{{date}}'", 'a: "{{date}}"', "a: x {{date}}", "a: |\n  {{date}}", "# {{date}}\na: 1"]
)
def test_a_placeholder_inside_of_text_is_text(yaml: str) -> None:
    assert front_matter(yaml).problems == ()


def test_a_placeholder_elsewhere_is_not_blamed() -> None:
    assert found(front_matter("# {{date}}\na: b: c")) == [(3, 5, "yaml-syntax")]
    assert found(front_matter("x: '{{date}}'\na: b: c")) == [(3, 5, "yaml-syntax")]
    assert "second colon" in told(front_matter("# {{date}}\na: b: c"))[0]
    assert "list or a mapping" in told(front_matter("a: {{x: 1}: b}"))[0]


@pytest.mark.parametrize(
    ("yaml", "line", "column", "message"),
    [
        ("a:\n\tb: 1", 3, 1, "a tab is used as indentation"),
        ("a:\n  b: 1\n\tc: 1", 4, 1, "a tab is used as indentation"),
        ("a:\n  -\tx: 1\n\t  y: 1", 3, 4, "a tab is used as indentation"),
        ("a: |\n x\n\ty", 4, 1, "a tab is used as indentation"),
        ("a: b: c", 2, 5, "a second colon in an unquoted value"),
        ("a: x\n b: 1", 3, 3, "a key stands where the value above it goes on"),
        ("a\nb: 1", 3, 2, "a key stands where the value above it goes on"),
        ("a: x\n  'b c' : 1", 3, 9, "a key stands where the value above it goes on"),
        ("a:\n  - x\n   - b: 1", 4, 7, "a key stands where the value above it goes on"),
        ("a: who wrote\n  on Monday: they look", 3, 12, "a second colon in an unquoted value"),
        ("name: x\nfoo\nbar: 1", 3, 1, "this is not a `key: value` line"),
        ("name: x\nfoo", 3, 1, "this is not a `key: value` line"),
        ("a: [1, 2", 2, 4, "a list that is opened with [ is not closed"),
        ("a: [1,\n  2\n\n", 2, 4, "a list that is opened with [ is not closed"),
        ("x: 1\na: {b: 1", 3, 4, "a mapping that is opened with { is not closed"),
        ('a: ["x" y]', 2, 9, "a list that is opened with [ is not closed"),
        ("a: [", 2, 4, "a value is missing here"),
        ("a: [x,,y]", 2, 7, "a value is missing here"),
        ("a: {: x}", 2, 5, "a value is missing here"),
        ("a: ]", 2, 4, "a value is missing here"),
        ('a: "x\nb: 1', 2, 4, "quoted text is not closed"),
        ("a: 'x", 2, 4, "quoted text is not closed"),
        ("a: 'it's'", 2, 8, "text follows a value that is complete"),
        ('a: "b" c', 2, 8, "text follows a value that is complete"),
        ("a: {b: c}}", 2, 10, "text follows a value that is complete"),
        ("a:\n  b: 1\n c: 2", 4, 2, "the indentation does not fit the lines above"),
        ("a: 1\n- b", 3, 1, "the indentation does not fit the lines above"),
        ("- a\nb: 1", 3, 1, "a list item and a key stand on the same level"),
        ("a: - b", 2, 4, "a list begins on the line of its key"),
        ("a: @x", 2, 4, "a value cannot begin with @"),
        ("a: `x`", 2, 4, "a value cannot begin with `"),
        ("a: %x", 2, 4, "a value cannot begin with %"),
        ('a: "C:\\qed"', 2, 7, "an unknown escape in double quotes"),
        ('a: "\\x4"', 2, 7, "an unknown escape in double quotes"),
        ("a: >x\n b", 2, 5, "YAML cannot read this: did not find expected comment or line break"),
    ],
)
def test_other_syntax(yaml: str, line: int, column: int, message: str) -> None:
    document = front_matter(yaml)
    assert found(document) == [(line, column, "yaml-syntax")]
    assert told(document)[0] == message


def test_an_unclosed_quote_before_another_document() -> None:
    assert found(read_yaml("criteria.yaml", b'x: 1\na: "b\n---\nc: 1\n')) == [(2, 4, "yaml-syntax")]


def test_every_problem_has_a_hint() -> None:
    for yaml in ("a: *x", "a: !x", "a: [", "1: a", "a: 1\na: 2", nested(33), "- x", "a: {{x}}", "a: b: c", "%x"):
        for problem in front_matter(yaml).problems:
            assert problem.hint
            assert "\n" not in problem.message + problem.hint


def test_a_file_that_cannot_be_had_is_a_document_with_one_problem() -> None:
    document = unreadable("contacts/x.md", "the disk is full", "buy one")
    assert found(document) == [(1, 1, "unreadable")]
    assert told(document) == ("the disk is full", "buy one")
    assert document.body == ""
    assert document.locate(("name",)) == Location(path="contacts/x.md")


# --- Places -----------------------------------------------------------------------------------------------------------

TEXT = """\
---
name: Jana
criteria:
  fit: {met: 2026-11-03, evidence: "Passt"}
  budget:
    - met: 2026-10-28
      evidence: "40 T€"
    - {not_met: 2026-11-12}

  # a comment
decisions:
  - {date: 2026-10-20, to: new}
---
Body
"""


@pytest.mark.parametrize(
    ("place", "on_key", "expected"),
    [
        (("name",), False, (2, 7, 2, 11)),
        (("name",), True, (2, 1, 2, 5)),
        (("criteria", "fit", "met"), False, (4, 14, 4, 24)),
        (("criteria", "fit"), True, (4, 3, 4, 6)),
        (("criteria", "fit"), False, (4, 8, 4, 44)),
        (("criteria", "budget", 0, "evidence"), False, (7, 17, 7, 24)),
        (("criteria", "budget", 0), False, (6, 7, 7, 24)),
        (("criteria", "budget", 1), False, (8, 7, 8, 28)),
        (("criteria", "budget"), False, (6, 5, 8, 28)),  # neither the blank line nor the comment is part of it
        (("decisions", 0, "to"), False, (12, 28, 12, 31)),
        (("decisions", 0, "to"), True, (12, 24, 12, 26)),
        ((), False, (2, 1, 12, 32)),
        (("decisions", 0, "because"), False, (12, 5, 12, 32)),  # absent: the nearest thing around it
        (("criteria", "fit", "by"), False, (4, 3, 4, 6)),  # absent in a mapping that has a key: that key
        (("decisions", 7), False, (11, 1, 11, 10)),
        (("stop_if", 0, "when"), False, (2, 1, 12, 32)),
        (("name", "x"), False, (2, 1, 2, 5)),
        (("criteria", "budget", 1, "not_met", 0), False, (8, 8, 8, 15)),
    ],
)
def test_a_place_is_a_stretch_of_the_file(place: Any, on_key: bool, expected: tuple[int, int, int, int]) -> None:
    location = contact_document(TEXT).locate(place, on_key=on_key)
    assert (location.line, location.column, location.end_line, location.end_column) == expected
    assert location.path == "contacts/x.md"


# --- python-frontmatter -----------------------------------------------------------------------------------------------


def test_python_frontmatter_reads_a_contact_as_we_do() -> None:
    post = frontmatter.loads(JANA, handler=ContactHandler())
    document = contact_document(JANA)
    assert post.metadata == document.values
    assert post.content == document.body.strip()
    assert post.metadata["next_step"]["due"] == "2026-11-28"  # type: ignore[index]


def test_python_frontmatter_keeps_our_fences() -> None:
    handler = ContactHandler()
    assert handler.detect("---\na: 1\n---\n")
    assert not handler.detect("----\na: 1\n----\n")
    assert not handler.detect("\n---\na: 1\n---\n")
    assert frontmatter.loads("---\na: no\n---\n---\nb\n", handler=handler).content == "---\nb"


@pytest.mark.parametrize(
    ("yaml", "message"), [("a: &x 1", "&x is a YAML anchor"), ("a: 1\na: 2", "stands twice"), ("[", "missing")]
)
def test_python_frontmatter_is_told_what_is_wrong(yaml: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ContactHandler().load(yaml)


def test_python_frontmatter_gets_a_mapping_in_any_case() -> None:
    assert ContactHandler().load("- a") == {}
    assert ContactHandler().load("") == {}
