"""crmtool check, as a user runs it: exit status, what goes where, nothing hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files

CONTACT = "contacts/nordlicht/jana-koehler.md"


def _codes(out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(out)["findings"]]


def test_a_sound_workspace_has_nothing_to_mend(workspace: Path) -> None:
    run = crmtool("check", "--today", TODAY, cwd=workspace)
    assert (run.status, run.out) == (0, "")
    assert run.err == "1 contact checked: nothing to mend\n"


def test_findings_go_to_standard_output_with_place_code_and_hint(workspace: Path) -> None:
    (workspace / CONTACT).write_text(JANA.replace("email:", "emial:"), "utf-8")
    run = crmtool("check", "--today", TODAY, cwd=workspace)
    assert run.status == 1
    first, hint, *rest = run.out.splitlines()
    assert first == f"{CONTACT}:5:1: error: unknown key 'emial' [unknown-key]"
    assert hint.startswith("    did you mean 'email'?")
    assert rest == []
    assert run.err == "1 contact checked: 1 error\n"


def test_the_json_is_the_contract(workspace: Path) -> None:
    (workspace / CONTACT).write_text(JANA.replace("due: 2026-11-28", "due: 2026-02-30"), "utf-8")
    run = crmtool("check", "--today", TODAY, "--format", "json", cwd=workspace)
    assert run.status == 1
    assert json.loads(run.out) == {
        "version": 1,
        "today": TODAY,
        "contacts": 1,
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "code": "invalid-date",
                "severity": "error",
                "path": CONTACT,
                "line": 23,
                "column": 70,
                "end_line": 23,
                "end_column": 80,
                "message": "'next_step.due' is no date of the calendar: '2026-02-30'",
                "hint": "write the date as YYYY-MM-DD, such as 2026-11-23",
                "contact": "nordlicht/jana-koehler",
            }
        ],
    }


def test_one_bad_file_never_hides_the_findings_of_another(workspace: Path) -> None:
    write_files(
        workspace,
        {
            "contacts/a.md": b"\xff\xfe",
            "contacts/b.md": "---\nname: [\n---\n",
            "contacts/c.md": "",
            "contacts/d.md": JANA.replace("status: clarifying", "status: ready"),
            "contacts/e.md": JANA.replace("name: Jana", "nmae: Jana").replace("to: clarifying", "to: ready"),
        },
    )
    run = crmtool("check", "--today", TODAY, "--format", "json", cwd=workspace)
    found = {(finding["path"], finding["code"]) for finding in json.loads(run.out)["findings"]}
    assert {
        ("contacts/a.md", "not-utf8"),
        ("contacts/b.md", "yaml-syntax"),
        ("contacts/c.md", "front-matter-missing"),
        ("contacts/d.md", "status-mismatch"),
        ("contacts/e.md", "unknown-key"),
    } <= found


def test_a_broken_rule_book_does_not_hide_the_contacts(workspace: Path) -> None:
    (workspace / "criteria.yaml").write_text(RULEBOOK.replace("kind: hold", "kind: holdd"), "utf-8")
    (workspace / CONTACT).write_text(JANA.replace("---", "--", 1), "utf-8")
    run = crmtool("check", "--today", TODAY, "--format", "json", cwd=workspace)
    assert run.status == 1
    assert _codes(run.out) == ["schema", "front-matter-missing"]  # the rule book first


def test_warnings_pass_unless_strict(workspace: Path) -> None:
    late = ["check", "--today", "2026-12-01", "--format", "json"]
    run = crmtool(*late, cwd=workspace)
    assert (run.status, _codes(run.out)) == (0, ["next-step-overdue"])
    assert crmtool(*late, "--strict", cwd=workspace).status == 1


def test_a_path_limits_what_is_told(workspace: Path) -> None:
    write_files(workspace, {"contacts/a.md": "", "contacts/deep/b.md": "", "contacts/deep/c.md": ""})
    for paths, expected in (
        (["contacts/a.md"], {"contacts/a.md"}),
        (["contacts/deep"], {"contacts/deep/b.md", "contacts/deep/c.md"}),
        (["contacts/deep/", "contacts/a.md"], {"contacts/a.md", "contacts/deep/b.md", "contacts/deep/c.md"}),
        ([CONTACT], set()),
    ):
        run = crmtool("check", *paths, "--today", TODAY, "--format", "json", cwd=workspace)
        assert {finding["path"] for finding in json.loads(run.out)["findings"]} == expected
        assert json.loads(run.out)["contacts"] == (len(expected) or 1)
    run = crmtool("check", "b.md", "--today", TODAY, "--format", "json", cwd=workspace / "contacts" / "deep")
    assert [finding["path"] for finding in json.loads(run.out)["findings"]] == ["contacts/deep/b.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "contacts/nobody.md"], "crmtool: contacts/nobody.md does not exist"),
        (["check", "--today", "23.11.2026"], "--today '23.11.2026' is no date; write it as YYYY-MM-DD"),
        (["check", "--nonsense"], "No such option"),
        (["chekc"], "No such command 'chekc'; did you mean 'check'?"),
        (["check", "--base", "HEAD"], "lies in no Git repository"),
        (["check", "--staged"], "lies in no Git repository"),
        (["why", "nobody"], "no contact 'nobody'"),
        (["why", "jana", "--today", "2026-01-01"], "does not exist on 2026-01-01: its first decision is of 2026-10-20"),
        (["explain", "criteria-mising"], "did you mean 'criteria-missing'?"),
        (["-C", "/nowhere-at-all", "check"], "does not exist"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_status_2(workspace: Path, arguments: list[str], message: str) -> None:
    run = crmtool(*arguments, cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert message in run.err.splitlines()[-1]


def test_no_workspace_is_one_clear_line_and_status_2(tmp_path: Path) -> None:
    run = crmtool("check", cwd=tmp_path)
    assert (run.status, run.out) == (2, "")
    assert run.err == f"crmtool: no criteria.yaml in {tmp_path} or above it; `crmtool init` makes a workspace\n"


@pytest.mark.parametrize("command", [["why", "jana"], ["focus"], ["board"], ["list"], ["rules", "graph"]])
def test_an_unusable_rule_book_is_one_clear_line_and_status_2(workspace: Path, command: list[str]) -> None:
    (workspace / "criteria.yaml").write_text("statuses: [\n", "utf-8")
    run = crmtool(*command, cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("crmtool: criteria.yaml:1:")
    assert run.err.count("\n") == 1


def test_a_broken_schema_is_one_clear_line_and_status_2(workspace: Path) -> None:
    write_files(workspace, {"schemas/contact.schema.json": "{"})
    run = crmtool("check", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("crmtool: schemas/contact.schema.json: not valid JSON")


def test_the_options_stand_before_or_after_the_command(workspace: Path, tmp_path: Path) -> None:
    after = crmtool("why", "jana", "-C", str(workspace), "--today", TODAY, cwd=tmp_path)
    before = crmtool("-C", str(workspace), "--today", TODAY, "why", "jana", cwd=tmp_path)
    by_variable = crmtool("why", "jana", cwd=workspace, env={"CRMTOOL_TODAY": TODAY})
    assert after.status == 0
    assert after.out == before.out == by_variable.out


def test_control_characters_of_a_file_never_reach_the_terminal(workspace: Path) -> None:
    hostile = JANA.replace("name: Jana Köhler", 'name: "\\e]0;x\\aJana \\u202eKöhler"')
    hostile = hostile.replace('"Mail vom', '"\\e[31m\\aMail vom').replace("because: Passt", "because: \\e[2JPasst")
    hostile = hostile.replace('because: "Passt', 'because: "\\e[2JPasst').replace("source:", '"so\\e[1murce":')
    (workspace / CONTACT).write_text(hostile, "utf-8")
    for command in (["check"], ["why", "nordlicht"], ["focus"], ["board"], ["list"]):
        run = crmtool(*command, "--today", TODAY, cwd=workspace)
        assert "\x1b" not in run.out + run.err
        assert "\x07" not in run.out + run.err
        assert "\u202e" not in run.out + run.err


def test_colour_is_asked_for_or_not(workspace: Path) -> None:
    (workspace / CONTACT).write_text("", "utf-8")
    assert "\x1b[" not in crmtool("check", cwd=workspace).out
    assert "\x1b[" in crmtool("check", "--color", "always", cwd=workspace).out
    assert "\x1b[" in crmtool("check", "--color", "always", cwd=workspace, env={"NO_COLOR": "1"}).out


def test_base_tells_what_was_rewritten_and_what_new_rules_change(workspace: Path) -> None:
    import subprocess

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@t.example"]
        subprocess.run(["git", *identity, *arguments], cwd=workspace, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "one")
    (workspace / CONTACT).write_text(JANA.replace("40 T€", "50 T€"), "utf-8")
    (workspace / "criteria.yaml").write_text(RULEBOOK.replace("decide_within: 30d", "decide_within: 10d"), "utf-8")
    run = crmtool("check", "--base", "HEAD", "--today", TODAY, "--format", "json", cwd=workspace)
    result = json.loads(run.out)
    assert run.status == 1
    assert [(f["code"], f["line"]) for f in result["findings"]] == [("answer-rewritten", 18)]
    assert result["impact"] == [
        {
            "contact": "nordlicht/jana-koehler",
            "before": {"verdict": "clarify", "distance": 3},
            "after": {"verdict": "decide", "distance": 3},
        }
    ]
    text = crmtool("check", "--base", "HEAD", "--today", TODAY, cwd=workspace).out
    assert "The changed rule book gives 1 of 1 contacts another verdict or distance:" in text
    assert "nordlicht/jana-koehler: clarify (distance 3) → decide (distance 3)" in text


def test_a_slip_in_the_rule_book_does_not_hide_what_the_rules_find(workspace: Path) -> None:
    (workspace / "criteria.yaml").write_text(f"foo: 1\n{RULEBOOK}", "utf-8")
    (workspace / CONTACT).write_text(JANA.replace("fit: {met: 2026-11-03", "fit: {met: 2026-11-08"), "utf-8")
    run = crmtool("check", "--today", TODAY, "--format", "json", cwd=workspace)
    assert run.status == 1
    assert sorted(_codes(run.out)) == ["criteria-missing", "unknown-key"]
    for command in (["why", "jana"], ["focus"], ["board"], ["list"], ["rules", "graph"]):
        refused = crmtool(*command, "--today", TODAY, cwd=workspace)
        assert (refused.status, refused.out) == (2, "")
        assert refused.err == "crmtool: criteria.yaml:1:1: unknown key 'foo'; `crmtool check` tells all\n"


def test_a_form_of_condition_that_only_a_lax_schema_accepts_is_refused(workspace: Path) -> None:
    write_files(workspace, {"schemas/criteria.schema.json": "{}"})
    rules = RULEBOOK.replace("{score: 9}", "{score: 9, off: [fit]}")
    (workspace / "criteria.yaml").write_text(rules, "utf-8")
    run = crmtool("check", "--today", TODAY, "--format", "json", cwd=workspace)
    assert _codes(run.out) == ["schema"]
    focus = crmtool("focus", "--today", TODAY, cwd=workspace)
    assert focus.status == 2
    assert "'off' does not belong to the condition 'score'" in focus.err
