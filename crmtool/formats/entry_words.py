"""What a contact's file says, in a few words of one line each. Labels are the rule book's own."""

from __future__ import annotations

from crmtool.contact import Answer, Blocked, Decision, NextStep, StopIf
from crmtool.rulebook import RuleBook
from crmtool.text import one_line


def status(rulebook: RuleBook, id: str) -> str:
    """Give a status's label in one line."""
    return one_line(rulebook.status_label(id))


def criterion(rulebook: RuleBook, id: str) -> str:
    """Give a criterion's label in one line."""
    return one_line(rulebook.criterion_label(id))


def decided_for(decision: Decision, rulebook: RuleBook) -> str:
    """Give the status decided for, with the reason."""
    reason = decision.reason
    told = f" ({one_line(rulebook.reason_label(decision.to, reason))})" if reason else ""
    return status(rulebook, decision.to) + told


def dated(decision: Decision, rulebook: RuleBook) -> str:
    """Tell a decision with its day: 2026-11-20 Ended (No need): why."""
    return f"{decision.day} {decided_for(decision, rulebook)}: {one_line(decision.because)}"


def move(source: str | None, decision: Decision, rulebook: RuleBook) -> str:
    """Tell a decision with the status that it left, and who took it: Ready → Ended (No need): why [by Mira]."""
    left = f"{status(rulebook, source)} → " if source else ""
    persons = [f"by {one_line(decision.by)}"] if decision.by else []
    persons += [f"confirmed by {one_line(decision.confirmed_by)}"] if decision.confirmed_by else []
    who = f" [{', '.join(persons)}]" if persons else ""
    return f"{left}{decided_for(decision, rulebook)}: {one_line(decision.because)}{who}"


def answer(given: Answer) -> str:
    """Tell an answer: no on 2026-11-20 – the evidence."""
    evidence = f" – {one_line(given.evidence)}" if given.evidence else ""
    return f"{'yes' if given.met else 'no'} on {given.day}{evidence}"


def next_step(step: NextStep) -> str:
    """Tell a next step and when it is due."""
    return f"{one_line(step.do)} (due {step.due})"


def blocked(waits: Blocked) -> str:
    """Tell what a contact waits for, and how long."""
    return one_line(waits.by) + (f" (until {waits.until})" if waits.until else "")


def stop_dates(dates: tuple[StopIf, ...]) -> str:
    """List a contact's own stop dates; empty where there are none."""
    return "; ".join(f"{one_line(stop.when)} ({stop.by})" for stop in dates)
