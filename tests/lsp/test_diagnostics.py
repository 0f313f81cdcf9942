"""What an editor is told of a text while it is being written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lsprotocol import types

from crmtool.lsp.addresses import file_at
from tests.conftest import JANA, RULEBOOK, crmtool, write_files
from tests.git.conftest import Repo
from tests.lsp.client import Editor, served

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
NEW = JANA.replace("status: clarifying", "status: new").partition("  - {date: 2026-11-05")[0] + "---\n"


async def test_nothing_is_found_in_a_contact_that_is_in_order(editor: Editor) -> None:
    editor.open(JANA_PATH)
    assert await editor.diagnostics(JANA_PATH) == []


async def test_what_is_typed_is_judged_before_it_is_saved(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.change(JANA_PATH, JANA.replace("status: clarifying", "status: clarifyng"))
    assert await editor.codes(JANA_PATH) == ["unknown-status"]
    editor.change(JANA_PATH, JANA)
    assert await editor.codes(JANA_PATH) == []


async def test_a_finding_stands_where_it_is_with_its_hint_and_leads_to_its_page(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("role: Leiterin", "rolle: 😀 Leiterin"))
    (found,) = await editor.diagnostics(JANA_PATH)
    assert found.range == types.Range(types.Position(3, 0), types.Position(3, 5))
    assert (found.severity, found.code, found.source) == (types.DiagnosticSeverity.Error, "unknown-key", "crmtool")
    assert "did you mean 'role'?" in found.message
    assert found.code_description is not None
    page = file_at(found.code_description.href)
    assert page is not None
    assert page.read_text("utf-8").startswith("# unknown-key\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_columns_are_counted_in_the_encoding_of_the_editor(workspace: Path, encoding: str) -> None:
    kinds = [types.PositionEncodingKind(encoding)]
    able = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=kinds))
    text = JANA.replace("fit: {met: 2026-11-03, evidence:", "fit: {evidence: '😀ü', met: 2026-02-30, by:")
    async with served(workspace, able) as editor:
        assert editor.encoding == encoding
        editor.open(JANA_PATH, text)
        found = next(each for each in await editor.diagnostics(JANA_PATH) if each.code == "invalid-date")
        start = text.index("2026-02-30")
        assert found.range == types.Range(editor.position(JANA_PATH, start), editor.position(JANA_PATH, start + 10))
        line_start = text.rindex("\n", 0, start) + 1
        width = {"utf-8": 6, "utf-16": 3, "utf-32": 2}[encoding]
        assert found.range.start.character == start - line_start - 2 + width


async def test_the_findings_of_an_open_text_are_those_of_check(workspace: Path) -> None:
    """Whatever is wrong in a file, saved or not, both say the same of it."""
    texts = [
        JANA.replace("clarifies: buyer", "clarifies: fit"),
        JANA.replace("to: new, because", "to: ready, because"),
        JANA.replace("due: 2026-11-28", "due: 2026-11-01").replace("fit: {met", "fitt: {met"),
        JANA.replace("name: Jana", "name: Jana\nname: Jana"),
        JANA.replace("decisions:", "decisions"),
        JANA.partition("\n---\n")[0],
        "No front matter\n",
        "",
        JANA.replace("\n", "\r\n").replace("owner: mira", "ower: mira"),
        "\ufeff" + JANA.replace("owner: mira", "ower: mira"),
    ]
    async with served(workspace) as editor:
        editor.open(JANA_PATH)
        for text in texts:
            editor.change(JANA_PATH, text)
            told = await editor.diagnostics(JANA_PATH)
            write_files(workspace, {JANA_PATH: text})
            run = crmtool("check", "--today", "2026-11-23", "--format", "json", JANA_PATH, cwd=workspace)
            found = json.loads(run.out)["findings"]
            assert [(each.code, each.range.start.line + 1) for each in told] == [
                (each["code"], each["line"]) for each in found
            ]
            assert told, text


async def test_what_was_committed_must_not_be_rewritten(repo: Repo) -> None:
    begin(repo)
    async with served(repo.top) as editor:
        editor.open(JANA_PATH)
        assert await editor.codes(JANA_PATH) == []
        editor.change(JANA_PATH, JANA.replace("Passt ins Profil, Ausschluss geprüft", "Passt gut"))
        assert await editor.codes(JANA_PATH) == ["decision-rewritten"]
        editor.change(JANA_PATH, JANA.replace("40 T€ im Plan 2026", "50 T€"))
        assert await editor.codes(JANA_PATH) == ["answer-rewritten"]


async def test_a_renamed_file_is_compared_with_what_it_was(repo: Repo) -> None:
    begin(repo)
    (repo.top / JANA_PATH).rename(repo.top / "contacts/jana.md")
    async with served(repo.top) as editor:
        editor.open("contacts/jana.md", JANA.replace("Passt ins Profil, Ausschluss geprüft", "Passt gut"))
        assert await editor.codes("contacts/jana.md") == ["decision-rewritten"]


async def test_a_commit_is_what_counts_from_then_on(repo: Repo) -> None:
    begin(repo)
    rewritten = JANA.replace("40 T€ im Plan 2026", "50 T€")
    async with served(repo.top) as editor:
        editor.open(JANA_PATH, rewritten)
        assert await editor.codes(JANA_PATH) == ["answer-rewritten"]
        repo.stage(JANA_PATH, rewritten)
        repo.commit()
        editor.save(JANA_PATH)
        await nothing(editor, JANA_PATH)


async def test_limits_and_colliding_ids_are_told_once_all_is_read(workspace: Path) -> None:
    write_files(workspace, {f"contacts/c{n}.md": JANA for n in range(12)})
    async with served(workspace) as editor:
        editor.open("criteria.yaml")
        await told(editor, "criteria.yaml", "limit-exceeded")
        editor.open("contacts/C3.md", JANA)
        await told(editor, "contacts/C3.md", "id-collision")


async def test_a_status_that_is_typed_counts_against_its_limit(workspace: Path) -> None:
    write_files(workspace, {"criteria.yaml": RULEBOOK.replace("limit: 12", "limit: 1"), "contacts/new.md": NEW})
    decided = NEW.replace("status: new", "status: clarifying").replace(
        "\n---\n", "\n  - {date: 2026-11-05, to: clarifying, because: Passt}\n---\n"
    )
    async with served(workspace) as editor:
        editor.open("criteria.yaml")
        editor.open("contacts/new.md")
        await editor.codes("contacts/new.md")
        editor.change("contacts/new.md", decided)
        await told(editor, "criteria.yaml", "limit-exceeded")


async def test_the_rule_book_is_analysed_as_it_is_typed(editor: Editor) -> None:
    editor.open("criteria.yaml")
    assert await editor.codes("criteria.yaml") == []
    editor.change("criteria.yaml", RULEBOOK.replace("requires: [pain, buyer,", "requires: [pain, bayer,"))
    assert await editor.codes("criteria.yaml") == ["rules-unknown-id"]
    editor.change("criteria.yaml", RULEBOOK.replace('stop:    {from: "*", to: stopped}', ""))
    assert "rules-no-exit" in await editor.codes("criteria.yaml")


async def test_contacts_are_judged_by_the_rule_book_as_it_is_typed(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.open("criteria.yaml")
    assert await editor.codes(JANA_PATH) == []
    editor.change("criteria.yaml", RULEBOOK.replace("requires: [fit, {not_met: conflict}]", "requires: [deadline]"))
    await told(editor, JANA_PATH, "criteria-missing")
    editor.close("criteria.yaml")
    await nothing(editor, JANA_PATH)


async def test_whom_a_changed_rule_judges_otherwise_is_told_where_it_was_changed(repo: Repo) -> None:
    begin(repo)
    repo.stage("contacts/new.md", NEW)
    repo.commit()
    changed = RULEBOOK.replace("requires: [pain, buyer, {any: [budget, deadline]}, {score: 9}]", "requires: [pain]")
    async with served(repo.top) as editor:
        editor.open("criteria.yaml", changed)
        found = await told(editor, "criteria.yaml", "judged otherwise")
        assert found.severity is types.DiagnosticSeverity.Information
        assert found.message.startswith("1 contact is judged otherwise than by HEAD:\n")
        assert "nordlicht/jana-koehler: verdict clarify → decide" in found.message
        assert changed.splitlines()[found.range.start.line].startswith("  mature:")
        (related,) = found.related_information or []
        assert related.location.uri == editor.uri(JANA_PATH)


async def test_whom_a_changed_rule_gives_errors_is_told(editor: Editor) -> None:
    editor.open(
        "criteria.yaml", RULEBOOK.replace("requires: [fit, {not_met: conflict}]", "requires: [budget, deadline]")
    )
    found = await told(editor, "criteria.yaml", "has errors that there are not by the saved file")
    assert "nordlicht/jana-koehler: " in found.message
    assert found.severity is types.DiagnosticSeverity.Warning


async def test_a_definition_that_contacts_use_must_not_go(repo: Repo) -> None:
    begin(repo)
    gone = (
        "\n".join(line for line in RULEBOOK.splitlines() if not line.startswith("  budget:"))
        .replace("{any: [budget, deadline]}", "deadline")
        .replace("[budget, deadline]", "[deadline]")
        .replace("buyer, budget, deadline", "buyer, deadline")
    )
    async with served(repo.top) as editor:
        editor.open("criteria.yaml", gone + "\n")
        await told(editor, "criteria.yaml", "definition-removed")


async def test_a_schema_that_is_none_is_told_in_place_of_all_else(workspace: Path) -> None:
    write_files(workspace, {"schemas/contact.schema.json": "{"})
    async with served(workspace) as editor:
        editor.open(JANA_PATH)
        (found,) = await editor.diagnostics(JANA_PATH)
        assert "schemas/contact.schema.json: not valid JSON" in found.message
        write_files(workspace, {"schemas/contact.schema.json": "{}"})
        editor.save(JANA_PATH)
        await nothing(editor, JANA_PATH)


def begin(repo: Repo) -> None:
    """Commit the rule book and the contact."""
    repo.stage("criteria.yaml", RULEBOOK)
    repo.stage(JANA_PATH, JANA)
    repo.commit()


async def nothing(editor: Editor, path: str) -> None:
    """Wait until nothing is found in a text any more."""
    await editor.until(lambda: not editor.published[editor.uri(path)][-1].diagnostics or None)


async def told(editor: Editor, path: str, what: str) -> types.Diagnostic:
    """Wait until something is found in a text, by its code or a part of its message."""

    def found() -> types.Diagnostic | None:
        last = editor.published.get(editor.uri(path), [])[-1:]
        return next((d for each in last for d in each.diagnostics if d.code == what or what in d.message), None)

    return await editor.until(found)
