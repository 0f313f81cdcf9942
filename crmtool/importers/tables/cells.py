"""What the cells of a table say: cleaned, and told to be nothing, or an e-mail address, a phone number, a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crmtool.importers.unspoken import FAX
from crmtool.records import dataclass
from crmtool.text import LINE_BREAK, one_line, visible

_NOTHING = frozenset(
    (
        "-", "--", "---", "–", "—", "/", ".", "?", "n/a", "n.a.", "#n/a", "nan", "null", "<null>", "(null)", "none",
        "nil", "undefined", "[not provided]", "not provided", "keine angabe", "k.a.", "k. a.", "(blank)", "(leer)",
        "0/0/00", "0.0.00", "0000-00-00",  # how a date is written that there is not
    )
)  # fmt: skip
_NOBODY = _NOTHING | {"unknown", "unbekannt", "no name", "noname", "anonymous", "kein name"}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_PARTS = re.compile(r"\s*(?::::|[;\n|])\s*")
_TOKENS = re.compile(r"[\s,;<>()\[\]|\"]+|(?<!:)/+(?!/)|(?<=[^\s/]):::(?=\S)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]*[^\s@.]")
_MARK = r"(?:tel|phone|mobile?|fon|[pmt])\s*[.:]\s*"
_ESCAPED_COLON = re.compile(r"\\:(?=//)")
"""As Google writes web addresses."""
_FAX = re.compile(
    rf"(?P<label>{FAX})(?:-?(?:nr|no|nummer|number))?\.?\s*:?\s*(?P<number>[+(]?[\d(][\d\s().,/+*#–-]*)",
    re.IGNORECASE,
)
_EXTENSION = r"\s*(?:extension|ext|durchwahl|dw|x)\s*\.?\s*\d+"
_PHONE = re.compile(rf"(?:{_MARK})?[+(]?[\d(][\d\s().,/+*#–-]*(?:{_EXTENSION})?(?:\s*\([^()\d]*\))?", re.IGNORECASE)
_PHONE_MARK = re.compile(_MARK, re.IGNORECASE)
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://\S+|(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/:?#]\S*)?)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS, _WHOLE_NUMBER, _LONGEST, _SHOWN = 3, 6, 60, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways to reach somebody that a cell names, and what else it says; faxes with what they are called there."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    faxes: tuple[tuple[str, str], ...] = ()
    rest: str = ""


def tidy(text: str) -> str:
    """Take away what is not to be seen, the blanks around each line, and the empty lines at both ends."""
    if text.isprintable() and '"' not in text:  # most cells: nothing unseen, no line break
        return " ".join(text.split())
    lines = (" ".join(_UNSEEN.sub("", line).split()) for line in LINE_BREAK.split(_as_text(text)))
    return "\n".join(lines).strip("\n")


def free_text(text: str) -> str:
    """Take away what is not to be seen, and leave the rest as it is written: for notes."""
    lines = (_UNSEEN.sub("", line).rstrip() for line in LINE_BREAK.split(_as_text(text)))
    return "\n".join(lines).strip("\n")


def _as_text(text: str) -> str:
    match = _EXCEL_TEXT.fullmatch(text.strip())  # how a number is kept from being rounded
    return match[1] if match else text


def is_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing, such as `N/A`."""
    return not text or text.casefold() in _NOTHING


def is_nobody(text: str) -> bool:
    """Whether it is no name, such as `Unknown`."""
    return not text or text.casefold() in _NOBODY


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address and nothing else."""
    return bool(_EMAIL.fullmatch(text))


def is_phone(text: str) -> bool:
    """Whether a text reads like a phone number."""
    return len(text) <= _LONGEST and bool(_PHONE.fullmatch(text)) and len(_DIGIT.findall(text)) >= _FEWEST_DIGITS


def is_url(text: str) -> bool:
    """Whether a text is a web address and nothing else."""
    return bool(_URL.fullmatch(text))


def shown(text: str) -> str:
    """Give what a cell says as a message may tell it: on one line, and not all of a long text."""
    line = visible(one_line(text[: _SHOWN * 4]))
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def quoted(text: str) -> str:
    """Quote in a message what a cell says."""
    return f"'{shown(text)}'"


def split_values(text: str) -> tuple[str, ...]:
    """Split a cell that holds several values: at `:::`, `;`, `|` and line ends."""
    return tuple(part for part in map(str.strip, _PARTS.split(text)) if part)


def split_tags(text: str) -> tuple[str, ...]:
    """Split a list of groups, without those that Google keeps for itself."""
    parts = (part.strip() for part in re.split(r":::|[;,\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part and not part.startswith("*") and not is_nothing(part)))


def ways(text: str, expected: str) -> Ways:
    """Sort out what a cell of e-mail addresses, phone numbers or web addresses holds, whichever it should be.

    `expected` is `email`, `phone` or `url`.
    """
    emails, phones, urls, rest = list[str](), list[str](), list[str](), list[str]()
    faxes = list[tuple[str, str]]()
    for told in _parts(text, expected):
        found, part = _emails(told) if "@" in told and "://" not in told else ([], told)
        emails += found
        if not part or is_nothing(part):
            continue
        if is_url(part) and (expected == "url" or "://" in part):
            urls.append(part)
        elif fax := _fax(part):
            faxes.append((fax["label"], fax["number"].strip()))
        elif _is_number(part, expected):
            phones.append(_without_mark(part))
        else:
            rest.append(part)
    return Ways(
        emails=_once(emails),
        phones=_once(phones),
        urls=_once(urls),
        faxes=tuple(dict.fromkeys(faxes)),
        rest="; ".join(rest),
    )


def _parts(text: str, expected: str) -> Iterable[str]:
    for part in split_values(text):
        if expected == "url":
            yield from _ESCAPED_COLON.sub(":", part).split()
        elif expected == "phone" or "@" not in part:
            yield from _numbers(part)
        else:
            yield part


def _numbers(part: str) -> Iterable[str]:
    """Split at commas and slashes if all that comes of it is a whole number or an e-mail address."""
    for sign in (",", "/", " or ", " oder "):
        pieces = [piece.strip() for piece in part.split(sign)]
        if len(pieces) > 1 and all(_is_whole(piece) for piece in pieces):
            return pieces
    return [part]


def _is_whole(piece: str) -> bool:
    return is_email(piece) or bool(_fax(piece)) or (is_phone(piece) and len(_DIGIT.findall(piece)) >= _WHOLE_NUMBER)


def _fax(part: str) -> re.Match[str] | None:
    return _FAX.fullmatch(part) if len(part) <= _LONGEST else None


def _is_number(part: str, expected: str) -> bool:
    if _ROUNDED.fullmatch(part):
        return False
    return is_phone(part) and (expected == "phone" or len(_DIGIT.findall(part)) >= _WHOLE_NUMBER)


def _without_mark(number: str) -> str:
    mark = _PHONE_MARK.match(number)
    return number[mark.end() :] if mark else number


def _emails(part: str) -> tuple[list[str], str]:
    found = list[str]()
    left = part
    for token in _TOKENS.split(part):
        address = token.removeprefix("mailto:").removeprefix("MAILTO:").strip(".:'\"")
        if is_email(address):
            found.append(address)
            left = left.replace(token, " ", 1)
    rest = " ".join(left.split())
    return found, rest.strip(" ,;/|<>()[]\"'-") if found else rest


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(sameness(text), text)
    return tuple(first.values())


def sameness(text: str) -> str:
    """Give what is the same for two spellings of a phone number, or of an address."""
    return "".join(_DIGIT.findall(text)) or text if is_phone(text) else text.casefold()
