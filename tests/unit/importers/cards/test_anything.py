"""Whatever stands in a file, a reading comes of it, in a time that grows with the file and no faster."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.importers.cards.reading import read_cards
from crmtool.importers.record import Reading
from tests.conftest import ROOT
from tests.effort import calls

REAL = ROOT.parent / "shared" / "real"
CARD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:K=C3=B6hler;Jana;=
;;
FN:Jana Köhler
item1.EMAIL;TYPE="a,b",PREF:jana@nordlicht.example
item1.X-ABLabel:_$!<Work>!$_
TEL;WORK;VOICE:+49 421 1
ADR;TYPE=WORK:;;Kai 3\\, links;Bremen;;28217;
AGENT:
BEGIN:VCARD
FN:Uwe
END:VCARD
PHOTO;ENCODING=BASE64:
 AAAA
NOTE;ENCODING=b:AAAA
X-CRMTOOL-ID:nordlicht/jana
X-CRMTOOL-VALUE:42000
END:VCARD
"""
pieces = st.one_of(
    st.sampled_from(CARD.splitlines(keepends=True)),
    st.sampled_from(["BEGIN:", "END:", "VCARD", ":", ";", "=", '"', ",", "\\", "\r", "\n", " ", "CHARSET=idna", "=C3"]),
    st.text(max_size=8),
)
mangled = st.lists(pieces, max_size=30).map("".join)


def looked_at(data: bytes) -> Reading:
    """Read, and see that a reading is complete."""
    read = read_cards(data)
    assert bool(read.records) != bool(read.problem)
    for each in read.records:
        assert each.line > 0
        assert bool(each.details.get("name")) or bool(each.refused) or bool(each.left_out)
        assert not (each.refused and each.left_out)
    assert [each.line for each in read.records] == sorted({each.line for each in read.records})
    return read


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    looked_at(data)


@given(mangled)
def test_any_mangled_cards(text: str) -> None:
    looked_at(text.encode(errors="surrogatepass"))
    looked_at(b"BEGIN:VCARD\n" + text.encode("utf-16", errors="surrogatepass"))


@given(st.integers(0, len(CARD)), st.integers(0, 40), st.text(max_size=5))
def test_a_card_that_was_cut_or_overwritten(start: int, length: int, text: str) -> None:
    looked_at((CARD[:start] + text + CARD[start + length :]).encode())


@pytest.mark.parametrize(
    "line",
    [
        "TEL;TYPE=" + "a," * 40_000,
        "TEL" + ";a" * 40_000 + '"x',
        "TEL;TYPE=" + ",a" * 40_000 + '"b:1',
        "A" * 200_000,
        '"' * 100_000 + ":",
        "NOTE:" + "\\," * 100_000,
        "N:" + ";,\\" * 60_000,
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=41=\n" * 40_000,
        "PHOTO;ENCODING=b:" + "AAAA\n" * 40_000,
        "AGENT:\nBEGIN:VCARD\n" * 3_000,
        "EMAIL:a@b.example\n" * 5_000,
        "FN:a\n " + " \n" * 40_000,
    ],
    ids=lambda line: line[:16],
)
def test_no_line_takes_the_square_of_its_length(line: str) -> None:
    data = f"BEGIN:VCARD\nFN:Jana\n{line}\nEND:VCARD\n".encode()
    assert looked_at(data).records[0].details["name"] == "Jana"
    assert calls(looked_at, data) < 10 * len(data)


@pytest.mark.skipif(not REAL.is_dir(), reason="the cards that others wrote are not here")
def test_the_cards_that_others_wrote() -> None:
    files = sorted(REAL.rglob("*.vcf"))
    assert files
    for file in files:
        data = file.read_bytes()
        begun = re.findall(rb"^BEGIN:VCARD\s*$", data.replace(b"\0", b""), re.IGNORECASE | re.MULTILINE)
        read = looked_at(data)
        assert len(read.records) == len(begun), file.name
        assert not any(each.refused for each in read.records), file.name
        assert_nothing_encoded_is_left(read, file)


def assert_nothing_encoded_is_left(read: Reading, file: Path) -> None:
    for each in read.records:
        said = f"{dict(each.details)} {each.claims} {each.notes}"
        assert "=C3=" not in said, file.name
        assert "\\\\," not in said, file.name
