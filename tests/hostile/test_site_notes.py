"""Notes that take very long to convert stand on the page as they are written; ordinary ones never do."""

from __future__ import annotations

import pytest

from crmtool.report.notes import notes_html, relative_links

ROW = "|".join("a" * 100)
TABLE = f"{ROW}\n{'|'.join('-' * 100)}\n" + "a\n" * 500
SLOW = {
    "brackets": "[" * 10_000,
    "pictures": "![" * 5_000,
    "pairs": "[[]" * 4_000,
    "nested": "[" * 5_000 + "a" + "](b)" * 5_000,
    "long": "a *b* " * 48_000,
    "a deep quotation": ">" * 20 + "a\n" * 30_000,
    "a deep quotation in a list": "- >" * 10 + "a\n" * 30_000,
    "a deep quotation of another system": "a\r" + ">" * 20 + "a\r" * 30_000,
    "a wide table": TABLE,
    "a wide table in a quotation": "\n".join(f"> {line}" for line in TABLE.splitlines()),
    "a wide table of another system": TABLE.replace("\n", "\r"),
    "an address": f"[a]: /{'x' * 30_000}\n\n" + "[a]" * 400,
}
PLAIN = "<p><em>As it is written:</em></p>"
ORDINARY = "## Call\n\n- [ ] ask [Jana](jana.md), [[Wiki]], [1]\n- *yes* `a[0]`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW)
def test_what_takes_very_long_stands_as_it_is_written(body: str) -> None:
    html = notes_html(body, plainly="As it is written:")
    assert html.startswith(PLAIN)
    assert len(html) < 2 * len(body)
    assert not list(relative_links(body))


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW)
def test_what_stands_above_is_converted(body: str) -> None:
    html = notes_html(f"Ask *Jana*, see [her](jana.md).\n\n{body}", lambda _: "jana.html", "As it is:")
    if "/xxx" in body:  # where links go can only be told when all of it is read
        assert html.startswith("<p><em>As it is:</em></p>")
    else:
        assert html.startswith('<p>Ask <em>Jana</em>, see <a href="jana.html"')
        assert html.count("<p><em>As it is:</em></p>\n<pre><code>") == 1


def test_what_is_shown_as_written_is_no_html_and_turns_nothing() -> None:
    html = notes_html("[" * 10_000 + "<script>\u202e\x1b", plainly="As it is written:")
    assert "<script" not in html
    assert html.endswith("&lt;script&gt;\ufffd\ufffd</code></pre>\n")


def test_ordinary_notes_are_converted_to_their_end() -> None:
    body = ORDINARY * 500
    assert len(body) > 40_000
    html = notes_html(body, lambda _: "x.html")
    assert html == notes_html(ORDINARY, lambda _: "x.html") * 500
    assert len(list(relative_links(body))) == 500


def test_notes_in_one_long_list_are_converted_up_to_a_line_end() -> None:
    call = "- called *Jana*, who asks what it costs\n"
    body = f"# Calls\n\n{call * 2_000}"
    assert notes_html(body).count("<li>") == 2_000
    html, _, rest = notes_html(body + call * 6_000, plainly="As it is written:").partition(PLAIN)
    assert html.count("<li>") == html.count("<em>Jana</em>") == (256 * 1024 - len("# Calls\n\n")) // len(call)
    assert html.count("<li>") + rest.count(call) == 8_000


def test_a_link_of_long_notes_is_read_where_they_end() -> None:
    body = "[the offer][o]\n\n" + "She asks what it costs.\n" * 4_000 + "\n[o]: offer.md\n"
    assert list(relative_links(body)) == [(0, "offer.md")]


def test_a_long_mail_that_is_quoted_is_converted() -> None:
    body = "> > She asks what it costs.\n> We come.\nOr not.\n" * 5_000
    assert "<pre>" not in notes_html(body)


def test_short_notes_are_converted_however_tangled() -> None:
    assert notes_html("[" * 1_000) == f"<p>{'[' * 1_000}</p>\n"
