"""The documentation as a site: it builds without a warning, has every page, and each of its links leads somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
import yaml

from crmtool.app.site_folder import lost_by_building
from tests.conftest import ROOT
from tests.docs import pages

_BUILT_ANYWAY = ("404.html",)
_LISTED = re.compile(r"^\s*(?:[-*] |\d+\. |\||```)", re.MULTILINE)


class Reader(HTMLParser):
    """Collects what a page links to, what can be linked to in it, and the texts of its paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.paragraphs: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.links += [link for key in ("href", "src", "data-search") if (link := named.get(key))]
        self.anchors.add(named.get("id") or "")
        if tag == "p":
            self._inside = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.paragraphs[-1] += data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it."""
    site = tmp_path_factory.mktemp("docs site")
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return site


@pytest.fixture(scope="module")
def read(built: Path) -> dict[Path, Reader]:
    found: dict[Path, Reader] = {}
    for file in built.rglob("*.html"):
        found[file] = Reader()
        found[file].feed(file.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def found(built: Path) -> list[dict[str, str]]:
    """What the search can find."""
    script = (built / "js" / "headings.js").read_text("utf-8")
    names, rows = json.loads("[" + script.removeprefix("crmtoolContacts(").removesuffix(");\n") + "]")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_properdocs_builds_it_too(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", str(tmp_path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_page_is_there(built: Path) -> None:
    there = {file.relative_to(built).as_posix() for file in built.rglob("*.html")}
    assert there - {*_BUILT_ANYWAY} == {_page(pages.name(page)) for page in pages.PAGES}


def test_every_page_is_in_the_menu_of_its_part(built: Path, read: dict[Path, Reader]) -> None:
    for file, page in read.items():
        if file.name not in _BUILT_ANYWAY:
            linked = {
                (file.parent / unquote(urldefrag(link).url)).resolve() for link in page.links if "://" not in link
            }
            assert file.resolve() in linked, file


def test_every_link_leads_somewhere(read: dict[Path, Reader]) -> None:
    by_path = {file.resolve(): page for file, page in read.items()}
    for file, page in read.items():
        for link in page.links:
            if not re.match(r"[a-z]+:", link) and file.name not in _BUILT_ANYWAY:
                address, anchor = urldefrag(link)
                target = (file.parent / unquote(address)).resolve() if address else file.resolve()
                assert target.is_file(), f"{file} links to {link}"
                assert not anchor or unquote(anchor) in by_path[target].anchors, f"{file} links to {link}"


def test_lists_and_tables_are_read_as_such(read: dict[Path, Reader]) -> None:
    for file, page in read.items():
        for paragraph in page.paragraphs:
            assert not _LISTED.search(paragraph), f"{file}: {paragraph}"


def test_nothing_is_asked_of_the_network(read: dict[Path, Reader]) -> None:
    for file in read:
        assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="https?:', file.read_text("utf-8")), file


def test_a_bar_in_a_table_has_no_backslash(built: Path, read: dict[Path, Reader]) -> None:
    assert "met|not-met" in (built / "reference" / "commands.html").read_text("utf-8")
    for file in read:
        for row in re.findall(r"<t[dh]\b.*?</t[dh]>", file.read_text("utf-8"), re.DOTALL):
            assert r"\|" not in row, file


def test_the_name_of_an_option_stays_in_one_line(built: Path, read: dict[Path, Reader]) -> None:
    assert '<span class="whole">--because</span>' in (built / "reference" / "commands.html").read_text("utf-8")
    for file in read:
        text = re.sub(r"<pre>.*?</pre>", "", file.read_text("utf-8"), flags=re.DOTALL)
        for code in re.findall(r"<code>(.*?)</code>", text, re.DOTALL):
            assert not re.search(r"(?<![^\s])--[a-z]", code), f"{file}: {code}"


def test_a_page_tells_at_its_top_what_is_on_it_and_at_its_end_what_is_next(built: Path) -> None:
    page = (built / "reference" / "command-line.html").read_text("utf-8")
    told = [
        "</h1>",
        "<summary",
        'href="#set-up"',
        'href="#part"',
        "<h2",
        'rel="prev"',
        'rel="next"',
        'id="part"',
    ]
    places = [page.index(each, page.index("<article")) for each in told]
    assert places == sorted(places)


def test_a_section_is_found_by_its_heading_its_code_and_its_first_words(found: list[dict[str, str]]) -> None:
    assert "tutorial.html#3-the-first-contact" in {row["address"] for row in found}
    for word in ("valid_for", "template", "knockout", "attested", "--because"):
        assert any(f",{word}" in row["words"] for row in found), word


def test_what_is_found_names_its_part_once(found: list[dict[str, str]]) -> None:
    assert [row for row in found if row["verdict"] in ("", row["status"])] == []


def test_the_index_of_the_search_is_small(built: Path) -> None:
    assert (built / "js" / "headings.js").stat().st_size < 300_000


def test_it_is_built_where_nothing_is_lost() -> None:
    configuration: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())
    assert lost_by_building(ROOT / configuration["site_dir"], ROOT) is None


def test_the_picture_is_small_and_sharp() -> None:
    picture = (ROOT / "docs" / "images" / "focus.png").read_bytes()
    assert len(picture) <= 150_000
    assert int.from_bytes(picture[16:20], "big") >= 2000


def _page(source: str) -> str:
    """Say where a page of the repository stands in the site."""
    path = source.removeprefix("docs/").removesuffix(".md")
    name = "index" if source == "README.md" else re.sub(r"README$", "index", path)
    return f"{name}.html"
