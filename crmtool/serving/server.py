"""The server as a whole: listens, watches, and shows one site after the other until it is stopped."""

from __future__ import annotations

import errno
import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from crmtool.app.site_trust import Asked
from crmtool.errors import CrmtoolError
from crmtool.serving.builder import Builder
from crmtool.serving.handler import HOST, SiteServer
from crmtool.serving.rounds import Outcome, Rounds
from crmtool.serving.stage import Stage
from crmtool.serving.telling import Teller
from crmtool.serving.watcher import Watcher

_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def serve(
    configuration: Path, port: int, day: str | None, today: Callable[[], date], teller: Teller, *, allowed: Asked
) -> None:
    """Serve the site of a configuration until Ctrl+C or SIGTERM; raises CrmtoolError where there is none to show.

    A `day` that is given holds for all builds; without one each build has its own. What the configuration asks for
    beyond what is `allowed` is not done.
    """
    with _until_stopped(), ExitStack() as cleanup:
        server = cleanup.enter_context(_listening(port))
        address = f"http://{HOST}:{port}/"
        builder = Builder(configuration=configuration, address=address, day=day, allowed=allowed)
        cleanup.callback(builder.close)
        output = cleanup.enter_context(TemporaryDirectory(prefix="crmtool-site-", ignore_cleanup_errors=True))
        rounds = Rounds(builder=builder, sources=builder.sources(), today=today, folder=Path(output))
        watcher = Watcher(rounds.concern)
        cleanup.callback(watcher.close)
        # Watched from before the first look on, so that no change is lost.
        watcher.watch(rounds.sources.folders())
        first = rounds.first()
        watcher.watch(rounds.sources.folders())  # what links lead to is known now
        teller.tell(first)
        stage = cleanup.enter_context(_answering(server, first))
        cleanup.callback(_hear_no_more)
        teller.note(f"Serving {builder.address} until Ctrl+C.")
        gc.collect()
        gc.freeze()  # what is known of the workspace stays, so nobody needs to look whether it is still in use
        while True:
            _again(watcher, rounds, stage, teller)


def _again(watcher: Watcher, rounds: Rounds, stage: Stage, teller: Teller) -> None:
    paths = watcher.wait()
    watcher.watch(rounds.sources.folders())  # those made anew are others
    outcome = rounds.again(paths)
    if outcome is not None:
        stage.show(outcome)
        teller.tell(outcome)
        gc.collect()  # what was shown before; left alone, it would be many sites before that is noticed
    watcher.watch(rounds.sources.folders())  # the configuration may name others now, links may lead elsewhere


@contextmanager
def _listening(port: int) -> Iterator[SiteServer]:
    try:
        server = SiteServer(port)
    except OSError as error:
        taken = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
        raise CrmtoolError(f"port {port} cannot be used: {taken}; name another with --port") from None
    with server:
        yield server


@contextmanager
def _answering(server: SiteServer, first: Outcome) -> Iterator[Stage]:
    server.stage = Stage(first)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield server.stage
    finally:
        server.stage.close()
        server.shutdown()
        thread.join()


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Take Ctrl+C, SIGTERM and a closed terminal for the wish to end, not for a failure."""
    before = {number: signal.getsignal(number) for number in _STOPS}
    for number in _STOPS:
        if before[number] is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(number, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _hear_no_more() -> None:
    # Whoever presses Ctrl+C twice wants it to end, not to leave things behind.
    for number in _STOPS:
        signal.signal(number, signal.SIG_IGN)
