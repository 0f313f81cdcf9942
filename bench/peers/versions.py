"""Which versions of the peers were measured."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which

OWN_ENVIRONMENT = ("PyYAML", "python-frontmatter", "check-jsonschema", "mkdocs")
_DIST = re.compile(r"(.+)-([^-]+)\.dist-info")


def versions(tools: Path) -> str:
    """Tell the versions of those peers and floors that are there, as `name version, …`."""
    return ", ".join((*_beside_crmtool(), *_python(tools), *_node(tools), *_hugo()))


def _beside_crmtool() -> Iterator[str]:
    for name in OWN_ENVIRONMENT:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _python(tools: Path) -> Iterator[str]:
    for name in ("doorstop", "zensical"):
        for found in tools.glob(f"{name}/lib/*/site-packages/{name}-*.dist-info"):
            match = _DIST.fullmatch(found.name)
            if match:
                yield f"{match[1]} {match[2]}"


def _node(tools: Path) -> Iterator[str]:
    file = tools / "remark" / "node_modules" / "remark-lint-frontmatter-schema" / "package.json"
    if file.exists():
        yield f"remark-lint-frontmatter-schema {json.loads(file.read_text('utf-8'))['version']}"


def _hugo() -> Iterator[str]:
    program = which("hugo")
    if program:
        told = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
        yield "hugo " + re.sub(r"^hugo v([0-9.]+).*", r"\1", told.strip())
