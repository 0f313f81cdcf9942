"""The merge driver in real repositories: whatever Git merges, picks, rebases or reverts."""

from __future__ import annotations

import re
import stat
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY
from tests.git.conftest import GOOD, RULES, MakeRepo, Repo

JANA = "contacts/jana.md"
FIT = '  fit: {met: 2026-11-10, evidence: "85 people"}\n'
BUDGET = '  budget: {met: 2026-11-12, evidence: "40k"}\n'
BASE = """\
---
name: Jana Köhler
owner: mira
status: new
criteria:
  fit: {met: 2026-11-02, evidence: "80 people"}
decisions:
  - {date: 2026-11-01, to: new, because: "Asked us"}
---

First note.

Last note.
"""
READY = '  - {date: 2026-11-20, to: ready, because: "All is known"}\n'
STOPPED = '  - {date: 2026-11-21, to: stopped, because: "No budget"}\n'
Sub = tuple[str, str]


def with_driver(repo: Repo) -> Repo:
    command = f"'{sys.executable}' -m crmtool merge-driver --marker-size %L %O %A %B %P"
    repo.git("config", "merge.crmtool.driver", command)
    repo.stage(".gitattributes", "contacts/**/*.md merge=crmtool\n")
    repo.stage("criteria.yaml", RULES)
    repo.stage(JANA, BASE)
    repo.commit()
    return repo


@pytest.fixture
def crm(repo: Repo) -> Repo:
    return with_driver(repo)


@pytest.fixture
def hooked(crm: Repo) -> Repo:
    """Give it what people have: the hooks, and the driver as they set it up."""
    assert crm.crmtool("hook", "install").returncode == 0
    return crm


FURTHER_EAST = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()


def changed(*subs: Sub, text: str = BASE) -> str:
    for old, new in subs:
        assert old in text
        text = text.replace(old, new)
    return text


def decided(entry: str, status: str, text: str = BASE) -> str:
    return changed(
        ("status: new", f"status: {status}"), ('because: "Asked us"}\n', f'because: "Asked us"}}\n{entry}'), text=text
    )


def branch(repo: Repo, name: str, text: str | bytes, path: str = JANA) -> str:
    """Commit a version of a contact on a branch of its own, then go back."""
    repo.git("checkout", "--quiet", "-b", name)
    repo.stage(path, text)
    commit = repo.commit()
    repo.git("checkout", "--quiet", "main")
    return commit


def commit(repo: Repo, text: str | bytes, path: str = JANA) -> str:
    repo.stage(path, text)
    return repo.commit()


def read(repo: Repo, path: str = JANA) -> str:
    return (repo.top / path).read_bytes().decode()


def keep(repo: Repo, side: int) -> None:
    block = re.compile(r"^<<<<<<< .*?\n(.*?)^=======\n(.*?)^>>>>>>> .*?\n", re.MULTILINE | re.DOTALL)
    repo.write(JANA, block.sub(lambda match: match[side + 1], read(repo)))


ANSWERED = changed(("decisions:\n", f"{BUDGET}decisions:\n"))
OWNED = changed(
    ("owner: mira", "owner: jonas"),
    ("decisions:\n", '  budget: {not_met: 2026-11-05, evidence: "Not yet"}\ndecisions:\n'),
)
BOTH = changed(
    ("owner: mira", "owner: jonas"),
    (
        "decisions:\n",
        '  budget:\n    - {not_met: 2026-11-05, evidence: "Not yet"}\n'
        '    - {met: 2026-11-12, evidence: "40k"}\ndecisions:\n',
    ),
)


def assert_clean(repo: Repo, text: str, path: str = JANA) -> None:
    assert read(repo, path) == text
    assert repo.git("status", "--porcelain", "--untracked-files=no") == ""
    assert repo.crmtool("check").returncode == 0


def test_answers_of_two_people_are_merged(crm: Repo) -> None:
    branch(crm, "jonas", OWNED)
    commit(crm, ANSWERED)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert_clean(crm, BOTH)


