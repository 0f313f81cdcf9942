"""What encoding a file of another program is in, and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.importers.decoding import decoded

TEXT = "Name;Straße\r\nJana Köhler;Überseering 7 – „Nord“\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_and_loses_nothing(encoding: str) -> None:
    result = decoded(TEXT.encode(encoding))
    assert (result.text, result.notices) == (TEXT, ())


def test_windows_1252_is_read_and_told_with_the_line_that_showed_it() -> None:
    result = decoded(b"Name\n" + TEXT.encode("cp1252"))
    assert result.text == "Name\n" + TEXT
    assert result.notices == ("the file is not UTF-8 (line 2); it was read as Windows-1252, so look at its umlauts",)


def test_bytes_that_windows_1252_does_not_know_are_counted() -> None:
    result = decoded(b"K\xf6hler \x81\x8d")
    assert result.text == "Köhler \ufffd\ufffd"
    assert result.notices[1] == "2 characters could not be read as Windows-1252 and became \ufffd"


def test_utf8_with_one_damaged_byte_stays_utf8() -> None:
    result = decoded("äöüßäöü".encode() + b"\xff")
    assert result.text == "äöüßäöü\ufffd"
    assert result.notices == ("one character could not be read as UTF-8 and became \ufffd",)


def test_single_lines_of_another_encoding_are_read_as_that() -> None:
    result = decoded("Name: Müller\nStraße\n".encode() + "Name: Köhler\r\n".encode("cp1252") + "Öl\n".encode())
    assert result.text == "Name: Müller\nStraße\nName: Köhler\r\nÖl\n"
    assert result.notices == ("not UTF-8 in line 3; that was read as Windows-1252, so look at its umlauts",)


def test_a_replacement_character_that_was_there_before_is_not_counted() -> None:
    assert decoded("Gr\ufffdn".encode("utf-16")).notices == ()


def test_half_a_character_at_the_end_of_utf16_is_told() -> None:
    result = decoded("Jana".encode("utf-16") + b"x")
    assert result.text == "Jana\ufffd"
    assert result.notices == ("one character could not be read as UTF-16 and became \ufffd",)


def test_nothing_is_an_empty_text() -> None:
    assert decoded(b"").text == ""


def test_zero_bytes_here_and_there_do_not_make_a_text_utf16() -> None:
    assert decoded(b"Name,E-mail\nJana\x00,j@nordlicht.example\n").text == "Name,E-mail\nJana\x00,j@nordlicht.example\n"


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_any_bytes_give_a_text_without_a_mark(data: bytes) -> None:
    result = decoded(data)
    assert result.text.encode().decode() == result.text  # no lone surrogates either
    assert len(result.notices) <= 2
