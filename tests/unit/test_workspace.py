from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crmtool.check import check
from crmtool.contact import contact_id, is_contact_path
from crmtool.document import MAX_BYTES
from crmtool.errors import CrmtoolError
from crmtool.snapshot import UnreadableError, read_content
from crmtool.workspace import WorkTree, find_root, load_schemas
from tests.building import InMemory, contact_document, day
from tests.conftest import JANA, ROOT, RULEBOOK, TODAY, write_files

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Lower the rights of this process: the superuser may read and write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_workspace() -> Iterator[Path]:
    """A workspace that everyone may look into; what pytest makes is only its own user's."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        root.chmod(0o755)
        yield write_files(root, {"criteria.yaml": RULEBOOK, "contacts/a.md": JANA, "contacts/locked/b.md": JANA})


def refused(tree: WorkTree, path: str) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        tree.read(path)
    return str(caught.value), caught.value.hint


# --- find_root --------------------------------------------------------------------------------------------------------


def test_the_root_is_the_directory_that_holds_the_rule_book(workspace: Path) -> None:
    assert find_root(workspace) == workspace
    assert find_root(workspace / "contacts" / "nordlicht") == workspace
    assert find_root(workspace / "contacts" / "..") == workspace


def test_the_nearest_rule_book_counts(workspace: Path) -> None:
    write_files(workspace, {"hiring/criteria.yaml": RULEBOOK, "hiring/contacts/a.md": JANA})
    assert find_root(workspace / "hiring" / "contacts") == workspace / "hiring"
    assert find_root(workspace / "contacts") == workspace


def test_a_directory_named_like_the_rule_book_is_none(workspace: Path) -> None:
    (workspace / "contacts" / "criteria.yaml").mkdir()
    assert find_root(workspace / "contacts") == workspace


def test_without_a_rule_book_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(CrmtoolError, match=r"^no criteria\.yaml in .* or above it; `crmtool init` makes a workspace$"):
        find_root(tmp_path)


@pytest.mark.parametrize("name", ["criteria.yaml", "absent"])
def test_a_workspace_is_looked_for_from_a_directory(workspace: Path, name: str) -> None:
    with pytest.raises(CrmtoolError, match=rf"{name} is not a directory$"):
        find_root(workspace / name)


def test_a_link_to_a_directory_leads_to_its_workspace(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(workspace / "contacts")
    assert find_root(tmp_path / "link") == workspace


# --- WorkTree ---------------------------------------------------------------------------------------------------------


def test_the_files_that_matter_are_listed(workspace: Path) -> None:
    write_files(
        workspace,
        {
            "contacts/README.md": "# Contacts",
            "contacts/_template.md": JANA,
            "contacts/.hidden.md": JANA,
            "contacts/_archive/old.md": JANA,
            "contacts/.trash/gone.md": JANA,
            "contacts/a/b/c/deep.md": JANA,
            "contacts/nordlicht/README.md": "# Nordlicht",
            "contacts/photo.jpg": b"\xff",
            "contacts/notes.markdown": "",
            "contacts/Upper.MD": "",
            "schemas/contact.schema.json": "{}",
            "schemas/notes.txt": "",
            "README.md": "",
            "site/mkdocs.yml": "",
        },
    )
    paths = set(WorkTree(workspace).paths())
    assert {path for path in paths if not path.startswith("contacts/")} == {
        "criteria.yaml",
        "schemas/contact.schema.json",
    }
    assert {path for path in paths if is_contact_path(path)} == {
        "contacts/nordlicht/jana-koehler.md",
        "contacts/a/b/c/deep.md",
    }
    assert "contacts/notes.markdown" not in paths
    assert "contacts/Upper.MD" not in paths


def test_files_are_listed_in_an_order_of_their_own(workspace: Path) -> None:
    write_files(workspace, {f"contacts/{name}.md": JANA for name in ("b", "a", "B", "é", "a-1")})
    listed = [path for path in WorkTree(workspace).paths() if path.count("/") == 1]
    assert listed == [f"contacts/{name}.md" for name in ("B", "a-1", "a", "b", "é")]


def test_an_empty_workspace_has_no_files(tmp_path: Path) -> None:
    assert list(WorkTree(tmp_path).paths()) == []


def test_bytes_are_given_as_they_are(workspace: Path) -> None:
    data = b"\xef\xbb\xbf---\r\nname: \xff\0\r\n"
    write_files(workspace, {"contacts/a.md": data})
    assert WorkTree(workspace).read("contacts/a.md") == data


def test_no_more_is_read_than_tells_that_a_file_is_too_large(workspace: Path) -> None:
    write_files(workspace, {"contacts/a.md": b"x" * (MAX_BYTES + 1000)})
    assert len(WorkTree(workspace).read("contacts/a.md")) == MAX_BYTES + 1


def test_an_absent_file_is_told(workspace: Path) -> None:
    assert refused(WorkTree(workspace), "contacts/none.md") == (
        "the file does not exist",
        "restore it with `git restore`",
    )
    assert refused(WorkTree(workspace), "schemas/none.json")[0] == "the file does not exist"


def test_a_directory_with_the_name_of_a_contact_is_told(workspace: Path) -> None:
    write_files(workspace, {"contacts/x.md/inside.md": JANA})
    paths = list(WorkTree(workspace).paths())
    assert "contacts/x.md" in paths
    assert "contacts/x.md/inside.md" in paths
    assert refused(WorkTree(workspace), "contacts/x.md") == (
        "a directory has the name of a contact file",
        "rename it without .md",
    )


def test_a_file_without_permission_is_told_and_hides_no_other(open_workspace: Path) -> None:
    (open_workspace / "contacts/locked/b.md").chmod(0)
    tree = WorkTree(open_workspace)
    schemas = load_schemas(tree)
    with unprivileged():
        content = read_content(tree, schemas)
        reason, hint = refused(tree, "contacts/locked/b.md")
    assert reason == "the file cannot be read: Permission denied"
    assert hint == "check its permissions: `ls -l contacts/locked/b.md`"
    assert [problem.code for problem in content.documents["contacts/locked/b.md"].problems] == ["unreadable"]
    assert list(content.contacts) == ["contacts/a.md"]


def test_a_command_to_be_pasted_names_a_file_and_nothing_else(open_workspace: Path) -> None:
    name = "contacts/locked/x$(touch made).md"
    (open_workspace / name).write_text("---\n")
    (open_workspace / name).chmod(0)
    with unprivileged():
        _, hint = refused(WorkTree(open_workspace), name)
    assert hint == f"check its permissions: `ls -l '{name}'`"


def test_a_folder_without_permission_is_not_passed_over_in_silence(open_workspace: Path) -> None:
    folder = open_workspace / "contacts/locked"
    folder.chmod(0)
    try:
        tree = WorkTree(open_workspace)
        schemas = load_schemas(tree)
        with unprivileged():
            content = read_content(tree, schemas)
        assert list(content.contacts) == ["contacts/a.md"]
        assert [(p.code, p.message, p.hint) for p in content.documents["contacts/locked/"].problems] == [
            (
                "unreadable",
                "the folder cannot be read: Permission denied",
                "check its permissions: `ls -ld contacts/locked/`",
            )
        ]
        found = [(f.location.path, f.code) for f in check(content, day(TODAY)).findings]
        assert found == [("contacts/locked/", "unreadable")]
    finally:
        folder.chmod(0o755)


def test_a_folder_that_holds_no_contacts_may_be_locked(open_workspace: Path) -> None:
    folder = (open_workspace / "contacts/locked").rename(open_workspace / "contacts/_archive")
    folder.chmod(0)
    try:
        with unprivileged():
            assert list(WorkTree(open_workspace).paths()) == ["criteria.yaml", "contacts/a.md"]
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("name", ["contacts/x.md", "schemas/contact.schema.json"])
def test_what_is_no_file_is_told_and_not_waited_for(workspace: Path, name: str) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    os.mkfifo(workspace / name)
    assert name in set(WorkTree(workspace).paths())
    assert refused(WorkTree(workspace), name) == (
        "this is no file, but a pipe, a socket or a device",
        "put a file in its place",
    )


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"criteria.yaml": RULEBOOK, "contacts": ""})
    with pytest.raises(CrmtoolError, match=r"contacts/? cannot be read: Not a directory$"):
        list(WorkTree(tmp_path).paths())


# --- Symbolic links ---------------------------------------------------------------------------------------------------


def test_a_link_inside_of_the_workspace_is_followed(workspace: Path) -> None:
    (workspace / "contacts/copy.md").symlink_to("nordlicht/jana-koehler.md")
    (workspace / "contacts/folder").symlink_to("nordlicht")
    tree = WorkTree(workspace)
    assert tree.read("contacts/copy.md") == JANA.encode()
    assert tree.read("contacts/folder/jana-koehler.md") == JANA.encode()
    assert {"contacts/copy.md", "contacts/folder/jana-koehler.md"} <= set(tree.paths())


def test_a_link_out_of_the_workspace_is_told_and_not_followed(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.md": JANA})
    (workspace / "contacts/a.md").symlink_to(tmp_path / "secret.md")
    tree = WorkTree(workspace)
    assert "contacts/a.md" in set(tree.paths())
    assert refused(tree, "contacts/a.md") == (
        "the symbolic link leads out of the workspace; it is not followed",
        "put the file itself here",
    )


def test_a_link_by_way_of_another_is_not_followed_out(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.md": JANA})
    (workspace / "contacts/b.md").symlink_to(tmp_path / "secret.md")
    (workspace / "contacts/a.md").symlink_to("b.md")
    assert "leads out of the workspace" in refused(WorkTree(workspace), "contacts/a.md")[0]


def test_a_neighbour_whose_name_begins_like_the_workspace_lies_outside(workspace: Path) -> None:
    write_files(workspace.parent / "workspace-2", {"a.md": JANA})
    (workspace / "contacts/a.md").symlink_to("../../workspace-2/a.md")
    assert "leads out of the workspace" in refused(WorkTree(workspace), "contacts/a.md")[0]


def test_a_folder_out_of_the_workspace_is_not_entered(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "elsewhere", {"secret.md": JANA})
    (workspace / "contacts/out").symlink_to(tmp_path / "elsewhere")
    assert not [path for path in WorkTree(workspace).paths() if "out" in path]


def test_a_contacts_folder_out_of_the_workspace_is_not_entered(tmp_path: Path) -> None:
    write_files(tmp_path / "elsewhere", {"secret.md": JANA})
    write_files(tmp_path / "workspace", {"criteria.yaml": RULEBOOK})
    (tmp_path / "workspace/contacts").symlink_to(tmp_path / "elsewhere")
    assert list(WorkTree(tmp_path / "workspace").paths()) == ["criteria.yaml"]


def test_schemas_out_of_the_workspace_are_refused(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "elsewhere", {"contact.schema.json": "{}"})
    (workspace / "schemas").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CrmtoolError, match=r"^schemas/contact\.schema\.json: the symbolic link leads out"):
        load_schemas(WorkTree(workspace))


def test_a_rule_book_out_of_the_workspace_is_not_read(workspace: Path, tmp_path: Path) -> None:
    (workspace / "criteria.yaml").rename(tmp_path / "criteria.yaml")
    (workspace / "criteria.yaml").symlink_to(tmp_path / "criteria.yaml")
    content = read_content(WorkTree(workspace), load_schemas(WorkTree(workspace)))
    assert content.rulebook is None
    assert [problem.code for problem in content.rulebook_document.problems] == ["unreadable"]


def test_a_dangling_link_is_told(workspace: Path) -> None:
    (workspace / "contacts/a.md").symlink_to("none.md")
    assert refused(WorkTree(workspace), "contacts/a.md") == (
        "the symbolic link leads nowhere: No such file or directory",
        "remove the link",
    )


def test_links_in_a_circle_end(workspace: Path) -> None:
    (workspace / "contacts/a.md").symlink_to("b.md")
    (workspace / "contacts/b.md").symlink_to("a.md")
    (workspace / "contacts/nordlicht/up").symlink_to("..")
    (workspace / "contacts/self").symlink_to("self")
    tree = WorkTree(workspace)
    paths = list(tree.paths())
    assert paths.count("contacts/nordlicht/jana-koehler.md") == 1
    assert not [path for path in paths if "/up/" in path]
    assert refused(tree, "contacts/a.md")[0] == "the symbolic link leads nowhere: Too many levels of symbolic links"


def test_the_workspace_itself_may_be_behind_a_link(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(workspace)
    (workspace / "contacts/copy.md").symlink_to("nordlicht/jana-koehler.md")
    tree = WorkTree(tmp_path / "link")
    assert "contacts/nordlicht/jana-koehler.md" in set(tree.paths())
    assert tree.read("contacts/copy.md") == JANA.encode()


# --- Names ------------------------------------------------------------------------------------------------------------


def test_names_are_read_as_they_are_on_the_disk_and_ids_are_normalised(workspace: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "contacts/köln/jürgen.md")
    assert decomposed != "contacts/köln/jürgen.md"
    write_files(workspace, {decomposed: JANA})
    tree = WorkTree(workspace)
    assert decomposed in set(tree.paths())
    assert tree.read(decomposed) == JANA.encode()
    assert contact_id(decomposed) == "köln/jürgen"


def test_names_need_not_be_text(workspace: Path) -> None:
    raw = os.fsencode(workspace / "contacts") + b"/j\xfcrgen.md"
    Path(os.fsdecode(raw)).write_bytes(JANA.encode())
    tree = WorkTree(workspace)
    content = read_content(tree, load_schemas(tree))
    (path,) = (path for path in content.documents if path != "contacts/nordlicht/jana-koehler.md")
    assert path == "contacts/j\udcfcrgen.md"
    assert content.contacts[path].id == "j\udcfcrgen"


def test_names_may_hold_anything_else(workspace: Path) -> None:
    names = ["a b.md", "a\nb.md", "#1.md", "-x.md", "ü😀.md", "a.md.md", "..md.md"[1:], "readme.md"]
    write_files(workspace, {f"contacts/{name}": JANA for name in names})
    tree = WorkTree(workspace)
    content = read_content(tree, load_schemas(tree))
    expected = {name.removesuffix(".md") for name in names if not name.startswith(".")}
    assert {contact.id for contact in content.contacts.values()} == {*expected, "nordlicht/jana-koehler"}


# --- Schemas ----------------------------------------------------------------------------------------------------------


def test_the_shipped_schemas_are_in_force_by_default() -> None:
    schemas = load_schemas(InMemory({"criteria.yaml": RULEBOOK}))
    assert schemas.contact.shape(contact_document(JANA)) == ()
    assert [shape.code for shape in schemas.contact.shape(contact_document("---\nname: x\nnmae: y\n---\n"))] == [
        "schema",
        "schema",
        "unknown-key",
    ]


def test_a_workspace_may_have_one_schema_of_its_own() -> None:
    own = '{"required": ["owner"], "properties": {"owner": {"enum": ["mira"]}}}'
    schemas = load_schemas(InMemory({"schemas/contact.schema.json": own}))
    assert schemas.contact.shape(contact_document(JANA)) == ()
    (shape,) = schemas.contact.shape(contact_document(JANA.replace("owner: mira", "owner: tim")))
    assert (shape.code, shape.place) == ("schema", ("owner",))
    assert schemas.rulebook.definition["title"] == "A rule book of crmtool"


def test_a_schema_may_have_a_byte_order_mark() -> None:
    schemas = load_schemas(InMemory({"schemas/contact.schema.json": b'\xef\xbb\xbf{"title": "x"}'}))
    assert schemas.contact.definition == {"title": "x"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not valid JSON"),
        ("", "not valid JSON"),
        ("[]", "not a JSON object"),
        ("true", "not a JSON object"),
        ('{"type": "strin"}', "strin"),
        ('{"pattern": "["}', "regex"),
        (b'{"title": "\xff"}', "utf-8"),
        ('{"$ref": "https://example.invalid/contact.json"}', "Retrieval is disabled"),
        ('{"properties": {"a": {"$ref": "https://example.invalid/a.json"}}}', "Retrieval is disabled"),
        ('{"$ref": "file:///etc/passwd"}', "Retrieval is disabled"),
        ('{"properties": {"a": {"$ref": "other.json"}}}', "not present"),
        ('{"$ref": "#/$defs/none"}', "does not exist"),
    ],
)
@pytest.mark.parametrize("name", ["contact", "criteria"])
def test_a_schema_that_cannot_be_used_is_refused_in_one_line(content: str | bytes, message: str, name: str) -> None:
    with pytest.raises(CrmtoolError) as caught:
        load_schemas(InMemory({f"schemas/{name}.schema.json": content}))
    assert str(caught.value).startswith(f"schemas/{name}.schema.json: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_schema_that_cannot_be_read_is_refused() -> None:
    locked = {"schemas/contact.schema.json": UnreadableError("the file cannot be read: no", "look")}
    with pytest.raises(CrmtoolError, match=r"^schemas/contact\.schema\.json: the file cannot be read: no$"):
        load_schemas(InMemory({}, locked))


def test_a_lax_schema_switches_no_rule_off() -> None:
    lax = {"schemas/criteria.schema.json": "{}", "schemas/contact.schema.json": "{}"}
    for text in ("a: 1", RULEBOOK.replace("kind: hold", "kind: paused"), "statuses: []\ncriteria: 1\ntransitions: x"):
        snapshot = InMemory({"criteria.yaml": text, "contacts/a.md": JANA, "contacts/b.md": "---\na: 1\n---\n", **lax})
        strict = InMemory({path: snapshot.files[path] for path in snapshot.files.keys() - lax.keys()})
        content = read_content(snapshot, load_schemas(snapshot))
        assert content.rulebook is None
        assert list(content.contacts) == ["contacts/a.md"]
        assert content.shapes == {
            path: told
            for path, shapes in read_content(strict, load_schemas(strict)).shapes.items()
            if (told := tuple(shape for shape in shapes if shape.code != "unknown-key"))
        }


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("version: 1", "foo: 1", ("foo",)),
        ("version: 1", "version: 2", ("version",)),
        ("name: Neukunden", "name: [x]", ("name",)),
        ("language: de", "language: fr", ("language",)),
        ("currency: EUR", "currency: 5", ("currency",)),
        ("limit: 12", "limit: 0", ("statuses", "clarifying", "limit")),
        ("limit: 12", "limit: many", ("statuses", "clarifying", "limit")),
        ("limit: 12", "limits: 12", ("statuses", "clarifying", "limits")),
        ("{ended: 24m}", "{ended: 24}", ("retention", "ended")),
        ("{ended: 24m}", "24m", ("retention",)),
    ],
)
def test_a_slip_that_decides_nothing_leaves_a_rule_book(old: str, new: str, place: tuple[str, ...]) -> None:
    assert RULEBOOK.count(old) >= 1
    snapshot = InMemory({"criteria.yaml": RULEBOOK.replace(old, new, 1)})
    content = read_content(snapshot, load_schemas(snapshot))
    assert [shape.place for shape in content.shapes["criteria.yaml"]] == [place]
    rulebook = content.rulebook
    assert rulebook is not None
    assert isinstance(rulebook.name, str)
    assert (rulebook.language, rulebook.currency) in (("de", "EUR"), ("en", "EUR"))
    assert rulebook.statuses["clarifying"].limit == (None if place[0] == "statuses" else 12)


# --- Reading a snapshot -----------------------------------------------------------------------------------------------


def test_one_bad_file_never_hides_the_others() -> None:
    snapshot = InMemory(
        {
            "criteria.yaml": RULEBOOK,
            "contacts/a.md": b"\xff",
            "contacts/b.md": "---\nname: B\n---\n",
            "contacts/c.md": JANA,
            "contacts/README.md": b"\xff",
            "contacts/_x.md": b"\xff",
        },
        {"contacts/d.md": UnreadableError("locked", "unlock it")},
    )
    content = read_content(snapshot, load_schemas(snapshot))
    assert sorted(content.documents) == [f"contacts/{name}.md" for name in "abcd"]
    assert list(content.contacts) == ["contacts/c.md"]
    assert list(content.shapes) == ["contacts/b.md"]
    assert [p.code for p in content.documents["contacts/a.md"].problems] == ["not-utf8"]
    assert [(p.code, p.message, p.hint) for p in content.documents["contacts/d.md"].problems] == [
        ("unreadable", "locked", "unlock it")
    ]
    assert content.rulebook is not None


def test_only_what_is_asked_for_is_read() -> None:
    snapshot = InMemory({"criteria.yaml": RULEBOOK, "contacts/a.md": JANA, "contacts/b.md": JANA})
    content = read_content(snapshot, load_schemas(snapshot), only=["contacts/b.md", "contacts/README.md", "site/x.md"])
    assert list(content.documents) == ["contacts/b.md"]
    assert content.paths == ("contacts/a.md", "contacts/b.md", "criteria.yaml")


def test_without_a_usable_rule_book_contacts_are_read_all_the_same() -> None:
    for text in (None, "a: *x", "a: 1"):
        files = {"contacts/a.md": JANA} if text is None else {"contacts/a.md": JANA, "criteria.yaml": text}
        content = read_content(InMemory(files), load_schemas(InMemory(files)))
        assert content.rulebook is None
        assert list(content.contacts) == ["contacts/a.md"]
        assert bool(content.rulebook_document.problems) != bool(content.shapes.get("criteria.yaml"))


# --- Writing ----------------------------------------------------------------------------------------------------------


def test_the_example_workspace_is_read_whole() -> None:
    tree = WorkTree(ROOT)
    content = read_content(tree, load_schemas(tree))
    assert content.rulebook is not None
    assert content.shapes == {}
    assert not [document.path for document in content.documents.values() if document.problems]
    assert set(content.contacts) == set(content.documents)
    assert len(content.contacts) >= 40


def test_where_folders_are_parted_otherwise_the_contacts_are_found_as_well(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(WorkTree(workspace).paths())
    real = os.path.realpath
    monkeypatch.setattr(os.path, "realpath", lambda path, **more: real(path, **more).replace("/", "\\"))
    monkeypatch.setattr(os, "sep", "\\")
    assert list(WorkTree(workspace).paths()) == expected
