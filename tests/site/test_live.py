"""What is served after a change is what a build would make, without a build."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from crmtool.serving.rounds import Outcome, Rounds
from tests.building import day
from tests.conftest import JANA, RULEBOOK, TODAY, write_files
from tests.site.conftest import CONFIGURATION, FILES, UWE, builder_of, tree

JANA_FILE = "contacts/nordlicht/jana-koehler.md"
JANA_PAGE = "contacts/nordlicht/jana-koehler.html"
UWE_FILE = "contacts/hansa & söhne/uwe #1 100%.md"
BEN = UWE.replace('name: Uwe "Blitz" <Richter>', "name: Ben").replace("Notizen zu", "Zu [Uwe](uwe.md) und")
THEMES = {
    "ours": CONFIGURATION,
    "folders": CONFIGURATION.replace("use_directory_urls: false", "use_directory_urls: true"),
    "another": CONFIGURATION.replace("name: crmtool", "name: mkdocs"),
    "a contact in the navigation": CONFIGURATION + f"nav: [runde.md, index.md, Jana: {JANA_FILE}]\n",
    "a script of the team": CONFIGURATION,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a site and three contacts, without errors."""
    answers = 'criteria:\n  fit: {met: 2026-10-02, evidence: "40"}\n  conflict: {not_met: 2026-10-02, evidence: "-"}\n'
    contacts = {UWE_FILE: UWE, "contacts/ben.md": BEN}
    sound = {path: text.replace("decisions:", answers + "decisions:") for path, text in contacts.items()}
    return write_files(tmp_path / "arbeits platz", FILES | sound)


