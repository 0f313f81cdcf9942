"""Which requests are answered, and by which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.serving.addresses import Elsewhere, content_type, find, is_loopback
from tests.conftest import write_files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site-2").mkdir()
    (tmp_path / "site" / "out").symlink_to(tmp_path)
    (tmp_path / "site" / "out.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site" / "circle").symlink_to(tmp_path / "site" / "circle")
    (tmp_path / "site" / "within.html").symlink_to("index.html")
    files = dict.fromkeys(("index.html", "a b/index.html", "a b/ü #1 100%.html", "empty/x.txt"), "")
    write_files(tmp_path, {"secret.html": "", "site-2/secret.html": ""})
    return write_files(tmp_path / "site", files)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/index.html?a=/../b", "index.html"),
        ("/within.html", "index.html"),
        ("/a%20b/", "a b/index.html"),
        ("/a%20b/%C3%BC%20%231%20100%25.html", "a b/ü #1 100%.html"),
        ("/%61%20b%2Findex.html", "a b/index.html"),
    ],
)
def test_an_address_finds_its_file(site: Path, address: str, file: str) -> None:
    assert find(site, address) == site / file


def test_a_folder_with_a_page_is_asked_for_with_a_slash(site: Path) -> None:
    assert find(site, "/a%20b?x=1") == Elsewhere("/a%20b/")


@pytest.mark.parametrize(
    "address",
    [
        *("", "*", "index.html", "http://127.0.0.1/index.html", "//index.html", "//", "/./index.html", "/."),
        *("/nowhere.html", "/index.html/", "/empty", "/empty/", "/index.html/x"),
        *("/../secret.html", "/..", "/a%20b/../../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html"),
        *("/%252e%252e/secret.html", "/..\\secret.html", "/%5c..%5csecret.html", "/../site-2/secret.html"),
        *("/out/secret.html", "/out.html", "/circle", "/index.html%00", "/%00", "/%ff", "/" + "x" * 300),
    ],
)
def test_what_is_not_in_the_folder_is_not_found(site: Path, address: str) -> None:
    assert find(site, address) is None


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"])
def test_this_machine_may_be_named(host: str) -> None:
    assert is_loopback([host], 8000)


@pytest.mark.parametrize(
    "hosts",
    [
        *([], [""], ["127.0.0.1"], ["localhost:8001"], ["evil.example:8000"], ["127.0.0.1.evil.example:8000"]),
        *(["localhost:8000", "localhost:8000"], ["localhost:8000, evil.example"], ["user@localhost:8000"]),
    ],
)
def test_no_other_machine_may_be_named(hosts: list[str]) -> None:
    assert not is_loopback(hosts, 8000)


def test_the_usual_port_need_not_be_named() -> None:
    assert is_loopback(["localhost"], 80)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.woff2", "font/woff2"),
        ("sitemap.xml.gz", "application/gzip"),
        ("a", "application/octet-stream"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_its_name_says(name: str, kind: str) -> None:
    assert content_type(name) == kind
