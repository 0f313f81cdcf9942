from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crmtool.document import Document, read_yaml
from crmtool.schema import Schema, SchemaError
from crmtool.shapes import Guesses, Shape, did_you_mean
from tests.building import contact_document, front_matter, shipped_schema
from tests.conftest import JANA, ROOT, RULEBOOK

DECISIONS = "decisions: [{date: 2026-01-01, to: new, because: why}]"
BASE = f"name: A\nstatus: new\n{DECISIONS}\n"
Found = tuple[str, int, int, str]


def located(schema: Schema, document: Document) -> list[Found]:
    """List code, line, column and message of everything that a schema refuses in a document."""
    assert document.problems == ()
    shapes = schema.shape(document)
    places = [document.locate(shape.place, on_key=shape.on_key) for shape in shapes]
    return sorted((s.code, p.line, p.column, s.message) for s, p in zip(shapes, places, strict=True))


def of_contact(yaml: str) -> list[Found]:
    return located(shipped_schema("contact"), front_matter(yaml))


def one_of_contact(yaml: str) -> Shape:
    (shape,) = shipped_schema("contact").shape(front_matter(BASE + yaml))
    return shape


def of_rules(old: str, new: str) -> list[Shape]:
    assert RULEBOOK.count(old) >= 1
    return list(shipped_schema("criteria").shape(read_yaml("criteria.yaml", RULEBOOK.replace(old, new, 1).encode())))


def one_of_rules(old: str, new: str) -> Shape:
    (shape,) = of_rules(old, new)
    return shape


