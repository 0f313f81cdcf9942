"""unknown-criterion."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Place
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.nearest import Nearest
from crmtool.text import one_line


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each answer, and the next step, that names a criterion which the rule book lacks."""
    known, step = subject.rulebook.criteria, subject.contact.next_step
    nearest = Nearest({id: criterion.label for id, criterion in known.items()})

    renamed = (
        "\nif it was renamed in criteria.yaml: write its new id, or keep the old one there, "
        "with `retired: DATE` if it is no longer asked"
    )

    def unknown(criterion: str, place: Place, *, on_key: bool) -> Observation:
        hint = nearest.hint(criterion) if known else "add it to criteria.yaml, below `criteria:`"
        return Observation(
            message=f"the rule book has no criterion '{one_line(criterion)}'",
            hint=hint + renamed * on_key,
            place=place,
            on_key=on_key,
        )

    for criterion in subject.contact.criteria:
        if criterion not in known:
            yield unknown(criterion, ("criteria", criterion), on_key=True)
    if step and step.clarifies and step.clarifies not in known:
        yield unknown(step.clarifies, ("next_step", "clarifies"), on_key=False)


RULE = ContactRule(
    code="unknown-criterion",
    title="A criterion that the rule book does not have",
    why="An answer to a question that nobody asks counts for nothing; most often it is a misspelled id, and the "
    "question that was meant stays open.",
    remedy="Write the id of a criterion from `criteria.yaml`. A criterion that is no longer asked is not deleted "
    "there but gets `retired: DATE`, so that old answers keep their meaning.",
    valid=(
        Example(files=contact("decisions:", "next_step: {do: Call, clarifies: pain, due: 2026-11-30}\ndecisions:")),
    ),
    invalid=(
        Example(files=contact("  fit:", "  fits:"), at=(CONTACT_PATH, 5, 3)),
        Example(
            files=contact("decisions:", "next_step: {do: Ask the CFO, clarifies: buget, due: 2026-11-30}\ndecisions:"),
            at=(CONTACT_PATH, 7, 41),
        ),
    ),
    check=check,
)
