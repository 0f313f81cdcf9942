"""Which of a card's properties decide something, and which do not: the rest of what is read is a claim."""

from __future__ import annotations

from collections.abc import Mapping

DETAILS = frozenset(
    {"FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "URL", "ADR", "LABEL", "NOTE", "CATEGORIES", "CATEGORY", "UID"}
)
"""What becomes a detail, the notes or the id."""

GROUPS = frozenset({"KIND", "X-ADDRESSBOOKSERVER-KIND", "X-EVOLUTION-LIST"})
"""What tells whether a card is a person's at all."""

CLAIMS: Mapping[str, str] = {
    "NICKNAME": "Nickname",
    "ROLE": "Role",
    "EXPERTISE": "Expertise",
    "LANG": "Language",
    "CONTACT-URI": "Contact form",
    "X-MANAGER": "Manager",
    "X-EVOLUTION-MANAGER": "Manager",
    "X-MS-MANAGER": "Manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "Manager",
    "X-ASSISTANT": "Assistant",
    "X-EVOLUTION-ASSISTANT": "Assistant",
    "X-MS-ASSISTANT": "Assistant",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "Assistant",
    "X-ASSISTANT-TEL": "Assistant's phone",
    "X-EVOLUTION-ASSISTANT-TEL": "Assistant's phone",
    "X-DEPARTMENT": "Department",
    "X-KADDRESSBOOK-X-DEPARTMENT": "Department",
    "X-PROFESSION": "Profession",
    "X-KADDRESSBOOK-X-PROFESSION": "Profession",
    "X-EVOLUTION-BLOG-URL": "Blog",
    "BLOGFEED": "Blog",
    "SOCIALPROFILE": "Profile",
    "X-SOCIALPROFILE": "Profile",
    "IMPP": "Messaging",
    "X-MS-IMADDRESS": "Messaging",
    "X-AIM": "AIM",
    "X-GADUGADU": "Gadu-Gadu",
    "X-GOOGLE-TALK": "Google Talk",
    "X-GROUPWISE": "GroupWise",
    "X-GTALK": "Google Talk",
    "X-ICQ": "ICQ",
    "X-JABBER": "Jabber",
    "X-MATRIX": "Matrix",
    "X-MSN": "MSN",
    "X-QQ": "QQ",
    "X-SIP": "SIP",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-TELEGRAM": "Telegram",
    "X-TWITTER": "Twitter",
    "X-WHATSAPP": "WhatsApp",
    "X-YAHOO": "Yahoo",
}
"""What becomes a claim, by what it is called there. What is in no table here becomes one under its own name."""

RELATED = "X-ABRELATEDNAMES"
WORKING_WITH = frozenset({"manager", "assistant"})
"""Of the people whom a card names as related, those who may take part in a decision."""

_FAMILY = ("X-SPOUSE", "X-EVOLUTION-SPOUSE", "X-MS-SPOUSE", "X-KADDRESSBOOK-X-SPOUSENAME", "X-CHILDREN", "X-MS-CHILD")
_DATES = ("X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY", "X-ABDATE")
_STANDARD = ("BDAY", "ANNIVERSARY", "BIRTHPLACE", "DEATHDATE", "DEATHPLACE", "PHOTO", "LOGO", "SOUND", "KEY", "GENDER")
_OTHERS = ("GEO", "TZ", "RELATED", "HOBBY", "INTEREST", "AGENT", "X-GENDER", "X-WAB-GENDER", "X-ANDROID-CUSTOM")
LEFT_OUT = frozenset({*_FAMILY, *_DATES, *_STANDARD, *_OTHERS, "GRAMGENDER", "PRONOUNS", "X-ALTBDAY", "WALLPAPER"})
"""What is personal and decides nothing. It is not even read, and is counted for whoever imports."""

_TECHNICAL = frozenset(
    {"VERSION", "PRODID", "REV", "SOURCE", "NAME", "PROFILE", "CLASS", "MAILER", "SORT-STRING", "MEMBER", "CREATED"}
) | {"XML", "CLIENTPIDMAP", "ORG-DIRECTORY", "CALURI", "CALADRURI", "FBURL", "CAPURI", "JSPROP", "LANGUAGE", "ACCOUNT"}
_TECHNICAL_BEGINNINGS = (
    "X-AB",
    "X-ADDRESSBOOK",
    "X-APPLE-",
    "X-EVOLUTION-BOOK-URI",
    "X-EVOLUTION-DEST-",
    "X-EVOLUTION-E-",
    "X-EVOLUTION-FILE-AS",
    "X-EVOLUTION-LIST-",
    "X-EVOLUTION-VIDEO-URL",
    "X-EVOLUTION-WEBDAV",
    "X-FILE-AS",
    "X-IMAGE",
    "X-LOTUS-",
    "X-MICROSOFT-",
    "X-MOZILLA-",
    "X-MS-",
    "X-PHONETIC-",
    "X-PRODID",
    "X-SHARED-PHOTO-DISPLAY-PREF",
    "X-SYNCEVOLUTION-",
    "VND-63-SENSITIVE-CONTENT-CONFIG",
)
CUSTOM_LABEL = "X-ABLABEL"
"""What the properties of its group are called there."""


def is_technical(name: str) -> bool:
    """Whether a property is what programs tell each other: nobody typed it, and nobody needs to hear of it."""
    if name in DETAILS or name in GROUPS or name in CLAIMS or name in LEFT_OUT or name in (RELATED, CUSTOM_LABEL):
        return False
    return name in _TECHNICAL or name.startswith(_TECHNICAL_BEGINNINGS)
