from __future__ import annotations

import json
import subprocess
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from bench.making.contact import story
from bench.making.life import KINDS, ROADS, TODAY, life
from bench.making.people import person, slug
from bench.making.repository import changeable, history, single_commits, write_repository, write_workspace
from tests.conftest import crmtool

COUNT = 60


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bench") / "made"
    write_repository(root, COUNT)
    return root


def test_the_bytes_are_the_same_everywhere() -> None:
    made = sha256(b"".join(history(COUNT))).hexdigest()
    # Changes with whatever is changed in what is made; then figures measured before and after cannot be compared.
    assert made == "c13cc170946c3e94430de4357178dd8f3d07723a12ed34e07b753b2f61db17cb"


def test_there_are_no_errors_and_few_warnings(repository: Path) -> None:
    found = json.loads(crmtool("--today", str(TODAY), "check", "--format", "json", cwd=repository).out)
    assert (found["contacts"], found["errors"]) == (COUNT, 0)
    assert found["warnings"] <= COUNT / 20


def test_every_commit_of_one_contact_keeps_the_rules(repository: Path) -> None:
    commits = f"HEAD~{single_commits(COUNT)}..HEAD"
    run = crmtool("--today", str(TODAY), "check", "--range", commits, "--format", "json", cwd=repository)
    assert json.loads(run.out)["errors"] == 0
    changed = git(repository, "log", "--format=", "--name-only", commits).split()
    assert len(changed) == single_commits(COUNT)


def test_both_ways_to_write_it_give_the_same_files(repository: Path, tmp_path: Path) -> None:
    write_workspace(tmp_path, COUNT)
    assert git(repository, "status", "--porcelain") == ""
    paths = git(repository, "ls-files", "-z").split("\0")[:-1]
    assert len(paths) == COUNT + 4
    assert all((tmp_path / path).read_bytes() == (repository / path).read_bytes() for path in paths)


def test_the_dates_of_commits_do_not_run_backwards(repository: Path) -> None:
    dates = [int(date) for date in git(repository, "log", "--reverse", "--format=%ct").split()]
    assert dates == sorted(dates)
    assert len(dates) > single_commits(COUNT) + 10


def test_the_shares_are_those_that_are_stated() -> None:
    assert sum(road.of_thousand for road in ROADS) == 1000
    last = Counter(KINDS[life(number)[-1].kind].to for number in range(2000))
    assert 0.5 < last["stopped"] / 2000 < 0.62
    assert 0.17 < last["agreed"] / 2000 < 0.27


def test_a_life_runs_forward_and_ends_before_today() -> None:
    for number in range(300):
        days = [step.day for step in life(number)]
        assert days == sorted(days)
        assert days[-1] < TODAY


def test_links_lead_to_contacts() -> None:
    there = {person(number).path for number in range(COUNT)}
    for number in range(COUNT):
        told = story(number, COUNT)
        text = told.text(len(told.steps))
        for target in [part.split(")")[0] for part in text.split("](")[1:]]:
            folder = Path(told.who.path).parent
            found = (folder / target) if not target.startswith("../") else folder.parent / target.removeprefix("../")
            assert found.as_posix() in there


def test_no_two_contacts_share_a_path_and_folders_are_small() -> None:
    paths = [person(number).path for number in range(5000)]
    assert len(set(paths)) == 5000
    assert max(Counter(path.rsplit("/", 1)[0] for path in paths).values()) == 20


def test_there_are_contacts_to_change_in_the_smallest_workspace() -> None:
    assert changeable(50)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ulrike Voß", "ulrike-voss"),
        ("Özlem Aydın", "oezlem-aydin"),
        ("Kiefer Möbel GmbH & Co. KG", "kiefer-moebel-gmbh-co-kg"),
    ],
)
def test_names_are_written_in_plain_letters(text: str, address: str) -> None:
    assert slug(text) == address
