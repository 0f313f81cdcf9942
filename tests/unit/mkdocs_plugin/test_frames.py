"""Pages cut at their marks."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from crmtool.mkdocs_plugin.frames import PageFrame, cut
from crmtool.mkdocs_plugin.marks import CONTENT, FIRST_PART, TITLE, Marks, new_marks
from crmtool.report.links import encoded

MARKS = Marks("123456789012345678901234")
TITLE_MARK = html.escape(MARKS.of(TITLE))
CONTENT_MARK = MARKS.of(CONTENT)
PART_MARK = MARKS.of(FIRST_PART)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def filled(frame: PageFrame | None, title: str, part: str) -> str:
    assert frame is not None
    before, after = frame.around(("", title, part))
    return (before + b"CONTENT" + after).decode()


@given(TEXT, TEXT)
def test_each_way_to_write_is_told_from_the_others(title: str, part: str) -> None:
    def page(title: str, part: str, content: str) -> str:
        given, plain = html.escape(title), Markup(html.escape(title)).striptags()
        written = [given, escape(plain), html.escape(plain), escape(given), encoded(given), encoded(plain)]
        return "\n".join([*map(str, written), content, encoded(part), str(escape(part)), encoded(encoded(part))])

    frame = cut(page(MARKS.of(TITLE), PART_MARK, CONTENT_MARK), MARKS)
    assert filled(frame, title, part) == page(title, part, "CONTENT")


def test_what_is_written_as_it_is_cannot_leave_its_place() -> None:
    plain = Markup(TITLE_MARK).striptags()
    frame = cut(f"<title>{plain}</title>{CONTENT_MARK}<SCRIPT>'{plain}'</SCRIPT>{PART_MARK}", MARKS)
    assert filled(frame, "</title>'", "<b>") == (
        "<title>&lt;/title&gt;&#39;</title>CONTENT<SCRIPT>'\\u003c/title\\u003e\\u0027'</SCRIPT>&lt;b&gt;"
    )


@pytest.mark.parametrize(
    "page",
    [
        TITLE_MARK,
        CONTENT_MARK + CONTENT_MARK,
        html.escape(CONTENT_MARK),
        CONTENT_MARK + TITLE_MARK.upper(),
        CONTENT_MARK + TITLE_MARK[:-30],
        CONTENT_MARK + TITLE_MARK[30:],
        CONTENT_MARK + PART_MARK.replace(" ", "-"),
        "",
    ],
)
def test_what_is_not_understood_gives_no_frame(page: str) -> None:
    assert cut(page, MARKS) is None


def test_a_frame_is_told_by_what_stands_in_it_and_not_by_its_marks() -> None:
    def frame(marks: Marks, word: str) -> PageFrame:
        found = cut(f"{word} {html.escape(marks.of(TITLE))} {marks.of(CONTENT)}", marks)
        assert found is not None
        return found

    assert frame(new_marks(), "a").id == frame(new_marks(), "a").id != frame(new_marks(), "b").id


def test_marks_are_no_two_times_the_same() -> None:
    assert len({new_marks().number for _ in range(100)}) == 100
