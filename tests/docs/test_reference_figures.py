"""docs/reference/figures.md: its definitions are the site's own, and its examples come out as it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from crmtool.assessment import Assessment, assess_all
from crmtool.contact import Contact
from crmtool.progress.calibration import Calibration
from crmtool.progress.change import Direction
from crmtool.progress.figures import DAYS, Figures, figures
from crmtool.progress.measures import MINIMUM, Interval, Share, Spread, wilson
from crmtool.progress.movement import SPANS
from crmtool.progress.times import StatusTime
from crmtool.progress.weeks import WEEKS
from crmtool.report.blocked import STILL
from crmtool.report.language import Language
from crmtool.report.texts.en import charts, progress
from tests.building import contact, day, rulebook_of
from tests.conftest import ROOT, TODAY
from tests.docs import tables

PAGE = (ROOT / "docs" / "reference" / "figures.md").read_text("utf-8")
LANGUAGE = Language("en")
RULEBOOK = rulebook_of(tables.blocks(PAGE, "yaml")[0])
EXAMPLES = [row for row in tables.rows(PAGE, "value") if any(key.startswith("example") for key in row)]
_CAPTIONS = {"chart.ages.caption", "chart.weeks.caption", "chart.flow.caption", "chart.times.caption"}
DEFINITIONS = {key: text for key, text in progress.TEXTS.items() if key.endswith(".is") or key == "progress.help"} | {
    key: charts.TEXTS[key] for key in (*_CAPTIONS, "chart.calibration.caption")
}
_FIELDS = {
    "day": "What holds for all",
    "period": "What holds for all",
    "status_times": "Time in status",
    "courses": "Clarity and distance",
    "directions": "Closer and further",
    "weeks": "Week by week",
    "latency": "Until decided, waits for a decision",
    "waiting": "Until decided, waits for a decision",
    "decided": "Decided",
    "stopped": "No",
    "early_stops": "Early no",
    "no_decision": "No decision",
    "our_no": "Our own no",
    "reopened": "Reopened",
    "hold": "On hold with a date",
    "win_rates": "Won from here",
    "flow": "Flow",
    "calibration": "Calibration and the Brier score",
}


# --- What the page says, and what the site says -----------------------------------------------------------------------


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


QUOTED = {
    plain(re.sub(r"^ *> ?", "", found, flags=re.MULTILINE))
    for found in re.findall(r"(?:^ *> .*\n)+", PAGE, flags=re.MULTILINE)
}


@pytest.mark.parametrize("key", sorted(DEFINITIONS))
def test_a_definition_stands_there_as_the_site_has_it(key: str) -> None:
    assert plain(DEFINITIONS[key].format(days=DAYS)) in QUOTED


def test_nothing_is_quoted_that_the_site_does_not_say() -> None:
    said = {plain(text.format(days=DAYS)) for text in DEFINITIONS.values()}
    reason = plain(LANGUAGE("progress.no_reason", reason="no_decision"))
    assert said | {reason} == QUOTED


def test_every_figure_has_its_section() -> None:
    assert {field.name for field in fields(Figures)} == set(_FIELDS)
    headings = {line.lstrip("# ") for line in PAGE.splitlines() if line.startswith("##")}
    assert set(_FIELDS.values()) <= headings


def test_the_numbers_in_the_text_are_those_of_the_program() -> None:
    assert f"the {DAYS} days up to the day" in PAGE
    assert {5: "fewer than five cases"}[MINIMUM] in PAGE
    assert "Over {}, {} and {} days".format(*SPANS) in PAGE
    assert f"The last {WEEKS} weeks" in PAGE
    assert f"clarified or decided for {STILL} days" in PAGE


# --- The examples -----------------------------------------------------------------------------------------------------


def _contact(row: dict[str, str]) -> Contact:
    answers: dict[str, Any] = {}
    for written in filter(None, row["answers"].split("; ")):
        on, criterion = written.split()
        answers[criterion] = {"met": on}
    more = {"revisit": row["revisit"]} if row["revisit"] else {}
    return contact(*map(_decision, row["decisions"].split("; ")), criteria=answers, id=row["contact"], **more)


def _decision(written: str) -> dict[str, Any]:
    on, to, *more = written.split()
    decision: dict[str, Any] = {"date": on, "to": to, "because": "why"}
    for each in more:
        decision |= {"chance": float(each)} if each[0].isdigit() else {"reason": each}
    return decision


CONTACTS = [_contact(row) for row in tables.rows(PAGE, "contact", "decisions", "answers", "revisit")]
FOUND = figures(CONTACTS, RULEBOOK, day(TODAY))
JUDGED: dict[str, Assessment] = {each.contact.id: each for each in assess_all(CONTACTS, RULEBOOK, day(TODAY))}


def share(found: Share | None) -> tuple[str, str]:
    assert found is not None
    assert found.value is not None
    return f"{found.part} of {found.whole}", LANGUAGE.percent(found.value)


def spread(found: Spread) -> str:
    assert found.median is not None
    assert found.p85 is not None
    return f"median {LANGUAGE.number(found.median)}, 85% {LANGUAGE.number(found.p85)}"


def _won(found: Share, interval: Interval | None) -> tuple[str, str]:
    assert interval is not None
    cases, value = share(found)
    return cases, f"{value}, {LANGUAGE.percent(interval.low)} to {LANGUAGE.percent(interval.high)}"


def _won_from(status: str) -> tuple[str, str]:
    (rate,) = (rate for rate in FOUND.win_rates if rate.status == status)
    return _won(rate.share, rate.interval)


def _time(status: str, which: Callable[[StatusTime], Spread]) -> tuple[str, str]:
    (found,) = (each for each in FOUND.status_times if each.status == status)
    return str(which(found).n), spread(which(found))


def _clarity(id: str) -> str:
    value = JUDGED[id].clarity
    assert value is not None
    return LANGUAGE.percent(value)


def _distance(id: str) -> str:
    value = JUDGED[id].distance
    return "–" if value is None else str(value)


def _month(direction: str) -> str:
    (span,) = (each for each in FOUND.directions if each.days == 30)
    return str(span.count(Direction(direction)))


def _week(monday: str, what: str) -> str:
    (week,) = (each for each in FOUND.weeks if each.monday == day(monday))
    return str(len(getattr(week, what)))


def _stream(source: str, target: str) -> str:
    return str(next(each.n for each in FOUND.flow if (each.source, each.target) == (source, target)))


def _score(score: Callable[[Calibration], float | None]) -> tuple[str, str]:
    found = score(FOUND.calibration)
    assert found is not None
    return str(FOUND.calibration.n), LANGUAGE.decimal(found)


FIVE = Share(part=5, whole=5)
EXPECTED: dict[str, Callable[[], str | tuple[str, str]]] = {
    "clarity of finn": lambda: _clarity("finn"),
    "clarity of ida": lambda: _clarity("ida"),
    "distance of finn": lambda: _distance("finn"),
    "distance of emil": lambda: _distance("emil"),
    "distance of gina": lambda: _distance("gina"),
    "distance of anna": lambda: _distance("anna"),
    "days of finn in its status": lambda: str(JUDGED["finn"].why_here.days),
    "ida is due on": lambda: str(JUDGED["ida"].decide_by),
    "emil is overdue": lambda: "yes" if JUDGED["emil"].overdue else "no",
    "emil is to be stopped since": lambda: str(JUDGED["emil"].stop_due[0].since),
    "closer": lambda: _month("closer"),
    "further": lambda: _month("further"),
    "unchanged": lambda: _month("unchanged"),
    "ended": lambda: _month("ended"),
    "clarified in the week from 2026-11-16": lambda: _week("2026-11-16", "clarified"),
    "decided in the week from 2026-11-02": lambda: _week("2026-11-02", "decided"),
    "Decided": lambda: share(FOUND.decided),
    "No": lambda: share(FOUND.stopped),
    "Early no": lambda: share(FOUND.early_stops),
    "No decision": lambda: share(FOUND.no_decision),
    "Our own no": lambda: share(FOUND.our_no),
    "Reopened": lambda: share(FOUND.reopened),
    "On hold with a date": lambda: share(FOUND.hold.kept),
    "Until decided": lambda: (str(FOUND.latency.days.n), spread(FOUND.latency.days)),
    "Waits for a decision": lambda: (
        f"{FOUND.waiting.days.n} of {FOUND.waiting.n}",
        spread(FOUND.waiting.days),
    ),
    "new, latest": lambda: _time("new", lambda each: each.latest),
    "clarifying, latest": lambda: _time("clarifying", lambda each: each.latest),
    "clarifying, together": lambda: _time("clarifying", lambda each: each.summed),
    "from new to clarifying": lambda: _stream("new", "clarifying"),
    "from stopped to clarifying": lambda: _stream("stopped", "clarifying"),
    "won from clarifying": lambda: _won_from("clarifying"),
    "won from ready": lambda: _won_from("ready"),
    "5 of 5": lambda: _won(FIVE, wilson(FIVE)),
    "Brier score": lambda: _score(lambda found: found.brier),
    "always stating the share won": lambda: _score(lambda found: found.base_brier),
}


def _name(row: dict[str, str]) -> str:
    return next(cell for head, cell in row.items() if head.startswith("example")).partition(":")[0]


@pytest.mark.parametrize("row", EXAMPLES, ids=_name)
def test_an_example_comes_out_as_it_says(row: dict[str, str]) -> None:
    found = EXPECTED[_name(row)]()
    assert found == ((row["cases"], row["value"]) if "cases" in row else row["value"])


def test_no_example_is_left_out() -> None:
    assert [_name(row) for row in EXAMPLES] == list(EXPECTED)
