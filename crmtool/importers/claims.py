"""What a record says beside its details, as a note in the contact's body: claimed, and to be clarified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from crmtool.importers.record import Record
from crmtool.records import dataclass
from crmtool.text import LINE_BREAK, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of an import, in the language of the rule book; `labels` are those of details by their keys."""

    because: str
    claimed: str
    stage: str
    corresponds: str
    source: str
    labels: Mapping[str, str]


WORDINGS = {
    "en": Wording(
        because="Taken over from {label}; what is claimed there is to be clarified",
        claimed="{label} on {day}: claimed, to be clarified",
        stage="Stage",
        corresponds="{stage} (would be '{status}' here)",
        source="{label} (import)",
        labels={
            "organization": "Organization",
            "role": "Role",
            "email": "E-mail",
            "phone": "Phone",
            "url": "Web page",
            "address": "Address",
            "source": "Source",
            "owner": "Owner",
            "tags": "Tags",
            "value": "Value",
        },
    ),
    "de": Wording(
        because="Übernommen aus {label}; was dort behauptet wird, ist zu klären",
        claimed="{label} am {day}: behauptet, zu klären",
        stage="Phase",
        corresponds="{stage} (wäre hier „{status}“)",
        source="{label} (Import)",
        labels={
            "organization": "Organisation",
            "role": "Position",
            "email": "E-Mail",
            "phone": "Telefon",
            "url": "Webseite",
            "address": "Adresse",
            "source": "Quelle",
            "owner": "Zuständig",
            "tags": "Schlagwörter",
            "value": "Wert",
        },
    ),
}


def wording(language: str) -> Wording:
    """Give the words of a language; English where it is unknown."""
    return WORDINGS.get(language, WORDINGS["en"])


def note(record: Record, label: str, day: date, words: Wording, *, status: str = "", known: str = "") -> str:
    """Write the note of an import as Markdown; empty where a record says nothing new beside its details.

    `status` is the label of the status that the record's stage would be here, empty where it is none. What the notes of
    the same source in the body, as it is `known`, said last is not said again; of several values by one label all are
    said where one is new.
    """
    before = _said(known, words.claimed.format(label=label, day="\0").partition("\0")[0])
    last: dict[str, set[str]] = {}
    for section in before:
        last |= _by_head(line.split(": ", 1) for line in section if line.startswith("- ") and ": " in line)
    now = [[head, value] for head, value in _claims(record, words, status)]
    new = {head for head, values in _by_head(now).items() if not values <= last.get(head, set())}
    claims = [f"{head}: {value}" for head, value in now if head in new]
    quoted = _quoted(record.notes)
    quotes = [lines for section in before if (lines := [line for line in section if line.startswith(">")])]
    if quoted and quoted not in quotes[-1:]:
        claims += ["", *quoted] if claims else quoted
    return "\n".join(["## " + words.claimed.format(label=label, day=day), "", *claims, ""]) if claims else ""


def _said(body: str, heading: str) -> list[list[str]]:
    """Give the lines of each of a body's sections whose heading begins so."""
    sections: list[list[str]] = []
    is_inside = False
    for line in LINE_BREAK.split(body):
        if line.startswith("## "):
            is_inside = line.startswith(f"## {heading}")
            sections += [[]] if is_inside else []
        elif is_inside:
            sections[-1].append(line)
    return sections


def _by_head(claims: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for head, value in claims:
        found.setdefault(head, set()).add(value)
    return found


def _claims(record: Record, words: Wording, status: str) -> Iterator[tuple[str, str]]:
    if record.stage:
        stage = one_line(record.stage)
        yield (
            f"- {one_line(record.stage_label) or words.stage}",
            words.corresponds.format(stage=stage, status=status) if status else stage,
        )
    # A colon and a blank part the label from what is claimed, here as for whoever reads it again.
    yield from ((f"- {one_line(claim.label).replace(': ', ' ')}", one_line(claim.value)) for claim in record.claims)


def _quoted(notes: str) -> list[str]:
    """Quote free text line by line, so that nothing in it is taken for anything else of the file."""
    return [f"> {line}".rstrip() for line in LINE_BREAK.split(notes.strip())] if notes.strip() else []
