"""A surrounding of its own, and where the teams get their clones from."""

from __future__ import annotations

import os

import pytest

from tests.model.people import STARTING, Office

_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Mira",
    "GIT_AUTHOR_EMAIL": "mira@crm.example",
    "GIT_AUTHOR_DATE": f"{STARTING}T12:00:00+01:00",
    "GIT_COMMITTER_NAME": "Mira",
    "GIT_COMMITTER_EMAIL": "mira@crm.example",
    "GIT_COMMITTER_DATE": f"{STARTING}T12:00:00+01:00",
    "GIT_EDITOR": "true",
    "CRMTOOL_TODAY": str(STARTING),
    "COLUMNS": "200",
}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give where teams come from, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    settings = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")} | _SETTINGS
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return Office(home / "office")