# --- The schema files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contact", "criteria"])
def test_the_schema_files_are_schemas(name: str) -> None:
    text = (ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")
    definition = json.loads(text)
    assert definition["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(definition)
    assert Schema.parse(text).definition == definition


def test_the_documented_files_have_the_right_shape() -> None:
    assert shipped_schema("contact").shape(contact_document(JANA)) == ()
    assert shipped_schema("criteria").shape(read_yaml("criteria.yaml", RULEBOOK.encode())) == ()


def test_a_document_that_cannot_be_read_has_no_shape() -> None:
    assert shipped_schema("contact").shape(front_matter("a: *x")) == ()


EVERYTHING = """\
name: A
organization: B
role: C
email: [a@x.example, b@x.example]
phone: "040"
url: []
address: ""
source: D
owner: mira
tags: [a, b]
value: 0
status: new
criteria:
  fit: {met: 2026-01-02, evidence: "", attested_by: us, by: mira, corrected: {date: 2026-01-03, because: typo}}
  pain: [{not_met: 2026-01-02, attested_by: counterparty}, {met: 2026-01-03}]
decisions:
  - {date: 2026-01-01, to: new, because: why, reason: r, by: mira, confirmed_by: tim, chance: 0.5}
  - {date: 2026-01-02, to: new, because: why, chance: 1, corrected: {date: 2026-01-03, because: typo}}
next_step: {do: x, clarifies: fit, due: 2026-02-01, owner: mira}
blocked: {by: x, since: 2026-01-01, until: 2026-02-01}
stop_if: [{when: x, by: 2026-02-01}]
revisit: 2026-03-01
extra: {anything: [goes, {here: true}], 7th: null}"""


def test_every_key_of_a_contact_is_accepted() -> None:
    assert of_contact(EVERYTHING) == []
    assert set(front_matter(EVERYTHING).values or {}) == set(shipped_schema("contact").definition["properties"])


# --- Contacts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["name", "status", "decisions"])
def test_a_required_key_is_missing(key: str) -> None:
    yaml = "\n".join(line for line in BASE.splitlines() if not line.startswith(key))
    assert of_contact(yaml) == [("schema", 2, 1, f"the key '{key}' is missing")]


def test_all_missing_keys_are_told_at_once() -> None:
    assert of_contact("role: x") == [
        ("schema", 2, 1, "the key 'decisions' is missing"),
        ("schema", 2, 1, "the key 'name' is missing"),
        ("schema", 2, 1, "the key 'status' is missing"),
    ]


def test_keys_missing_inside_are_told_where_they_belong() -> None:
    assert of_contact(f"{BASE}next_step: {{do: x}}") == [
        ("schema", 5, 12, "the key 'clarifies' is missing in 'next_step'"),
        ("schema", 5, 12, "the key 'due' is missing in 'next_step'"),
    ]
    assert of_contact("name: A\nstatus: new\ndecisions:\n  - {date: 2026-01-01}") == [
        ("schema", 5, 5, "the key 'because' is missing in 'decisions.1'"),
        ("schema", 5, 5, "the key 'to' is missing in 'decisions.1'"),
    ]


@pytest.mark.parametrize(
    ("yaml", "place", "message"),
    [
        ("role: 5", ("role",), "'role' should be text, not '5'"),
        ("role: true", ("role",), "'role' should be text, not 'true'"),
        ("role: null", ("role",), "'role' should be text, not 'null'"),
        ("role: [x]", ("role",), "'role' should be text, not '[\"x\"]'"),
        ("tags: a", ("tags",), "'tags' should be a list, not 'a'"),
        ("tags: [a, 1]", ("tags", 1), "'tags.2' should be text, not '1'"),
        ("email: 5", ("email",), "'email' should be text, or a list of texts, not '5'"),
        ("email: [a, 1]", ("email", 1), "'email.2' should be text, not '1'"),
        ("phone: {a: b}", ("phone",), "'phone' should be text, or a list of texts, not '{\"a\": \"b\"}'"),
        ("value: '5'", ("value",), "'value' should be a number, not '5'"),
        ("value: 40 T€", ("value",), "'value' should be a number, not '40 T€'"),
        ("value: 1e400", ("value",), "'value' should be a number, not '1e400'"),
        ("value: true", ("value",), "'value' should be a number, not 'true'"),
        ("value:", ("value",), "'value' is empty; it should be a number"),
        ("value: -1", ("value",), "'value': -1 is less than the minimum of 0"),
        ("criteria: []", ("criteria",), "'criteria' should be a mapping of keys to values, not '[]'"),
        ("next_step:", ("next_step",), "'next_step' is empty; it should be a mapping of keys to values"),
        ("stop_if: x", ("stop_if",), "'stop_if' should be a list, not 'x'"),
        ("extra: 5", ("extra",), "'extra' should be a mapping of keys to values, not '5'"),
        ("criteria: {fit: []}", ("criteria", "fit"), "'criteria.fit' is empty"),
        ("next_step: {do: ' ', clarifies: fit, due: 2026-01-01}", ("next_step", "do"), "'next_step.do' is empty"),
        ("next_step: {do: '', clarifies: fit, due: 2026-01-01}", ("next_step", "do"), "'next_step.do' is empty"),
        ("role: " + "9" * 80, ("role",), f"'role' should be text, not '{'9' * 57}…'"),
        (
            "criteria: {fit: {met: 2026-01-01, attested_by: them}}",
            ("criteria", "fit", "attested_by"),
            "'criteria.fit.attested_by' should be one of us, counterparty, not 'them'",
        ),
        (
            "criteria: {fit: 2026-01-01}",
            ("criteria", "fit"),
            "'criteria.fit' should be an answer {met: DATE} or {not_met: DATE}, or a list of answers, not '2026-01-01'",
        ),
        (
            "criteria: {fit: yes}",
            ("criteria", "fit"),
            "'criteria.fit' should be an answer {met: DATE} or {not_met: DATE}, or a list of answers, not 'yes'",
        ),
        (
            "criteria: {fit: {evidence: x}}",
            ("criteria", "fit"),
            "'criteria.fit' should be exactly one of `met: DATE` and `not_met: DATE`, not '{\"evidence\": \"x\"}'",
        ),
        (
            "criteria: {fit: {met: 2026-01-01, not_met: 2026-01-01}}",
            ("criteria", "fit"),
            "'criteria.fit' should be exactly one of `met: DATE` and `not_met: DATE`, "
            'not \'{"met": "2026-01-01", "not_met": "2026-01-01"}\'',
        ),
        (
            "criteria: {fit: {met: 2026-01-01, corrected: {date: 2026-01-02}}}",
            ("criteria", "fit", "corrected"),
            "the key 'because' is missing in 'criteria.fit.corrected'",
        ),
    ],
)
def test_what_a_contact_holds_has_the_wrong_shape(yaml: str, place: tuple[str | int, ...], message: str) -> None:
    shape = one_of_contact(yaml)
    assert (shape.code, shape.place, shape.message, shape.on_key) == ("schema", place, message, False)
    assert shape.hint


@pytest.mark.parametrize(
    ("yaml", "hint"),
    [
        ("role: 5", 'put it in quotes: "5"'),
        ("role: true", 'put it in quotes: "true"'),
        ("role: null", "write text"),
        ("value: x", "write a number"),
        ("value:", "fill it in, or remove the line"),
        ("value: -1", "write a number from 0"),
        ("tags: a", "write a list"),
        ("email: 5", "write text, or a list of texts"),
        ("criteria: {fit: {met: 2026-01-01, attested_by: Counter}}", "did you mean 'counterparty'?"),
    ],
)
def test_hints_say_what_to_type(yaml: str, hint: str) -> None:
    assert one_of_contact(yaml).hint == hint


def test_decisions_have_a_shape() -> None:
    def decisions(entry: str) -> list[Found]:
        return of_contact(f"name: A\nstatus: new\ndecisions:\n- {entry}")

    rest = "date: 2026-01-01, to: new"
    assert decisions("x") == [("schema", 5, 3, "'decisions.1' should be a mapping of keys to values, not 'x'")]
    for blank in ("''", '" "', '"\\t\\n\\_\\u3000"'):
        assert decisions(f"{{{rest}, because: {blank}}}") == [("schema", 5, 40, "'decisions.1.because' is empty")]
    assert decisions(f"{{{rest}, because: x, chance: 1.01}}") == [
        ("schema", 5, 51, "'decisions.1.chance': 1.01 is greater than the maximum of 1")
    ]
    assert decisions(f"{{{rest}, because: x, chance: 50%}}") == [
        ("schema", 5, 51, "'decisions.1.chance' should be a number, not '50%'")
    ]
    assert of_contact("name: A\nstatus: new\ndecisions: []") == [("schema", 4, 12, "'decisions' is empty")]
    assert [code for code, *_ in of_contact("name: A\nstatus: new\ndecisions: {}")] == ["schema"]


@pytest.mark.parametrize(
    ("yaml", "key", "hint"),
    [
        ("nmae: x", ("nmae",), "did you mean 'name'?; fields of your own go below `extra:`"),
        ("Organization: x", ("Organization",), "did you mean 'organization'?; fields of your own go below `extra:`"),
        ("next-step: x", ("next-step",), "did you mean 'next_step'?; fields of your own go below `extra:`"),
        (
            "next_step: {do: x, clarifies: fit, due: 2026-01-01, woner: y}",
            ("next_step", "woner"),
            "did you mean 'owner'?",
        ),
        (
            "criteria: {fit: {met: 2026-01-01, evidnce: x}}",
            ("criteria", "fit", "evidnce"),
            "did you mean 'evidence'?",
        ),
        (
            "criteria: {fit: [{met: 2026-01-01, xyz: 1}]}",
            ("criteria", "fit", 0, "xyz"),
            "write one of: met, not_met, evidence, attested_by, by, corrected",
        ),
    ],
)
def test_an_unknown_key_is_an_error_with_a_did_you_mean(yaml: str, key: tuple[str | int, ...], hint: str) -> None:
    shape = one_of_contact(yaml)
    assert (shape.code, shape.place, shape.hint, shape.on_key) == ("unknown-key", key, hint, True)


def test_an_unknown_key_is_pointed_at_itself() -> None:
    assert of_contact(f"{BASE}stop_if:\n  - {{when: x, by: 2026-01-01, wen: y}}\nfoo: 1") == [
        ("unknown-key", 6, 31, "unknown key 'wen' in 'stop_if.1'"),
        ("unknown-key", 7, 1, "unknown key 'foo'"),
    ]


def test_an_unknown_key_like_no_other_lists_them_all() -> None:
    hint = one_of_contact("qqqq: 1").hint
    assert hint.startswith("write one of: name, organization, role, ")
    assert hint.endswith(", revisit, extra; fields of your own go below `extra:`")


def test_did_you_mean() -> None:
    assert did_you_mean("CLARIFING", ["new", "clarifying"]) == "did you mean 'clarifying'?"
    assert did_you_mean("zzz", ["new", "ready"]) == "write one of: new, ready"
    assert did_you_mean("ne", iter(["new", "next"])) == "did you mean 'new'?"


def test_of_the_words_of_a_file_the_first_are_looked_up() -> None:
    guesses = Guesses()
    known = [f"criterion_{n:03}" for n in range(300)]
    hints = [guesses.hint(f"criterium_{n:03}", known) for n in range(300)]
    assert hints[:5] == [f"did you mean 'criterion_{n:03}'?" for n in range(5)]
    listed = f"write one of: {', '.join(known[:20])} … and 280 more"
    assert hints[-1] == listed
    assert Guesses().hint("x", known) == listed, "each file has its own"
    assert guesses.hint("x", known, "remove it") == "remove it"
    few = Guesses()
    assert {few.hint("cretirion", ["criterion"] * 60) for _ in range(20)} == {"did you mean 'criterion'?"}


def test_a_word_that_is_too_long_to_be_looked_up_takes_nothing_from_the_others() -> None:
    guesses = Guesses()
    assert guesses.hint("x" * 200_000, ["criterion"], "none") == "none"
    assert guesses.hint("cretirion", ["criterion"]) == "did you mean 'criterion'?"


def test_long_words_are_listed_in_part() -> None:
    assert did_you_mean("q", ["x" * 600, "y"]) == f"write one of: {'x' * 500}… … and 1 more"
    assert did_you_mean("q", ["x" * 300, "y" * 300]) == f"write one of: {'x' * 300} … and 1 more"


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("revisit: {}", ("revisit",)),
        ("criteria: {{fit: {{met: {}}}}}", ("criteria", "fit", "met")),
        ("criteria: {{fit: [{{met: 2026-01-01}}, {{not_met: {}}}]}}", ("criteria", "fit", 1, "not_met")),
        ("next_step: {{do: x, clarifies: fit, due: {}}}", ("next_step", "due")),
        ("blocked: {{by: x, since: {}}}", ("blocked", "since")),
        ("blocked: {{by: x, since: 2026-01-01, until: {}}}", ("blocked", "until")),
        ("stop_if: [{{when: x, by: {}}}]", ("stop_if", 0, "by")),
        (
            "criteria: {{fit: {{met: 2026-01-01, corrected: {{date: {}, because: x}}}}}}",
            ("criteria", "fit", "corrected", "date"),
        ),
    ],
)
@pytest.mark.parametrize("written", ["2026-02-30", "morgen", "23.11.2026", "20261123", "2026-11-23T10:00", "''"])
def test_dates_are_checked_as_dates_where_the_schema_says_date(
    yaml: str, place: tuple[str | int, ...], written: str
) -> None:
    shape = one_of_contact(yaml.format(written))
    assert (shape.code, shape.place) == ("invalid-date", place)


