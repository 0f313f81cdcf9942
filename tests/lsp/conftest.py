"""An editor that is served in a small workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.git.conftest import isolated, make_repo, repo  # noqa: F401 - a repository, and no settings of whoever runs this
from tests.lsp.client import Editor, served


@pytest_asyncio.fixture
async def editor(workspace: Path) -> AsyncIterator[Editor]:
    """Give an editor served in a workspace that has the rule book and the contact of the format's documentation."""
    async with served(workspace) as editor:
        yield editor
