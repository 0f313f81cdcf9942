"""The condition language of the rule book: its forms, how they are read, and what they name.

Whether a condition holds for a contact on a day is told by `crmtool.situation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from crmtool.days import Duration
from crmtool.finding import Place
from crmtool.records import dataclass
from crmtool.yaml_reader import Value


@dataclass(frozen=True, slots=True)
class Holds:
    """`budget`: the latest answer is met, valid, and attested as its criterion asks."""

    criterion: str


@dataclass(frozen=True, slots=True)
class NotMet:
    """`{not_met: budget}`: the latest answer is a no that has not expired."""

    criterion: str


@dataclass(frozen=True, slots=True)
class Open:
    """`{open: budget}`: no answer, or it expired."""

    criterion: str


@dataclass(frozen=True, slots=True)
class Not:
    """`{not: COND}`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class All:
    """`{all: […]}`, and every list of conditions."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`{at_least: 2, of: […]}`; `{any: […]}` is at least one."""

    count: int
    conditions: tuple[Condition, ...]
    is_any: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """`{score: 9}`: the weights of the criteria that hold add up to so many; `of` None means all but knockouts."""

    at_least: float
    of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """`{lost: […]}`: one of them held when the present status was entered and no longer does."""

    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clarified:
    """`{clarified: 1}`: so many answers are dated after the day on which the present status was entered."""

    count: int


@dataclass(frozen=True, slots=True)
class Has:
    """`{has: revisit}`: that front matter field (dotted path) is present and not empty."""

    field: str


@dataclass(frozen=True, slots=True)
class Passed:
    """`{passed: revisit}`: that date field lies on or before the day of evaluation."""

    field: str


@dataclass(frozen=True, slots=True)
class OlderThan:
    """`{older_than: 30d}`: the contact has been in its present status at least that long."""

    duration: Duration


