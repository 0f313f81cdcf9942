"""What is planned for records, whatever file they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmtool.app import load
from crmtool.app.importing import Options, Plan, plan_import, write_plan
from crmtool.app.importing.entering import Entry
from crmtool.check import check
from crmtool.contact import Contact
from crmtool.errors import CrmtoolError
from crmtool.finding import Severity
from crmtool.importers.outcome import Action, Outcome
from crmtool.importers.record import Claim, Reading, Record
from tests.conftest import write_files

TODAY = date(2026, 11, 29)
JONAS = Record(
    line=2,
    id="101",
    details={
        "name": "Jonas Weber",
        "organization": "Weber & Söhne",
        "email": ["jonas@weber.example"],
        "phone": ["0421 5"],
    },
    stage="Qualified",
    claims=(Claim(label="Lifecycle", value="lead"),),
    notes="Erste Zeile\n---\n<<<<<<< zweite",
)
ANA = Record(line=3, id="102", details={"name": "Ana Petrović", "email": ["ana@petrovic.example"], "tags": ["Messe"]})


def reading(*records: Record, origin: str = "hubspot", label: str = "HubSpot") -> Reading:
    return Reading(origin=origin, label=label, records=records)


def planned(root: Path, *records: Record, options: Options | None = None, **more: Any) -> Plan:
    return plan_import(root, TODAY, [("people.csv", reading(*records, **more))], options or Options())


def taken_in(root: Path, *records: Record, options: Options | None = None, **more: Any) -> Plan:
    plan = planned(root, *records, options=options, **more)
    write_plan(plan)
    return plan


def actions(plan: Plan) -> list[str]:
    return [outcome.action.value for outcome in plan.outcomes]


def contact(root: Path, id: str) -> Contact:
    return load(root).contacts[f"contacts/{id}.md"]


def text(root: Path, id: str) -> str:
    return (root / f"contacts/{id}.md").read_text("utf-8")


def edit(root: Path, id: str, old: str, new: str) -> None:
    before = text(root, id)
    assert old in before
    (root / f"contacts/{id}.md").write_text(before.replace(old, new), "utf-8")


def test_a_record_enters_as_a_contact_without_a_decision(workspace: Path) -> None:
    plan = taken_in(workspace, JONAS)
    assert actions(plan) == ["created"]
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert [(taken.day, taken.to) for taken in found.decisions] == [(TODAY, "new")]
    assert found.criteria == {}
    assert found.fields["email"] == "jonas@weber.example"
    assert text(workspace, found.id).endswith(
        "## HubSpot am 2026-11-29: behauptet, zu klären\n\n"
        "- Phase: Qualified\n- Lifecycle: lead\n\n> Erste Zeile\n> ---\n> <<<<<<< zweite\n"
    )
    assert [found for found in check(load(workspace), TODAY).findings if found.severity is Severity.ERROR] == []


def test_where_it_came_from_is_kept(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    fields = contact(workspace, "weber-soehne/jonas-weber").fields
    assert fields["source"] == "HubSpot (Import)"
    extra: Any = fields["extra"]
    assert {key: extra["imported"][key] for key in ("from", "id", "date")} == {
        "from": "hubspot",
        "id": "101",
        "date": "2026-11-29",
    }
    assert set(extra["imported"]["seen"]) == {"name", "organization", "email", "phone", "notes"}


def test_importing_again_changes_nothing(workspace: Path) -> None:
    taken_in(workspace, JONAS, ANA)
    again = planned(workspace, JONAS, ANA)
    assert actions(again) == ["skipped", "skipped"]
    assert again.files == {}


def test_what_changed_at_the_source_alone_is_taken_over(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "status: new", "role: Chef\nstatus: new")
    changed = replace(JONAS, details={**JONAS.details, "email": ["jw@weber.example"]})
    plan = taken_in(workspace, changed)
    assert [(outcome.action, outcome.fields) for outcome in plan.outcomes] == [(Action.UPDATED, ("email",))]
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert (found.fields["email"], found.fields["role"]) == ("jw@weber.example", "Chef")
    assert actions(planned(workspace, changed)) == ["skipped"]


def test_what_was_changed_here_alone_stays(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "jonas@weber.example", "privat@weber.example")
    assert actions(planned(workspace, JONAS)) == ["skipped"]


CHANGED = replace(JONAS, details={**JONAS.details, "email": ["jw@weber.example"], "phone": ["0421 6"]})


def in_conflict(root: Path) -> None:
    taken_in(root, JONAS)
    edit(root, "weber-soehne/jonas-weber", "jonas@weber.example", "privat@weber.example")


def test_what_was_changed_on_both_sides_is_a_conflict_and_the_rest_is_taken(workspace: Path) -> None:
    in_conflict(workspace)
    for _ in range(2):
        plan = taken_in(workspace, CHANGED)
        assert actions(plan) == ["conflicts"]
        assert [(each.field, each.ours, each.theirs) for each in plan.outcomes[0].conflicts] == [
            ("email", ["privat@weber.example"], ["jw@weber.example"])
        ]
        fields = contact(workspace, "weber-soehne/jonas-weber").fields
        assert (fields["email"], fields["phone"]) == ("privat@weber.example", "0421 6")


@pytest.mark.parametrize(("policy", "email"), [("ours", "privat@weber.example"), ("theirs", "jw@weber.example")])
def test_a_conflict_is_settled_for_good(workspace: Path, policy: Any, email: str) -> None:
    in_conflict(workspace)
    assert actions(taken_in(workspace, CHANGED, options=Options(policy=policy))) == ["updated"]
    assert contact(workspace, "weber-soehne/jonas-weber").fields["email"] == email
    assert actions(planned(workspace, CHANGED)) == ["skipped"]


def test_what_the_source_no_longer_has_is_removed_unless_it_was_changed_here(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    less = replace(JONAS, details={key: JONAS.details[key] for key in ("name", "organization", "email")})
    assert taken_in(workspace, less).outcomes[0].fields == ("phone",)
    assert "phone" not in contact(workspace, "weber-soehne/jonas-weber").fields


@pytest.mark.parametrize("tells", [frozenset({"name", "email"}), frozenset()])
def test_what_a_file_has_no_column_for_is_not_removed(workspace: Path, tells: frozenset[str]) -> None:
    taken_in(workspace, JONAS)
    less = replace(JONAS, details={key: JONAS.details[key] for key in ("name", "email")})
    read = replace(reading(less), tells=tells)
    plan = plan_import(workspace, TODAY, [("less.csv", read)], Options())
    assert (actions(plan), plan.files) == (["skipped"], {})


def test_from_somebody_who_is_only_recognised_nothing_is_removed(workspace: Path) -> None:
    taken_in(workspace, replace(JONAS, id=""), origin="csv")
    less = Record(line=2, details={"name": "Jonas Weber", "email": ["jonas@weber.example"]})
    assert actions(planned(workspace, less, origin="csv")) == ["skipped"]


def test_a_name_alone_makes_nobody_known(workspace: Path) -> None:
    anna = Record(line=2, details={"name": "Anna Schmidt", "organization": "Alpha", "email": ["a@alpha.example"]})
    other = Record(line=2, details={"name": "Anna Schmidt", "organization": "Beta", "email": ["anna@beta.example"]})
    taken_in(workspace, anna, origin="linkedin")
    plan = taken_in(workspace, other, origin="linkedin")
    assert [(outcome.action, [each.because for each in outcome.alike]) for outcome in plan.outcomes] == [
        (Action.CREATED, ["same name"])
    ]


def test_a_stage_that_goes_back_is_told(workspace: Path) -> None:
    for stage in ("Lead", "Customer", "Lead"):
        taken_in(workspace, replace(JONAS, stage=stage))
    lines = text(workspace, "weber-soehne/jonas-weber").splitlines()
    assert [line for line in lines if line.startswith("- Phase: ")] == [
        "- Phase: Lead",
        "- Phase: Customer",
        "- Phase: Lead",
    ]


def test_a_group_is_skipped_though_it_has_no_name(workspace: Path) -> None:
    assert actions(planned(workspace, Record(line=2, left_out="a group of contacts"))) == ["skipped"]


@pytest.mark.parametrize("id", ["x" * 300, "q.md/b", "a/" + "ü" * 150])
def test_an_id_that_no_disk_can_hold_is_made_anew(workspace: Path, id: str) -> None:
    record = Record(line=2, contact=id, details={"name": "Jonas Weber"})
    plan = taken_in(workspace, record, origin="crmtool")
    assert [outcome.contact for outcome in plan.outcomes] == ["jonas-weber"]


def test_behind_a_link_out_of_the_workspace_nothing_is_written(workspace: Path, tmp_path: Path) -> None:
    outside = tmp_path / "workspace-other"  # begins like the workspace's own path
    outside.mkdir()
    (workspace / "contacts/alpha").symlink_to(outside)
    plan = taken_in(workspace, Record(line=2, contact="alpha/ida", details={"name": "Ida"}), ANA, origin="crmtool")
    assert actions(plan) == ["refused", "created"]
    assert list(outside.iterdir()) == []


def test_many_namesakes_take_no_longer_each(workspace: Path) -> None:
    from crmtool.app.importing.desk import Desk

    desk = Desk(workspace, TODAY)
    desk._paths |= {f"contacts/info-{i}.md" for i in range(2, 30)} | {"contacts/info.md"}
    record = Record(line=2, details={"name": "Info"})
    assert desk.path_for(record, "Info", None) == "contacts/info-30.md"
    desk._paths.add("contacts/info-30.md")
    assert (desk.path_for(record, "Info", None), desk._counted) == ("contacts/info-31.md", {"contacts/info": 31})


def test_the_same_change_on_both_sides_is_no_conflict(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "jonas@weber.example", "jw@weber.example")
    changed = replace(JONAS, details={**JONAS.details, "email": ["jw@weber.example"]})
    plan = taken_in(workspace, changed)
    assert [(outcome.action, outcome.conflicts) for outcome in plan.outcomes] == [(Action.UPDATED, ())]
    assert actions(planned(workspace, changed)) == ["skipped"]


def test_new_claims_are_added_below_the_notes(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "> <<<<<<< zweite\n", "> <<<<<<< zweite\n\nAngerufen.")
    plan = taken_in(workspace, replace(JONAS, stage="Lost", claims=(), notes=""))
    assert plan.outcomes[0].fields == ("notes",)
    assert text(workspace, "weber-soehne/jonas-weber").endswith(
        "\n\nAngerufen.\n\n## HubSpot am 2026-11-29: behauptet, zu klären\n\n- Phase: Lost\n"
    )


def test_a_file_with_other_line_ends_keeps_them(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    file = workspace / "contacts/weber-soehne/jonas-weber.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    taken_in(workspace, replace(CHANGED, stage="Lost"))
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_a_stage_that_maps_to_a_status_one_cannot_enter_stays_a_claim(workspace: Path) -> None:
    taken_in(workspace, JONAS, options=Options(stages={"Qualified": "ready"}))
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert found.status == "new"
    assert "- Phase: Qualified (wäre hier „Entscheidungsreif“)\n" in text(workspace, found.id)


def test_a_stage_that_maps_to_a_status_contacts_enter_leads_there_if_the_rules_allow_it(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    entry = "  capture: {to: new}\n  known: {to: ready, requires: [fit]}\n  hold: {to: parked}\n"
    (workspace / "criteria.yaml").write_text(rules.replace("  capture: {to: new}\n", entry), "utf-8")
    stages = {"Qualified": "ready", "On hold": "parked"}
    waits = replace(ANA, stage="On hold")
    plan = taken_in(workspace, JONAS, waits, options=Options(stages=stages, entry=Entry(reason="timing")))
    assert actions(plan) == ["created", "created"]
    assert contact(workspace, "weber-soehne/jonas-weber").status == "new"  # nothing says that it fits
    assert contact(workspace, "ana-petrovic").status == "parked"


def test_a_stage_may_be_left_out(workspace: Path) -> None:
    plan = planned(workspace, JONAS, ANA, options=Options(stages={"Qualified": "leave_out"}))
    assert [(outcome.action.value, outcome.reason) for outcome in plan.outcomes] == [
        ("skipped", "stage 'Qualified' is left out"),
        ("created", ""),
    ]


def test_a_stage_that_no_record_has_is_told(workspace: Path) -> None:
    plan = planned(workspace, JONAS, options=Options(stages={"Qualifed": "leave_out"}))
    assert actions(plan) == ["created"]
    assert plan.notices == ("no record has the mapping's stage 'Qualifed'; did you mean 'Qualified'?",)


def test_a_bad_record_stops_no_other_one(workspace: Path) -> None:
    bad = Record(line=2, refused="no name")
    group = Record(line=4, details={"name": "Kegelclub"}, left_out="a group of contacts")
    plan = taken_in(workspace, bad, ANA, group)
    assert [(outcome.action.value, outcome.reason) for outcome in plan.outcomes] == [
        ("refused", "no name"),
        ("created", ""),
        ("skipped", "a group of contacts"),
    ]
    assert sum(plan.count(action) for action in Action) == 3


def test_what_the_rules_have_against_a_contact_refuses_it(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    (workspace / "criteria.yaml").write_text(rules.replace("capture: {to: new}", "capture: {to: parked}"), "utf-8")
    plan = planned(workspace, JONAS, options=Options(entry=Entry(reason="no_such")))
    assert [outcome.action.value for outcome in plan.outcomes] == ["refused"]
    assert "no_such" in plan.outcomes[0].reason


def test_namesakes_get_files_of_their_own(workspace: Path) -> None:
    other = replace(ANA, line=9, id="900", details={"name": "Ana Petrović", "email": ["a.p@other.example"]})
    plan = taken_in(workspace, ANA, other)
    assert [outcome.contact for outcome in plan.outcomes] == ["ana-petrovic", "ana-petrovic-2"]


@pytest.mark.parametrize(
    ("details", "because"),
    [
        ({"name": "J. W.", "email": ["Jonas@Weber.example"]}, "same e-mail"),
        ({"name": "Weber, Jonas"}, "same name"),
        ({"name": "Jonas Webber"}, "similar name"),
    ],
)
def test_a_likely_duplicate_is_suggested_and_never_merged(
    workspace: Path, details: Mapping[str, Any], because: str
) -> None:
    taken_in(workspace, JONAS)
    twin = Record(line=2, id="7", details=details)
    plan = taken_in(workspace, twin, origin="pipedrive")
    outcome = plan.outcomes[0]
    assert (outcome.action, [(each.contact, each.because) for each in outcome.alike]) == (
        Action.CREATED,
        [("weber-soehne/jonas-weber", because)],
    )
    assert outcome.contact != "weber-soehne/jonas-weber"
    skipped = planned(workspace, replace(twin, id="8"), options=Options(skips_alike=True), origin="pipedrive")
    assert actions(skipped) == ["skipped"]


def test_umlauts_make_no_other_person(workspace: Path) -> None:
    taken_in(workspace, replace(JONAS, details={"name": "Jürgen Großmüller"}))
    plan = planned(workspace, Record(line=2, details={"name": "Juergen Grossmueller"}), origin="csv")
    assert [each.because for each in plan.outcomes[0].alike] == ["same name"]


def test_a_record_without_an_id_is_recognised(workspace: Path) -> None:
    first, second = replace(JONAS, id=""), replace(ANA, id="")
    taken_in(workspace, first, second, origin="google")
    assert actions(planned(workspace, second, first, origin="google")) == ["skipped", "skipped"]
    moved = replace(first, details={**first.details, "email": ["new@weber.example"]})
    plan = taken_in(workspace, moved, second, origin="google")
    assert [(outcome.action.value, outcome.fields) for outcome in plan.outcomes] == [
        ("updated", ("email",)),
        ("skipped", ()),
    ]


def test_two_records_without_an_id_are_not_mixed_up(workspace: Path) -> None:
    one = Record(line=2, details={"name": "Info", "email": ["info@x.example"], "phone": ["030 111111"]})
    two = Record(line=3, details={"name": "Info", "email": ["info@x.example"], "phone": ["030 222222"]})
    assert actions(taken_in(workspace, one, two, origin="google")) == ["created", "created"]
    assert actions(planned(workspace, replace(two, line=2), replace(one, line=3), origin="google")) == ["skipped"] * 2


@pytest.mark.parametrize(
    "shared", [{"phone": ["040 1234567"]}, {"email": ["info@x.example"]}, {"url": ["https://x.example"]}], ids=str
)
def test_somebody_else_behind_the_same_number_or_address_is_a_new_contact(
    workspace: Path, shared: dict[str, Any]
) -> None:
    anna = Record(line=2, details={"name": "Anna Arndt", **shared})
    taken_in(workspace, anna, origin="csv")
    married = replace(anna, details={"name": "Dr. Anna Zander", **shared})
    assert [outcome.contact for outcome in planned(workspace, married, origin="csv").outcomes] == ["anna-arndt"]
    plan = taken_in(workspace, replace(anna, details={"name": "Bernd Berg", **shared}), origin="csv")
    assert [(outcome.contact, len(outcome.alike)) for outcome in plan.outcomes] == [("bernd-berg", 1)]
    assert contact(workspace, "anna-arndt").name == "Anna Arndt"


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ({"name": "Anna Meier", "email": ["am@acme.example"]}, {"name": "Anna Wolf", "email": ["aw@acme.example"]}),
        ({"name": "Bernd Wolf", "email": ["b@acme.example"]}, {"name": "Cara Wolf", "email": ["c@acme.example"]}),
        ({"name": "Anna von Berg"}, {"name": "Otto von Stein"}),
        ({"name": "Alpha Handels GmbH"}, {"name": "Beta Bau GmbH"}),
    ],
)
def test_colleagues_and_families_who_share_a_phone_stay_apart(
    workspace: Path, known: dict[str, Any], new: dict[str, Any]
) -> None:
    first, second = (Record(line=2, details={**each, "phone": ["040 1234567"]}) for each in (known, new))
    taken_in(workspace, first, origin="google")
    assert actions(planned(workspace, second, origin="google")) == ["created"]


def test_notes_that_became_shorter_again_are_told(workspace: Path) -> None:
    anna = Record(line=2, details={"name": "Anna Arndt"}, notes="Interested no more")
    taken_in(workspace, anna, origin="csv")
    for notes in ("Interested", "Interested no more"):
        plan = taken_in(workspace, replace(anna, notes=notes), origin="csv")
        assert actions(plan) == ["updated"]
        assert text(workspace, "anna-arndt").endswith(f"\n> {notes}\n")


def test_somebody_who_is_called_otherwise_here_is_recognised_by_the_name_at_the_source(workspace: Path) -> None:
    anna = Record(line=2, details={"name": "Anna Arndt", "phone": ["040 1234567"]})
    taken_in(workspace, anna, origin="csv")
    edit(workspace, "anna-arndt", "name: Anna Arndt", "name: Zentrale")
    moved = replace(anna, details={**anna.details, "email": ["anna@arndt.example"]})
    assert [outcome.contact for outcome in planned(workspace, moved, origin="csv").outcomes] == ["anna-arndt"]


def test_records_without_an_id_that_differ_in_their_notes_alone_stay_apart(workspace: Path) -> None:
    stages = ["Lead", "Offer", "Won", "Lost"]
    rows = [Record(line=i, details={"name": "Acme", "value": 500}, stage=stage) for i, stage in enumerate(stages)]
    assert actions(taken_in(workspace, *rows, origin="csv")) == ["created"] * 4
    assert actions(planned(workspace, *reversed(rows), origin="csv")) == ["skipped"] * 4
    rows[1] = replace(rows[1], stage="Negotiation")
    plan = taken_in(workspace, *rows, origin="csv")
    assert actions(plan) == ["skipped", "updated", "skipped", "skipped"]
    assert "- Phase: Offer\n" in text(workspace, plan.outcomes[1].contact)
    assert actions(planned(workspace, *rows, origin="csv")) == ["skipped"] * 4


def test_deals_of_one_person_without_an_id_stay_apart(workspace: Path) -> None:
    deals = [replace(DEAL, id="", line=line, notes=notes) for line, notes in ((2, "Eins"), (3, "Zwei"))]
    files = [
        ("p.csv", reading(JONAS)),
        ("d.csv", reading(*deals, origin="hubspot-deals", label="HubSpot deals")),
    ]
    write_plan(plan_import(workspace, TODAY, files, Options()))
    assert actions(plan_import(workspace, TODAY, files, Options())) == ["skipped"] * 3


def test_the_same_row_twice_is_one_contact(workspace: Path) -> None:
    first = replace(JONAS, id="")
    plan = taken_in(workspace, first, replace(first, line=7), origin="google")
    assert [outcome.reason for outcome in plan.outcomes] == ["", "the same as people.csv:2"]
    assert actions(planned(workspace, first, replace(first, line=7), origin="google")) == ["skipped", "skipped"]


def test_two_different_records_of_one_id_are_a_conflict_each_time(workspace: Path) -> None:
    other = replace(JONAS, line=9, details={"name": "Jemand anders"})
    for _ in range(2):
        plan = taken_in(workspace, JONAS, other)
        assert plan.outcomes[1].action is Action.CONFLICTS
        assert plan.outcomes[1].reason == "another record of the same id stands at people.csv:2"
    assert contact(workspace, "weber-soehne/jonas-weber").name == "Jonas Weber"


DEAL = Record(
    line=2,
    id="9",
    details={"name": "Jonas Weber", "organization": "Weber & Söhne", "value": 12000},
    stage="Proposal",
    claims=(Claim(label="Deal Name", value="Rollout"),),
    persons=(("hubspot", "101"),),
)


@pytest.mark.parametrize("deal", [DEAL, replace(DEAL, persons=())], ids=["by id", "by name"])
def test_a_deal_goes_to_its_person_whichever_file_comes_first(workspace: Path, deal: Record) -> None:
    files = [("deals.csv", reading(deal, origin="hubspot-deals", label="HubSpot deals")), ("p.csv", reading(JONAS))]
    plan = plan_import(workspace, TODAY, files, Options())
    assert [(outcome.file, outcome.action.value, outcome.fields) for outcome in plan.outcomes] == [
        ("deals.csv", "updated", ("value", "notes")),
        ("p.csv", "created", ()),
    ]
    write_plan(plan)
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert found.value == 12000
    assert "## HubSpot deals am 2026-11-29: behauptet, zu klären\n\n- Phase: Proposal\n- Deal Name: Rollout\n" in text(
        workspace, found.id
    )
    again = plan_import(workspace, TODAY, files, Options())
    assert actions(again) == ["skipped", "skipped"]


def test_a_second_deal_does_not_change_the_value(workspace: Path) -> None:
    second = replace(DEAL, line=3, id="10", details={**DEAL.details, "value": 500}, stage="")
    files = [("p.csv", reading(JONAS)), ("d.csv", reading(DEAL, second, origin="hubspot-deals", label="HubSpot deals"))]
    write_plan(plan_import(workspace, TODAY, files, Options()))
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert found.value == 12000
    assert "- Wert: 500\n" in text(workspace, found.id)
    assert actions(plan_import(workspace, TODAY, files, Options())) == ["skipped"] * 3
    dearer = replace(second, details={**second.details, "value": 700})
    changed = [("d.csv", reading(DEAL, dearer, origin="hubspot-deals", label="HubSpot deals"))]
    assert [outcome.fields for outcome in plan_import(workspace, TODAY, changed, Options()).outcomes] == [
        (),
        ("notes",),
    ]


def test_what_one_deal_says_is_not_taken_for_another_ones(workspace: Path) -> None:
    offer = replace(DEAL, id="901", stage="Offer", claims=(Claim(label="Deal Name", value="One"),))
    lead = replace(DEAL, id="902", line=3, stage="Lead", claims=(Claim(label="Deal Name", value="Two"),))
    taken_in(workspace, JONAS)
    taken_in(workspace, offer, lead, origin="hubspot-deals", label="HubSpot deals")
    assert text(workspace, "weber-soehne/jonas-weber").endswith("- Phase: Lead\n- Deal Name: Two\n- Wert: 12000\n")
    taken_in(workspace, replace(offer, stage="Lead"), lead, origin="hubspot-deals", label="HubSpot deals")
    assert text(workspace, "weber-soehne/jonas-weber").endswith(
        "behauptet, zu klären\n\n- Phase: Lead\n- Deal Name: One\n"
    )


def test_a_deal_that_says_what_its_contact_says_is_told_whole(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "status: new", "value: 12000\nstatus: new")
    taken_in(workspace, DEAL, replace(DEAL, id="10", line=3), origin="hubspot-deals", label="HubSpot deals")
    whole = "- Phase: Proposal\n- Deal Name: Rollout\n- Wert: 12000\n"
    assert text(workspace, "weber-soehne/jonas-weber").count(whole) == 2


def test_a_deal_of_another_person_does_not_go_to_a_namesake(workspace: Path) -> None:
    nameless = replace(JONAS, id="", line=3, details={"name": "Ida Bergmann"})
    taken_in(workspace, JONAS, nameless)
    other = replace(DEAL, persons=(("hubspot", "999"),))
    assert actions(planned(workspace, other, origin="hubspot-deals")) == ["created"]
    of_nameless = replace(other, details={"name": "Ida Bergmann"})
    assert actions(planned(workspace, of_nameless, origin="hubspot-deals")) == ["updated"]


def test_a_deal_of_nobody_known_is_a_contact(workspace: Path) -> None:
    assert actions(planned(workspace, DEAL, origin="hubspot-deals")) == ["created"]


def own(found: Contact, **details: Any) -> Record:
    from crmtool.details import details_of, version_of

    told = {**details_of(found.fields), **details}
    return Record(line=2, contact=found.id, version=version_of(found.fields), details=told)


def test_an_own_export_comes_back_to_its_contact(workspace: Path) -> None:
    found = contact(workspace, "nordlicht/jana-koehler")
    assert actions(planned(workspace, own(found), origin="crmtool")) == ["skipped"]
    record = own(found, phone=["+49 421 99"])
    plan = taken_in(workspace, record, origin="crmtool")
    assert (actions(plan), plan.outcomes[0].fields) == (["updated"], ("phone",))
    assert actions(planned(workspace, record, origin="crmtool")) == ["skipped"]


def test_an_own_export_finds_a_contact_that_was_moved(workspace: Path) -> None:
    record = own(contact(workspace, "nordlicht/jana-koehler"), phone=["+49 421 99"])
    (workspace / "contacts/nordlicht").rename(workspace / "contacts/bremen")
    plan = taken_in(workspace, record, origin="crmtool")
    assert (actions(plan), plan.outcomes[0].contact) == (["updated"], "bremen/jana-koehler")


def test_an_own_card_is_recognised_though_another_program_dropped_what_is_ours(workspace: Path) -> None:
    from crmtool.exporters.vcard import uid

    found = contact(workspace, "nordlicht/jana-koehler")
    record = replace(own(found), contact="", version="", id=uid(found.id))
    assert actions(planned(workspace, record, origin="vcard")) == ["skipped"]


def test_of_an_own_export_only_what_was_changed_there_is_taken_over(workspace: Path) -> None:
    jana = contact(workspace, "nordlicht/jana-koehler")
    untouched, changed = own(jana), own(jana, phone=["+49 421 99"])
    edit(workspace, "nordlicht/jana-koehler", "role: Leiterin Disposition", "role: Vorständin")
    for options in (Options(), Options(policy="theirs")):
        assert actions(planned(workspace, untouched, origin="crmtool", options=options)) == ["skipped"]
    plan = taken_in(workspace, changed, origin="crmtool")
    assert (actions(plan), plan.outcomes[0].fields) == (["updated"], ("phone",))
    assert contact(workspace, "nordlicht/jana-koehler").fields["role"] == "Vorständin"


def test_of_an_own_export_what_was_changed_on_both_sides_is_a_conflict(workspace: Path) -> None:
    record = own(contact(workspace, "nordlicht/jana-koehler"), role="Chefin")
    edit(workspace, "nordlicht/jana-koehler", "role: Leiterin Disposition", "role: Vorständin")
    plan = planned(workspace, record, origin="crmtool")
    assert [(each.field, each.ours, each.theirs) for each in plan.outcomes[0].conflicts] == [
        ("role", "Vorständin", "Chefin")
    ]
    kept = planned(workspace, record, origin="crmtool", options=Options(policy="ours"))
    assert [(outcome.action, outcome.reason) for outcome in kept.outcomes] == [(Action.SKIPPED, "kept ours: role")]


def test_letters_that_a_program_could_not_write_are_not_taken_over(workspace: Path) -> None:
    taken_in(workspace, replace(JONAS, details={"name": "Łukasz Żółć", "tags": ["Zürich", "Łódź"]}))
    mangled = replace(JONAS, details={"name": "?ukasz ?ó??", "tags": ["Zürich", "?ód?"]})
    assert actions(planned(workspace, mangled, options=Options(policy="theirs"))) == ["skipped"]


def test_a_note_says_only_what_is_new(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    more = replace(JONAS, claims=(*JONAS.claims, Claim(label="Branche", value="Logistik")))
    taken_in(workspace, more)
    assert text(workspace, "weber-soehne/jonas-weber").endswith(
        "> <<<<<<< zweite\n\n## HubSpot am 2026-11-29: behauptet, zu klären\n\n- Branche: Logistik\n"
    )
    before = text(workspace, "weber-soehne/jonas-weber").partition("---\n\n")[2]
    plan = taken_in(workspace, JONAS)
    assert [(outcome.action, outcome.fields) for outcome in plan.outcomes] == [(Action.UPDATED, ())]
    assert text(workspace, "weber-soehne/jonas-weber").partition("---\n\n")[2] == before
    assert actions(planned(workspace, JONAS)) == ["skipped"]


def test_of_several_claims_of_one_name_only_what_is_new_is_told(workspace: Path) -> None:
    twice = (Claim(label="Profil", value="a"), Claim(label="Profil", value="b"), Claim(label="Art", value="x"))
    taken_in(workspace, replace(JONAS, claims=twice))
    told = replace(JONAS, claims=twice[:2], stage="Lost")
    taken_in(workspace, told)
    assert text(workspace, "weber-soehne/jonas-weber").endswith("behauptet, zu klären\n\n- Phase: Lost\n")
    taken_in(workspace, replace(told, claims=(*twice, Claim(label="Profil", value="c"))))
    taken_in(workspace, replace(told, claims=(*twice, Claim(label="Profil", value="c")), stage="Won"))
    assert text(workspace, "weber-soehne/jonas-weber").endswith(
        "- Profil: a\n- Profil: b\n- Profil: c\n\n## HubSpot am 2026-11-29: behauptet, zu klären\n\n- Phase: Won\n"
    )


def joined_to(root: Path, stays: str, goes: str) -> None:
    from crmtool.app.changing.joining import draft_joined, save_joined

    save_joined(draft_joined(root, stays, goes, root, TODAY))


def test_a_contact_that_was_joined_does_not_come_back(workspace: Path) -> None:
    linked = Record(
        line=2, details={"name": "Jonas Weber", "url": ["https://in.example/jw"], "email": ["jw@x.example"]}
    )
    google = replace(JONAS, id="")
    taken_in(workspace, google, origin="google")
    taken_in(workspace, linked, origin="linkedin", label="LinkedIn")
    exported = own(contact(workspace, "jonas-weber"))
    joined_to(workspace, "weber-soehne/jonas-weber", "jonas-weber")
    before = text(workspace, "weber-soehne/jonas-weber")
    assert actions(planned(workspace, google, origin="google")) == ["skipped"]
    assert actions(planned(workspace, linked, origin="linkedin", label="LinkedIn")) == ["skipped"]
    assert actions(planned(workspace, exported, origin="crmtool")) == ["skipped"]
    assert text(workspace, "weber-soehne/jonas-weber") == before


def test_what_a_joined_source_changes_is_noted(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    linked = Record(line=2, id="7", details={"name": "Jonas Weber", "role": "Chef", "url": ["https://in.example/jw"]})
    taken_in(workspace, linked, origin="linkedin", label="LinkedIn")
    edit(workspace, "weber-soehne/jonas-weber", "status: new", "role: Inhaber\nstatus: new")
    joined_to(workspace, "weber-soehne/jonas-weber", "jonas-weber")
    moved = replace(linked, details={**linked.details, "role": "Vorstand", "url": ["https://in.example/weber"]})
    plan = taken_in(workspace, moved, origin="linkedin", label="LinkedIn")
    assert [(outcome.action, outcome.fields) for outcome in plan.outcomes] == [(Action.UPDATED, ("url", "notes"))]
    found = contact(workspace, "weber-soehne/jonas-weber")
    assert (found.fields["role"], found.fields["url"]) == ("Inhaber", "https://in.example/weber")
    assert text(workspace, found.id).endswith("- Position: Vorstand\n")


def test_an_own_export_enters_an_empty_workspace_under_its_id(workspace: Path, tmp_path: Path) -> None:
    record = own(contact(workspace, "nordlicht/jana-koehler"))
    other = write_files(tmp_path / "other", {"criteria.yaml": (workspace / "criteria.yaml").read_text("utf-8")})
    plan = taken_in(other, record, origin="crmtool")
    assert [outcome.contact for outcome in plan.outcomes] == ["nordlicht/jana-koehler"]
    fields = contact(other, "nordlicht/jana-koehler").fields
    assert {key: fields[key] for key in record.details} == {
        key: value[0] if isinstance(value, list) and len(value) == 1 and key != "tags" else value
        for key, value in record.details.items()
    }


def test_an_own_export_gets_no_source_that_it_did_not_have(workspace: Path) -> None:
    record = Record(line=2, contact="a/ida", details={"name": "Ida"})
    taken_in(workspace, record, origin="crmtool", label="crmtool")
    assert "source" not in contact(workspace, "a/ida").fields


@pytest.mark.parametrize("id", ["../../outside", "/etc/passwd", "_hidden", "a/.git/x", "con"])
def test_no_id_of_a_file_leads_out_of_contacts(workspace: Path, id: str) -> None:
    before = {path for path in workspace.parent.rglob("*") if path.is_file()}
    plan = taken_in(workspace, Record(line=2, contact=id, details={"name": "Böse Absicht"}), origin="crmtool")
    assert [outcome.contact for outcome in plan.outcomes] == ["boese-absicht"]
    assert {path for path in workspace.parent.rglob("*") if path.is_file()} - before == {
        workspace / "contacts/boese-absicht.md"
    }


@pytest.mark.parametrize("name", ["🚀", "\u202e", "...", "田中太郎", "../..", "x" * 500])
def test_any_name_finds_a_file(workspace: Path, name: str) -> None:
    plan = taken_in(workspace, Record(line=2, details={"name": name, "email": ["a@b.example"]}), origin="google")
    assert actions(plan) == ["created"]
    assert contact(workspace, plan.outcomes[0].contact).name == name


def test_a_contact_that_cannot_be_read_stops_the_import(workspace: Path) -> None:
    write_files(workspace, {"contacts/broken.md": "---\nname: [\n---\n"})
    with pytest.raises(CrmtoolError, match=r"contacts/broken\.md cannot be read"):
        planned(workspace, JONAS)


def test_a_contact_with_errors_is_not_changed(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    edit(workspace, "weber-soehne/jonas-weber", "status: new\n", "")
    outcome: Outcome = planned(workspace, CHANGED).outcomes[0]
    assert outcome.action is Action.REFUSED
    assert "has errors that must be mended first" in outcome.reason


def test_what_changed_meanwhile_is_not_overwritten(workspace: Path) -> None:
    taken_in(workspace, JONAS)
    plan = planned(workspace, CHANGED)
    edit(workspace, "weber-soehne/jonas-weber", "status: new", "role: Chef\nstatus: new")
    with pytest.raises(CrmtoolError, match="was changed by somebody else"):
        write_plan(plan)
    assert "role: Chef" in text(workspace, "weber-soehne/jonas-weber")


def test_a_rule_book_without_an_entry_takes_nobody_in(workspace: Path) -> None:
    with pytest.raises(CrmtoolError, match="no way by which contacts enter to 'clarifying'; write one of: new"):
        planned(workspace, JONAS, options=Options(entry=Entry(to="clarifying")))
