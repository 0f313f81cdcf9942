"""Which id was meant: people write the label that they see, or the id with a slip."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.contact import folded
from crmtool.shapes import did_you_mean
from crmtool.text import one_line


def nearest(written: str, labels: Mapping[str, str]) -> str:
    """Give a hint that names the id whose label was written, or else the nearest id, or all of them."""
    for id, label in labels.items():
        if folded(written) in (folded(label), folded(id)):
            return f"write the id '{id}' (its label is '{one_line(label)}')"
    return did_you_mean(written, labels)
