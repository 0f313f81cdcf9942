"""The site as it is served while one works."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files
from tests.serving import Served, ask, free_port, save, serving
from tests.site.conftest import CONFIGURATION, FILES
from tests.site.conftest import UWE as UNCLEAR_UWE

JANA_FILE = "contacts/nordlicht/jana-koehler.md"
JANA_PAGE = "/contacts/nordlicht/jana-koehler.html"
UWE_FILE = "contacts/hansa & söhne/uwe #1 100%.md"
UWE_PAGE = "/contacts/hansa%20%26%20s%C3%B6hne/uwe%20%231%20100%25.html"
CRITERIA = """criteria:
  fit: {met: 2026-10-02, evidence: "40 Leute"}
  conflict: {not_met: 2026-10-02, evidence: "Keiner"}
"""
UWE = UNCLEAR_UWE.replace("decisions:", CRITERIA + "decisions:")
BROKEN = JANA.replace("status: clarifying", "status: [")
BANNER = 'role="alert"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a site, without errors."""
    return write_files(tmp_path / "arbeits platz", FILES | {UWE_FILE: UWE})


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    """A server of the workspace's site."""
    with serving(root) as started:
        yield started


def git(root: Path, *arguments: str) -> str:
    """Run git in a workspace and give its output."""
    names = ("-c", "user.name=n", "-c", "user.email=e@x.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def test_a_change_is_served_anew(root: Path, served: Served) -> None:
    start = f"Serving http://127.0.0.1:{served.port}/ until Ctrl+C.\n"
    assert (served.found, served.told) == ("", start)
    assert "Jana Köhler" in served.page(JANA_PAGE)
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))
    save(root, {"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")})
    served.wait(lambda: "Wird geklärt" in served.page(JANA_PAGE))
    save(root, {"site/pages/runde.md": "# Unsere Runde\n"})
    served.wait(lambda: "Unsere Runde" in served.page("/runde.html"))
    save(root, {"schemas/contact.schema.json": '{"properties": {"size": {"type": "string"}}}'})
    served.wait(lambda: served.told.count("Rebuilt") == 4)
    rebuilt = (JANA_FILE, "criteria.yaml", "site/pages/runde.md", "schemas/contact.schema.json")
    assert served.told == start + "".join(f"Rebuilt: {path}.\n" for path in rebuilt)
    assert served.found == ""


def test_what_comes_at_once_is_built_once(root: Path, served: Served) -> None:
    write_files(root, {f"made/nr-{number}.md": UWE for number in range(50)})
    (root / "made").rename(root / "contacts" / "viele")
    served.wait(lambda: "Rebuilt" in served.told)
    assert "<h1" in served.page("/contacts/viele/nr-49.html")
    assert served.told.splitlines()[1:] == [
        "Rebuilt: contacts/viele/nr-0.md, contacts/viele/nr-1.md, contacts/viele/nr-10.md and 47 more."
    ]
    shutil.rmtree(root / "contacts")
    served.wait(lambda: ask(served.port, JANA_PAGE).status == 404)
    save(root, {JANA_FILE: JANA})
    served.wait(lambda: ask(served.port, JANA_PAGE).status == 200)
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))


def test_the_commit_that_is_named_is_the_one_of_now(root: Path, served: Served) -> None:
    def commit(message: str) -> str:
        git(root, "add", ".")
        git(root, "commit", "--quiet", f"--message={message}")
        return git(root, "rev-parse", "--short", "HEAD").strip()

    git(root, "init", "--quiet")
    first = commit("one")
    served.wait(lambda: first in served.page())
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))
    second = commit("two")
    served.wait(lambda: second in served.page())
    git(root, "switch", "--quiet", "--create", "other", "HEAD~1")
    served.wait(lambda: first in served.page())


def test_what_a_link_leads_to_is_served_anew(root: Path) -> None:
    write_files(root, {"people/a/ben.md": UWE.replace("Uwe", "Ben"), "people/one.md": UWE.replace("Uwe", "Ida")})
    (root / "contacts/team").symlink_to("../people/a")
    (root / "contacts/one.md").symlink_to("../people/one.md")
    with serving(root) as served:
        save(root, {"people/a/ben.md": UWE.replace("Uwe", "Bruno")})
        served.wait(lambda: "Bruno" in served.page("/contacts/team/ben.html"))
        save(root, {"people/one.md": UWE.replace("Uwe", "Irma")})
        served.wait(lambda: "Irma" in served.page("/contacts/one.html"))


def test_a_template_of_the_team_is_served_anew(root: Path) -> None:
    main = '{% extends "base.html" %}{% block content %}<p>WORD</p>{{ super() }}{% endblock %}'
    write_files(root, {"looks/main.html": main.replace("WORD", "Eins")})
    theme = "theme: {name: mkdocs, custom_dir: ../looks}"
    write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace("theme: {name: crmtool}", theme)})
    with serving(root, options=["--trust"]) as served:
        assert "<p>Eins</p>" in served.page("/runde.html")
        save(root, {"looks/main.html": main.replace("WORD", "Zwei")})
        served.wait(lambda: "<p>Zwei</p>" in served.page("/runde.html"))
        served.wait(lambda: "Rebuilt: looks/main.html.\n" in served.told)