def test_a_rebase_and_a_cherry_pick_merge_alike(crm: Repo) -> None:
    picked = branch(crm, "jonas", OWNED)
    commit(crm, ANSWERED)
    crm.git("checkout", "--quiet", "-b", "picking")
    crm.git("cherry-pick", picked)
    assert_clean(crm, BOTH)
    crm.git("checkout", "--quiet", "jonas")
    crm.git("rebase", "--quiet", "main")
    assert_clean(crm, BOTH)


def test_what_is_reverted_takes_only_itself_back(crm: Repo) -> None:
    commit(crm, ANSWERED)
    answered = crm.head()
    commit(crm, BOTH)
    crm.git("revert", "--no-edit", answered)
    assert_clean(crm, OWNED.replace("budget: {", "budget:\n    - {"))


def test_two_decisions_are_a_conflict_that_check_names(crm: Repo) -> None:
    branch(crm, "jonas", decided(STOPPED, "stopped", changed(("First", "Second"))))
    ours = decided(READY, "ready", changed(("Last", "Newest"), (' evidence: "80 people"', ' evidence: "85 people"')))
    commit(crm, ours)
    merged = crm.attempt("git", "merge", "--no-edit", "jonas")
    assert merged.returncode == 1
    assert "crmtool: contacts/jana.md: conflict in status, decisions: two decisions were taken" in merged.stderr
    assert read(crm) == decided(
        f"<<<<<<< ours\n{READY}=======\n{STOPPED}>>>>>>> theirs\n",
        "X",
        changed(("First", "Second"), ("Last", "Newest"), (' evidence: "80 people"', ' evidence: "85 people"')),
    ).replace("status: X\n", "<<<<<<< ours\nstatus: ready\n=======\nstatus: stopped\n>>>>>>> theirs\n")
    checked = crm.crmtool("check")
    assert checked.returncode == 1
    assert checked.stdout.count("merge-conflict") == 2
    crm.git("add", JANA)
    assert crm.crmtool("check", "--staged").returncode == 1


@pytest.mark.parametrize("side", [0, 1])
def test_a_conflict_is_resolved_by_keeping_one_side(crm: Repo, side: int) -> None:
    branch(crm, "jonas", decided(STOPPED, "stopped"))
    commit(crm, decided(READY, "ready"))
    assert crm.attempt("git", "merge", "jonas").returncode == 1
    keep(crm, side)
    assert read(crm) == (decided(STOPPED, "stopped") if side else decided(READY, "ready"))
    assert crm.crmtool("check").returncode == 0
    crm.git("add", JANA)
    # A decision that either side has is not to be dropped, in a merge as little as elsewhere.
    staged = crm.crmtool("check", "--staged")
    assert staged.returncode == 1
    assert staged.stdout.count("[decision-rewritten]") == 1


BY_JONAS = '  - {date: 2026-11-21, to: ready, because: "They want it"}\n'
CORRECTED = READY.replace('"}', '", corrected: {date: 2026-11-22, because: "Taken twice, Jonas the day after"}}')


@pytest.mark.parametrize(
    ("other", "resolved"),
    [
        (decided(STOPPED, "stopped"), decided(READY + STOPPED, "stopped")),
        (decided(BY_JONAS, "ready"), decided(CORRECTED, "ready")),
    ],
    ids=["both stand", "one is corrected"],
)
def test_a_conflict_is_resolved_so_that_no_decision_is_lost(crm: Repo, other: str, resolved: str) -> None:
    branch(crm, "jonas", other)
    start = crm.head()
    commit(crm, decided(READY, "ready"))
    assert crm.attempt("git", "merge", "jonas").returncode == 1
    crm.stage(JANA, resolved)
    assert crm.crmtool("check", "--staged").returncode == 0
    crm.git("commit", "--quiet", "--no-edit")
    assert crm.crmtool("check", "--range", f"{start}..HEAD").stdout == ""


