"""A contact that changes its workspace, and a change that repairs what the version before had wrong."""

from __future__ import annotations

import json
from typing import Any

from tests.git.conftest import Repo

TODAY = "2026-11-23"


def staged(repo: Repo) -> list[tuple[str, str]]:
    done = repo.crmtool("check", "--staged", "--today", TODAY, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return [(finding["code"], finding["path"]) for finding in report["findings"] if finding["severity"] == "error"]


def one_contact(repo: Repo, prefix: str) -> str:
    """Commit a workspace with one contact; gives the contact's path."""
    repo.stage(f"{prefix}criteria.yaml", repo.rules)
    path = f"{prefix}contacts/jana.md"
    repo.stage(path, repo.moved)
    repo.commit()
    return path


def test_a_workspace_that_was_renamed_keeps_its_contacts(repo: Repo) -> None:
    one_contact(repo, "sales/")
    repo.git("mv", "sales", "vertrieb")
    assert staged(repo) == []


def test_a_workspace_that_moves_into_a_folder_keeps_its_contacts(repo: Repo) -> None:
    one_contact(repo, "")
    repo.top.joinpath("s").mkdir()
    repo.git("mv", "criteria.yaml", "contacts", "s")
    assert staged(repo) == []


def test_a_contact_that_moves_to_another_workspace_is_the_same_contact(repo: Repo) -> None:
    path = one_contact(repo, "sales/")
    repo.stage("hiring/criteria.yaml", repo.rules)
    repo.stage("hiring/contacts/other.md", repo.good.replace("Jana Köhler", "Somebody Else"))
    repo.commit()
    repo.git("mv", path, "hiring/contacts/jana.md")
    assert staged(repo) == []
    repo.stage("hiring/contacts/jana.md", repo.moved.replace("Looks fine", "Looks quite fine"))
    assert staged(repo) == [("decision-rewritten", "hiring/contacts/jana.md")]


def test_a_deletion_is_still_one_where_several_workspaces_change(repo: Repo) -> None:
    path = one_contact(repo, "sales/")
    repo.stage("hiring/criteria.yaml", repo.rules)
    repo.stage("hiring/contacts/other.md", repo.good.replace("Jana Köhler", "Somebody Else"))
    repo.git("rm", "--quiet", path)
    assert staged(repo) == [("contact-deleted", path)]


def test_a_broken_schema_can_be_mended(repo: Repo) -> None:
    path = one_contact(repo, "")
    repo.stage("schemas/contact.schema.json", "{")
    repo.commit()
    repo.stage("schemas/contact.schema.json", "{}")
    assert staged(repo) == []
    repo.git("rm", "--quiet", path)
    assert staged(repo) == [("contact-deleted", path)]


def the_same_in_two_workspaces(repo: Repo) -> tuple[str, str]:
    """Commit two workspaces that both know the same person; gives the contacts' paths."""
    path = one_contact(repo, "sales/")
    repo.stage("hiring/criteria.yaml", repo.rules)
    more = "  budget: {met: 2026-11-08, evidence: Asked again}\ndecisions:"
    repo.stage("hiring/contacts/jk.md", repo.moved.replace("decisions:", more))
    repo.commit()
    return path, "hiring/contacts/jk.md"


def test_what_comes_over_does_not_stand_for_what_was_deleted(repo: Repo) -> None:
    path, other = the_same_in_two_workspaces(repo)
    repo.git("mv", other, "sales/contacts/jk.md")
    repo.git("rm", "--quiet", path)
    assert staged(repo) == [("contact-deleted", path)]


def test_what_comes_over_does_not_hide_what_another_one_lost(repo: Repo) -> None:
    path, other = the_same_in_two_workspaces(repo)
    repo.git("mv", path, "hiring/contacts/jana.md")
    repo.git("rm", "--quiet", other)
    repo.stage("hiring/contacts/jk2.md", repo.moved)
    assert "answer-rewritten" in {code for code, _ in staged(repo)}
