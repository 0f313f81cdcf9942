"""What all tests share: a clean environment, golden files, small workspaces."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-23"

# Programs inherit that a signal is ignored, as under nohup or in the background of a shell script. They would not hear
# then that a test ends them.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# As for most users, programs keep what they compile. Else each one that a test starts compiles all of crmtool again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples in every run; `--hypothesis-profile=thorough` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True, database=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("steady")

_FAMILIES = ("GIT_", "GITHUB_", "CRMTOOL_", "LC_", "XDG_")
_SINGLE = (
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LANGUAGE"),
    *("PYTHONWARNINGS", "PYTHONIOENCODING", "INPUTRC", "ZDOTDIR"),
)
"""Variables of the environment that programs obey."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test depends on the Git settings, the day, the language, the terminal or the cache of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(_FAMILIES) or name in _SINGLE:
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("CRMTOOL_TRACEBACK", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/NAME; with --update-golden, write it instead."""

    def compare(name: str, text: str) -> None:
        file = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode(), f"{name} differs; look at it, then --update-golden"

    return compare


def format_example(language: str) -> str:
    """Give the example of the format's documentation: `yaml` the rule book, `markdown` the contact."""
    name = {"yaml": "criteria.yaml", "markdown": "jana-koehler.md"}[language]
    return (ROOT / "tests" / "data" / "format" / name).read_text("utf-8")


RULEBOOK = format_example("yaml")
JANA = format_example("markdown")


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a directory, byte for byte."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the rule book and the contact of the format's documentation."""
    return write_files(tmp_path / "workspace", {"criteria.yaml": RULEBOOK, "contacts/nordlicht/jana-koehler.md": JANA})


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the program gave."""

    status: int
    out: str
    err: str


def crmtool(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None, **options: Any) -> Run:
    """Run the program as a user does; never with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "crmtool", *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        **options,
    )
    run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in run.err, run.err
    return run
