from __future__ import annotations

from datetime import date, timedelta

from crmtool.report.charts.weeks import Week, Weeks, weeks_chart
from crmtool.report.language import Language

MONDAY = date(2026, 8, 31)


def chart(*figures: tuple[int, int, int, int]) -> Weeks:
    weeks = [
        Week(
            monday=MONDAY + timedelta(weeks=place),
            won=won,
            ended=ended,
            other=other,
            clarified=clarified,
            is_running=place == len(figures) - 1,
        )
        for place, (won, ended, other, clarified) in enumerate(figures)
    ]
    return weeks_chart(Language("de"), weeks)


def test_a_column_is_stacked_of_what_was_decided() -> None:
    decided, clarified = chart((1, 2, 3, 4), (0, 0, 6, 8)).panels
    assert [bar.name for bar in decided.bars] == ["won", "ended", "other", "other"]
    heights = [bar.box.height for bar in decided.bars]
    assert [height / heights[0] for height in heights] == [1, 2, 3, 6]
    assert decided.bars[0].box.bottom == decided.base
    assert decided.bars[1].box.bottom == decided.bars[0].box.y
    assert [label.text for label in decided.counts] == ["6", "6"]
    assert [bar.box.height for bar in clarified.bars][1] == 2 * clarified.bars[0].box.height


def test_a_week_without_anything_says_so() -> None:
    for panel in chart((0, 0, 0, 0), (0, 0, 0, 0)).panels:
        assert panel.bars == ()
        assert [label.text for label in panel.counts] == ["0", "0"]


def test_a_single_decision_does_not_tower() -> None:
    one, many = (chart((count, 0, 0, 0)).panels[0].bars[0].box.height for count in (1, 5))
    assert one == many / 5


def test_the_running_week_is_marked() -> None:
    found = chart(*[(0, 0, 1, 1)] * 13)
    assert found.running is not None
    assert found.running.x <= found.panels[0].bars[-1].box.x
    assert found.running.right >= found.panels[0].bars[-1].box.right
    assert found.table.rows[-1][0] == "23.11.2026 (läuft noch)"
    assert chart().running is None


def test_weeks_are_numbered_and_every_fourth_is_dated_back_from_the_last() -> None:
    dates = [label.text for label in chart(*[(0, 0, 0, 0)] * 13).dates]
    assert dates[:3] == ["KW\u00a036", "31.08.", "KW\u00a037"]
    assert [text for text in dates if "KW" not in text] == ["31.08.", "28.09.", "26.10.", "23.11."]


def test_no_words_overlap_and_all_stand_within() -> None:
    found = chart(*[(9, 99, 900, 12345)] * 13)
    labels = [*found.dates, *(label for panel in found.panels for label in (panel.title, *panel.counts))]
    labels += [key.label for key in found.keys]
    assert all(label.box.x >= 0 and label.box.right <= found.width for label in labels)
    assert all(label.box.y >= 0 and label.box.bottom <= found.height for label in labels)
    for place, one in enumerate(labels):
        assert not any(one.box.overlaps(other.box) for other in labels[place + 1 :]), one


def test_the_table_has_the_figures() -> None:
    assert chart((1, 2, 3, 4)).table.rows == (("31.08.2026 (läuft noch)", "6", "1", "2", "3", "4"),)
