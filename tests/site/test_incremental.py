"""What a build takes over from the build before: time, and never an answer."""

from __future__ import annotations

import marshal
import os
import pickle
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

import crmtool.mkdocs_plugin as plugin
from crmtool import cache
from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.mkdocs_plugin import page_writing
from crmtool.mkdocs_plugin.aside import aside
from crmtool.mkdocs_plugin.publishing import publish
from crmtool.progress.figures import Figures, figures
from crmtool.report.edition import Edition
from crmtool.report.progress import page as progress_page
from crmtool.report.site import contact_html
from tests.conftest import JANA, RULEBOOK, TODAY, write_files
from tests.site.conftest import CONFIGURATION, FILES, UWE, tree

JANA_PAGE = "contacts/nordlicht/jana-koehler.html"
UWE_PAGE = "contacts/hansa & söhne/uwe #1 100%.html"
UWE_FILE = "contacts/hansa & söhne/uwe #1 100%.md"
BEN = UWE.replace('name: Uwe "Blitz" <Richter>', "name: Ben").replace("Notizen zu", "Zu [Uwe](uwe.md) und")


@pytest.fixture
def root(root: Path) -> Path:
    """The workspace with a third contact at the top, whose notes link to one that does not exist yet."""
    return write_files(root, {"contacts/ben.md": BEN})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the contacts whose content is made, in the course of the test."""
    ids: list[str] = []

    def noted(edition: Edition, rank: int, meant: set[str]) -> str:
        ids.append(edition.assessments[rank].contact.id)
        return contact_html(edition, rank, meant)

    monkeypatch.setattr(page_writing, "contact_html", noted)
    return ids


@pytest.fixture
def build(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Build the workspace's site and give its files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return lambda today=TODAY: built(root, root / "site/public", today, monkeypatch)


def built(root: Path, output: Path, today: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setenv("CRMTOOL_TODAY", today)
    build_site(load_config(str(root / "site/mkdocs.yml"), site_dir=str(output)))
    assert [file.name for file in output.iterdir() if file.name.startswith(".")] == [".crmtool-site"]
    return tree(output)


def clean(root: Path, today: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the site is when it is built with nothing to take over."""
    output = root.parent / "clean"
    shutil.rmtree(output, ignore_errors=True)
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "empty"))
        shutil.rmtree(root.parent / "empty", ignore_errors=True)
        return built(root, output, today, patch)


