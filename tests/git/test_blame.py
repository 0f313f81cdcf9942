"""crmtool blame over real histories: who brought in what, through renames, merges and what else one does with Git."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crmtool.cli import cli
from tests.conftest import ROOT
from tests.git.conftest import MakeRepo, Repo

JANA = "contacts/jana.md"
FIT = 'fit: {met: 2026-11-08, evidence: "85 people"}'
FIT_CORRECTED = 'fit: {met: 2026-11-08, evidence: "84 people", corrected: {date: 2026-11-20, because: "Counted"}}'
BUDGET = 'budget: {not_met: 2026-11-09, evidence: "None this year"}'
SOURCES = ("fit", "budget", "new", "ready")


def contact(*criteria: str, ready: bool = False, name: str = "Jana Köhler") -> str:
    answers = "".join(f"  {answer}\n" for answer in criteria)
    decisions = '  - {date: 2026-11-01, to: new, because: "Asked us"}\n'
    decisions += '  - {date: 2026-11-10, to: ready, because: "They fit"}\n' if ready else ""
    status = "ready" if ready else "new"
    head = f"---\nname: {name}\nstatus: {status}\n"
    return f"{head}{'criteria:' if answers else ''}\n{answers}decisions:\n{decisions}---\n\nNotes.\n"


class Story:
    """A history that is made commit by commit, each by an author of its own and a day later than the one before."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.names: dict[str | None, str] = {None: "-"}

    def commit(self, name: str, files: Mapping[str, str | None], *parents: str) -> str:
        """Commit the work tree once these files are written or removed, on top of HEAD or of `parents`."""
        for path, text in files.items():
            if text is None:
                (self.repo.top / path).unlink()
            else:
                self.repo.write(path, text)
        self.repo.git("add", "--all")
        tree = self.repo.git("write-tree").strip()
        before = parents or ((self.repo.head(),) if len(self.names) > 1 else ())
        options = [word for parent in before for word in ("-p", parent)]
        author = {"GIT_AUTHOR_NAME": name.title(), "GIT_AUTHOR_DATE": f"2026-11-{len(self.names):02}T12:00:00+01:00"}
        id = self.repo.git("commit-tree", tree, *options, given=f"Commit {name}", **author).strip()
        self.repo.git("update-ref", "HEAD", id)
        self.names[id] = name
        return id

    def id(self, name: str) -> str:
        """Give the id of a commit."""
        return next(id for id, known in self.names.items() if id and known == name)

    def came(self, wanted: str = "jana", *options: str) -> dict[str, str]:
        """Give, for each criterion or status, which commit brought it in, and after a slash which corrected it."""
        told = {}
        for entry in blamed(self.repo, wanted, *options)["entries"]:
            corrected = entry["corrected_by"]
            correction = f"/{self.names[corrected['commit']]}" if corrected else ""
            told[entry["criterion"] or entry["to"]] = self.names[entry["commit"]] + correction
        return {key: told[key] for key in SOURCES if key in told}


@pytest.fixture
def story(repo: Repo) -> Story:
    found = Story(repo)
    found.commit("mira", {"criteria.yaml": Repo.rules, JANA: contact()})
    return found


def run(repo: Repo, *arguments: str, start: str = "") -> Result:
    return CliRunner().invoke(cli, ["-C", str(repo.top / start), *arguments], catch_exceptions=False)


