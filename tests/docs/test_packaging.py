"""What packagers install beside the program: the manual page and the files for the shells' completion."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from importlib.metadata import version

import pytest
from click.testing import CliRunner

from crmtool.cli import cli
from tests.conftest import ROOT
from tests.docs import roff
from tests.docs.command_tree import commands
from tests.docs.manual_page import manual

PACKAGING = ROOT / "packaging"
MANUAL = PACKAGING / "man" / "crmtool.1"
PINNED = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
COMPLETIONS = {"bash": "crmtool.bash", "zsh": "_crmtool", "fish": "crmtool.fish"}


def test_the_manual_page_is_up_to_date(request: pytest.FixtureRequest) -> None:
    _hold("man/crmtool.1", manual(), update=request.config.getoption("--update-golden"))


@pytest.mark.skipif(f"click=={version('click')}" not in PINNED, reason="they are made with the click that is pinned")
@pytest.mark.parametrize("shell", COMPLETIONS)
def test_the_completion_files_are_what_the_command_prints(shell: str, request: pytest.FixtureRequest) -> None:
    printed = CliRunner().invoke(cli, ["completion", shell])
    assert printed.exit_code == 0, printed.output
    name = f"completions/{COMPLETIONS[shell]}"
    _hold(name, printed.stdout, update=request.config.getoption("--update-golden"))


def test_all_of_them_are_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    installed = settings["wheel"]["shared-data"]
    files = {path.relative_to(ROOT).as_posix() for path in PACKAGING.rglob("*") if path.is_file()}
    assert set(installed) == files
    assert "packaging" in settings["sdist"]["only-include"]


def test_a_page_reader_finds_each_command() -> None:
    assert MANUAL.read_text("ascii").count("\n.SS ") == len(commands())
    for command in commands():
        assert roff.heading(command.words, below=True) in MANUAL.read_text("ascii")


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed; scripts/ensure-man installs it")
def test_groff_has_nothing_to_say_about_the_page() -> None:
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", MANUAL], capture_output=True, check=True)
    assert done.stderr == b""
    assert b"--dry-run" in done.stdout


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed; scripts/ensure-man installs it")
def test_mandoc_has_nothing_to_say_about_the_page() -> None:
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", MANUAL], capture_output=True, check=False, text=True)
    # Its day would be that of the build: the page tells the version instead.
    assert [line for line in done.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed; scripts/ensure-man installs it")
@pytest.mark.parametrize("text", [".SH no heading", "'br", "a\\fBb\\n(.x", "--x-y `t` ~ ^ |", 'Köhler … "x"', "x'y\\"])
def test_text_is_shown_as_it_is(text: str) -> None:
    source = "\n".join([".TH X 1", ".SH N", ".nf", roff.plain(text), ".fi", ""])
    asked = ["groff", "-man", "-Tutf8", "-ww", "-P-cbou"]
    done = subprocess.run(asked, input=source.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    assert text in done.stdout.decode()


def _hold(name: str, text: str, *, update: bool) -> None:
    file = PACKAGING / name
    if update:
        file.write_bytes(text.encode())
    assert file.read_bytes().decode() == text, f"{name} is out of date: pytest tests/docs --update-golden"