def test_a_date_that_the_calendar_does_not_have_is_found_at_its_line_and_column() -> None:
    assert of_contact(f"{BASE}criteria:\n  fit:\n    - met: 2026-02-30") == [
        ("invalid-date", 7, 12, "'criteria.fit.1.met' is no date of the calendar: '2026-02-30'")
    ]
    assert of_contact("name: A\nstatus: new\ndecisions: [{date: 1.1.26, to: new, because: x}]") == [
        ("invalid-date", 4, 20, "'decisions.1.date' is no date of the calendar: '1.1.26'")
    ]


ISO = "write the date as YYYY-MM-DD, such as 2026-11-23"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("31.12.2026", "'revisit' is no date of the calendar: '31.12.2026'", "write 2026-12-31"),
        ("1.2.2026", "'revisit' is no date of the calendar: '1.2.2026'", "write 2026-02-01"),
        ("31.2.2026", "'revisit' is no date of the calendar: '31.2.2026'", ISO),
        ("", "'revisit' is empty; it should be a date", ISO),
        ("null", "'revisit' is no date of the calendar: 'null'", ISO),
    ],
)
def test_hints_for_dates(written: str, message: str, hint: str) -> None:
    shape = one_of_contact(f"revisit: {written}")
    assert (shape.message, shape.hint) == (message, hint)


