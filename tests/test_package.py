"""The wheel: what a user installs is all there, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is released, built without a network."""
    output = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(output), str(ROOT)]
    done = subprocess.run(build, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = output.iterdir()
    return found


def test_the_wheel_holds_the_package_whole_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name and ".data/" not in name}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "crmtool").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    schemas = {f"crmtool/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}
    assert names == package | schemas
    for needed in (
        "schemas/contact.schema.json",
        "theme/base.html",
        "theme/css/crmtool.css",
        "templates/sales/en/criteria.yaml",
    ):
        assert f"crmtool/{needed}" in names
    assert any(name.startswith("crmtool/report/templates/") for name in names)


def test_the_wheel_brings_the_manual_page_and_the_completion_files(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        shared = {name.partition(".data/data/")[2] for name in archive.namelist() if ".data/" in name}
    assert shared == {
        "share/man/man1/crmtool.1",
        "share/bash-completion/completions/crmtool",
        "share/zsh/site-functions/_crmtool",
        "share/fish/vendor_completions.d/crmtool.fish",
    }


def test_the_wheel_brings_the_program_the_plugin_and_the_theme(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt"))
        entries = ConfigParser()
        entries.read_string(archive.read(name).decode())
    assert {group: dict(entries[group]) for group in entries.sections()} == {
        "console_scripts": {"crmtool": "crmtool.cli:main"},
        "mkdocs.plugins": {"crmtool": "crmtool.mkdocs_plugin:CrmtoolPlugin"},
        "mkdocs.themes": {"crmtool": "crmtool.theme"},
    }