def test_a_merge_that_drops_a_decision_is_not_made(hooked: Repo) -> None:
    branch(hooked, "jonas", decided(STOPPED, "stopped"))
    commit(hooked, decided(READY, "ready"))
    head = hooked.head()
    assert hooked.attempt("git", "merge", "jonas").returncode == 1
    keep(hooked, 0)
    hooked.git("add", JANA)
    refused = hooked.attempt("git", "commit", "--no-edit")
    assert refused.returncode == 1
    assert "[decision-rewritten]" in refused.stderr
    hooked.git("merge", "--abort")
    refused = hooked.attempt("git", "merge", "--no-edit", "-s", "ours", "jonas")
    assert refused.returncode == 1
    assert "[decision-rewritten]" in refused.stderr
    assert hooked.head() == head
    hooked.git("merge", "--abort")
    assert hooked.attempt("git", "merge", "jonas").returncode == 1
    hooked.stage(JANA, decided(READY + STOPPED, "stopped"))
    hooked.git("commit", "--quiet", "--no-edit")
    assert hooked.git("rev-list", "--count", "--merges", "HEAD").strip() == "1"


def test_a_contact_that_the_other_side_ended_and_deleted_is_gone_without_a_complaint(hooked: Repo) -> None:
    hooked.git("checkout", "--quiet", "-b", "jonas")
    commit(hooked, decided(STOPPED, "stopped"))
    hooked.git("rm", "--quiet", JANA)
    hooked.git("commit", "--quiet", "-m", "due for erasure")
    hooked.git("checkout", "--quiet", "main")
    start = commit(hooked, GOOD, "contacts/ida.md")
    hooked.git("merge", "--quiet", "--no-edit", "jonas")
    assert not (hooked.top / JANA).exists()
    assert hooked.crmtool("check", "--range", f"{start}..HEAD").returncode == 0


def test_a_contact_that_is_deleted_while_merging_is_missed(hooked: Repo) -> None:
    other = GOOD.replace("Jana Köhler", "Ida Lang").replace("Asked us", "Met at the fair")
    branch(hooked, "jonas", other, "contacts/ida.md")
    commit(hooked, changed(("First", "Second")))
    hooked.git("merge", "--quiet", "--no-commit", "jonas")
    hooked.git("rm", "--quiet", "--force", JANA)
    refused = hooked.attempt("git", "commit", "--no-edit")
    assert refused.returncode == 1
    assert refused.stderr.count("[contact-deleted]") == 2


def test_a_merge_that_drops_an_answer_is_not_made_where_the_file_was_renamed_and_corrected(hooked: Repo) -> None:
    branch(hooked, "jonas", ANSWERED)
    hooked.git("mv", JANA, "contacts/koehler.md")
    hooked.commit()
    by_us = 'because: "We asked", corrected: {date: 2026-11-05, because: "The other way round"}'
    evidence = 'met: 2026-11-02, evidence: "85 people", corrected: {date: 2026-11-05, because: "Counted"}'
    ours = changed(('because: "Asked us"', by_us), ('met: 2026-11-02, evidence: "80 people"', evidence))
    commit(hooked, ours, "contacts/koehler.md")
    assert "CONFLICT (modify/delete)" in hooked.attempt("git", "merge", "jonas").stdout
    hooked.git("rm", "--quiet", "--force", JANA)
    refused = hooked.attempt("git", "commit", "--no-edit")
    assert refused.returncode == 1
    assert "[answer-rewritten]" in refused.stderr


PUT_OFF = changed(
    (BUDGET, f'  budget:\n    -{BUDGET[9:]}    - {{not_met: 2026-11-20, evidence: "Put off"}}\n'), text=ANSWERED
)


def money(text: str) -> str:
    """Give the criterion another id wherever that stands, not in what people read."""
    return re.sub(r"budget(?=[:\]])", "money", text)


def reword(repo: Repo, *subs: Sub) -> None:
    repo.stage("criteria.yaml", changed(*subs, text=read(repo, "criteria.yaml")))
    repo.commit()


