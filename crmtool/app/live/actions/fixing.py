"""What mends a finding in a contact, where it can be told what was meant or where there are but a few ways on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from crmtool.app.live.actions.answering import answer_offer, answers, steps
from crmtool.app.live.actions.deciding import decisions
from crmtool.app.live.actions.past import logs, setting_right
from crmtool.app.live.actions.retyping import MEANT_IN_HINT, UNKNOWN_IDS, meanings, spot_of
from crmtool.app.live.actions.subject import Offer, Subject
from crmtool.days import meant_day
from crmtool.edit import Put, Rename
from crmtool.finding import Finding, Place
from crmtool.replay import DeciderFlaw, Step, replay_step
from crmtool.rewriting import rewrites
from crmtool.rulebook import Kind
from crmtool.rules.hints import helpful_answers
from crmtool.text import one_line

_BY = (DeciderFlaw.UNNAMED, DeciderFlaw.NOT_ALLOWED)
_DATES_OF_ENTRIES = ("met", "not_met", "date")


def fixes(subject: Subject, finding: Finding) -> Iterator[Offer]:
    """Offer what mends a finding."""
    return _FIXES[finding.code](subject, finding) if finding.code in _FIXES else iter(())


def _retype(subject: Subject, finding: Finding) -> Iterator[Offer]:
    for meant in meanings(subject.document, subject.editing.rulebook, finding):
        place, word = meant.spot.place, meant.word
        change = Rename(place=place, key=word) if meant.spot.on_key else Put(place=place, value=word)
        yield Offer(title=meant.title, changes=(change,), preferred=meant.is_only)


def _date(subject: Subject, finding: Finding) -> Iterator[Offer]:
    """Write the day that is meant; an entry of which that cannot be told is one of today."""
    spot = spot_of(subject.document, finding)
    if spot is None or spot.on_key:
        return
    day = meant_day(spot.text) if finding.code == "invalid-date" else None
    if day is not None:
        yield Offer(title=f"Write {day}", changes=(_put(spot.place, day),), preferred=True)
    elif spot.place[-1] in _DATES_OF_ENTRIES:
        today = subject.editing.day
        yield Offer(title=f"Set to today, {today}", changes=(_put(spot.place, today),))


def _put(place: Place, day: date) -> Put:
    return Put(place=place, value=day.isoformat())


def _status(subject: Subject, _finding: Finding) -> Iterator[Offer]:
    """Put the status back to where the last decision led, or add the decision that leads to it."""
    if subject.contact is not None:
        last = subject.contact.decisions[-1].to
        yield Offer(title=f"Set the status to '{last}'", changes=(Put(place=("status",), value=last),))
        yield from decisions(subject.here, subject.contact.status) if subject.here else ()


def _way_back(subject: Subject, _finding: Finding) -> Iterator[Offer]:
    """Take the contact back to an earlier status, where the present one no longer holds."""
    here = subject.here
    if here is None:
        return
    for status in here.situation.rulebook.statuses.values():
        if status.kind is Kind.ACTIVE and status.order < here.status.order:
            yield from decisions(here, status.id)


def _missing_answers(subject: Subject, finding: Finding) -> Iterator[Offer]:
    """Answer what a decision lacks, as of its day."""
    step = _step(subject, finding)
    if step is None:
        return
    today = replace(step.situation, day=subject.editing.day)
    for missing in step.missing:
        for id, met in helpful_answers(today.rulebook, missing):
            yield answer_offer(today, today.rulebook.criteria[id], met=met, day=step.decision.day)


def _reasons(subject: Subject, finding: Finding) -> Iterator[Offer]:
    step = _step(subject, finding)
    if step is None:
        return
    for id, label in step.situation.rulebook.statuses[step.decision.to].reasons.items():
        change = Put(place=(*step.decision.place, "reason"), value=id)
        yield Offer(title=f"Give the reason: {one_line(label)}", changes=(change,))


def _deciders(subject: Subject, finding: Finding) -> Iterator[Offer]:
    """Name who decided; who else stood for it, nobody can tell but those two."""
    step = _step(subject, finding)
    if step is None or step.transition is None or not {*_BY} & {*step.decider_flaws}:
        return
    owner = step.situation.contact.text("owner")
    for name in step.transition.by or ((owner,) if owner else ()):
        change = Put(place=(*step.decision.place, "by"), value=name)
        yield Offer(title=f"Name {one_line(name)} as who decided", changes=(change,))


def _answer_again(subject: Subject, finding: Finding) -> Iterator[Offer]:
    spot, here = spot_of(subject.document, finding), subject.here
    if here is None or spot is None or spot.place[:1] != ("criteria",):
        return
    criterion = here.situation.rulebook.criteria.get(str(spot.place[1]))
    yield from answers(here.situation, criterion) if criterion else ()


def _next_step(subject: Subject, _finding: Finding) -> Iterator[Offer]:
    return steps(subject.here) if subject.here else iter(())


def _rewritten(subject: Subject, finding: Finding) -> Iterator[Offer]:
    before, after = subject.committed, subject.contact
    for log in logs(before, after) if before and after else ():
        for rewrite in rewrites(log.before, log.after):
            place = log.place if rewrite.index is None else log.entry(rewrite.index)
            if subject.document.locate(place, on_key=rewrite.index is None) == finding.location:
                yield from setting_right(rewrite, log, subject.editing.day)


def _step(subject: Subject, finding: Finding) -> Step | None:
    """Replay the decision in which something is found."""
    spot, rulebook = spot_of(subject.document, finding), subject.editing.rulebook
    if spot is None or subject.contact is None or rulebook is None:
        return None
    match spot.place:
        case ("decisions", int(index), *_):
            return replay_step(subject.contact, rulebook, index)
    return None


_FIXES: Mapping[str, Callable[[Subject, Finding], Iterator[Offer]]] = {
    **dict.fromkeys(UNKNOWN_IDS | MEANT_IN_HINT, _retype),
    **dict.fromkeys(("invalid-date", "date-in-future", "date-order"), _date),
    **dict.fromkeys(("next-step-pointless", "next-step-overdue"), _next_step),
    **dict.fromkeys(("decision-rewritten", "answer-rewritten"), _rewritten),
    "status-mismatch": _status,
    "status-no-longer-holds": _way_back,
    "criteria-missing": _missing_answers,
    "reason-missing": _reasons,
    "decider-not-allowed": _deciders,
    "answer-expired": _answer_again,
}
