"""crmtool diff over real repositories: what is compared with what, and what is told of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.test_output_schema import validate
from tests.git.conftest import GOOD, MOVED, RULES, MakeRepo, Repo

JANA = "contacts/jana.md"
FIT = GOOD.replace("decisions:", 'criteria:\n  fit: {met: 2026-11-08, evidence: "85 people"}\ndecisions:')
STOPPED = GOOD.replace("status: new", "status: stopped").replace(
    'us"}', 'us"}\n  - {date: 2026-11-20, to: stopped, because: "No need"}'
)
STRICTER = RULES.replace("decide_within: 14d", "decide_within: 60d")


@pytest.fixture
def crm(repo: Repo) -> Repo:
    """A repository with one commit: a rule book and a contact."""
    repo.workspace()
    repo.commit()
    return repo


def diff(repo: Repo, *arguments: str) -> dict[str, Any]:
    done = repo.crmtool("diff", *arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    validate("diff", done.stdout)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def told(repo: Repo, *arguments: str) -> list[tuple[str, list[str], list[str], str]]:
    """Give contact, what was decided for and clarified, and the direction."""
    return [
        (
            each["contact"],
            [decision["to"] for decision in each["decided"]],
            [answer["criterion"] for answer in each["clarified"]],
            each["direction"],
        )
        for each in diff(repo, *arguments)["contacts"]
    ]


def test_a_range(crm: Repo) -> None:
    base = crm.head()
    crm.stage(JANA, FIT)
    crm.commit()
    crm.stage(JANA, MOVED)
    end = crm.commit()
    found = diff(crm, "HEAD~2..HEAD")
    assert (found["base"], found["end"]) == (base, end)
    assert told(crm, "HEAD~2..HEAD") == [("jana", ["ready"], ["fit"], "closer")]
    assert told(crm, "HEAD~1..") == [("jana", ["ready"], [], "closer")]
    backwards = crm.crmtool("diff", "HEAD..HEAD~1")
    assert "nothing was decided or clarified" in backwards.stdout
    assert backwards.stderr == "HEAD..HEAD~1: the second one has no commit that the first one lacks\n"
    assert told(crm, "HEAD") == told(crm) == []


def test_the_text_at_a_narrow_terminal(crm: Repo) -> None:
    crm.stage(JANA, MOVED)
    crm.commit()
    done = crm.crmtool("diff", "HEAD~1..HEAD", COLUMNS="80")
    first, *rest = done.stdout.splitlines()
    assert first.endswith("as of 2026-11-23: 1 decision (1 forward), 1 criterion")
    assert rest == [
        "clarified; 1 contact closer; 1 verdict changed",
        "→ forward  Jana Köhler  jana",
        "  decided     2026-11-09 forward: New → Ready: Looks fine",
        "  clarified   Fits: yes on 2026-11-08 – 85 people",
        "  verdict     ◆ Decide (overdue) → ▲ Plan",
        "  clarity     0% → 50%",
    ]
    assert "\x1b[" in crm.crmtool("diff", "HEAD~1..HEAD", "--color", "always").stdout


def test_what_is_compared_is_named(crm: Repo) -> None:
    crm.git("branch", "a|@team")
    id, short = crm.head(), crm.head()[:10]
    for wanted, named in (
        ([], "HEAD → the work tree"),
        (["main"], "main → the work tree"),
        ([id], f"{short} → the work tree"),
        (["..main"], f"{short} → {short}"),
    ):
        assert crm.crmtool("diff", *wanted).stdout.startswith(f"{named}, as of 2026-11-23: nothing was")
        assert f"\n{named}, as of" in crm.crmtool("diff", *wanted, "--format", "markdown").stdout
    assert "a&#124;@&#8203;team → the" in crm.crmtool("diff", "a|@team", "--format", "markdown").stdout


def test_only_what_the_branch_has_on_top_of_main(crm: Repo) -> None:
    base = crm.head()
    crm.git("switch", "--quiet", "-c", "branch")
    crm.stage(JANA, FIT)
    crm.commit()
    crm.git("switch", "--quiet", "main")
    crm.stage("contacts/uwe.md", STOPPED.replace("Jana Köhler", "Uwe"))
    crm.commit()
    assert told(crm, "main..branch") == told(crm, "main...branch") == [("jana", [], ["fit"], "closer")]
    assert diff(crm, "main..branch")["base"] == base
    assert told(crm, "branch..main") == [("uwe", ["new", "stopped"], [], "ended")]


def test_two_histories_that_share_nothing(crm: Repo) -> None:
    crm.git("switch", "--quiet", "--orphan", "other")
    crm.stage("criteria.yaml", RULES)
    crm.stage(JANA, FIT)
    crm.commit()
    assert told(crm, "main..other") == [("jana", [], ["fit"], "closer")]


def test_a_new_branch_whose_past_a_host_tells_by_zeros(crm: Repo) -> None:
    found = diff(crm, f"{'0' * 40}..HEAD")
    assert (found["base"], found["totals"]["entries"], found["rulebook"]["before"]) == (None, 1, "absent")


def test_the_work_tree_staged_and_not(crm: Repo) -> None:
    crm.stage(JANA, FIT)
    crm.write(JANA, MOVED)
    crm.write("contacts/new folder/uwe.md", GOOD.replace("Jana Köhler", "Uwe"))
    found = diff(crm)
    assert (found["base"], found["end"]) == (crm.head(), None)
    assert (
        told(crm)
        == told(crm, "HEAD")
        == [
            ("jana", ["ready"], ["fit"], "closer"),
            ("new folder/uwe", ["new"], [], "unchanged"),
        ]
    )


def test_before_the_first_commit(repo: Repo) -> None:
    repo.workspace()
    found = diff(repo)
    assert (found["base"], found["end"]) == (None, None)
    assert told(repo) == [("jana", ["new"], [], "unchanged")]
    done = repo.crmtool("diff")
    assert done.stdout.startswith("nothing → the work tree, as of 2026-11-23: nothing was decided or clarified, 1 con")


def test_what_the_other_side_has_done_meanwhile_is_told_not_to_be_ours(crm: Repo) -> None:
    crm.git("switch", "-qc", "behind")
    crm.git("switch", "-q", "main")
    crm.stage(JANA, MOVED)
    crm.commit()
    crm.git("switch", "-q", "behind")
    crm.stage("README.md", "Hello")
    crm.commit()
    done = crm.crmtool("diff", "main")
    assert done.stderr == "main has commits that are not checked out; `crmtool diff main..` leaves out what they did\n"
    assert crm.crmtool("diff", "main~1").stderr == ""
    assert told(crm, "main..") == []


def test_two_versions_are_one_range(crm: Repo) -> None:
    for arguments in (("main", "HEAD"), ("main..", "HEAD"), ("main", "..HEAD")):
        done = crm.crmtool("diff", *arguments)
        assert done.returncode == 2
        assert "two versions are written as one range: main..HEAD" in done.stderr


def test_one_contact_by_a_part_of_its_name_in_the_other_version(crm: Repo) -> None:
    crm.git("switch", "-qc", "side")
    crm.stage("contacts/acme/zora.md", GOOD.replace("Jana", "Zora"))
    crm.commit()
    crm.git("switch", "-q", "main")
    assert [each["contact"] for each in diff(crm, "main..side", "--contact", "zora")["contacts"]] == ["acme/zora"]


def test_a_file_that_was_broken_and_renamed_is_told_of_one_contact(crm: Repo) -> None:
    crm.stage(JANA, GOOD.replace("name: Jana Köhler", "name: Jana Köhler\nname: Jana"))
    crm.commit()
    crm.git("mv", JANA, "contacts/jo.md")
    crm.stage("contacts/jo.md", GOOD)
    crm.commit()
    assert diff(crm, "HEAD~1..HEAD", "--contact", "jo")["unjudged"] == diff(crm, "HEAD~1..HEAD")["unjudged"] != []


def test_before_there_was_a_workspace(repo: Repo) -> None:
    repo.stage(JANA, GOOD)
    repo.commit()
    repo.workspace()
    repo.commit()
    assert told(repo, "HEAD~1..HEAD") == [("jana", ["new"], [], "unchanged")]


def test_notes_line_ends_and_comments_count_for_nothing(crm: Repo) -> None:
    crm.write(JANA, (GOOD.replace("name:", "# who\nname:") + "\nCalled him.\n").replace("\n", "\r\n"))
    crm.write("criteria.yaml", "# the rules\n" + RULES)
    for form, shown in (("text", "nothing was decided or clarified\n"), ("markdown", "as of 2026-11-23\n")):
        done = crm.crmtool("diff", "--format", form)
        assert (done.returncode, done.stdout.endswith(shown)) == (0, True), done.stdout


def test_a_renamed_contact_is_the_same(crm: Repo) -> None:
    (crm.top / "contacts/folder").mkdir()
    crm.git("mv", JANA, "contacts/folder/jana.md")
    crm.stage("contacts/folder/jana.md", FIT)
    crm.commit()
    (found,) = diff(crm, "HEAD~1..HEAD")["contacts"]
    assert (found["contact"], found["renamed_from"], found["decided"]) == ("folder/jana", "jana", [])
    assert [answer["criterion"] for answer in found["clarified"]] == ["fit"]


def test_a_contact_that_was_deleted(crm: Repo) -> None:
    crm.git("rm", "--quiet", JANA)
    crm.commit()
    (found,) = diff(crm, "HEAD~1..HEAD")["contacts"]
    assert (found["file"], found["after"], found["before"]["status"]) == ("deleted", None, "new")
    assert "while a decision on it was still to come" in crm.crmtool("diff", "HEAD~1..HEAD").stdout


def test_a_rewritten_answer_is_no_news(crm: Repo) -> None:
    crm.stage(JANA, FIT)
    crm.commit()
    crm.write(JANA, FIT.replace("85 people", "90 people"))
    assert told(crm) == [("jana", [], [], "unchanged")]
    done = crm.crmtool("diff")
    assert "nothing was decided or clarified, 1 past entry rewritten or removed" in done.stdout
    assert "rewritten   Fits: yes on 2026-11-08 – 85 people; now yes on 2026-11-08 – 90 people" in done.stdout


def test_a_changed_rule_book_judges_all_contacts_anew(crm: Repo) -> None:
    crm.stage("contacts/uwe.md", GOOD.replace("Jana Köhler", "Uwe"))
    crm.commit()
    crm.write("criteria.yaml", STRICTER)
    found = diff(crm)
    assert found["contacts"] == []
    assert found["rulebook"]["definitions"] == [
        {"section": "statuses", "id": "new", "change": "changed", "keys": ["decide_within"]}
    ]
    assert [(each["contact"], each["after"]["verdict"]) for each in found["rulebook"]["impact"]] == [
        ("jana", "plan"),
        ("uwe", "plan"),
    ]
    assert "the changed rule book judges 2 of 2 contacts differently" in crm.crmtool("diff").stdout


@pytest.mark.parametrize(("before", "after", "version"), [(GOOD, "---\nname: [\n", "end"), ("---\nx\n", FIT, "base")])
def test_a_broken_file_on_either_side_is_named(crm: Repo, before: str, after: str, version: str) -> None:
    crm.stage(JANA, before)
    crm.commit("--allow-empty")
    crm.stage(JANA, after)
    crm.commit()
    found = diff(crm, "HEAD~1..HEAD")
    assert found["unjudged"] == [{"path": JANA, "version": version, "because": "errors"}]
    assert found["contacts"] == []
    assert f"{JANA} has errors" in crm.crmtool("diff", "HEAD~1..HEAD").stdout


def test_a_broken_rule_book_judges_by_the_one_before(crm: Repo) -> None:
    crm.write("criteria.yaml", "statuses: x\n")
    crm.write(JANA, FIT)
    found = diff(crm)
    assert found["rulebook"]["after"] == "broken"
    assert told(crm) == [("jana", [], ["fit"], "closer")]
    assert "the rule book has errors and cannot be used" in crm.crmtool("diff").stdout


def test_one_contact_alone(crm: Repo) -> None:
    crm.stage("contacts/uwe.md", GOOD.replace("Jana Köhler", "Uwe"))
    crm.commit()
    crm.write(JANA, FIT)
    (crm.top / "contacts/uwe.md").unlink()
    assert told(crm, "--contact", "köhler") == [("jana", [], ["fit"], "closer")]
    assert told(crm, "HEAD", "--contact", "uwe") == [("uwe", [], [], "unchanged")]
    done = crm.crmtool("diff", "--contact", "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no contact 'nobody'" in done.stderr


def test_a_workspace_further_down(repo: Repo) -> None:
    repo.workspace().workspace("sales/")
    repo.commit()
    repo.write(f"sales/{JANA}", FIT)
    assert told(repo) == []
    assert told(repo, "-C", "sales") == [("jana", [], ["fit"], "closer")]


def test_links_are_followed_in_both_versions(crm: Repo) -> None:
    (crm.top / "contacts/link.md").symlink_to("../real.md")
    crm.write("real.md", GOOD)
    crm.git("add", "-A")
    crm.commit()
    crm.write("real.md", FIT)
    assert told(crm) == [("link", [], ["fit"], "closer")]


def test_sha_256(make_repo: MakeRepo) -> None:
    repo = make_repo("long", "--object-format=sha256").workspace()
    repo.stage("contacts/uwe.md", STOPPED.replace("Jana Köhler", "Uwe"))
    repo.commit()
    assert len(diff(repo)["base"]) == 64
    assert told(repo) == []
    repo.write(JANA, FIT)
    assert told(repo) == [("jana", [], ["fit"], "closer")]
    repo.git("commit", "-qam", "x")
    assert told(repo, "HEAD~1..HEAD") == [("jana", [], ["fit"], "closer")]


@pytest.mark.parametrize("wanted", ["gone", "gone..HEAD", "HEAD..gone", "..", "--", "HEAD..HEAD..HEAD"])
def test_what_git_does_not_know_is_wrong_usage(crm: Repo, wanted: str) -> None:
    done = crm.crmtool("diff", "--", wanted)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "commit" in done.stderr


def test_outside_of_a_repository(crm: Repo) -> None:
    (crm.top / ".git").rename(crm.top / "nogit")
    done = crm.crmtool("diff", GIT_CEILING_DIRECTORIES=str(crm.top.parent))
    assert (done.returncode, done.stdout) == (2, "")
    assert "git init" in done.stderr


def test_a_shallow_clone_says_what_to_type(crm: Repo, make_repo: MakeRepo) -> None:
    crm.stage(JANA, FIT)
    crm.commit()
    crm.git("branch", "side", "HEAD~1")
    clone = make_repo("clone")
    clone.git("fetch", "--quiet", "--depth=1", f"file://{crm.top}", "main", "side:side")
    clone.git("checkout", "--quiet", "FETCH_HEAD")
    done = clone.crmtool("diff", "side..HEAD")
    assert (done.returncode, "git fetch --unshallow" in done.stderr) == (2, True)
