"""Run MkDocs or ProperDocs with each contact's page made by its own loop over pages, none spliced into a frame.

python -m tests.site.by_loop mkdocs build -f mkdocs.yml
"""

from __future__ import annotations

import sys
from importlib import import_module

if __name__ == "__main__":
    program, *arguments = sys.argv[1:]
    engine = import_module(f"{program}.__main__")  # ProperDocs takes the place of MkDocs from here on
    # Without a frame that is understood, the engine makes each page.
    import_module("crmtool.mkdocs_plugin.framing").cut = lambda page, marks: None  # type: ignore[attr-defined]
    engine.cli(arguments, prog_name=program)
