from __future__ import annotations

from typing import Any

import pytest

from crmtool.assist.suggestions import Kind
from tests.building import shipped_schema
from tests.unit.assist.completed import in_contact, in_jana, in_rules

NEXT = 'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n'


def test_required_keys_come_first_and_present_ones_are_left_out() -> None:
    found = in_contact("---\nname: Ada\n¦\n---\n")
    assert found.labels[:3] == ["status", "decisions", "organization"]
    assert "name" not in found.labels
    assert found.of("status").detail == "required"
    assert found.of("status").documentation == "A status of the rule book; the last decision's 'to'."


def test_a_key_of_text_comes_with_the_quotes_of_the_file() -> None:
    assert 'role: ""\n' in in_jana("role: Leiterin Disposition\n", "ro¦\n").taken("role")
    assert in_contact('---\nname: "Ada"\nro¦\n---\n').read("role") == {"name": "Ada", "role": ""}
    assert in_contact("---\nname: Ada\nval¦\n---\n").taken("value") == "---\nname: Ada\nvalue: \n---\n"


def test_a_colon_is_never_doubled() -> None:
    assert in_jana("owner: mira", "own¦: mira").read("owner")["owner"] == "mira"
    assert in_jana("to: clarifying, because", "¦: clarifying, because").read("to")["decisions"][1]["to"] == "clarifying"
    assert "buyer:" not in in_jana("  pain:\n", "  b¦:\n").of("buyer").insert


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  deadline: {¦}\n", ["met", "not_met", "evidence", "attested_by", "by", "corrected"]),
        ("  deadline: {met: 2026-11-20, ¦}\n", ["evidence", "attested_by", "by", "corrected"]),
        ("  deadline: {not_met: 2026-11-20, ¦}\n", ["evidence", "attested_by", "by", "corrected"]),
        ("  deadline:\n    met: 2026-11-20\n    ¦\n", ["evidence", "attested_by", "by", "corrected"]),
        ("  deadline:\n    - {not_met: 2026-11-20, ¦}\n", ["evidence", "attested_by", "by", "corrected"]),
        ("  deadline: {met: 2026-11-20, corrected: {¦}}\n", ["date", "because"]),
    ],
)
def test_the_keys_of_an_answer_of_which_yes_and_no_exclude_each_other(text: str, expected: list[str]) -> None:
    assert in_jana("decisions:\n", f"{text}decisions:\n").labels == expected


def test_the_keys_of_a_decision_in_braces_and_in_lines() -> None:
    expected = ["to", "because", "reason", "by", "confirmed_by", "chance", "corrected"]
    assert in_jana(NEXT, f"  - {{date: 2026-11-23, ¦\n{NEXT}").labels == expected
    assert in_jana(NEXT, f"  - date: 2026-11-23\n    ¦\n{NEXT}").labels == expected
    assert in_jana(NEXT, f"  - {{date: 2026-11-23, cor¦}}\n{NEXT}").read("corrected")["decisions"][2] == {
        "date": "2026-11-23",
        "corrected": {"date": "2026-11-23", "because": "…"},
    }


def test_a_next_step_is_the_one_that_is_proposed() -> None:
    step = in_jana(NEXT, "next¦\n").read("next_step")["next_step"]
    assert step == {"do": "Wer unterschreibt?", "clarifies": "buyer", "due": "2026-11-30"}
    assert in_jana(NEXT, "next_step:\n  ¦\n").labels == ["do", "clarifies", "due", "owner"]
    assert (
        in_jana(NEXT, "next_step: ¦\n")
        .taken("{do: …, clarifies: …, due: …}")
        .count('next_step: {do: "Wer unterschreibt?", clarifies: buyer, due: 2026-11-30}\n')
    )


def test_whole_entries_are_written_as_their_neighbours_are() -> None:
    in_lines = "---\nname: Ada\nstop_if:\n- when: No date\n  by: 2026-12-01\nblo¦\n---\n"
    assert in_contact(in_lines).taken("blocked").count('blocked:\n  by: "…"\n  since: 2026-11-23\n')
    assert in_jana(NEXT, "blo¦\n").taken("blocked").count('blocked: {by: "…", since: 2026-11-23}\n')
    windows = in_contact(in_lines.replace("\n", "\r\n"))
    assert windows.taken("blocked").count('blocked:\r\n  by: "…"\r\n  since: 2026-11-23\r\n')


def test_lists_and_mappings_are_opened() -> None:
    text = "---\nname: Ada\nstatus: new\n¦\n---\n"
    assert in_contact(text).taken("criteria").count("criteria:\n  \n")
    assert in_contact(text).read("tags")["tags"] == []
    assert in_contact(text).read("stop_if")["stop_if"] == [{"when": "…", "by": "2026-11-30"}]
    assert in_contact(text).read("decisions")["decisions"] == [{"date": "2026-11-23", "to": "new", "because": "…"}]
    assert (
        in_contact("---\nstop_if:\n  - {when: No, by: 2026-12-01}\n¦\n---\n").read("revisit")["revisit"] == "2026-11-30"
    )


def test_keys_of_the_rule_book() -> None:
    assert in_rules("kind: hold", "kind: hold, ¦").labels == ["asks", "decide_within", "limit", "requires"]
    assert in_rules("version: 1\n", "¦\n").labels == ["version"]
    assert in_rules("four_eyes: true", "¦").labels == ["since", "by", "four_eyes"]
    stop = in_rules("stop_rules:\n", "stop_rules:\n  new_one:\n    ¦\n")
    assert stop.labels == ["because", "in", "when", "after", "propose", "reason"]
    assert stop.of("because").detail == "required"
    taken = in_rules("kind: hold", "kind: hold, req¦").read("requires")
    assert taken["statuses"]["parked"]["requires"] == []