def test_everything_wrong_is_told_at_once() -> None:
    found = of_contact("name: ''\nstatus: new\nnmae: x\ncriteria: {fit: {met: x}, pain: {}}\nvalue: x\n" + DECISIONS)
    assert [(code, line) for code, line, *_ in found] == [
        ("invalid-date", 5),
        ("schema", 2),
        ("schema", 5),
        ("schema", 6),
        ("unknown-key", 4),
    ]


def test_messages_stay_on_one_line() -> None:
    shape = one_of_contact("value: |\n  one\n  two")
    assert shape.message == "'value' should be a number, not 'one two'"


# --- The rule book ----------------------------------------------------------------------------------------------------

REQUIRES = "requires: [fit, {not_met: conflict}]"


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("version: 1", "version: 2", "schema", ("version",)),
        ("version: 1", "version: true", "schema", ("version",)),
        ("version: 1", "version: '1'", "schema", ("version",)),
        ("language: de", "language: fr", "schema", ("language",)),
        ("currency: EUR", "currency: Euro", "schema", ("currency",)),
        ("currency: EUR", "currency: eur", "schema", ("currency",)),
        ("kind: hold", "kind: holt", "schema", ("statuses", "parked", "kind")),
        ("label: Ungeklärt, ", "", "schema", ("statuses", "new")),
        ('question: "Wer unterschreibt?", ', "", "schema", ("criteria", "buyer")),
        ("decide_within: 14d", "decide_within: 14", "schema", ("statuses", "new", "decide_within")),
        ("decide_within: 14d", "decide_within: 2 weeks", "schema", ("statuses", "new", "decide_within")),
        ("after: 30d", 'after: "30d\\n"', "schema", ("stop_rules", "no_buyer", "after")),
        ("limit: 12", "limit: 0", "schema", ("statuses", "clarifying", "limit")),
        ("limit: 12", "limit: 1.5", "schema", ("statuses", "clarifying", "limit")),
        ("weight: 2", "weight: -1", "schema", ("criteria", "fit", "weight")),
        ("weight: 2", "weigth: 2", "unknown-key", ("criteria", "fit", "weigth")),
        ("knockout: true", "knockout: yes", "schema", ("criteria", "conflict", "knockout")),
        ("knockout: true", "retired: 2026-02-30", "invalid-date", ("criteria", "conflict", "retired")),
        ("knockout: true", "evidence: yes", "schema", ("criteria", "conflict", "evidence")),
        ("attested_by: counterparty", "attested_by: them", "schema", ("criteria", "pain", "attested_by")),
        ("{to: new}", "{}", "schema", ("transitions", "capture")),
        ("{to: new}", "{to: new, from: []}", "schema", ("transitions", "capture", "from")),
        ("{to: new}", "{to: new, since: x}", "invalid-date", ("transitions", "capture", "since")),
        ("{to: new}", "{to: new, four_eyes: 1}", "schema", ("transitions", "capture", "four_eyes")),
        ("from: new, to", "from: 5, to", "schema", ("transitions", "qualify", "from")),
        ("{ended: 24m}", "{ended: 24}", "schema", ("retention", "ended")),
        ("{ended: 24m}", "{active: 24m}", "unknown-key", ("retention", "active")),
        ("timing: Falscher Zeitpunkt", "timing: 5", "schema", ("reasons", "parked", "timing")),
        (', because: "Ohne Entscheider entscheidet niemand"', "", "schema", ("stop_rules", "no_buyer")),
        ("stop_rules:", "stop_rule:", "unknown-key", ("stop_rule",)),
    ],
)
def test_the_rule_book_has_a_shape(old: str, new: str, code: str, place: tuple[str | int, ...]) -> None:
    shape = one_of_rules(old, new)
    assert (shape.code, shape.place) == (code, place)
    assert shape.message


