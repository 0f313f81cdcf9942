"""The site as it is served while one works."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@pytest.fixture
def server(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server of the workspace's site; what it tells stands in served.txt beside it."""
    command = [sys.executable, "-m", "crmtool", "--today", TODAY, "site", "serve", "--port", str(port)]
    with (root.parent / "served.txt").open("w") as told:
        process = subprocess.Popen(command, cwd=root, stdout=told, stderr=told, text=True, env=dict(os.environ))
        yield process
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end, "waited for too long"
        time.sleep(0.05)


def test_a_changed_contact_is_served_anew(root: Path, port: int, server: subprocess.Popen[str]) -> None:
    told = root.parent / "served.txt"
    jana = f"http://127.0.0.1:{port}/contacts/nordlicht/jana-koehler.html"

    def shows(text: str) -> bool:
        try:
            with urlopen(jana, timeout=20) as page:
                return text in page.read().decode()
        except URLError:
            return False

    wait_for(lambda: shows("Jana Köhler"))
    assert told.read_text("utf-8") == f"Serving http://127.0.0.1:{port}/ until Ctrl+C.\n"
    write_files(root, {"contacts/nordlicht/jana-koehler.md": JANA.replace("Jana Köhler", "Jana Neumann")})
    wait_for(lambda: shows("Jana Neumann"))
    write_files(root, {"criteria.yaml": "version: 1\nname: [\n"})
    wait_for(lambda: "crmtool: criteria.yaml:" in told.read_text("utf-8"))
    write_files(root, {"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")})
    wait_for(lambda: shows("Wird geklärt"))
    server.send_signal(signal.SIGINT)
    assert server.wait(20) == 0
    assert "Traceback" not in told.read_text("utf-8")


def test_a_port_that_is_taken_is_told_before_anything_is_built(root: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        run = crmtool("site", "serve", "--port", str(port), cwd=root)
    taken = f"crmtool: port {port} cannot be used: another program listens there; name another with --port\n"
    assert (run.status, run.err) == (2, taken)


def test_what_cannot_be_built_is_not_served(root: Path, port: int) -> None:
    write_files(root, {"criteria.yaml": "version: 1\nname: [\n"})
    run = crmtool("site", "serve", "--port", str(port), cwd=root)
    assert run.status == 2
    assert run.err.splitlines()[1].startswith("crmtool: criteria.yaml:")
