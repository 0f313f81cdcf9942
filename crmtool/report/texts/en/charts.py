"""Charts."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "chart.figures": "Figures",
    "chart.too_few": "too few (n = {n})",
    "chart.too_few_short": "too few",
    "chart.span": "{low} to {high}",
    "chart.flow": "Ways between the statuses",
    "chart.flow.summary": "Bands from left to right: {n} moves, {back} of them back. The table has the figures.",
    "chart.flow.caption": "Each band is as wide as that move was often decided.",
    "chart.flow.empty": "No contact changed its status in this time.",
    "chart.flow.outside": "from outside",
    "chart.flow.from": "from",
    "chart.flow.to": "to",
    "chart.flow.on": "onward",
    "chart.flow.back": "back",
    "chart.flow.direction": "Direction",
    "chart.flow.count": "Moves",
    "chart.weeks": "Decided and clarified",
    "chart.weeks.summary": "Bars a week: {decided} decisions, {clarified} criteria clarified. "
    "The table has the figures.",
    "chart.weeks.caption": "How often something was decided and clarified in each week. "
    "The last week is still running.",
    "chart.weeks.decided": "Decisions",
    "chart.weeks.clarified": "Criteria clarified",
    "chart.weeks.won": "won",
    "chart.weeks.ended": "ended",
    "chart.weeks.other": "another status",
    "chart.weeks.week": "W\u00a0{n}",
    "chart.weeks.monday": "Week from",
    "chart.weeks.running": "still running",
    "chart.ages": "Age against deadline",
    "chart.ages.summary": "A strip a status: {n} contacts, {overdue} of them overdue. The table has the figures.",
    "chart.ages.caption": "How much of its time each contact has used up in its status. "
    "Right of the line the decision is overdue.",
    "chart.ages.empty": "No contact is in a status with a deadline.",
    "chart.ages.deadline": "deadline",
    "chart.ages.of": "{overdue} of {n} overdue",
    "chart.ages.beyond": "over {share}",
    "chart.ages.status": "Status",
    "chart.ages.within": "Deadline",
    "chart.ages.n": "Contacts",
    "chart.ages.overdue": "overdue",
    "chart.ages.median": "Median of the time",
    "chart.calibration": "Chances and what came of them",
    "chart.calibration.summary": "Points about a diagonal, of {n} estimates. The table has the figures.",
    "chart.calibration.caption": "On the diagonal what we say comes true; below it we were too confident. "
    "The numbers count cases; "
    "hollow points stand for fewer than five.",
    "chart.calibration.empty": "No chance that we stated has been decided yet.",
    "chart.calibration.stated": "stated chance",
    "chart.calibration.observed": "won of these",
    "chart.calibration.range": "Chance",
    "chart.calibration.count": "Cases",
    "chart.calibration.interval": "Confidence interval",
    "chart.times": "Time in status",
    "chart.times.summary": "A row a status with median and 85th percentile. The table has the figures.",
    "chart.times.caption": "How many days contacts stayed in a status. "
    "The stroke is the median; 85 of 100 stayed no longer than the bar.",
    "chart.times.empty": "No contact has been in a status yet.",
    "chart.times.of": "n\u00a0=\u00a0{n}",
    "chart.times.status": "Status",
    "chart.times.n": "Contacts",
    "chart.times.median": "Median",
    "chart.times.p85": "85th percentile",
    "chart.times.days": "{n}\u00a0days",
    "chart.states": "Statuses and transitions",
    "chart.states.summary": "State diagram of {statuses} statuses and {transitions} transitions. "
    "The table of transitions has the same.",
    "chart.states.caption": "Down is onward, back is on the left. "
    "The bracket on the right stands for every status that is active or on hold.",
    "chart.states.empty": "The rule book names no status.",
    "chart.states.everywhere": "from all",
}
