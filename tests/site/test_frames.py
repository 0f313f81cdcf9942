"""Contacts' pages spliced into their frames: byte for byte what the engine makes of each by itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from crmtool.mkdocs_plugin import publishing
from crmtool.serving.rounds import Rounds
from tests.building import day
from tests.conftest import JANA, RULEBOOK, TODAY, write_files
from tests.site.conftest import UWE, build_with, builder_of, tree

PROJECT = {
    "criteria.yaml": RULEBOOK,
    "contacts/nordlicht/jana-koehler.md": JANA,
    "contacts/hansa & söhne/uwe #1 100%.md": UWE,
    "contacts/ebene.md": UWE.replace('Uwe "Blitz" <Richter>', "Kurz  und &amp; 'so' "),
    "contacts/a/b/index.md": UWE,
    "contacts/a/b/c/d%20\"e'<f>.md": UWE + "\n[Jana](../../../nordlicht/jana-koehler.md) [X](nirgends.md)\n",
    "contacts/team/x.md": UWE,
    "docs/index.md": "# Home\n\n[Jana](contacts/nordlicht/jana-koehler.md), [oben](contacts/ebene.md#top)\n",
    "docs/contacts/team/guide.md": "# Guide\n",
    "docs/contacts/a/b/list.txt": "x",
}
CONTACTS = [name for name in PROJECT if name.startswith("contacts/")]
OWN_THEME = """<title>{{ page.title }} | {{ config.site_name }}</title>
<link rel="canonical" href="{{ page.canonical_url }}"><base data-up="{{ "." | url }}">
<body data-title="{{ page.title | e }}"
 data-plain="{{ page.title | striptags | e }}" data-page="{{ page.meta.crmtool | e }}">
{{ page.file.src_uri | e }} {{ page.url | e }} {{ page.abs_url }} {{ page.url | url }} {{ page.title | urlencode }}
<script>var title = {{ page.title | tojson }},
 plain = {{ page.title | striptags | tojson }}, here = {{ page.url | tojson }};</script>
{% for each in nav.pages %}<a href="{{ each.url | url }}">{{ each.title }}</a>{% endfor %}
<main>{{ page.content }}</main>
{{ page.title }} {{ page.title | upper }}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with contacts in places of every kind; a page of MkDocs' themes tells when it was built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    files = {
        **PROJECT,
        "theme/main.html": OWN_THEME.replace(" {{ page.title | upper }}", ""),
        "loud/main.html": OWN_THEME,
    }
    return write_files(tmp_path / "docs & more", files)


def site(
    root: Path, program: str, theme: str, *, urls: bool = False, by_loop: bool = False, more: str = ""
) -> dict[str, bytes]:
    """Build a site, each contact's page by the engine's loop if so told."""
    write_files(
        root,
        {
            "mkdocs.yml": f"site_name: Docs & more\nsite_url: https://example.org/base/\ntheme: {theme}\n"
            f"use_directory_urls: {str(urls).lower()}\nplugins: [search, crmtool]\n{more}"
        },
    )
    run = build_with(program, root / "mkdocs.yml", "-d", str(root / "built"), by_loop=by_loop)
    assert run.status == 0, run.err
    return tree(root / "built")


NAV = "nav: [{Home: index.md}, {Jana: contacts/nordlicht/jana-koehler.md}, {Guide: contacts/team/guide.md}]\n"


@pytest.mark.parametrize(
    ("program", "theme", "urls"),
    [
        ("mkdocs", "mkdocs", True),
        ("mkdocs", "readthedocs", False),
        ("mkdocs", "crmtool", False),
        ("mkdocs", "crmtool", True),
        ("mkdocs", "{name: null, custom_dir: theme}", False),
        ("mkdocs", "{name: null, custom_dir: theme}", True),
        ("properdocs", "crmtool", True),
        ("properdocs", "{name: null, custom_dir: theme}", False),
    ],
)
def test_a_spliced_page_is_the_page_that_the_engine_makes(root: Path, program: str, theme: str, urls: bool) -> None:
    spliced = site(root, program, theme, urls=urls, more=NAV)
    looped = site(root, program, theme, urls=urls, more=NAV, by_loop=True)
    assert spliced.keys() == looped.keys()
    assert [name for name in spliced if spliced[name] != looped[name] and name != "search/search_index.json"] == []
    searches = [json.loads(files["search/search_index.json"])["docs"] for files in (spliced, looped)]
    assert sorted(searches[0], key=repr) == sorted(searches[1], key=repr)
    assert not any(b"/nirgends" in data for data in spliced.values())


