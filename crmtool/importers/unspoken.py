"""Numbers by which nobody is spoken to: they are no phone numbers of a contact."""

from __future__ import annotations

import re

FAX = r"(?:(?:tele)?fax|pager)"
"""A pattern for what they are called, whatever its capitals."""
_CALLED = re.compile(FAX, re.IGNORECASE)


def is_fax(label: str) -> bool:
    """Whether something is called a fax or a pager."""
    return bool(_CALLED.search(label))
