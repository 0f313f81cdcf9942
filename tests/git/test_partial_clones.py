"""A partial clone, which fetches contents when they are read, and a sparse checkout, which has but some folders."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.git.conftest import BAD, GOOD, MOVED, RULES, Repo

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo

HERE, ELSEWHERE = "contacts/here", "contacts/elsewhere"
MANY = 12


def contact(number: int, text: str = GOOD, folder: str = HERE) -> str:
    return text.replace("Jana Köhler", f"Jana {number}").replace("Asked us", f"Asked us {number} in {folder}")


@pytest.fixture
def origin(make_repo: MakeRepo) -> Repo:
    """Two folders of many contacts, and a tag `base` that is followed by a change of every contact."""
    repo = make_repo("origin")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("config", "uploadpack.allowAnySHA1InWant", "true")
    repo.stage("criteria.yaml", RULES)
    for folder in (HERE, ELSEWHERE):
        for number in range(MANY):
            repo.stage(f"{folder}/{number}.md", contact(number, folder=folder))
    repo.commit()
    repo.git("tag", "base")
    change(repo, *(f"{folder}/{number}.md" for folder in (HERE, ELSEWHERE) for number in range(MANY)))
    return repo


def change(repo: Repo, *paths: str) -> str:
    for path in paths:
        repo.stage(path, (repo.top / path).read_text("utf-8").replace("Notes.", "Notes.\n\nCalled again."))
    return repo.commit()


def clone(origin: Repo, *options: str, name: str = "clone") -> Repo:
    top = origin.top.parent / name
    subprocess.run(["git", "clone", "--quiet", *options, origin.top.as_uri(), str(top)], check=True)
    return Repo(top)


def partial(origin: Repo, *folders: str) -> Repo:
    """Clone without contents, and check out some folders."""
    repo = clone(origin, "--filter=blob:none", "--sparse")
    if folders:
        repo.git("sparse-checkout", "add", *folders)
    return repo


@pytest.fixture
def lean(origin: Repo) -> Repo:
    """A partial clone in which one folder is checked out."""
    return partial(origin, HERE)


@pytest.fixture
def full(origin: Repo) -> Repo:
    """An ordinary clone."""
    return clone(origin, name="full")


@pytest.fixture
def sparse(origin: Repo) -> Repo:
    """A clone that has all contents, in which one folder is checked out."""
    repo = clone(origin, "--sparse", name="sparse")
    repo.git("sparse-checkout", "add", HERE)
    return repo


def fetches(repo: Repo, *arguments: str, status: int = 0) -> tuple[int, str]:
    """Run the program; tell how often contents were fetched, and what it said."""
    trace = repo.top.parent / "trace"
    trace.unlink(missing_ok=True)
    done = repo.crmtool(*arguments, GIT_TRACE=str(trace))
    assert done.returncode == status, done.stderr
    traced = trace.read_text("utf-8") if trace.exists() else ""
    return len(re.findall("built-in: git .*fetch ", traced)), done.stdout


def findings(repo: Repo, *arguments: str) -> list[tuple[str, str]]:
    done = repo.crmtool("check", *arguments, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return [(found["code"], found["path"]) for found in json.loads(done.stdout)["findings"]]


def told(repo: Repo, *arguments: str) -> Any:
    done = repo.crmtool(*arguments, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def move(repo: Repo, path: str, to: str) -> None:
    """Rename a file that need not be checked out."""
    mode, id = repo.git("ls-files", "--stage", "--", path).split()[:2]
    lines = f"0 {'0' * 40}\t{path}\n{mode} {id}\t{to}\n"
    repo.git("update-index", "--index-info", given=lines)
    repo.git("update-index", "--skip-worktree", to)


def break_remote(repo: Repo) -> None:
    repo.git("remote", "set-url", "origin", (repo.top.parent / "nowhere").as_uri())


# --- a partial clone: what is missing comes at once ---


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (("check", "--range", "base..HEAD"), 1),
        (("check", "--base", "base"), 2),
        (("check", "--staged", "--base", "base"), 2),
        (("diff", "base..HEAD"), 2),
        (("diff", "base"), 2),
        (("list", "--rev", "base"), 1),
        (("focus", "--rev", "base"), 1),
    ],
)
def test_contents_are_fetched_at_once(lean: Repo, full: Repo, arguments: tuple[str, ...], most: int) -> None:
    count, said = fetches(lean, *arguments)
    assert 1 <= count <= most
    if arguments[:2] != ("check", "--base"):  # which counts what is checked out
        assert said == fetches(full, *arguments)[1]
    assert fetches(lean, *arguments)[0] == 0, "they are kept"


def test_a_changed_rule_book_has_all_contacts_fetched_at_once(origin: Repo, lean: Repo) -> None:
    lean.stage("criteria.yaml", RULES.replace("Fits", "Suits"))
    assert fetches(lean, "check", "--staged")[0] == 1


def test_the_hook_fetches_nothing_for_contacts_that_are_checked_out(lean: Repo) -> None:
    for number in range(3):
        lean.stage(f"{HERE}/{number}.md", contact(number, MOVED))
    assert fetches(lean, "check", "--staged")[0] == 0
    lean.stage(f"{HERE}/4.md", contact(4, BAD))
    assert fetches(lean, "check", "--staged", status=1)[0] == 0


def test_the_past_of_a_contact_is_fetched_at_once(origin: Repo) -> None:
    for _ in range(5):
        change(origin, f"{HERE}/3.md")
    assert fetches(partial(origin, HERE), "blame", "here/3")[0] == 1


def test_a_contact_of_a_revision_is_fetched_by_itself(lean: Repo) -> None:
    assert fetches(lean, "why", "elsewhere/3", "--rev", "base")[0] == 1
    assert fetches(lean, "list", "--rev", "base")[0] == 1, "the others have not come with it"


def test_a_work_tree_beside_a_partial_clone_is_one_too(lean: Repo) -> None:
    lean.git("worktree", "add", "-q", "--no-checkout", "--detach", "../beside", "HEAD")
    beside = Repo(lean.top.parent / "beside")
    beside.git("sparse-checkout", "set", HERE)
    beside.git("checkout", "-q")
    assert fetches(beside, "diff", "base")[0] == 2
    assert findings(beside, "--base", "base") == findings(lean, "--base", "base")


def test_a_bare_partial_clone_is_checked_by_few_fetches(origin: Repo) -> None:
    bare = clone(origin, "--bare", "--filter=blob:none")
    assert fetches(bare, "check", "--range", "base..HEAD")[0] == 2, "contacts and rule book"


def test_another_promisor_is_asked_where_the_first_one_gives_nothing(lean: Repo, origin: Repo) -> None:
    lean.git("remote", "add", "other", origin.top.as_uri())
    lean.git("config", "remote.other.promisor", "true")
    break_remote(lean)
    assert lean.crmtool("check", "--range", "base..HEAD").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--range", "base..HEAD"),
        ("check", "--base", "base"),
        ("diff", "base..HEAD"),
        ("list", "--rev", "base"),
        ("why", "elsewhere/3", "--rev", "base"),
        ("blame", "here/3"),
    ],
)
def test_a_remote_that_cannot_be_reached_is_told_in_one_line(lean: Repo, arguments: tuple[str, ...]) -> None:
    break_remote(lean)
    done = lean.crmtool(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    first, *advice = done.stderr.splitlines()
    assert "this partial clone lacks" in first
    assert "'origin' does not give" in first
    assert len(advice) == 2


def test_what_is_here_needs_no_remote(lean: Repo) -> None:
    break_remote(lean)
    lean.stage(f"{HERE}/3.md", contact(3, MOVED))
    for arguments in (("check",), ("check", "--staged"), ("check", "--base", "HEAD"), ("diff",), ("list",)):
        assert lean.crmtool(*arguments).returncode == 0, arguments


def test_all_contents_can_be_had_as_is_advised(lean: Repo) -> None:
    lean.git("fetch", "--quiet", "--refetch", "--no-filter")
    break_remote(lean)
    assert lean.crmtool("diff", "base..HEAD").returncode == 0


# --- a sparse checkout: what is left out is neither gone nor changed ---


def test_what_is_left_out_is_not_deleted(sparse: Repo) -> None:
    assert findings(sparse, "--base", "base") == []
    assert findings(sparse, "--base", "HEAD") == []
    assert told(sparse, "diff")["contacts"] == []


def test_a_comparison_tells_what_an_ordinary_clone_tells(sparse: Repo, full: Repo) -> None:
    for repo in (sparse, full):
        repo.stage(f"{HERE}/3.md", contact(3, MOVED))
    for arguments in (("diff",), ("diff", "base"), ("diff", "HEAD")):
        assert told(sparse, *arguments) == told(full, *arguments)


def test_what_is_deleted_here_is_found(sparse: Repo) -> None:
    (sparse.top / HERE / "3.md").unlink()
    assert findings(sparse, "--base", "base") == [("contact-deleted", f"{HERE}/3.md")]
    [found] = told(sparse, "diff")["contacts"]
    assert (found["contact"], found["file"]) == ("here/3", "deleted")


def test_what_commits_deleted_elsewhere_is_found(origin: Repo) -> None:
    origin.git("rm", "-q", f"{ELSEWHERE}/3.md")
    origin.commit()
    assert findings(partial(origin, HERE), "--base", "base") == [("contact-deleted", f"{ELSEWHERE}/3.md")]


def test_what_commits_did_elsewhere_is_found(origin: Repo) -> None:
    origin.stage(f"{ELSEWHERE}/3.md", contact(3, BAD))
    origin.commit()
    codes = {code for code, path in findings(partial(origin, HERE), "--base", "base") if path == f"{ELSEWHERE}/3.md"}
    assert codes == {"criteria-missing", "decision-rewritten"}


def test_a_contact_that_moved_out_of_what_is_checked_out_is_not_deleted(sparse: Repo) -> None:
    move(sparse, f"{HERE}/3.md", f"{ELSEWHERE}/moved.md")
    sparse.git("commit", "-qm", "move")
    (sparse.top / HERE / "3.md").unlink()
    assert findings(sparse, "--base", "base") == []
    assert ("elsewhere/moved", "here/3") in [
        (each["contact"], each["renamed_from"]) for each in told(sparse, "diff", "base")["contacts"]
    ]


def test_a_file_that_lies_where_it_is_left_out_counts(sparse: Repo) -> None:
    sparse.write(f"{ELSEWHERE}/3.md", contact(3, BAD, ELSEWHERE))
    assert ("criteria-missing", f"{ELSEWHERE}/3.md") in findings(sparse, "--base", "HEAD")


def test_a_new_contact_is_not_taken_for_one_that_is_left_out(lean: Repo) -> None:
    """The same text lies elsewhere: nothing but its absence would make it a rename."""
    lean.write(f"{HERE}/new.md", contact(3, folder=ELSEWHERE))
    count, said = fetches(lean, "blame", "here/new")
    assert count == 0
    assert "not committed" in said


def test_the_commands_see_what_is_checked_out(lean: Repo) -> None:
    listed = json.dumps(told(lean, "list"))
    assert "here/3" in listed
    assert "elsewhere/3" not in listed
    assert findings(lean) == []
    assert fetches(lean, "focus")[0] == 0


def test_the_hook_takes_nothing_that_is_left_out_for_deleted(lean: Repo) -> None:
    lean.stage(f"{HERE}/3.md", contact(3, MOVED))
    assert findings(lean, "--staged") == []
    lean.git("rm", "-q", "--cached", "--sparse", f"{ELSEWHERE}/3.md")
    assert findings(lean, "--staged") == [("contact-deleted", f"{ELSEWHERE}/3.md")]


@pytest.mark.parametrize("option", ["--sparse-index", "--no-cone"])
def test_other_kinds_of_sparse_checkouts(sparse: Repo, option: str) -> None:
    folders = [HERE] if option == "--sparse-index" else ["/criteria.yaml", HERE]
    sparse.git("sparse-checkout", "set", option, *folders)
    assert not (sparse.top / ELSEWHERE).exists()
    assert findings(sparse, "--base", "base") == []
    assert told(sparse, "diff")["contacts"] == []


def test_a_workspace_below_the_top(origin: Repo) -> None:
    origin.git("mv", "criteria.yaml", "contacts", "-k", ".")
    (origin.top / "sales").mkdir()
    origin.git("mv", "criteria.yaml", "contacts", "sales")
    origin.commit()
    origin.git("tag", "-f", "base")
    lean = partial(origin, f"sales/{HERE}")
    inside = Repo(lean.top / "sales")
    assert findings(inside, "--base", "base") == []
    (inside.top / HERE / "3.md").unlink()
    assert findings(inside, "--base", "base") == [("contact-deleted", f"{HERE}/3.md")]


def test_schemas_must_not_be_left_out(origin: Repo) -> None:
    own = '{"properties": {"region": {"type": "string"}}}'
    origin.stage("schemas/contact.schema.json", own)
    origin.stage(f"{HERE}/3.md", contact(3).replace("status:", "region: north\nstatus:"))
    origin.commit()
    lean = partial(origin, HERE)
    for arguments in (("check",), ("list",), ("diff",)):
        done = lean.crmtool(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "`git sparse-checkout add schemas`" in done.stderr
    lean.git("sparse-checkout", "add", "schemas")
    assert findings(lean) == []


def test_no_git_is_started_for_a_check_of_an_ordinary_clone(full: Repo, tmp_path: Path) -> None:
    trace = tmp_path / "none"
    assert full.crmtool("check", GIT_TRACE=str(trace)).returncode == 0
    assert not trace.exists()


def test_a_commit_of_many_contacts_starts_no_more_git_in_an_ordinary_clone(full: Repo, tmp_path: Path) -> None:
    for number in range(MANY):
        full.stage(f"{HERE}/{number}.md", contact(number, MOVED))
    trace = tmp_path / "trace"
    assert full.crmtool("check", "--staged", GIT_TRACE=str(trace)).returncode == 0
    commands = [line.split("built-in: git ")[1].split()[0] for line in trace.read_text("utf-8").splitlines()]
    assert sorted(commands) == ["cat-file", "diff-index", "ls-files", "rev-parse", "rev-parse", "rev-parse"]
