"""Statistics, each computed by hand in its comment."""

from __future__ import annotations

import pytest

from crmtool.progress.measures import MINIMUM, Share, Spread, brier, nearest_rank, wilson


def test_a_share_is_a_part_of_a_whole_with_the_contacts_behind_it() -> None:
    share = Share.of([("a", True), ("b", False), ("c", True), ("d", False)])
    assert (share.part, share.whole, share.n, share.value) == (2, 4, 4, 0.5)
    assert (share.contacts, share.rest) == (("a", "c"), ("b", "d"))


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share.of([]).value is None


def test_fewer_than_five_cases_are_too_few() -> None:
    assert MINIMUM == 5
    assert not Share(part=4, whole=4).is_enough
    assert Share(part=0, whole=5).is_enough
    assert not Spread.of([1, 2, 3, 4]).is_enough
    assert Spread.of([1, 2, 3, 4, 5]).is_enough


@pytest.mark.parametrize(
    ("values", "median", "p85"),
    [
        ([7], 7, 7),  # rank ceil(0.85) = 1
        ([4, 2], 3, 4),  # (2 + 4) / 2; rank ceil(1.7) = 2
        ([9, 1, 5], 5, 9),  # rank ceil(2.55) = 3
        ([1, 2, 3, 4, 5, 6, 100], 4, 6),  # rank ceil(5.95) = 6
        (range(1, 21), 10.5, 17),  # rank 0.85 * 20 = 17 exactly
        (range(1, 22), 11, 18),  # rank ceil(17.85) = 18
    ],
)
def test_the_median_and_the_85th_percentile_by_nearest_rank(values: list[int], median: float, p85: float) -> None:
    spread = Spread.of(values)
    assert (spread.n, spread.median, spread.p85) == (len(values), median, p85)


def test_of_no_values_nothing_is_told() -> None:
    assert Spread.of([]) == Spread(n=0, median=None, p85=None)


def test_a_percentile_by_nearest_rank_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    for n in range(1, 210):
        ranked: list[float] = [float(value) for value in range(1, n + 1)]
        found = nearest_rank(ranked, 85)
        assert 100 * found >= 85 * n > 100 * (found - 1)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # z² = 3.841459; n = 10, p = 0.5: (0.5 + 0.192073) / 1.384146 = 0.5;
        # 1.959964 * sqrt(0.025 + 0.009604) = 0.364593; / 1.384146 = 0.263407
        (5, 10, 0.236593, 0.763407),
        # p = 0: both terms are z² / 2n = 0.192073, so 0 and 2 * 0.192073 / 1.384146
        (0, 10, 0, 0.277533),
        (10, 10, 0.722467, 1),
        # n = 1: 3.841459 / 4.841459
        (0, 1, 0, 0.793451),
    ],
)
def test_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    interval = wilson(Share(part=part, whole=whole))
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx([low, high], abs=1e-6)
    assert 0 <= interval.low <= interval.high <= 1


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(Share(part=0, whole=0)) is None


def test_briers_score_is_the_mean_square_of_what_forecasts_missed_by() -> None:
    # (0.8 - 1)² + (0.3 - 0)² + (1 - 0)² = 0.04 + 0.09 + 1 = 1.13; / 3
    assert brier([(0.8, True), (0.3, False), (1, False)]) == pytest.approx(1.13 / 3)
    assert brier([(1, True), (0, False)]) == 0
    assert brier([]) is None
