"""Whether two versions of a file are of the same person."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crmtool.contact import folded
from crmtool.details import details_of
from crmtool.privacy.names import telling_words
from crmtool.yaml_reader import Value

_TELLING = ("email", "phone", "url")


def same_person(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two front matters that one path had are of one person: the same name or e-mail address.

    Colleagues share numbers and pages, and those of one import their first decision, word for word: these count only if
    the names have a word in common, as where one was corrected or changed by marriage.
    """
    if name_of(one) == name_of(other) or _share(one, other, ("email",)):
        return True
    is_alike = not {*_words(one)}.isdisjoint(_words(other))
    return is_alike and (_share(one, other) or _entry(one) == _entry(other) is not None)


def moved_person(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether they are where the path changed, too: relatives and colleagues of one surname are two people."""
    words, others = _words(one), _words(other)
    is_called_alike = words[:1] == others[:1] or min(len(words), len(others)) < 2
    return same_person(one, other) and (is_called_alike or _share(one, other, ("email",)))


def same_again(one: Mapping[str, Value], other: Mapping[str, Value], *, at_one_path: bool) -> bool:
    """Whether they are where no change joins the two: by name and address, at one path if no address is against it."""
    if at_one_path:
        return moved_person(one, other) and not are_apart(one, other)
    return name_of(one) == name_of(other) and _share(one, other)


def are_apart(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether addresses, numbers and pages speak for two people: both have some, and none in common."""
    return bool(_keys(one) and _keys(other)) and not _share(one, other)


def name_of(fields: Mapping[str, Value]) -> str:
    """Give the name in one spelling; empty where there is none."""
    return folded(" ".join(str(fields.get("name", "")).split()))


def _words(fields: Mapping[str, Value]) -> tuple[str, ...]:
    return telling_words(str(fields.get("name", "")))


def _share(one: Mapping[str, Value], other: Mapping[str, Value], by: Collection[str] = _TELLING) -> bool:
    return not _keys(one, by).isdisjoint(_keys(other, by))


def _keys(fields: Mapping[str, Value], by: Collection[str] = _TELLING) -> set[tuple[str, str]]:
    details = details_of(fields)
    values = ((key, details.get(key)) for key in by)
    return {(key, str(text).casefold()) for key, texts in values if isinstance(texts, list) for text in texts}


def _entry(fields: Mapping[str, Value]) -> Value:
    decisions = fields.get("decisions")
    return decisions[0] if isinstance(decisions, list) and decisions else None
