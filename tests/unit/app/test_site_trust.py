"""What a site's configuration asks for beyond making pages, told without doing any of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crmtool.app.site_trust import Approvals, asked
from crmtool.errors import CrmtoolError
from tests.conftest import RULEBOOK, write_files

PLAIN = "site_name: X\ndocs_dir: pages\nsite_dir: public\nplugins: [crmtool]\n"
MARKER = "touched"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a site that only has pages."""
    return write_files(tmp_path / "sales", {"criteria.yaml": RULEBOOK, "site/mkdocs.yml": PLAIN})


@pytest.fixture
def approvals(tmp_path: Path) -> Approvals:
    """Those of a user with a home of their own."""
    return Approvals(folder=tmp_path / "state")


def texts(root: Path, more: str = "", *, instead_of: str = "") -> tuple[str, ...]:
    """What a site asks for with some lines more, or with lines instead of one that is there."""
    changed = PLAIN.replace(instead_of, more) if instead_of else PLAIN + more
    write_files(root, {"site/mkdocs.yml": changed})
    return asked(root / "site/mkdocs.yml", root).texts


@pytest.mark.parametrize(
    "more",
    [
        "",
        "nav: [index.md, {Out: 'https://x.example/a'}]\nextra: {a: 1}\nstrict: true\n",
        "extra_css: [a.css, 'b/c.css?v=1:2']\nextra_javascript: []\nsite_url: https://x.example\n",
        "extra_css:\nrepo_url: https://x.example/y\nedit_uri_template: 'e/{path!q}#{path_noext}'\n",
        "exclude_docs: |\n  **/drafts/**\n  /a/*/*b*.md\nnot_in_nav: x\ndraft_docs:\n",
        "theme: mkdocs\n",
        "theme: {name: crmtool, locale: de}\n",
        "markdown_extensions: [toc, tables, markdown.extensions.footnotes, {codehilite: {linenums: true}}]\n",
        "hooks:\nmarkdown_extensions:\n  toc: {permalink: true}\n",
        "watch: [../contacts]\nvalidation: {omitted_files: warn}\nunset: !relative $docs_dir\n".replace(
            "unset", "copyright"
        ),
        "base: &b {strict: true}\n<<: *b\n".replace("base", "extra"),
    ],
)
def test_pages_alone_need_nobodys_word(root: Path, approvals: Approvals, more: str) -> None:
    assert texts(root, more) == ()
    assert approvals.holds(asked(root / "site/mkdocs.yml", root))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("hooks: [a.py, ../b.py]\n", ["run a.py (hooks)", "run ../b.py (hooks)"]),
        ("hooks: a.py\n", ["run a.py (hooks)"]),
        ("hooks: [{a: b}]\n", ["run a hook that is named as {'a': 'b'}"]),
        ("hooks: !ENV [X, a.py]\n", ["take values from the environment (!ENV)", "Tagged"]),
        ("site_author: !ENV TOKEN\n", ["take TOKEN from the environment (!ENV)"]),
        ("a: !!python/object/apply:os.system [x]\n", ["(!!python/object/apply:os.system)", "set 'a', which"]),
        ("extra: {a: [{b: !!python/name:os.system }]}\n", ["make an object of Python (!!python/name:os.system)"]),
        ("extra: {? !!python/name:os.system '' : 1}\n", ["make an object of Python (!!python/name:os.system)"]),
        ("extra: !x {a: !y {b: !z 1}}\n", ["(!x)", "(!y)", "(!z)"]),
        ("markdown_extensions: [evil]\n", ["run the extension evil"]),
        ("markdown_extensions: {pymdownx.snippets: {base_path: /}}\n", ["run the extension pymdownx.snippets"]),
        ("markdown_extensions: [markdown.extensions.evil.x]\n", ["run the extension markdown.extensions.evil.x"]),
        ("theme: {name: mkdocs, custom_dir: looks}\n", ["run the templates in looks (theme.custom_dir)"]),
        ("theme: [a]\n", ["use a theme that is named as ['a']"]),
        ("extra_templates: [a.html]\n", ["run a.html as a template (extra_templates)"]),
        ("watch: [../../x]\n", ["outside of the workspace (watch)"]),
        ("config_file_path: /etc/x\n", ["set 'config_file_path', which crmtool does not know"]),
        ("mdx_configs: {toc: {}}\n", ["set 'mdx_configs', which"]),
        ("1: x\n", ["set 1, which crmtool does not know"]),
        ("on: &a {hooks: [a.py]}\n<<: *a\n".replace("on", "extra"), ["run a.py (hooks)"]),
        (
            "extra_javascript: [a.js, {path: b.mjs, type: module}]\n",
            ["run the script a.js in", "run the script b.mjs in"],
        ),
        ("extra_javascript: ['https://x.example/a.js']\n", ["run the script https://x.example/a.js in every browser"]),
        ("extra_css: [a.css, '//x.example/a']\n", ["have every page load //x.example/a from elsewhere (extra_css)"]),
        ("extra_css: ['\\\\x.example/a', ' HTTP://x.example', 'data:text/css,']\n", ["load \\\\x", " HTTP:", "data:"]),
        ("extra_css: [!ENV X]\n", ["take X from the environment (!ENV)"]),
        ("exclude_docs: '*a*a*a*a*b'\n", ["look for pages by '*a*a*a*a*b', which may take for ever (exclude_docs)"]),
        ("not_in_nav: |\n  a.md\n  *a*/*b*c\n", ["look for pages by '*a*/*b*c', which may take for ever (not_in_nav)"]),
        ("draft_docs: '**/a/**/a/**'\n", ["look for pages by '**/a/**/a/**', which may take for ever (draft_docs)"]),
        ("edit_uri_template: '{path:>900000000}'\n", ["fill in '{path:>900000000}' on each page, at any length"]),
        ("edit_uri_template: '{path:{path}}{path.x}'\n", ["fill in '{path:{path}}{path.x}' on each page"]),
        (f"edit_uri_template: '{'{path}' * 21}'\n", ["on each page, at any length (edit_uri_template)"]),
        ('copyright: "\\e[31m"\nhooks: ["\\e[2J.py"]\n', ["run \\u001b[2J.py (hooks)"]),
    ],
)
def test_whatever_is_more_than_pages_is_told(root: Path, more: str, told: list[str]) -> None:
    found = texts(root, more)
    assert len(found) == len(told)
    for text in told:
        assert any(text in each for each in found), found


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ("plugins: [crmtool]", "plugins: [crmtool, search, macros]", "run the plugin macros, now and later"),
        ("plugins: [crmtool]", "plugins: {crmtool: {}, exec: {x: 1}}", "run the plugin exec, now and later"),
        ("plugins: [crmtool]", "plugins: [[crmtool]]", "run the plugin ['crmtool'], now"),
        ("plugins: [crmtool]", "plugins: [crmtool: {workspace: ../../hr}]", "show the workspace "),
        ("docs_dir: pages", "docs_dir: /home", "show the files of /home, outside of the workspace (docs_dir)"),
        ("docs_dir: pages", 'docs_dir: "a\\0"', "outside of the workspace (docs_dir)"),
        ("site_dir: public", "site_dir: ../../public", "outside of the workspace (site_dir)"),
        ("site_dir: public", "site_dir: [a]", "empty and write into ['a'] (site_dir)"),
    ],
)
def test_what_leads_out_of_the_workspace_is_told(root: Path, line: str, instead: str, told: str) -> None:
    (found,) = texts(root, instead, instead_of=line)
    assert told in found