Build = Callable[..., dict[str, bytes]]


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Which files the pages are, and when they were written."""
    pages = (root / "site/public/contacts").rglob("*.html")
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in pages}


def test_nothing_is_made_or_written_again_where_nothing_changed(root: Path, build: Build, made: list[str]) -> None:
    first, before = build(), stamps(root)
    assert sorted(made) == ["ben", "hansa & söhne/uwe #1 100%", "nordlicht/jana-koehler"]
    made.clear()
    assert build() == first
    assert (made, stamps(root)) == ([], before)


def test_after_an_edit_only_what_it_changes_is_made(
    root: Path, build: Build, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    before = stamps(root)
    made.clear()
    write_files(root, {"contacts/ben.md": BEN + "\nHeute angerufen.\n"})
    after = build()
    assert made == ["ben"]
    assert b"Heute angerufen." in after["contacts/ben.html"]
    assert {name for name, stamp in stamps(root).items() if stamp != before[name]} == {"ben.html"}
    assert after == clean(root, TODAY, monkeypatch)


def test_a_contact_that_a_note_links_to_comes_and_goes(
    root: Path, build: Build, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b'class="nowhere">Uwe<' in build()["contacts/ben.html"]
    made.clear()
    # It is decided, and so stands last and far from the one that links to it.
    write_files(root, {"contacts/uwe.md": UWE})
    assert b'href="contacts/uwe.html"' in build()["contacts/ben.html"].replace(b"../", b"")
    assert "ben" in made
    (root / "contacts/uwe.md").unlink()
    assert build() == clean(root, TODAY, monkeypatch)


def test_what_is_no_longer_there_has_no_page(root: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    shutil.rmtree(root / "contacts/nordlicht")
    write_files(root / "site/public/contacts", {"foreign/deep/x.html": "x", "foreign.txt": "x"})
    (root / "site/public/contacts/loose.html").symlink_to(root / UWE_FILE)
    assert build() == clean(root, TODAY, monkeypatch)
    assert {each.name for each in (root / "site/public/contacts").iterdir()} == {"ben.html", "hansa & söhne"}
    assert (root / UWE_FILE).is_file()


def test_another_frame_is_put_around_the_same_content(
    root: Path, build: Build, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    made.clear()
    write_files(root, {"site/pages/neu.md": "# Noch eine Seite\n"})
    after = build()
    assert made == []
    assert b"Noch eine Seite" in after[UWE_PAGE]
    assert after == clean(root, TODAY, monkeypatch)


@pytest.mark.parametrize(
    ("changed", "today"),
    [
        ({"schemas/contact.schema.json": '{"required": ["email"]}'}, TODAY),
        ({"site/mkdocs.yml": CONFIGURATION.replace("urls: false", "urls: true")}, TODAY),
        ({"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")}, TODAY),
        ({"criteria.yaml": RULEBOOK.replace("language: de", "language: en")}, TODAY),
        ({}, "2026-11-30"),
    ],
)
def test_a_page_follows_all_that_it_depends_on(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], today: str
) -> None:
    write_files(root, {"contacts/a/index.md": UWE, "contacts/a/b/index.md": UWE})
    before = build()
    write_files(root, changed)
    after = build(today)
    page = "contacts/a/index.html"
    assert after[page] != before[page]
    assert after == clean(root, today, monkeypatch)


def test_a_page_that_somebody_changed_is_made_again(root: Path, build: Build, made: list[str]) -> None:
    first = build()
    made.clear()
    page = root / "site/public" / JANA_PAGE
    page.write_text(page.read_text("utf-8").replace("Jana", "Anja"), "utf-8")
    (root / "site/public" / UWE_PAGE).unlink()
    assert build() == first
    assert sorted(made) == ["hansa & söhne/uwe #1 100%", "nordlicht/jana-koehler"]


def test_a_page_that_was_changed_and_made_to_look_as_before_is_made_again(root: Path, build: Build) -> None:
    first = build()
    page = root / "site/public" / JANA_PAGE
    about = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Jana", b"Anja"))
    os.utime(page, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert build() == first


def test_a_file_that_is_saved_during_a_build_is_not_taken_for_what_it_was(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build()
    texts = {str(file.relative_to(root)): file.read_text("utf-8") for file in (root / "contacts").rglob("*.md")}
    shutil.rmtree(root / "site/public")

    def edit_first(*args: Any) -> list[Assessment]:
        write_files(root, {path: f"{text}\nGespeichert.\n" for path, text in texts.items()})
        return publish(*args)

    with monkeypatch.context() as patch:
        patch.setattr(plugin, "publish", edit_first)
        assert b"Gespeichert." in build()[JANA_PAGE]
    write_files(root, texts)
    assert build() == first


def test_a_page_that_is_linked_to_from_elsewhere_is_not_written_into(root: Path, build: Build, tmp_path: Path) -> None:
    first = build()
    (tmp_path / "copy.html").hardlink_to(root / "site/public" / UWE_PAGE)
    write_files(root, {UWE_FILE: UWE.replace("Notizen", "Neue Notizen")})
    assert b"Neue Notizen" in build()[UWE_PAGE]
    assert (tmp_path / "copy.html").read_bytes() == first[UWE_PAGE]


@pytest.mark.parametrize("damage", ["deleted", "emptied", "cut", "changed", "another program's", "an older one's"])
def test_a_manifest_that_cannot_be_used_costs_only_time(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    build()
    (manifest,) = (tmp_path / "cache/crmtool").glob("site-*.cache")
    older = manifest.read_bytes()
    write_files(root, {UWE_FILE: UWE.replace("Notizen", "Neue Notizen"), "contacts/ben.md": BEN + "\nMehr.\n"})
    build()
    (root / "contacts/ben.md").unlink()
    data = manifest.read_bytes()
    if damage == "deleted":
        manifest.unlink()
    elif damage == "another program's":
        monkeypatch.setattr(cache, "_known_program", [b"another"])
        assert cache.load("site", str((root / "site/public").resolve())) is None
    else:
        left = {"emptied": b"", "cut": data[:-9], "changed": data[:-9] + b"123456789", "an older one's": older}
        manifest.write_bytes(left[damage])
    assert build() == clean(root, TODAY, monkeypatch)


def test_pages_of_a_build_that_was_ended_are_taken_over_and_not_published(
    root: Path, build: Build, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = build(), stamps(root)
    with monkeypatch.context() as patch:
        patch.setattr(plugin, "publish", end)
        config = load_config(str(root / "site/mkdocs.yml"))
        with pytest.raises(KeyboardInterrupt):
            build_site(config)
        ended = config.plugins["crmtool"]
        assert isinstance(ended, plugin.CrmtoolPlugin)
        assert ended.claim
        ended.claim.release()  # as the end of a process does
    assert aside(root / "site/public").is_dir()
    assert not (root / "site/public/contacts").exists()
    made.clear()
    assert build() == first
    assert (made, stamps(root)) == ([], before)
    # One that is left beside pages that are there is older than they are.
    write_files(aside(root / "site/public"), {"ben.html": "old", "older.html": "old"})
    assert build() == first
    assert made == []


def end(*_args: object, **_more: object) -> None:
    raise KeyboardInterrupt


def fail(*_args: object, **_more: object) -> None:
    raise ValueError("no")


def test_a_build_that_fails_leaves_the_pages_where_they_were(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build()
    with monkeypatch.context() as patch:
        patch.setattr(plugin, "publish", fail)
        with pytest.raises(ValueError, match="no"):
            build_site(load_config(str(root / "site/mkdocs.yml")))
    left = tree(root / "site/public")
    assert {name: left[name] for name in left if name.startswith("contacts/")} == {
        name: first[name] for name in first if name.startswith("contacts/")
    }
    assert build() == first


def test_a_teams_page_takes_the_place_of_a_contacts(root: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    (root / "contacts/ben.md").unlink()
    write_files(root, {"site/pages/contacts/ben.md": "# Von Hand\n", "site/pages/contacts/nordlicht/x.md": "# X\n"})
    after = build()
    assert b"Von Hand" in after["contacts/ben.html"]
    assert after == clean(root, TODAY, monkeypatch)
    (root / "site/pages/contacts/ben.md").unlink()
    write_files(root, {"contacts/ben.md": BEN})
    assert build() == clean(root, TODAY, monkeypatch)


def test_the_content_of_many_pages_is_made_by_several_processes(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(root, {f"contacts/viele/nr-{n}.md": UWE.replace("Uwe", f"Uwe {n}") for n in range(40)})
    with monkeypatch.context() as patch:
        patch.setattr("crmtool.mkdocs_plugin.contact_site._SHARE", 5)
        first = build()
    assert first == clean(root, TODAY, monkeypatch)
    before = stamps(root)
    assert build() == first
    assert stamps(root) == before


def test_what_reports_work_out_of_other_contacts_is_taken_over(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(root, {f"contacts/viele/nr-{n}.md": UWE.replace("Uwe", f"Uwe {n}") for n in range(200)})
    asked: list[int] = []

    def counted(contacts: list[Contact], *rest: Any, **more: Any) -> Figures:
        asked.append(len(contacts))
        return figures(contacts, *rest, **more)

    monkeypatch.setattr(progress_page, "figures", counted)
    build()
    assert sum(asked) == 203
    asked.clear()
    write_files(root, {"contacts/viele/nr-7.md": UWE.replace("2026-10-12", "2026-10-14")})
    after = build()
    assert 0 < sum(asked) < 100
    assert after == clean(root, TODAY, monkeypatch)


def test_of_what_is_kept_only_values_are_read_back(root: Path, build: Build, tmp_path: Path) -> None:
    build()
    known = marshal.loads(cache.load("parts", str(root)) or b"")
    assert set(known) == {"figures", "short rows"}
    bad = {name: dict.fromkeys(kept, pickle.dumps(Path.cwd)) for name, kept in known.items()}
    cache.store("parts", str(root), marshal.dumps(bad))
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        build()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_site_is_that_of_a_clean_build(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    today = TODAY
    for _ in range(8):
        for _ in range(chance.randint(1, 3)):
            today = _something(root, chance, today)
        assert build(today) == clean(root, today, monkeypatch)


def _something(root: Path, chance: random.Random, today: str) -> str:
    """Let something happen to a workspace; gives what day it is."""
    contacts = sorted((root / "contacts").rglob("*.md"))
    one = chance.choice(contacts) if contacts else root / "contacts/neu.md"
    name = chance.choice(["a", "b/c", "b/index", "uwe", "nordlicht/ben"])
    match chance.randrange(9):
        case 0 | 1:
            text = chance.choice([JANA, UWE, BEN, "no front matter"])
            write_files(root, {f"contacts/{name}.md": text + f"\n[A]({chance.choice('abu')}.md) {chance.random()}\n"})
        case 2:
            one.unlink(missing_ok=True)
        case 3 if contacts:
            (root / "contacts" / f"{name}.md").parent.mkdir(exist_ok=True, parents=True)
            one.rename(root / "contacts" / f"{name}.md")
        case 4 if contacts:
            one.write_text(one.read_text("utf-8").replace("name: ", "name: Neu "), "utf-8")
        case 5:
            label = f"Stand {chance.random()}"
            write_files(root, {"criteria.yaml": FILES["criteria.yaml"].replace("In Klärung", label)})
        case 6:
            write_files(root, {f"site/pages/{chance.choice('xy')}.md": f"# Seite {chance.random()}\n"})
        case 7:
            urls = CONFIGURATION.replace(
                "use_directory_urls: false", f"use_directory_urls: {chance.choice(['true', 'false'])}"
            )
            write_files(root, {"site/mkdocs.yml": urls})
        case _:
            return chance.choice(["2026-11-23", "2026-11-24", "2027-01-10"])
    return today
