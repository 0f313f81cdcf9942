"""What is left of a contact that was erased: enough for the figures and the rules, and nothing of who it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.contact import is_erased
from crmtool.privacy.needs import Needs, needs_of, words_in
from crmtool.privacy.tombstone import tombstone, tombstone_path
from crmtool.privacy.traces import traces_of
from tests.building import ENDED, contact, contact_document, contact_of, rulebook, rulebook_of, shipped_schema
from tests.conftest import JANA, RULEBOOK

ENGLISH = words_in("en")


def left(text: str, needs: Needs, language: str = "en") -> dict[str, Any]:
    document = contact_document(tombstone(contact_of(contact_document(text)), needs, words_in(language)))
    assert document.problems == ()
    assert shipped_schema("contact").shape(document) == ()
    assert is_erased(contact_of(document))
    assert document.body == ""
    return dict(document.values or {})


def test_the_example() -> None:
    assert left(JANA, needs_of([rulebook_of(RULEBOOK)]), "de") == {
        "name": "Gelöschter Kontakt",
        "status": "clarifying",
        "criteria": {
            "fit": {"met": "2026-11-03"},
            "conflict": {"not_met": "2026-11-03"},
            "pain": {"met": "2026-11-09", "attested_by": "counterparty"},
            "budget": [{"met": "2026-10-28"}, {"not_met": "2026-11-12"}],
        },
        "decisions": [
            {"date": "2026-10-20", "to": "new", "because": "gelöscht"},
            {"date": "2026-11-05", "to": "clarifying", "because": "gelöscht", "chance": 0.4},
        ],
        "stop_if": [{"when": "gelöscht", "by": "2026-12-15"}],
        "extra": {"erased": True},
    }


def test_languages_that_are_not_known_are_told_in_english() -> None:
    assert words_in("fr") == ENGLISH
    assert (ENGLISH.name, ENGLISH.mark, words_in("de").mark) == ("Erased contact", "[erased]", "[gelöscht]")


FULL = """\
---
name: Jana Köhler
email: [j@nordlicht.example, k@nordlicht.example]
value: 42000
tags: [warm, Jana]
status: ended
criteria: {fit: {met: 2026-11-03, evidence: "85 people", by: mira}}
decisions:
  - {date: 2026-10-20, to: new, because: "Why", by: mira, corrected: {date: 2026-10-21, because: "X"}}
  - {date: 2026-11-05, to: ended, because: "Why", reason: no_fit, by: mira, confirmed_by: ole}
next_step: {do: "Call Jana", clarifies: fit, due: 2026-11-28, owner: mira}
revisit: 2027-01-01
extra: {contract: {signed: 2026-11-04, by: Jana}, likes: chess, done: true}
---
"""


def test_what_the_rules_ask_for_is_kept_as_anonymous_as_can_be() -> None:
    has = ["email", "value", "tags", "next_step", "extra.contract.signed", "extra.done", "phone", "criteria.fit"]
    rules = rulebook(
        {"fit": {"evidence": "required"}},
        transitions={
            "enter": {"to": "new", "requires": [{"any": [{"has": field} for field in has]}, {"passed": "revisit"}]},
            "stop": {"from": "*", "to": "ended", "four_eyes": True},
        },
    )
    values = left(FULL, replace(needs_of([rules]), reasons=frozenset({"no_fit"})))
    assert values["email"] == ["erased"]
    assert values["value"] == 0
    assert values["tags"] == ["erased"]
    assert values["next_step"] == {"do": "erased", "clarifies": "fit", "due": "2026-11-28", "owner": "erased"}
    assert values["extra"] == {"contract": {"signed": "2026-11-04"}, "done": True, "erased": True}
    assert values["revisit"] == "2027-01-01"
    assert values["criteria"] == {"fit": {"met": "2026-11-03", "evidence": "erased"}}
    assert "phone" not in values
    entered, ended = values["decisions"]
    assert entered == {
        "date": "2026-10-20",
        "to": "new",
        "because": "erased",
        "corrected": {"date": "2026-10-21", "because": "erased"},
    }
    assert (ended["by"], ended["confirmed_by"], ended["reason"]) == ("mira", "ole", "no_fit")


def test_the_rule_books_of_all_times_are_asked() -> None:
    old = rulebook(transitions={"enter": {"to": "new", "by": ["mira"]}, "stop": {"from": "*", "to": "ended"}})
    new = rulebook({"fit": {"evidence": "required"}})
    needs = needs_of([new, old])
    assert (needs.evidence, needs.deciders) == (frozenset({"fit"}), frozenset({(None, "new")}))
    assert needs.statuses == old.statuses.keys() | new.statuses.keys()
    assert needs.criteria == old.criteria.keys() | new.criteria.keys()


@pytest.mark.parametrize("token", ["", "short", "../../../x", "12345678/x"])
def test_a_token_that_could_tell_something_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="by chance"):
        tombstone_path(token)
    assert tombstone_path("0a1b2c3d") == "contacts/erased/0a1b2c3d.md"


FREE = """\
---
name: Jana Köhler
status: jana-is-gone
criteria:
  fit: {met: 2026-11-02, attested_by: jana}
  jana_likes_us: {met: 2026-11-03}
  budget: {met: 2026-11-03, attested_by: us, corrected: {date: "Jana's birthday", because: "X"}}
