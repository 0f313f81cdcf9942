"""What the site offers to other programs: all contacts as JSON, what falls due as a calendar."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

import crmtool.mkdocs_plugin as plugin
from crmtool.cli import cli
from crmtool.mkdocs_plugin import data_files, data_lines
from crmtool.mkdocs_plugin.aside import data_aside
from crmtool.mkdocs_plugin.data_files import write_data
from crmtool.report.links import CALENDAR, DATA
from crmtool.serving.rounds import Rounds
from tests.building import day
from tests.conftest import JANA, RULEBOOK, TODAY, write_files
from tests.serving import ask, serving
from tests.site.conftest import CONFIGURATION, FILES, UWE, build_with, builder_of, tree

JANA_FILE = "contacts/nordlicht/jana-koehler.md"
UWE_FILE = "contacts/hansa & söhne/uwe #1 100%.md"
BEN = UWE.replace('name: Uwe "Blitz" <Richter>', "name: Ben")
_LINK = re.compile(r'<a href="([^"]+)" download')


@pytest.fixture
def root(root: Path) -> Path:
    """The workspace with a third contact."""
    return write_files(root, {"contacts/ben.md": BEN})


@pytest.fixture
def build(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Build the workspace's site and give its files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def built(today: str = TODAY) -> dict[str, bytes]:
        monkeypatch.setenv("CRMTOOL_TODAY", today)
        build_site(load_config(str(root / "site/mkdocs.yml")))
        return tree(root / "site/public")

    return built


Build = Callable[..., dict[str, bytes]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the contacts that are written as JSON, in the course of the test."""
    ids: list[str] = []
    original = data_lines._line

    def noted(assessment: Any) -> bytes:
        ids.append(assessment.contact.id)
        return original(assessment)

    monkeypatch.setattr(data_lines, "_line", noted)
    return ids


@pytest.fixture
def without_icalendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """The optional package is not installed."""
    monkeypatch.setattr(data_files, "find_spec", lambda _name: None)


def stamp(root: Path, name: str) -> tuple[int, int]:
    about = (root / "site/public" / name).stat()
    return about.st_ino, about.st_mtime_ns


def contacts(site: dict[str, bytes]) -> dict[str, Any]:
    return {contact["id"]: contact for contact in json.loads(site[DATA])["contacts"]}


def test_all_contacts_stand_in_the_json_but_for_their_notes(build: Build) -> None:
    site = build()
    values = json.loads(site[DATA])
    assert (values["version"], values["today"], values["rulebook"]) == (1, TODAY, "Neukunden")
    found = contacts(site)
    assert sorted(found) == ["ben", "hansa & söhne/uwe #1 100%", "nordlicht/jana-koehler"]
    jana = found["nordlicht/jana-koehler"]
    assert jana["fields"]["email"] == "j.koehler@nordlicht.example"
    assert jana["why"]["verdict"] == "clarify"
    assert b"Free Markdown notes." not in site[DATA]


def test_the_calendar_can_be_read_and_names_nobody(build: Build) -> None:
    data = build()[CALENDAR]
    calendar = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert len(events) >= 4
    assert {str(event["summary"]).partition(":")[0] for event in events} >= {"Entscheidung fällig"}
    told = re.sub(r"\r\n[ \t]", "", data.decode())
    assert not re.search("jana|köhler|nordlicht|uwe|richter|hansa|ben", told, re.IGNORECASE)


@pytest.mark.parametrize("directory_urls", [False, True])
def test_two_pages_link_to_them(root: Path, build: Build, directory_urls: bool) -> None:
    if directory_urls:
        write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace("use_directory_urls: false", "")})
    site = build()
    linked = {name: _LINK.findall(data.decode()) for name, data in site.items() if name.endswith(".html")}
    up, end = ("../", "/index.html") if directory_urls else ("", ".html")
    found = {name: hrefs for name, hrefs in linked.items() if hrefs}
    assert found == {f"contacts{end}": [up + DATA], f"decisions{end}": [up + CALENDAR]}
    for name, (href,) in found.items():
        target = (root / "site/public" / name).parent / unquote(unescape(href))
        assert target.resolve().is_file()


def test_another_theme_offers_them_too(root: Path) -> None:
    write_files(root, {"other/mkdocs.yml": "site_name: Docs\nplugins: [search, {crmtool: {workspace: ..}}]\n"})
    write_files(root, {"other/docs/index.md": "# Home\n"})
    run = build_with("mkdocs", root / "other/mkdocs.yml", "--strict", "-d", str(root / "other/built"))
    assert run.status == 0, run.err
    site = tree(root / "other/built")
    assert f'<a href="../{DATA}" download'.encode() in site["contacts/index.html"]
    assert f'<a href="../{CALENDAR}" download'.encode() in site["decisions/index.html"]
    assert len(contacts(site)) == 3
    assert site[CALENDAR].startswith(b"BEGIN:VCALENDAR")


