"""Where the file of a new contact goes: a folder for its organization, a name that every disk can hold."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from crmtool.contact import FOLDER, SUFFIX, Contact, folded
from crmtool.text import transliterated

_LEGAL_FORM = re.compile(
    r"(?<![\s,&+])[\s,&+]++(?:(?:g?gmbh|ag|kg|kgaa|ohg|gbr|ug|se|mbh|ltd|limited|inc|llc|llp|plc|corp|co|sarl|bv|nv|oy|ab|aps)\.?"
    r"|\(haftungsbeschränkt\)|e\.\s?[kvu]\.?|e\.?g\.?|s\.\s?a\.(?:\s?r\.\s?l\.)?|s\.\s?r\.\s?l\.|b\.\s?v\.)\s*$",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)
_OTHER = re.compile(r"[^\w]+", re.UNICODE)
_LONGEST = 60


def folders_of(contacts: Iterable[Contact]) -> dict[str, str]:
    """Give the folder of each organization, by its folded name: that of the first contact of it which lies in one."""
    found: dict[str, str] = {}
    for contact in contacts:
        if contact.path.count("/") > 1 and contact.text("organization"):
            found.setdefault(folded(contact.text("organization")), contact.path.rpartition("/")[0])
    return found


def new_path(folders: Mapping[str, str], name: str, organization: str | None) -> str | None:
    """Give the path of a new contact's file: in the folder that others of its organization have, else in a new one.

    `folders` are those of `folders_of`. None where the name has nothing that a file could be called by.
    """
    bare = slug(name)
    if not bare:
        return None
    file = _usable(bare) + SUFFIX
    if not organization:
        return FOLDER + file
    if folded(organization) in folders:
        return f"{folders[folded(organization)]}/{file}"
    folder = _usable(slug(_without_legal_form(organization)))
    return f"{FOLDER}{folder}/{file}" if folder else FOLDER + file


def path_of(id: str) -> str | None:
    """Give the path of an id that every disk can hold; None for one that some cannot."""
    parts = id.removesuffix(SUFFIX).split("/")
    if any(not part or part != part.strip(". ") or _FORBIDDEN.search(part) or _is_reserved(part) for part in parts):
        return None
    return FOLDER + "/".join(parts) + SUFFIX


def lies_inside(root: Path, path: str) -> bool:
    """Whether a file would lie in the workspace: a folder above it may be a link that leads out of it."""
    return Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root))


def slug(text: str) -> str:
    """Give a name in small letters and hyphens: umlauts in two letters, other accents left out."""
    bare = unicodedata.normalize("NFC", _OTHER.sub("-", transliterated(text))).replace("_", "-")
    return bare.strip("-")[:_LONGEST].strip("-")


def _without_legal_form(organization: str) -> str:
    name = organization.strip()
    while (shorter := _LEGAL_FORM.sub("", name)) not in ("", name):
        name = shorter
    return name


def _usable(name: str) -> str:
    return f"{name}-contact" if _is_reserved(name) else name


def _is_reserved(name: str) -> bool:
    # Windows keeps these names for devices, whatever follows a dot.
    return bool(_RESERVED.fullmatch(name.partition(".")[0]))
