"""No locale and no encoding changes what is read, written or decided, and none lets a command fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.cli.utf8 import as_utf8
from tests.conftest import JANA, ROOT, RULEBOOK
from tests.faults.commands import CHANGING, LOOKING
from tests.git.conftest import Repo

HER = "contacts/nordlicht/jana-köhler.md"
OLD = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
_SOURCES = Path("/usr/share/i18n/locales")


@pytest.fixture
def told(repo: Repo) -> Repo:
    """A repository with umlauts in a file's name, which a folded i with a dot would change as well."""
    repo.stage("criteria.yaml", RULEBOOK)
    repo.stage(HER, JANA.replace("Notes", "Notes: INFO@İIıi"))
    repo.stage("contacts/zwilling.md", JANA.replace("Jana", "Jan").replace("j.koehler", "jan"))
    repo.commit()
    repo.stage("contacts/TITLE.md", JANA.replace("Jana Köhler", "TITLE Iİıi").replace("j.koehler", "TITLE"))
    repo.commit()
    repo.write("leads.csv", "Name;Firma;E-Mail\nIda Groß;Groß & Söhne;IDA@groß.example\n")
    return repo


def _ended(repo: Repo, *options: str, **environment: str) -> tuple[dict[str, int], str]:
    """Run all commands under some environment: how they ended, and what was printed."""
    report = repo.top.parent / "ended.json"
    commands = json.dumps([*LOOKING, *CHANGING])
    done = subprocess.run(
        [sys.executable, *options, "-m", "tests.faults.commands", str(report), str(repo.top), commands],
        cwd=ROOT, env={**os.environ, "GIT_CEILING_DIRECTORIES": "", **environment}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    printed = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, printed
    return json.loads(report.read_text("utf-8")), printed


def _given(environment: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def _state(repo: Repo) -> dict[str, str]:
    files = [file for file in repo.top.glob("contacts/**/*") if file.is_file()]
    return {os.fsencode(file.relative_to(repo.top)).decode(): file.read_text("utf-8") for file in files}


def _is_in_order(repo: Repo, ended: dict[str, int], printed: str) -> None:
    assert [command for command, status in ended.items() if status] == [], printed
    assert len(ended) == len(LOOKING) + len(CHANGING)
    assert not any(word in printed for word in ("Traceback", "Warning:", "internal error", "UnicodeEncodeError"))
    found = _state(repo)
    assert found["contacts/ivan-uest.md"].count("Größer") == 1
    assert "contacts/zwilling.md" not in found
    assert "Groß & Söhne" in found["contacts/gross-soehne/ida-gross.md"]
    assert repo.git("log", "-1", "--format=%s").strip() == "Ïvan Üst: Ungeklärt → Beendet"


@pytest.mark.parametrize(
    "environment",
    [
        OLD,
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252:strict"},
    ],
    ids=lambda given: " ".join(f"{name}={value}" for name, value in given.items()),
)
def test_every_command_works_whatever_can_be_printed(told: Repo, environment: dict[str, str]) -> None:
    _is_in_order(told, *_ended(told, **environment))


@pytest.fixture
def make_locale(tmp_path: Path) -> Callable[[str, str], dict[str, str]]:
    """Make a locale of the system's sources for this test alone; skips where there are none."""

    def make(name: str, encoding: str) -> dict[str, str]:
        program = shutil.which("localedef")
        if program is None or not (_SOURCES / name).exists():
            pytest.skip(f"there is nothing to make the locale {name} of")
        folder = tmp_path / "locales"
        folder.mkdir()
        done = subprocess.run([program, "-i", name, "-f", encoding, str(folder / f"{name}.{encoding}")], check=False)
        assert done.returncode in (0, 1)  # 1: with warnings
        return {"LOCPATH": str(folder), "LC_ALL": f"{name}.{encoding}"}

    return make


@pytest.mark.parametrize(("name", "encoding"), [("tr_TR", "UTF-8"), ("de_DE", "ISO-8859-1")])
def test_every_command_works_in_a_real_locale(
    told: Repo, make_locale: Callable[[str, str], dict[str, str]], name: str, encoding: str
) -> None:
    environment = make_locale(name, encoding)
    code = "import locale; print(locale.setlocale(locale.LC_ALL, ''))"
    assert told.attempt("env", *_given(environment), sys.executable, "-c", code).stdout == f"{name}.{encoding}\n"
    _is_in_order(told, *_ended(told, **environment))


def test_nothing_is_warned_of_by_the_interpreter(told: Repo) -> None:
    options = ("-X", "dev", "-X", "warn_default_encoding", "-W", "error")
    _is_in_order(told, *_ended(told, *options, CRMTOOL_TRACEBACK="1"))


def test_what_is_typed_where_the_locale_knows_no_umlauts_is_taken_and_committed(told: Repo) -> None:
    answer = ("answer", "jana-köhler", "buyer", "met", "--evidence", "Größe – „ja“", "--commit")
    done = told.attempt("env", *_given(OLD), sys.executable, "-m", "crmtool", *answer)
    assert done.returncode == 0, done.stderr
    assert "Größe – „ja“" in told.git("show", "HEAD")


def test_git_and_the_disk_name_a_file_alike(told: Repo, make_locale: Callable[[str, str], dict[str, str]]) -> None:
    environment = {**make_locale("de_DE", "ISO-8859-1"), "PYTHONIOENCODING": "utf-8"}
    told.git("mv", HER, "contacts/nordlicht/änne-köhler.md")
    done = told.attempt("env", *_given(environment), sys.executable, "-m", "crmtool", "diff", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["contacts"]
    assert [(each["contact"], each["renamed_from"]) for each in found] == [
        ("nordlicht/änne-köhler", "nordlicht/jana-köhler")
    ]


def test_arguments_are_taken_as_they_were_typed_or_completed() -> None:
    assert as_utf8(["köhler", "plain"]) == ["köhler".encode(), b"plain"]
    # As a locale in Latin-1 gives them: typed, and completed by the shell from a name in UTF-8.
    assert as_utf8([b"k\xf6hler".decode("utf-8", "surrogateescape")]) == [b"k\xf6hler"]
