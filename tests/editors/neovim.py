"""A real Neovim without a screen, into which a test types and of which it asks what stands there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import TODAY

DRIVER = Path(__file__).with_name("neovim.lua")
_PATIENCE = 30
"""Seconds after which what does not come is missed."""


class Neovim:
    """A running Neovim, heard by its socket."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def type(self, keys: str) -> None:
        """Type keys as a person does; `<Esc>` and the like stand for one."""
        self._remote("--remote-send", keys)

    def ask(self, function: str, *arguments: object) -> Any:
        """Call a function of the driver, and give what it returns."""
        call = f"vim.fn.json_encode(driver.{function}(unpack(vim.fn.json_decode(_A))))"
        return json.loads(self._remote("--remote-expr", f"luaeval({_quoted(call)}, {_quoted(json.dumps(arguments))})"))

    def wait_for(self, function: str, *arguments: object) -> Any:
        """Call a function of the driver until it returns something that counts as true."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if found := self.ask(function, *arguments):
                return found
            time.sleep(0.05)
        raise AssertionError(
            f"in vain: {function}{arguments}: {json.dumps(self.ask('state'), ensure_ascii=False, indent=1)}"
        )

    def _remote(self, *arguments: str) -> str:
        command = ["nvim", "--server", str(self._socket), *arguments]
        done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=_PATIENCE)
        return done.stdout or done.stderr  # 0.7 and 0.8 answer on the standard error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def running(init: str, home: Path, file: Path) -> Iterator[Neovim]:
    """Start Neovim with an init.lua on a file."""
    home.mkdir()
    (home / "init.lua").write_text(f"dofile({json.dumps(str(DRIVER))})\n{init}", "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "STATE")}
    environment = {**os.environ, **own, "PATH": path, "CRMTOOL_TODAY": TODAY, "LC_ALL": "C.UTF-8"}
    short = Path(tempfile.mkdtemp(prefix="nvim"))  # the path of a socket must be short
    command = [
        "nvim",
        "--headless",
        "-u",
        str(home / "init.lua"),
        "-i",
        "NONE",
        "-n",
        "--listen",
        str(short / "socket"),
    ]
    process = subprocess.Popen([*command, str(file)], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_it_listens(short / "socket", process)
        yield Neovim(short / "socket")
    finally:
        process.kill()
        process.communicate()
        shutil.rmtree(short)


def _wait_until_it_listens(socket: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while not socket.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "Neovim does not listen"
        time.sleep(0.02)