def test_a_duration_is_asked_for_in_words() -> None:
    for written in ("14", "2 weeks", "''", "14h"):
        shape = one_of_rules("decide_within: 14d", f"decide_within: {written}")
        assert shape.message.startswith("'statuses.new.decide_within' should be a duration such as 14d, 6w, 3m or 1y")
        assert shape.hint == "write a duration such as 14d, 6w, 3m or 1y"


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ("5", (), "this is not a condition"),
        ("[fit, 5]", (1,), "this is not a condition"),
        ("[fit, {nott: conflict}]", (1,), "'nott' is not a form of condition"),
        ("[{not_met: [conflict]}]", (0, "not_met"), "'not_met' needs one name"),
        ("[{any: []}]", (0, "any"), "a list of conditions is missing"),
        ("[{any: [fit, {not: {has: 5}}]}]", (0, "any", 1, "not", "has"), "'has' needs one name"),
        ("[{score: x}]", (0, "score"), "'score' needs a number"),
        ("[{at_least: 0, of: [fit]}]", (0, "at_least"), "'at_least' needs a whole number from 1"),
        ("[{not: fit, any: [pain]}]", (0, "any"), "'any' does not belong to the condition 'not'"),
        ("{older_than: 3}", ("older_than",), "'older_than' needs a duration"),
        ("[[]]", (0,), "a list of conditions is missing"),
    ],
)
def test_what_is_no_condition_is_pointed_at(written: str, place: tuple[str | int, ...], message: str) -> None:
    shape = one_of_rules(REQUIRES, f"requires: {written}")
    assert (shape.code, shape.place) == ("schema", ("transitions", "qualify", "requires", *place))
    assert shape.message == message
    assert shape.hint