@pytest.fixture
def redefined(hooked: Repo) -> Repo:
    """The branch `jonas` is checked out; main has another id for a criterion, and then another label."""
    commit(hooked, ANSWERED)
    hooked.git("branch", "jonas")
    hooked.stage("criteria.yaml", money(RULES))
    commit(hooked, money(ANSWERED))
    reword(hooked, ("label: Budget", "label: Money"))
    hooked.git("checkout", "--quiet", "jonas")
    return hooked


def answered_meanwhile(repo: Repo, resolved: str) -> str:
    """Merge main into a branch that has one more answer; gives what the hook says of how that was resolved."""
    commit(repo, PUT_OFF)
    assert repo.attempt("git", "merge", "main").returncode == 1
    repo.stage(JANA, resolved)
    return repo.attempt("git", "commit", "--no-edit").stderr


def test_answers_to_a_criterion_that_was_renamed_and_reworded_are_merged_by_hand(redefined: Repo) -> None:
    assert "error" not in answered_meanwhile(redefined, money(PUT_OFF))
    assert redefined.git("rev-list", "--count", "--merges", "HEAD").strip() == "1"
    assert redefined.crmtool("check", "--range", "main..HEAD").returncode == 0


def test_an_answer_that_is_dropped_there_is_told_by_the_id_that_it_has_now(redefined: Repo) -> None:
    told = answered_meanwhile(redefined, money(ANSWERED))
    assert "error: the answer to money 'not_met 2026-11-20' was removed" in told
    assert told.count("[answer-rewritten]") == 1
    assert f"{JANA}:7:3: error" in told


def test_ids_are_followed_from_commit_to_commit(redefined: Repo) -> None:
    redefined.git("checkout", "--quiet", "main")
    again = changed(("money", "cash"), ("fit", "profile"), ("ready", "ripe"), text=read(redefined, "criteria.yaml"))
    redefined.stage("criteria.yaml", again)
    commit(redefined, changed(("money", "cash"), ("fit", "profile"), text=money(ANSWERED)))
    reword(
        redefined, ("label: Money", "label: Cash"), ("label: Fits", "label: Profile"), ("label: Ready", "label: Ripe")
    )
    redefined.git("checkout", "--quiet", "jonas")
    text = decided(READY, "ready", PUT_OFF)
    commit(redefined, text)
    assert redefined.attempt("git", "merge", "main").returncode == 1
    redefined.stage(JANA, changed(("money", "cash"), ("fit", "profile"), ("ready", "ripe"), text=money(text)))
    redefined.git("commit", "--quiet", "--no-edit")
    assert redefined.crmtool("check", "--range", "main..HEAD").returncode == 0


def test_a_file_may_be_renamed_while_a_criterion_gets_another_id_and_another_label(redefined: Repo) -> None:
    redefined.git("mv", JANA, "contacts/koehler.md")
    redefined.commit()
    redefined.git("merge", "--quiet", "--no-edit", "main")
    assert read(redefined, "contacts/koehler.md") == money(ANSWERED)
    assert redefined.crmtool("check", "--range", "main..HEAD").returncode == 0


def test_what_was_rewritten_on_the_other_side_is_its_own_where_the_file_was_renamed(hooked: Repo) -> None:
    branch(hooked, "jonas", changed(("80 people", "90 people")))
    hooked.git("mv", JANA, "contacts/koehler.md")
    hooked.commit()
    hooked.git("merge", "--quiet", "--no-edit", "jonas")
    assert "90 people" in read(hooked, "contacts/koehler.md")
    assert hooked.crmtool("check", "--range", "jonas..HEAD").returncode == 0


