"""Progress: what moved, with the definition of every figure."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "progress": "Progress",
    "progress.title": "Whether anything moves",
    "progress.lead": "What came closer to a decision, what was decided, how long that takes, and how well we judge.",
    "progress.none": "No contact yet, hence nothing that moves.",
    "progress.period": "{days}\u00a0days, from {start} to {end}",
    "progress.few": "too few",
    "progress.unknown": "unknown",
    "progress.cases": "{part} of {whole}",
    "progress.spread": "median {median}; 85\u00a0% up to {p85}",
    "progress.help": "“Too few” means fewer than 5\u00a0cases: they say something about each case and nothing about "
    "the whole.",
    "progress.moves": "Closer and further",
    "progress.moves.is": "Where each open contact went in that time: by decision, else by the number of conditions "
    "missing, else by clarity. Contacts ended within the span stand apart; those decided before it do not count. Who "
    "came within the span is compared with where they entered.",
    "progress.span": "over",
    "progress.closer": "closer",
    "progress.further": "further",
    "progress.unchanged": "unchanged",
    "progress.ended": "ended",
    "progress.cases_head": "contacts",
    "progress.courses": "Contact by contact",
    "progress.courses.is": "Conditions missing and clarity today, with their change over 7, 30 and 90 days; clarity "
    "changes in percentage points. Empty where the contact did not exist yet or no way leads forward. Another status "
    "asks for other conditions: who came closer may lack more than before.",
    "progress.weekly": "Week by week",
    "progress.flow_head": "From status to status",
    "progress.figures": "Deciding and ending",
    "progress.figure": "Figure",
    "progress.value": "Value",
    "progress.n": "Cases",
    "progress.definition": "Definition",
    "progress.decided": "Decided",
    "progress.decided.is": "Of the contacts that were open (active or on hold) at some time in the last "
    "{days}\u00a0days, the share that is won or ended today.",
    "progress.stopped": "No",
    "progress.stopped.is": "Of the decisions of the last {days}\u00a0days for won or ended, the share for ended. A no "
    "is a result, not a flaw.",
    "progress.early_stops": "Early no",
    "progress.early_stops.is": "Of the endings of the last {days}\u00a0days, the share by judgement: before any "
    "reason to stop was due and before the status’s time ran out.",
    "progress.no_decision": "No decision",
    "progress.no_decision.is": "Of the endings of the last {days}\u00a0days, the share in which the contact did not "
    "decide (reason no_decision).",
    "progress.our_no": "Our own no",
    "progress.our_no.is": "Of the endings of the last {days}\u00a0days, the share in which we said no (reason our_no).",
    "progress.no_reason": "No ended status of the rule book has the reason {reason}.",
    "progress.reopened": "Reopened",
    "progress.reopened.is": "Of the contacts won or ended in the last {days}\u00a0days, the share that left that "
    "status again. Many speak for hasty decisions.",
    "progress.hold": "On hold with a date",
    "progress.hold.is": "Of the contacts on hold today, the share whose date of revisit is today or later. The rest "
    "is past it or has no date.",
    "progress.latency": "Until decided",
    "progress.latency.is": "For the decisions of the last {days}\u00a0days: days from the first on which a way "
    "forward was open or a reason to stop was due, to the decision. Decisions before which neither had come up do not "
    "count.",
    "progress.waiting": "Waits for a decision",
    "progress.waiting.is": "For the contacts to decide or to stop today: days since the first on which that was so. "
    "Where only a deadline presses, no time runs.",
    "progress.times_head": "How long it takes",
    "progress.times.is": "Days for each contact, running stays up to today: the latest time, and all times together. "
    "The 85% value is the smallest that at least 85% do not exceed.",
    "progress.here": "here now",
    "progress.ever": "ever here",
    "progress.latest": "latest, median",
    "progress.latest85": "latest, 85%",
    "progress.summed": "together, median",
    "progress.summed85": "together, 85%",
    "progress.wins": "Won from here",
    "progress.wins.is": "Of all contacts that were ever in this status and are won or ended today, the share won. "
    "Behind it where the true share lies with 95% confidence (Wilson interval).",
    "progress.won": "won",
    "progress.between": "95% range",
    "progress.interval": "{low} to {high}",
    "progress.judgement": "How well we judge chances",
    "progress.judgement.is": "Each chance stated with a decision against what came of it.",
    "progress.brier.few": "Brier score: too few (n\u00a0=\u00a0{n}).",
    "progress.brier.better": "Brier score {score} (n\u00a0=\u00a0{n}); always stating the share won scores {base}. "
    "Smaller is better: our estimates tell more than the average.",
    "progress.brier.worse": "Brier score {score} (n\u00a0=\u00a0{n}); always stating the share won scores {base}. "
    "Smaller is better: our estimates tell no more than the average.",
}
