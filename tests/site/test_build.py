"""The site as it is built, by each program that builds it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, get_files

from crmtool.mkdocs_plugin.guards import refuse_outside
from tests.conftest import TODAY, Run, crmtool, write_files
from tests.site.conftest import CONFIGURATION, build_with, tree
from tests.site.conftest import UWE as UWE_FILE

Build = Callable[..., Run]
UWE = "contacts/hansa & söhne/uwe #1 100%"


def test_the_site_has_the_reports_the_contacts_and_the_teams_own_pages(root: Path, build: Build) -> None:
    run = build("--strict")
    assert (run.status, run.out) == (0, ""), run.err
    assert "Open site/public/index.html" in run.err
    assert {name for name in tree(root / "site/public") if name.endswith(".html")} == {
        *("404.html", "index.html", "pipeline.html", "decisions.html", "missing.html", "blocked.html", "stop.html"),
        *("progress.html", "rules.html", "contacts.html", "runde.html"),
        *("contacts/nordlicht/jana-koehler.html", f"{UWE}.html"),
    }


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_each_program_gives_the_same_bytes(root: Path, build: Build, tmp_path: Path, program: str) -> None:
    assert build("--output", str(tmp_path / "ours")).status == 0
    run = build_with(program, root / "site/mkdocs.yml", "--strict", "-d", str(tmp_path / "theirs"))
    assert run.status == 0, run.err
    assert tree(tmp_path / "ours") == tree(tmp_path / "theirs")


def test_building_again_changes_nothing(root: Path, build: Build) -> None:
    build()
    before = tree(root / "site/public")
    build()
    assert tree(root / "site/public") == before


def test_editing_a_body_changes_that_contacts_page_alone(root: Path, build: Build) -> None:
    build()
    before = tree(root / "site/public")
    with (root / f"{UWE}.md").open("a") as file:
        file.write("\nHeute angerufen.\n")
    build()
    after = tree(root / "site/public")
    page = f"{UWE}.html"
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == [page]
    assert without_notes(after[page]) == without_notes(before[page])
    assert after[page].count(b"Heute angerufen.") == 1


def without_notes(page: bytes) -> tuple[bytes, bytes]:
    """What stands before and after a contact's notes."""
    head, _, rest = page.partition(b'<section class="notes')
    return head, rest.partition(b"</section>")[2]


def test_every_page_has_its_frame(root: Path, build: Build) -> None:
    build()
    page = (root / f"site/public/{UWE}.html").read_text("utf-8")
    assert page.startswith('<!doctype html>\n<html class="crm-theme" lang="de">')
    assert "Content-Security-Policy" in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "<title>Hansa &amp; Söhne · Uwe &#34;Blitz&#34; &lt;Richter&gt; – Neukunden</title>" in page
    assert "Stand 23.11.2026" in page
    assert 'href="../../index.html"' in page


def test_a_contacts_frame_holds_nothing_that_an_edit_of_another_contact_changes(root: Path, build: Build) -> None:
    build()
    pages = {name: data.decode() for name, data in tree(root / "site/public").items()}
    page = pages[f"{UWE}.html"]
    assert 'class="count"' not in page
    assert page.index("</nav>") < page.index('<script src="../../js/counts.js"></script>') < page.index("<main")
    assert "Daten ohne Git-Stand" not in page
    report = pages["index.html"]
    assert "Daten ohne Git-Stand" in report
    assert "js/counts.js" not in report
    static = re.findall(r'<span class="count" title="([^"]*)">([^<]*)</span>', report)
    scripted = json.loads(pages["js/counts.js"].removeprefix("crmtoolCounts(").removesuffix(");\n"))
    assert [(told, number) for number, told in scripted if number] == static != []


def test_a_contact_that_cannot_be_judged_is_told_and_the_rest_is_built(root: Path, build: Build) -> None:
    write_files(root, {"contacts/broken.md": "no front matter"})
    run = build()
    assert run.status == 0
    assert run.err.startswith("crmtool: contacts/broken.md has errors")
    assert "contacts/broken.md" in (root / "site/public/index.html").read_text("utf-8")
    assert build("--strict").status == 1


def test_two_contacts_with_one_id_do_not_stop_the_site(root: Path, build: Build) -> None:
    first, second = "contacts/a\u0308.md", "contacts/\u00e4.md"
    write_files(root, {first: UWE_FILE.replace("Notizen", "Erste Notiz"), second: UWE_FILE})
    run = build()
    assert run.status == 0, run.err
    assert f"{second} has errors" in run.err
    assert second in (root / "site/public/index.html").read_text("utf-8")
    assert "Erste Notiz" in (root / "site/public/contacts/\u00e4.html").read_text("utf-8")