def test_two_answers_of_one_day_are_kept_as_the_docs_show(hooked: Repo) -> None:
    page = (ROOT / "docs/reference/merging.md").read_text("utf-8")
    [block] = re.findall(r"^```text\n(<<<<<<< ours\n  budget: .*?)^```", page, re.MULTILINE | re.DOTALL)
    [resolved] = re.findall(r"^```yaml\n(  budget:.*?)^```", page, re.MULTILINE | re.DOTALL)
    ours, theirs = re.findall("^  budget: .*\n", block, re.MULTILINE)
    branch(hooked, "jonas", changed(("decisions:\n", f"{theirs}decisions:\n")))
    commit(hooked, changed(("decisions:\n", f"{ours}decisions:\n")))
    merged = hooked.attempt("git", "merge", "jonas")
    assert "conflict in criteria.budget: added to on both sides on 2026-11-12" in merged.stderr
    assert block in read(hooked)
    hooked.stage(JANA, read(hooked).replace(block, ours))
    assert "[answer-rewritten]" in hooked.crmtool("check", "--staged").stdout
    hooked.stage(JANA, read(hooked).replace(ours, ours + theirs))
    assert hooked.crmtool("check", "--staged").returncode == 1, "the key stands there twice"
    hooked.stage(JANA, read(hooked).replace(ours + theirs, resolved))
    hooked.git("commit", "--quiet", "--no-edit")
    assert_clean(hooked, changed(("decisions:\n", f"{resolved}decisions:\n")))


def test_a_rebase_brings_back_a_conflict_that_a_merge_had_settled(hooked: Repo) -> None:
    branch(hooked, "jonas", decided(STOPPED, "stopped"))
    commit(hooked, decided(READY, "ready"))
    hooked.git("checkout", "--quiet", "jonas")
    assert hooked.attempt("git", "merge", "main").returncode == 1
    hooked.stage(JANA, decided(READY + STOPPED, "stopped"))
    hooked.git("commit", "--quiet", "--no-edit")
    rebased = hooked.attempt("git", "rebase", "-i", "main", GIT_SEQUENCE_EDITOR="true")
    assert rebased.returncode == 1
    assert "two decisions were taken" in rebased.stderr


def test_a_revert_of_an_answer_is_made_but_found_in_the_range(hooked: Repo) -> None:
    commit(hooked, ANSWERED)
    start = hooked.head()
    hooked.git("revert", "--no-edit", "HEAD")
    assert read(hooked) == BASE
    found = hooked.crmtool("check", "--range", f"{start}..HEAD")
    assert found.returncode == 1
    assert "[answer-rewritten]" in found.stdout


def test_an_octopus_is_not_merged_by_the_driver_but_asked_of_the_hook(hooked: Repo) -> None:
    branch(hooked, "jonas", decided(READY, "ready"))
    misread = (
        ("{met: 2026-11-02", "{not_met: 2026-11-02"),
        ('people"}', 'people", corrected: {date: 2026-11-19, because: "Misread"}}'),
    )
    branch(hooked, "ada", changed(*misread))
    commit(hooked, changed(("Last", "Newest")))
    head = hooked.head()
    refused = hooked.attempt("git", "merge", "--no-edit", "jonas", "ada")
    assert refused.returncode == 1
    assert "new → ready (mature) on 2026-11-20 lacks: fit (answered no)" in refused.stderr
    assert "put together" not in refused.stderr
    assert hooked.head() == head
    assert read(hooked) == decided(READY, "ready", changed(*misread, ("Last", "Newest")))


def test_the_same_decision_on_both_sides_is_one(crm: Repo) -> None:
    picked = branch(crm, "jonas", decided(READY, "ready"))
    commit(crm, changed(("owner: mira", "owner: jonas")))
    crm.git("cherry-pick", picked)
    crm.git("checkout", "--quiet", "jonas")
    commit(crm, decided(READY, "ready", ANSWERED))
    crm.git("merge", "--quiet", "--no-edit", "main")
    assert_clean(crm, decided(READY, "ready", changed(("owner: mira", "owner: jonas"), text=ANSWERED)))


def test_a_merge_that_breaks_the_rules_is_a_conflict(crm: Repo) -> None:
    branch(crm, "jonas", decided(READY, "ready"))
    commit(
        crm,
        changed(
            ("{met: 2026-11-02", "{not_met: 2026-11-02"),
            ('people"}', 'people", corrected: {date: 2026-11-19, because: "Misread"}}'),
        ),
    )
    merged = crm.attempt("git", "merge", "jonas")
    assert merged.returncode == 1
    assert "put together, the two sides have errors: " in merged.stderr
    assert "new → ready (mature) on 2026-11-20 lacks: fit (answered no)" in merged.stderr
    assert "merge-conflict" in crm.crmtool("check").stdout
    keep(crm, 1)
    assert read(crm) == decided(READY, "ready")