def test_what_other_plugins_do_to_pages_is_done_to_contacts_pages_too(root: Path) -> None:
    write_files(root, {"mark.py": "def on_post_page(output, page, config):\n    return output + '<!-- marked -->'\n"})
    hooks = NAV + "hooks: [mark.py]\n"
    spliced = site(root, "mkdocs", "mkdocs", more=hooks)
    assert spliced["contacts/ebene.html"].endswith(b"<!-- marked -->")
    assert spliced == site(root, "mkdocs", "mkdocs", more=hooks, by_loop=True)


def test_a_theme_that_cannot_be_cut_has_its_pages_made_one_by_one(root: Path) -> None:
    pages = site(root, "mkdocs", "{name: null, custom_dir: loud}")
    assert "HANSA &AMP; SÖHNE · UWE".encode() in pages["contacts/hansa & söhne/uwe #1 100%.html"]
    contacts = {name.removesuffix(".md") for name in CONTACTS}
    assert {name.removesuffix(".html") for name in pages if name.startswith("contacts/")} - contacts == {
        "contacts/team/guide",
        "contacts/a/b/list.txt",
    }


def test_what_stands_in_for_contacts_leaves_nothing_behind(root: Path) -> None:
    pages = site(root, "mkdocs", "mkdocs", more=NAV)
    assert {name for name in pages if name.startswith("contacts/")} == {
        *(name.replace(".md", ".html") for name in CONTACTS),
        *("contacts/team/guide.html", "contacts/a/b/list.txt"),
    }
    found = {entry["location"].partition("#")[0] for entry in json.loads(pages["search/search_index.json"])["docs"]}
    assert sum(location.startswith("contacts/") for location in found) == len(CONTACTS) + 1
    # They ask search engines away, so that a map for these says nothing of them.
    assert pages["sitemap.xml"].count(b"/contacts/") == 2
    assert not any(re.search(rb"[0-9]{20}", data) for name, data in pages.items() if name.endswith((".html", ".xml")))


def test_a_theme_that_writes_a_title_as_it_is_lets_no_contact_write_html(root: Path) -> None:
    theme = "<title>{{ page.title | striptags }}</title><script>let t = '{{ page.title | striptags }}'</script>"
    write_files(root, {"bare/main.html": theme + "{{ page.file.src_uri }}{{ page.content }}"})
    name = "</title><script>alert('1')</script>"
    write_files(root, {"contacts/<b>.md": UWE.replace('Uwe "Blitz" <Richter>', name).replace("& Söhne", "\\\\")})
    page = site(root, "mkdocs", "{name: null, custom_dir: bare}")["contacts/<b>.html"].decode()
    assert page.count("<script>") == 1
    assert "<title>Hansa \\\\ · &lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</title>" in page
    assert "let t = 'Hansa \\\\\\\\ · \\u003c/title".replace("·", "\\u00b7") in page
    assert "contacts/&lt;b&gt;.md" in page


def test_a_link_of_a_teams_page_to_a_contact_is_checked(root: Path) -> None:
    write_files(
        root, {"docs/index.md": "# Home\n\n[Ben](contacts/ben.md) [Jana](contacts/nordlicht/jana-koehler.md)\n"}
    )
    write_files(root, {"mkdocs.yml": "site_name: X\nplugins: [crmtool]\nuse_directory_urls: false\n"})
    run = build_with("mkdocs", root / "mkdocs.yml", "-d", str(root / "built"))
    assert run.status == 0
    assert "a link 'contacts/ben.md', but the target is not found" in run.err
    assert "jana" not in run.err
    assert b'href="contacts/nordlicht/jana-koehler.html"' in (root / "built/index.html").read_bytes()


@pytest.mark.parametrize(
    ("page", "contact", "urls"),
    [
        ("docs/contacts/ebene.md", "contacts/ebene.html", False),
        ("docs/contacts/ebene.html", "contacts/ebene.html", False),
        ("docs/contacts/ebene/index.md", "contacts/ebene/index.html", True),
        ("contacts/ebene/index.md", "contacts/ebene/index.html", True),
        ("contacts/index.md", "contacts/index.html", True),
    ],
)
def test_what_stands_where_a_contacts_page_goes_is_named(root: Path, page: str, contact: str, urls: bool) -> None:
    write_files(root, {page: UWE, "mkdocs.yml": f"site_name: X\nplugins: [crmtool]\nuse_directory_urls: {urls}\n"})
    run = build_with("mkdocs", root / "mkdocs.yml")
    assert run.status == 1
    assert f"stands where the report {contact} goes; rename that page" in run.err
    assert not list((root / "site").rglob("*.html"))


