"""What can be done at a place of a contact, and that the rules have nothing against its outcome."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.app.live import LiveWorkspace
from crmtool.app.live.actions import Action, Kind, actions_at
from crmtool.contact import is_contact_path
from crmtool.document import read_contact
from crmtool.finding import Severity
from crmtool.snapshot import RULEBOOK
from tests.conftest import JANA, ROOT, TODAY, write_files
from tests.conftest import RULEBOOK as RULES

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
LATER = "2026-12-06"
SETTLED = " (removes the next step: it is settled)"
"""The stop rule `no_buyer` is due from the day before on."""
BUYER_SIGNS = "  buyer: {met: 2026-11-20, evidence: The CFO signs}\n  budget:\n    - {met: 2026-10-28,"
READY_TO_MATURE = (
    JANA.replace("  budget:\n    - {met: 2026-10-28,", BUYER_SIGNS)
    .replace("decisions:\n", "  deadline: {met: 2026-11-20, evidence: By March}\ndecisions:\n")
    .replace("clarifies: buyer", "clarifies: budget")
)


class Desk:
    """A contact that is open in an editor, in a workspace of its own."""

    def __init__(self, root: Path, day: str = TODAY) -> None:
        self.root = root
        self.day = day
        self.workspace = LiveWorkspace(root, lambda: date.fromisoformat(self.day))
        self.workspace.load_some(1000)

    def actions(self, text: str, at: str, path: str = JANA_PATH) -> list[Action]:
        """Give what is offered where `at` stands, with what mends all that is found."""
        self.workspace.put(path, text.encode())
        editing, findings = self.workspace.editing(path), self.workspace.findings(path)
        return list(actions_at(self.workspace, editing, editing.text.index(at), findings, lambda _: True))

    def titles(self, text: str, at: str) -> list[str]:
        """Give the titles of what can be done at a place."""
        actions = self.actions(text, at)
        return [action.title for action in actions if action.text is not None and action.kind is Kind.REWRITE]

    def take(self, text: str, at: str, title: str) -> str:
        """Give the text after the one action of a title."""
        (action,) = (action for action in self.actions(text, at) if action.title == title)
        assert action.text is not None, action.disabled
        return action.text

    def fixes(self, text: str, code: str) -> list[Action]:
        """Give what mends a finding of a code."""
        found = [action for action in self.actions(text, "---") if code in {each.code for each in action.fixes}]
        assert all(action.kind is Kind.FIX for action in found)
        return found

    def fixed(self, text: str, code: str) -> dict[str, str | None]:
        """Give the texts after what mends a finding of a code, by title."""
        return {action.title: action.text for action in self.fixes(text, code)}

    def codes(self, text: str) -> list[str]:
        """Give the codes of what is found in a text."""
        self.workspace.put(JANA_PATH, text.encode())
        return [finding.code for finding in self.workspace.findings(JANA_PATH)]


@pytest.fixture
def desk(workspace: Path) -> Desk:
    return Desk(workspace)


@pytest.fixture
def committed(workspace: Path) -> Desk:
    git = ("git", "-C", str(workspace), "-c", "user.name=Mira", "-c", "user.email=mira@nordlicht.example")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *command], check=True)
    return Desk(workspace)


def ruled(workspace: Path, old: str, new: str) -> Desk:
    """Open the contact under a rule book that says something else."""
    assert old in RULES
    write_files(workspace, {RULEBOOK: RULES.replace(old, new)})
    return Desk(workspace)


def added(before: str, after: str) -> list[str]:
    """Give the lines that were not there before."""
    return [line for line in after.splitlines() if line not in before.splitlines()]


# --- answers ---


def test_a_criterion_is_answered_where_it_stands(desk: Desk) -> None:
    text = desk.take(JANA, "{not_met: 2026-11-12", "Answer: Budget bestätigt is met")
    assert added(JANA, text) == ['    - {met: 2026-11-23, evidence: "…"}']
    assert desk.codes(text) == ["unfilled-text"]


def test_a_criterion_that_the_contact_must_confirm_is_answered_by_the_contact(desk: Desk) -> None:
    text = desk.take(JANA, "  pain:", "Answer: Problem benannt is met")
    assert text.count("attested_by: counterparty") == 2
    no = desk.take(JANA, "  pain:", "Answer: Problem benannt is not met")
    assert no.count("attested_by: counterparty") == 1


@pytest.mark.parametrize("at", ["name:", "status:", "criteria:"])
def test_elsewhere_the_criterion_to_settle_first_is_answered(desk: Desk, at: str) -> None:
    assert f"Answer: Entscheider bekannt is met{SETTLED}" in desk.titles(JANA, at)


def test_an_answer_that_settles_the_next_step_removes_it(desk: Desk) -> None:
    text = desk.take(JANA, "next_step:", f"Answer: Entscheider bekannt is met{SETTLED}")
    assert "next_step" not in text
    assert 'buyer: {met: 2026-11-23, evidence: "…"}' in text


def test_the_answer_that_was_given_today_is_not_offered_again(desk: Desk) -> None:
    text = desk.take(JANA, "  fit:", "Answer: Passt zum Zielprofil is met")
    assert [title for title in desk.titles(text, "  fit:") if title.startswith("Answer")] == [
        "Answer: Passt zum Zielprofil is not met"
    ]


def test_a_retired_criterion_is_not_asked(workspace: Path) -> None:
    desk = ruled(workspace, "fit:      {", "fit:      {retired: 2026-11-20, ")
    assert desk.titles(JANA, "  fit:") == []


# --- decisions ---


def test_a_transition_that_lacks_something_tells_all_of_it(desk: Desk) -> None:
    (mature,) = (action for action in desk.actions(JANA, "status:") if action.title.startswith("Take mature"))
    assert mature.text is None
    assert mature.disabled == "lacks: buyer (open); one of: budget, deadline; score 9 or more, now 5"


def test_a_transition_whose_conditions_hold_is_taken_because_of_what_was_clarified(desk: Desk) -> None:
    text = desk.take(READY_TO_MATURE, "status:", "Take mature: → Entscheidungsreif")
    assert "status: ready" in text
    decision = "  - {date: 2026-11-23, to: ready, because: "
    assert f'{decision}"Problem benannt, Entscheider bekannt, Termin genannt"}}' in text
    assert desk.codes(text) == []


def test_what_a_transition_required_to_be_a_no_is_told_as_one(desk: Desk) -> None:
    new = JANA.replace("status: clarifying", "status: new").replace(
        '  - {date: 2026-11-05, to: clarifying, because: "Passt ins Profil, Ausschluss geprüft", chance: 0.4}\n', ""
    )
    text = desk.take(new, "decisions:", "Take qualify: → In Klärung")
    assert 'because: "Passt zum Zielprofil, Ausschlussgrund: nein"' in text


def test_stopping_is_offered_for_each_reason(desk: Desk) -> None:
    stops = [title for title in desk.titles(JANA, "status:") if title.startswith("Stop")]
    assert stops == [
        "Stop: Passt nicht",
        "Stop: Kein Bedarf",
        "Stop: Kontakt entscheidet nicht",
        "Stop: Anderer Anbieter",
        "Stop: Bewusste Absage von uns",
    ]
    text = desk.take(JANA, "status:", "Stop: Kein Bedarf")
    assert '  - {date: 2026-11-23, to: stopped, reason: no_need, because: "…"}' in text
    assert desk.codes(text) == ["unfilled-text"]


def test_what_a_due_stop_rule_proposes_comes_first_with_its_reason(workspace: Path) -> None:
    desk = Desk(workspace, LATER)
    assert desk.titles(JANA, "status:")[0] == "Stop: Kontakt entscheidet nicht"
    text = desk.take(JANA, "status:", "Stop: Kontakt entscheidet nicht")
    assert 'reason: no_decision, because: "Ohne Entscheider entscheidet niemand"' in text
    assert desk.codes(text) == []
    assert 'reason: no_fit, because: "…"' in desk.take(JANA, "status:", "Stop: Passt nicht")


def test_a_contact_is_put_on_hold_with_a_day_to_look_at_it_again(desk: Desk) -> None:
    title = "Take park: → Zurückgestellt, Falscher Zeitpunkt, to be looked at on 2027-02-23"
    text = desk.take(JANA, "status:", title)
    assert "revisit: 2027-02-23" in text
    assert desk.codes(text) == ["unfilled-text"]


def test_a_day_that_is_set_already_stays(desk: Desk) -> None:
    text = JANA.replace("stop_if:", "revisit: 2027-01-15\nstop_if:")
    assert "Take park: → Zurückgestellt, Falscher Zeitpunkt" in desk.titles(text, "status:")


def test_where_two_people_must_decide_the_second_is_not_made_up(workspace: Path) -> None:
    desk = ruled(workspace, '{from: "*", to: stopped}', '{from: "*", to: stopped, four_eyes: true}')
    (stop,) = (action for action in desk.actions(JANA, "status:") if action.title == "Stop")
    assert stop.text is None
    assert "confirmed_by" in stop.disabled


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        ("by: jonas", ["Take mature: → Entscheidungsreif, decided by jonas"]),
        ("by: [jonas, Mira]", ["Take mature: → Entscheidungsreif, decided by Mira"]),
        (
            "by: [jonas, lea]",
            [
                "Take mature: → Entscheidungsreif, decided by jonas",
                "Take mature: → Entscheidungsreif, decided by lea",
            ],
        ),
    ],
)
def test_who_may_decide_is_named(workspace: Path, by: str, titles: list[str]) -> None:
    desk = ruled(workspace, "to: ready, requires", f"to: ready, {by}, requires")
    mature = [action for action in desk.actions(READY_TO_MATURE, "status:") if "mature" in action.title]
    assert [action.title for action in mature] == titles
    assert all(action.text and f"by: {action.title.split()[-1]}" in action.text for action in mature)


def test_a_transition_to_a_status_that_is_not_defined_is_passed_over(workspace: Path) -> None:
    desk = ruled(workspace, "to: ready, requires", "to: redy, requires")
    assert not [action for action in desk.actions(JANA, "status:") if "mature" in action.title]


# --- next steps ---


def test_a_next_step_that_is_sensible_stays(desk: Desk) -> None:
    titles = (title.removesuffix(SETTLED) for title in desk.titles(JANA, "next_step:"))
    assert not [title for title in titles if "next step" in title]


def test_the_proposed_next_step_is_set_before_something_falls_due(desk: Desk) -> None:
    without = JANA.replace('next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n', "")
    title = "Set the proposed next step: Wer unterschreibt?"
    text = desk.take(without, "status:", title)
    assert 'next_step: {do: "Wer unterschreibt?", clarifies: buyer, due: 2026-11-30}' in text
    assert desk.codes(text) == []
    desk.day = "2026-12-01"  # `no_buyer` falls due on the 5th, the decision is overdue from the 6th on
    assert "due: 2026-12-04" in desk.take(without, "status:", title)


def test_blocked_until_a_day_that_has_passed_is_removed(desk: Desk) -> None:
    blocked = JANA.replace("stop_if:", "blocked: {by: The CFO, since: 2026-11-10, until: 2026-11-22}\nstop_if:")
    title = "Unblock: the last day to wait has passed"
    assert "blocked" not in desk.take(blocked, "blocked:", title)
    assert title not in desk.titles(blocked.replace("until: 2026-11-22", "until: 2026-11-23"), "blocked:")


# --- what mends findings ---


@pytest.mark.parametrize(
    ("code", "old", "new", "title"),
    [
        ("unknown-status", "status: clarifying", "status: clarifyng", "Change 'clarifyng' to 'clarifying'"),
        ("unknown-status", "status: clarifying", "status: In Klärung", "Change 'In Klärung' to 'clarifying'"),
        ("unknown-criterion", "  pain:", "  pian:", "Change 'pian' to 'pain'"),
        ("unknown-criterion", "clarifies: buyer", "clarifies: buyr", "Change 'buyr' to 'buyer'"),
        ("unknown-key", "role:", "rolle:", "Change 'rolle' to 'role'"),
        ("schema", "counterparty", "counterpaty", "Change 'counterpaty' to 'counterparty'"),
        ("invalid-date", "{met: 2026-11-03", "{met: 3.11.2026", "Write 2026-11-03"),
        ("invalid-date", "due: 2026-11-28", "due: 28.11.2026", "Write 2026-11-28"),
    ],
)
def test_what_was_meant_is_written(desk: Desk, code: str, old: str, new: str, title: str) -> None:
    (fix,) = desk.fixes(JANA.replace(old, new, 1), code)
    assert (fix.title, fix.preferred) == (title, True)
    assert fix.text == JANA


def test_quotes_are_kept(desk: Desk) -> None:
    (fix,) = desk.fixes(JANA.replace("status: clarifying", 'status: "In Klärung"'), "unknown-status")
    assert fix.text == JANA.replace("status: clarifying", 'status: "clarifying"')


def test_what_cannot_be_guessed_is_not_offered(desk: Desk) -> None:
    assert desk.fixes(JANA.replace("status: clarifying", "status: zzz"), "unknown-status") == []
    assert desk.fixes(JANA.replace("due: 2026-11-28", "due: soon"), "invalid-date") == []


def test_an_answer_without_a_day_of_the_calendar_is_one_of_today(desk: Desk) -> None:
    fixed = desk.fixed(JANA.replace("{not_met: 2026-11-12", "{not_met: 2026-11-31"), "invalid-date")
    assert fixed == {"Set to today, 2026-11-23": JANA.replace("{not_met: 2026-11-12", "{not_met: 2026-11-23")}


def test_an_entry_of_tomorrow_is_one_of_today(desk: Desk) -> None:
    text = JANA.replace("{not_met: 2026-11-12", "{not_met: 2026-11-24")
    assert desk.fixed(text, "date-in-future") == {
        "Set to today, 2026-11-23": text.replace("2026-11-24", "2026-11-23"),
    }


def test_a_status_that_was_changed_alone_is_put_back_or_decided(desk: Desk) -> None:
    fixed = desk.fixed(JANA.replace("status: clarifying", "status: stopped"), "status-mismatch")
    assert fixed["Set the status to 'clarifying'"] == JANA
    decided = fixed["Stop: Kein Bedarf"]
    assert decided is not None
    assert desk.codes(decided) == ["unfilled-text"]


def test_a_decision_that_lacks_a_reason_is_given_each(desk: Desk) -> None:
    stopped = '  - {date: 2026-11-20, to: stopped, because: "Nein"}\n'
    text = JANA.replace("status: clarifying", "status: stopped").replace("next_step:", f"{stopped}next_step:")
    fixed = desk.fixed(text, "reason-missing")
    assert len(fixed) == 5
    assert fixed["Give the reason: Kein Bedarf"] == text.replace('"Nein"}', '"Nein", reason: no_need}')


def test_a_reason_that_is_none_is_any_of_them_where_none_is_near(desk: Desk) -> None:
    stopped = '  - {date: 2026-11-20, to: stopped, because: "Nein", reason: zzz}\n'
    text = JANA.replace("status: clarifying", "status: stopped").replace("next_step:", f"{stopped}next_step:")
    assert len(desk.fixes(text, "unknown-reason")) == 5
    near = desk.fixes(text.replace("zzz", "no_ned"), "unknown-reason")
    assert near[0].title == "Change 'no_ned' to 'no_need'"


def test_what_a_decision_lacks_is_answered_as_of_its_day(desk: Desk) -> None:
    mature = '  - {date: 2026-11-20, to: ready, because: "Alle wissen es"}\n'
    text = JANA.replace("status: clarifying", "status: ready").replace("next_step:", f"{mature}next_step:")
    fixed = desk.fixed(text, "criteria-missing")
    assert list(fixed) == [
        f"Answer: Entscheider bekannt is met (on 2026-11-20){SETTLED}",
        "Answer: Budget bestätigt is met (on 2026-11-20)",
        "Answer: Termin genannt is met (on 2026-11-20)",
    ]


def test_a_status_that_no_longer_holds_leads_back(desk: Desk) -> None:
    ready = desk.take(READY_TO_MATURE, "status:", "Take mature: → Entscheidungsreif")
    ready = ready.replace("2026-11-23, to: ready", "2026-11-21, to: ready")
    lost = desk.take(ready, "  buyer:", "Answer: Entscheider bekannt is not met")
    back = desk.fixed(lost, "status-no-longer-holds")["Take recycle: → In Klärung"]
    assert 'to: clarifying, because: "Entscheider bekannt: nein"}' in (back or "")
    assert desk.codes(back or "") == ["unfilled-text"]


def test_who_was_not_allowed_to_decide_is_one_who_is(workspace: Path) -> None:
    desk = ruled(workspace, "to: clarifying, requires: [fit", "to: clarifying, by: [jonas, lea], requires: [fit")
    fixed = desk.fixed(JANA, "decider-not-allowed")
    assert list(fixed) == ["Name jonas as who decided", "Name lea as who decided"]
    assert "by: lea}" in (fixed["Name lea as who decided"] or "")


def test_an_answer_that_has_expired_is_given_again(desk: Desk) -> None:
    text = JANA.replace("decisions:\n", "  deadline: {met: 2026-10-01, evidence: Q1}\ndecisions:\n", 1)
    assert "Answer: Termin genannt is met" in desk.fixed(text, "answer-expired")


def test_a_next_step_past_its_day_is_put_off_or_replaced(desk: Desk) -> None:
    text = JANA.replace("due: 2026-11-28", "due: 2026-11-20")
    fixed = desk.fixed(text, "next-step-overdue")
    assert fixed["Put the next step off to 2026-11-30"] == JANA.replace("due: 2026-11-28", "due: 2026-11-30")
    assert len(fixed) == 2


def test_a_next_step_without_a_point_is_removed_or_replaced(desk: Desk) -> None:
    fixed = desk.fixed(JANA.replace("clarifies: buyer", "clarifies: fit"), "next-step-pointless")
    assert list(fixed) == [
        "Set the proposed next step: Wer unterschreibt?",
        "Remove the next step, which has no point any more",
    ]


# --- what HEAD has ---


def test_a_past_entry_is_corrected_openly(committed: Desk) -> None:
    text = committed.take(JANA, "{met: 2026-11-03", "Correct this entry openly")
    assert 'B2B, Bremen", corrected: {date: 2026-11-23, because: "…"}}' in text
    changed = text.replace("85 Mitarbeitende", "80 Mitarbeitende")
    assert committed.codes(changed) == ["unfilled-text"]


def test_an_entry_that_is_new_needs_no_correction(committed: Desk) -> None:
    text = JANA.replace("decisions:\n", "  deadline: {met: 2026-11-20, evidence: Q1}\ndecisions:\n", 1)
    assert "Correct this entry openly" not in committed.titles(text, "deadline")


def test_a_decision_that_was_rewritten_is_restored_or_corrected(committed: Desk) -> None:
    text = JANA.replace("Empfehlung; Lagerlogistik", "Lagerlogistik")
    fixed = committed.fixed(text, "decision-rewritten")
    assert fixed["Restore what HEAD has"] == JANA
    assert committed.codes(fixed["Correct it openly: add `corrected`"] or "") == ["unfilled-text"]


def test_a_file_and_ids_that_were_renamed_since_are_compared_with_what_they_were(committed: Desk) -> None:
    (committed.root / JANA_PATH).rename(committed.root / "contacts/jana.md")
    write_files(committed.root, {RULEBOOK: RULES.replace("conflict", "rivalry")})
    committed.workspace.relist()
    renamed = JANA.replace("conflict:", "rivalry:")
    rewritten = renamed.replace("Empfehlung; Lagerlogistik", "Lagerlogistik")
    actions = {action.title: action.text for action in committed.actions(rewritten, "  rivalry:", "contacts/jana.md")}
    assert actions["Restore what HEAD has"] == renamed
    assert "Correct this entry openly" in actions


def test_another_answer_in_the_place_of_an_old_one_becomes_a_new_one(committed: Desk) -> None:
    text = JANA.replace("{not_met: 2026-11-12", "{met: 2026-11-20")
    fixed = committed.fixed(text, "answer-rewritten")
    assert fixed["Restore what HEAD has"] == JANA
    kept = fixed["Keep the old answer and add this one to it"]
    assert added(JANA, kept or "") == ['    - {met: 2026-11-20, evidence: "CFO: Budget auf 2027 verschoben"}']


@pytest.mark.parametrize(
    ("gone", "code", "title"),
    [
        ("  - {date: 2026-10-20, ", "decision-rewritten", "Put back the decision of 2026-10-20 to new"),
        ("  conflict:", "answer-rewritten", "Put back the answer to conflict 'not_met 2026-11-03'"),
        ("    - {met: 2026-10-28", "answer-rewritten", "Put back the answer to budget 'met 2026-10-28'"),
    ],
)
def test_an_entry_that_was_removed_is_put_back(committed: Desk, gone: str, code: str, title: str) -> None:
    text = "".join(line for line in JANA.splitlines(keepends=True) if not line.startswith(gone))
    put_back = committed.fixed(text, code)[title]
    assert put_back is not None
    assert committed.codes(put_back) == []


# --- where nothing can be done ---


@pytest.mark.parametrize(
    "text",
    [
        JANA.replace("status: clarifying", "status: [clarifying"),
        JANA.replace("---\n\n", "\n\n", 1),
        "status: clarifying\n",
    ],
)
def test_nothing_is_offered_in_a_file_that_cannot_be_read(desk: Desk, text: str) -> None:
    desk.actions(JANA, "status:")
    assert desk.actions(text, "status:") == []


def test_nothing_is_offered_in_the_notes(desk: Desk) -> None:
    assert desk.actions(JANA + "\nstatus of things\n", "status of things") == []


def test_only_what_needs_no_rules_is_mended_without_a_rule_book(workspace: Path) -> None:
    write_files(workspace, {RULEBOOK: "version: ["})
    desk = Desk(workspace)
    text = JANA.replace("{met: 2026-11-03", "{met: 3.11.2026", 1)
    assert [action.title for action in desk.actions(text, "status:")] == ["Write 2026-11-03"]


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("to: ready, requires", "to: redy, requires", "Change 'redy' to 'ready'"),
        ("requires: [pain, buyer,", 'requires: [pain, "buyr",', "Change 'buyr' to 'buyer'"),
        ("kind: won", "kind: wonn", "Change 'wonn' to 'won'"),
        ("decide_within: 14d", "decide_wihtin: 14d", "Change 'decide_wihtin' to 'decide_within'"),
    ],
)
def test_a_rule_book_names_what_was_meant(desk: Desk, old: str, new: str, title: str) -> None:
    fix, *_ = desk.actions(RULES.replace(old, new), "version", RULEBOOK)
    assert fix.title == title
    assert (fix.text or "").replace('"buyer"', "buyer") == RULES


# --- however a file is written ---


@pytest.mark.parametrize("rewritten", [str, lambda text: text.replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_line_ends_are_kept(desk: Desk, rewritten: Callable[[str], str]) -> None:
    text = desk.take(rewritten(JANA), "next_step:", "Answer: Entscheider bekannt is not met")
    assert text == rewritten(text.replace("\r\n", "\n"))
    assert text.splitlines()[:9] == JANA.splitlines()[:9]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Open the example workspace, apart from its repository."""
    root = tmp_path_factory.mktemp("example")
    shutil.copy(ROOT / RULEBOOK, root)
    shutil.copytree(ROOT / "contacts", root / "contacts")
    return Desk(root)


EXAMPLES = sorted(
    path for file in (ROOT / "contacts").rglob("*.md") if is_contact_path(path := file.relative_to(ROOT).as_posix())
)


@given(st.sampled_from(EXAMPLES), st.floats(0, 1), st.sampled_from(["2026-11-30", "2027-03-01", "2028-01-01"]))
def test_no_action_leads_to_an_error(example: Desk, path: str, share: float, day: str) -> None:
    example.day = day
    before = (ROOT / path).read_bytes().decode()
    document = read_contact(path, before.encode())
    at = int(share * (document.yaml_span.end - 1))
    example.workspace.put(path, before.encode())
    editing, findings = example.workspace.editing(path), example.workspace.findings(path)
    errors = [finding.message for finding in findings if finding.severity is Severity.ERROR]
    for action in actions_at(example.workspace, editing, at, findings, lambda _: True):
        if action.text is None:
            assert action.disabled
            continue
        after = read_contact(path, action.text.encode())
        assert after.values is not None
        assert action.text != before
        assert after.body == document.body
        example.workspace.put(path, action.text.encode())
        found = [each.message for each in example.workspace.findings(path) if each.severity is Severity.ERROR]
        assert found == errors, action.title