def test_answers_to_a_new_criterion_merge_where_its_rule_book_is_checked_out(crm: Repo) -> None:
    crm.git("checkout", "--quiet", "-b", "jonas")
    crm.stage(
        "criteria.yaml", RULES.replace("  budget: {", '  pain: {label: Pain, question: "Does it hurt?"}\n  budget: {')
    )
    commit(crm, changed(("decisions:\n", "  pain: {met: 2026-11-12}\ndecisions:\n")))
    crm.git("checkout", "--quiet", "main")
    commit(crm, changed(("owner: mira", "owner: jonas")))
    merged = crm.attempt("git", "merge", "jonas")
    assert merged.returncode == 1
    assert "the rule book has no criterion 'pain'" in merged.stderr
    crm.git("merge", "--abort")
    crm.git("checkout", "--quiet", "jonas")
    crm.git("merge", "--quiet", "--no-edit", "main")
    assert_clean(
        crm, changed(("owner: mira", "owner: jonas"), ("decisions:\n", "  pain: {met: 2026-11-12}\ndecisions:\n"))
    )


def test_branches_that_were_merged_into_each_other(crm: Repo) -> None:
    """Git then merges what both come from first, and hands over what is in conflict there as their base."""
    one = decided(READY, "ready")
    branch(crm, "jonas", decided(STOPPED, "stopped"))
    commit(crm, one)
    crm.git("checkout", "--quiet", "-b", "mine")
    for name, other in (("mine", "jonas"), ("jonas", "main")):
        crm.git("checkout", "--quiet", name)
        assert crm.attempt("git", "merge", other).returncode == 1
        crm.write(
            JANA,
            changed(("owner: mira", f"owner: {name}"), text=one)
            if name == "jonas"
            else changed(("First", "Second"), text=one),
        )
        crm.git("add", JANA)
        crm.git("commit", "--quiet", "--no-edit")
    assert len(crm.git("merge-base", "--all", "mine", "jonas").split()) == 2
    crm.git("merge", "--quiet", "--no-edit", "mine")
    assert_clean(crm, changed(("owner: mira", "owner: jonas"), ("First", "Second"), text=one))


def test_a_contact_renamed_on_one_side_and_changed_on_both(crm: Repo) -> None:
    crm.git("checkout", "--quiet", "-b", "jonas")
    crm.git("mv", JANA, "contacts/koehler.md")
    crm.stage("contacts/koehler.md", OWNED)
    crm.commit()
    crm.git("checkout", "--quiet", "main")
    commit(crm, ANSWERED)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert_clean(crm, BOTH, "contacts/koehler.md")


def test_a_contact_that_both_have_added(crm: Repo) -> None:
    new = "contacts/new.md"
    branch(crm, "jonas", GOOD.replace("status:", "owner: jonas\nstatus:"), new)
    commit(crm, GOOD.replace("status:", "role: CEO\nstatus:"), new)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert_clean(crm, GOOD.replace("status:", "role: CEO\nowner: jonas\nstatus:"), new)


def test_line_ends_and_a_byte_order_mark_are_kept(crm: Repo) -> None:
    def windows(text: str) -> bytes:
        return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    crm.git("config", "core.autocrlf", "false")
    commit(crm, windows(BASE))
    branch(crm, "jonas", windows(OWNED))
    commit(crm, windows(changed(("Last", "Newest"), text=ANSWERED)))
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert (crm.top / JANA).read_bytes() == windows(changed(("Last", "Newest"), text=BOTH))


def test_new_line_ends_on_one_side_are_no_conflict(crm: Repo) -> None:
    branch(crm, "jonas", BASE.replace("\n", "\r\n"))
    commit(crm, changed(("Last", "Newest"), text=ANSWERED))
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert (crm.top / JANA).read_bytes() == changed(("Last", "Newest"), text=ANSWERED).replace("\n", "\r\n").encode()


