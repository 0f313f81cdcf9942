"""What commits and tags say of a person, and whether the person made some of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from crmtool.git import Repository
from crmtool.git.contents import Object, contents
from crmtool.git.program import as_text
from crmtool.privacy.findings import Said
from crmtool.privacy.names import name_words
from crmtool.privacy.spelling import BEGINS, ENDS, spelled
from crmtool.privacy.texts import text_of
from crmtool.privacy.traces import Mention, Traces
from crmtool.text import one_line, short_id

NOBODY = "erased@invalid"
"""The address of a commit's author that was erased."""
_SHORTEST_WORD, _SHORTEST_SENTENCE = 3, 12
_PERSON = re.compile(r"^(author|committer|tagger) (.*?) ?<([^>\n]*)> [^\n]*$", re.MULTILINE)
_TAGS = "--format=%(objecttype) %(objectname) %(refname)"
_OF_TAG = re.compile(r"object (\S+)\ntype tag\n")
_NAME_OF_TAG = re.compile(r"^tag (.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is looked for in what commits and tags say.

    `own` are the commits that changed the person's file. In what these say, `quotes`, the texts of the file, are the
    person's, too, and so is what else may be a trace; in what else mentions the person, only sentences are. `name`
    takes the place of the name of the person where they made a commit.
    """

    traces: Traces
    own: Collection[str]
    quotes: tuple[str, ...]
    name: str

    def quoting(self, id: str) -> re.Pattern[str]:
        """Give a pattern for what the message of a commit or tag repeats of the file."""
        return self._all_quotes if id in self.own else self._sentences

    @cached_property
    def _all_quotes(self) -> re.Pattern[str]:
        return self._pattern(self.quotes)

    @cached_property
    def _sentences(self) -> re.Pattern[str]:
        return self._pattern(each for each in self.quotes if len(each) >= _SHORTEST_SENTENCE and " " in each.strip())

    def _pattern(self, quotes: Iterable[str]) -> re.Pattern[str]:
        """Make a pattern for quotes, however their lines are broken, and for the words of names: subjects cut these."""
        wanted = sorted({one_line(quote) for quote in quotes}, key=lambda quote: (-len(quote), quote))
        patterns = [rf"(?<!\w){_spaced(quote)}(?!\w)" for quote in wanted]
        names = (trace.text for trace in self.traces.certain if trace.kind == "name")
        words = {word for name in names for word in name_words(name) if len(word) >= _SHORTEST_WORD}
        patterns += [BEGINS + spelled(word).pattern + ENDS for word in sorted(words)]
        return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)


def _spaced(quote: str) -> str:
    return r"\s+".join(map(re.escape, quote.split()))


def sayings(repository: Repository, asked: Asked, commits: Collection[str]) -> tuple[Said, ...]:
    """List the commits, and all tags, that say something of a person or were made by them."""
    objects = (*contents(repository, commits), *_tags(repository))
    return tuple(said for each in objects if (said := _looked_at(asked, each)) is not None)


def _tags(repository: Repository) -> Iterator[Object]:
    """Read all tag objects, those of tags among them."""
    lines = (line.split(" ", 2) for line in as_text(repository.run("for-each-ref", _TAGS)).splitlines())
    todo = [id for kind, id, _ in lines if kind == "tag"]
    while todo:
        found = tuple(contents(repository, todo))
        yield from found
        inner = (_OF_TAG.match(as_text((each.data or b"")[:200])) for each in found)
        todo = [match[1] for match in inner if match]


def _looked_at(asked: Asked, each: Object) -> Said | None:
    head, _, body = (each.data or b"").partition(b"\n\n")
    told, message = text_of(head).text, text_of(body).text
    mentions = asked.traces.found_in(message) if asked.traces.may_be_in(body) else ()
    people, perhaps = _people(asked, told)
    is_about = each.id in asked.own or any(mention.trace.certain for mention in mentions)
    stretches = _stretches(asked, each.id, message, mentions) if is_about else ()
    if not mentions and not stretches and not people and not perhaps:
        return None
    return Said(
        id=each.id,
        kind=each.kind,
        name=_called(each, told),
        subject=one_line(message.strip().partition("\n")[0]),
        mentions=(*mentions, *perhaps),
        spans=tuple((_size(message[:start]), _size(message[:end])) for start, end in stretches),
        people=people,
        words=tuple(dict.fromkeys(one_line(message[start:end]) for start, end in stretches)),
    )


def _called(each: Object, head: str) -> str:
    match = _NAME_OF_TAG.search(head) if each.kind == "tag" else None
    return f"tag {match[1]}" if match else f"commit {short_id(each.id)}"


def _stretches(asked: Asked, id: str, message: str, mentions: Iterable[Mention]) -> tuple[tuple[int, int], ...]:
    """Give the stretches that are to go, in characters; what overlaps is joined."""
    found = [(mention.start, mention.end) for mention in mentions]
    found += [match.span() for match in asked.quoting(id).finditer(message)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _people(asked: Asked, head: str) -> tuple[dict[str, tuple[str, str]], list[Mention]]:
    """Give who made something, and is the person, with what they become; of the same name alone, it is only perhaps.

    Another address may be a namesake's: it is the person's where the user adds it to the traces.
    """
    found, perhaps = {}, []
    for who, called, address in _PERSON.findall(head):
        is_address, named = asked.traces.is_in(address), asked.traces.found_in(called, certainly=True)
        if is_address or (named and not address):
            found[who] = (asked.name if named else called, NOBODY if is_address else address)
        else:
            perhaps += [replace(mention, trace=replace(mention.trace, certain=False)) for mention in named]
    return found, perhaps


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
