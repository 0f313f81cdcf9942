from __future__ import annotations

from datetime import date

import pytest

from crmtool.conditions import Condition, Score, parse_requires
from crmtool.days import Duration
from crmtool.rulebook import Criterion
from crmtool.satisfiable import contradiction, is_possible, most_score


def criterion(id: str, **more: object) -> Criterion:
    return Criterion(id=id, order=0, label=id, question=f"{id}?", **more)  # type: ignore[arg-type]


CRITERIA = {
    "fit": criterion("fit", weight=2),
    "pain": criterion("pain", weight=3, needs_counterparty=True),
    "budget": criterion("budget", weight=1, valid_for=Duration(90, "d")),
    "conflict": criterion("conflict", weight=50, knockout=True),
    "old": criterion("old", weight=50, retired=date(2026, 1, 1)),
}


def read(written: object) -> tuple[Condition, ...]:
    conditions, flaws = parse_requires(written, ())  # type: ignore[arg-type]
    assert not flaws
    return conditions


POSSIBLE: list[object] = [
    [],
    ["fit", "pain", {"not_met": "conflict"}],
    [{"not": "fit"}, {"not": {"not_met": "fit"}}],
    [{"open": "budget"}, {"not": "budget"}],
    [{"not": "pain"}, {"not": {"not_met": "pain"}}, {"not": {"open": "pain"}}],  # our own word is not enough
    [{"score": 6}],
    [{"score": 3, "of": ["pain", "budget"]}, {"not": "budget"}],
    [{"lost": ["fit", "pain"]}, "fit"],
    [{"lost": "budget"}, {"open": "budget"}],  # it expired
    [{"lost": "fit"}, {"not": {"lost": "pain"}}],
    [{"clarified": 1}, {"not": {"clarified": 2}}],
    [{"older_than": "30d"}, {"not": {"older_than": "1m"}}],
    [{"older_than": "1m"}, {"not": {"older_than": "30d"}}],
    [{"has": "revisit"}, {"not": {"passed": "revisit"}}],
    [{"has": "extra.a"}, {"not": {"has": "extra.b"}}],
    [{"has": "extraordinary"}, {"not": {"has": "extra"}}],
    ["unheard_of", {"not_met": "unheard_of_too"}],
    [{"at_least": 2, "of": ["fit", "pain", "budget"]}, {"not": "fit"}],
]

IMPOSSIBLE: list[object] = [
    ["fit", {"not": "fit"}],
    ["fit", {"not_met": "fit"}],
    ["budget", {"open": "budget"}],
    [{"open": "budget"}, {"not_met": "budget"}],
    [{"not": "fit"}, {"not": {"not_met": "fit"}}, {"not": {"open": "fit"}}],
    [{"score": 7}],  # knockouts and what is retired are left out
    [{"score": 3, "of": ["fit", "budget"]}, {"not": "budget"}],
    [{"at_least": 3, "of": ["fit", "pain"]}],
    [{"at_least": 2, "of": ["fit", {"not": "fit"}]}],
    [{"lost": ["fit", "pain"]}, "fit", "pain"],
    [{"lost": "fit"}, {"open": "fit"}],  # what held once has an answer, and this one does not expire
    [{"lost": "fit"}, {"not": {"lost": ["fit", "pain"]}}],
    [{"clarified": 2}, {"not": {"clarified": 1}}],
    [{"older_than": "60d"}, {"not": {"older_than": "30d"}}],
    [{"older_than": "2m"}, {"not": {"older_than": "30d"}}],
    [{"older_than": "60d"}, {"not": {"older_than": "1m"}}],
    [{"older_than": "2w"}, {"not": {"older_than": "14d"}}],
    [{"not": {"older_than": "0d"}}],
    [{"passed": "revisit"}, {"not": {"has": "revisit"}}],
    [{"has": "extra.a"}, {"not": {"has": "extra"}}],
    [{"not": {"any": ["fit", {"not": "fit"}]}}],
]


@pytest.mark.parametrize("written", POSSIBLE, ids=str)
def test_what_can_hold_is_possible(written: object) -> None:
    assert is_possible(read(written), CRITERIA)


@pytest.mark.parametrize("written", IMPOSSIBLE, ids=str)
def test_what_cannot_hold_is_impossible(written: object) -> None:
    assert not is_possible(read(written), CRITERIA)


@pytest.mark.parametrize(
    "written", [{"clarified": 1}, {"lost": "fit"}, {"older_than": "1d"}, {"older_than": "0d"}], ids=str
)
def test_nobody_who_enters_has_a_present_status(written: object) -> None:
    assert is_possible(read(written), CRITERIA)
    assert not is_possible(read(written), CRITERIA, entering=True)
    assert is_possible(read({"not": written}), CRITERIA, entering=True)


def test_the_smallest_part_is_named() -> None:
    alone = read(["pain", {"score": 100}, "fit", {"not": "fit"}])
    assert contradiction(alone, CRITERIA) == (1,)
    pair = read(["pain", "fit", {"any": ["budget", "pain"]}, {"not_met": "fit"}])
    assert contradiction(pair, CRITERIA) == (1, 3)
    three = read([{"any": ["fit", "pain"]}, {"not": "fit"}, {"not": "pain"}])
    assert contradiction(three, CRITERIA) == (0, 1, 2)
    assert contradiction(read(["fit", "pain"]), CRITERIA) == ()


def test_what_is_given_counts_and_is_not_named() -> None:
    written = read(["fit", {"not": {"older_than": "14d"}}])
    assert contradiction(written, CRITERIA) == ()
    assert contradiction(written, CRITERIA, given=read({"older_than": "30d"})) == (1,)


def test_a_long_list_names_all() -> None:
    many = read([{"any": ["fit", "pain"]}] * 70 + [{"not": "fit"}, {"not": "pain"}])
    assert contradiction(many, CRITERIA) == tuple(range(72))


def test_most_score_leaves_out_what_does_not_count() -> None:
    assert most_score(Score(1), CRITERIA) == 6
    assert most_score(Score(1, ("fit", "conflict", "unheard_of")), CRITERIA) == 2


def test_a_large_rule_book_is_fast() -> None:
    criteria = {f"c{i}": criterion(f"c{i}", weight=i % 5 + 1, valid_for=Duration(90, "d")) for i in range(30)}
    ids = list(criteria)
    written: list[object] = [
        *ids[:8],
        {"any": ids[8:14]},
        {"at_least": 3, "of": ids[14:20]},
        {"score": 60},
        {"not": {"score": 80}},
        {"lost": ids[20:25]},
        {"not_met": "c26"},
        {"not": "c27"},
        {"older_than": "60d"},
        {"not": {"older_than": "1y"}},
        {"clarified": 2},
    ]
    assert is_possible(read(written), criteria)
    assert contradiction(read([*written, {"not": "c3"}]), criteria) == (3, len(written))


def test_what_takes_too_long_counts_as_possible() -> None:
    criteria = {f"c{i}": criterion(f"c{i}", weight=2) for i in range(40)}
    # An odd sum of even weights: no shortcut tells that none of the combinations fits.
    written = read([{"score": 41}, {"not": {"score": 42}}])
    assert is_possible(written, criteria)
