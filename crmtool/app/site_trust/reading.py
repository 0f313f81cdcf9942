"""Read a configuration of MkDocs as its loader would, without making what its tags name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crmtool.app.site_trust.plain_yaml import Tagged, read_plain
from crmtool.errors import CrmtoolError
from crmtool.text import one_line, visible

_MOST_BYTES = 1 << 20
_MOST_PARENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One file: its values, and every tag in it that YAML itself does not know, wherever it stands."""

    path: Path
    data: bytes
    values: Mapping[Any, Any]
    tags: tuple[Tagged, ...]


def read_chain(path: Path) -> Iterator[Configuration]:
    """Read a configuration and those that it inherits from; raises CrmtoolError."""
    for _ in range(_MOST_PARENTS):
        configuration = _read(path)
        yield configuration
        parent = configuration.values.get("INHERIT")
        if parent is None:
            return
        if not isinstance(parent, str):
            raise CrmtoolError(f"{visible(str(path))}: INHERIT must name a file")
        path = Path(os.path.normpath(path.parent / parent))
    raise CrmtoolError(f"{visible(str(path))} inherits from more than {_MOST_PARENTS} others, or from itself")


def _read(path: Path) -> Configuration:
    named = visible(str(path))
    try:
        if not path.is_file():
            raise CrmtoolError(f"{named} is no file")
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CrmtoolError(f"{named} cannot be read: {error.strerror}") from None
    if len(data) > _MOST_BYTES:
        raise CrmtoolError(f"{named} is larger than 1 MiB")
    try:
        tags, values = read_plain(data)
    except RecursionError:
        raise CrmtoolError(f"{named} is nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        raise CrmtoolError(f"{named}: {visible(one_line(str(error)))}") from None
    if not isinstance(values, dict):
        raise CrmtoolError(f"{named} holds no settings; it must be a mapping, such as `site_name: …`")
    return Configuration(path=path, data=data, values=values, tags=tags)
