"""What the pages say while someone works on the files."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "serve.errors": "{n} error to mend|{n} errors to mend",
    "serve.last_good": "Of files with errors the pages show the last valid state, where there was one.",
    "serve.not_built": "The pages cannot be built anew. What you see is how they were before.",
    "serve.more": "and {n} more|and {n} more",
}
