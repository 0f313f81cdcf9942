"""One catalogue of many parts."""

from __future__ import annotations

from collections.abc import Mapping


def merged(*parts: Mapping[str, str]) -> Mapping[str, str]:
    """Join catalogues; raises ValueError for a key that two of them have."""
    texts: dict[str, str] = {}
    for part in parts:
        if twice := texts.keys() & part.keys():
            raise ValueError(f"two texts for {', '.join(sorted(twice))}")
        texts.update(part)
    return texts
