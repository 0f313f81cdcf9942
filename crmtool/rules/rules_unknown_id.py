"""rules-unknown-id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from crmtool.finding import Observation, Place
from crmtool.rulebook import ANY_STATUS, RuleBook, StopRule
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.references import criteria_named, ids_at
from crmtool.shapes import Guesses
from crmtool.stopping import proposed_transition
from crmtool.text import one_line


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each id that the rule book names and does not define."""
    book, guesses = subject.rulebook, Guesses()
    for place, id in (*_statuses_named(subject), *((("reasons", id), id) for id in _reasons(subject))):
        if id not in book.statuses:
            yield _unknown(guesses, "status", id, book.statuses, place, on_key=place[0] == "reasons")
    for place, id in criteria_named(subject):
        if id not in book.criteria:
            yield _unknown(guesses, "criterion", id, book.criteria, place)
    misplaced = any(id not in book.statuses for id in _reasons(subject))
    for rule in book.stop_rules.values():
        yield from _stop_rule(guesses, book, rule, misplaced=misplaced)


def _statuses_named(subject: RuleBookSubject) -> Iterator[tuple[Place, str]]:
    for id in subject.rulebook.transitions:
        yield from ids_at(subject.values, ("transitions", id, "to"))
        yield from _but_any(ids_at(subject.values, ("transitions", id, "from")))
    for id in subject.rulebook.stop_rules:
        yield from _but_any(ids_at(subject.values, ("stop_rules", id, "in")))


def _but_any(named: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    return ((place, id) for place, id in named if id != ANY_STATUS)


def _reasons(subject: RuleBookSubject) -> Iterable[str]:
    return subject.values.get("reasons") or {}


def _stop_rule(guesses: Guesses, book: RuleBook, rule: StopRule, *, misplaced: bool) -> Iterator[Observation]:
    place = ("stop_rules", rule.id)
    proposals = (*book.transitions, *book.statuses)
    if rule.propose is not None and rule.propose not in proposals:
        yield _unknown(guesses, "transition or status", rule.propose, proposals, (*place, "propose"))
    elif rule.reason is not None:
        for status in _leads_to(book, rule):
            reasons = book.statuses[status].reasons
            # Reasons that stand below an unknown status may be those that are missing here.
            if rule.reason not in reasons and (reasons or not misplaced):
                hint = guesses.hint(rule.reason, reasons) if reasons else _no_reasons(status, rule.reason)
                yield Observation(
                    message=f"the status '{status}', to which the stop rule '{rule.id}' leads, "
                    f"has no reason '{one_line(rule.reason)}'",
                    hint=hint,
                    place=(*place, "reason"),
                )


def _leads_to(book: RuleBook, rule: StopRule) -> tuple[str, ...]:
    """List the statuses to which what a stop rule proposes leads."""
    proposed = (proposed_transition(book, status, rule.propose) for status in book.expand(rule.within))
    targets = [book.transitions[id].target for id in proposed if id is not None]
    if not targets and rule.propose is not None:
        targets = [book.transitions[rule.propose].target if rule.propose in book.transitions else rule.propose]
    return tuple(target for target in dict.fromkeys(targets) if target in book.statuses)


def _no_reasons(status: str, reason: str) -> str:
    return f"remove `reason`, or add below `reasons:` a line `{status}: {{{one_line(reason)}: …}}`"


def _unknown(
    guesses: Guesses, what: str, id: str, known: Collection[str], place: Place, *, on_key: bool = False
) -> Observation:
    return Observation(
        message=f"there is no {what} '{one_line(id)}' in the rule book",
        hint=guesses.hint(id, known) if known else f"define the {what} first",
        place=place,
        on_key=on_key,
    )


RULE = RuleBookRule(
    code="rules-unknown-id",
    title="The rule book names something that it does not define",
    why="A misspelt id makes a rule that never applies, or a transition that leads nowhere: the rule is silently lost.",
    remedy="Write the id (the word before the colon, not the label) of a status, criterion, transition or reason that "
    "the rule book defines; or define what is missing. A stop rule's `reason` must be one of those of the status to "
    "which its proposal leads.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook("propose: stop,", "propose: stopped,")),
        Example(files=rulebook("[{not: pain}]", "{at_least: 1, of: [{open: pain}, {score: 1, of: fit}]}")),
    ),
    invalid=(
        Example(files=rulebook("from: new, to: clarifying", "from: new, to: clarifyng"), at=(RULEBOOK_PATH, 21, 28)),
        Example(files=rulebook("capture: {to: new}", "capture: {to: neu}"), at=(RULEBOOK_PATH, 20, 17)),
        Example(files=rulebook("from: new,", "from: [new, knew],"), at=(RULEBOOK_PATH, 21, 25)),
        Example(files=rulebook("requires: [pain, budget]", "requires: [pain, budgets]"), at=(RULEBOOK_PATH, 22, 58)),
        Example(files=rulebook("{not_met: conflict}", "{any: [{not_met: conflikt}]}"), at=(RULEBOOK_PATH, 21, 73)),
        Example(files=rulebook("in: clarifying", "in: clarify"), at=(RULEBOOK_PATH, 28, 17)),
        Example(files=rulebook("propose: stop,", "propose: stopp,"), at=(RULEBOOK_PATH, 28, 71)),
        Example(files=rulebook("reason: no_fit", "reason: not_fit"), at=(RULEBOOK_PATH, 28, 85)),
        Example(files=rulebook("reasons:\n  stopped:", "reasons:\n  stop:"), at=(RULEBOOK_PATH, 18, 3)),
        Example(
            files=rulebook("reasons:", "prequalification: {good: [fit, {score: 2, of: [fit, paint]}]}\nreasons:"),
            at=(RULEBOOK_PATH, 17, 53),
        ),
    ),
    check=check,
)
