"""How well stated chances match what came of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from crmtool.progress.history import History
from crmtool.progress.measures import MINIMUM, brier
from crmtool.rulebook import Kind

_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A chance stated with a decision, and what came of it: `won` as decided on the day `resolved`."""

    contact: str
    stated: date
    chance: float
    won: bool
    resolved: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The forecasts from `low` to below `high` (the last one includes 1): their mean, and the share that was won.

    Both are None where there is no forecast.
    """

    low: float
    high: float
    n: int
    stated: float | None
    observed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Forecasts against outcomes. `base_rate` is the share of them won, `base_brier` the score of always saying that.

    Those two and the Brier score are None where there is no forecast. A score below that of the base rate says that
    the stated chances tell more than the share won alone.
    """

    forecasts: tuple[Forecast, ...]
    brier: float | None
    base_rate: float | None
    base_brier: float | None
    bins: tuple[Bin, ...]

    @property
    def n(self) -> int:
        """How many forecasts were resolved."""
        return len(self.forecasts)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough forecasts to tell anything."""
        return self.n >= MINIMUM


def calibration(histories: Iterable[History]) -> Calibration:
    """Compare every chance stated with a decision for a status that is not won or ended with what came of it.

    That is the contact's next decision for a won or an ended status; without one the forecast is not resolved and does
    not count. A chance that is not between 0 and 1 is none. This looks at all history.
    """
    return scored(tuple(forecast for history in histories for forecast in _forecasts(history)))


def scored(forecasts: tuple[Forecast, ...]) -> Calibration:
    """Compare forecasts with what came of them."""
    base_rate = fmean(forecast.won for forecast in forecasts) if forecasts else None
    return Calibration(
        forecasts=forecasts,
        brier=brier((forecast.chance, forecast.won) for forecast in forecasts),
        base_rate=base_rate,
        base_brier=brier((base_rate, forecast.won) for forecast in forecasts) if base_rate is not None else None,
        bins=_bins(forecasts),
    )


def _forecasts(history: History) -> Iterator[Forecast]:
    for index, stay in enumerate(history.stays):
        chance = stay.entry.chance
        if chance is None or not 0 <= chance <= 1 or stay.is_decided:
            continue
        outcome = next((later for later in history.stays[index + 1 :] if later.is_decided), None)
        if outcome is not None:
            yield Forecast(
                contact=history.id,
                stated=stay.entered,
                chance=chance,
                won=outcome.kind is Kind.WON,
                resolved=outcome.entered,
            )


def _bins(forecasts: Iterable[Forecast]) -> tuple[Bin, ...]:
    found: list[list[Forecast]] = [[] for _ in _EDGES[1:]]
    for forecast in forecasts:
        found[bisect_right(_EDGES[1:-1], forecast.chance)].append(forecast)
    return tuple(
        Bin(
            low=low,
            high=high,
            n=len(inside),
            stated=fmean(forecast.chance for forecast in inside) if inside else None,
            observed=fmean(forecast.won for forecast in inside) if inside else None,
        )
        for (low, high), inside in zip(pairwise(_EDGES), found, strict=True)
    )