def test_a_folder_that_is_moved_away_and_back_is_served_without_a_warning(root: Path, served: Served) -> None:
    folder = (root / JANA_FILE).parent
    for _ in range(2):
        folder.rename(root / "aside")
        served.wait(lambda: ask(served.port, JANA_PAGE).status == 404)
        (root / "aside").rename(folder)
        served.wait(lambda: ask(served.port, JANA_PAGE).status == 200)
    assert "Warning" not in served.told


def test_a_contact_that_is_removed_is_gone(root: Path, served: Served) -> None:
    assert "Uwe" in served.page(UWE_PAGE)
    (root / UWE_FILE).unlink()
    served.wait(lambda: ask(served.port, UWE_PAGE).status == 404)
    assert "Diese Seite gibt es nicht" in ask(served.port, UWE_PAGE).text
    assert "Uwe" not in served.page("/contacts.html")


def test_an_invalid_contact_keeps_its_last_good_state(root: Path, served: Served) -> None:
    save(root, {JANA_FILE: BROKEN.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: BANNER in served.page(JANA_PAGE))
    page = served.page(JANA_PAGE)
    assert "Jana Köhler" in page
    assert "Jana Neumann" not in page
    check = crmtool("--today", TODAY, "check", cwd=root)
    served.wait(lambda: served.found == check.out)
    first = check.out.splitlines()[0]
    place, message = re.fullmatch(r"(.*?:\d+:\d+): error: (.*) \[.*\]", first).groups()  # type: ignore[union-attr]
    assert place.startswith(JANA_FILE)
    for shown in (place, message, "<h2"):
        assert shown in page[page.index(BANNER) : page.index("<main")].replace("&#39;", "'")
    assert BANNER in served.page("/runde.html")
    assert BANNER in ask(served.port, "/nowhere.html").text

    save(root, {UWE_FILE: UWE.replace("Notizen", "Neue Notizen")})
    served.wait(lambda: "Neue Notizen" in served.page(UWE_PAGE))
    assert "Jana Köhler" in served.page(JANA_PAGE)
    served.wait(lambda: f"Rebuilt: {UWE_FILE}." in served.told)
    assert served.found == check.out, "told once"
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))
    assert BANNER not in served.page(JANA_PAGE)
    served.wait(lambda: f"Rebuilt: {JANA_FILE}." in served.told)
    assert served.told.splitlines()[1:] == [
        f"Until mended, shown as before: {JANA_FILE}.",
        f"Rebuilt: {UWE_FILE}.",
        f"Mended: {JANA_FILE}.",
        f"Rebuilt: {JANA_FILE}.",
    ]


def test_a_broken_rule_book_keeps_its_last_good_state(root: Path, served: Served) -> None:
    save(root, {"criteria.yaml": "version: 1\nname: [\n"})
    served.wait(lambda: BANNER in served.page())
    check = crmtool("--today", TODAY, "check", cwd=root)
    served.wait(lambda: served.found == check.out)
    assert served.found.split(": error: ")[0] in served.page()
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))
    (root / "criteria.yaml").unlink()
    served.wait(lambda: "does not exist" in served.page())
    assert "Jana Neumann" in served.page(JANA_PAGE)
    save(root, {"criteria.yaml": RULEBOOK.replace("In Klärung", "Wird geklärt")})
    served.wait(lambda: "Wird geklärt" in served.page(JANA_PAGE))
    assert BANNER not in served.page()


def test_a_broken_schema_keeps_its_last_good_state(root: Path, served: Served) -> None:
    save(root, {"schemas/contact.schema.json": "{"})
    served.wait(lambda: BANNER in served.page())
    assert "schemas/contact.schema.json: " in served.page()
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    served.wait(lambda: "Jana Neumann" in served.page(JANA_PAGE))
    (root / "schemas/contact.schema.json").unlink()
    served.wait(lambda: BANNER not in served.page())
    served.wait(lambda: "Mended: the schemas." in served.told)
    told = served.told.splitlines()[1:]
    assert told[0].startswith("crmtool: schemas/contact.schema.json: ")
    assert told[1:] == [f"Rebuilt: {JANA_FILE}.", "Mended: the schemas."]


def test_a_site_that_cannot_be_built_stays_as_it_was(root: Path, served: Served) -> None:
    save(root, {"site/mkdocs.yml": CONFIGURATION + "nav: [\n"})
    served.wait(lambda: BANNER in served.page())
    assert "Die Seiten lassen sich nicht neu bauen." in served.page()
    save(root, {"site/mkdocs.yml": CONFIGURATION.replace("[crmtool]", "[search]")})
    served.wait(lambda: "does not list the plugin" in served.page())
    assert "Jana Köhler" in served.page(JANA_PAGE)
    save(root, {"site/mkdocs.yml": CONFIGURATION, "site/pages/contacts.md": "# In the way\n"})
    served.wait(lambda: "rename that page" in served.page())
    (root / "site/pages/contacts.md").unlink()
    served.wait(lambda: BANNER not in served.page())
    shutil.move(root / "site/pages", root / "site/texte")
    served.wait(lambda: BANNER in served.page())
    save(root, {"site/mkdocs.yml": CONFIGURATION.replace("docs_dir: pages", "docs_dir: texte")})
    served.wait(lambda: BANNER not in served.page())
    save(root, {"site/texte/runde.md": "# Unsere Runde\n"})
    served.wait(lambda: "Unsere Runde" in served.page("/runde.html"))
    assert served.found == ""
    assert "Mended: the build.\n" in served.told
    assert served.process.poll() is None


