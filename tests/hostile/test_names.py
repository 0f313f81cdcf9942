"""Names that are paths, options, devices: in ids, contacts, records, links, revisions, files."""

from __future__ import annotations

import json
import re
import shlex
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from crmtool import renames
from crmtool.app.changing import paths
from crmtool.app.changing.paths import new_path, path_of, slug
from crmtool.git import Repository
from crmtool.git.pushing import push_lines
from crmtool.git.refs import refs_of
from crmtool.git.switching import unfinished
from crmtool.importers.reading import read_records
from crmtool.importers.tables import headers, naming
from crmtool.report.contact_links import linked_contact
from tests.conftest import JANA, RULEBOOK, write_files
from tests.effort import calls
from tests.git.conftest import GOOD, Repo
from tests.hostile.conftest import told

PATHS = (
    "../x",
    "../../x",
    "/etc/x",
    "a/../../x",
    "a//x",
    "./x",
    "..",
    ".",
    "/",
    "",
    r"C:\x",
    "C:/x",
    r"\\server\share\x",
    "//server/share/x",
    r"a\x",
    r"..\x",
    "a:b",
    "x.md:stream",
    "x::$DATA",
    "con",
    "CON",
    "nul.md",
    "Aux.txt",
    "com1",
    "LPT9/x",
    "x.",
    "x ",
    " x",
    "a/x.",
    "a /x",
    "x?",
    "x*",
    "<x>",
    "a|b",
    '"x"',
    "x\0y",
    "x\ny",
)


@pytest.mark.parametrize("id", PATHS)
def test_no_such_id_is_made(id: str, tmp_path: Path) -> None:
    assert path_of(id) is None
    root = write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK})
    done = told("new", "Ada", "--because", "x", f"--id={id.replace(chr(0), chr(1))}", at=root)
    made = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.md")]
    if id.strip() in (
        "x",
        "x\ny",
    ):  # blanks around an id, as they are pasted, and line breaks in it are taken for nothing
        assert made in (["w/contacts/x.md"], ["w/contacts/x y.md"])
    else:
        assert (done.status, made) == (2, [])


@pytest.mark.parametrize(
    "wanted",
    [*(path for path in PATHS if path.strip("/. ") and "\0" not in path), "/etc/passwd", "../outside/secret.md"],
)
def test_a_contact_is_found_among_the_contacts_alone(wanted: str, tmp_path: Path, outside: Path) -> None:
    root = write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA})
    (tmp_path / "x.md").write_text(JANA, "utf-8")
    for command in (("why", "--"), ("check", "--"), ("answer", "--dry-run", "--", "fit", "met")):
        words = list(command)
        words[words.index("--") + 1 : words.index("--") + 1] = [wanted]
        done = told(*words, at=root)
        assert done.status == 2, done
        assert "SECRET" not in done.out + done.err


@pytest.mark.parametrize("name", [*PATHS, "..." * 40, "a/" * 300, "ä" * 500])
def test_a_record_names_no_place(name: str, tmp_path: Path) -> None:
    root = write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK})
    quoted = name.replace('"', '""').replace("\0", "")
    write_files(
        tmp_path, {"in.csv": f'Name;Firma;E-Mail\n"{quoted}";"{quoted}";a@x.example\n"Ida";"{quoted}";b@x.example\n'}
    )
    told("import", str(tmp_path / "in.csv"), at=root)
    files = sorted(file for file in tmp_path.rglob("*.md"))
    assert len(files) >= 1
    for file in files:
        path = file.relative_to(root).as_posix()
        assert path.startswith("contacts/")
        assert path_of(path.removeprefix("contacts/")) == path, "every disk can hold it"
        assert len(file.name.encode()) < 250


def test_a_record_is_never_taken_for_the_contact_of_a_path() -> None:
    """What a table of crmtool's own calls an id leads nowhere but to a contact that has it."""
    data = b"crmtool_id,name,crmtool_version\n../../x,Ada,1\n/etc/passwd,Ben,1\n"
    records = read_records("own.csv", data, currency="EUR", mapping=None, date_format=None)
    assert [slug(str(record.details.get("name"))) for record in records.records] == ["ada", "ben"]


OPTIONS = ("--help", "--output=x", "-rf", "--exec=touch marker", "--upload-pack=touch marker", "-C", "@", "HEAD", "--")


