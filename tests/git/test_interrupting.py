"""What must not be left half done goes on when it is asked to end, and ends afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from crmtool.git.interrupting import ended_by_signals, uninterrupted


def test_ctrl_c_waits_for_the_end() -> None:
    done: list[str] = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all of it"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="there is nothing like it here")
def test_programs_that_are_run_meanwhile_are_not_ended_either() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('alive')"
    with uninterrupted():
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "alive\n"


def test_other_signals_end_the_work_as_an_exception() -> None:
    before = signal.getsignal(signal.SIGTERM)
    cleared: list[str] = []

    def work() -> None:
        with ended_by_signals():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            finally:
                cleared.append("up")

    with pytest.raises(SystemExit) as caught:
        work()
    assert (caught.value.code, cleared) == (128 + signal.SIGTERM, ["up"])
    assert signal.getsignal(signal.SIGTERM) is before


def test_beside_the_main_thread_it_does_nothing() -> None:
    done: list[str] = []

    def work() -> None:
        with ended_by_signals(), uninterrupted():
            done.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["done"]