decisions:
  - {date: 2026-10-20, to: met-jana, because: "Why", reason: jana-knows, chance: "as Jana says", by: Jana K}
  - {date: 2026-11-05, to: ended, because: "Why", reason: jana-said-no, chance: 7, by: Jana K, confirmed_by: Ole K}
next_step: {do: "Call Jana", clarifies: jana_likes_us, due: 2026-11-28, "Jana's": "x"}
extra: {contract: {"Jana's husband": "x"}}
---
"""


def test_no_free_text_is_left_where_ids_days_and_numbers_belong() -> None:
    rules = rulebook(
        {"fit": {}, "budget": {}},
        transitions={
            "enter": {"to": "new", "requires": [{"any": [{"has": "next_step"}, {"has": "extra.contract"}]}]},
            "stop": {"from": "*", "to": "ended", "four_eyes": True},
        },
    )
    needs = needs_of([rules])
    needs = replace(needs, deciders=frozenset({("met-jana", "ended")}))
    document = contact_document(tombstone(contact_of(contact_document(FREE)), needs, ENGLISH))
    assert "jana" not in document.text.casefold()
    assert "Ole" not in document.text
    values = document.values or {}
    assert values["status"] == "erased"
    assert values["criteria"] == {
        "fit": {"met": "2026-11-02"},
        "budget": {"met": "2026-11-03", "attested_by": "us"},
    }
    assert values["decisions"] == [
        {"date": "2026-10-20", "to": "erased", "because": "erased", "reason": "erased"},
        {
            "date": "2026-11-05",
            "to": "ended",
            "because": "erased",
            "reason": "erased",
            "by": "erased",
            "confirmed_by": "erased-2",
        },
    ]


@pytest.mark.parametrize(
    ("by", "confirmed_by", "left_over"),
    [
        ("j@nordlicht.example", "ole", ("erased", "ole")),
        ("mira", "jana.koehler", ("mira", "erased-2")),
        ("Jana.Koehler", "j@nordlicht.example", ("erased", "erased-2")),
        ("koehler", "jana", ("koehler", "jana")),
    ],
)
def test_the_person_is_nobody_who_decided(by: str, confirmed_by: str, left_over: tuple[str, str]) -> None:
    stop = {"from": "*", "to": "ended", "four_eyes": True}
    rules = rulebook({"fit": {}}, transitions={"enter": {"to": "new"}, "stop": stop})
    text = FULL.replace("by: mira, confirmed_by: ole", f"by: {by}, confirmed_by: {confirmed_by}")
    ended = left(text, needs_of([rules]))["decisions"][1]
    assert (ended["by"], ended["confirmed_by"]) == left_over


def test_answers_to_what_no_rule_book_asks_leave_nothing() -> None:
    assert "criteria" not in left(FULL, Needs())


def test_who_decided_is_known_by_what_other_versions_say() -> None:
    made = contact_of(contact_document(FULL))
    needs = replace(needs_of([rulebook()]), deciders=frozenset({("new", "ended")}))
    traces = traces_of([(made.path, made.fields), (made.path, {"name": "Jana Köhler", "email": "mira"})])
    assert "confirmed_by: ole" in tombstone(made, needs, ENGLISH, traces=traces)
    assert "mira" not in tombstone(made, needs, ENGLISH, traces=traces)


TEXT = st.text(min_size=1, max_size=20).filter(lambda text: text.strip().isprintable() and bool(text.strip()))


@given(
    TEXT, st.dictionaries(st.sampled_from(["organization", "role", "email", "owner", "source", "address"]), TEXT), TEXT
)
def test_nothing_that_was_written_by_hand_is_left(name: str, fields: dict[str, str], because: str) -> None:
    secret = {key: f"secret {text}" for key, text in fields.items()}
    log = [{"date": "2026-11-01", "to": "new", "because": f"secret {because}"}, ("2026-11-02", "ended")]
    made = contact(*log, **secret, next_step={"do": "secret", "clarifies": "fit", "due": "2026-11-03"})  # type: ignore[arg-type]
    rules = rulebook(statuses={"new": {**ENDED, "kind": "active"}, "ended": ENDED})
    text = tombstone(made, needs_of([rules]), ENGLISH)
    assert "secret" not in text
    assert json.dumps(name) == '"Erased contact"' or name not in text or len(name) < 12
