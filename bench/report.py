"""A run as text, as JSON and as a plot."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.goals import costs_of, judge
from bench.growth import Line, lines
from bench.job import Series, Skipped
from bench.plot import Panel, plot
from bench.table import goals_table, growth_table, jobs_table, skipped_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that a run measured: `contacts` is the size of the main table, `notes` are sentences on what was seen."""

    machine: Mapping[str, str]
    contacts: int
    seconds: float
    series: list[Series]
    skipped: Sequence[Skipped]
    notes: Sequence[str]

    @property
    def times(self) -> list[Line]:
        """Give seconds against contacts."""
        return lines(self.series, lambda one: one.wall)

    @property
    def peaks(self) -> list[Line]:
        """Give MiB against contacts."""
        return lines(self.series, lambda one: one.peak / (1 << 20) if one.peak else None)


def as_text(run: Run) -> str:
    """Set the run as Markdown."""
    told = ", ".join(f"{name} {value}" for name, value in run.machine.items())
    parts = [
        f"Measured in {run.seconds / 60:.0f} minutes on: {told}.",
        f"### {run.contacts:,} contacts: medians of n rounds\n\n{jobs_table(run.series, run.contacts)}",
        f"### Goals\n\n{goals_table(judge(costs_of(run.series, run.contacts)))}",
    ]
    if run.times:
        parts.append(f"### Growth of time: exponents\n\n{growth_table(run.times)}")
    if run.peaks:
        parts.append(f"### Growth of memory: exponents\n\n{growth_table(run.peaks)}")
    if run.notes:
        parts.append("### Seen as well\n\n" + "\n".join(f"- {note}" for note in run.notes))
    if run.skipped:
        parts.append(f"### Not measured\n\n{skipped_list(run.skipped)}")
    return "\n\n".join(parts) + "\n"


def as_json(run: Run) -> str:
    """Give every sample, the verdicts on the goals, and the exponents of growth."""
    verdicts = judge(costs_of(run.series, run.contacts))
    report = {
        "version": 1,
        "machine": dict(run.machine),
        "contacts": run.contacts,
        "seconds": round(run.seconds, 1),
        "series": [asdict(one) | {"wall": one.wall, "cpu": one.cpu} for one in run.series],
        "goals": [
            {"goal": one.goal.text, "unit": one.goal.unit, "cost": one.cost, "bound": one.bound, "result": one.told}
            for one in verdicts
        ],
        "growth": {"seconds": _exponents(run.times), "peak": _exponents(run.peaks)},
        "skipped": [asdict(one) for one in run.skipped],
        "notes": list(run.notes),
    }
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def as_svg(run: Run) -> str:
    """Draw time and memory against size."""
    panels = (
        Panel(title="Time", unit="seconds", lines=run.times),
        Panel(title="Memory", unit="MiB at its peak", lines=run.peaks),
    )
    return plot(panels, "Both axes are logarithmic. " + _told(run.times))


def _exponents(found: Sequence[Line]) -> dict[str, list[dict[str, float]]]:
    return {
        line.name: [{"from": small, "to": large, "exponent": power} for small, large, power in line.exponents]
        for line in found
    }


def _told(found: Sequence[Line]) -> str:
    costs = (f"{line.title}: {', '.join(f'{cost:.3g} s at {size:,}' for size, cost in line.points)}" for line in found)
    return "; ".join(costs) + "."
