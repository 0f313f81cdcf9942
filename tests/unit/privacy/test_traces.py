"""What counts as a mention of a person, and what may mean somebody else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.privacy.replacing import replaced
from crmtool.privacy.traces import Traces, traces_of
from crmtool.yaml_reader import Value
from tests.effort import calls

PATH = "contacts/nordlicht/jana-koehler.md"
FIELDS: dict[str, Value] = {
    "name": "Dr. Jana Köhler",
    "email": "j.koehler@nordlicht.example",
    "phone": ["+49 (0) 40 / 123-4567"],
    "url": ["https://nordlicht.example", "https://www.social.example/in/jana-k/"],
}


@pytest.fixture(scope="module")
def jana() -> Traces:
    return traces_of([(PATH, FIELDS)], ["JK 77"])


def certain(traces: Traces, text: str) -> list[str]:
    found = [mention.found for mention in traces.found_in(text) if mention.trace.certain]
    assert bool(found) == traces.is_in(text)
    if traces.found_in(text):
        assert traces.may_be_in(text.encode(errors="surrogateescape"))
    return found


def perhaps(traces: Traces, text: str) -> list[str]:
    return [mention.found for mention in traces.found_in(text) if not mention.trace.certain]


@pytest.mark.parametrize(
    "text",
    [
        "Jana Köhler",
        "JANA  KÖHLER",
        "jana\n  köhler",
        "Jana\u00a0Köhler",
        unicodedata.normalize("NFD", "Jana Köhler"),
        "Köhler, Jana",
        "Koehler,Jana",
        "Jana Koehler",
        "Jana Köhlers",
        "Jana KÖHLER’s",
        "jana_koehler",
        "jana.koehler",
        "janakoehler",
        "Jana K\\u00f6hler",
        "jana%20k%C3%B6hler",
        "Jana K&ouml;hler",
        "Jana K=C3=B6hler",
        "Jana KÃ¶hler",
        "Jana K\udcf6hler",
    ],
)
def test_a_name_is_found_however_it_is_written(jana: Traces, text: str) -> None:
    shown = " ".join(text.split())
    assert certain(jana, text) == [shown]
    assert certain(jana, f"({text})") == [shown]
    spoken = certain if "," not in text else perhaps
    assert spoken(jana, f"with {text}.") == [shown]


@pytest.mark.parametrize(
    "text", ["Jana Köhlerin", "Dijana Köhler", "Jana", "Jana and Köhler", "Jana Peter Köhler", "Kohler Jana-Maria"]
)
def test_who_is_called_otherwise_is_not_meant_for_certain(jana: Traces, text: str) -> None:
    assert certain(jana, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jana,Köhler,x@y.example\r\n",
        '7,"Köhler","Jana","x"',
        '"Köhler, Jana";x@y.example',
        "Köhler, Jana 0421",
        "N:Köhler;Jana;;Dr.;",
        "Jana\tKöhler\t7",
        "| Jana | Köhler | x |",
        "| Köhler, Jana | x |",
        "- Köhler, Jana, Einkauf",
        "#JanaKöhler",
        "**Jana** Köhler",
        "_Jana Köhler_",
        "Jana 'Köhler'",
        "Jana M. Köhler",
        "jana-m-koehler",
        "> Jana\n> Köhler",
        "name: Köhler, Jana\n",
        "offers/Köhler, Jana.pdf",
        "offers/Köhler, Jana/1.pdf",
    ],
)
def test_names_in_lists_tables_and_cards_are_found(jana: Traces, text: str) -> None:
    assert len(certain(jana, text)) == 1
    assert not any(word in replaced(text, jana, "[]") for word in ("Jana", "Köhler", "jana"))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Tom, Köhler, Jana und Eva kamen", ["Köhler, Jana"]),
        ("Anwesend: Jana, Köhler und Eva", ["Jana, Köhler"]),
        ("With Köhler Jana", ["Köhler Jana"]),
        ("Köhler, Jana und Eva kamen", ["Köhler, Jana"]),
        ("Jana Köhler-Schmidt", ["Köhler"]),
        ("Anna-Jana Köhler", ["Köhler"]),
        ("anna-jana-koehler.md", ["koehler"]),
        ("jana.koehler@elsewhere.example", ["koehler"]),
        ("jana.koehler.2@elsewhere.example", ["koehler"]),
        ("Jana y Köhler", ["Köhler"]),
    ],
)
def test_what_may_be_somebody_elses_name_is_only_perhaps_a_mention(jana: Traces, text: str, seen: list[str]) -> None:
    assert certain(jana, text) == []
    assert perhaps(jana, text) == seen


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("contacts/ci/cd.md", "The CI/CD of GitHub", []),
        ("contacts/acme/sales.md", "Ask acme/sales for it", []),
        ("contacts/acme/big-deal.md", "Contact: acme/big-deal", ["acme/big-deal"]),
        ("contacts/acme.md", "contacts/acme/tom.md", []),
        ("contacts/acme.md", "see contacts/acme.md, contacts/acme", ["contacts/acme.md", "contacts/acme"]),
    ],
)
def test_paths_and_ids_of_plain_words(path: str, text: str, found: list[str]) -> None:
    assert certain(traces_of([(path, {"name": "Jana Köhler"})]), text) == found


def test_words_and_companies_that_have_the_name_in_them_are_not_meant() -> None:
    traces = traces_of(
        [
            (
                "contacts/stein-gmbh.md",
                {"name": "Mark Stein", "url": "https://stein.example/team", "email": "m@x.example"},
            )
        ]
    )
    assert certain(traces, "Markstein GmbH, tom@stein-gmbh.example, Stein-GmbH, May, stein.example/team/tom") == []
    assert certain(traces, "markstein, MarkStein, stein.example/team.") == [
        "markstein",
        "MarkStein",
        "stein.example/team",
    ]


@pytest.mark.parametrize("text", ["2026-11-05", "on 2026/11/05.", "2026-11-05T10:00", "05.11.2026", "2026-11-05 12:00"])
def test_a_day_is_no_number(text: str) -> None:
    for phone in ("2026 1105", "0511 2026", "1105 12 00"):
        traces = traces_of([("contacts/x.md", {"name": "Xx", "phone": phone})])
        assert (certain(traces, text), perhaps(traces, text)) == ([], [])
        found = certain if phone.startswith("0") else perhaps
        assert found(traces, f"Tel {phone}") == [phone]


def test_a_surname_alone_is_only_perhaps_a_mention(jana: Traces) -> None:
    assert perhaps(jana, "Frau Köhler rief an") == ["Köhler"]
    assert perhaps(jana, "Jana Kohler") == ["Jana Kohler"]
    assert perhaps(jana, "Jana Köhler") == []
    assert perhaps(jana, "Familie Köhlerbach") == []


@pytest.mark.parametrize(
    "text",
    [
        "040 1234567",
        "040/123 45 67",
        "(040) 12 34 567",
        "0049 40 123 45 67",
        "+49401234567",
        "+49-40-1234567",
        "+49 (0) 40 1234567",
        "%2B49401234567",
        "40 1234567",
    ],
)
def test_a_number_is_found_however_it_is_written(jana: Traces, text: str) -> None:
    assert certain(jana, f"tel:{text}, at any time") == [text]


@pytest.mark.parametrize("text", ["0140 1234567", "040 12345678", "140 1234567", "040 1234 56"])
def test_other_numbers_are_others(jana: Traces, text: str) -> None:
    assert certain(jana, text) == []


def test_a_number_without_a_country_is_found_with_any(jana: Traces) -> None:
    traces = traces_of([("contacts/x.md", {"name": "A B", "phone": "0171 9876543"})])
    assert certain(traces, "+49 171 9876543") == ["+49 171 9876543"]
    assert certain(traces, "0043 171 9876543") == ["0043 171 9876543"]


def test_a_number_without_a_code_is_only_perhaps_a_mention() -> None:
    traces = traces_of([("contacts/x.md", {"name": "A B", "phone": "420000"})])
    for text in ("value: 420000", "AB-420000/7", "42.00.00"):
        assert (certain(traces, text), len(perhaps(traces, text))) == ([], 1)


def test_a_number_that_is_too_short_is_nobodys() -> None:
    assert (
        traces_of([("contacts/x.md", {"name": "Xx", "phone": "110"})]).certain
        == traces_of([("contacts/x.md", {"name": "Xx"})]).certain
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<J.Koehler@Nordlicht.example>", ["J.Koehler@Nordlicht.example"]),
        ("mailto%3Aj.koehler%40nordlicht.example", ["j.koehler%40nordlicht.example"]),
        ("j.koehler (at) nordlicht.example", ["j.koehler (at) nordlicht.example"]),
        ("Write to j.koehler@nordlicht.example.", ["j.koehler@nordlicht.example"]),
        ("aj.koehler@nordlicht.example", []),
        ("j.koehler@nordlicht.example.org", []),
        ("see https://social.example/in/jana-k#top", ["https://social.example/in/jana-k"]),
        ("social.example/in/jana-kar", []),
        (f"[her]({PATH})", [PATH]),
        ("Contact: nordlicht/jana-koehler", ["nordlicht/jana-koehler"]),
        ("jana-koehler.md", ["jana-koehler"]),
        ("her code is jk  77", ["jk 77"]),
        ("her code is jk 777", []),
    ],
)
def test_addresses_paths_and_what_is_added(jana: Traces, text: str, found: list[str]) -> None:
    assert certain(jana, text) == found


def test_a_whole_site_is_rather_a_companys(jana: Traces) -> None:
    assert perhaps(jana, "https://nordlicht.example/") == ["https://nordlicht.example/"]
    own = traces_of([("contacts/x.md", {"name": "Jana Köhler", "url": "https://jana-koehler.example"})])
    assert certain(own, "www.jana-koehler.example") == ["www.jana-koehler.example"]


def test_a_file_that_is_not_called_by_the_name_is_found_by_its_path_alone() -> None:
    traces = traces_of([("contacts/kunde.md", {"name": "Jana Köhler"}), ("contacts/big-customer.md", {})])
    assert certain(traces, "der kunde, the big-customer") == []
    assert certain(traces, "contacts/kunde.md and contacts/big-customer") == [
        "contacts/kunde.md",
        "contacts/big-customer",
    ]
    assert certain(traces, "contacts/kunde-2.md, mycontacts/kunde.md") == []


def test_a_name_of_one_word_is_only_perhaps_a_mention() -> None:
    traces = traces_of([("contacts/x.md", {"name": "Weber"})])
    assert certain(traces, "Weber") == []
    assert perhaps(traces, "Weber") == ["Weber"]
    assert certain(traces_of([("contacts/x.md", {"name": "Weber"})], ["Weber"]), "Weber") == ["Weber"]


def test_a_script_without_capitals_needs_no_spaces() -> None:
    traces = traces_of([("contacts/x.md", {"name": "王小明"})])
    assert certain(traces, "昨天王小明来了") == ["王小明"]


def test_names_of_all_times_count_but_not_those_of_others() -> None:
    old = {"name": "Jana Meier", "email": "meier@nordlicht.example"}
    other = {"name": "Piet Nygaard"}
    traces = traces_of([("contacts/x.md", {"name": "Jana Köhler"}), ("contacts/x.md", old), ("contacts/x.md", other)])
    assert certain(traces, "Jana Meier, meier@nordlicht.example") == ["Jana Meier", "meier@nordlicht.example"]
    assert perhaps(traces, "Piet Nygaard") == ["Piet Nygaard"]


def test_addresses_of_others_are_only_perhaps_mentions() -> None:
    shared = {"email": "info@nordlicht.example", "phone": "040 1234567", "url": "https://nordlicht.example/team"}
    other = {"name": "Piet Nygaard", "email": "piet@x.example", "phone": "030 7654321", "url": "https://x.example/piet"}
    traces = traces_of([("contacts/x.md", {"name": "Jana Köhler", **shared}), ("contacts/x.md", other)])
    told = "piet@x.example, 030/7654321, x.example/piet"
    assert (certain(traces, told), perhaps(traces, told)) == ([], told.split(", "))
    told = "info@nordlicht.example, 040/1234567, nordlicht.example/team"
    assert certain(traces, told) == told.split(", ")


def test_what_two_people_have_in_common_is_certain_where_it_is_the_persons() -> None:
    mail: dict[str, Value] = {"email": "info@nordlicht.example"}
    traces = traces_of([("contacts/x.md", {"name": "Jana Köhler"} | mail), ("contacts/x.md", {"name": "Piet"} | mail)])
    assert certain(traces, "info@nordlicht.example") == ["info@nordlicht.example"]


def test_small_words_and_titles_make_nobodys_name_ones_own() -> None:
    for name, other in (("Jan van Dijk", "Piet van Berg"), ("Frau Köhler", "Frau Brandt")):
        assert certain(traces_of([("contacts/x.md", {"name": name}), ("contacts/x.md", {"name": other})]), other) == []


@pytest.mark.parametrize(
    "text", ["Jana Köhler;jk;Köhler\n" * 20_000, "Jana Köhler; " * 20_000, "Jana" + "\t" * 300_000 + "X köhler"]
)
def test_looking_takes_no_square_of_the_time(jana: Traces, text: str) -> None:
    assert jana.found_in(text)
    assert calls(jana.found_in, text) < 10 * len(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jana M. Köhler", "Jana Köhler"),
        ("Jana M. Köhler", "Jana M Köhler"),
        ("Köhler, Jana", "Jana Köhler"),
        ("Jana Köhler (Einkauf)", "Jana Köhler"),
        ("Karl-Heinz Dietzel", "Karl Heinz Dietzel"),
        ("Sinéad O'Neill", "Sinead ONeill"),
        ("Łukasz Dąbrowski", "lukasz dabrowski"),
        ("Jana und Peter Köhler", "Peter Köhler"),
        ("Prof. Dr.-Ing. Ute Groß", "Ute Gross"),
        ("Ute Gross", "Ute Groß"),
        ("Phil Ma", "Phil Ma"),
        ("Mag Will", "Will; Mag"),
        ("Tom Herr", "Tom Herr"),
        ("Nat May", "NAT MAY"),
        ("Herr Dr. Tom Mark", "Tom Mark"),
        ("Mag. Tom Mark jr", "Tom Mark"),
        ("İbrahim Yılmaz", "İBRAHİM YILMAZ"),
        ("İbrahim Yılmaz", "ibrahim yılmaz"),
        ("İbrahim Yılmaz", "Ibrahim Yilmaz"),
        ("Işık Aydın", "IŞIK AYDIN"),
        ("प्रिया शर्मा", "प्रिया शर्मा"),
        ("Sean O\u02bcNeill", "Sean O'Neill"),
        ("Sean O'Neill", "Sean O\u2018Neill"),
        ("Karl\u2010Heinz Dietzel", "Karl-Heinz Dietzel"),
        ("Karl-Heinz Dietzel", "Karl\u2011Heinz Dietzel"),
        ("Ines Müller-Lüdenscheidt", "ines.mueller-luedenscheidt"),
    ],
)
def test_names_of_many_kinds(name: str, text: str) -> None:
    assert certain(traces_of([("contacts/x.md", {"name": name})]), text) == [text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Frau Köhler", "Frau Köhler"),
        ("राम कुम", "राम कुमार"),
        ("דנה", "דנהל"),
        ("Tom Herr", "Tom"),
        ("Will May", "Will"),
        ("Dr. Köhler", "Köhler"),
        ("Hans Peter", "Hans-Peter Schmidt"),
        ("Hans Peter", "Besprechung mit Peter, Hans und Uwe"),
        ("Will May", "May, will we go?"),
    ],
)
def test_names_that_are_not_meant_for_certain(name: str, text: str) -> None:
    assert certain(traces_of([("contacts/x.md", {"name": name})]), text) == []


def test_where_a_mention_stands_is_told(jana: Traces) -> None:
    (mention,) = jana.found_in("One\nTwo of Jana\nKöhler here\nFour", certainly=True)
    assert (mention.line, mention.column, mention.found) == (2, 8, "Jana Köhler")
    assert mention.excerpt == "Two of Jana Köhler here"
    (long,) = jana.found_in("x " * 500 + "Jana Köhler" + " y" * 500, certainly=True)
    assert "Jana Köhler" in long.excerpt
    assert len(long.excerpt) < 210


def test_what_is_in_the_way_in_wide_text_is_found_quickly(jana: Traces) -> None:
    assert jana.may_be_in("Jana Köhler".encode("utf-16"))
    assert jana.may_be_in("0 4 0 1 2 3 4 5 6 7".encode("utf-16-le"))
    assert not jana.may_be_in(b"nobody, 0401234566")


LETTERS = st.text(st.sampled_from("abcdefghijklmnoprstuvwzäöüßéñøł"), min_size=2, max_size=9)


@given(st.lists(LETTERS, min_size=2, max_size=4), st.sampled_from(["NFC", "NFD"]), st.sampled_from([" ", "  \n", "_"]))
def test_whatever_the_name_nothing_of_it_is_left(words: list[str], form: str, between: str) -> None:
    traces = traces_of([("contacts/x.md", {"name": " ".join(words).title()})])
    text = f"Ask {unicodedata.normalize(form, between.join(words))}, then go on"  # type: ignore[arg-type]
    assert replaced(text, traces, "[]") == "Ask [], then go on" or not traces.certain


@given(st.text())
def test_what_has_no_trace_stays(text: str) -> None:
    traces = traces_of([(PATH, FIELDS)])
    if not traces.is_in(text):
        assert replaced(text, traces, "[]") == text
    else:
        assert not traces.is_in(replaced(text, traces, "[]"))


@given(
    st.lists(
        st.sampled_from(["Jana", "Köhler", " ", ",", "x", "040", "1234567", "-", "\n", "koehler", "@"]), max_size=12
    )
)
def test_what_is_looked_over_quickly_has_nothing(parts: list[str]) -> None:
    traces, text = traces_of([(PATH, FIELDS)]), "".join(parts)
    assert traces.may_be_in(text.encode()) or not traces.found_in(text)
    assert traces.may_be_in(text.encode(), certainly=True) or not traces.is_in(text)