def test_the_files_are_gone_through_once_however_many_contacts_there_are(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMTOOL_TODAY", TODAY)
    config = load_config(str(root / "site/mkdocs.yml"))
    files, through = get_files(config), 0
    config.plugins.on_config(config)
    original = Files.__iter__

    def counted(self: Files) -> Iterator[File]:
        nonlocal through
        through += 1
        return original(self)

    monkeypatch.setattr(Files, "__iter__", counted)
    files = config.plugins.on_files(files, config=config)
    assert through <= 3
    assert "contacts/nordlicht/jana-koehler.md" not in files.src_uris
    file = files.get_file_from_path("contacts/nordlicht/jana-koehler.md")
    assert file is not None
    assert file.url == "contacts/nordlicht/jana-koehler.html"
    assert files.get_file_from_path("contacts/nordlicht/ben.md") is None


def test_without_a_usable_rule_book_nothing_is_built_and_nothing_deleted(root: Path, build: Build) -> None:
    build()
    before = tree(root / "site/public")
    write_files(root, {"criteria.yaml": "version: 1\nname: [\n"})
    run = build()
    assert run.status == 2
    assert run.err.startswith("crmtool: criteria.yaml:")
    assert run.err.count("\n") == 1
    assert build_with("mkdocs", root / "site/mkdocs.yml").status == 1
    assert tree(root / "site/public") == before


@pytest.mark.parametrize("output", [".", "site", "site/pages", "contacts", "contacts/built", ".."])
def test_an_output_folder_that_would_delete_the_workspace_is_refused(root: Path, build: Build, output: str) -> None:
    write_files(root, {"404.html": "", "site/404.html": "", "site/pages/404.html": "", "contacts/404.html": ""})
    write_files(root.parent, {"404.html": ""})
    before = tree(root)
    run = build("--output", output)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("crmtool: ")
    assert run.err.count("\n") == 1, run.err
    assert tree(root) == before


def test_a_folder_that_holds_something_else_is_not_emptied(root: Path, build: Build, tmp_path: Path) -> None:
    write_files(tmp_path / "letters", {"dear.txt": "x"})
    run = build("--output", str(tmp_path / "letters"))
    assert (run.status, tree(tmp_path / "letters")) == (2, {"dear.txt": b"x"})


def test_the_default_output_folder_of_mkdocs_does_not_delete_the_sites_sources(root: Path) -> None:
    write_files(root, {"mkdocs.yml": "site_name: X\nplugins: [crmtool]\n", "docs/about.md": "# About\n"})
    before = tree(root)
    run = build_with("mkdocs", root / "mkdocs.yml")
    assert run.status == 1
    assert "that would delete" in run.err
    assert tree(root) == before


def test_search_engines_are_asked_away(root: Path, build: Build) -> None:
    build()
    assert tree(root / "site/public")["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    write_files(root, {"site/pages/robots.txt": "User-agent: Mine\n"})
    build()
    assert tree(root / "site/public")["robots.txt"] == b"User-agent: Mine\n"


def test_links_between_contacts_lead_to_their_pages_and_broken_ones_are_told(root: Path, build: Build) -> None:
    linked = UWE_FILE + "\n[Jana](../nordlicht/jana-koehler.md)\n[Ben](../nordlicht/ben.md)\n"
    write_files(root, {f"{UWE}.md": linked})
    line = linked.splitlines().index("[Ben](../nordlicht/ben.md)") + 1
    run = build()
    told = f"{UWE}.md:{line}: the link to contacts/nordlicht/ben.md leads nowhere: there is no such contact\n"
    assert (run.status, told in run.err) == (0, True), run.err
    page = tree(root / "site/public")[f"{UWE}.html"].decode()
    assert '<a href="../../contacts/nordlicht/jana-koehler.html" rel="noreferrer">Jana</a>' in page
    assert '<span class="nowhere">Ben</span>' in page
    assert build("--strict").status == 1


def test_a_link_out_of_the_workspace_is_left_out(root: Path, build: Build) -> None:
    write_files(root.parent, {"secret.txt": "secret", "secrets/a.md": "# Secret"})
    (root / "site/pages/secret.txt").symlink_to(root.parent / "secret.txt")
    (root / "site/pages/secrets").symlink_to(root.parent / "secrets")
    (root / "site/pages/again.md").symlink_to("runde.md")
    run = build()
    assert run.err.count("leads out of the workspace") == 2, run.err
    built = tree(root / "site/public")
    assert not any(b"ecret" in content for content in built.values())
    assert "again.html" in built


@pytest.mark.parametrize("path", ["contacts/../../x.html", "/x.html", "contacts\\..\\..\\x.html", "../x.html"])
def test_a_page_that_would_leave_the_site_is_refused(path: str) -> None:
    with pytest.raises(PluginError, match="outside of the site"):
        refuse_outside(path)
    refuse_outside("contacts/a..b/..c.html")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_reports_stand_in_any_mkdocs_project(root: Path, theme: str) -> None:
    configuration = (
        f"site_name: Docs\nsite_dir: built\ntheme: {theme}\nplugins: [search, {{crmtool: {{workspace: ..}}}}]\n"
    )
    write_files(root, {"other/mkdocs.yml": configuration, "other/docs/index.md": "# Home\n"})
    run = build_with("mkdocs", root / "other/mkdocs.yml", "--strict")
    assert run.status == 0, run.err
    pages = tree(root / "other/built")
    assert b"Home" in pages["index.html"]
    assert b"Was heute zu entscheiden ist" in pages["focus/index.html"]
    assert b'href="../contacts/nordlicht/jana-koehler/"' in pages["focus/index.html"]
    for asset in ("css/crmtool.css", "js/text.js", "js/rows.js", "js/tables.js", "js/list.js"):
        assert f'="../{asset}"'.encode() in pages["focus/index.html"]
        assert pages[asset]
    assert b"noindex" in pages["focus/index.html"]
    assert b"noindex" not in pages["index.html"]


def test_a_page_in_a_reports_place_is_named(root: Path, build: Build) -> None:
    write_files(root, {"site/pages/pipeline.md": "# Mine\n"})
    run = build()
    assert run.status == 2
    assert run.err == "crmtool: pipeline.md stands where the report pipeline.html goes; rename that page\n"


def test_the_day_may_stand_in_the_configuration(root: Path) -> None:
    dated = CONFIGURATION.replace("[crmtool]", "[{crmtool: {today: 2026-11-04}}]")
    write_files(root, {"site/mkdocs.yml": dated})
    assert crmtool("site", "build", cwd=root).status == 0
    assert "Stand 04.11.2026" in (root / "site/public/index.html").read_text("utf-8")


def test_without_a_site_the_command_says_so(root: Path, build: Build) -> None:
    (root / "site/mkdocs.yml").unlink()
    run = build()
    assert run.status == 2
    assert "mkdocs.yml does not exist" in run.err


def test_a_site_without_the_plugin_is_refused(root: Path, build: Build) -> None:
    write_files(root, {"site/mkdocs.yml": "site_name: X\ndocs_dir: pages\nsite_dir: public\nplugins: []\n"})
    run = build()
    assert (run.status, "does not list the plugin" in run.err) == (2, True)


def test_a_site_is_published_only_where_its_configuration_confirms_it(root: Path, build: Build) -> None:
    refused = build("--publish")
    line = 'plugins: [{crmtool: {publish: "everybody may read this"}}]'
    assert refused.status == 2
    assert refused.err.startswith("crmtool: contacts are personal data, so the site is not published until you confirm")
    assert refused.err.endswith(f"site/mkdocs.yml: {line}\n")
    assert not (root / "site/public").exists()
    for given, status in ((line.replace("everybody", "nobody"), 2), (line, 0)):
        write_files(root, {"site/mkdocs.yml": CONFIGURATION.replace("plugins: [crmtool]", given)})
        assert build("--publish").status == status
        assert build().status == 0, "building alone publishes nothing"


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_gh_deploy_asks_for_the_confirmation_too(root: Path, program: str) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)  # so that the branch is made there, and nowhere else
    run = build_with(program, root / "site/mkdocs.yml", command="gh-deploy")
    assert run.status == 1
    assert not (root / "site/public").exists()
    assert "contacts are personal data, so the site is not published" in run.err
    confirmed = CONFIGURATION.replace(
        "plugins: [crmtool]", 'plugins: [{crmtool: {publish: "everybody may read this"}}]'
    )
    write_files(root, {"site/mkdocs.yml": confirmed})
    run = build_with(program, root / "site/mkdocs.yml", command="gh-deploy")
    assert (root / "site/public/index.html").is_file(), run.err
