"""Tables of a run, as Markdown that also reads well on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.goals import Verdict
from bench.growth import Line
from bench.job import Series, Skipped


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Set a table: the first column to the left, the others to the right."""
    body = [list(row) for row in rows]
    widths = [max(3, *(len(row[n]) for row in [list(head), *body])) for n in range(len(head))]
    marks = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in [list(head), marks, *body])


def jobs_table(series: Sequence[Series], contacts: int) -> str:
    """Tell of all jobs on so many contacts what they cost, and how often the cost of what they are held against."""
    here = {one.name: one for one in series if one.contacts == contacts}
    head = ("job", "n", "ms", "CPU ms", "peak MiB", "ratio")
    return markdown(head, (_job_row(one, here) for one in here.values()))


def goals_table(verdicts: Sequence[Verdict]) -> str:
    """Tell of each goal what was measured, what was allowed, and whether it was met."""
    rows = (
        (one.goal.text, _figure(one.cost, one.goal.unit), _figure(one.bound, one.goal.unit), one.told)
        for one in verdicts
    )
    return markdown(("goal", "measured", "bound", "result"), rows)


def growth_table(lines: Sequence[Line]) -> str:
    """Tell the exponents of growth; of what they grow from and to, one column each."""
    steps = sorted({(small, large) for line in lines for small, large, _ in line.exponents})
    found = {(line.name, small, large): power for line in lines for small, large, power in line.exponents}
    rows = ((line.title, *(_power(found.get((line.name, small, large))) for small, large in steps)) for line in lines)
    return markdown(("job", *(f"{small:,} to {large:,}" for small, large in steps)), rows)


def skipped_list(skipped: Sequence[Skipped]) -> str:
    """Tell what was not measured, and why."""
    return "\n".join(f"- {one.name}: {' '.join(one.reason.split())}" for one in skipped)


def _job_row(one: Series, here: dict[str, Series]) -> tuple[str, ...]:
    ratios = (f"{one.wall / here[name].wall:.2f} × {name}" for name in one.against if name in here)
    peak = f"{one.peak / (1 << 20):.0f}" if one.peak else ""
    cpu = f"{one.cpu * 1000:,.1f}" if one.cpu else ""
    return f"{one.title} ({one.name})", str(len(one.samples)), f"{one.wall * 1000:,.1f}", cpu, peak, ", ".join(ratios)


def _figure(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3f} {unit}"


def _power(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"
