"""Write a merged front matter so that it says what was meant and keeps the comments and the style of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from crmtool.document import read_contact
from crmtool.edit import EditError, edited
from crmtool.merge.changing import changes_between
from crmtool.merge.comments import comments, kept_by_both
from crmtool.merge.removing import entries_gone, without_entries
from crmtool.merge.slots import Values, same
from crmtool.merge.texts import Favour, TextMerge
from crmtool.merge.versions import PATH, Version, Versions


def written(versions: Versions, meant: Values, text: TextMerge) -> str | None:
    """Write what both sides say together; None where that cannot be done without losing a comment.

    What can be had does not depend on which side is ours. A comment that one side moved is best not there twice.
    """
    wanted = kept_by_both(versions.base.yaml, versions.ours.yaml, versions.theirs.yaml)
    candidates = (yaml for yaml in _candidates(versions, meant, text) if reads_as(yaml, meant))
    complete = [yaml for yaml in candidates if wanted <= comments(yaml)]
    return min(complete, key=lambda yaml: comments(yaml).total(), default=None)


def written_by_ours(versions: Versions, meant: Values, text: TextMerge) -> str | None:
    """Write what ours says with what theirs can add to it, as ours writes it; None where that cannot be done."""
    candidates = chain(_merged(versions, text, Favour.OURS), _made(versions.ours, meant))
    return next((yaml for yaml in candidates if reads_as(yaml, meant)), None)


def reads_as(yaml: str, meant: Values) -> bool:
    """Whether a front matter says just what is meant."""
    document = read_contact(PATH, _file(yaml))
    return document.values is not None and same(document.values, dict(meant))


def _candidates(versions: Versions, meant: Values, text: TextMerge) -> Iterator[str]:
    """Give ways to write it. Merged line by line it is as people wrote it, and often it says what is meant."""
    yield from _merged(versions, text, Favour.UNION)
    yield from _merged(versions.swapped(), text, Favour.UNION)
    yield from _merged(versions, text, Favour.OURS)
    yield from _merged(versions, text, Favour.THEIRS)
    yield from _made(versions.ours, meant)
    yield from _made(versions.theirs, meant)


def _merged(versions: Versions, text: TextMerge, favour: Favour) -> Iterator[str]:
    merged = text(versions.base.yaml.encode(), versions.ours.yaml.encode(), versions.theirs.yaml.encode(), favour)
    if merged is not None:
        yield merged.data.decode()


def _made(side: Version, meant: Values) -> Iterator[str]:
    yaml = without_entries(side.yaml, [*entries_gone(side.values, meant)])
    values = read_contact(PATH, _file(yaml)).values
    with suppress(EditError):
        document = edited(PATH, _file(yaml), changes_between(values or {}, meant)).document
        yield document.text[document.yaml_span.start : document.yaml_span.end]


def _file(yaml: str) -> bytes:
    return f"---\n{yaml}---\n".encode()