@pytest.fixture
def optional(repo: Repo) -> Repo:
    """Contacts whose names are options, committed twice."""
    repo.workspace()
    for number, name in enumerate(OPTIONS):
        repo.stage(f"contacts/{name}.md", GOOD.replace("Jana Köhler", f"Opt {number}"))
    repo.commit()
    for number, name in enumerate(OPTIONS):
        repo.stage(f"contacts/{name}.md", GOOD.replace("Jana Köhler", f"Option {number}"))
    repo.commit()
    return repo


def test_a_contact_may_be_called_like_an_option(optional: Repo) -> None:
    before = sorted(optional.top.iterdir())
    assert told("check", at=optional.top).status == 0
    assert told("check", "--range", "HEAD~1..HEAD", at=optional.top).status == 0
    for number, name in enumerate(OPTIONS):
        for command in ("why", "blame", "log", "subject"):
            done = told(command, "--", name, at=optional.top)
            assert (done.status, f"Option {number}" in done.out) == (0, True), (command, name, done)
        done = told("answer", "--commit", "--", name, "fit", "met", at=optional.top)
        assert done.status == 0, (name, done)
        assert optional.git("status", "--porcelain") == ""
    assert sorted(optional.top.iterdir()) == before


REVISIONS = (
    "--output={}",
    "--upload-pack=touch {}",
    "-o{}",
    "--exec=touch {}",
    "--help",
    "-p",
    "--all",
    "--stdin",
    "--no-walk",
    "HEAD --output={}",
    ":(exclude)x",
    "HEAD:criteria.yaml",
    "HEAD^{{/x}}",
    "@{{-1}}",
    "..--output={}",
    "HEAD..--output={}",
    "a\nb",
    "",
)


@pytest.mark.parametrize("pattern", REVISIONS)
def test_a_revision_is_no_option(repo: Repo, pattern: str, tmp_path: Path) -> None:
    repo.workspace().commit()
    rev = pattern.format(tmp_path / "marker")
    for command in (
        ("check", f"--base={rev}"),
        ("check", f"--range={rev}"),
        ("check", f"--range={rev}..HEAD"),
        ("check", f"--range=HEAD..{rev}"),
        ("check", "--staged", f"--base={rev}"),
        ("list", f"--rev={rev}"),
        ("blame", "jana", f"--rev={rev}"),
        ("diff", "--", rev),
        ("diff", "--", f"{rev}..HEAD"),
        ("rules", "impact", "--", rev),
    ):
        done = told(*command, at=repo.top)
        assert done.status in (0, 1, 2)
    assert list(tmp_path.iterdir()) == [repo.top]


def test_branches_may_be_called_like_options(repo: Repo, tmp_path: Path) -> None:
    repo.workspace().commit()
    for ref in (
        "refs/heads/--output=x",
        "refs/tags/-x",
        "refs/remotes/--upload-pack=x/y",
        "refs/heads/$(touch${IFS}x)",
    ):
        repo.git("update-ref", ref, "HEAD")
    repo.git("symbolic-ref", "HEAD", "refs/heads/--output=x")
    for command in ("check --range " + "0" * 40 + "..HEAD", "check --staged", "doctor", "diff HEAD", "blame jana"):
        assert told(*command.split(), at=repo.top).status in (0, 1), command
    assert sorted(file.name for file in repo.top.iterdir()) == [".git", "contacts", "criteria.yaml"]


def test_commands_to_be_pasted_are_quoted(repo: Repo) -> None:
    """What crmtool tells to type is pasted into a shell, with the names that a stranger gave."""
    name = "x$(touch${IFS}made)"
    repo.workspace().write(f"contacts/{name}.md", "---\nname: [\n---\n")
    for command in (("answer", name, "fit", "met"), ("why", name)):
        assert f"`crmtool check 'contacts/{name}.md'` tells them" in told(*command, at=repo.top).err


def test_pushes_to_be_pasted_have_no_options_but_their_own(repo: Repo) -> None:
    repo.workspace().commit()
    branch, remote = "--receive-pack=touch${IFS}made", "--upload-pack=x"
    repo.git("update-ref", f"refs/heads/{branch}", "HEAD")
    repo.git("update-ref", f"refs/remotes/{remote}/{branch}", "HEAD")
    repo.git("config", f"remote.{remote}.url", "/nowhere")
    repository = Repository.find(repo.top)
    (line,) = push_lines(repository, refs_of(repository))
    *_, end, where, what = shlex.split(line)
    assert (end, where, what) == ("--", remote, branch)


