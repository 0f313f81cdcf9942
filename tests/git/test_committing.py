"""--commit: one file by itself, a message that tells the decision, and nothing else touched."""

from __future__ import annotations

import pytest

from tests.git.conftest import GOOD, Repo

JANA = "contacts/jana.md"
MATURE = ("decide", "jana", "mature", "--because", "Looks fine", "--commit")
FIT = ("answer", "jana", "fit", "met", "--evidence", "85 people", "--commit")


@pytest.fixture
def crm(repo: Repo) -> Repo:
    """A repository with a workspace, the hook on."""
    repo.workspace()
    repo.commit()
    assert repo.crmtool("hook", "install").returncode == 0
    return repo


def test_the_message_tells_the_decision_and_what_was_clarified_for_it(crm: Repo) -> None:
    assert crm.crmtool(*FIT[:-1]).returncode == 0
    done = crm.crmtool(*MATURE)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "committed: Jana Köhler: New → Ready"
    assert crm.git("log", "-1", "--format=%B").strip().splitlines() == [
        "Jana Köhler: New → Ready",
        "",
        "New → Ready: Looks fine",
        "Fits: yes on 2026-11-23 – 85 people",
        "",
        "Contact: jana",
    ]
    assert crm.git("status", "--porcelain") == ""


def test_what_else_is_staged_or_changed_stays_so(crm: Repo) -> None:
    crm.stage("contacts/uwe.md", GOOD.replace("Jana Köhler", "Uwe"))
    crm.write("notes.txt", "x")
    assert crm.crmtool(*FIT).returncode == 0
    assert crm.git("status", "--porcelain").splitlines() == ["A  contacts/uwe.md", "?? notes.txt"]
    assert crm.git("show", "--stat", "--format=").split()[0] == JANA


def test_a_new_contact_is_committed(crm: Repo) -> None:
    done = crm.crmtool("new", "Uwe", "--id", "a folder/[uwe] {x}", "--because", "He asked", "--commit")
    assert done.returncode == 0, done.stderr
    assert crm.git("log", "-1", "--format=%s").strip() == "Uwe: New"
    assert crm.git("status", "--porcelain") == ""


def test_a_workspace_in_a_folder_is_committed_too(repo: Repo) -> None:
    repo.workspace("sales/")
    repo.commit()
    done = repo.crmtool("-C", "sales", *FIT)
    assert done.returncode == 0, done.stderr
    assert repo.git("show", "--stat", "--format=").split()[0] == "sales/contacts/jana.md"


def test_the_first_commit_of_all(repo: Repo) -> None:
    repo.workspace()
    done = repo.crmtool(*FIT)
    assert done.returncode == 0, done.stderr
    assert repo.git("log", "-1", "--format=%s").strip() == "Jana Köhler: New"
    assert repo.git("status", "--porcelain").splitlines() == ["A  criteria.yaml"]


