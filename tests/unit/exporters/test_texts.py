from __future__ import annotations

import re

from crmtool.exporters.texts import CATALOGUES, clean, words
from crmtool.progress.outcome import Outcome


def test_each_language_has_the_same_texts_with_the_same_gaps() -> None:
    gaps = {
        language: {key: sorted(re.findall(r"{(\w+)}", text)) for key, text in catalogue.items()}
        for language, catalogue in CATALOGUES.items()
    }
    assert gaps["de"] == gaps["en"]
    assert {f"outcome.{outcome}" for outcome in Outcome} <= gaps["en"].keys()
    assert all(catalogue["language"] == language for language, catalogue in CATALOGUES.items())


def test_an_unknown_language_reads_english() -> None:
    assert words("fr") is words("en")
    assert words("de")["decision"] == "Entscheidung"


def test_a_text_is_told_on_one_line() -> None:
    assert clean(" a\u2028b\n\tc\x1b ") == "a b c\ufffd"
