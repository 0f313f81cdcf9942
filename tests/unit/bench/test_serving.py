from __future__ import annotations

import subprocess

from bench.serving import Server, _seconds_if_touched


class Fixed(Server):
    """Shows the same on every page."""

    def shown(self, page: str) -> bytes:
        return b"now"


def test_only_a_report_that_an_edit_touches_counts() -> None:
    server = Fixed(port=1, process=subprocess.Popen(["true"]))
    assert _seconds_if_touched(server, "missing.html", b"before") > 0
    assert _seconds_if_touched(server, "missing.html", b"now") == 0
    server.process.wait()
