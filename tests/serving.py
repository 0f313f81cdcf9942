"""A server as a user starts it, asked as a browser asks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

from tests.conftest import TODAY, write_files


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Message
    text: str


def ask(port: int, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """Ask a server of this machine, the address sent as it is written."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, address, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())
    finally:
        connection.close()


def wait_for(is_so: Callable[[], bool], told: Callable[[], str] = str) -> None:
    """Wait until something is so; far longer than it takes."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, f"waited for too long; {told()}"
        time.sleep(0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: its port, its process, and the folder that has what it tells and its temporary files."""

    port: int
    process: subprocess.Popen[str]
    beside: Path

    @property
    def found(self) -> str:
        """What it wrote to standard output."""
        return (self.beside / "out.txt").read_text("utf-8")

    @property
    def told(self) -> str:
        """What it wrote to standard error."""
        return (self.beside / "err.txt").read_text("utf-8")

    @property
    def temporary(self) -> list[Path]:
        """What it keeps among the temporary files."""
        return list((self.beside / "tmp").iterdir())

    def url(self, address: str = "/") -> str:
        """Give the full address of a page."""
        return f"http://127.0.0.1:{self.port}{address}"

    def page(self, address: str = "/") -> str:
        """Give a page that is there."""
        answer = ask(self.port, address)
        assert answer.status == 200, address
        return answer.text

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so while the server runs."""
        wait_for(lambda: self.process.poll() is not None or is_so(), lambda: self.found + self.told)
        assert self.process.poll() is None, self.told

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """Stop the server by a signal and give its exit status."""
        self.process.send_signal(by)
        return self.process.wait(30)


def save(root: Path, files: Mapping[str, str]) -> None:
    """Write files as editors do, each beside its place and then into it: whoever watches reads no half of one."""
    for path, text in files.items():
        beside = root / f"{path}~"
        write_files(root, {f"{path}~": text})
        beside.rename(root / path)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@contextmanager
def _heard(number: signal.Signals) -> Iterator[None]:
    """Let a program that is started hear a signal, though nohup may have had this one ignore it."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@contextmanager
def serving(root: Path, port: int | None = None, options: Sequence[str] = ()) -> Iterator[Served]:
    """Serve a workspace's site as of TODAY, from when it can be asked."""
    served = _begun(root, port or free_port(), options)
    try:
        while port is None and _came_too_late(served):
            served = _begun(root, free_port(), options)
        served.wait(lambda: "Serving " in served.told)
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.process.wait()


def _begun(root: Path, port: int, options: Sequence[str]) -> Served:
    beside = root.parent / "served"
    (beside / "tmp").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "crmtool", "--today", TODAY, "site", "serve", "--port", str(port), *options]
    env = {**os.environ, "TMPDIR": str(beside / "tmp")}
    with (beside / "out.txt").open("w") as out, (beside / "err.txt").open("w") as err, _heard(signal.SIGHUP):
        process = subprocess.Popen(command, cwd=root, stdout=out, stderr=err, text=True, env=env)
    return Served(port=port, process=process, beside=beside)


def _came_too_late(served: Served) -> bool:
    """Wait until a server can be asked or has ended; tell whether somebody else took its port before it did."""
    wait_for(lambda: served.process.poll() is not None or "Serving " in served.told, lambda: served.told)
    return served.process.poll() is not None and "another program listens there" in served.told