def test_a_link_out_of_the_workspace_counts_as_what_it_leads_to(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "site/public").symlink_to(tmp_path / "elsewhere")
    (found,) = texts(root)
    assert found.startswith("empty and write into ")
    (root / "site/public").unlink()
    outside = write_files(tmp_path, {"other.yml": PLAIN})
    (root / "site/mkdocs.yml").unlink()
    (root / "site/mkdocs.yml").symlink_to(outside / "other.yml")
    assert [text.split(" ")[0] for text in asked(root / "site/mkdocs.yml", root).texts] == ["read"]


def test_what_is_inherited_is_asked_for_too(root: Path) -> None:
    write_files(
        root, {"site/base.yml": "hooks: [a.py]\nINHERIT: ../top.yml\n", "top.yml": "extra_templates: [b.html]\n"}
    )
    assert texts(root, "INHERIT: base.yml\n") == ("run a.py (hooks)", "run b.html as a template (extra_templates)")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [", "expected the node content"),
        ("- a\n", "must be a mapping"),
        ("", "must be a mapping"),
        (PLAIN + "INHERIT: none.yml\n", "none.yml is no file"),
        (PLAIN + "INHERIT: [a]\n", "INHERIT must name a file"),
        (PLAIN + "INHERIT: mkdocs.yml\n", "or from itself"),
        (PLAIN + "INHERIT: /dev/zero\n", "is no file"),
        ("[" * 3000, "nested too deeply"),
        ("#" * (1 << 20) + "\n", "larger than 1 MiB"),
        ("{a: 1}: 2\n", "unhashable"),
        ("a: !!int ''\n", "none of the kind that its tag names"),
        ("a: !!bool x\n", "none of the kind that its tag names"),
        ("extra_css: [{a: 1}]\n", "extra_css must list the addresses of style sheets, and {'a': 1} is none"),
        ("extra_css: ['http://[x']\n", "http://[x is no address (extra_css): Invalid IPv6 URL"),
        ("extra_javascript: [{path: 'http://[x'}]\n", "http://[x is no address (extra_javascript)"),
        ('nav: [a.md, {A: [{B: "http://x\\e[2J"}]}]\n', "http://x\\u001b[2J is no address (nav)"),
        ("repo_url: 'http://[x'\n", "http://[x is no address (repo_url)"),
        ("site_url: 'http://[x'\n", "http://[x is no address (site_url)"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(root: Path, content: str, message: str) -> None:
    write_files(root, {"site/mkdocs.yml": content})
    with pytest.raises(CrmtoolError) as caught:
        asked(root / "site/mkdocs.yml", root)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_was_allowed_holds_until_any_of_it_changes(root: Path, approvals: Approvals) -> None:
    more = (
        "hooks: [a.py]\nextra_templates: [b.html]\nextra_javascript: [c.js]\ntheme: {name: null, custom_dir: looks}\n"
    )
    code = ("site/a.py", "site/beside.py", "site/pages/b.html", "site/pages/c.js", "site/looks/deep/main.html")
    files = dict.fromkeys(code, "")
    write_files(root, {**files, "site/pages/plain.md": "", "site/mkdocs.yml": PLAIN + more})
    configuration = root / "site/mkdocs.yml"

    def holds() -> bool:
        return approvals.holds(asked(configuration, root))

    assert not holds()
    approvals.allow(asked(configuration, root))
    assert holds()
    write_files(root, {"site/pages/plain.md": "What everybody writes", "contacts/a.md": "---"})
    assert holds()
    for path in (*files, "site/looks/new.html", "site/mkdocs.yml"):
        file = root / path
        before = file.read_bytes() if file.exists() else b""
        file.write_bytes(before + b"\n")
        assert not holds(), path
        file.write_bytes(before)
    (root / "site/looks/new.html").unlink()
    assert holds()
    approvals.allow(asked(configuration, root), always=True)
    write_files(root, {"site/a.py": "something else"})
    assert holds()
    assert approvals.withdraw(root)
    assert not holds()
    assert not approvals.withdraw(root)


def test_a_copy_elsewhere_is_asked_again(root: Path, approvals: Approvals, tmp_path: Path) -> None:
    texts(root, "hooks: [a.py]\n")
    approvals.allow(asked(root / "site/mkdocs.yml", root), always=True)
    root.rename(tmp_path / "moved")
    moved = tmp_path / "moved"
    assert not approvals.holds(asked(moved / "site/mkdocs.yml", moved))


def test_what_others_wrote_or_broke_allows_nothing(root: Path, approvals: Approvals) -> None:
    texts(root, "hooks: [a.py]\n")
    wanted = asked(root / "site/mkdocs.yml", root)
    approvals.allow(wanted)
    assert approvals.folder is not None
    (file,) = approvals.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o666)
    assert not approvals.holds(wanted)
    file.chmod(0o600)
    assert approvals.holds(wanted)
    kept = json.loads(file.read_bytes())
    for broken in (b"", b"[]", b"\xff", json.dumps({**kept, "workspace": "/another"}).encode()):
        file.write_bytes(broken)
        assert not approvals.holds(wanted)


def test_a_workspace_cannot_bring_the_answer_with_it(root: Path) -> None:
    texts(root, "hooks: [a.py]\n")
    wanted = asked(root / "site/mkdocs.yml", root)
    Approvals(folder=root.parent / "kept").allow(wanted)
    (root.parent / "kept").rename(root / "kept")
    inside = Approvals(folder=root / "kept")
    assert not inside.holds(wanted)
    for folder in (inside, Approvals(folder=None)):
        with pytest.raises(CrmtoolError, match="set XDG_STATE_HOME"):
            folder.allow(wanted)


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert Approvals.of_user().folder == tmp_path / "state/crmtool/sites"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = Approvals.of_user().folder
    assert folder is not None
    assert folder.is_relative_to(tmp_path)


def test_nothing_is_read_outside_of_the_workspace_to_ask(root: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")  # whoever reads it waits for ever
    (root / "looks").mkdir()
    (root / "looks/main.html").symlink_to(tmp_path / "pipe")
    (root / "looks/out").symlink_to(tmp_path)
    found = texts(root, f"hooks: [{tmp_path}/pipe]\ntheme: {{name: null, custom_dir: ../looks}}\n")
    assert len(found) == 2
    with (root / "looks/large").open("wb") as large:
        large.truncate(1 << 40)
    with pytest.raises(CrmtoolError, match="larger than 16 MiB"):
        asked(root / "site/mkdocs.yml", root)


def test_links_are_followed_in_the_workspace_and_told_where_they_lead_out(root: Path, tmp_path: Path) -> None:
    write_files(
        root, {"real/part.html": "one", "site/looks/main.html": "", "lib/m.py": "one", "site/h.py": "import lib.m"}
    )
    (root / "site/looks/parts").symlink_to("../../real")
    (root / "site/lib").symlink_to("../lib")
    more = "hooks: [h.py]\ntheme: {name: null, custom_dir: looks}\n"
    assert all("behind" not in text for text in texts(root, more))
    before = asked(root / "site/mkdocs.yml", root).digest
    for path in ("real/part.html", "lib/m.py"):
        write_files(root, {path: "two"})
        assert asked(root / "site/mkdocs.yml", root).digest != before, path
        write_files(root, {path: "one"})
    (root / "site/looks/parts").unlink()
    (root / "site/looks/parts").symlink_to(tmp_path)
    told = [text for text in texts(root, more) if "custom_dir" in text]
    assert told == [
        "run the templates in looks (theme.custom_dir), now and later, with what lies behind site/looks/parts"
    ]


@pytest.mark.parametrize(("gone", "link"), [("docs_dir: pages\n", "docs"), ("site_dir: public\n", "site")])
@pytest.mark.parametrize("instead", ["", "null"])
def test_what_mkdocs_takes_where_nothing_is_said_is_looked_at_too(
    root: Path, tmp_path: Path, gone: str, link: str, instead: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "site" / link).symlink_to(tmp_path / "elsewhere")
    line = f"{gone.partition(':')[0]}: {instead}\n" if instead else "strict: true\n"
    (found,) = texts(root, line, instead_of=gone)
    assert "outside of the workspace" in found


def test_git_s_own_folder_is_no_part_of_the_workspace(root: Path) -> None:
    write_files(root, {".git/config": "[http]"})
    for folder in ("../.git", "../.GIT/x"):
        (found,) = texts(root, f"docs_dir: {folder}\n", instead_of="docs_dir: pages\n")
        assert "outside of the workspace" in found


def test_a_search_that_starts_a_program_is_told(root: Path) -> None:
    for given, told in (("node", 1), ("true", 1), ("python", 0), ("false", 0)):
        instead = f"plugins: [crmtool, {{search: {{prebuild_index: {given}}}}}]\n"
        assert len(texts(root, instead, instead_of="plugins: [crmtool]\n")) == told, given