def test_notes_in_the_same_place_are_a_conflict(crm: Repo) -> None:
    branch(crm, "jonas", changed(("Last", "Their")))
    commit(crm, changed(("Last", "Our"), text=ANSWERED))
    merged = crm.attempt("git", "merge", "jonas")
    assert merged.returncode == 1
    told = "conflict: the notes were changed in the same place on both sides; look for <<<<<<< in the notes"
    assert f"crmtool: contacts/jana.md: {told}\n" in merged.stderr
    assert read(crm) == ANSWERED.replace(
        "Last note.\n", "<<<<<<< ours\nOur note.\n=======\nTheir note.\n>>>>>>> theirs\n"
    )


def test_a_linked_work_tree_has_its_own_rule_book(crm: Repo, tmp_path: Path) -> None:
    branch(crm, "jonas", OWNED)
    commit(crm, ANSWERED)
    crm.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "linked")
    linked = Repo(tmp_path / "linked")
    linked.git("merge", "--quiet", "--no-edit", "jonas")
    assert_clean(linked, BOTH)


def test_a_repository_of_sha_256(make_repo: MakeRepo) -> None:
    crm = with_driver(make_repo("sha256", "--object-format=sha256"))
    branch(crm, "jonas", OWNED)
    commit(crm, ANSWERED)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert_clean(crm, BOTH)


def test_of_several_workspaces_each_has_its_own_rules(crm: Repo) -> None:
    crm.stage("sales/criteria.yaml", RULES.replace("  budget: {", "  money: {").replace("[budget]", "[money]"))
    money = "sales/contacts/a.md"
    commit(crm, BASE, money)
    crm.stage(".gitattributes", "**/contacts/**/*.md merge=crmtool\n")
    crm.commit()
    branch(crm, "jonas", changed(("owner: mira", "owner: jonas")), money)
    commit(crm, ANSWERED.replace("budget:", "money:"), money)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert "owner: jonas" in read(crm, money)
    crm.git("checkout", "--quiet", "-b", "wrong", "HEAD~2")
    commit(crm, ANSWERED, money)
    assert "the rule book has no criterion 'budget'" in crm.attempt("git", "merge", "jonas").stderr


def test_the_mode_of_the_file_is_kept_and_so_is_what_is_no_contact(crm: Repo) -> None:
    files = {name: crm.write(name, text) for name, text in (("b", "1\n2\n3\n"), ("o", "0\n2\n3\n"), ("t", "1\n2\n4\n"))}
    files["o"].chmod(0o640)
    assert crm.crmtool("merge-driver", "b", "o", "t", "contacts/README.md").returncode == 0
    assert files["o"].read_text() == "0\n2\n4\n"
    assert stat.S_IMODE(files["o"].stat().st_mode) == 0o640


def test_what_is_no_text_is_left_as_it_is(crm: Repo) -> None:
    branch(crm, "jonas", b"\0" + OWNED.encode())
    commit(crm, ANSWERED)
    assert crm.crmtool("hook", "install", "--merge-only").returncode == 0
    merged = crm.attempt("git", "merge", "jonas")
    assert merged.returncode == 1
    assert [line for line in merged.stderr.splitlines() if "crmtool" in line] == [
        "crmtool: contacts/jana.md: conflict: it is no text; ours was left as it is"
    ]
    assert read(crm) == ANSWERED
    assert crm.git("ls-files", "--unmerged", "--", JANA)


def test_sides_with_the_same_error_in_other_fences_are_a_conflict_that_check_names(hooked: Repo) -> None:
    wrong = changed(("status: new", "status: ready"))
    branch(hooked, "jonas", wrong.replace("---", "--- "))
    commit(hooked, "\ufeff" + wrong)
    merged = hooked.attempt("git", "merge", "jonas")
    assert merged.returncode == 1
    assert [line.partition(":")[2] for line in merged.stderr.splitlines() if "crmtool" in line] == [
        " contacts/jana.md: conflict: put together, the two sides have errors: "
        "the status is 'ready', but the last decision led to 'new'"
    ]
    assert "[merge-conflict]" in hooked.crmtool("check").stdout


