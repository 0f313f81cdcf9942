"""What a merge should give by the model: contact by contact, entry by entry, said as plainly as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from tests.model.cards import Card, Said, Tree, by_uid, tokens
from tests.model.rules import Entry, Front, day_of, problems

_MISSING: Any = None


class Kind(Enum):
    """How a contact comes out of a merge."""

    CLEAN = auto()
    CONFLICT = auto()
    OPEN = auto()
    """The model leaves open whether it is a conflict; what a clean merge must have is known."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of a contact; `said` is what a clean merge says, None for one that is gone."""

    kind: Kind
    paths: frozenset[str]
    path: str | None = None
    said: Said | None = None
    raw: bytes | None = None
    why: str = ""


class _ClashError(Exception):
    """Two changes that cannot both be."""


class _OpenError(Exception):
    """The model does not know better."""


@dataclass(frozen=True, kw_only=True)
class Fork:
    """A contact, or a log of one, or a value, in the three versions of a merge; None where it is not there."""

    base: Any
    ours: Any
    theirs: Any

    def settled(self) -> Any:
        """Give what one side alone has changed, or both alike."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        if self.base == self.ours:
            return self.theirs
        raise _ClashError(f"{self.base!r} became {self.ours!r} and {self.theirs!r}")

    def at(self, key: str) -> Fork:
        """Give a key of three mappings."""
        return Fork(**{side: (getattr(self, side) or {}).get(key) for side in ("base", "ours", "theirs")})


def merged_trees(base: Tree, ours: Tree, theirs: Tree, today: date) -> dict[str, Outcome]:
    """Tell what becomes of each contact, by uid."""
    sides = [by_uid(tree) for tree in (base, ours, theirs)]
    uids = dict.fromkeys(uid for side in sides for uid in side)
    found = {uid: _merged_contact([side.get(uid) for side in sides], today) for uid in uids}
    at: dict[str, list[str]] = {}
    for uid, outcome in found.items():
        for path in {outcome.path} - {None}:
            at.setdefault(str(path), []).append(uid)
    for path, both in at.items():
        if len(both) > 1:
            found |= {uid: Outcome(kind=Kind.CONFLICT, paths=found[uid].paths, why=f"all at {path}") for uid in both}
    return found


def _merged_contact(versions: list[tuple[str, Card] | None], today: date) -> Outcome:
    paths = frozenset(version[0] for version in versions if version)
    base, ours, theirs = versions
    if not (ours and theirs):
        return _on_one_side(base, ours or theirs, paths)
    cards = [base and base[1], ours[1], theirs[1]]
    path: str | None = None
    try:
        path = Fork(base=base and base[0], ours=ours[0], theirs=theirs[0]).settled()
        card = _one_side(cards)
        if card is not None:
            return Outcome(kind=Kind.CLEAN, paths=paths, path=path, said=card.said, raw=card.raw)
        said = merged(base and base[1].said, ours[1].said, theirs[1].said, today)
        return Outcome(kind=Kind.CLEAN, paths=paths, path=path, said=said)
    except _ClashError as clash:
        return Outcome(kind=Kind.CONFLICT, paths=paths, why=str(clash))
    except _OpenError as told:
        return Outcome(kind=Kind.OPEN, paths=paths, path=path, why=str(told))


def _on_one_side(base: tuple[str, Card] | None, kept: tuple[str, Card] | None, paths: frozenset[str]) -> Outcome:
    if kept is None:
        return Outcome(kind=Kind.CLEAN, paths=paths)
    path, card = kept
    if base is None:
        return Outcome(kind=Kind.CLEAN, paths=paths, path=path, said=card.said, raw=card.raw)
    if (path, card.raw) != (base[0], base[1].raw):
        return Outcome(kind=Kind.CONFLICT, paths=paths, why="deleted on one side, changed on the other")
    return Outcome(kind=Kind.CLEAN, paths=paths)


def _one_side(cards: list[Card | None]) -> Card | None:
    """Give the file that one side alone has changed: Git takes it as it is."""
    base, ours, theirs = (card and card.raw for card in cards)
    return cards[2] if base == ours else cards[1] if theirs in (base, ours) else None


def merged(base: Said | None, ours: Said, theirs: Said, today: date) -> Said:
    """Merge what both sides say; raises _ClashError, _OpenError."""
    fork = Fork(base=base.front if base else {}, ours=ours.front, theirs=theirs.front)
    front: Front = {}
    for key in dict.fromkeys((*ours.front, *theirs.front)):
        value = _field(key, fork.at(key))
        if value is not None:
            front[key] = value
    found = problems(front, today)
    if found:
        raise _ClashError(f"put together: {found}")
    body = "\n".join(
        Fork(base=lines[0], ours=lines[1], theirs=lines[2]).settled()
        for lines in _lines(base.body if base else None, ours.body, theirs.body)
    )
    old = base.comments if base else frozenset()
    comments = (ours.comments & theirs.comments) | (ours.comments - old) | (theirs.comments - old)
    return Said(front=front, body=body, comments=comments)


def _lines(base: str | None, ours: str, theirs: str) -> Iterable[tuple[str | None, str, str]]:
    mine, other = ours.split("\n"), theirs.split("\n")
    before: list[str | None] = [None] * len(mine) if base is None else [*base.split("\n")]
    return zip(before, mine, other, strict=True)


def _field(key: str, fork: Fork) -> Any:
    if key == "decisions":
        return _decisions(fork)
    if key == "criteria":
        ids = dict.fromkeys((*(fork.ours or {}), *(fork.theirs or {})))
        return {id: log for id in ids if (log := _log(fork.at(id)))}
    if key == "tags":
        return _tags(fork)
    return fork.settled()


def merged_value(key: str, fork: Fork) -> Any:
    """Merge a field; where both sides changed it, ours is taken."""
    try:
        return _field(key, fork)
    except _ClashError:
        return fork.ours if fork.ours is not None else fork.theirs


def _tags(fork: Fork) -> list[str] | None:
    base, ours, theirs = (set(side or []) for side in (fork.base, fork.ours, fork.theirs))
    return sorted((ours & theirs) | (ours - base) | (theirs - base)) or None


@dataclass(frozen=True, kw_only=True)
class _Side:
    """A log on one side: what stands for each old entry (None: nothing), what is new, and which old one each is."""

    log: list[Entry]
    now: list[Entry | None]
    old: list[int | None]

    @classmethod
    def of(cls, base: list[Entry], log: list[Entry]) -> _Side:
        """Tell entries by their tokens: an entry may stand for others, too."""
        old: list[int | None] = [_MISSING] * len(log)
        for i, entry in enumerate(base):
            at = next((j for j, e in enumerate(log) if old[j] is None and tokens(e) & tokens(entry)), None)
            if at is not None:
                old[at] = i
        now = [log[old.index(i)] if i in old else _MISSING for i in range(len(base))]
        return cls(log=log, now=now, old=old)

    @property
    def new(self) -> list[Entry]:
        """The entries that came."""
        return [entry for entry, i in zip(self.log, self.old, strict=True) if i is None]

    def came(self, base: list[Entry]) -> Mapping[date, list[Entry]]:
        """Give what is new on each day: entries, and old ones that were moved to it."""
        found: dict[date, list[Entry]] = {}
        for entry, i in zip(self.log, self.old, strict=True):
            if i is None or day_of(base[i]) != day_of(entry):
                found.setdefault(day_of(entry), []).append(entry)
        return found


def _sides(fork: Fork) -> tuple[list[Entry], _Side, _Side]:
    base, ours, theirs = ((side or []) for side in (fork.base, fork.ours, fork.theirs))
    one, two = _Side.of(base, ours), _Side.of(base, theirs)
    if None in (*one.now, *two.now):
        raise _OpenError("a side lacks what both come from")
    return base, one, two


def _decisions(fork: Fork) -> list[Entry]:
    _, one, two = _sides(fork)
    if one.new and two.new and one.new != two.new:
        raise _ClashError("two decisions were taken")
    return _log(fork)


def _log(fork: Fork) -> list[Entry]:
    """Join two logs day by day; only one side may have added to a day."""
    base, one, two = _sides(fork)
    known = [Fork(base=old, ours=a, theirs=b).settled() for old, a, b in zip(base, one.now, two.now, strict=True)]
    mine, other = one.came(base), two.came(base)
    for day in mine.keys() & other.keys():
        if mine[day] != other[day]:
            raise _ClashError(f"two entries on {day}")
    result: list[Entry] = []
    for day in sorted({*map(day_of, known), *mine, *other}):
        side = two if day in other else one
        entries = (entry if i is None else known[i] for entry, i in zip(side.log, side.old, strict=True))
        result += [entry for entry in entries if day_of(entry) == day]
    return result
