"""A text that is written reads as just that text, in whatever quotes and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.edit.scalars import DOUBLE, PLAIN, SINGLE, scalar
from crmtool.yaml_reader import read

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "",
        " ",
        "true",
        "null",
        "1.5",
        "-",
        "a: b",
        "a #b",
        "it's",
        'say "x"',
        "{a}",
        "[a]",
        "x, y",
        "a\nb",
        "\ttab",
        "\ufeff",
        "\x00",
        "\u2028",
        "? x",
        "é",
        "e\u0301",
        "🎉",
        "\\",
        "2026-11-23",
        "~",
        "no",
        "0x1F",
        "%",
    ]
)


@given(TEXTS, st.sampled_from((PLAIN, SINGLE, DOUBLE)))
def test_a_text_reads_as_it_was(text: str, quote: str) -> None:
    written = scalar(text, quote)
    for yaml in (f"a: {written}\n", f"{{a: {written}, b: c}}\n", f"a: [{written}, c]\n", f"a:\n  - {written}  # c\n"):
        reading = read(yaml)
        assert reading.problems == ()
        value = reading.value["a"] if isinstance(reading.value, dict) else None
        assert (value[0] if isinstance(value, list) else value) == text
    key = read(f"{written}: x\n" if text else '"": x\n')
    assert key.value == {text: "x"} or len(text) > 100


@pytest.mark.parametrize(
    ("text", "quote", "written"),
    [
        ("new", PLAIN, "new"),
        ("two words", PLAIN, "two words"),
        ("a, b", PLAIN, '"a, b"'),
        ("4711", PLAIN, '"4711"'),
        ("it's", SINGLE, "'it''s'"),
        ("a\nb", SINGLE, '"a\\nb"'),
        ('say "x" \\', DOUBLE, '"say \\"x\\" \\\\"'),
        ("\x07\u2028", DOUBLE, '"\\x07\\u2028"'),
    ],
)
def test_the_quotes_wished_for_are_taken_where_they_can_be(text: str, quote: str, written: str) -> None:
    assert scalar(text, quote) == written


@pytest.mark.parametrize(("value", "written"), [(True, "true"), (None, "null"), (3, "3"), (0.25, "0.25")])
def test_other_values_are_written_as_json(value: bool | float | None, written: str) -> None:
    assert scalar(value, DOUBLE) == written
