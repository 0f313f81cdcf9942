"""Requests and answers."""

from __future__ import annotations

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from crmtool.resources import shipped
from crmtool.serving.addresses import Elsewhere, content_type, find, find_name, is_loopback
from crmtool.serving.injection import EVENTS, RELOAD, Addition, added
from crmtool.serving.stage import Shown, Stage
from crmtool.text import one_line

HOST = "127.0.0.1"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NOT_FOUND = "404.html"
_HEARTBEAT = 10.0
_PATIENCE = 60.0


class SiteServer(ThreadingHTTPServer):
    """Listens on this machine alone, and answers from a stage."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    stage: Stage

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, as HTTPServer does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a browser that hung up; tell of anything else."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: SiteServer
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Answer with what is asked for."""
        address = self.path.partition("?")[0]
        if not is_loopback(self.headers.get_all("Host", []), self.server.server_port):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif address == RELOAD:
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", _script())
        elif address == EVENTS:
            self._stream()
        else:
            self._send_from(self.server.stage.now, address)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - not ours to choose
        """Answer with an error in one line of text."""
        status = HTTPStatus(code)
        if status is HTTPStatus.NOT_IMPLEMENTED:
            status = HTTPStatus.METHOD_NOT_ALLOWED
        self.close_connection = True
        more = {"Allow": "GET, HEAD"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._send(status, "text/plain; charset=utf-8", f"{status} {status.phrase}\n".encode(), more)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - not ours to choose
        """Tell nothing: what matters at the terminal are the files."""

    def version_string(self) -> str:
        """Name the program, and no versions."""
        return "crmtool"

    def _send_from(self, shown: Shown, address: str) -> None:
        made = find_name(shown.live.holds, address) if shown.live else None
        found = made or find(shown.folder, address)
        if isinstance(found, Elsewhere):
            self._send(HTTPStatus.FOUND, "text/plain; charset=utf-8", b"", {"Location": found.address})
        elif isinstance(found, str):
            self._send_made(found, shown)
        elif found is not None:
            self._send_file(HTTPStatus.OK, found, shown)
        elif (missing := shown.folder / _NOT_FOUND).is_file():
            self._send_file(HTTPStatus.NOT_FOUND, missing, shown)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_made(self, name: str, shown: Shown) -> None:
        try:
            data = shown.live.file(name) if shown.live else b""
        except Exception as error:  # whatever a template or a plugin of the team has in store
            message = one_line(f"{name} cannot be made: {type(error).__name__}: {error}")
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", f"{message}\n".encode())
            return
        self._send_page(HTTPStatus.OK, name, data, shown)

    def _send_file(self, status: HTTPStatus, file: Path, shown: Shown) -> None:
        try:
            data = file.read_bytes()
        except OSError:  # two builds later, the folder is gone
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        self._send_page(status, file.name, data, shown)

    def _send_page(self, status: HTTPStatus, name: str, data: bytes, shown: Shown) -> None:
        kind = content_type(name)
        if kind.startswith("text/html"):
            page = data.decode("utf-8", errors="replace")
            data = added(page, Addition(version=shown.version, banner=shown.banner)).encode()
        self._send(status, kind, data)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, more: dict[str, str] | None = None) -> None:
        self._begin(status, {"Content-Type": kind, "Content-Length": str(len(data)), **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        """Tell the version, and each one that follows, for as long as the browser listens."""
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
        told = ""
        is_on = self.command != "HEAD"
        while is_on:
            version = self.server.stage.now.version
            # Where nothing is new a comment is sent: whoever hung up is noticed by it.
            self.wfile.write(b":\n\n" if version == told else f"retry: 500\ndata: {version}\n\n".encode())
            told = version
            is_on = self.server.stage.wait(told, _HEARTBEAT)

    def _begin(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()


def _script() -> bytes:
    return shipped("serving", "reload.js").read_bytes()