def test_without_git_nothing_is_written(crm: Repo) -> None:
    for name, text in (("b", BASE), ("o", "1\n"), ("t", "2\n")):
        crm.write(name, text)
    done = crm.crmtool("merge-driver", "b", "o", "t", JANA, PATH="")
    assert (done.returncode, done.stderr) == (
        2,
        "crmtool: the git program is needed for this and was not found on PATH\n",
    )
    assert read(crm, "o") == "1\n"


def test_versions_that_cannot_be_read_are_wrong_usage(crm: Repo) -> None:
    done = crm.crmtool("merge-driver", "b", "o", "t", JANA)
    assert (done.returncode, done.stderr) == (2, "crmtool: o cannot be read: No such file or directory\n")


def test_without_a_base_and_with_names_and_long_marks(crm: Repo) -> None:
    crm.write("o", decided(READY, "ready"))
    crm.write("t", decided(STOPPED, "stopped"))
    options = ("--conflict-status", "113", "--marker-size", "9", "--ours-label", "HEAD", "--theirs-label", "jonas")
    assert crm.crmtool("merge-driver", *options, "absent", "o", "t", JANA).returncode == 113
    assert "<<<<<<<<< HEAD\nstatus: ready\n=========\nstatus: stopped\n>>>>>>>>> jonas\n" in read(crm, "o")


def test_an_entry_from_where_it_is_tomorrow_already_is_no_conflict(crm: Repo) -> None:
    later = f'  budget: {{met: {FURTHER_EAST}, evidence: "40k"}}\n'
    branch(crm, "jonas", changed(("owner: mira", "owner: jonas")))
    crm.stage(JANA, changed(("decisions:\n", f"{later}decisions:\n")))
    crm.commit()
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert read(crm) == changed(("owner: mira", "owner: jonas"), ("decisions:\n", f"{later}decisions:\n"))
    assert "[date-in-future]" in crm.crmtool("check").stdout, "until that day begins here, too"


def test_without_a_rule_book_what_can_be_told_is_told(repo: Repo) -> None:
    repo.write("b", BASE)
    repo.write("o", decided(READY, "ready"))
    repo.write("t", changed(("2026-11-01, to: new", "2026-11-22, to: new")))
    done = repo.crmtool("merge-driver", "b", "o", "t", f"x/{JANA}")
    assert done.returncode == 1
    assert "the status is 'ready', but the last decision led to 'new'" in done.stderr


def test_without_a_rule_book_dates_have_an_order(repo: Repo) -> None:
    late = "  budget:\n    - {met: 2026-11-12}\n    - {met: 2026-11-09}\ndecisions:\n"
    repo.write("b", BASE)
    repo.write("o", changed(("owner: mira", "owner: jonas")))
    repo.write("t", changed(("decisions:\n", late)))
    done = repo.crmtool("merge-driver", "b", "o", "t", JANA)
    assert done.returncode == 1
    assert "the answer to 'budget' of 2026-11-09 follows one of 2026-11-12" in done.stderr


def test_a_schema_that_cannot_be_read_does_not_stop_a_merge(crm: Repo) -> None:
    crm.write("schemas/contact.schema.json", "{")
    branch(crm, "jonas", OWNED)
    commit(crm, ANSWERED)
    crm.git("merge", "--quiet", "--no-edit", "jonas")
    assert read(crm) == BOTH


def test_the_conflict_in_the_docs_is_what_comes_out(crm: Repo) -> None:
    page = (ROOT / "docs/reference/merging.md").read_text("utf-8")
    branch(crm, "jonas", decided(STOPPED, "stopped"))
    commit(crm, decided(READY, "ready"))
    merged = crm.attempt("git", "merge", "jonas")
    (told,) = (line for line in merged.stderr.splitlines() if line.startswith("crmtool: "))
    assert told in page
    start, end = read(crm).index("<<<<<<<"), read(crm).rindex(">>>>>>> theirs\n")
    assert read(crm)[start:end] in page
