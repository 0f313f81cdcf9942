"""Requests and answers, over a real connection."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import date
from http.client import RemoteDisconnected
from pathlib import Path
from threading import Thread

import pytest

from crmtool.report.language import Language
from crmtool.serving.handler import SiteServer
from crmtool.serving.rounds import BUILD, Outcome
from crmtool.serving.stage import Stage
from tests.conftest import write_files
from tests.serving import Answer, ask, wait_for

PAGE = "<head></head><body><p>Grüße</p></body>"


def outcome(folder: Path | None = None, refusal: str = "") -> Outcome:
    refusals = {BUILD: refusal} if refusal else {}
    return Outcome(day=date(2026, 11, 23), language=Language("en"), folder=folder, refusals=refusals)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path, {"secret.html": "secret"})
    files = {"index.html": PAGE, "404.html": "<body>Not here", "a.js": "let a;", "sub/index.html": PAGE}
    return write_files(tmp_path / "site", files)


@pytest.fixture
def server(folder: Path) -> Iterator[SiteServer]:
    with SiteServer(0) as server:
        server.stage = Stage(outcome(folder))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stage.close()
        server.shutdown()
        thread.join()


def get(server: SiteServer, address: str, method: str = "GET", **headers: str) -> Answer:
    return ask(server.server_port, address, method=method, headers=headers)


def test_a_page_is_sent_with_what_keeps_it_private(server: SiteServer) -> None:
    answer = get(server, "/")
    assert answer.status == 200
    assert "Grüße" in answer.text
    assert f'data-version="{server.stage.now.version}"' in answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.text.encode()))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Python" not in answer.headers["Server"]
    assert "Content-Security-Policy" not in answer.headers


def test_what_is_no_page_is_sent_as_it_is(server: SiteServer) -> None:
    assert get(server, "/a.js").text == "let a;"


def test_what_is_not_there_is_told_by_the_sites_own_page(server: SiteServer, folder: Path) -> None:
    answer = get(server, "/nowhere.html")
    assert answer.status == 404
    assert "Not here" in answer.text
    assert "reload.js" in answer.text
    (folder / "404.html").unlink()
    assert (get(server, "/nowhere.html").status, get(server, "/nowhere.html").text) == (404, "404 Not Found\n")


@pytest.mark.parametrize("address", ["/../secret.html", "/%2e%2e/secret.html", "/..%5csecret.html", "/sub/..", "/%00"])
def test_nothing_outside_of_the_site_is_sent(server: SiteServer, address: str) -> None:
    answer = get(server, address)
    assert answer.status == 404
    assert "secret" not in answer.text


def test_a_folder_leads_to_its_page_and_is_not_listed(server: SiteServer, folder: Path) -> None:
    answer = get(server, "/sub")
    assert (answer.status, answer.headers["Location"]) == (302, "/sub/")
    assert "Grüße" in get(server, "/sub/").text
    (folder / "sub" / "index.html").unlink()
    assert get(server, "/sub/").status == 404


@pytest.mark.parametrize("address", ["/", "/-crmtool/reload.js", "/-crmtool/events", "/nowhere"])
def test_a_name_that_only_leads_here_is_refused(server: SiteServer, address: str) -> None:
    for host in ("evil.example", f"evil.example:{server.server_port}", f"127.0.0.1:{server.server_port + 1}"):
        answer = get(server, address, Host=host)
        assert (answer.status, answer.text) == (421, "421 Misdirected Request\n")
    assert get(server, "/", Host=f"localhost:{server.server_port}").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_only_reading_is_allowed(server: SiteServer, method: str) -> None:
    answer = get(server, "/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/", "/nowhere", "/-crmtool/reload.js", "/-crmtool/events"])
def test_head_answers_as_get_does_without_the_body(server: SiteServer, address: str) -> None:
    answer = get(server, address, "HEAD")
    assert answer.text == ""
    if address != "/-crmtool/events":
        full = get(server, address)
        assert (answer.status, answer.headers.items()[2:]) == (full.status, full.headers.items()[2:])


def test_what_is_no_request_is_refused(server: SiteServer) -> None:
    for sent in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"\x16\x03\x01\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as connection:
            connection.sendall(sent)
            assert b"200 OK" not in connection.recv(1000)
    assert get(server, "/").status == 200


def test_the_stream_tells_each_version_and_ends_with_the_server(server: SiteServer, tmp_path: Path) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as connection:
        connection.sendall(f"GET /-crmtool/events HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
        told = connection.makefile("rb")

        def next_version() -> str:
            return next(line[6:].decode().strip() for line in told if line.startswith(b"data: "))

        first = next_version()
        assert first == server.stage.now.version
        server.stage.show(outcome(refusal="Not now"))
        second = next_version()
        assert second == server.stage.now.version != first
        page = get(server, "/").text
        assert "Not now" in page
        assert f'data-version="{second}"' in page
        server.stage.show(outcome(refusal="Not now"))
        assert server.stage.now.version == second, "nothing is new"
        new = write_files(tmp_path / "new", {"index.html": "<body>New"})
        server.stage.show(outcome(new))
        assert next_version() == server.stage.now.version
        page = get(server, "/").text
        assert "New" in page
        assert "Not now" not in page
        server.stage.close()
        assert told.read().strip() == b""


def test_many_ask_at_once_while_some_listen(server: SiteServer) -> None:
    listening = []
    for _ in range(8):
        connection = socket.create_connection(("127.0.0.1", server.server_port), timeout=30)
        connection.sendall(f"GET /-crmtool/events HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
        listening.append(connection)
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(get(server, "/").status)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 16
    for connection in listening:
        connection.close()


def test_a_site_that_was_replaced_in_between_is_no_crash(
    server: SiteServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("crmtool.serving.handler.find", lambda *_: folder / "gone.html")
    assert get(server, "/").status == 500
    assert capfd.readouterr().err == ""


def test_a_browser_that_hangs_up_is_passed_over_and_a_mistake_of_ours_is_not(
    server: SiteServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    def is_told() -> bool:
        told.append(capfd.readouterr().err)
        return "ZeroDivisionError: ours" in "".join(told)

    for error in (BrokenPipeError("gone"), ZeroDivisionError("ours")):
        monkeypatch.setattr("crmtool.serving.handler.find", _raising(error))
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            get(server, "/")
    monkeypatch.undo()
    wait_for(is_told)
    assert "BrokenPipeError" not in "".join(told)
    assert get(server, "/").status == 200


def _raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_there_is_no_stage_without_a_site() -> None:
    with pytest.raises(ValueError, match="no site"):
        Stage(outcome())
