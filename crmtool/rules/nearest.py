"""Which id was meant: people write the label that they see, or the id with a slip."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from crmtool.contact import folded
from crmtool.shapes import Guesses
from crmtool.text import one_line


class Nearest:
    """Hints for the unknown ids of one file, given the known ones with their labels; `guesses` are the file's."""

    def __init__(self, labels: Mapping[str, str], guesses: Guesses | None = None) -> None:
        self._labels = labels
        self._guesses = guesses or Guesses()

    def hint(self, written: str) -> str:
        """Give a hint that names the id whose label was written, or else the nearest id, or all of them."""
        id = self._spelled.get(folded(written))
        if id is not None:
            return f"write the id '{id}' (its label is '{one_line(self._labels[id])}')"
        return self._guesses.hint(written, self._labels)

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """The ids by what is written for them; of several the first."""
        found: dict[str, str] = {}
        for id, label in self._labels.items():
            found.setdefault(folded(label), id)
            found.setdefault(folded(id), id)
        return found
