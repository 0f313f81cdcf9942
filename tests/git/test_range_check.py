"""What `check --range` finds in real repositories, whatever was done to their history."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.git.conftest import GOOD, MOVED, RULES, Repo

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo

JANA = "contacts/jana.md"
ANSWERED = GOOD.replace("decisions:", 'criteria:\n  fit: {met: 2026-11-08, evidence: "85 people"}\ndecisions:')
BUDGETED = GOOD.replace("decisions:", 'criteria:\n  budget: {met: 2026-11-09, evidence: "40,000"}\ndecisions:')
BOTH = ANSWERED.replace("decisions:", '  budget: {met: 2026-11-09, evidence: "40,000"}\ndecisions:')
REWRITTEN = ANSWERED.replace("85 people", "12 people")
STOPPED = GOOD.replace("status: new", "status: stopped").replace(
    "\n---\n\nNotes", '\n  - {date: 2026-11-10, to: stopped, because: "No need"}\n---\n\nNotes'
)
BROKEN = GOOD.replace("status: new", "status: nowhere")


@pytest.fixture
def answered(repo: Repo) -> Repo:
    """A repository whose main branch, also called `base`, has a contact with one answer; a branch is checked out."""
    repo.workspace()
    repo.stage(JANA, ANSWERED)
    repo.commit()
    repo.git("tag", "base")
    repo.git("switch", "-qc", "work")
    return repo


def commit(repo: Repo, files: dict[str, str | None]) -> str:
    for path, content in files.items():
        if content is None:
            repo.git("rm", "-q", "--", path)
        else:
            repo.stage(path, content)
    return repo.commit()


def report(repo: Repo, text: str = "base..HEAD", cwd: Path | None = None) -> dict[str, Any]:
    done = repo.crmtool("check", "--range", text, "--format", "json", cwd=cwd)
    assert done.returncode in (0, 1), done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == bool(told["errors"])
    return told


def errors(repo: Repo, text: str = "base..HEAD") -> list[tuple[str, str, str | None]]:
    """Give code, path and commit (None: of the net change) of each error."""
    found = report(repo, text)["findings"]
    return [(f["code"], f["path"], f.get("commit")) for f in found if f["severity"] == "error"]


# --- what a range is checked for ---


def test_a_range_without_errors(answered: Repo) -> None:
    commit(answered, {JANA: BOTH})
    assert errors(answered) == []
    assert report(answered)["contacts"] == 1


def test_the_net_change_is_checked_as_the_hook_would(answered: Repo) -> None:
    commit(answered, {JANA: REWRITTEN})
    assert errors(answered) == [("answer-rewritten", JANA, None)]


def test_what_was_rewritten_and_put_back_is_found_in_its_commits(answered: Repo) -> None:
    first = commit(answered, {JANA: REWRITTEN})
    second = commit(answered, {JANA: ANSWERED})
    assert errors(answered) == [("answer-rewritten", JANA, first), ("answer-rewritten", JANA, second)]


def test_what_was_wrong_and_mended_is_found_in_its_commit(answered: Repo) -> None:
    first = commit(answered, {JANA: ANSWERED.replace("status: new", "status: nowhere")})
    commit(answered, {JANA: ANSWERED})
    assert ("unknown-status", JANA, first) in errors(answered)
    assert all(commit == first for _, _, commit in errors(answered))


def test_an_error_is_told_once_where_it_came_in(answered: Repo) -> None:
    bad = commit(answered, {"contacts/broken.md": BROKEN, JANA: BOTH})
    commit(answered, {"contacts/broken.md": BROKEN.replace("Notes", "More notes")})
    commit(answered, {"contacts/broken.md": GOOD})
    found = [(code, commit) for code, path, commit in errors(answered) if code == "unknown-status"]
    assert found == [("unknown-status", bad)]


def test_an_error_that_stays_is_told_once(answered: Repo) -> None:
    commit(answered, {"contacts/broken.md": BROKEN})
    commit(answered, {"contacts/broken.md": BROKEN.replace("Notes", "More notes")})
    found = [found for found in errors(answered) if found[0] == "unknown-status"]
    assert found == [("unknown-status", "contacts/broken.md", None)]


def test_what_was_wrong_before_is_no_fault_of_who_mends_it(repo: Repo) -> None:
    repo.workspace()
    commit(repo, {JANA: BROKEN})
    repo.git("tag", "base")
    commit(repo, {JANA: BROKEN.replace("Notes", "More notes")})
    commit(repo, {JANA: GOOD})
    assert errors(repo) == []


def test_a_contact_that_is_deleted_while_active(answered: Repo) -> None:
    gone = commit(answered, {JANA: None})
    assert errors(answered) == [("contact-deleted", JANA, None)]
    back = commit(answered, {JANA: ANSWERED})
    assert errors(answered) == [("contact-deleted", JANA, gone)]
    assert back


def test_a_changed_rule_book_in_between(answered: Repo) -> None:
    """A decision that was allowed for one commit only is an error of the commit that forbade it."""
    commit(answered, {JANA: MOVED})
    stricter = RULES.replace("to: ready, requires: [fit]", "to: ready, requires: [budget]")
    strict = commit(answered, {"criteria.yaml": stricter})
    commit(answered, {"criteria.yaml": RULES})
    assert errors(answered) == [("criteria-missing", JANA, strict)]


def test_a_broken_schema_in_between_is_told_with_its_commit(answered: Repo) -> None:
    bad = commit(answered, {"schemas/contact.schema.json": "{", JANA: BOTH})
    commit(answered, {"schemas/contact.schema.json": None})
    done = answered.crmtool("check", "--range", "base..HEAD")
    assert done.returncode == 2
    assert f"in commit {bad[:10]}: schemas/contact.schema.json" in done.stderr


def test_several_workspaces(answered: Repo) -> None:
    commit(answered, {"sales/criteria.yaml": RULES, "sales/contacts/x.md": ANSWERED})
    bad = commit(answered, {"sales/contacts/x.md": REWRITTEN, JANA: REWRITTEN})
    commit(answered, {"sales/contacts/x.md": ANSWERED, JANA: ANSWERED})
    assert {(path, id) for _, path, id in errors(answered) if id == bad} == {(JANA, bad), ("sales/contacts/x.md", bad)}
    assert report(answered, cwd=answered.top / "sales")["findings"], "from wherever it is started"


def test_the_notes_are_no_matter(answered: Repo) -> None:
    before = report(answered)
    commit(answered, {JANA: ANSWERED.replace("Notes.", "Called, mailed, met.")})
    after = report(answered)
    assert (after["errors"], after["findings"]) == (before["errors"], before["findings"])


def test_text_names_the_commit(answered: Repo) -> None:
    bad = commit(answered, {JANA: REWRITTEN})
    commit(answered, {JANA: ANSWERED})
    done = answered.crmtool("check", "--range", "base..HEAD")
    assert done.returncode == 1
    assert bad[:10] in done.stdout


def test_an_answer_to_what_was_misspelt_goes_to_the_criterion_that_was_meant(answered: Repo) -> None:
    misspelt = commit(answered, {JANA: BOTH.replace("budget:", "buget:")})
    assert [code for code, _, _ in errors(answered)] == ["unknown-criterion"]
    commit(answered, {JANA: BOTH})
    assert errors(answered, f"{misspelt}..HEAD") == []
    assert errors(answered) == [("unknown-criterion", JANA, misspelt)]


# --- renames ---


def test_rewritten_while_renamed(answered: Repo) -> None:
    answered.git("mv", JANA, "contacts/koehler.md")
    commit(answered, {"contacts/koehler.md": REWRITTEN})
    assert errors(answered) == [("answer-rewritten", "contacts/koehler.md", None)]


def test_rewritten_after_it_was_renamed(answered: Repo) -> None:
    answered.git("mv", JANA, "contacts/koehler.md")
    answered.commit()
    bad = commit(answered, {"contacts/koehler.md": REWRITTEN})
    commit(answered, {"contacts/koehler.md": ANSWERED})
    assert [found[2] for found in errors(answered)] == [bad, answered.head()]


def test_renamed_on_one_side_and_changed_on_the_other(answered: Repo) -> None:
    answered.git("mv", JANA, "contacts/koehler.md")
    answered.commit()
    answered.git("switch", "-q", "main")
    commit(answered, {JANA: BOTH})
    answered.git("switch", "-q", "work")
    answered.git("merge", "-q", "-m", "x", "main")
    assert "40,000" in (answered.top / "contacts/koehler.md").read_text("utf-8")
    assert errors(answered, "main..work") == []
    assert errors(answered) == []


# --- contacts that come back ---

ENDED = ANSWERED.replace("status: new", "status: stopped").replace(
    "\n---\n\nNotes", '\n  - {date: 2026-11-10, to: stopped, because: "No need"}\n---\n\nNotes'
)
OTTO = GOOD.replace("Jana Köhler", "Otto Lang").replace("Asked us", "Met at the fair")


@pytest.fixture
def deleted(answered: Repo) -> Repo:
    """The contact was ended by one commit, and deleted by the next one: nobody objects to that."""
    commit(answered, {JANA: ENDED})
    commit(answered, {JANA: None})
    return answered


def test_a_past_that_was_rewritten_by_deleting_the_contact_and_writing_it_anew(deleted: Repo) -> None:
    again = commit(deleted, {JANA: REWRITTEN})
    assert set(errors(deleted)) == {("answer-rewritten", JANA, again), ("decision-rewritten", JANA, again)}


def test_who_comes_back_by_another_path_is_known_again(deleted: Repo) -> None:
    commit(deleted, {JANA: OTTO})
    commit(deleted, {"notes.txt": "Nothing of importance"})
    again = commit(deleted, {"contacts/jk.md": ENDED.replace("85 people", "12 people")})
    assert errors(deleted) == [("answer-rewritten", "contacts/jk.md", again)]


def test_who_comes_back_in_another_workspace_is_known_again(deleted: Repo) -> None:
    again = commit(deleted, {"sales/criteria.yaml": RULES, "sales/contacts/jana.md": REWRITTEN})
    assert ("answer-rewritten", "sales/contacts/jana.md", again) in errors(deleted)


def test_who_comes_back_by_way_of_a_link_is_known_again(deleted: Repo) -> None:
    commit(deleted, {"shared/jana.md": REWRITTEN})
    link(deleted, "contacts/acme", "../shared")
    again = deleted.commit()
    assert ("answer-rewritten", "contacts/acme/jana.md", again) in errors(deleted)


def test_who_comes_back_in_a_merge_is_known_again(deleted: Repo) -> None:
    deleted.git("switch", "-qc", "side")
    commit(deleted, {"contacts/otto.md": OTTO})
    deleted.git("switch", "-q", "work")
    deleted.git("merge", "-q", "--no-ff", "--no-commit", "side")
    again = commit(deleted, {JANA: REWRITTEN})
    assert set(errors(deleted)) == {("answer-rewritten", JANA, again), ("decision-rewritten", JANA, again)}


def test_who_was_deleted_by_a_merge_is_known_again(answered: Repo) -> None:
    commit(answered, {JANA: ENDED})
    answered.git("switch", "-qc", "side")
    commit(answered, {"contacts/otto.md": OTTO})
    answered.git("switch", "-q", "work")
    answered.git("merge", "-q", "--no-ff", "--no-commit", "side")
    commit(answered, {JANA: None})
    again = commit(answered, {JANA: REWRITTEN})
    assert ("answer-rewritten", JANA, again) in errors(answered)


def test_who_comes_back_as_it_went_is_welcome(deleted: Repo) -> None:
    commit(deleted, {JANA: ENDED.replace("Notes", "More notes")})
    commit(deleted, {JANA: None})
    commit(deleted, {"contacts/jk.md": ENDED.replace("decisions:", "  budget: {met: 2026-11-12}\ndecisions:")})
    assert errors(deleted) == []


@pytest.mark.parametrize(
    "other", [OTTO, REWRITTEN.replace("2026-11-01", "2026-11-15"), REWRITTEN.replace("Jana", "Ada")]
)
def test_the_path_of_who_was_deleted_may_go_to_another_contact(deleted: Repo, other: str) -> None:
    commit(deleted, {JANA: other})
    assert errors(deleted) == []


def test_who_was_deleted_on_one_side_and_not_on_the_other_does_not_come_back(answered: Repo) -> None:
    commit(answered, {"contacts/otto.md": OTTO})
    ended = STOPPED.replace("Jana Köhler", "Otto Lang").replace("Asked us", "Met at the fair")
    commit(answered, {"contacts/otto.md": ended})
    commit(answered, {"contacts/otto.md": None})
    answered.git("switch", "-qc", "side", "base")
    commit(answered, {"contacts/otto.md": OTTO.replace("Notes", "More notes")})
    answered.git("merge", "-q", "-m", "x", "work")
    assert errors(answered) == []


def test_a_file_that_is_renamed_again_and_again_does_not_come_back(deleted: Repo) -> None:
    otto = OTTO.replace("decisions:", "criteria:\n  fit: {met: 2026-11-08}\ndecisions:")
    commit(deleted, {"contacts/one.md": otto})
    deleted.git("mv", "contacts/one.md", "contacts/two.md")
    deleted.commit()
    book = RULES.replace("fit", "profile")
    commit(deleted, {"criteria.yaml": book, "contacts/two.md": otto.replace("fit", "profile")})
    commit(deleted, {"criteria.yaml": book.replace("Between 10", "Between 20")})
    deleted.git("mv", "contacts/two.md", "contacts/one.md")
    deleted.commit()
    assert errors(deleted) == []


# --- contacts that were joined ---

TWIN = BUDGETED.replace("Jana Köhler", "J. Koehler").replace("Asked us", "Met at the fair")


def test_a_join_that_was_a_mistake_is_undone_by_one_commit(answered: Repo) -> None:
    commit(answered, {"contacts/jk.md": TWIN})
    assert answered.crmtool("merge-contacts", "jana", "jk").returncode == 0
    answered.git("add", "--all")
    joined = answered.commit()
    assert errors(answered) == []
    answered.git("revert", "--no-edit", "HEAD")
    assert (answered.top / JANA).read_text("utf-8") == ANSWERED
    assert errors(answered, f"{joined}..HEAD") == []
    assert errors(answered) == []


def test_ids_are_renamed_after_contacts_were_joined_and_all_of_it_is_seen_at_once(answered: Repo) -> None:
    commit(answered, {"contacts/jk.md": TWIN, "contacts/koehler.md": TWIN.replace("Met", "Seen")})
    answered.git("tag", "three")
    for stays, goes in (("jk", "koehler"), ("jana", "jk")):
        assert answered.crmtool("merge-contacts", stays, goes).returncode == 0
        answered.git("add", "--all")
        answered.commit()
    assert errors(answered) == []
    answered.git("tag", "joined")
    files: dict[str, str | None] = {}
    for path in ("criteria.yaml", JANA):
        text = (answered.top / path).read_text("utf-8")
        files[path] = re.sub(r"\b(fit|new)\b", lambda found: {"fit": "profile", "new": "fresh"}[found[1]], text)
    commit(answered, files)
    for text in ("joined..HEAD", "three..HEAD", "base..HEAD"):
        assert errors(answered, text) == []
    assert answered.crmtool("check", "--base", "three").returncode == 0
    answered.git("reset", "--soft", "three")
    staged = answered.crmtool("check", "--staged")
    assert (staged.returncode, staged.stdout) == (0, "")


# --- merges ---


@pytest.fixture
def parted(answered: Repo) -> Repo:
    """Both branches went on: main answered one more criterion, and work took in another contact."""
    commit(answered, {"contacts/other.md": GOOD.replace("Jana Köhler", "Ole Petersen")})
    answered.git("switch", "-q", "main")
    commit(answered, {JANA: BOTH})
    answered.git("switch", "-q", "work")
    return answered


def test_a_merge_that_keeps_all(parted: Repo) -> None:
    parted.git("merge", "-q", "-m", "x", "main")
    for text in ("main..work", "base..work"):
        assert errors(parted, text) == []


def test_a_merge_that_drops_what_the_other_side_answered(parted: Repo) -> None:
    parted.git("merge", "-q", "-s", "ours", "-m", "x", "main")
    assert errors(parted, "main..work") == [("answer-rewritten", JANA, None)]
    dropped = parted.head()
    commit(parted, {JANA: BOTH})
    assert errors(parted, "main..work") == [("answer-rewritten", JANA, dropped)]


def test_a_merge_that_drops_what_its_own_side_answered(parted: Repo) -> None:
    commit(parted, {JANA: ANSWERED.replace("decisions:", "  budget: {not_met: 2026-11-10}\ndecisions:")})
    parted.attempt("git", "merge", "-q", "-m", "x", "-X", "theirs", "main")
    assert "40,000" in (parted.top / JANA).read_text("utf-8")
    assert errors(parted, "main..work") == [("answer-rewritten", JANA, parted.head())]


def test_a_merge_that_changes_what_neither_side_did(parted: Repo) -> None:
    parted.git("merge", "-q", "--no-commit", "main")
    commit(parted, {JANA: BOTH.replace("85 people", "12 people")})
    codes = {(code, commit) for code, _, commit in errors(parted, "main..work")}
    assert codes == {("answer-rewritten", None)}


def test_what_the_other_side_ended_and_deleted_is_no_fault_of_the_merge(parted: Repo) -> None:
    parted.git("switch", "-q", "main")
    commit(parted, {"contacts/third.md": GOOD.replace("Jana", "Third")})
    parted.git("switch", "-q", "work")
    parted.git("merge", "-q", "-m", "x", "main")
    parted.git("switch", "-q", "main")
    commit(parted, {"contacts/third.md": STOPPED.replace("Jana", "Third")})
    commit(parted, {"contacts/third.md": None})
    parted.git("switch", "-q", "work")
    parted.git("merge", "-q", "-m", "x", "main")
    assert not (parted.top / "contacts/third.md").exists()
    assert errors(parted, "main..work") == []


def test_an_error_of_the_other_side_is_no_fault_of_the_merge(parted: Repo) -> None:
    """It landed, and whoever brings a branch up to date cannot help it."""
    parted.git("switch", "-q", "main")
    commit(parted, {JANA: BOTH.replace("85 people", "12 people"), "contacts/broken.md": BROKEN})
    parted.git("switch", "-q", "work")
    parted.git("merge", "-q", "-m", "x", "main")
    assert errors(parted, "main..work") == []


def test_a_criss_cross_merge(answered: Repo) -> None:
    commit(answered, {"contacts/other.md": GOOD.replace("Jana Köhler", "Ole Petersen")})
    work = answered.head()
    answered.git("switch", "-q", "main")
    commit(answered, {JANA: BOTH})
    main = answered.head()
    answered.git("merge", "-q", "-m", "x", work)
    answered.git("switch", "-q", "work")
    answered.git("merge", "-q", "-m", "x", main)
    answered.git("switch", "-q", "main")
    commit(answered, {"contacts/third.md": GOOD.replace("Jana Köhler", "Third")})
    answered.git("switch", "-q", "work")
    assert len(answered.git("merge-base", "--all", "main", "work").split()) == 2
    answered.git("merge", "-q", "-m", "x", "main")
    assert errors(answered, "main..work") == []
    assert errors(answered, "base..work") == []
    dropped = commit(answered, {JANA: ANSWERED})
    assert errors(answered, "main..work") == [("answer-rewritten", JANA, None)]
    commit(answered, {JANA: BOTH})
    assert errors(answered, "main..work") == [("answer-rewritten", JANA, dropped)]


def test_an_octopus(answered: Repo) -> None:
    for name, content in (("one", "One"), ("two", "Two")):
        answered.git("switch", "-qc", name, "base")
        commit(answered, {f"contacts/{name}.md": GOOD.replace("Jana Köhler", content)})
    answered.git("switch", "-q", "work")
    commit(answered, {JANA: BOTH})
    answered.git("merge", "-q", "-m", "x", "one", "two")
    assert errors(answered) == []
    tree = answered.git("rev-parse", "one^{tree}").strip()
    octopus = answered.git("commit-tree", tree, "-p", "work", "-p", "one", "-p", "two", "-m", "x").strip()
    answered.git("reset", "-q", "--hard", octopus)
    found = {(code, path) for code, path, _ in errors(answered, "base..work")}
    assert found == {("answer-rewritten", JANA), ("contact-deleted", "contacts/two.md")}


# --- histories that were rewritten ---


def test_a_rebase(parted: Repo) -> None:
    bad = commit(parted, {"contacts/other.md": None})
    commit(parted, {"contacts/other.md": GOOD.replace("Jana Köhler", "Ole Petersen")})
    parted.git("rebase", "-q", "main")
    [(code, _, id)] = errors(parted, "main..work")
    assert code == "contact-deleted"
    assert id not in (bad, None)


def test_a_cherry_pick(parted: Repo) -> None:
    parted.git("cherry-pick", "main")
    assert errors(parted, "main..work") == []
    assert errors(parted) == []


def test_a_squash(parted: Repo) -> None:
    commit(parted, {"contacts/other.md": None})
    commit(parted, {"contacts/other.md": GOOD.replace("Jana Köhler", "Ole Petersen")})
    assert errors(parted, "main..work")
    parted.git("switch", "-qc", "squashed", "main")
    parted.git("merge", "-q", "--squash", "work")
    parted.commit()
    assert errors(parted, "main..squashed") == []


def test_a_revert(parted: Repo) -> None:
    parted.git("merge", "-q", "-m", "x", "main")
    parted.git("revert", "--no-edit", "main")
    assert errors(parted, "main..work") == [("answer-rewritten", JANA, None)]


def test_an_amended_commit(answered: Repo) -> None:
    commit(answered, {JANA: REWRITTEN})
    assert errors(answered)
    answered.stage(JANA, BOTH)
    answered.git("commit", "-q", "--amend", "--no-edit", "--no-verify")
    assert errors(answered) == []


# --- what would hide something ---


def test_a_rule_book_below_contacts_hides_nothing(answered: Repo) -> None:
    answered.git("mv", "criteria.yaml", "contacts/criteria.yaml")
    commit(answered, {JANA: None})
    assert errors(answered) == [("contact-deleted", JANA, None)]
    commit(answered, {"contacts/criteria.yaml": None})
    [(code, _, id)] = errors(answered)
    assert (code, id) == ("contact-deleted", None)


def test_a_decoy_hides_no_workspace_that_moved_away(answered: Repo) -> None:
    answered.git("mv", "criteria.yaml", "contacts/criteria.yaml")
    answered.git("rm", "-q", JANA)
    commit(answered, {"sales/criteria.yaml": RULES, "sales/contacts/jana.md": REWRITTEN})
    assert errors(answered) == [("answer-rewritten", "sales/contacts/jana.md", None)]


def test_a_rule_book_beside_the_schemas_hides_no_stricter_schema(answered: Repo) -> None:
    commit(answered, {"schemas/criteria.yaml": RULES})
    strict = '{"required": ["email"]}'
    commit(answered, {"schemas/contact.schema.json": strict})
    assert ("schema", JANA, None) in errors(answered, "HEAD~1..HEAD")


def link(repo: Repo, path: str, target: str) -> None:
    (repo.top / path).parent.mkdir(parents=True, exist_ok=True)
    (repo.top / path).unlink(missing_ok=True)
    (repo.top / path).symlink_to(target)
    repo.git("add", "--", path)


def test_what_is_read_by_way_of_a_link_is_seen(answered: Repo) -> None:
    answered.stage("store/jana.md", ANSWERED)
    link(answered, JANA, "../store/jana.md")
    answered.commit()
    assert errors(answered) == []
    bad = commit(answered, {"store/jana.md": REWRITTEN})
    assert errors(answered) == [("answer-rewritten", JANA, None)]
    back = commit(answered, {"store/jana.md": ANSWERED})
    assert errors(answered) == [("answer-rewritten", JANA, bad), ("answer-rewritten", JANA, back)]
    answered.stage("store/jana.md", REWRITTEN)
    assert answered.crmtool("check", "--staged").returncode == 1, "and so does the hook"


def test_a_link_that_leads_elsewhere_for_a_while_is_seen(answered: Repo) -> None:
    commit(answered, {"store/good.md": ANSWERED, "store/bad.md": REWRITTEN})
    link(answered, JANA, "../store/good.md")
    answered.commit()
    link(answered, JANA, "../store/bad.md")
    bad = answered.commit()
    link(answered, JANA, "../store/good.md")
    back = answered.commit()
    assert errors(answered) == [("answer-rewritten", JANA, bad), ("answer-rewritten", JANA, back)]


def test_a_link_that_becomes_the_file_itself_is_seen(answered: Repo) -> None:
    answered.stage("store/jana.md", ANSWERED)
    link(answered, JANA, "../store/jana.md")
    answered.commit()
    (answered.top / JANA).unlink()
    bad = commit(answered, {JANA: REWRITTEN})
    assert errors(answered, "HEAD~1..HEAD") == [("answer-rewritten", JANA, None)]
    commit(answered, {JANA: ANSWERED})
    assert errors(answered, "HEAD~2..HEAD")[0] == ("answer-rewritten", JANA, bad)


def test_contacts_in_a_folder_that_is_a_link_are_seen(answered: Repo) -> None:
    answered.stage("shared/acme/ole.md", ANSWERED.replace("Jana Köhler", "Ole Petersen"))
    link(answered, "contacts/acme", "../shared/acme")
    answered.commit()
    assert errors(answered) == []
    assert report(answered)["contacts"] == 1
    commit(answered, {"shared/acme/ole.md": REWRITTEN.replace("Jana Köhler", "Ole Petersen")})
    assert errors(answered, "HEAD~1..HEAD") == [("answer-rewritten", "contacts/acme/ole.md", None)]
    commit(answered, {"shared/acme/ole.md": None})
    assert errors(answered, "HEAD~1..HEAD") == [("contact-deleted", "contacts/acme/ole.md", None)]


def test_folders_that_lead_into_each_other_are_no_way_round(answered: Repo) -> None:
    link(answered, "contacts/again", ".")
    link(answered, "contacts/out", "../../elsewhere")
    answered.commit()
    commit(answered, {JANA: REWRITTEN})
    assert ("answer-rewritten", JANA, None) in errors(answered)


def test_a_rule_book_that_is_a_link(answered: Repo) -> None:
    commit(answered, {JANA: MOVED, "rules/v1.yaml": RULES})
    link(answered, "criteria.yaml", "rules/v1.yaml")
    answered.commit()
    assert errors(answered) == []
    commit(answered, {"rules/v1.yaml": RULES.replace("to: ready, requires: [fit]", "to: ready, requires: [budget]")})
    assert errors(answered) == [("criteria-missing", JANA, None)]


def test_replaced_objects_are_not_believed(answered: Repo) -> None:
    bad = commit(answered, {JANA: REWRITTEN})
    good = answered.git("commit-tree", "base^{tree}", "-p", "base", "-m", "good").strip()
    answered.git("replace", bad, good)
    assert errors(answered, f"base..{bad}") == [("answer-rewritten", JANA, None)]


def test_a_name_that_is_no_branch_excuses_nothing(answered: Repo) -> None:
    bad = commit(answered, {JANA: REWRITTEN})
    answered.git("update-ref", "refs/keep/1", bad)
    answered.git("tag", "innocent")
    commit(answered, {JANA: REWRITTEN.replace("Notes", "More notes")})
    assert errors(answered, f"{'0' * 40}..work") == [("answer-rewritten", JANA, None)]


# --- honest histories ---


def test_a_contact_that_is_ended_and_deleted_afterwards(answered: Repo) -> None:
    """As the page of contact-deleted advises: the commits show the decision, though both ends together do not."""
    ended = ANSWERED.replace("status: new", "status: stopped").replace(
        "\n---\n\nNotes", '\n  - {date: 2026-11-10, to: stopped, because: "No need"}\n---\n\nNotes'
    )
    commit(answered, {JANA: ended})
    commit(answered, {JANA: None})
    assert errors(answered) == []


def test_a_file_name_that_goes_to_somebody_else(answered: Repo) -> None:
    answered.git("mv", JANA, "contacts/jana-koehler.md")
    answered.commit()
    commit(answered, {JANA: GOOD.replace("Jana Köhler", "Jana Petersen").replace("Asked us", "Met at the fair")})
    assert errors(answered) == []


def test_a_contact_that_gets_another_file_and_then_another_name(repo: Repo) -> None:
    repo.workspace().commit()
    repo.git("tag", "base")
    repo.git("mv", JANA, "contacts/petersen.md")
    repo.commit()
    commit(repo, {"contacts/petersen.md": GOOD.replace("Jana Köhler", "Frau Dr. Petersen")})
    assert errors(repo) == []


def test_what_landed_before_crosswise_merges_is_no_fault_of_the_branch(parted: Repo) -> None:
    parted.git("switch", "-q", "main")
    commit(
        parted,
        {JANA: STOPPED.replace("decisions:", BOTH[BOTH.index("criteria") : BOTH.index("decisions")] + "decisions:")},
    )
    commit(parted, {JANA: None})
    landed, own = parted.head(), parted.git("rev-parse", "work").strip()
    parted.git("merge", "-q", "-m", "x", own)
    parted.git("switch", "-q", "work")
    parted.git("merge", "-q", "-m", "x", landed)
    commit(parted, {"contacts/third.md": GOOD.replace("Jana Köhler", "Third")})
    assert len(parted.git("merge-base", "--all", "main", "work").split()) == 2
    assert errors(parted, "main..work") == []


def test_a_deletion_is_taken_over_of_a_contact_that_was_renamed_meanwhile(answered: Repo) -> None:
    answered.git("mv", JANA, "contacts/koehler.md")
    answered.commit()
    answered.git("switch", "-q", "main")
    criteria = ANSWERED[ANSWERED.index("criteria") : ANSWERED.index("decisions")]
    commit(answered, {JANA: STOPPED.replace("decisions:", criteria + "decisions:")})
    commit(answered, {JANA: None})
    answered.git("switch", "-q", "work")
    answered.attempt("git", "merge", "-q", "-m", "x", "main")
    answered.git("rm", "-q", "-f", "--ignore-unmatch", "contacts/koehler.md", JANA)
    answered.commit()
    assert errors(answered, "main..work") == []


def test_days_beyond_all_calendars(answered: Repo) -> None:
    for day in ("@300000000000 +0000", "@0 +0000"):
        answered.stage(JANA, BOTH.replace("Notes", day))
        answered.git("commit", "-qm", "x", GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)
    assert errors(answered) == []
    raw = answered.git("cat-file", "commit", "HEAD").replace(
        "author Mira <mira@crm.example> 0 +0000", "author Mira <m>"
    )
    odd = answered.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=raw).strip()
    assert errors(answered, f"base..{odd}") == []


# --- where it runs ---


def test_a_worktree(answered: Repo) -> None:
    bad = commit(answered, {JANA: REWRITTEN})
    other = answered.top.parent / "other tree"
    answered.git("worktree", "add", "-q", "--detach", os.fspath(other), "base")
    found = report(answered, f"base..{bad}", cwd=other)["findings"]
    assert "answer-rewritten" in {each["code"] for each in found}


def test_a_submodule_beside_the_contacts(answered: Repo, make_repo: MakeRepo) -> None:
    other = make_repo("other")
    commit(other, {"contacts/x.md": BROKEN})
    add = ("submodule", "--quiet", "add", os.fspath(other.top), "contacts/sub")
    answered.git("-c", "protocol.file.allow=always", *add)
    answered.commit()
    assert errors(answered) == []


def test_a_workspace_in_a_submodule(repo: Repo, answered: Repo, make_repo: MakeRepo) -> None:
    outer = make_repo("outer")
    add = ("submodule", "--quiet", "add", "-b", "main", os.fspath(answered.top), "crm")
    outer.git("-c", "protocol.file.allow=always", *add)
    outer.commit()
    inner = Repo(outer.top / "crm")
    commit(inner, {JANA: REWRITTEN})
    assert [code for code, _, _ in errors(inner, "origin/main..HEAD")] == ["answer-rewritten"]
    assert errors(outer, f"{'0' * 40}..HEAD") == []


def test_sha_256(make_repo: MakeRepo) -> None:
    repo = make_repo("long", "--object-format=sha256").workspace()
    repo.stage(JANA, ANSWERED)
    base = repo.commit()
    bad = commit(repo, {JANA: REWRITTEN})
    commit(repo, {JANA: ANSWERED})
    assert len(bad) == 64
    assert [found[2] for found in errors(repo, f"{base}..HEAD")] == [bad, repo.head()]
    assert [found[2] for found in errors(repo, f"{'0' * 64}..HEAD")] == [bad, repo.head()]


HOOK = """\
#!/bin/sh
# As docs/reference/ci.md has it.
status=0
while read -r old new ref; do
    "{python}" -m crmtool check --range "$old..$new" || status=1