def test_where_nothing_changed_they_are_neither_made_nor_written_again(
    root: Path, build: Build, made: list[str]
) -> None:
    first, before = build(), [stamp(root, name) for name in (DATA, CALENDAR)]
    assert len(made) == 3
    made.clear()
    assert build() == first
    assert (made, [stamp(root, name) for name in (DATA, CALENDAR)]) == ([], before)


def test_after_an_edit_one_contact_is_written_anew(root: Path, build: Build, made: list[str]) -> None:
    before, calendar = build(), stamp(root, CALENDAR)
    made.clear()
    write_files(root, {"contacts/ben.md": BEN.replace("status:", "role: Chef\nstatus:", 1)})
    after = build()
    assert made == ["ben"]
    assert contacts(after)["ben"]["fields"]["role"] == "Chef"
    assert stamp(root, CALENDAR) == calendar
    assert contacts(after).keys() == contacts(before).keys()


@pytest.mark.parametrize(
    ("changed", "today"),
    [
        ({"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")}, TODAY),
        ({JANA_FILE: JANA.replace("due: 2026-11-28", "due: 2026-11-29")}, TODAY),
        ({"contacts/new.md": BEN}, TODAY),
        ({}, "2026-11-30"),
    ],
)
def test_they_follow_all_that_they_depend_on(
    root: Path, build: Build, tmp_path: Path, changed: dict[str, str], today: str
) -> None:
    before = build()
    write_files(root, changed)
    after = build(today)
    assert after[DATA] != before[DATA]
    shutil.rmtree(tmp_path / "cache")
    (root / "site/public" / DATA).unlink()
    assert build(today) == after


@pytest.mark.parametrize("name", [DATA, CALENDAR])
def test_one_that_somebody_changed_or_deleted_is_made_again(root: Path, build: Build, name: str) -> None:
    first = build()
    file = root / "site/public" / name
    file.write_bytes(file.read_bytes().replace(b"Jana", b"Anja").replace(b"VERSION", b"VERSIONS"))
    assert build() == first
    file.unlink()
    assert build() == first
    file.unlink()
    file.symlink_to(root / JANA_FILE)
    assert build() == first
    assert (root / JANA_FILE).read_text("utf-8") == JANA


def test_one_that_is_linked_to_from_elsewhere_is_not_written_into(root: Path, build: Build, tmp_path: Path) -> None:
    first = build()
    (tmp_path / "copy.json").hardlink_to(root / "site/public" / DATA)
    write_files(root, {"contacts/ben.md": BEN.replace("status:", "role: Chef\nstatus:", 1)})
    assert build()[DATA] != first[DATA]
    assert (tmp_path / "copy.json").read_bytes() == first[DATA]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1"])
def test_a_memory_that_cannot_be_used_costs_only_time(
    root: Path, build: Build, tmp_path: Path, made: list[str], damage: bytes
) -> None:
    first = build()
    (memory,) = (tmp_path / "cache/crmtool").glob("data-*.cache")
    memory.write_bytes(damage)
    made.clear()
    assert build() == first
    assert len(made) == 3


