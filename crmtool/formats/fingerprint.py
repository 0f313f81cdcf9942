"""Fingerprints of findings: by them a server knows tomorrow, and in another branch, that a finding is the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from crmtool.finding import Finding

# What a message says that changes by itself, or with other contacts, while what is to be mended stays the same. Other
# numbers and dates stay: they tell one answer or decision from another.
_CHANGING = re.compile(
    r", \d+ days? ago$"  # next-step-overdue
    r"|; today is [-\d]+$"  # date-in-future
    r"|^\d+(?= contacts are in )|\d+(?= more than its limit of )"  # limit-exceeded
    r"|(?<= rests on does not hold: ).*"  # status-no-longer-holds
    r"|(?<= is still used by ).*"  # definition-removed
)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Give each finding a fingerprint of its own, 32 hexadecimal digits.

    It is made of code, path (which names the contact, too) and message. Lines do not count, nor what else was found;
    findings that are the same in all of it are numbered.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in findings:
        key = finding.code, finding.location.path, _CHANGING.sub("", finding.message)
        made.append(_hashed(*key, str(seen[key])))
        seen[key] += 1
    return made


def _hashed(*parts: str) -> str:
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
