"""What the site is built of while some files have errors."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from crmtool.errors import CrmtoolError
from crmtool.serving.capture import Captured, capture
from crmtool.serving.last_good import Judged, LastGood
from crmtool.snapshot import RULEBOOK, UnreadableError
from tests.building import InMemory, day
from tests.conftest import JANA
from tests.conftest import RULEBOOK as RULES

FILE = "contacts/jana.md"
OTHER = "contacts/uwe.md"
SCHEMA = "schemas/contact.schema.json"
UWE = JANA.replace("Jana Köhler", "Uwe Richter")
BROKEN = "---\nname: [\n---\n"
FLAWED = JANA.replace("because:", "becuase:", 1)


@dataclass
class Workspace:
    """A workspace that changes, judged after each change."""

    files: dict[str, str] = field(default_factory=lambda: {RULEBOOK: RULES, FILE: JANA, OTHER: UWE})
    last_good: LastGood = field(default_factory=LastGood)

    def judge(self, **files: str | None) -> Judged:
        names = {"rules": RULEBOOK, "jana": FILE, "uwe": OTHER, "schema": SCHEMA}
        for name, text in files.items():
            if text is None:
                del self.files[names[name]]
            else:
                self.files[names[name]] = text
        return self.last_good.judge(capture(InMemory(self.files)), day("2026-11-23"))


def names(judged: Judged) -> dict[str, str]:
    return {path: contact.name or "" for path, contact in judged.content.contacts.items()}


def wrong(judged: Judged) -> set[str]:
    return {error.location.path for error in judged.errors}


def test_files_in_order_are_shown_as_they_are() -> None:
    judged = Workspace().judge()
    assert (judged.errors, judged.refusal, judged.kept) == ((), "", ())
    assert names(judged) == {FILE: "Jana Köhler", OTHER: "Uwe Richter"}
    assert judged.shown == Captured({RULEBOOK: RULES.encode(), FILE: JANA.encode(), OTHER: UWE.encode()})


@pytest.mark.parametrize("bad", [BROKEN, FLAWED, JANA.replace("status: clarifying", "status: nowhere")])
def test_a_contact_with_errors_is_shown_as_it_last_was(bad: str) -> None:
    workspace = Workspace()
    workspace.judge()
    workspace.judge(jana=JANA.replace("Jana Köhler", "Jana Neumann"))
    judged = workspace.judge(jana=bad, uwe=UWE.replace("Uwe Richter", "Uwe Kern"))
    assert wrong(judged) == {FILE}
    assert judged.kept == (FILE,)
    assert names(judged) == {FILE: "Jana Neumann", OTHER: "Uwe Kern"}
    judged = workspace.judge(jana=JANA)
    assert (judged.errors, judged.kept) == ((), ())
    assert names(judged) == {FILE: "Jana Köhler", OTHER: "Uwe Kern"}


def test_a_contact_that_never_was_in_order_is_shown_as_it_is() -> None:
    workspace = Workspace()
    workspace.files[FILE] = BROKEN
    for text in (BROKEN, BROKEN + "\n"):
        judged = workspace.judge(jana=text)
        assert wrong(judged) == {FILE}
        assert judged.kept == ()
        assert names(judged) == {OTHER: "Uwe Richter"}
        assert set(judged.content.documents) == {FILE, OTHER}


def test_a_contact_that_is_removed_is_gone_and_not_remembered() -> None:
    workspace = Workspace()
    workspace.judge()
    assert names(workspace.judge(jana=None)) == {OTHER: "Uwe Richter"}
    assert names(workspace.judge(jana=BROKEN)) == {OTHER: "Uwe Richter"}


def test_a_file_that_cannot_be_read_is_shown_as_it_last_was() -> None:
    workspace = Workspace()
    workspace.judge()
    del workspace.files[FILE]
    locked = InMemory(workspace.files, locked={FILE: UnreadableError("locked", "unlock it")})
    judged = workspace.last_good.judge(capture(locked), day("2026-11-23"))
    assert [(error.message, error.hint) for error in judged.errors] == [("locked", "unlock it")]
    assert names(judged)[FILE] == "Jana Köhler"


@pytest.mark.parametrize("bad", ["name: [", RULES + "colour: red\n", None])
def test_a_rule_book_with_errors_is_shown_as_it_last_was(bad: str | None) -> None:
    workspace = Workspace()
    good = workspace.judge().content.rulebook
    judged = workspace.judge(rules=bad, uwe=UWE.replace("Uwe Richter", "Uwe Kern"))
    assert wrong(judged) == {RULEBOOK}
    assert judged.kept == (RULEBOOK,)
    assert judged.content.rulebook == good
    assert names(judged)[OTHER] == "Uwe Kern"
    judged = workspace.judge(rules=RULES.replace("In Klärung", "Wird geklärt"))
    assert (judged.errors, judged.kept) == ((), ())


def test_contacts_are_held_to_the_rule_book_that_is_shown() -> None:
    workspace = Workspace()
    workspace.judge()
    judged = workspace.judge(rules="name: [", jana=JANA.replace("status: clarifying", "status: nowhere"))
    assert wrong(judged) == {RULEBOOK}, "as `crmtool check` tells it"
    assert judged.kept == (FILE, RULEBOOK)


def test_a_schema_that_cannot_be_used_is_shown_as_it_last_was() -> None:
    workspace = Workspace()
    strict = '{"properties": {"name": {"maxLength": 20}}}'
    workspace.judge(schema=strict)
    judged = workspace.judge(schema="{", uwe=UWE.replace("Uwe Richter", "Uwe " + "R" * 20))
    assert judged.refusal.startswith(SCHEMA)
    assert wrong(judged) == {OTHER}, "judged under the schema before"
    assert judged.kept == (OTHER, SCHEMA)
    judged = workspace.judge(schema=None)
    assert (judged.refusal, judged.errors, judged.kept) == ("", (), ())


@pytest.mark.parametrize("files", [{"rules": "name: ["}, {"schema": "{"}])
def test_without_a_usable_state_there_is_nothing_to_show(files: dict[str, str]) -> None:
    with pytest.raises(CrmtoolError):
        Workspace().judge(**files)


def test_a_rule_book_with_errors_that_can_be_used_is_shown_until_there_was_one_without() -> None:
    workspace = Workspace()
    usable = RULES.replace("statuses:\n", "statuses:\n  lonely: {label: L, meaning: M, kind: active}\n", 1)
    judged = workspace.judge(rules=usable)
    assert wrong(judged) == {RULEBOOK}
    assert judged.kept == ()
    assert workspace.judge(rules="name: [").kept == (RULEBOOK,)
    assert workspace.judge(rules=usable + "\n").kept == ()
    assert workspace.judge(rules=RULES).kept == ()
    assert workspace.judge(rules=usable).kept == (RULEBOOK,)


def test_while_a_rule_book_has_errors_the_one_before_stays_the_same() -> None:
    workspace = Workspace()
    workspace.judge()
    workspace.judge(rules="statuses: [")
    first = workspace.judge(jana=JANA.replace("Jana Köhler", "Jana Neumann"))
    second = workspace.judge(jana=JANA.replace("Jana Köhler", "Jana Kern"))
    assert names(second)[FILE] == "Jana Kern"
    assert second.content.rulebook is first.content.rulebook is not None
    assert second.content.contacts[OTHER] is first.content.contacts[OTHER]