def test_only_statuses_without_reasons_are_offered_below_reasons() -> None:
    found = in_rules("reasons:\n", "reasons:\n  ¦\n")
    assert found.labels == ["new", "clarifying", "ready", "agreed"]
    assert found.of("ready").insert == "ready: "


@pytest.mark.parametrize(
    ("written", "first", "taken", "expected"),
    [
        ("from: new\n    to: ready\n    requires:\n      ¦", "fit", "{not: …}", [{"not": ""}]),
        ("from: new\n    to: ready\n    requires:\n      b¦", "fit", "budget", ["budget"]),
        ("to: ready\n    requires: fit\n    from:\n      ¦", "new", "parked", ["parked"]),
        ("to: ready\n    requires:\n      - any:\n          ¦", "fit", "buyer", [{"any": ["buyer"]}]),
    ],
)
def test_a_list_is_begun_with_its_dash_below_its_key(
    written: str, first: str, taken: str, expected: list[object]
) -> None:
    found = in_rules("transitions:\n", f"transitions:\n  skip:\n    {written}\n")
    assert found.labels[0] == first
    assert found.of(first).insert == f"- {first}"
    transition = found.read(taken)["transitions"]["skip"]
    assert expected in (transition.get("requires"), transition.get("from"))


def test_a_condition_that_is_begun_without_a_list_goes_on_as_it_is() -> None:
    text = "transitions:\n  skip:\n    to: ready\n    requires:\n      %s\n"
    assert in_rules("transitions:\n", text % "score: 3\n      ¦").labels == ["of"]
    assert "any" in in_rules("transitions:\n", text % "an¦: [fit]").labels


def test_a_key_whose_values_are_named_comes_without_quotes() -> None:
    taken = in_rules("knockout: true", "ev¦").taken("evidence")
    assert 'Ausschlussgrund?", evidence: }' in taken


def test_the_keys_of_a_condition_are_its_forms() -> None:
    found = in_rules("{not_met: conflict}", "{¦}")
    assert found.labels[:3] == ["not", "not_met", "open"]
    assert found.of("not").documentation.startswith("Holds when the condition in it does not hold")
    taken = found.read("at_least")["transitions"]["qualify"]["requires"][1]
    assert taken == {"at_least": 2, "of": []}
    assert in_rules("{score: 9}", "{score: 9, ¦}").labels == ["of"]
    assert in_rules("{score: 9}", "{not: fit, ¦}").labels == []


def extended(**properties: Any) -> dict[str, Any]:
    definition = shipped_schema("contact").definition
    return {**definition, "properties": {**definition["properties"], **properties}}


def test_a_team_may_have_keys_and_values_of_its_own() -> None:
    schema = extended(
        region={"enum": ["nord", "süd", "1"], "description": "Where they are."},
        budget={"type": "object", "required": ["sum"], "properties": {"sum": {"type": "number"}}},
        vip={"type": "boolean"},
    )
    keys = in_contact("---\nname: Ada\n¦\n---\n", schema=schema)
    assert keys.of("region").documentation == "Where they are."
    assert keys.read("budget")["budget"] == {"sum": ""}
    found = in_contact("---\nregion: ¦\n---\n", schema=schema)
    assert found.labels == ["nord", "süd", "1"]
    assert found.read("süd")["region"] == "süd"
    assert found.read("1")["region"] == "1"
    assert in_contact("---\nvip: ¦\n---\n", schema=schema).read("true")["vip"] is True


def test_a_schema_may_be_written_in_other_ways() -> None:
    schema = {
        "$ref": "#/$defs/contact",
        "$defs": {
            "contact": {
                "allOf": [{"properties": {"a": {"type": "string"}}, "required": ["b"]}, {"$ref": "#/$defs/more"}]
            },
            "more": {
                "properties": {"b": {"$ref": "#/$defs/more"}, "c": False},
                "patternProperties": {"^x": {"enum": [1]}},
            },
            "loop": {"$ref": "#/$defs/loop"},
        },
    }
    assert in_contact("---\n¦\n---\n", schema=schema).labels == ["b", "a"]
    assert in_contact("---\nb: {b: {¦}}\n---\n", schema=schema).labels == ["b"]
    assert in_contact("---\nx1: ¦\n---\n", schema=schema).labels == ["1"]
    endless = {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}}
    assert in_contact("---\n¦\n---\n", schema=endless).read("a")["a"]["a"]
    assert in_contact("---\n¦\n---\n", schema={"$ref": "#/$defs/loop", "$defs": schema["$defs"]}).labels == []


@pytest.mark.parametrize(
    "text",
    [
        'because: "Emp¦fehlung',
        "because: ¦",
        "# ¦\nbecause: x",
    ],
)
def test_nothing_is_offered_in_free_text_and_comments(text: str) -> None:
    assert in_jana("owner: mira\n", f"{text}\nowner: mira\n").labels == []
    assert in_jana("Free Markdown", "Free ¦Markdown").labels == []
    assert in_jana('evidence: "40 T€', 'evidence: "40 ¦T€').labels == []


def test_keys_are_offered_without_a_rule_book() -> None:
    found = in_contact("---\nname: Ada\n¦\n---\n", rulebook=None)
    assert found.of("decisions").kind is Kind.KEY
    assert found.read("decisions")["decisions"][0]["date"] == "2026-11-23"