done
exit "$status"
"""


@pytest.fixture
def served(answered: Repo) -> Repo:
    """A repository with a bare one as its remote, whose pre-receive hook checks what is pushed."""
    server = answered.top.parent / "server.git"
    answered.git("init", "-q", "--bare", "-b", "main", os.fspath(server))
    answered.git("remote", "add", "origin", os.fspath(server))
    answered.git("push", "-q", "origin", "main")
    hook = server / "hooks" / "pre-receive"
    hook.write_text(HOOK.format(python=sys.executable))
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    return answered


def push(repo: Repo, *what: str) -> tuple[int, str]:
    done = repo.attempt("git", "push", "origin", *what)
    return done.returncode, done.stderr


def test_a_server_takes_what_is_right(served: Repo) -> None:
    commit(served, {JANA: BOTH})
    assert push(served, "work")[0] == 0, "a new branch"
    commit(served, {JANA: BOTH.replace("Notes", "More notes")})
    assert push(served, "work", "work:main", "base:refs/heads/old", "base")[0] == 0
    assert push(served, ":old")[0] == 0, "a branch is deleted"


@pytest.mark.parametrize("branch", ["work", "main"])
def test_a_server_refuses_what_is_wrong(served: Repo, branch: str) -> None:
    """It looks at commits that lie in quarantine, and have no name yet."""
    bad = commit(served, {JANA: REWRITTEN})
    commit(served, {JANA: ANSWERED})
    status, told = push(served, f"work:{branch}")
    assert status == 1
    assert "answer-rewritten" in told
    assert bad[:10] in told
    assert served.git("ls-remote", "origin", "refs/heads/work") == ""


def test_a_thousand_commits_need_few_processes(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.workspace().commit()
    repo.git("tag", "base")
    bad = GOOD.replace("Asked us", "Found us")
    stream = ["feature done\n"]
    for i in range(1000):
        content = bad if i == 500 else GOOD.replace("Notes.", f"Notes {i}.")
        stream.append("commit refs/heads/main\ncommitter M <m@crm.example> 1795000000 +0000\ndata 1\nx\n")
        stream.append("from base^0\n" if i == 0 else "")
        stream.append(f"M 100644 inline {JANA}\ndata {len(content.encode())}\n{content}\n")
    repo.git("fast-import", "--quiet", given="".join([*stream, "done\n"]))
    log = tmp_path / "git.log"
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    git = repo.attempt("sh", "-c", "command -v git").stdout.strip()
    name = 'name() { while [ "$1" = -c ]; do shift 2; done; echo "$1"; }'
    wrapper.write_text(f'#!/bin/sh\n{name}\nname "$@" >> "{log}"\nexec "{git}" "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}:{os.environ['PATH']}")
    found = errors(repo, "base..main")
    assert [code for code, _, _ in found] == ["decision-rewritten", "decision-rewritten"]
    calls = log.read_text().split()
    assert calls.count("cat-file") == 1
    assert len(calls) < 15, calls


# --- what is asked for in a wrong way ---


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--range", "base..HEAD", "--staged"), "leave out --staged"),
        (("--range", "base..HEAD", "--base", "base"), "leave out --base"),
        (("--range", "base..HEAD", "contacts"), "--range checks the whole change; leave out PATH"),
        (("--range", "--strict"), "--range needs a range of commits"),
        (("--range", ""), "write A..B, such as origin/main..HEAD"),
        (("--range", "base"), "write A..B, such as origin/main..HEAD"),
        (("--range", "nowhere..HEAD"), "no commit 'nowhere' in this repository"),
    ],
)
def test_wrong_usage(answered: Repo, arguments: tuple[str, ...], told: str) -> None:
    done = answered.crmtool("check", *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_range_the_wrong_way_round_is_told(answered: Repo) -> None:
    commit(answered, {JANA: BOTH})
    done = answered.crmtool("check", "--range", "HEAD..base")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("HEAD..base: the second one has no commit that the first one lacks\n")


def test_a_range_where_a_path_belongs(answered: Repo) -> None:
    done = answered.crmtool("check", "base..HEAD")
    assert done.returncode == 2
    assert "a range of commits is --range base..HEAD" in done.stderr


def test_a_deleted_branch_is_nothing_to_check(answered: Repo) -> None:
    assert report(answered, f"HEAD..{'0' * 40}")["findings"] == []
