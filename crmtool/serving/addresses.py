"""Which requests are answered, and by which file."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

INDEX = "index.html"
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
# The machine's own table is not asked: there, JavaScript may be plain text.
_TYPES = mimetypes.MimeTypes()
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/calendar", ".ics"),
    ("application/json", ".map"),
    ("application/manifest+json", ".webmanifest"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
    ("image/avif", ".avif"),
    ("image/webp", ".webp"),
):
    _TYPES.add_type(_type, _suffix)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address under which something is to be asked for instead."""

    address: str


def is_loopback(hosts: Sequence[str], port: int) -> bool:
    """Whether a request was meant for this machine by name: else a page from elsewhere had a name lead here."""
    meant = {f"{host}:{port}" for host in _HOSTS} | (set(_HOSTS) if port == 80 else set())
    return len(hosts) == 1 and hosts[0].lower() in meant


def find(folder: Path, address: str) -> Path | Elsewhere | None:
    """Find the file that an address asks for; None where there is none, or none within the folder."""
    parts = _parts(address)
    if parts is None:
        return None
    *above, last = parts
    try:
        file = folder.joinpath(*above, last or INDEX).resolve(strict=True)
    except (OSError, RuntimeError):
        return None  # absent, no name for a file, or links that lead in a circle
    if not file.is_relative_to(folder.resolve()):
        return None
    if file.is_file():
        return file
    return Elsewhere(quote("/" + "/".join(parts)) + "/") if (file / INDEX).is_file() else None


def find_name(holds: Callable[[str], bool], address: str) -> str | Elsewhere | None:
    """Find the name below the site's root that an address asks for, of those that are held; None where it is none."""
    parts = _parts(address)
    if parts is None:
        return None
    name = "/".join(parts) + (INDEX if not parts[-1] else "")
    if holds(name):
        return name
    return Elsewhere(quote("/" + "/".join(parts)) + "/") if parts[-1] and holds(f"{name}/{INDEX}") else None


def content_type(name: str) -> str:
    """Tell what a file holds, by its name."""
    known, packed = _TYPES.guess_type(name, strict=False)
    if known is None or packed:
        return "application/gzip" if packed == "gzip" else "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") or known.endswith(("json", "xml")) else known


def _parts(address: str) -> list[str] | None:
    """Give the path of an address, part by part, the last one empty where it ends with a slash."""
    try:
        path = unquote(address.partition("?")[0], errors="strict")
    except UnicodeDecodeError:
        return None
    first, *parts = path.split("/")
    if first or not parts or "\\" in path or "\0" in path:
        return None
    return None if any(part in ("", ".", "..") for part in parts[:-1]) or parts[-1] in (".", "..") else parts