def test_an_interrupted_erasure_of_a_stranger_names_no_program(repo: Repo) -> None:
    repo.workspace().commit()
    head = repo.git("rev-parse", "HEAD").strip()
    name = "refs/heads/$(touch${IFS}made)"
    repo.git("update-ref", name, "HEAD")
    note = {
        "before": {"refs/heads/main": "0" * 40, name: head},
        "after": {"refs/heads/main": head, name: "1; touch made"},
    }
    repo.write(".git/crmtool-erase.json", json.dumps(note))
    commands = unfinished(Repository.find(repo.top))
    assert f"git update-ref '{name}' '1; touch made' {head}" in commands
    oddities: tuple[object, ...] = ([], {"before": 1, "after": {}}, {"before": {"x": [1]}, "after": {"x": 3}})
    for odd in oddities:
        repo.write(".git/crmtool-erase.json", json.dumps(odd))
        assert unfinished(Repository.find(repo.top)) == ()


@pytest.mark.parametrize(
    "target",
    [
        "../../../etc/x.md",
        "/etc/x.md",
        "C:\\x.md",
        "\\\\s\\x.md",
        "file:///etc/x.md",
        "..%2f..%2f..%2fx.md",
        "%2e%2e/../../x.md",
    ],
)
def test_links_in_notes_lead_to_contacts_alone(target: str) -> None:
    found = linked_contact("contacts/nordlicht/jana-koehler.md", target)
    assert found is None or found.startswith("contacts/")
    assert ".." not in (found or "").split("/")


@pytest.mark.parametrize(
    "text", [" " * 20_000 + "x", "\t" * 20_000 + "x", ", & + " * 5_000 + "x", "(" * 20_000, "a " * 10_000]
)
def test_names_full_of_blanks_take_no_time(text: str) -> None:
    most = 100_000 + 10 * len(text)
    assert calls(new_path, {}, f"a{text}", f"a{text}") < most
    for table in (
        f'Name,"Wert {text}"\nIda,5\n',
        f'Name,Firma\n"Ida{text}","ACME{text}"\n',
        f'"Wer{text}","Was{text}"\n1,2\n',
    ):
        assert calls(read_records, "in.csv", table.encode(), currency="EUR") < most


@pytest.mark.parametrize("pattern", [paths._LEGAL_FORM, headers._CURRENCY_WORDS, headers._PREFIX, naming._BEHIND])
@pytest.mark.parametrize("text", [" ", "\t", ", & + ", "(", "a "])
def test_what_looks_for_the_end_of_names_looks_once(pattern: re.Pattern[str], text: str) -> None:
    """Each once took the square or cube of this, which is no call to be counted: with so much, it would never end."""
    name = f"a{text * (1_000_000 // len(text))}x"
    assert pattern.sub("", name) == name


def test_renamed_contacts_are_told_in_bearable_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each beginning of a log was once written out, and the names compared letter by letter."""
    compared: list[int] = []

    def counted(*arguments: Any) -> SequenceMatcher[str]:
        compared.append(max(map(len, arguments[1:])))
        return SequenceMatcher(*arguments)

    monkeypatch.setattr(renames, "SequenceMatcher", counted)
    entries = "\n".join(f"  - {{date: 2026-01-01, to: new, because: x{n}}}" for n in range(1_000))
    letters = "".join(chr(0x4E00 + n % 150) for n in range(2_000))
    gone = f"---\nname: {letters}\nextra: {{x: {'y' * 9_000}}}\nstatus: new\n---\n"
    long = f"---\nname: x\ndecisions:\n{entries}\n---\n"
    another = gone.replace("name: ", "name: y").replace("status: new", "status: old")
    went_on = long.replace("name: x", "name: y").replace(
        "\n---\n", "\n  - {date: 2026-01-02, to: old, because: x}\n---\n"
    )
    pairs = renames.pair_renames({"a.md": gone, "b.md": long}, {"c.md": another, "d.md": went_on})
    assert pairs == {"c.md": "a.md", "d.md": "b.md"}
    assert compared
    assert max(compared) <= 200
    known_by = renames._File(went_on).identities_of_past
    assert len(known_by) == 1_001
    assert len(repr(known_by)) < 100 * 1_001, "no beginning of the log is written out"
