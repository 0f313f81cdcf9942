"""A contact that is not found by what was typed, but nearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.app import load
from crmtool.app.naming import exact_path, find_path
from crmtool.errors import CrmtoolError
from tests.conftest import JANA, write_files

JANA_TOLD = "did you mean 'nordlicht/jana-koehler' (Jana Köhler)?"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("janna-kohler", JANA_TOLD),
        ("nordlich/jana-köhler", JANA_TOLD),
        ("contacts/nordlicht/jana-kohler.md", JANA_TOLD),
        ("JANA KÖLER", JANA_TOLD),
        ("köhlr", JANA_TOLD),
        ("Nordlciht", JANA_TOLD),
        ("petersen", "`crmtool list` shows them all"),
        ("brokn", "did you mean 'ost/broken'?"),
        (
            "miller",
            "did you mean 'ost/a-mueller' (Ada Müller), 'ost/b-mueller' (Bo Müller) or 'ost/c-mueller' (Cy Müller)?",
        ),
    ],
)
def test_near_contacts_are_named(typed: str, hint: str, workspace: Path) -> None:
    names = {"a": "Ada", "b": "Bo", "c": "Cy", "d": "Di"}
    others = {f"contacts/ost/{k}-mueller.md": _called(f"{name} Müller", "Ost AG") for k, name in names.items()}
    write_files(workspace, {**others, "contacts/ost/broken.md": "broken"})
    assert _refusal(workspace, typed) == f"no contact '{typed}'; {hint}"


def test_what_a_terminal_would_obey_is_made_visible(workspace: Path) -> None:
    write_files(workspace, {"contacts/ost/zoe-ziegler.md": _called("Zoe\\e[2J", "Ost AG")})
    assert "did you mean 'ost/zoe-ziegler' (Zoe\\u001b[2J)?" in _refusal(workspace, "zoe-zigler")


def test_what_is_no_contact_is_not_found_by_its_path(workspace: Path) -> None:
    write_files(workspace, {"contacts/README.md": ""})
    paths = ["criteria.yaml", "contacts/README.md", "contacts/nordlicht/jana-koehler.md"]
    assert [exact_path(paths, path, workspace, workspace) for path in paths] == [None, None, paths[2]]


def _refusal(root: Path, typed: str) -> str:
    with pytest.raises(CrmtoolError) as refused:
        find_path(load(root), typed, root, root)
    return str(refused.value)


def _called(name: str, organization: str) -> str:
    text = JANA.replace("name: Jana Köhler", f'name: "{name}"')
    return text.replace("organization: Nordlicht Logistik GmbH", f"organization: {organization}")
