"""What two rule books say of a contact, as far as they say different things, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crmtool.impact import Effect, Judgement

_FIGURES = ("distance", "overdue", "missing", "stop")


def changes(effect: Effect) -> Iterator[tuple[str, str]]:
    """Give each figure that differs: its name, and what it was and is."""
    before, after = _told(effect.before), _told(effect.after)
    for name, old in before.items():
        if old != after[name]:
            yield name, f"{old} → {after[name]}"


def _told(judged: Judgement) -> dict[str, str]:
    if judged.verdict is None:
        return {"verdict": "none, for the rule book lacks its status", **dict.fromkeys(_FIGURES, "–")}
    figures = (
        "–" if judged.distance is None else str(judged.distance),
        "yes" if judged.overdue else "no",
        _listed(judged.missing),
        _listed(judged.stops),
    )
    return {"verdict": judged.verdict, **dict(zip(_FIGURES, figures, strict=True))}


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(sorted(ids)) or "nothing"
