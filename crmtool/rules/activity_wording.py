"""activity-wording."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Place, Severity
from crmtool.rules.base import ContactRule, ContactSubject, Example, RuleBookSubject
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK_PATH, contact, rulebook
from crmtool.wording import names_activity


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision whose `because` names an activity."""
    hint = "write what was decided or clarified, such as: because: Budget confirmed, she signs herself"
    for decision in subject.contact.decisions:
        yield from _named(decision.because, (*decision.place, "because"), hint)


def check_rulebook(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each criterion and each stop rule that is worded as an activity."""
    hint = "ask for what is to be known, such as: question: Is the budget confirmed?"
    for criterion in subject.rulebook.criteria.values():
        yield from _named(criterion.label, ("criteria", criterion.id, "label"), hint)
        yield from _named(criterion.question, ("criteria", criterion.id, "question"), hint)
    hint = "write why stopping is wiser, such as: because: Without a buyer nobody decides"
    for rule in subject.rulebook.stop_rules.values():
        yield from _named(rule.because, ("stop_rules", rule.id, "because"), hint)


def _named(text: str, place: Place, hint: str) -> Iterator[Observation]:
    activity = names_activity(text)
    if activity:
        message = f"'{activity}' names an activity, not what was decided or clarified"
        yield Observation(message=message, hint=hint, place=place)


RULE = ContactRule(
    code="activity-wording",
    severity=Severity.WARNING,
    title="An activity stands in the place of an outcome",
    why="A status changes only because something was decided or clarified, never because an activity took place. "
    "“Sent the proposal” says what we did; what the contact now knows, wants or refuses is what decides.",
    remedy="Write what came of it: “Budget confirmed for 2027”, “Wants to decide in December”, “No need: plans by "
    "hand”. Calls, mails and meetings belong in the notes below the front matter. This is a guess by words, in German "
    "and English, and only a warning.",
    valid=(
        Example(files=contact("Fits the profile", "Called twice and she confirmed the budget")),
        Example(files=contact("Notes.", "Angebot verschickt, zweimal angerufen.")),
    ),
    invalid=(
        Example(files=contact("Fits the profile", "Sent the proposal"), at=(CONTACT_PATH, 9, 49)),
        Example(files=contact("Fits the profile", "Zweimal angerufen"), at=(CONTACT_PATH, 9, 49)),
        Example(
            files=rulebook("Budget confirmed, question", "Angebot verschickt, question"), at=(RULEBOOK_PATH, 15, 19)
        ),
        Example(files=rulebook("because: No problem no need", "because: Called twice"), at=(RULEBOOK_PATH, 28, 102)),
    ),
    check=check,
    check_rulebook=check_rulebook,
)