def test_a_commit_that_a_hook_refuses_leaves_the_file_written(crm: Repo) -> None:
    hook = crm.write(".git/hooks/pre-commit", "#!/bin/sh\necho 'not on Mondays' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = crm.head()
    done = crm.crmtool(*FIT)
    assert done.returncode == 1
    assert "not on Mondays" in done.stderr
    assert done.stderr.splitlines()[-2:] == [
        "crmtool: the file is written, but Git did not make the commit",
        "    mend what is told above, then `git commit -- contacts/jana.md` at the top of the repository",
    ]
    assert crm.head() == before
    assert crm.git("status", "--porcelain") == f" M {JANA}\n"
    refused = crm.crmtool("new", "Uwe", "--because", "x", "--commit")
    assert refused.returncode == 1
    assert "?? contacts/uwe.md" in crm.git("status", "--porcelain")


@pytest.mark.parametrize("state", ["merge", "rebase", "cherry-pick"])
def test_while_something_is_under_way_nothing_is_written(crm: Repo, state: str) -> None:
    crm.git("checkout", "--quiet", "-b", "other")
    crm.stage("a.txt", "one")
    crm.commit()
    crm.git("checkout", "--quiet", "main")
    crm.stage("a.txt", "two")
    crm.commit()
    assert crm.attempt("git", state, "other").returncode != 0
    done = crm.crmtool(*FIT)
    assert done.returncode == 2
    assert f"a {state} is under way, so nothing can be committed by itself; leave out --commit" in done.stderr
    assert (crm.top / JANA).read_text("utf-8") == GOOD


def test_what_cannot_be_committed_is_told_before_anything_is_written(crm: Repo) -> None:
    crm.write(".gitignore", "contacts/uwe.md\n")
    done = crm.crmtool("new", "Uwe", "--because", "x", "--commit")
    assert "contacts/uwe.md is ignored by Git; leave out --commit" in done.stderr
    assert not (crm.top / "contacts/uwe.md").exists()
    nobody = {"GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": "", "GIT_AUTHOR_NAME": ""}
    assert "Git does not know who you are" in crm.crmtool(*FIT, cwd=None, **nobody).stderr
    assert (crm.top / JANA).read_text("utf-8") == GOOD


def test_outside_of_a_repository_nothing_is_written(repo: Repo) -> None:
    repo.workspace()
    (repo.top / ".git").rename(repo.top / "git")
    done = repo.crmtool(*FIT)
    assert done.returncode == 2
    assert "lies in no Git repository" in done.stderr
    assert (repo.top / JANA).read_text("utf-8") == GOOD


def test_edit_commits_what_is_in_order(crm: Repo) -> None:
    sed = {"EDITOR": "sed -i 's/Notes/More notes/'", "VISUAL": ""}
    assert crm.crmtool("edit", "jana", "--commit", cwd=None, **sed).returncode == 0
    assert crm.git("log", "-1", "--format=%s").strip() == "Jana Köhler: notes"
    broken = {"EDITOR": "sed -i 's/^status: .*/status: x/'", "VISUAL": ""}
    done = crm.crmtool("edit", "jana", "--commit", cwd=None, **broken)
    assert (done.returncode, crm.git("status", "--porcelain")) == (1, f" M {JANA}\n")


def test_a_rewritten_decision_is_told_after_editing(crm: Repo) -> None:
    done = crm.crmtool("edit", "jana", EDITOR="sed -i 's/Asked us/Called us/'", VISUAL="")
    assert done.returncode == 1
    assert "[decision-rewritten]" in done.stdout


def test_a_correction_says_so(crm: Repo) -> None:
    done = crm.crmtool("correct", "jana", "decision", "--set", "because=They asked", "--because", "Unclear", "--commit")
    assert done.returncode == 0, done.stderr
    assert crm.git("log", "-1", "--format=%s").strip() == "Jana Köhler: corrected"
    told = "Corrected: 2026-11-01 New: Asked us; now 2026-11-01 New: They asked"
    assert told in crm.git("log", "-1", "--format=%b")


@pytest.mark.parametrize("staged", [True, False])
def test_a_file_that_was_renamed_is_the_same_contact(crm: Repo, staged: bool) -> None:
    if staged:
        crm.git("mv", JANA, "contacts/jana köhler.md")
    else:
        (crm.top / JANA).rename(crm.top / "contacts/jana köhler.md")
    done = crm.crmtool(*FIT)
    assert done.returncode == 0, done.stderr
    assert crm.git("log", "-1", "--format=%s").strip() == "Jana Köhler: Fits clarified"
    assert crm.git("status", "--porcelain") == ""
    assert crm.git("-c", "core.quotePath=false", "ls-files", "contacts").splitlines() == ["contacts/jana köhler.md"]


def test_a_correction_is_told_once(crm: Repo) -> None:
    assert crm.crmtool(*FIT).returncode == 0
    corrected = crm.crmtool("correct", "jana", "fit", "--set", "evidence=80 people", "--because", "Misread", "--commit")
    assert corrected.returncode == 0, corrected.stderr
    assert "Corrected: Fits" in crm.git("log", "-1", "--format=%b")
    assert crm.crmtool("answer", "jana", "budget", "met", "--evidence", "x", "--commit").returncode == 0
    assert "Corrected" not in crm.git("log", "-1", "--format=%b")


def test_what_was_written_before_can_be_committed_with_its_message(crm: Repo) -> None:
    assert crm.crmtool(*FIT[:-1]).returncode == 0
    true = {"EDITOR": "true", "VISUAL": ""}
    assert crm.crmtool("edit", "jana", "--commit", cwd=None, **true).returncode == 0
    assert crm.git("log", "-1", "--format=%s").strip() == "Jana Köhler: Fits clarified"
    again = crm.crmtool("edit", "jana", "--commit", cwd=None, **true)
    assert (again.returncode, again.stderr.splitlines()[-1]) == (
        0,
        "there is nothing to commit: it is as the last commit has it",
    )


def test_a_name_that_begins_like_a_comment_stays_in_the_subject(crm: Repo) -> None:
    crm.git("config", "commit.cleanup", "strip")
    assert crm.crmtool("new", "#1 Uwe", "--id", "uwe", "--because", "x", "--commit").returncode == 0
    assert crm.git("log", "-1", "--format=%s").strip() == "#1 Uwe: New"


def test_a_linked_contact_is_committed_where_it_lies(crm: Repo) -> None:
    (crm.top / JANA).rename(crm.top / "jana-kept.md")
    (crm.top / JANA).symlink_to("../jana-kept.md")
    crm.git("add", "--all")
    crm.commit()
    done = crm.crmtool(*FIT)
    assert done.returncode == 0, done.stderr
    assert crm.git("show", "--stat", "--format=").split()[0] == "jana-kept.md"


def test_a_link_that_is_gone_is_no_rename(crm: Repo) -> None:
    (crm.top / "contacts/gone.md").symlink_to("../nowhere.md")
    crm.git("add", "--all")
    crm.commit()
    (crm.top / "contacts/gone.md").unlink()
    done = crm.crmtool("new", "Uwe", "--because", "He asked", "--commit")
    assert done.returncode == 0, done.stderr
    assert crm.git("status", "--porcelain") == " D contacts/gone.md\n"