def blamed(repo: Repo, *arguments: str, start: str = "") -> Any:
    result = run(repo, "blame", *arguments, "--format", "json", start=start)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(repo: Repo, *arguments: str) -> str:
    done = repo.crmtool("blame", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.removeprefix("crmtool: ").strip()


def _unnamed(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{10}\b", "0123456789", text)


@pytest.fixture
def told_story(story: Story) -> Story:
    story.commit("jonas", {JANA: contact(FIT)})
    story.commit("ada", {JANA: contact(FIT_CORRECTED, ready=True)})
    story.repo.write(JANA, contact(FIT_CORRECTED, BUDGET, ready=True))
    return story


def test_the_text_is_that_of_the_docs(told_story: Story) -> None:
    page = (ROOT / "docs" / "reference" / "looking.md").read_text("utf-8")
    shown = page.split("```text\n$ crmtool blame jana\n")[1].split("```")[0]
    assert _unnamed(run(told_story.repo, "blame", "jana").output) == _unnamed(shown)


def test_on_a_narrow_terminal_the_parts_stand_below_each_other(
    told_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = _unnamed(run(told_story.repo, "blame", "jana").output).splitlines()
    assert lines[1:6] == [
        "            not committed yet",
        "            Budget: no on 2026-11-09 – None this year",
        "2026-11-03  Ada  0123456789",
        "            2026-11-10 New → Ready: They fit",
        "2026-11-02  Jonas  0123456789",
    ]
    assert max(map(len, lines)) <= 60


def test_json_tells_all_of_it(told_story: Story) -> None:
    ada, jonas = told_story.id("ada"), told_story.id("jonas")
    found = blamed(told_story.repo, "jana")
    assert {key: found[key] for key in ("version", "contact", "rev")} == {"version": 1, "contact": "jana", "rev": None}
    budget, ready, fit, new = found["entries"]
    nothing = {"commit": None, "author": None, "day": None, "subject": None}
    correction = {"commit": ada, "author": "Ada", "day": "2026-11-03", "subject": "Commit ada"}
    assert {key: budget[key] for key in nothing} == nothing
    assert (budget["kind"], budget["met"], budget["evidence"]) == ("answer", False, "None this year")
    assert {key: ready[key] for key in correction} == correction
    assert (ready["kind"], ready["criterion"], ready["from"], ready["to"]) == ("decision", None, "new", "ready")
    assert (fit["commit"], fit["corrected_by"], fit["corrected"]) == (jonas, correction, "2026-11-20")
    assert (new["from"], new["because"], new["corrected_by"], new["or_earlier"]) == (None, "Asked us", None, False)


def test_csv_has_a_row_for_each_entry(told_story: Story) -> None:
    out = run(told_story.repo, "blame", "jana", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    entries = blamed(told_story.repo, "jana")["entries"]
    assert [row["commit"] or None for row in rows] == [entry["commit"] for entry in entries]
    assert [row["corrected_by"] for row in rows] == ["", "", entries[1]["commit"], ""]
    assert rows[0].keys() == entries[0].keys()


def test_a_revision_is_blamed_as_it_was(told_story: Story) -> None:
    jonas = told_story.id("jonas")
    assert told_story.came("jana", "--rev", "HEAD~1") == {"fit": "jonas", "new": "mira"}
    assert blamed(told_story.repo, "jana", "--rev", "HEAD~1")["rev"] == jonas
    text = run(told_story.repo, "blame", "jana", "--rev", "HEAD~1").output
    assert text.startswith(f"Jana Köhler in commit {jonas[:10]}  jana\n")


def test_an_open_correction_that_is_not_committed(story: Story) -> None:
    story.commit("fit", {JANA: contact(FIT)})
    story.repo.write(JANA, contact(FIT_CORRECTED))
    assert story.came() == {"fit": "fit/-", "new": "mira"}
    assert "84 people (corrected, not committed yet)" in run(story.repo, "blame", "jana").output


@pytest.mark.parametrize(
    "moves",
    [
        {"contacts/nordlicht/jana.md": contact(FIT, BUDGET)},
        {"contacts/nordlicht/j-koehler.md": contact(FIT, BUDGET, name="Jana Köhler-Petersen")},
    ],
)
def test_a_file_that_was_renamed_and_changed_at_once(story: Story, moves: dict[str, str]) -> None:
    story.commit("fit", {JANA: contact(FIT)})
    story.commit("move", {JANA: None, **moves})
    story.commit("ready", {path: text.replace("met: 2026-11-08", "met: 2026-11-07") for path, text in moves.items()})
    assert story.came() == {"fit": "ready", "budget": "move", "new": "mira"}


_FOLDERS = ("contacts/", "contacts/x/", "sales/contacts/x/")


def test_a_folder_and_a_whole_workspace_that_were_moved(story: Story) -> None:
    texts = {name: contact(FIT, name=name) for name in ("ada", "bo")}
    places = [{f"{folder}{name}.md": text for name, text in texts.items()} for folder in _FOLDERS]
    story.commit("others", places[0])
    story.commit("folder", {**dict.fromkeys(places[0]), **places[1]})
    rules = {"criteria.yaml": None, "sales/criteria.yaml": Repo.rules}
    story.commit("all", {**dict.fromkeys(places[1]), **places[2], **rules})
    found = blamed(story.repo, "x/ada", start="sales")
    assert {story.names[entry["commit"]] for entry in found["entries"]} == {"others"}


def test_a_contact_that_was_archived_for_a_while(story: Story) -> None:
    story.commit("away", {JANA: None, "archive/jana.md": contact()})
    story.commit("back", {JANA: contact(FIT), "archive/jana.md": None})
    assert story.came() == {"fit": "back", "new": "mira"}


def test_a_rename_that_is_not_committed(story: Story) -> None:
    (story.repo.top / JANA).unlink()
    story.repo.write("contacts/j/jana.md", contact(FIT))
    assert story.came() == {"fit": "-", "new": "mira"}


def test_a_file_that_is_not_committed_at_all(repo: Repo) -> None:
    repo.write("criteria.yaml", Repo.rules)
    repo.write(JANA, contact(FIT))
    assert [entry["commit"] for entry in blamed(repo, "jana")["entries"]] == [None, None]  # there is no commit yet
    repo.git("add", "criteria.yaml")
    repo.commit()
    assert [entry["commit"] for entry in blamed(repo, "jana")["entries"]] == [None, None]


def test_a_deleted_file_that_was_written_anew(story: Story) -> None:
    story.commit("gone", {JANA: None})
    story.commit("anew", {JANA: contact(FIT)})
    assert story.came() == {"fit": "anew", "new": "anew"}


def test_a_revert_and_what_was_brought_back(story: Story) -> None:
    story.commit("fit", {JANA: contact(FIT)})
    story.repo.git("revert", "--no-edit", "HEAD")
    story.names[story.repo.head()] = "revert"
    assert story.came() == {"new": "mira"}
    story.commit("again", {JANA: contact(FIT)})
    assert story.came() == {"fit": "again", "new": "mira"}


def test_another_style_another_order_and_the_notes_change_nothing(story: Story) -> None:
    story.commit("fit", {JANA: contact(FIT, BUDGET)})
    block = "fit:\n    - evidence: '85 people'\n      met: '2026-11-08'"
    story.commit("style", {JANA: contact(BUDGET, block)})
    story.commit("notes", {JANA: contact(BUDGET, block).replace("Notes", "Called.\r\n")})
    assert story.came() == {"fit": "fit", "budget": "fit", "new": "mira"}


def test_what_could_not_be_read_for_a_while(story: Story) -> None:
    story.commit("fit", {JANA: contact(FIT)})
    story.commit("broken", {JANA: f"<<<<<<< ours\n{contact(FIT)}"})
    story.commit("mended", {JANA: contact(FIT, BUDGET)})
    assert story.came() == {"fit": "fit", "budget": "mended", "new": "mira"}


def test_a_merge_brings_in_only_what_no_parent_has(story: Story) -> None:
    base = story.repo.head()
    ours = story.commit("ours", {JANA: contact(FIT)}, base)
    theirs = story.commit("theirs", {JANA: contact(BUDGET)}, base)
    story.commit("merge", {JANA: contact(FIT, BUDGET, ready=True)}, ours, theirs)
    assert story.came() == {"fit": "ours", "budget": "theirs", "new": "mira", "ready": "merge"}


def test_a_file_renamed_on_one_side_and_changed_on_the_other(story: Story) -> None:
    base = story.repo.head()
    new = "contacts/nordlicht/jana.md"
    changed = story.commit("changed", {JANA: contact(FIT)}, base)
    moved = story.commit("moved", {JANA: None, new: contact()}, base)
    story.commit("merge", {new: contact(FIT)}, moved, changed)
    assert story.came() == {"fit": "changed", "new": "mira"}


def test_an_octopus(story: Story) -> None:
    base = story.repo.head()
    tips = [
        story.commit(name, {JANA: contact(*criteria, ready=ready)}, base)
        for name, criteria, ready in (("fit", (FIT,), False), ("budget", (BUDGET,), False), ("ready", (), True))
    ]
    story.commit("octopus", {JANA: contact(FIT, BUDGET, ready=True)}, *tips)
    assert story.came() == {"fit": "fit", "budget": "budget", "new": "mira", "ready": "ready"}


def test_criss_cross_merges(story: Story) -> None:
    base = story.repo.head()
    one = story.commit("one", {JANA: contact(FIT)}, base)
    other = story.commit("other", {JANA: contact(BUDGET)}, base)
    left = story.commit("left", {JANA: contact(FIT_CORRECTED, BUDGET)}, one, other)
    right = story.commit("right", {JANA: contact(FIT, BUDGET)}, other, one)
    story.commit("merge", {JANA: contact(FIT_CORRECTED, BUDGET, ready=True)}, right, left)
    assert story.came() == {"fit": "one/left", "budget": "other", "new": "mira", "ready": "merge"}


def test_what_was_picked_came_from_the_first_parent(story: Story) -> None:
    base = story.repo.head()
    one = story.commit("one", {JANA: contact(FIT)}, base)
    other = story.commit("other", {JANA: contact(FIT)}, base)
    story.commit("merge", {}, one, other)
    assert story.came() == {"fit": "one", "new": "mira"}
    story.commit("merge", {}, other, one)
    assert story.came() == {"fit": "other", "new": "mira"}


def test_a_squash_brings_in_all_of_it(story: Story) -> None:
    base = story.repo.head()
    story.commit("fit", {JANA: contact(FIT)})
    story.commit("corrected", {JANA: contact(FIT_CORRECTED, ready=True)})
    story.commit("squash", {}, base)
    assert story.came() == {"fit": "squash/squash", "new": "mira", "ready": "squash"}


def test_an_orphan_that_was_merged(story: Story) -> None:
    mine = story.repo.head()
    story.repo.git("checkout", "--quiet", "--orphan", "other")
    story.names = {None: "-"}  # so that the next commit has no parents
    other = story.commit("other", {"README.md": "Hello"})
    story.commit("merge", {}, other, mine)
    assert story.came() == {"new": "other"}
    assert story.commit("again", {}, mine, other)
    story.names[mine] = "mira"
    assert story.came() == {"new": "mira"}


def test_while_a_merge_is_under_way_what_the_other_side_has_is_its_own(story: Story) -> None:
    base = story.repo.head()
    theirs = story.commit("theirs", {JANA: contact(BUDGET)}, base)
    story.commit("ours", {JANA: contact(FIT)}, base)
    assert story.repo.attempt("git", "merge", "--no-commit", theirs).returncode == 1
    assert "has errors: `crmtool check contacts/jana.md` tells them" in refused(story.repo, "jana")
    story.repo.write(JANA, contact(FIT, BUDGET, ready=True))
    assert story.came() == {"fit": "ours", "budget": "theirs", "new": "mira", "ready": "-"}


def test_a_shallow_clone_says_where_it_ends(told_story: Story, tmp_path: Path) -> None:
    told_story.repo.git("clone", "--quiet", "--depth=2", f"file://{told_story.repo.top}", str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    told = {entry["criterion"] or entry["to"]: entry["or_earlier"] for entry in blamed(clone, "jana")["entries"]}
    assert told == {"ready": False, "fit": True, "new": True}
    result = run(clone, "blame", "jana")
    assert "2026-11-02  Jonas         0123456789 or earlier  2026-11-01 New: Asked us" in _unnamed(result.stdout)
    assert "may be older than this shallow clone; `git fetch --unshallow` brings the rest" in result.stderr
    clone.git("fetch", "--quiet", "--unshallow")
    assert "or earlier" not in run(clone, "blame", "jana").output


def test_what_a_terminal_would_obey_is_made_visible(story: Story) -> None:
    story.repo.stage(JANA, contact(FIT))
    story.repo.git("commit", "--quiet", "-m", "a", GIT_AUTHOR_NAME="Mi\x1b[31mra\u202e")
    out = run(story.repo, "blame", "jana").output
    assert "Mi\\u001b[31mra\\u202e" in out
    assert "\x1b" not in out


def test_names_that_are_no_text(story: Story) -> None:
    story.repo.git("config", "i18n.commitEncoding", "latin1")
    story.repo.stage(JANA, contact(FIT))
    story.repo.attempt("git", "commit", "-q", "-m", "a", GIT_AUTHOR_NAME="J\udcf6rg")
    done = story.repo.crmtool("blame", "jana", "--format", "json")
    assert json.loads(done.stdout)["entries"][0]["author"] == "Jörg"


def test_two_workspaces_links_and_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.workspace("sales/")
    repo.workspace("hiring/")
    first = repo.commit()
    (repo.top / "sales" / "contacts" / "alias.md").symlink_to("jana.md")
    repo.git("add", "--all")
    repo.commit()
    for wanted in ("jana", "alias"):
        for options in ((), ("--rev", "HEAD")):
            (entry,) = blamed(repo, f"contacts/{wanted}.md", *options, start="sales")["entries"]
            assert entry["commit"] == first
    repo.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "HEAD")
    linked = Repo(tmp_path / "linked")
    linked.write(f"hiring/{JANA}", contact(FIT))
    told = [entry["commit"] for entry in blamed(linked, "jana", start="hiring")["entries"]]
    assert told == [None, first]


def test_a_repository_with_sha256(make_repo: MakeRepo) -> None:
    story = Story(make_repo("long", "--object-format=sha256"))
    story.commit("mira", {"criteria.yaml": Repo.rules, JANA: contact()})
    story.commit("fit", {JANA: contact(FIT)})
    assert story.came() == {"fit": "fit", "new": "mira"}


def test_refusals(story: Story) -> None:
    assert refused(story.repo, "bo") == "no contact 'bo'; `crmtool list` shows them all"
    assert refused(story.repo, "jana", "--rev", "v9").startswith("no commit 'v9' in this repository; ")


def test_outside_of_a_repository(tmp_path: Path) -> None:
    place = Repo(tmp_path)
    place.write("criteria.yaml", Repo.rules)
    place.write(JANA, contact())
    assert refused(place, "jana") == f"{tmp_path} lies in no Git repository; `git init` makes one"


def test_a_broken_rule_book_leaves_the_ids(story: Story) -> None:
    story.repo.write("criteria.yaml", "statuses: [")
    story.repo.write(JANA, contact(FIT))
    assert "fit: yes on 2026-11-08" in run(story.repo, "blame", "jana").output


@pytest.mark.parametrize("options", [(), ("--rev", "HEAD")])
def test_so_many_git_processes_however_long_the_history(story: Story, options: tuple[str, ...], tmp_path: Path) -> None:
    def processes() -> list[str]:
        trace = tmp_path / "trace"
        trace.unlink(missing_ok=True)
        done = story.repo.crmtool("blame", "jana", *options, GIT_TRACE=str(trace))
        assert done.returncode == 0, done.stderr
        return [line.split("built-in: git ")[1].split()[0] for line in trace.read_text("utf-8").splitlines()]

    few = processes()
    for n in range(30):
        others = {f"contacts/{n - 1}.md": None} if n else {}
        story.commit(
            str(n),
            {
                f"contacts/{n}.md": contact(FIT, name=str(n)),
                **others,
                JANA: contact(f"fit: {{met: 2026-10-{n + 1:02}}}"),
            },
        )
    assert processes() == few
    assert len(few) <= 14