@pytest.fixture
def rounds(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """The server's rounds, without the server."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # some themes tell when a site was built
    (tmp_path / "served").mkdir()
    builder = builder_of(root / "site" / "mkdocs.yml", root)
    return Rounds(builder=builder, sources=builder.sources(), today=lambda: day(TODAY), folder=tmp_path / "served")


def files_of(outcome: Outcome, names: set[str]) -> dict[str, bytes]:
    """Give the files that a server would answer with."""
    assert outcome.folder is not None
    made = {name: outcome.live.file(name) for name in names if outcome.live and outcome.live.holds(name)}
    return without_counts(tree(outcome.folder) | made)


def without_counts(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the team's own pages, on which the server has a script tell the counts."""
    return {name: data for name, data in files.items() if name not in ("404.html", "runde.html", "runde/index.html")}


def built(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Give the files of a build."""
    monkeypatch.setenv("CRMTOOL_TODAY", TODAY)
    folder = tmp_path / "built"
    # The links of 404.html begin with the address.
    build_site(load_config(str(root / "site" / "mkdocs.yml"), site_dir=str(folder), site_url="http://127.0.0.1:1/"))
    return without_counts(tree(folder))


@pytest.mark.parametrize("theme", THEMES)
def test_after_any_edit_every_page_is_the_one_that_a_build_makes(
    theme: str, root: Path, rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(root, {"site/mkdocs.yml": THEMES[theme]})
    if theme == "a script of the team":
        write_files(root, {"site/pages/js/contacts.js": "ours();\n"})
    first = rounds.first()
    expected = built(root, tmp_path, monkeypatch)
    assert files_of(first, set(expected)) == expected
    texts = (
        JANA.replace("Jana", "Ada"),
        JANA + "[Ben](../ben.md)",
        JANA.replace("next_step:", "revisit: 2027-01-01\nnext_step:"),
    )
    for text in texts:
        write_files(root, {JANA_FILE: text})
        outcome = rounds.again([root / JANA_FILE])
        assert outcome is not None
        assert outcome.folder == first.folder
        expected = built(root, tmp_path, monkeypatch)
        assert files_of(outcome, set(expected)) == expected


def test_a_page_is_made_once_and_the_one_before_stays_what_it_was(root: Path, rounds: Rounds) -> None:
    before = rounds.first().live
    assert before is not None
    page = before.file(JANA_PAGE)
    assert before.file(JANA_PAGE) is page
    write_files(root, {JANA_FILE: JANA.replace("Jana", "Ada")})
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert outcome.live is not None
    assert b"Ada K\xc3\xb6hler" in outcome.live.file(JANA_PAGE)
    assert before.file("contacts/ben.html")
    assert b"Jana K\xc3\xb6hler" in before.file("contacts.html")


@pytest.mark.parametrize(
    "change",
    [
        {"contacts/new.md": JANA},
        {"contacts/ben.md": None},
        {"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")},
        {"site/pages/runde.md": "# Anders\n"},
        {"site/mkdocs.yml": CONFIGURATION.replace("Neukunden", "Kunden")},
    ],
)
def test_what_changes_more_than_a_contact_is_built_anew(
    change: dict[str, str | None], root: Path, rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rounds.first()
    write_files(root, {path: text for path, text in change.items() if text is not None})
    for path in [path for path, text in change.items() if text is None]:
        (root / path).unlink()
    outcome = rounds.again([root / path for path in change])
    assert outcome is not None
    assert outcome.folder not in (None, first.folder)
    expected = built(root, tmp_path, monkeypatch)
    assert files_of(outcome, set(expected)) == expected


def test_the_next_day_is_built_anew(root: Path, rounds: Rounds) -> None:
    first = rounds.first()
    rounds.today = lambda: day("2026-11-24")
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert outcome.folder not in (None, first.folder)


def test_a_search_that_knows_all_pages_has_them_built(root: Path, rounds: Rounds) -> None:
    write_files(root, {"site/mkdocs.yml": THEMES["another"].replace("[crmtool]", "[search, crmtool]")})
    first = rounds.first()
    assert first.live is None
    assert first.folder is not None
    assert b"Blitz" in (first.folder / "search" / "search_index.json").read_bytes()
    write_files(root, {JANA_FILE: JANA.replace("Jana", "Ada")})
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert outcome.folder is not None
    assert b"Ada" in (outcome.folder / JANA_PAGE).read_bytes()


def test_links_that_lead_nowhere_are_told_until_they_are_mended(root: Path, rounds: Rounds) -> None:
    told = "the link to contacts/uwe.md leads nowhere"
    assert [told in warning for warning in rounds.first().warnings] == [True]
    write_files(root, {JANA_FILE: JANA + "[x](gone.md)\n"})
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert [warning.partition(":")[0] for warning in outcome.warnings] == ["contacts/ben.md", JANA_FILE]
    write_files(root, {JANA_FILE: JANA})
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert [told in warning for warning in outcome.warnings] == [True]


def test_a_contact_that_cannot_be_judged_any_more_stays_as_it_was(root: Path, rounds: Rounds) -> None:
    rounds.first()
    write_files(root, {JANA_FILE: "---\nstatus: [\n---\n"})
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert (outcome.folder, outcome.kept) == (None, (JANA_FILE,))


def test_whatever_is_edited_and_asked_for_in_between_the_end_is_that_of_a_build(
    root: Path, rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(6)
    outcome = rounds.first()
    edits: list[Callable[[str], str]] = [
        lambda text: text.replace("name: ", "name: X"),
        lambda text: text + "more\n",
        lambda text: text.replace("2026-11-02", "2026-11-03"),
        lambda text: text.replace("status: ", "status: [", 1),
        lambda text: text.replace("status: [", "status: "),
    ]
    for _ in range(25):
        file = chance.choice(sorted((root / "contacts").rglob("*.md")))
        file.write_text(chance.choice(edits)(file.read_text("utf-8")), "utf-8")
        outcome = next(filter(None, (rounds.again([file]), outcome)))
        if outcome.live:
            outcome.live.file(chance.choice(("index.html", JANA_PAGE, "contacts.html", "progress.html")))
    for file in (root / "contacts").rglob("*.md"):
        file.write_text(file.read_text("utf-8").replace("status: [", "status: "), "utf-8")
    last = rounds.again([])
    if last is None or last.folder is None:
        write_files(root, {JANA_FILE: JANA})
        last = rounds.again([root / JANA_FILE])
    assert last is not None
    expected = built(root, tmp_path, monkeypatch)
    assert files_of(last, set(expected)) == expected


def test_pages_that_stay_have_no_counts_of_their_own(root: Path, rounds: Rounds) -> None:
    first = rounds.first()
    assert first.folder is not None
    for name in ("404.html", "runde.html"):
        page = (first.folder / name).read_text("utf-8")
        assert 'class="count"' not in page
        assert "js/counts.js" in page


def test_the_commit_that_is_named_is_the_one_of_now(root: Path, rounds: Rounds) -> None:
    def git(*arguments: str) -> str:
        names = ("-c", "user.name=n", "-c", "user.email=e@x.example", "-c", "commit.gpgsign=false")
        return subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=one")
    first = rounds.first().live
    assert first is not None
    assert git("rev-parse", "--short", "HEAD").strip() in first.file("index.html").decode()
    write_files(root, {JANA_FILE: JANA.replace("Jana", "Ada")})
    git("commit", "--quiet", "--all", "--message=two")
    outcome = rounds.again([root / JANA_FILE])
    assert outcome is not None
    assert outcome.live is not None
    assert git("rev-parse", "--short", "HEAD").strip() in outcome.live.file("index.html").decode()


def test_pages_may_be_asked_for_while_a_change_is_taken_in(root: Path, rounds: Rounds) -> None:
    write_files(root, {f"contacts/many/{number}.md": JANA for number in range(60)})
    outcome = rounds.first()
    stop = Event()

    def visit() -> None:
        while not stop.is_set():
            for number in range(60):
                if outcome.live is not None:
                    outcome.live.file(f"contacts/many/{number}.html")

    thread = Thread(target=visit)
    thread.start()
    try:
        for number in range(8):
            write_files(root, {JANA_FILE: JANA + f"{number}\n"})
            outcome = rounds.again([root / JANA_FILE]) or outcome
            assert not outcome.refusals
            assert outcome.live is not None
    finally:
        stop.set()
        thread.join()


def test_only_so_many_pages_are_kept(root: Path, rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmtool.mkdocs_plugin.live._KEPT", 2)
    made = rounds.first().live
    assert made is not None
    for name in ("index.html", "contacts.html", JANA_PAGE, "contacts/ben.html"):
        made.file(name)
    assert len(made._made) == 2
    assert JANA_PAGE.replace(".html", ".md") not in made.build.pages
