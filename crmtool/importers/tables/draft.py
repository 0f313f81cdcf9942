"""A record in the making: what of a row is used, what is claimed beside, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crmtool.importers.record import Claim
from crmtool.importers.tables.cells import is_nothing, tidy
from crmtool.importers.tables.column import Column
from crmtool.importers.tables.rows import Row
from crmtool.yaml_reader import Value


class Draft:
    """What comes of one row; details, claims and doubts are added to it one after the other."""

    def __init__(self, row: Row, width: int, usual: int) -> None:
        """Begin with a row of a table of `width` columns, most of whose rows have `usual` cells."""
        self.details: dict[str, Value] = {}
        self.doubts: list[str] = []
        self._cells = {i: cell for i, cell in enumerate(row.cells) if cell and not cell.isspace()}
        self._claims: list[tuple[int, Claim]] = []
        self._tidied: dict[int, str] = {}
        extra = [i for i in self._cells if i >= width]
        for i in extra:
            self._claims.append((i, Claim(label=f"column {i + 1}", value=tidy(self._cells[i]))))
        if extra:
            self.doubts.append(f"the row has {len(row.cells)} cells, the header {width}: they may have shifted")
        elif len(row.cells) * 2 < min(width, usual):
            cells = f"{len(row.cells)} cell{'' if len(row.cells) == 1 else 's'}"
            self.doubts.append(f"the row has {cells}, the header {width}: the rest may be lost")

    def text(self, column: Column) -> str:
        """Give what a cell says, tidied; empty where it says nothing."""
        return self._text_at(column.index)

    def raw(self, column: Column) -> str:
        """Give a cell as it is written."""
        return self._cells.get(column.index, "")

    def said(self, columns: Iterable[Column]) -> Iterator[tuple[Column, str]]:
        """Go through those columns whose cells say something."""
        for column in columns:
            if column.index in self._cells and (text := self._text_at(column.index)):
                yield column, text

    def take(self, key: str, value: Value) -> None:
        """Use a value as a detail, unless it is empty."""
        if value not in ("", [], None):
            self.details[key] = value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a detail that is used already."""
        value = self.details.get(key)
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value is not None else ()

    def label_of(self, column: Column) -> str:
        """Give what a row calls the cell of a column; empty where the column has no labels."""
        return self._text_at(column.label_at).lstrip("* ") if column.label_at is not None else ""

    def claim(self, column: Column, value: str, label: str = "") -> None:
        """Keep what a cell says, by a label of its own or by its column's name."""
        if column.field == "claim":
            label = label or self.label_of(column)
        self._claims.append((column.index, Claim(label=label or column.name, value=value)))

    def doubt(self, column: Column, why: str) -> None:
        """Say what of a cell was guessed or could not be used."""
        self.doubts.append(f"{column.name}: {why}")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed, in the order of the columns."""
        return tuple(claim for _, claim in sorted(self._claims, key=lambda pair: pair[0]))

    def _text_at(self, index: int) -> str:
        if index not in self._tidied:
            text = tidy(self._cells.get(index, ""))
            self._tidied[index] = "" if is_nothing(text) else text
        return self._tidied[index]


def first_said(draft: Draft, columns: Sequence[Column]) -> str:
    """Give what the first of some columns says that says anything."""
    return next((text for _, text in draft.said(columns)), "")


def first_of(draft: Draft, columns: Sequence[Column]) -> tuple[str, str]:
    """Give what the first of some columns says that says anything, and that column's name; claim what others say."""
    chosen = name = ""
    for column, text in draft.said(columns):
        if not chosen:
            chosen, name = text, column.name
        elif text.casefold() != chosen.casefold():
            draft.claim(column, text)
    return chosen, name
