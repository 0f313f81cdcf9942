"""Where peers are installed and what they read is put, apart from crmtool's own environment."""

from __future__ import annotations

import os
import shutil
import venv
from dataclasses import dataclass
from pathlib import Path

from bench.ground import Ground, clean_environment
from bench.measuring import Command, FailedError, command


class MissingError(Exception):
    """A peer cannot be measured here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """`tools` keeps what is installed from run to run, `scratch` what is measured in this one."""

    tools: Path
    scratch: Path
    may_install: bool

    def call(self, *arguments: str | Path, cwd: Path) -> Command:
        """Give a call of a peer."""
        return command(*arguments, cwd=cwd, env=clean_environment())

    def folder(self, name: str) -> Path:
        """Make an empty folder for what a peer reads."""
        made = self.scratch / name
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        return made

    def python_program(self, package: str, program: str) -> Path:
        """Give a program of a Python package, installed in a virtual environment of its own."""
        home = self.tools / package
        found = home / "bin" / program
        if not found.exists():
            self._may_install(package)
            venv.create(home, with_pip=True, clear=True)
            self._install(home / "bin" / "python", "-m", "pip", "install", "--quiet", package)
        return found

    def node_program(self, packages: tuple[str, ...], program: str) -> Path:
        """Give a program of a Node package, installed with others in a folder of its own."""
        home = self.tools / program
        found = home / "node_modules" / ".bin" / program
        if not found.exists():
            self._may_install(program)
            if not shutil.which("npm"):
                raise MissingError("npm is not installed")
            home.mkdir(parents=True, exist_ok=True)
            self._install("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, *packages)
        return found

    def system_program(self, package: str) -> str:
        """Give a program of the system; where root may, it is installed from the Debian package of the same name."""
        found = shutil.which(package)
        if found is None and shutil.which("apt-get") and os.geteuid() == 0:
            self._may_install(package)
            self._install("apt-get", "install", "--yes", "--quiet", package)
            found = shutil.which(package)
        if found is None:
            raise MissingError(f"{package} is not installed, and cannot be installed from here")
        return found

    def _may_install(self, what: str) -> None:
        if not self.may_install:
            raise MissingError(f"{what} is not installed, and --no-install was given")

    def _install(self, *arguments: str | Path) -> None:
        try:
            self.call(*arguments, cwd=self.tools).run()
        except (FailedError, OSError) as failed:
            raise MissingError(f"cannot be installed: {failed}") from failed


def front_matters(ground: Ground, into: Path, most: int | None = None) -> list[Path]:
    """Write the front matter of contacts, in the order of their paths, as YAML files."""
    written = []
    for number, file in enumerate(sorted(ground.files.rglob("*.md"))[:most]):
        to = into / f"{number:06}.yaml"
        to.write_text(file.read_text("utf-8").split("---\n")[1], "utf-8")
        written.append(to)
    return written
