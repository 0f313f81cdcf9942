"""Contacts as a table: their details, which can be read back unchanged, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable

from crmtool.assessment import Assessment
from crmtool.details import DETAILS, LISTS, details_of, version_of
from crmtool.records import dataclass
from crmtool.spreadsheet import guarded, table
from crmtool.text import LINE_BREAK
from crmtool.yaml_reader import Value

STANDING = (
    "status",
    "status_label",
    "since",
    "verdict",
    "overdue",
    "clarity",
    "distance",
    "next_step",
    "next_due",
    "clarifies",
)
"""The columns that tell how a contact stands; who reads the table back passes over them."""
COLUMNS = ("crmtool_id", *DETAILS, *STANDING, "crmtool_version")
_DIGITS = 4
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a table is written: what parts its cells, ends its rows, and stands before the decimals of a number."""

    delimiter: str = ","
    line_end: str = "\n"
    decimal: str = "."
    mark: str = ""


PLAIN = Dialect()
"""As RFC 4180 has it, but for the line ends."""
GERMAN_EXCEL = Dialect(delimiter=";", line_end="\r\n", decimal=",", mark=_BYTE_ORDER_MARK)
"""As Excel opens it by a double click where the system's language is German."""


def render(assessments: Iterable[Assessment], dialect: Dialect = PLAIN) -> str:
    """Write a header and a row for each contact, in the order given."""
    rows = (_row(assessment, dialect) for assessment in assessments)
    return dialect.mark + table([COLUMNS, *rows], delimiter=dialect.delimiter, line_end=dialect.line_end)


def _row(assessment: Assessment, dialect: Dialect) -> list[str]:
    contact = assessment.contact
    details = details_of(contact.fields)
    told = (_detail(key, details.get(key)) for key in DETAILS)
    values = (contact.id, *told, *_standing(assessment), version_of(contact.fields))
    return [_cell(value, dialect) for value in values]


def _standing(assessment: Assessment) -> tuple[str | float | None, ...]:
    step, clarity = assessment.next_step, assessment.clarity
    return (
        assessment.status.id,
        assessment.status.label,
        assessment.why_here.since.isoformat(),
        assessment.verdict.value,
        "true" if assessment.overdue else "false",
        None if clarity is None else round(clarity, _DIGITS),
        assessment.distance,
        step.do if step else None,
        step.due.isoformat() if step and step.due else None,
        step.clarifies if step else None,
    )


def _detail(key: str, value: Value) -> str | float | None:
    """Give what a cell holds; None for what a contact's file should not have there."""
    if key in LISTS:
        return _joined(value) if isinstance(value, list) else None
    if key == "value":
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    return value if isinstance(value, str) else None


def _joined(entries: list[Value]) -> str:
    """Join texts so that they can be told apart again: by semicolons, or one a line where one of them holds such."""
    texts = [LINE_BREAK.sub(" ", entry) for entry in entries if isinstance(entry, str) and entry]
    if not any(";" in text for text in texts):
        return "; ".join(texts)
    return "\n".join(texts) if len(texts) > 1 else f"{texts[0]}\n"


def _cell(value: str | float | None, dialect: Dialect) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case _:
            return repr(value).replace(".", dialect.decimal)
