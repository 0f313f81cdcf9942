"""Pipeline."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "pipeline": "Pipeline",
    "pipeline.title": "Wo die Kontakte stehen",
    "pipeline.lead": "In welchem Status jeder Kontakt steht, was ihm zum nächsten fehlt und wie lange er schon wartet.",
    "pipeline.count": "{n} von {limit}",
    "pipeline.over": "über der Grenze",
    "pipeline.median": "Median {days}",
    "pipeline.empty": "Niemand steht hier.",
    "pipeline.more": "und {n} weiterer|und {n} weitere",
    "pipeline.left": "noch {n}",
    "pipeline.ready": "bereit",
    "pipeline.age": "Tag {age}, Frist {within}",
    "pipeline.none": "Noch kein Kontakt: Der erste kommt als contacts/NAME.md herein.",
}
