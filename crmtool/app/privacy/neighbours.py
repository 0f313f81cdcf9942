"""Other contacts whose own files have something of the person's: somebody of the same name, or of the same company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from crmtool.app.privacy.gathering import Gathered, in_workspace, joined
from crmtool.app.privacy.past import Past, Places, new_in
from crmtool.app.privacy.searching import Files, Search, bytes_of
from crmtool.contact import is_contact_path
from crmtool.details import details_of
from crmtool.document import read_contact
from crmtool.privacy.findings import FileMentions
from crmtool.privacy.traces import Traces
from crmtool.yaml_reader import Value

_OWN = {"name": "name", "email": "e-mail address", "phone": "number", "url": "page"}


def with_shared(gathered: Gathered, prefix: str, past: Past | None, files: Files) -> Search:
    """Tell in what was found which files are those of other contacts, and what they have in common with the person."""
    contacts = {
        file.path
        for file in gathered.found.files
        if file.is_certain and is_contact_path(in_workspace(file.path, prefix)[1])
    }
    versions = dict[str, list[Mapping[str, Value]]]()
    for path, values in _versions(contacts, past, files, joined(gathered.parts)):
        versions.setdefault(path, []).append(values)
    marked = partial(_marked, versions, gathered.traces)
    return replace(gathered.found, files=tuple(map(marked, gathered.found.files)))


def _marked(versions: Mapping[str, list[Mapping[str, Value]]], traces: Traces, file: FileMentions) -> FileMentions:
    shared = (key for values in versions.get(file.path, ()) for key in _shared(values, traces))
    return replace(file, shared=tuple(dict.fromkeys(shared)))


def _shared(values: Mapping[str, Value], traces: Traces) -> Iterator[str]:
    details = {**details_of(values), "name": values.get("name")}
    for key, called in _OWN.items():
        value = details.get(key)
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and traces.is_in(text) for text in texts):
            yield called


def _versions(
    paths: set[str], past: Past | None, files: Files, own: Places
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Give what the front matters of some files say, now and at all times; not where they are the person's own."""
    for path in sorted(paths.intersection(files.all())):
        data = bytes_of(files.top / path)
        if data is not None:
            yield path, read_contact(path, data).values or {}
    if past is None or not paths:
        return
    for commit in past.commits:
        for path, entry in new_in(commit):
            if path in paths and path not in own.get(commit.id, {}):
                yield path, past.document(entry).values or {}
