"""The standard library's frozen `dataclass`, made in a tenth of the time: every command imports some ninety classes.

The standard library writes source for six methods of each class and compiles it. Here five of them are shared, and
`__init__` is written when many instances are made. What tells fields from each other, and reads and replaces them, is
the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**settings: bool) -> Callable[[type], type]:
        """Make a class a dataclass that is `frozen`; `slots` and `kw_only` are as in the standard library.

        It has neither `__post_init__` nor fields that `__init__` leaves out; raises TypeError for what it cannot do. A
        class that inherits from it is made in the same way, not by the standard library.
        """
        if not settings.pop("frozen", False):
            raise TypeError("only what is frozen can be made here")

        def made(cls: type) -> type:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else its signature is found out for it
            return _completed(dataclasses.dataclass(cls, init=False, repr=False, eq=False, **settings))

        return made


_FEW = 40
"""As many instances are made in the time that `__init__` takes to be compiled."""


def _completed(cls: type[Any]) -> type[Any]:
    fields = dataclasses.fields(cls)
    if hasattr(cls, "__post_init__") or not all(field.init for field in fields):
        raise TypeError(f"{cls.__name__} needs the standard library's dataclass")
    methods = {
        "__init__": _first_init(cls, fields),
        "__repr__": _repr,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        **_comparing([field.name for field in fields if field.compare]),
    }
    if "__slots__" in vars(cls):
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if vars(cls).get(name) is None:  # where a class says itself what is equal, Python sets `__hash__` to None
            setattr(cls, name, method)
    return cls


def _first_init(cls: type[Any], fields: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Give what makes the first few instances, by name, and has `__init__` written for the others."""
    defaults = {field.name: field.default for field in fields if field.default is not MISSING}
    is_plain = all(field.default_factory is MISSING for field in fields)
    names = {field.name for field in fields}
    left = _FEW

    def first_init(self: Any, /, *args: Any, **given: Any) -> None:
        nonlocal left
        left -= 1
        values = defaults | given
        if left > 0 and is_plain and not args and values.keys() == names:
            for name, value in values.items():
                object.__setattr__(self, name, value)
        else:
            cls.__init__ = init = _init(fields)
            init(self, *args, **given)

    return first_init


def _init(fields: Iterable[Field[Any]]) -> Callable[..., None]:
    by_place = [field for field in fields if not field.kw_only]
    by_name = [field for field in fields if field.kw_only]
    parameters = [*map(_parameter, by_place), *(["*"] if by_name else []), *map(_parameter, by_name)]
    lines = [f" set(self, {field.name!r}, {_value(field)})" for field in fields]
    source = f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines or [" pass"])
    names: dict[str, Any] = {"set": object.__setattr__, "MISSING": MISSING}
    names |= {f"default_{field.name}": field.default for field in fields}
    names |= {f"factory_{field.name}": field.default_factory for field in fields}
    exec(source, names)
    init: Callable[..., None] = names["__init__"]
    return init


def _parameter(field: Field[Any]) -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=MISSING"
    return field.name if field.default is MISSING else f"{field.name}=default_{field.name}"


def _value(field: Field[Any]) -> str:
    name = field.name
    return name if field.default_factory is MISSING else f"factory_{name}() if {name} is MISSING else {name}"


def _comparing(names: list[str]) -> dict[str, Callable[..., Any]]:
    # With a single name, what attrgetter gives is the value itself: that compares as well.
    values = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: Any) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_to_set(_self: Any, name: str, _value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
