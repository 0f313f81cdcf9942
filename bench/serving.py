"""How long it takes from saving a contact until `crmtool site serve` serves what changed, and what memory it keeps."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from tempfile import TemporaryFile
from typing import IO

from bench.ground import CRMTOOL, Ground
from bench.job import Series
from bench.measuring import FailedError, Sample
from bench.memory import memory_now
from bench.rounds import Budget

TOUCHED = ("index.html", "progress.html")
"""The reports that every edit changes, beside the page of the list on which its contact stands."""
OTHERS = ("missing.html", "pipeline.html", "decisions.html", "blocked.html", "stop.html", "rules.html")
FEWEST = 10  # edits
PATIENCE = 60.0  # seconds a page may take to change
_MAIN = re.compile(rb"<main\b.*</main>", re.DOTALL)
_LISTED = re.compile(rb'href="(contacts/[^"]+\.html)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running `crmtool site serve`."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, page: str) -> bytes | None:
        """Give what is served at an address, or None where there is nothing (yet)."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/{page}")
            answer = connection.getresponse()
            found = answer.read()
            return found if answer.status == 200 else None
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def shown(self, page: str) -> bytes:
        """Give what stands in the page's <main>: what the server adds around it tells nothing of the contact."""
        found = _MAIN.search(self.ask(page) or b"")
        return found[0] if found else b""

    def wait_until(self, page: str, differs_from: bytes) -> None:
        """Ask again and again until the page shows something else."""
        end = time.monotonic() + PATIENCE
        while (now := self.shown(page)) == differs_from or not now:
            if self.process.poll() is not None or time.monotonic() > end:
                raise FailedError(f"crmtool site serve: {page} does not show an edit")
            time.sleep(0.002)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What was seen of a server: seconds until each page showed an edit, and its memory after so many edits."""

    page: Sequence[float]
    reports: Sequence[float]
    first: float
    memory: dict[int, int]

    def series(self, contacts: int) -> list[Series]:
        """Give the same as series of jobs. What the processors did is not told: the server goes on."""
        most = max(self.memory.values(), default=0) or None
        told = {
            "serve-start": ("site serve, until the first page", [self.first]),
            "serve-page": ("site serve, saved file to its page", self.page),
            "serve-reports": ("… and to all reports it touches", self.reports),
        }
        return [
            Series(
                name=name,
                title=title,
                contacts=contacts,
                samples=tuple(Sample(wall=wall, cpu=0.0) for wall in walls),
                peak=most if name == "serve-page" else None,
            )
            for name, (title, walls) in told.items()
        ]


def serve(ground: Ground, edits: int, budget: Budget) -> Served:
    """Serve a workspace's site and change so many contacts, one after the other, each when the last one is shown.

    When the time is over, at least FEWEST edits have been made, or all where that is fewer.
    """
    with _running(ground) as (server, first):
        listed = _where_listed(server)
        seen: list[tuple[float, float]] = []
        memory: dict[int, int] = {}
        while len(seen) < edits and (len(seen) < FEWEST or budget.left > 0):
            seen.append(_one_edit(ground, server, listed))
            if len(seen) == FEWEST:
                memory[FEWEST] = memory_now(server.process.pid)
        memory[len(seen)] = memory_now(server.process.pid)
    ground.edits.undo()
    return Served(page=[page for page, _ in seen], reports=[all_ for _, all_ in seen], first=first, memory=memory)


def _one_edit(ground: Ground, server: Server, listed: dict[str, str]) -> tuple[float, float]:
    """Change a contact; the seconds until its page shows it, and until all reports that it touches do."""
    address = ground.edits.coming.removesuffix(".md") + ".html"
    touched = (*TOUCHED, listed[address])
    before = {page: server.shown(page) for page in (address, *touched, *OTHERS)}
    start = time.perf_counter()
    ground.edits.make()
    server.wait_until(address, before[address])
    shown = time.perf_counter() - start
    for page in touched:
        server.wait_until(page, before[page])
    all_shown = time.perf_counter() - start
    return shown, all_shown + sum(_seconds_if_touched(server, page, before[page]) for page in OTHERS)


def _seconds_if_touched(server: Server, page: str, before: bytes) -> float:
    """Ask once for a report: the server shows an edit everywhere at once, so that what is the same is not touched."""
    start = time.perf_counter()
    now = server.shown(page)
    return time.perf_counter() - start if now != before else 0.0


def _where_listed(server: Server) -> dict[str, str]:
    """Tell on which of the list's pages each contact stands."""
    found: dict[str, str] = {}
    for page in _list_pages():
        content = server.ask(page)
        if content is None:
            return found
        found.update((address.decode(), page) for address in _LISTED.findall(content))
    return found


def _list_pages() -> Iterator[str]:
    yield "contacts.html"
    yield from (f"contacts-{number}.html" for number in range(2, 10_000))


@contextmanager
def _running(ground: Ground) -> Iterator[tuple[Server, float]]:
    """Run a server that shows its first page; gives it with the seconds until then."""
    with ExitStack() as ending:
        while True:
            told, started = ending.enter_context(TemporaryFile()), time.perf_counter()
            server = ending.enter_context(_started(ground, told))
            try:
                server.wait_until("index.html", b"")
                break
            except FailedError:
                told.seek(0)
                if b"another program listens there" not in told.read():
                    raise
        yield server, time.perf_counter() - started


@contextmanager
def _started(ground: Ground, told: IO[bytes]) -> Iterator[Server]:
    """Start a server on a port that nobody listens on, or did so a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with subprocess.Popen(
        [str(CRMTOOL), "site", "serve", "--port", str(port)],
        cwd=ground.root,
        env=ground.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=told,
    ) as process:
        try:
            yield Server(port=port, process=process)
        finally:
            process.kill()
