"""Whether a sentence names an activity (“Angebot verschickt”, “called twice”) instead of what was decided or clarified.

A guess by words, in German and English. It rather misses an activity than accuses a sentence that tells an outcome: a
sentence passes as soon as it holds a word of outcome, or a clause that is no activity.
"""

from __future__ import annotations

import re
from functools import cache

from crmtool.text import one_line

_DOCUMENT = (
    r"(?:angebot|vertrag|rechnung|unterlagen?|infos?|infomaterial|muster|link|preisliste|prospekt|broschüre|entwurf"
    r"|e-?mail|mail|brief|nachricht|präsentation|erinnerung|einladung)"
)
_PAPER = (
    r"(?:offer|quote|proposal|contract|invoice|deck|slides|brochure|sample|link|info|e-?mail|mail|message|reminder)s?"
)
_TALK = (
    r"(?:\w*(?:termin|treffen|gespräch|telefonat|besuch|telko|workshop|präsentation)s?"
    r"|(?:\w+-)?(?:meeting|call|demo)s?|lunch)"
)
_ENGLISH_TALK = (
    r"(?:(?:phone|video|sales|first|second|short|quick|long|good) ){0,4}"
    r"(?:calls?|meetings?|chats?|demos?|lunch|coffee|talk)"
)
_MOST_READ = 500
_FEW_WORDS = r"(?: \S+){0,4}? "  # Of a text with single spaces: no two ways to match, so it stays fast.

# Participles and past forms that name an activity by themselves.
_ALONE_DE = """
    verschickt zugeschickt zurückgeschickt hingeschickt rausgeschickt abgeschickt nachgeschickt mitgeschickt
    losgeschickt gesandt versandt zugesandt übersandt nachgesandt gesendet versendet zugesendet gemailt angemailt
    angeschrieben angerufen durchgerufen telefoniert nachgefasst nachgehakt angepingt kontaktiert besucht getroffen
"""
_ALONE_EN = "emailed mailed phoned pinged texted visited chased nudged"
# What was done with a document, and with a meeting.
_DONE = "geschickt geschrieben übermittelt abgegeben übergeben erstellt"
_HELD = "gehabt geführt stattgefunden gemacht gehalten gegeben durchgeführt absolviert gezeigt gelaufen"
_AWAY = "raus hinaus draußen unterwegs"


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


# Each with the words of which it holds one: looking for them first is ten times as fast, and few are ever compiled.
_ACTIVITIES = {
    _one_of(_ALONE_DE): _ALONE_DE,
    rf"{_DOCUMENT}{_FEW_WORDS}{_one_of(_DONE)}": _DONE,
    rf"{_DOCUMENT}(?: (?:ist|sind|ging|geht))? {_one_of(_AWAY)}": _AWAY,
    rf"{_TALK}{_FEW_WORDS}{_one_of(_HELD)}": _HELD,
    rf"mit{_FEW_WORDS}gesprochen": "gesprochen",
    rf"(?:e-)?{_one_of(_ALONE_EN)}": _ALONE_EN,
    r"(?<!\bso[ -])(?<!\bis )(?<!\b(?:are|was) )called(?! (?:off|for|it|out)\b)(?: (?:again|back|once|twice))?": (
        "called"
    ),
    r"followed up|reached out|(?:re-?)?sent (?:it|them)": "followed reached sent resent",
    rf"(?:re-?)?sent (?:(?:over|out|off|him|her|them) )?"
    rf"(?:(?:the|an?|our|my|another|some|over) ){{0,3}}(?:\w+ )?{_PAPER}": "sent resent",
    rf"{_PAPER} (?:(?:is|was|were|has been|have been|went) )?"
    r"(?:sent|out|mailed|e-?mailed|delivered|given|presented)": "sent out mailed emailed delivered given presented",
    r"met (?:with|him|her|them)|(?:spoke|spoken|talked|chatted) (?:with|to)": "met spoke spoken talked chatted",
    rf"(?:had|held|did|gave|made) (?:(?:an?|the|our|another) )?{_ENGLISH_TALK}": "had held did gave made",
    rf"{_ENGLISH_TALK} (?:was |were |has been )?(?:given|held|done|had|made)": "given held done had made",
    r"left (?:an? |another )?(?:voice ?mail|message)s?": "left",
    r"(?:did|have|has) (?:we|you|i|someone|anyone) (?:call|phone|e-?mail|send|sent|meet|met|speak|talk|visit|follow)": (
        "did have has"
    ),
}
_SIGNS = {pattern: frozenset(words.split()) for pattern, words in _ACTIVITIES.items()}
_ANY_SIGN = frozenset[str]().union(*_SIGNS.values())