ODD = "site_name: X\nplugins: [search, crmtool]\ntheme: {name: null, custom_dir: odd}\n"


def test_a_theme_that_puts_a_heading_above_contents_without_one_is_understood(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "{% if '<h1' not in page.content %}<h1>{{ page.title }}</h1>{% endif %}{{ page.content }}"
    write_files(root, {"odd/main.html": page, "mkdocs.yml": ODD})

    def fail(*_args: object) -> None:
        raise AssertionError("a page is made by the loop")

    monkeypatch.setattr(publishing, "_write_by_loop", fail)
    build_site(load_config(str(root / "mkdocs.yml")))
    assert (root / "site/contacts/ebene/index.html").read_text("utf-8").count("<h1") == 1


def test_a_contact_that_a_page_links_to_is_none_of_the_pages_that_the_engine_lists(root: Path) -> None:
    write_files(root, {"odd/main.html": "{{ page.title[0] }}{{ page.content }}", "mkdocs.yml": ODD})
    config = load_config(str(root / "mkdocs.yml"))
    build_site(config)
    build = config.plugins["crmtool"]._build  # type: ignore[attr-defined]
    assert [source for source in build.pages if source.startswith("contacts/")] == []
    assert len(build.contacts) == len(CONTACTS)


ONE_PAGE = """def on_EVENT(*given, page=None, **_):
    page = page or given[0]
    if page.file.src_uri == "contacts/ebene.md":
        page.edit_url = "by the hook"
        return given[0] + page.edit_url if "EVENT" == "post_page" else None
"""
PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


@pytest.mark.parametrize("event", PAGE_EVENTS)
def test_what_a_hook_does_to_one_contact_is_done(root: Path, event: str) -> None:
    write_files(root, {"hook.py": ONE_PAGE.replace("EVENT", event)})
    write_files(root, {"odd/main.html": "{{ page.title }}|{{ page.edit_url }}|{{ page.content }}"})
    pages = site(root, "mkdocs", "{name: null, custom_dir: odd}", more="hooks: [hook.py]\n")
    assert [name for name in pages if b"by the hook" in pages[name]] == ["contacts/ebene.html"]


def test_what_a_hook_does_to_one_contact_is_served_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(root, {"hook.py": ONE_PAGE.replace("EVENT", "post_page")})
    pages = site(root, "mkdocs", "mkdocs", more="hooks: [hook.py]\n")
    write_files(root, {"mkdocs.yml": (root / "mkdocs.yml").read_text("utf-8").replace("[search, ", "[")})
    (tmp_path / "served").mkdir()
    builder = builder_of(root / "mkdocs.yml", root)
    rounds = Rounds(builder=builder, sources=builder.sources(), today=lambda: day(TODAY), folder=tmp_path / "served")
    live = rounds.first().live
    assert live is not None
    served = {name: live.file(name) for name in pages if name.startswith("contacts/") and live.holds(name)}
    assert [name for name in served if b"by the hook" in served[name]] == ["contacts/ebene.html"]


COUNTING = (
    "{{ page.title[0] }} {% if page.title | length > 30 %}long{% endif %}",
    "{{ page.content | length // 100 }}",
    "{{ page.content | striptags | truncate(40) }}",
)


@pytest.mark.parametrize("written", COUNTING)
def test_a_theme_that_counts_or_cuts_has_its_pages_made_by_the_loop(root: Path, written: str) -> None:
    write_files(root, {"odd/main.html": f"{{{{ page.title }}}}|{written}|{{{{ page.content }}}}"})
    theme = "{name: null, custom_dir: odd}"
    assert site(root, "mkdocs", theme) == site(root, "mkdocs", theme, by_loop=True)


HOOKS = {
    "content": "def on_page_content(html, **_):\n    return html.replace('<h2', '<h2 class=\"x\"')\n",
    "page": "def on_post_page(output, **_):\n    return output.replace('<section', '<section data-x')\n",
    "refusal": "def on_page_markdown(markdown, page, **_):\n    assert sum(map(str.isdigit, str(page.meta))) < 9\n",
    "files": "from mkdocs.structure.files import Files\ndef on_files(files, **_):\n    return Files(list(files))\n",
}


@pytest.mark.parametrize("hook", HOOKS)
def test_what_a_hook_of_the_team_does_is_done_to_contacts_as_well(root: Path, hook: str) -> None:
    write_files(root, {"hook.py": HOOKS[hook]})
    more = "hooks: [hook.py]\nstrict: false\n"
    assert site(root, "mkdocs", "mkdocs", more=more) == site(root, "mkdocs", "mkdocs", by_loop=True, more=more)
