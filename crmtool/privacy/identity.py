"""Whether two versions of a file are of the same person."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crmtool.contact import folded
from crmtool.details import details_of
from crmtool.privacy.names import plain_name, telling_words
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
    """Whether they are where the path changed, too.

    Relatives and colleagues of one surname are two people, and so are those of two names and two e-mail addresses.
    """
    if name_of(one) == name_of(other) or _share(one, other, ("email",)):
        return True
    words, others = _words(one), _words(other)
    is_called_alike = words[:1] == others[:1] or min(len(words), len(others)) < 2
    return is_called_alike and same_person(one, other) and not are_apart(one, other, ("email",))


def same_again(one: Mapping[str, Value], other: Mapping[str, Value], *, at_one_path: bool) -> bool:
    """Whether they are where no change joins the two: by name and address.

    At one path the name is enough, and so is what joins two paths if no address is against it.
    """
    has_one_name = name_of(one) == name_of(other)
    if at_one_path:
        return (has_one_name and bool(name_of(one))) or (moved_person(one, other) and not are_apart(one, other))
    return has_one_name and _share(one, other)


def are_apart(one: Mapping[str, Value], other: Mapping[str, Value], by: Collection[str] = _TELLING) -> bool:
    """Whether addresses, numbers and pages speak for two people: both have some, and none in common."""
    return bool(_keys(one, by) and _keys(other, by)) and not _share(one, other, by)


def name_of(fields: Mapping[str, Value]) -> str:
    """Give the name in one spelling, without titles and brackets; empty where there is none."""
    return folded(plain_name(str(fields.get("name", ""))))


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
