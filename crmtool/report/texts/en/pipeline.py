"""Pipeline."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "pipeline": "Pipeline",
    "pipeline.title": "Where the contacts stand",
    "pipeline.lead": "Which status each contact is in, what it lacks for the next, and how long it has been there.",
    "pipeline.count": "{n} of {limit}",
    "pipeline.over": "over the limit",
    "pipeline.median": "median {days}",
    "pipeline.empty": "Nobody is here.",
    "pipeline.more": "and {n} more|and {n} more",
    "pipeline.left": "{n} to go",
    "pipeline.ready": "ready",
    "pipeline.age": "{age} of {within}",
    "pipeline.none": "No contact yet: write the first one as contacts/NAME.md.",
}
