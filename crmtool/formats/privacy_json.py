"""Where a person is mentioned, as JSON: what `subject` and `erase` share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crmtool.privacy.findings import FileMentions, Said
from crmtool.privacy.traces import Mention, Traces


def traces(found: Traces) -> list[dict[str, Any]]:
    """Give what is looked for."""
    told = ({"kind": trace.kind, "text": trace.text, "certain": trace.certain} for trace in found.all)
    return list({(each["kind"], each["text"], each["certain"]): each for each in told}.values())


def file(found: FileMentions) -> dict[str, Any]:
    """Give a file with its mentions: in its path, in the file of now (`commit` null), and in past ones."""
    mentions = [_mention(each, None) for each in found.now]
    mentions += [_mention(each, id) for id, each in found.past]
    return {
        "path": found.path,
        "certain": found.is_certain,
        "named": bool(found.named),
        "tracked": found.is_kept,
        "ignored": found.is_ignored,
        "binary": found.is_binary,
        "mentions": mentions,
    }


def said(found: Iterable[Said]) -> list[dict[str, Any]]:
    """Give the commits and tags that say something of the person, or were made by them."""
    return [
        {
            "kind": each.kind,
            "id": each.id,
            "name": each.name,
            "subject": each.subject,
            "certain": any(mention.trace.certain for mention in each.mentions),
            "made_by": sorted(each.people),
        }
        for each in found
    ]


def _mention(found: Mention, commit: str | None) -> dict[str, Any]:
    return {
        "commit": commit,
        "line": found.line,
        "column": found.column,
        "kind": found.trace.kind,
        "certain": found.trace.certain,
        "found": found.found,
        "text": found.excerpt,
    }