def test_a_file_that_is_saved_during_a_build_is_not_taken_for_what_it_was(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build()
    texts = {str(file.relative_to(root)): file.read_text("utf-8") for file in (root / "contacts").rglob("*.md")}
    (root / "site/public" / DATA).unlink()

    def edit_first(*args: Any) -> None:
        write_files(root, {path: f"{text}\nGespeichert.\n" for path, text in texts.items()})
        write_data(*args)

    with monkeypatch.context() as patch:
        patch.setattr(plugin, "write_data", edit_first)
        patch.setattr(plugin, "publish", lambda *_: [])
        build()
    write_files(root, texts)
    assert build() == first


def test_many_contacts_are_shared_among_the_cores(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_files(root, {f"contacts/viele/nr-{n}.md": UWE.replace("Uwe", f"Uwe {n}") for n in range(40)})
    with monkeypatch.context() as patch:
        patch.setattr(data_lines, "_SHARE", 5)
        shared = build()
    (root / "site/public" / DATA).unlink()
    assert build()[DATA] == shared[DATA]
    assert len(contacts(shared)) == 43


@pytest.mark.parametrize("name", [DATA, CALENDAR])
def test_what_a_team_has_under_that_name_is_meant(root: Path, build: Build, name: str) -> None:
    page = {DATA: "contacts.html", CALENDAR: "decisions.html"}[name]
    first = build()
    write_files(root, {f"site/pages/{name}": "ours"})
    site = build()
    assert site[name] == b"ours"
    assert _LINK.search(site[page].decode()) is None
    (root / "site/pages" / name).unlink()
    assert build() == first


@pytest.mark.usefixtures("without_icalendar")
def test_without_the_package_the_site_has_no_calendar(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_files(root, {f"site/public/{CALENDAR}": "of before", "site/public/.crmtool-site": ""})
    run = CliRunner().invoke(cli, ["-C", str(root), "--today", TODAY, "site", "build", "--strict"])
    assert run.exit_code == 0, run.output
    told = "the site has no calendar, which needs the package icalendar: pip install 'crmtool[calendar]'"
    assert run.stderr.splitlines() == [f"crmtool: {told}", run.stderr.splitlines()[-1]]
    site = tree(root / "site/public")
    assert CALENDAR not in site
    assert b"download" not in site["decisions.html"]
    assert len(contacts(site)) == 3
    caplog.clear()
    caplog.set_level("INFO", logger="mkdocs")
    build_site(load_config(str(root / "site/mkdocs.yml"), strict=True))
    assert [record.message for record in caplog.records if "icalendar" in record.message] == [f"crmtool: {told}"]


def rounds_of(root: Path, folder: Path) -> Rounds:
    """The server's rounds, without the server."""
    folder.mkdir()
    builder = builder_of(root / "site" / "mkdocs.yml", root)
    return Rounds(builder=builder, sources=builder.sources(), today=lambda: day(TODAY), folder=folder)


SOUND = BEN.replace(
    "decisions:", "criteria: {fit: {met: 2026-10-02}, conflict: {not_met: 2026-10-02}}\ndecisions:"
).replace("Ben", "Ben Sound")


def test_while_a_site_is_served_they_are_made_when_asked_for(root: Path, tmp_path: Path, made: list[str]) -> None:
    write_files(root, {"contacts/ben.md": SOUND, UWE_FILE: SOUND})
    rounds = rounds_of(root, tmp_path / "served")
    first = rounds.first()
    assert first.live is not None
    assert first.live.holds(DATA)
    assert first.live.holds(CALENDAR)
    assert made == []
    before = json.loads(first.live.file(DATA))
    assert sorted(made) == ["ben", "hansa & söhne/uwe #1 100%", "nordlicht/jana-koehler"]
    made.clear()
    calendar = first.live.file(CALENDAR)
    write_files(root, {"contacts/ben.md": SOUND.replace("status:", "role: Chef\nstatus:", 1)})
    again = rounds.again([root / "contacts/ben.md"])
    assert again is not None
    assert again.live is not None
    after = json.loads(again.live.file(DATA))
    (changed,) = (new for new, old in zip(after["contacts"], before["contacts"], strict=True) if new != old)
    assert (changed["id"], changed["fields"]["role"]) == ("ben", "Chef")
    assert again.live.file(CALENDAR) == calendar


@pytest.mark.usefixtures("without_icalendar")
def test_the_server_says_once_what_is_missing(root: Path, tmp_path: Path) -> None:
    first = rounds_of(root, tmp_path / "served").first()
    assert [told for told in first.warnings if "icalendar" in told] == [data_files.WITHOUT_CALENDAR]
    assert first.live is not None
    assert not first.live.holds(CALENDAR)


def test_the_server_says_what_they_are(tmp_path: Path) -> None:
    root = write_files(tmp_path / "platz", FILES | {UWE_FILE: SOUND})
    with serving(root) as served:
        kinds = {name: ask(served.port, f"/{name}") for name in (DATA, CALENDAR)}
    assert kinds[DATA].headers["Content-Type"] == "application/json; charset=utf-8"
    assert kinds[CALENDAR].headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_build_that_was_ended_or_failed_leaves_them(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = build(), stamp(root, DATA)

    def fail(*_args: object) -> None:
        raise ValueError("no")

    with monkeypatch.context() as patch:
        patch.setattr(plugin, "publish", fail)
        with pytest.raises(ValueError, match="no"):
            build_site(load_config(str(root / "site/mkdocs.yml")))
    assert stamp(root, DATA) == before
    kept = data_aside(root / "site/public")
    kept.mkdir()
    for name in (DATA, CALENDAR):
        (root / "site/public" / name).rename(kept / name)
    assert build() == first
    assert stamp(root, DATA) == before
    assert not kept.exists()


def test_what_is_written_is_what_export_writes_but_for_the_notes(root: Path, build: Build) -> None:
    site = build()
    run = CliRunner().invoke(cli, ["-C", str(root), "--today", TODAY, "export", "--format", "json"])
    assert run.exit_code == 0, run.output
    exported = json.loads(run.stdout)["contacts"]
    assert all(contact.pop("notes") is not None for contact in exported)
    assert contacts(site) == {contact["id"]: contact for contact in exported}
