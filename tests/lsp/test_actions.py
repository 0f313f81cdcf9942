"""Actions as an editor is offered them: taken with one key, they leave a contact that the rules accept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool
from tests.lsp.client import Editor, served

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
READY = JANA.replace(
    "  budget:\n",
    "  buyer: {met: 2026-11-20, evidence: The CFO signs 🖋}\n"
    "  deadline: {met: 2026-11-20, evidence: By March}\n  budget:\n",
).replace('next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n', "")
MATURE = "Take mature: → Entscheidungsreif"


async def offered(editor: Editor, path: str, at: str, only: Sequence[str] | None = None) -> dict[str, types.CodeAction]:
    """Give what is offered with the cursor where a text stands, by title."""
    position = editor.position(path, editor.text(path).index(at))
    params = types.CodeActionParams(
        text_document=types.TextDocumentIdentifier(editor.uri(path)),
        range=types.Range(position, position),
        context=types.CodeActionContext(diagnostics=[], only=list(only) if only is not None else None),
    )
    found = await editor.client.text_document_code_action_async(params)
    return {action.title: action for action in found or [] if isinstance(action, types.CodeAction)}


def take(editor: Editor, action: types.CodeAction) -> None:
    """Take an action."""
    assert action.edit is not None
    editor.apply(action.edit)


async def test_a_decision_is_taken_with_one_action(editor: Editor) -> None:
    editor.open(JANA_PATH, READY)
    actions = await offered(editor, JANA_PATH, "status:")
    take(editor, actions[MATURE])
    assert await editor.diagnostics(JANA_PATH) == []
    assert "status: ready" in editor.text(JANA_PATH)
    editor.save(JANA_PATH)
    assert crmtool("check", "--strict", "--today", TODAY, cwd=editor.root).status == 0


@pytest.mark.parametrize("rewritten", [JANA.replace("\n", "\r\n"), "\ufeff" + JANA], ids=["CRLF", "BOM"])
async def test_an_edit_fits_the_text_as_it_is_written(editor: Editor, rewritten: str) -> None:
    editor.open(JANA_PATH, rewritten)
    actions = await offered(editor, JANA_PATH, "{not_met: 2026-11-12")
    take(editor, actions["Answer: Budget bestätigt is met"])
    answer = '    - {met: 2026-11-23, evidence: "…"}\n'
    old = 'evidence: "CFO: Budget auf 2027 verschoben"}\n'
    plain = editor.text(JANA_PATH).replace("\r\n", "\n").removeprefix("\ufeff")
    assert plain == JANA.replace(old, old + answer)
    assert editor.text(JANA_PATH).count("\r") in (0, editor.text(JANA_PATH).count("\n"))


async def test_an_edit_is_one_of_the_version_that_was_seen(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.change(JANA_PATH, READY)
    actions = await offered(editor, JANA_PATH, "status:")
    edit = actions[MATURE].edit
    assert edit is not None
    (change,) = edit.document_changes or []
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 2


async def test_what_cannot_be_done_yet_tells_why(editor: Editor) -> None:
    editor.open(JANA_PATH)
    actions = await offered(editor, JANA_PATH, "status:")
    disabled = actions[MATURE].disabled
    assert actions[MATURE].edit is None
    assert disabled is not None
    assert disabled.reason == "lacks: buyer (open); one of: budget, deadline; score 9 or more, now 5"


async def test_a_finding_is_mended_by_an_action_that_names_it(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("status: clarifying", "status: clarifyng"))
    (told,) = [each for each in await editor.diagnostics(JANA_PATH) if each.code == "unknown-status"]
    actions = await offered(editor, JANA_PATH, "status:", ["quickfix"])
    assert await offered(editor, JANA_PATH, "name:", ["quickfix"]) == {}
    fix = actions["Change 'clarifyng' to 'clarifying'"]
    assert fix.is_preferred
    assert list(fix.diagnostics or []) == [told]
    take(editor, fix)
    assert editor.text(JANA_PATH) == JANA


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["refactor"], {"refactor.rewrite"}),
        (["refactor.rewrite"], {"refactor.rewrite"}),
        (["", "source"], {"quickfix", "refactor.rewrite"}),
        ([], {"quickfix", "refactor.rewrite"}),
        (["refactor.extract"], set()),
        (["source.fixAll"], set()),
    ],
)
async def test_only_the_kinds_that_are_asked_for_are_offered(editor: Editor, only: list[str], kinds: set[str]) -> None:
    editor.open(JANA_PATH, JANA.replace("due: 2026-11-28", "due: 2026-11-20"))
    actions = await offered(editor, JANA_PATH, "due: 2026-11-20", only)
    assert {str(getattr(action.kind, "value", action.kind)) for action in actions.values()} == kinds


async def test_an_id_of_the_rule_book_is_retyped(editor: Editor) -> None:
    editor.open("criteria.yaml", RULEBOOK.replace("to: ready, requires", "to: redy, requires"))
    actions = await offered(editor, "criteria.yaml", "redy")
    take(editor, actions["Change 'redy' to 'ready'"])
    assert editor.text("criteria.yaml") == RULEBOOK


async def test_an_editor_that_can_do_less_is_asked_for_less(workspace: Path) -> None:
    able = client_capabilities("visual_studio_code")
    assert able.text_document is not None
    assert able.text_document.code_action is not None
    assert able.workspace is not None
    able.text_document.code_action.disabled_support = False
    able.workspace.workspace_edit = None
    async with served(workspace, able) as editor:
        editor.open(JANA_PATH, JANA)
        assert MATURE not in await offered(editor, JANA_PATH, "status:")
        editor.change(JANA_PATH, READY)
        edit = (await offered(editor, JANA_PATH, "status:"))[MATURE].edit
        assert edit is not None
        assert edit.document_changes is None
        assert list(edit.changes or {}) == [editor.uri(JANA_PATH)]


async def test_nothing_is_offered_in_a_file_that_is_no_contact(editor: Editor) -> None:
    editor.open("contacts/README.md", "---\nstatus: clarifying\n---\n")
    assert await offered(editor, "contacts/README.md", "status:") == {}
