"""Peers that check files: check-jsonschema, remark-lint-frontmatter-schema, Doorstop."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from bench.ground import PYTHON, Ground, clean_environment
from bench.job import Job
from bench.measuring import FailedError
from bench.peers.workshop import MissingError, Workshop, front_matters

SCHEMA = Path(__file__).parents[2] / "schemas" / "contact.schema.json"
SOME = 1000  # files, for peers that take too long for more
REMARK = ("remark-cli@12", "remark-frontmatter@5", "remark-lint-frontmatter-schema@3")


def check_jsonschema(ground: Ground, shop: Workshop) -> list[Job]:
    """Give check-jsonschema, of one contact and of all, as YAML files with the schema that crmtool ships."""
    program = Path(PYTHON).with_name("check-jsonschema")
    if not program.exists():
        raise MissingError("check-jsonschema is not installed beside crmtool; it belongs to the dev extra")
    folder = shop.folder("check-jsonschema")
    files = front_matters(ground, folder)
    shutil.copy(SCHEMA, folder / "schema.json")
    # The names of all files would be too long for one command line; xargs starts it as often as it must, as hooks do.
    (folder / "names").write_text("\n".join(file.name for file in files), "utf-8")
    checking = (program, "--schemafile", "schema.json")
    all_files = ("xargs", "-a", "names", *checking)
    return [
        _peer("check-jsonschema-one", "check-jsonschema, one file", shop, *checking, files[0].name, cwd=folder),
        _peer("check-jsonschema-all", f"check-jsonschema, {len(files):,} files", shop, *all_files, cwd=folder),
    ]


def remark(ground: Ground, shop: Workshop) -> list[Job]:
    """Give remark with remark-lint-frontmatter-schema, of one contact and of a thousand, as the files they are."""
    program = shop.node_program(REMARK, "remark")
    folder = shop.folder("remark")
    files = sorted(ground.files.rglob("*.md"))[:SOME]
    for number, file in enumerate(files):
        to = folder / "contacts" / f"{number:06}.md"
        to.parent.mkdir(exist_ok=True)
        shutil.copy(file, to)
    # It knows draft 7 of JSON Schema; the schema uses nothing that draft 7 has not.
    schema = json.loads(SCHEMA.read_text("utf-8")) | {"$schema": "http://json-schema.org/draft-07/schema#"}
    (folder / "contact.schema.json").write_text(json.dumps(schema), "utf-8")
    (folder / "node_modules").symlink_to(program.parents[1])
    lint = ["remark-lint-frontmatter-schema", {"schemas": {"./contact.schema.json": ["./contacts/*.md"]}}]
    settings = {"plugins": ["remark-frontmatter", lint]}
    (folder / ".remarkrc.json").write_text(json.dumps(settings), "utf-8")
    linting = (program, "--quiet", "--frail", "--no-stdout")
    return [
        _peer("remark-one", "remark-lint-frontmatter-schema, 1 file", shop, *linting, "contacts/000000.md", cwd=folder),
        _peer("remark-some", f"… {len(files):,} files", shop, *linting, "contacts", cwd=folder),
    ]


def doorstop(ground: Ground, shop: Workshop) -> list[Job]:
    """Give Doorstop's check of as many requirements as there are contacts, a thousand at most."""
    program = shop.python_program("doorstop", "doorstop")
    folder = shop.folder("doorstop")
    count = min(SOME, ground.contacts)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, env=clean_environment(), check=True)
    shop.call(program, "create", "REQ", "reqs", cwd=folder).run()
    bodies = sorted(ground.files.rglob("*.md"))[:count]
    for number, file in enumerate(bodies, 1):
        (folder / "reqs" / f"REQ{number:03}.yml").write_text(_requirement(number, file), "utf-8")
    subprocess.run(["git", "add", "."], cwd=folder, env=clean_environment(), check=True)
    try:
        shop.call(program, "review", "all", cwd=folder).run()
    except FailedError as failed:
        raise MissingError(str(failed)) from failed
    return [_peer("doorstop", f"doorstop (check), {count:,} items", shop, program, cwd=folder)]


def _requirement(number: int, contact: Path) -> str:
    notes = contact.read_text("utf-8").split("---\n", 2)[2].strip().replace("\n", "\n  ")
    head = f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}.1\nlinks: []\nnormative: true\nref: ''\n"
    return f"{head}reviewed: null\ntext: |\n  {notes}\n"


def _peer(name: str, title: str, shop: Workshop, *arguments: str | Path, cwd: Path) -> Job:
    return Job(name=name, title=title, command=shop.call(*arguments, cwd=cwd), peer=True)