def test_every_wrong_condition_is_told_once() -> None:
    shapes = of_rules(REQUIRES, "requires: [{any: []}, fit, {score: x}, {older_than: 3}, {open: }]")
    assert [shape.place[3:] for shape in shapes] == [(0, "any"), (2, "score"), (3, "older_than"), (4, "open")]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("requires: [fit, {not: conflict}]", "requires: [fit, 5]", ("statuses", "clarifying", "requires", 1)),
        ("when: [{not: buyer}]", "when: [{not: 5}]", ("stop_rules", "no_buyer", "when", 0, "not")),
        ("good: [fit, pain]", "good: [fit, 5]", ("prequalification", "good", 1)),
        ("bad: [conflict]", "bad: {}", ("prequalification", "bad")),
    ],
)
def test_conditions_are_looked_at_wherever_they_stand(old: str, new: str, place: tuple[str | int, ...]) -> None:
    shape = one_of_rules(old, new)
    assert (shape.code, shape.place) == ("schema", place)


def test_an_id_may_be_named_like_a_list_of_conditions() -> None:
    text = RULEBOOK.replace("  fit:      {label", "  requires: {weight: x, label: L, question: Q}\n  fit:      {label")
    (shape,) = shipped_schema("criteria").shape(read_yaml("criteria.yaml", text.encode()))
    assert (shape.place, shape.message) == (
        ("criteria", "requires", "weight"),
        "'criteria.requires.weight' should be a number, not 'x'",
    )


def test_a_condition_that_only_a_workspaces_own_schema_refuses_is_told() -> None:
    rule = {"properties": {"requires": {"maxItems": 1}}}
    schema = Schema({"properties": {"transitions": {"additionalProperties": rule}}})
    (shape,) = schema.shape(read_yaml("criteria.yaml", b"transitions: {a: {requires: [fit, pain]}}"))
    assert (shape.place, shape.message) == (("transitions", "a", "requires"), "['fit', 'pain'] is too long")


# --- A workspace's own schema -----------------------------------------------------------------------------------------


def changed(change: Callable[[dict[str, Any]], object]) -> Schema:
    definition = json.loads((ROOT / "schemas" / "contact.schema.json").read_text("utf-8"))
    change(definition)
    return Schema.parse(json.dumps(definition))


def test_a_schema_may_be_stricter() -> None:
    schema = changed(lambda definition: definition["required"].extend(["owner", "value"]))
    assert located(schema, front_matter(BASE + "owner: mira")) == [("schema", 2, 1, "the key 'value' is missing")]
    assert located(schema, front_matter(BASE + "owner: mira\nvalue: 1")) == []


def test_a_schema_may_add_fields() -> None:
    schema = changed(
        lambda definition: definition["properties"].update(
            region={"enum": ["nord", "süd"]}, birthday={"format": "date"}
        )
    )
    assert located(schema, front_matter(BASE + "region: nord\nbirthday: 1980-02-29")) == []
    assert located(schema, front_matter(BASE + "region: sud\nbirthday: 1981-02-29")) == [
        ("invalid-date", 6, 11, "'birthday' is no date of the calendar: '1981-02-29'"),
        ("schema", 5, 9, "'region' should be one of nord, süd, not 'sud'"),
    ]
    assert "region" in schema.shape(front_matter(BASE + "regio: nord"))[0].hint