# A text that is nothing but the name of an activity: “Anruf”, “2. Telefonat mit Frau Ostler”, “Follow-up call”.
_NOUNS = (
    r"(?:\w*anruf|\w*telefonat|rückruf|nachfassen|nachfass-?aktion|erinnerung|erinnerungsmail|follow-?up|reminder|voicemail"
    r"|(?:\w+-)?e-?mail|(?:\w+-)?mail|(?:\w+-)?call|(?:\w+-)?meeting|(?:\w+-)?demo|\w*besuch|\w*treffen|kennenlernen|telko"
    r"|\w*gespräch|visit|(?:phone|video|sales|cold|follow-?up) (?:call|meeting|mail))[es]?"
)
_FIRST = (
    r"(?:(?:\d+\.?|an?|the|ein|kurze[rs]?|lange[rs]?|erste[rs]?|zweite[rs]?|dritte[rs]?|weitere[rs]?|noch ein|nochmals?"
    r"|erneute[rs]?|first|second|third|another|short|quick|long|initial) ){0,4}"
)
# With whom: a German noun or name is capitalised, which tells it from a verb that would make the text a sentence.
_WITH_WHOM = (
    r"(?: (?:mit|bei|beim|an|am|im|vom)(?: (?:der|dem|den|frau|herrn))?(?: (?-i:[A-ZÄÖÜ])[\w&/.-]*){1,3}"
    r"| (?:with|to|at|on|by)(?: (?:the|an?|our|their))?(?: [\w&/.-]+){1,2})?"
)
_BARE = re.compile(rf"{_FIRST}{_NOUNS}(?: (?:nr\.? ?|no\.? ?|#)?\d+)?{_WITH_WHOM}", re.IGNORECASE)

# Stems of words that tell an outcome, a wish or a reason, and such words that stand for themselves only.
_OUTCOME_STEMS = """
    bestätig zugesag zusag absag abgesag ablehn abgelehn lehnt angenommen nimmt entscheid(?!er) entschied entschloss
    beschl klar klär geklär erklär benannt genannt nennt bekannt kennt weiß will wollen möcht wünsch brauch bedarf kein
    nicht ohne passt passen budget geld preis kosten gekündigt kündig bewillig freigegeben freigabe genehmig unterschr
    unterzeichn bestell kauf gekauft beauftrag auftrag problem interess einig vereinbar abmach absprach regelung gewählt
    festgelegt feststeht verschoben verschieb vertagt beendet weil dass denn sondern aber obwohl damit sodass sucht
    verlang forder erwart zieht zuständig zustimm bereit dringend frist scheiter gescheiter fehl bürg empfiehl empfehl
    confirm decid(?!er) decis agree declin reject refus accept approv want need never nobody none neither without
    because whether budget money price cost sign chose chosen pick select clear clarif named know knew interest order
    bought buy(?!er) cancel postpon delay commit ready lost deadline problem unable cannot urgent fail said says told
    wish require ask learn found vouch recommend expect
"""
_OUTCOME_WORDS = "no not nie niemand ob statt wahl if but win wins won due since that name names fit fits"
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[,;:()]|\.\s|\s[–—-]\s|\b(?:und|and|then|dann)\b")


# What is needed for few texts is compiled when one comes, since that takes long.
@cache
def _compiled(activity: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{activity})\b", re.IGNORECASE)


@cache
def _outcome() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_one_of(_OUTCOME_STEMS)}|{_one_of(_OUTCOME_WORDS)}\b)|n['’]t\b|[€$£]",
        re.IGNORECASE,
    )


def names_activity(text: str) -> str | None:
    """Give the words that name an activity, where the beginning of the text tells nothing else; None otherwise."""
    line = one_line(text[:_MOST_READ]).strip(" .!?")
    match = _BARE.fullmatch(line) or _activity(line)
    if match is None or _outcome().search(line) or any(map(_tells_more, _CLAUSE.split(line))):
        return None
    return match[0]


def _activity(text: str) -> re.Match[str] | None:
    """Find the first activity."""
    words = _WORD.findall(text.lower())
    if _ANY_SIGN.isdisjoint(words):
        return None
    likely = (pattern for pattern, signs in _SIGNS.items() if not signs.isdisjoint(words))
    found = (_compiled(pattern).search(text) for pattern in likely)
    return min(filter(None, found), key=re.Match.start, default=None)


def _tells_more(clause: str) -> bool:
    """Whether a clause of two words or more is no activity: then it is taken to tell what came of it."""
    words = clause.split()
    return len(words) > 1 and not _activity(clause) and not _BARE.fullmatch(clause.strip())
