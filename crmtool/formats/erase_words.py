"""What erasing a contact does, or did, told in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from crmtool.formats import privacy_words
from crmtool.privacy.by_hand import ByHand
from crmtool.privacy.erasing import ASK, KEEP, REPLACE, Outline
from crmtool.privacy.findings import FileMentions
from crmtool.privacy.traces import Mention
from crmtool.text import short_id

_MOST_LINES, _MOST_TIPS, _MOST_UNREAD = 5, 20, 10
_ACTIONS = {
    REPLACE: "Mentions in other files that are replaced",
    ASK: "Mentions in other files that are asked about, one by one",
    KEEP: "Mentions in other files that stay",
}


def outline_lines(found: Outline) -> Iterator[str]:
    """Tell what would be done."""
    yield f"{found.title} ({found.contact})"
    yield f"  looked for: {privacy_words.looked_for(found.traces, certain=True)}"
    if doubtful := privacy_words.looked_for(found.traces, certain=False):
        yield f"  perhaps the person, and left alone: {doubtful}"
    yield f"What is left in its place: {found.path}"
    yield from (f"  {line}" for line in found.text.splitlines())
    yield from _history(found)
    yield from _mentions(found)
    if found.unread:
        yield "Could not be looked into"
        yield from _some(found.unread)


def obstacle_lines(found: Outline) -> Iterator[str]:
    """Tell what has to be put right first."""
    if found.obstacles:
        yield "To be put right before --apply"
        yield from (f"  {what}: {todo}" for what, todo in found.obstacles)


def tip_lines(tips: Mapping[str, str]) -> Iterator[str]:
    """Tell what branches and tags lead to before all is rewritten; nothing where that is to stay."""
    if tips:
        yield "Before it, branches and tags lead to"
        yield from _some(tuple(f"{short_id(id)} {name}" for name, id in tips.items()), _MOST_TIPS)
        yield "  make a backup first, such as by `git clone --mirror`; it holds the data, too: delete it in the end"


def by_hand_lines(found: Iterable[ByHand]) -> Iterator[str]:
    """Tell what remains to be done by hand."""
    yield "What remains to be done by hand"
    for each in found:
        yield f"  - {each.what}"
        yield from (f"      {command}" for command in each.commands)


def unread_lines(paths: tuple[str, ...]) -> Iterator[str]:
    """Tell what could not be looked into."""
    folders = tuple(path for path in paths if path.endswith("/"))
    files = tuple(path for path in paths if path not in folders)
    if files:
        count = f"{len(files)} files are" if len(files) > 1 else "One file is"
        yield f"{count} no text, and could not be looked into"
        yield from _some(files)
    if folders:
        yield "Installed programs and caches, which Git ignores, were not looked into"
        yield from _some(folders)


def _history(found: Outline) -> Iterator[str]:
    if not found.with_history:
        if found.in_repository:
            yield "The history stays as it is: it still has everything (--without-history)"
            yield "  nor can it be erased from there later: what it would be found by is gone with the file"
        else:
            yield "There is no Git repository: only the files of now are changed"
        return
    yield f"History: all versions of the file, changed by {_count(found.commits, 'commit')}"
    yield from (f"  {path}" for path in found.paths)
    yield "  all commits and tags after the first of them get new ids, and none is signed any more"
    yield from _said(found)
    if found.called:
        yield "Branches and tags that bear the name, or perhaps do, and keep it: give them another one first"
        yield from (f"  {name}" for name in found.called)


def _said(found: Outline) -> Iterator[str]:
    titles = {
        "Commits and tags whose words are changed": found.changed,
        "Commits and tags that are asked about": found.asked_about,
    }
    for title, ids in titles.items():
        said = [each for each in found.said if each.id in ids]
        if said:
            yield title
        for each in said:
            yield from (f"  {line}" for line in privacy_words.said_lines([each]))
            if each.words:
                yield f"    what goes: {', '.join(_quoted(word) for word in each.words)}"
    rest = [each for each in found.said if each.id not in found.changed | found.asked_about]
    if rest:
        yield "Commits and tags that stay as they are"
        yield from (f"  {line}" for line in privacy_words.said_lines(rest))


def perhaps_lines(found: Outline) -> Iterator[str]:
    """Tell what is perhaps a mention, and was left; of the past, the file alone, since commits have other ids now."""
    files = [file for file in found.files if any(map(_is_perhaps, file.all))]
    refs = [name for name in found.called if not found.traces.in_names.is_in(name)]
    if files or refs:
        yield "Perhaps mentions, which stay: look at them"
    for file in files:
        yield from (f"  {line}" for line in _now(file))
    yield from (f"  {name}" for name in refs)


def _now(file: FileMentions) -> Iterator[str]:
    named, now = (tuple(filter(_is_perhaps, mentions)) for mentions in (file.named, file.now))
    told = tuple(privacy_words.file_lines(replace(file, named=named, now=now, past=()), _MOST_LINES))
    return iter(told or (f"{file.path}: in a former version",))


def _is_perhaps(mention: Mention) -> bool:
    return not mention.trace.certain


def _quoted(word: str) -> str:
    return f'"{word}"'


def _mentions(found: Outline) -> Iterator[str]:
    for action, title in _ACTIONS.items():
        files = [file for file in found.files if found.action(file) == action]
        if files:
            yield title
        for file in files:
            yield from (f"  {line}{_why_kept(file)}" for line in privacy_words.file_lines(file, _MOST_LINES))


def _why_kept(file: FileMentions) -> str:
    if file.shared:
        return f" (another contact's own {' and '.join(file.shared)})"
    if file.is_binary:
        return " (no text: delete or replace the file by hand)"
    return " (ignored by Git: make it anew)" if file.is_ignored else ""


def _some(lines: tuple[str, ...], most: int = _MOST_UNREAD) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most} more"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