def test_what_is_invalid_from_the_start_is_told_and_shown_as_it_is(root: Path) -> None:
    write_files(root, {JANA_FILE: BROKEN, UWE_FILE: UWE.replace("to: clarifying", "to: unknown")})
    with serving(root) as served:
        assert served.found == crmtool("--today", TODAY, "check", cwd=root).out
        assert "Until mended" not in served.told
        page = served.page("/contacts.html")
        assert page.count(JANA_FILE) == 2, "once in the banner, once in the page's notice"
        assert ask(served.port, JANA_PAGE).status == 404


def test_a_warning_is_told_once(root: Path) -> None:
    write_files(root, {"site/pages/runde.md": "# Runde\n\n[Nirgends](nowhere.md)\n"})
    with serving(root) as served:
        save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
        served.wait(lambda: "Rebuilt" in served.told)
        assert served.told.count("nowhere.md") == 1
        assert BANNER not in served.page()


def test_a_page_is_served_with_what_reloads_it(root: Path, served: Served) -> None:
    page = served.page()
    assert "connect-src 'self'" in page
    (script,) = re.findall(r'<script src="(/-[^"]+)"', page)
    (version,) = re.findall(r'data-version="([^"]+)"', page)
    answer = ask(served.port, script)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "EventSource" in answer.text
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/-crmtool/events")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"] == "text/event-stream"

    def next_version() -> str:
        return next(line[6:].decode().strip() for line in iter(stream.readline, b"") if line.startswith(b"data: "))

    assert next_version() == version
    save(root, {JANA_FILE: JANA.replace("Jana Köhler", "Jana Neumann")})
    new = next_version()
    assert new != version
    assert f'data-version="{new}"' in served.page()
    built = [file for folder in served.temporary for file in folder.rglob("*.html")]
    assert built
    assert not any("-crmtool" in file.read_text("utf-8") for file in built)
    assert served.stop() == 0, "with the stream open"
    assert "Traceback" not in served.told
    assert served.temporary == []
    connection.close()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_end_it_as_well(served: Served, by: signal.Signals) -> None:
    assert served.stop(by) == 0
    assert served.told.count("\n") == 1
    assert served.temporary == []


@pytest.mark.parametrize("directory_urls", [True, False])
def test_it_is_served_at_the_top_whatever_its_final_address(root: Path, directory_urls: bool) -> None:
    configuration = CONFIGURATION + "site_url: https://example.org/crm/\nstrict: true\n"
    if directory_urls:
        configuration = configuration.replace("use_directory_urls: false\n", "")
    write_files(root, {"site/mkdocs.yml": configuration, JANA_FILE: BROKEN})
    with serving(root) as served:
        assert 'href="/css/crmtool.css"' in ask(served.port, "/a/b/c").text
        assert served.page("/contacts/" if directory_urls else "/contacts.html")
        moved = ask(served.port, "/contacts")
        assert (moved.status, moved.headers["Location"]) == ((302, "/contacts/") if directory_urls else (404, None))


def test_another_theme_gets_script_and_banner_too(root: Path) -> None:
    write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace("name: crmtool", "name: mkdocs"), JANA_FILE: BROKEN})
    with serving(root) as served:
        page = served.page("/runde.html")
        assert 'src="/-crmtool/reload.js"' in page
        assert page.index("<body") < page.index(BANNER) < page.index("Runde</h1>")


def test_a_port_that_is_taken_is_told_before_anything_is_built(root: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = crmtool("site", "serve", "--port", str(port), cwd=root)
    taken = f"crmtool: port {port} cannot be used: another program listens there; name another with --port\n"
    assert (run.status, run.err) == (2, taken)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"criteria.yaml": "version: 1\nname: [\n"}, "crmtool: criteria.yaml:"),
        ({"schemas/contact.schema.json": "{"}, "crmtool: schemas/contact.schema.json: "),
        ({"site/mkdocs.yml": CONFIGURATION + "nav: [\n"}, "crmtool: "),
        ({"site/mkdocs.yml": CONFIGURATION.replace("[crmtool]", "[search]")}, "crmtool: "),
    ],
)
def test_what_cannot_be_built_is_not_served(root: Path, files: dict[str, str], told: str) -> None:
    write_files(root, files)
    run = crmtool("site", "serve", "--port", str(free_port()), cwd=root)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(told)
    assert "Serving" not in run.err
