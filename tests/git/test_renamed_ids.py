"""The commit hook lets another id through, and nothing else that comes with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtool import hooks
from crmtool.git import Repository
from tests.git.conftest import MOVED, RULES

if TYPE_CHECKING:
    from tests.git.conftest import Repo

BOOK = RULES.replace("transitions:", "reasons:\n  stopped: {no_need: No need, other: Other}\ntransitions:")
JANA = MOVED.replace(
    '"Looks fine"}', '"Looks fine"}\n  - {date: 2026-11-12, to: stopped, because: No, reason: no_need}'
)
JANA = JANA.replace("status: ready", "status: stopped")
PAIRS = {"ready": "ripe", "stopped": "over", "fit": "profile", "no_need": "needless"}


def renamed(text: str) -> str:
    return re.sub(r"(?<![\w-])(ready|stopped|fit|no_need)(?![\w-])", lambda match: PAIRS[match[1]], text)


@pytest.fixture
def committed(repo: Repo) -> Repo:
    """A repository with the hook, whose contact has been decided about."""
    repo.stage("criteria.yaml", BOOK)
    repo.stage("contacts/jana.md", JANA)
    repo.commit()
    hooks.install(Repository.find(repo.top))
    return repo


def test_ids_that_were_renamed_everywhere_are_committed(committed: Repo) -> None:
    committed.stage("criteria.yaml", renamed(BOOK))
    committed.stage("contacts/jana.md", renamed(JANA))

    done = committed.try_commit()

    assert done.returncode == 0, done.stderr
    assert "judge" not in done.stdout + done.stderr, "nobody is judged otherwise"
    assert committed.crmtool("check", "--range", "HEAD~..HEAD").returncode == 0


def test_what_is_rewritten_along_with_it_is_found(committed: Repo) -> None:
    committed.stage("criteria.yaml", renamed(BOOK))
    committed.stage("contacts/jana.md", renamed(JANA).replace("Looks fine", "Looked fine").replace("85", "58"))

    done = committed.try_commit()

    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "the decision of 2026-11-09 to ripe was changed: because 'Looks fine' → 'Looked fine'" in told
    assert "the answer to profile 'met 2026-11-08' was changed: evidence '85 people' → '58 people'" in told


def test_a_definition_that_changed_as_well_is_another_one(committed: Repo) -> None:
    committed.stage("criteria.yaml", renamed(BOOK).replace("Between 10 and 200 people?", "How many people?"))
    committed.stage("contacts/jana.md", renamed(JANA))

    done = committed.try_commit()

    assert done.returncode != 0
    assert "the answer to fit 'met 2026-11-08' was removed" in done.stdout + done.stderr
    assert "the decision of" not in done.stdout + done.stderr, "the statuses are the same"


def test_a_contact_that_was_left_out_is_named(committed: Repo) -> None:
    committed.stage("criteria.yaml", renamed(BOOK))

    done = committed.try_commit()

    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "criteria.yaml:11:3: error: the criterion 'fit' was renamed to 'profile', but not in jana" in told
    assert "write 'profile' there, too" in told


@pytest.mark.parametrize("options", [["--staged"], ["--base", "HEAD"]])
def test_a_contact_in_which_half_was_renamed_was_not_rewritten(committed: Repo, options: list[str]) -> None:
    committed.stage("criteria.yaml", renamed(BOOK))
    committed.stage("contacts/jana.md", JANA.replace("fit:", "profile:"))

    done = committed.crmtool("check", *options)

    assert done.returncode == 1
    assert "the rule book has no status 'ready'" in done.stdout
    assert "[decision-rewritten]" not in done.stdout
    assert "[answer-rewritten]" not in done.stdout