def test_a_schema_may_allow_keys_by_pattern() -> None:
    schema = changed(lambda definition: definition.update(patternProperties={"^x_": {"type": "string"}}))
    assert located(schema, front_matter(BASE + "x_a: b")) == []
    assert located(schema, front_matter(BASE + "x_a: b\ny_a: b\nx_b: 1")) == [
        ("schema", 7, 6, "'x_b' should be text, not '1'"),
        ("unknown-key", 6, 1, "unknown key 'y_a'"),
    ]


EITHER = {"oneOf": [{"const": "a"}, {"const": "b"}]}


def test_a_schema_may_use_any_keyword() -> None:
    rules: list[tuple[dict[str, Any], str, str]] = [
        ({"maxLength": 3}, "abcd", "'role': 'abcd' is too long"),
        ({"pattern": "^[a-z]+$"}, "A1", "'role': 'A1' does not match '^[a-z]+$'"),
        ({"pattern": "^a", "description": "a word with a"}, "b", "'role' should be a word with a, not 'b'"),
        ({"const": "x"}, "y", "'role': 'x' was expected"),
        ({"not": {"const": "y"}}, "y", "'role': 'y' should not be valid under {'const': 'y'}"),
        ({"oneOf": [{"const": "a"}]}, "c", "'role': 'a' was expected"),
        (EITHER, "c", "'role' should be one of the forms that the schema lists, not 'c'"),
        (EITHER | {"description": "a or b"}, "c", "'role' should be a or b, not 'c'"),
        ({"format": "email"}, "no address", ""),
        ({"format": "date-time"}, "never", ""),
        ({"format": "unheard-of"}, "x", ""),
    ]  # fmt: skip
    for rule, value, message in rules:
        schema = Schema.parse(json.dumps({"properties": {"role": rule}}))
        assert [shape.message for shape in schema.shape(front_matter(f"role: {value}"))] == (
            [message] if message else []
        )


def test_what_is_too_short_is_told_with_what_is_asked() -> None:
    schema = changed(
        lambda definition: definition["properties"].update(
            role={"minLength": 5}, tags={"minItems": 2}, extra={"minProperties": 3}
        )
    )
    shapes = schema.shape(front_matter(BASE + "role: abc\ntags: [a]\nextra: {a: 1}"))
    assert {shape.message: shape.hint for shape in shapes} == {
        "'role' should have at least 5 characters, not 'abc'": "write at least 5 characters",
        "'tags' should have at least 2 entries, not '[\"a\"]'": "write at least 2 entries",
        "'extra' should have at least 3 keys, not '{\"a\": 1}'": "write at least 3 keys",
    }


def test_only_the_key_that_no_schema_knows_is_unknown() -> None:
    schema = Schema.parse(
        '{"$ref": "#/$defs/a", "properties": {"b": {}}, "unevaluatedProperties": false,'
        ' "$defs": {"a": {"properties": {"a": {}}}}}'
    )
    assert located(schema, front_matter("a: 1\nb: 2\nc: 3")) == [("unknown-key", 4, 1, "unknown key 'c'")]


def test_a_pattern_that_python_does_not_know_is_obeyed_all_the_same() -> None:
    schema = Schema.parse(r'{"properties": {"name": {"pattern": "^\\p{L}+$"}}}')
    assert located(schema, front_matter("name: Jörg")) == []
    assert [(code, line, column) for code, line, column, _ in located(schema, front_matter("name: '7'"))] == [
        ("schema", 2, 7)
    ]
    schema = Schema.parse(r'{"additionalProperties": false, "patternProperties": {"^\\p{L}+$": {}}}')
    assert located(schema, front_matter("Straße: 1")) == []
    assert [code for code, *_ in located(schema, front_matter("a7: 1"))] == ["unknown-key"]


# --- Above the shipped schema -----------------------------------------------------------------------------------------


def own(change: Callable[[dict[str, Any]], object]) -> Schema:
    return changed(change).above(shipped_schema("contact"))


