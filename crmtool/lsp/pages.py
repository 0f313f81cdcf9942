"""The page of each finding's code, written to where an editor can open it."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from crmtool import cache
from crmtool.errors import CrmtoolError
from crmtool.lsp.addresses import address
from crmtool.rules import ALL_RULES
from crmtool.rules.page import page
from crmtool.writing import write_atomic

_FOLDER = "findings"


@lru_cache(maxsize=256)
def page_uri(code: str) -> str | None:
    """Give the address of the page that `crmtool explain` shows; None where it cannot be written for this user.

    It lies beside what is cached, since neither a wheel nor a workspace has it as a file.
    """
    home, rule = cache.folder(), ALL_RULES.get(code)
    if home is None or rule is None:
        return None
    file = home / _FOLDER / f"{code}.md"
    data = page(rule).encode()
    with suppress(OSError, CrmtoolError):
        if not file.exists() or file.read_bytes() != data:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomic(file, data)
        return address(file)
    return None
