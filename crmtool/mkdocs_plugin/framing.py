"""The frames that a theme puts around contacts' pages: one for each kind of place, made of a page that stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crmtool.mkdocs_plugin.frames import PageFrame, cut, encode
from crmtool.mkdocs_plugin.loop import Loop
from crmtool.mkdocs_plugin.marks import CONTENT, FIRST_PART, TITLE, Marks, new_marks
from crmtool.mkdocs_plugin.places import Place, Places, homes
from crmtool.mkdocs_plugin.site_build import SiteBuild
from crmtool.report.site import Page

_PLAIN = "adaexample"
"""What no contact is likely to be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """Gives the frame of any contact's page."""

    build: SiteBuild
    loop: Loop
    places: Places
    _marks: Marks = field(default_factory=new_marks)
    _frames: dict[Place, PageFrame | None] = field(default_factory=dict)

    def frame(self, page: Page) -> tuple[PageFrame, Sequence[str]] | None:
        """Give the frame of a page and what belongs between its pieces; None where it cannot be told."""
        place, parts = self.places.of(page.name)
        values = ("", page.title, *parts)
        if place not in self._frames:
            frame = self._made(place)
            self._frames[place] = frame if frame and self._is_true(frame, place, page) else None
        known = self._frames[place]
        return None if known is None else (known, values)

    def _is_true(self, frame: PageFrame, place: Place, page: Page) -> bool:
        """Whether a page in a frame is the one that MkDocs makes.

        It is not where a theme counts or cuts what is marked. Its title and path hold nothing to escape: a frame
        escapes that even where a theme does not.
        """
        parts = [_PLAIN] * place.unknown
        sample = replace(page, name=place.name(parts), title=_PLAIN)
        before, after = frame.around(("", _PLAIN, *parts))
        return before + encode(sample.html()) + after == encode(self._by_mkdocs(sample))

    def _made(self, place: Place) -> PageFrame | None:
        name = place.name(self._marks.of(FIRST_PART + at) for at in range(place.unknown))
        page = Page(name=name, title=self._marks.of(TITLE), html=lambda: self._marks.of(CONTENT))
        try:
            return cut(self._by_mkdocs(page), self._marks)
        except Exception:  # a theme that stumbles over what no contact is called
            return None

    def _by_mkdocs(self, page: Page) -> str:
        with self.build.lent(f"{page.name}.md", page, self.loop.config) as file:
            return self.loop.made(file)


def framing(build: SiteBuild, loop: Loop) -> Framing:
    """Prepare for the frames of a build."""
    places = Places(directory_urls=loop.config.use_directory_urls, homes=homes(file.dest_uri for file in loop.files))
    return Framing(build=build, loop=loop, places=places)