def test_a_schema_is_never_laxer_than_the_shipped_one() -> None:
    lax = [
        own(lambda definition: definition.clear()),
        own(lambda definition: definition.update(required=[])),
        own(lambda definition: definition["properties"].update(revisit={"type": "string"})),
    ]
    yaml = f"status: new\nrevisit: soon\n{DECISIONS}"
    missing = ("schema", 2, 1, "the key 'name' is missing")
    date = ("invalid-date", 3, 10, "'revisit' is no date of the calendar: 'soon'")
    for schema in lax:
        assert located(schema, front_matter(yaml)) == [date, missing]
        assert schema.shape(front_matter(BASE)) == ()


def test_fields_that_are_added_are_not_refused_by_the_shipped_schema() -> None:
    schema = own(lambda definition: definition["properties"].update(region={"type": "string"}))
    assert schema.shape(front_matter(BASE + "region: nord")) == ()
    assert located(schema, front_matter(BASE + "regio: nord")) == [("unknown-key", 5, 1, "unknown key 'regio'")]
    schema = own(lambda definition: definition["$defs"]["answer"]["properties"].update(note={}))
    assert schema.shape(front_matter(BASE + "criteria: {fit: [{met: 2026-01-01, note: x}]}")) == ()


def test_what_both_schemas_refuse_is_told_once() -> None:
    schema = own(lambda definition: definition["properties"].update(value={"type": "number", "maximum": 5}))
    assert located(schema, front_matter(BASE + "value: x")) == [("schema", 5, 8, "'value' should be a number, not 'x'")]
    schema = own(lambda definition: definition.update(required=["owner", "name"]))
    assert [shape.absent for shape in schema.shape(front_matter("role: x"))] == ["owner", "name", "status", "decisions"]


def test_the_shipped_schema_is_not_asked_twice() -> None:
    assert own(lambda definition: None).base is None


def test_only_dates_are_checked_of_all_formats() -> None:
    schema = Schema.parse('{"properties": {"a": {"format": "date"}, "b": {"type": "string", "format": "date"}}}')
    assert schema.shape(front_matter("a: 2026-11-23\nb: 2026-11-23")) == ()
    assert [shape.code for shape in schema.shape(front_matter("a: x\nb: 5"))] == ["invalid-date", "invalid-date"]
    assert schema.shape(front_matter("a: 5\nb: 2024-02-29")) == ()


def test_a_whole_schema_may_say_no() -> None:
    shapes = Schema({"not": {}}).shape(front_matter("a: 1"))
    assert [(shape.code, shape.place) for shape in shapes] == [("schema", ())]
    assert shapes[0].message.startswith("the file: ")


def test_what_the_fast_validator_alone_refuses_is_told_all_the_same() -> None:
    # `$` is the very end to the one, and the last line's end to the other.
    shapes = Schema({"properties": {"a": {"pattern": "^x$"}}}).shape(front_matter('a: "x\\n"'))
    assert [(shape.code, shape.place) for shape in shapes] == [("schema", ("a",))]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "null",
        '{"type": "strin"}',
        '{"properties": []}',
        '{"$ref": "https://example.invalid/x.json"}',
        '{"properties": {"a": {"$ref": "file:///etc/passwd"}}}',
        '{"$dynamicRef": "https://example.invalid/x.json"}',
    ],
)
def test_a_bad_schema_is_refused(text: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Schema.parse(text)
    assert "\n" not in str(caught.value)


def test_a_schema_that_refers_to_itself_ends() -> None:
    schema = Schema.parse(
        '{"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"a": {"$ref": "#/$defs/a"}}, "required": ["b"]}}}'
    )
    assert [shape.place for shape in schema.shape(front_matter("b: 1\na: {b: 2, a: {}}"))] == [("a", "a")]


def test_a_schema_with_an_address_of_its_own_fetches_nothing() -> None:
    schema = Schema.parse(
        '{"$id": "https://example.invalid/a", "properties": {"a": {"$ref": "#/$defs/b"}},'
        ' "$defs": {"b": {"type": "number"}}}'
    )
    assert [shape.place for shape in schema.shape(front_matter("a: x"))] == [("a",)]


def test_the_example_rule_book_has_the_right_shape() -> None:
    document = read_yaml("criteria.yaml", Path(ROOT / "criteria.yaml").read_bytes())
    assert shipped_schema("criteria").shape(document) == ()
