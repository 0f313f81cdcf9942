"""What counts as worse than before: new findings, and decisions that lack more; what is mended in part is none."""

from __future__ import annotations

from typing import Any

from crmtool.app.changing.news import News, Standing, news
from crmtool.contact import Contact
from crmtool.finding import Finding, Location, Severity
from tests.building import ACTIVE, ENDED, contact, met, rulebook

BOOK = rulebook(
    ["a", "b"],
    statuses={"new": ACTIVE, "later": ACTIVE, "ended": ENDED},
    transitions={
        "enter": {"to": "new"},
        "on": {"from": "new", "to": "later", "requires": ["a", "b"]},
        "stop": {"from": "*", "to": "ended"},
    },
)
LOG = (("2026-01-01", "new"), ("2026-01-05", "later"))


def finding(code: str, message: str = "m") -> Finding:
    return Finding(code=code, severity=Severity.ERROR, location=Location(path="contacts/x.md"), message=message)


def standing(found: Contact, *others: Finding) -> Standing:
    lacks = {index for index in range(1, len(found.decisions)) if found.decisions[index].to == "later"}
    missing = [finding("criteria-missing", f"lacks {len(found.criteria)}") for _ in lacks if len(found.criteria) < 2]
    return Standing(contact=found, rulebook=BOOK, findings=(*missing, *others))


def with_answers(**criteria: Any) -> Contact:
    return contact(*LOG, criteria=criteria)


def test_all_of_a_new_contact_is_news() -> None:
    assert news(None, standing(with_answers(), finding("x"))) == News(
        findings=(finding("criteria-missing", "lacks 0"), finding("x")), decisions=frozenset({1})
    )


def test_what_lacks_less_is_no_news_though_it_is_told_otherwise() -> None:
    before, after = standing(with_answers()), standing(with_answers(a=met("2026-01-02")))
    assert before.findings != after.findings
    assert news(before, after) == News(findings=(), decisions=frozenset())


def test_what_lacks_something_else_is_news() -> None:
    before, after = standing(with_answers(a=met("2026-01-02"))), standing(with_answers(b=met("2026-01-02")))
    assert news(before, after).decisions == {1}
    assert len(news(before, after).findings) == 1


def test_the_same_finding_once_more_is_news() -> None:
    before = standing(contact(LOG[0]), finding("x"), finding("x", "other"))
    after = standing(contact(LOG[0]), finding("x"), finding("x"), finding("x", "other"))
    assert news(before, after).findings == (finding("x"),)
    assert news(after, before).findings == ()
