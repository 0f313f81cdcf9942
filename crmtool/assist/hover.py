"""What is told on pointing at a word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crmtool.assessment import Assessment, assess
from crmtool.assist import hover_rules
from crmtool.assist.cursor import Spot, front_matter_span, spot_at
from crmtool.assist.describing import FORMS, KINDS, description, is_form
from crmtool.assist.editing import Editing
from crmtool.assist.hover_decision import told_of_decision
from crmtool.assist.mentions import Mention, Noun, mention_at
from crmtool.assist.standing import days, english, in_short, verdict
from crmtool.assist.told import Told
from crmtool.report.answers import why_lines
from crmtool.report.edition import Edition
from crmtool.report.sentences import sentence
from crmtool.rulebook import ANY_STATUS
from crmtool.text import LINE_BREAK, Lines, Span

_WORD = re.compile(r"[^\s,\[\]{}\"'#:]+")
_NAMES_ID = re.compile(r"(?:^|[\s{,])(status|to|clarifies):\s*[\"']?$")


@dataclass(frozen=True, kw_only=True)
class Hover:
    """What is told, and the word of which."""

    span: Span
    told: Told


def hover(editing: Editing, offset: int) -> Hover | None:
    """Tell of what stands at an offset; None where there is nothing to tell."""
    mention = mention_at(editing.document, offset)
    told = _of_mention(editing, mention) if mention else None
    if mention and told:
        return Hover(span=mention.span, told=told)
    spot = spot_at(editing.document, offset)
    told = _of_spot(editing, spot) if spot else None
    return Hover(span=spot.span, told=told) if spot and told else _while_broken(editing, offset)


def _of_mention(editing: Editing, mention: Mention) -> Told | None:
    if mention.noun is Noun.CONTACT:
        return _other_contact(editing, mention.id)
    return hover_rules.told_of(editing, mention)


def _other_contact(editing: Editing, id: str) -> Told | None:
    contact = next((contact for contact in editing.contacts.values() if contact.id == id), None)
    if contact is None or editing.rulebook is None:
        return None
    edition, assessment = english(editing.rulebook, editing.day), assess(contact, editing.rulebook, editing.day)
    sentences = (_standing(edition, assessment), in_short(edition, assessment)) if assessment else ()
    return Told(title=contact.title, about=f"contact {id}", sentences=sentences)


def _standing(edition: Edition, assessment: Assessment) -> str:
    return f"{edition.status(assessment.status.id)} for {days(assessment.why_here.days)}"


def _of_spot(editing: Editing, spot: Spot) -> Told | None:
    return _in_rulebook(editing, spot) if editing.is_rulebook else _in_contact(editing, spot)


def _in_contact(editing: Editing, spot: Spot) -> Told | None:
    match spot.place:
        case ("name",):
            return _verdict(editing) or _key(editing, spot)
        case ("decisions", int(index), *_):
            return _with_key(editing, spot, told_of_decision(editing, index))
        case ("criteria", str(id), _, *_):
            return _with_key(editing, spot, hover_rules.criterion(editing, id))
        case _:
            return _key(editing, spot)


def _verdict(editing: Editing) -> Told | None:
    assessment, rulebook = editing.assessment, editing.rulebook
    if assessment is None or rulebook is None:
        return None
    edition = english(rulebook, editing.day)
    rows = ((lead, text.strip().removeprefix("- ")) for lead, text in why_lines(edition, assessment))
    return Told(
        title=verdict(edition, assessment),
        about=f"{assessment.contact.title}: {_standing(edition, assessment)}",
        facts=tuple(rows),
    )


def _in_rulebook(editing: Editing, spot: Spot) -> Told | None:
    match spot.place:
        case (*_, str(form)) if spot.on_key and is_form(spot.place):
            return Told(title=form, about="condition", sentences=(FORMS[form],))
        case ("statuses", _, "kind") if not spot.on_key and spot.text in KINDS:
            return Told(title=spot.text, about="kind of status", sentences=(KINDS[spot.text],))
        case _ if spot.text == ANY_STATUS and not spot.on_key:
            return Told(title=ANY_STATUS, about="every status that is active or on hold")
        case _:
            return _key(editing, spot)


def _with_key(editing: Editing, spot: Spot, told: Told | None) -> Told | None:
    """Tell of what an entry is about, before that what the key in it means."""
    key = _key(editing, spot)
    return replace(told, sentences=key.sentences + told.sentences) if key and told else told or key


def _key(editing: Editing, spot: Spot) -> Told | None:
    text = description(editing.schema, spot.place) if spot.on_key else ""
    return Told(title=spot.text, sentences=(sentence(text[:1].upper() + text[1:]),)) if text else None


def _while_broken(editing: Editing, offset: int) -> Hover | None:
    """Tell of a name or an id in a file that cannot be read, by what stands before and behind it on its line."""
    text, area = editing.text, front_matter_span(editing.document)
    if editing.document.values is not None or not area.start <= offset <= area.end:
        return None
    start = Lines(text).start_of(offset)
    line = LINE_BREAK.split(text[start : area.end], maxsplit=1)[0]
    word = next((found for found in _WORD.finditer(line) if found.start() <= offset - start <= found.end()), None)
    if word is None:
        return None
    mention = _by_its_line(editing, line, word, Span(start + word.start(), start + word.end()))
    if mention is not None:
        told = _of_mention(editing, mention)
    else:
        told = _verdict(editing) if editing.is_contact and line.startswith("name:") else None
    return Hover(span=Span(start + word.start(), start + word.end()), told=told) if told else None


def _by_its_line(editing: Editing, line: str, word: re.Match[str], span: Span) -> Mention | None:
    id, rulebook, named = word[0], editing.rulebook, _NAMES_ID.search(line[: word.start()])
    if rulebook is None:
        return None
    if named is not None:
        noun = Noun.CRITERION if named[1] == "clarifies" else Noun.STATUS
        return Mention(noun=noun, id=id, span=span, place=(named[1],))
    if not line.startswith(":", word.end()):
        return None
    if id in rulebook.criteria:
        return Mention(noun=Noun.CRITERION, id=id, span=span)
    is_status = editing.is_rulebook and id in rulebook.statuses
    return Mention(noun=Noun.STATUS, id=id, span=span) if is_status else None