Condition: TypeAlias = (
    "Holds | NotMet | Open | Not | All | AtLeast | Score | Lost | Clarified | Has | Passed | OlderThan"
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why something written is no condition, and where."""

    place: Place
    message: str
    hint: str


class _FlawError(Exception):
    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw


def parse_requires(value: Value, place: Place) -> tuple[tuple[Condition, ...], tuple[Flaw, ...]]:
    """Read a `requires` or `when`: a list of conditions that all must hold, or a single one; flaws are left out."""
    if value is None:
        return (), ()
    conditions: list[Condition] = []
    flaws: list[Flaw] = []
    items = [((*place, i), item) for i, item in enumerate(value)] if isinstance(value, list) else [(place, value)]
    for item_place, item in items:
        try:
            conditions.append(_parse(item, item_place))
        except _FlawError as error:
            flaws.append(error.flaw)
    return tuple(conditions), tuple(flaws)


def notation(condition: Condition) -> str:  # noqa: C901 - a case for each form
    """Write a condition as the rule book does, on one line."""
    match condition:
        case Holds(criterion):
            return criterion
        case NotMet(criterion):
            return f"not_met: {criterion}"
        case Open(criterion):
            return f"open: {criterion}"
        case Not(inner):
            return f"not: {_nested(inner)}"
        case All(conditions):
            return f"all: {_list(conditions)}"
        case AtLeast(count, conditions, is_any):
            return f"any: {_list(conditions)}" if is_any else f"at_least: {count}, of: {_list(conditions)}"
        case Score(at_least, of):
            return f"score: {at_least:.15g}" + (f", of: [{', '.join(of)}]" if of is not None else "")
        case Lost(criteria):
            return f"lost: [{', '.join(criteria)}]"
        case Clarified(count):
            return f"clarified: {count}"
        case Has(field):
            return f"has: {field}"
        case Passed(field):
            return f"passed: {field}"
        case OlderThan(duration):
            return f"older_than: {duration}"


def parts(condition: Condition) -> tuple[Condition, ...]:
    """Give the conditions directly inside one."""
    match condition:
        case Not(inner):
            return (inner,)
        case All(conditions) | AtLeast(_, conditions):
            return conditions
        case _:
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """Go through a condition and everything inside it."""
    yield condition
    for part in parts(condition):
        yield from walk(part)


def named_criteria(condition: Condition) -> tuple[str, ...]:
    """List the criteria that a condition names, each once, in the order written."""
    names: list[str] = []
    for part in walk(condition):
        match part:
            case Holds(criterion) | NotMet(criterion) | Open(criterion):
                names.append(criterion)
            case Lost(criteria) | Score(_, tuple() as criteria):
                names.extend(criteria)
    return tuple(dict.fromkeys(names))


def total(weights: Iterable[float]) -> float:
    """Add up weights as people do, who know that 0.7 and 0.1 are 0.8."""
    return round(sum(weights), 9)


def _nested(condition: Condition) -> str:
    return condition.criterion if isinstance(condition, Holds) else "{" + notation(condition) + "}"


def _list(conditions: tuple[Condition, ...]) -> str:
    return f"[{', '.join(_nested(condition) for condition in conditions)}]"


def _parse(value: Value, place: Place) -> Condition:
    if isinstance(value, str) and value:
        return Holds(value)
    if isinstance(value, list):
        return All(_parse_list(value, place))
    if not isinstance(value, dict):
        raise _FlawError(Flaw(place, "this is not a condition", "write a criterion's id, or a form such as {not: id}"))
    form = next((key for key in value if key in _FORMS), None)
    if form is None:
        known = ", ".join(_FORMS)
        raise _FlawError(
            Flaw(place, f"'{', '.join(value)}' is not a form of condition", f"write an id or one of: {known}")
        )
    extra = [key for key in value if key != form and not (key == "of" and form in ("at_least", "score"))]
    if extra:
        message = f"'{extra[0]}' does not belong to the condition '{form}'"
        raise _FlawError(Flaw((*place, extra[0]), message, "write each condition as an item of its own"))
    return _FORMS[form](value, place)


def _parse_list(value: Value, place: Place) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        raise _FlawError(Flaw(place, "a list of conditions is missing", "write [one, two]"))
    return tuple(_parse(item, (*place, i)) for i, item in enumerate(value))


def _ids(value: Value, place: Place) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) and item for item in items):
        raise _FlawError(Flaw(place, "a list of criterion ids is missing", "write [fit, pain]"))
    return tuple(dict.fromkeys(str(item) for item in items))


def _text(form: str) -> Callable[[Mapping[str, Value], Place], str]:
    def read(value: Mapping[str, Value], place: Place) -> str:
        text = value[form]
        if not isinstance(text, str) or not text:
            raise _FlawError(Flaw((*place, form), f"'{form}' needs one name", f"write {{{form}: name}}"))
        return text

    return read


def _count(value: Mapping[str, Value], form: str, place: Place) -> int:
    count = value[form]
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise _FlawError(Flaw((*place, form), f"'{form}' needs a whole number from 1", f"write {{{form}: 1}}"))
    return count


def _parse_at_least(value: Mapping[str, Value], place: Place) -> Condition:
    return AtLeast(_count(value, "at_least", place), _parse_list(value.get("of"), (*place, "of")))


def _parse_score(value: Mapping[str, Value], place: Place) -> Condition:
    score = value["score"]
    if isinstance(score, bool) or not isinstance(score, int | float):
        raise _FlawError(Flaw((*place, "score"), "'score' needs a number", "write {score: 9}"))
    return Score(score, _ids(value["of"], (*place, "of")) if "of" in value else None)


def _parse_older_than(value: Mapping[str, Value], place: Place) -> Condition:
    duration = Duration.parse(value["older_than"])
    if duration is None:
        flaw = Flaw((*place, "older_than"), "'older_than' needs a duration", "write 14d, 6w, 3m or 1y")
        raise _FlawError(flaw)
    return OlderThan(duration)


_FORMS: dict[str, Callable[[Mapping[str, Value], Place], Condition]] = {
    "not": lambda value, place: Not(_parse(value["not"], (*place, "not"))),
    "not_met": lambda value, place: NotMet(_text("not_met")(value, place)),
    "open": lambda value, place: Open(_text("open")(value, place)),
    "any": lambda value, place: AtLeast(1, _parse_list(value["any"], (*place, "any")), is_any=True),
    "all": lambda value, place: All(_parse_list(value["all"], (*place, "all"))),
    "at_least": _parse_at_least,
    "score": _parse_score,
    "lost": lambda value, place: Lost(_ids(value["lost"], (*place, "lost"))),
    "clarified": lambda value, place: Clarified(_count(value, "clarified", place)),
    "has": lambda value, place: Has(_text("has")(value, place)),
    "passed": lambda value, place: Passed(_text("passed")(value, place)),
    "older_than": _parse_older_than,
}
