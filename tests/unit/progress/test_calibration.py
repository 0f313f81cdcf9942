from __future__ import annotations

from typing import Any

import pytest

from crmtool.contact import Contact
from crmtool.progress.calibration import Calibration, calibration
from crmtool.progress.history import histories
from tests.building import contact, day, rulebook

BOOK = rulebook()


def said(on: str, to: str, chance: float) -> dict[str, Any]:
    return {"date": on, "to": to, "because": "why", "chance": chance}


def measured(*who: Contact, on: str = "2026-12-31") -> Calibration:
    return calibration(histories(who, BOOK, day(on)))


def stated(chance: float, outcome: str, id: str = "x") -> Contact:
    return contact(said("2026-01-01", "new", chance), ("2026-02-01", outcome), id=id)


def test_forecasts_against_outcomes() -> None:
    # (0.9 - 1)² + (0.5 - 1)² + (0.3 - 0)² + (0.2 - 0)² = 0.01 + 0.25 + 0.09 + 0.04 = 0.39; / 4
    # Won: 2 of 4. Always saying 0.5 misses by 0.5 each time: 0.25.
    found = measured(stated(0.9, "won"), stated(0.5, "won"), stated(0.3, "ended"), stated(0.2, "ended"))
    assert found.n == 4
    assert not found.is_enough
    assert found.brier == pytest.approx(0.0975)
    assert (found.base_rate, found.base_brier) == (0.5, 0.25)


def test_every_chance_stated_is_resolved_by_the_next_outcome() -> None:
    # Stated 0.4, then 0.8, then ended; reopened with 0.6, and won.
    who = contact(
        said("2026-01-01", "new", 0.4),
        said("2026-01-10", "later", 0.8),
        ("2026-02-01", "ended"),
        said("2026-03-01", "new", 0.6),
        ("2026-04-01", "won"),
    )
    found = measured(who)
    assert [(f.chance, f.won, f.stated.isoformat(), f.resolved.isoformat()) for f in found.forecasts] == [
        (0.4, False, "2026-01-01", "2026-02-01"),
        (0.8, False, "2026-01-10", "2026-02-01"),
        (0.6, True, "2026-03-01", "2026-04-01"),
    ]
    # 0.16 + 0.64 + 0.16 = 0.96; / 3. Base rate 1/3: (1/3)² + (1/3)² + (2/3)² = 6/9; / 3.
    assert found.brier == pytest.approx(0.32)
    assert found.base_brier == pytest.approx(2 / 9)


def test_without_an_outcome_by_the_day_a_forecast_does_not_count() -> None:
    assert measured(stated(0.5, "won"), on="2026-01-31").n == 0
    assert measured(stated(0.5, "won"), on="2026-02-01").n == 1
    assert measured(stated(0.5, "later")).n == 0


def test_a_chance_stated_with_the_outcome_is_no_forecast() -> None:
    assert measured(contact(("2026-01-01", "new"), said("2026-02-01", "won", 1))).n == 0
    assert measured(contact(said("2026-01-01", "ended", 0), ("2026-02-01", "won"))).n == 0


def test_points_in_five_bins() -> None:
    chances = [(0, "ended"), (0.19, "ended"), (0.2, "ended"), (0.6, "won"), (0.7, "ended"), (0.8, "won"), (1, "won")]
    found = measured(*(stated(chance, outcome) for chance, outcome in chances))
    assert [(point.low, point.high, point.n) for point in found.bins] == [
        (0, 0.2, 2),
        (0.2, 0.4, 1),
        (0.4, 0.6, 0),
        (0.6, 0.8, 2),
        (0.8, 1, 2),
    ]
    # (0 + 0.19) / 2; 0.2; none; (0.6 + 0.7) / 2; (0.8 + 1) / 2
    assert [point.stated for point in found.bins] == [
        pytest.approx(0.095),
        pytest.approx(0.2),
        None,
        pytest.approx(0.65),
        pytest.approx(0.9),
    ]
    assert [point.observed for point in found.bins] == [0, 0, None, 0.5, 1]
    assert found.is_enough


def test_without_a_forecast_nothing_is_told() -> None:
    found = measured(contact(("2026-01-01", "new"), ("2026-02-01", "won")))
    assert (found.n, found.brier, found.base_rate, found.base_brier) == (0, None, None, None)
    assert [point.n for point in found.bins] == [0] * 5
