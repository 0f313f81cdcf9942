from __future__ import annotations

import importlib
import io
import os
import signal
import threading
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console
from rich.live import Live

from crmtool import parallel
from crmtool.errors import CrmtoolError
from crmtool.parallel import mapped, settled


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cores, and no thread but the test's own: a browser that other tests share keeps one waiting for its end."""
    before = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    everyone = threading.enumerate
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(threading, "enumerate", lambda: [thread for thread in everyone() if thread not in before])


def with_process(share: Sequence[int]) -> list[int]:
    return [os.getpid(), *share]


def test_each_share_is_worked_on_by_a_process_and_the_order_is_kept() -> None:
    shares = mapped(with_process, range(10), least=2)
    processes = [process for process, *_ in shares]
    assert [item for _, *items in shares for item in items] == list(range(10))
    assert processes[0] == os.getpid()
    assert len(set(processes)) == 3


@pytest.mark.parametrize(("items", "shares"), [(0, 1), (1, 1), (9, 1), (10, 2), (14, 2), (15, 3), (1000, 3)])
def test_a_process_is_started_only_for_enough_items(items: int, shares: int) -> None:
    assert len(mapped(len, range(items), least=5)) == shares


def test_beside_another_thread_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert len(mapped(len, range(10), least=1)) == 1
    finally:
        done.set()
        thread.join()


def test_a_timer_that_waits_is_no_hindrance() -> None:
    timer = threading.Timer(60, print)
    timer.daemon = True
    timer.start()
    try:
        assert len(mapped(len, range(10), least=1)) == 3
    finally:
        timer.cancel()
        timer.join()


def test_where_a_process_cannot_be_forked_all_is_worked_on_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert mapped(sum, range(10), least=1) == [45]


def refuse(share: Sequence[int]) -> int:
    if 9 in share:
        raise CrmtoolError("nine is refused", ("take another",))
    return len(share)


def test_a_refusal_in_another_process_is_raised_here_with_its_advice() -> None:
    with pytest.raises(CrmtoolError, match="nine is refused") as caught:
        mapped(refuse, range(10), least=1)
    assert caught.value.advice == ("take another",)


def test_a_failure_in_another_process_is_raised_here() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError: "):
        mapped(lambda share: 1 // (9 not in share), range(10), least=1)


def test_a_process_that_is_killed_is_a_failure() -> None:
    def die(share: Sequence[int]) -> int:
        if 0 not in share:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    with pytest.raises(RuntimeError, match="was ended"):
        mapped(die, range(10), least=1)


def test_nothing_is_left_of_the_other_processes_when_this_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, fork, children = os.getpid(), os.fork, []

    def fork_and_note() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", fork_and_note)

    def fail(_: Sequence[int]) -> int:
        if os.getpid() == parent:
            raise ValueError("here")
        time.sleep(60)
        return 1

    with pytest.raises(ValueError, match="here"):
        mapped(fail, range(10), least=1)
    assert len(children) == 2
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_much_may_be_handed_back() -> None:
    assert mapped(lambda share: "x" * 1_000_000 * len(share), range(3), least=1) == ["x" * 1_000_000] * 3


def test_there_are_never_more_processes_than_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    monkeypatch.setattr(parallel, "_MOST", 2)
    assert len(mapped(len, range(100), least=1)) == 2


def test_beside_the_bar_that_tells_how_far_it_is_the_work_is_shared_all_the_same() -> None:
    with Live("waiting", console=Console(file=io.StringIO(), force_terminal=True), refresh_per_second=20):
        assert len(mapped(len, range(10), least=1)) == 3


def test_what_the_system_refuses_another_process_is_raised_here_as_what_it_is(tmp_path: Path) -> None:
    def open_absent(share: Sequence[int]) -> int:
        return len((tmp_path / "absent").read_bytes()) if 9 in share else 1

    with pytest.raises(FileNotFoundError, match="absent"):
        mapped(open_absent, range(10), least=1)


def test_what_a_thread_imports_meanwhile_is_whole_in_the_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slowly_imported.py").write_text("import time; time.sleep(0.5); there = 1", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    begun = threading.Event()

    def load() -> int:
        return int(importlib.import_module("slowly_imported").there)

    def load_settled() -> None:
        with settled:
            begun.set()
            load()

    timer = threading.Timer(0, load_settled)
    timer.start()
    assert begun.wait(60)
    assert mapped(lambda _: load(), range(3), least=1) == [1, 1, 1]
    timer.join()


def test_a_process_ends_when_the_one_that_waits_for_it_was_killed() -> None:
    output, given = os.pipe()

    def tell_and_stay(share: Sequence[int]) -> int:
        if 0 not in share:
            os.write(given, b"%d\n" % os.getpid())
        time.sleep(60)
        return 1

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the threads of other tests
        parent = os.fork()
    if parent == 0:
        mapped(tell_and_stay, range(3), least=1)
        os._exit(0)
    told = [b""]
    while sum(part.count(b"\n") for part in told) < 2:
        told.append(os.read(output, 100))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    left = [int(line) for line in b"".join(told).split()]
    end = time.monotonic() + 60
    while any(map(is_there, left)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_there, left))


def is_there(process: int) -> bool:
    """Tell whether a process runs; one that has ended and was not yet asked for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False
