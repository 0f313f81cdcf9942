"""Completion in real shells: bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, write_files
from tests.shells.shell import Shell, started

JANA_ID = "nordlicht/jana-koehler"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    koehlers = {f"contacts/{id}.md": JANA for id in (JANA_ID, "nordlicht/jörg-öl")}
    others = {f"contacts/{id}.md": JANA.replace("Köhler", "Meer") for id in ("süd berg/ulla, klein", "ost/jana-meer")}
    files = {"criteria.yaml": RULEBOOK, **koehlers, **others}
    return write_files(tmp_path_factory.mktemp("shells") / "workspace", files)


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, root: Path) -> Iterator[Shell]:
    name: str = request.param
    if name != "bash" and shutil.which(name) is None:
        pytest.skip(f"{name} is not installed; scripts/ensure-shells installs it where apt-get can")
    home = root.parent / name
    home.mkdir()
    (home / "sales").symlink_to(root)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8", "CRMTOOL_TODAY": TODAY}
    with started(name, root, {**os.environ, **own}) as shell:
        yield shell


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("crmtool expl", "crmtool explain "),
        ("crmtool why nordlicht/ja", f"crmtool why {JANA_ID} "),
        ("crmtool why nordlicht/jö", "crmtool why nordlicht/jörg-öl "),
        ("crmtool why süd", r"crmtool why süd\ berg/ulla,\ klein "),
        ("crmtool why 'süd b", "crmtool why 'süd berg/ulla, klein' "),
        ("crmtool list --status=re", "crmtool list --status=ready "),
        ("crmtool --today=2026-11-23 list --missing bud", "crmtool --today=2026-11-23 list --missing budget "),
        ("crmtool check contacts/nordl", "crmtool check contacts/nordlicht/"),
    ],
)
def test_what_is_the_only_one_is_inserted(shell: Shell, typed: str, line: str) -> None:
    assert shell.complete(typed).line == line


def test_several_are_shown(shell: Shell) -> None:
    completed = shell.complete("crmtool why nordlicht/j")
    assert completed.line == "crmtool why nordlicht/j"
    assert "jana-koehler" in completed.shown  # fish leaves out what the line shows already
    assert "jörg-öl" in completed.shown


def test_a_part_of_an_id_is_replaced_where_one_contact_has_it(shell: Shell) -> None:
    assert shell.complete("crmtool why jana-m").line == "crmtool why ost/jana-meer "


def test_a_part_of_several_names_stays_as_it_is(shell: Shell) -> None:
    """What their ids have in common is less than what was typed."""
    completed = shell.complete("crmtool why köhler")
    assert completed.line == "crmtool why köhler"
    if shell.name != "fish":  # it shows only what has the typed text in it
        assert JANA_ID in completed.shown
        assert "nordlicht/jörg-öl" in completed.shown


def test_the_workspace_may_be_named(shell: Shell) -> None:
    shell.run("cd /")
    try:
        assert shell.complete("crmtool -C ~/sales why ost").line == "crmtool -C ~/sales why ost/jana-meer "
    finally:
        shell.run("cd ~/sales")


def test_outside_of_a_workspace_there_is_nothing_and_no_noise(shell: Shell) -> None:
    shell.run("cd /")
    try:
        completed = shell.complete("crmtool why ")
        assert completed.line == "crmtool why "
        assert not {"crmtool:", "Usage:", "Error:", "Traceback"} & set(completed.shown.split())
    finally:
        shell.run("cd ~/sales")
