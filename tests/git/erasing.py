"""A person in all the places of a repository where one hides, and a look into every object that trusts no crmtool."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from pathlib import Path

from tests.git.conftest import Repo

NAME, EMAIL, PHONE = "Jana Köhler", "j.koehler@nordlicht.example", "+49 40 1234567"
OTHER_PHONE = "0171 9876543"
WHO = "nordlicht/jana-koehler"
APPLY = ("erase", WHO, "--apply", "--mentions", "all")
FIRST = "contacts/jana.md"
SECOND = "contacts/jana-koehler.md"
LAST = "contacts/nordlicht/jana-koehler.md"
OTHERS = {
    "contacts/owen.md": """\
---
name: Owen Prichard
status: new
decisions:
  - {date: 2026-11-01, to: new, because: "Jana Koehler told us of him"}
---

Reached her at 040/123 45 67 (Köhler, Jana), and she called back.
""",
    "contacts/imke.md": """\
---
name: Imke Tjaden
status: new
decisions:
  - {date: 2026-11-02, to: new, because: "Met at the fair"}
---

No one named here.
""",
}
_DECISIONS = (
    '{date: 2026-10-20, to: new, because: "Came by recommendation of Ole", chance: 0.2}',
    '{date: 2026-11-05, to: ready, because: "She fits the profile well", chance: 0.4}',
    '{date: 2026-11-20, to: stopped, because: "She has no budget before 2028"}',
)
_STATUSES = ("new", "ready", "stopped")
# Made by hand here, not by crmtool's own spelling.
_TRACES = (
    "jana köhler",
    unicodedata.normalize("NFD", "jana köhler"),
    "jana koehler",
    "köhler, jana",
    "jana-koehler",
    "koehler@nordlicht",
    "contacts/jana.md",
    "recommendation of ole",
    "no budget before",
)
_NUMBERS = ("401234567", "1719876543")


def person(decided: int, *, phone: str = PHONE, notes: str = "Notes on her.", more: str = "") -> str:
    """Write her file with her first decisions."""
    log = "".join(f"  - {entry}\n" for entry in _DECISIONS[:decided])
    return (
        f"---\nname: {NAME}\norganization: Nordlicht Logistik\nemail: {EMAIL}\nphone: {phone}\nowner: mira\n"
        f"value: 42000\nstatus: {_STATUSES[decided - 1]}\n"
        'criteria:\n  fit: {met: 2026-11-03, evidence: "85 people in Bremen", attested_by: counterparty}\n'
        f"decisions:\n{log}{more}---\n\n{notes}\n"
    )


def story(repo: Repo, prefix: str = "") -> None:
    """Make a history: two renames, mentions now and in the past, words in messages and a tag, and a branch."""
    _commit(
        repo,
        f"Nordlicht Logistik · {NAME}: New\n\nNew: Came by recommendation of Ole\n\nContact: jana",
        {
            f"{prefix}criteria.yaml": Repo.rules,
            f"{prefix}{FIRST}": person(1),
            "README.md": f"Ask {NAME} about it.\n",
            **{prefix + path: text for path, text in OTHERS.items()},
        },
    )
    repo.git("mv", prefix + FIRST, prefix + SECOND)
    _commit(repo, "Tidied up", {"README.md": "Ask somebody about it.\n"})
    repo.git("tag", "-a", "v1", "-m", f"As {NAME} saw it")
    repo.git("tag", "light")
    repo.git("switch", "--quiet", "-c", "side")
    nfd = unicodedata.normalize("NFD", NAME)
    _commit(repo, "On the side", {"side.txt": f"{nfd}, {PHONE}\n", prefix + SECOND: person(1, phone=OTHER_PHONE)})
    repo.git("switch", "--quiet", "main")
    _commit(repo, "Nordlicht Logistik · Jana…: Ready", {prefix + SECOND: person(2)})
    (repo.top / prefix / "contacts" / "nordlicht").mkdir()
    repo.git("mv", prefix + SECOND, prefix + LAST)
    _commit(repo, "Ended\n\nStopped: She has no budget before 2028", {prefix + LAST: person(3)})


def _commit(repo: Repo, message: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        repo.stage(path, text)
    repo.git("commit", "--quiet", "--all", "--message", message)


def objects(repo: Repo) -> dict[str, bytes]:
    """Give every object that a repository has, reachable or not."""
    done = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=repo.top, capture_output=True, check=True
    )
    found, rest = {}, done.stdout
    while rest:
        head, _, rest = rest.partition(b"\n")
        id, kind, size = head.decode().split()
        found[f"{kind} {id}"] = rest[: int(size)]
        rest = rest[int(size) + 1 :]
    return found


def traces(data: bytes) -> list[str]:
    """Give what of her stands in some bytes."""
    text = data.decode(errors="replace").casefold()
    digits = re.sub(r"[^0-9a-z]", "", text)
    return [trace for trace in _TRACES if trace in text] + [number for number in _NUMBERS if number in digits]


def left(repo: Repo) -> dict[str, list[str]]:
    """Give what of her is left in any object, and in any other file of the repository or the work tree."""
    contents = objects(repo)
    for folder, folders, names in os.walk(repo.top):
        folders[:] = [name for name in folders if not folder.endswith(".git") or name != "objects"]
        for file in (Path(folder, name) for name in names):
            contents[str(file.relative_to(repo.top))] = str(file).encode() + b"\n" + file.read_bytes()
    return {where: found for where, data in contents.items() if (found := traces(data))}


def state(repo: Repo) -> dict[str, bytes]:
    """Give all of a repository and its work tree, to be compared."""
    return {str(file): file.read_bytes() for file in sorted(repo.top.rglob("*")) if file.is_file()}
