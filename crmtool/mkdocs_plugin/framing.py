"""The frames that a theme puts around contacts' pages: one for each kind of place, made of a page that stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mkdocs.structure.files import InclusionLevel

from crmtool.mkdocs_plugin.frames import Frame, cut
from crmtool.mkdocs_plugin.loop import Loop
from crmtool.mkdocs_plugin.marks import CONTENT, FIRST_PART, TITLE, Marks, new_marks
from crmtool.mkdocs_plugin.places import Place, Places, homes
from crmtool.mkdocs_plugin.site_build import SiteBuild
from crmtool.report.site import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """Gives the frame of any contact's page."""

    build: SiteBuild
    loop: Loop
    places: Places
    _marks: Marks = field(default_factory=new_marks)
    _frames: dict[Place, Frame | None] = field(default_factory=dict)

    def frame(self, page: Page) -> tuple[Frame, Sequence[str]] | None:
        """Give the frame of a page and what belongs between its pieces; None where it cannot be told."""
        place, parts = self.places.of(page.name)
        if place not in self._frames:
            self._frames[place] = self._made(place)
        frame = self._frames[place]
        return None if frame is None else (frame, ("", page.title, *parts))

    def _made(self, place: Place) -> Frame | None:
        name = place.name(self._marks.of(FIRST_PART + at) for at in range(place.unknown))
        page = Page(name=name, title=self._marks.of(TITLE), html=lambda: self._marks.of(CONTENT))
        source = f"{name}.md"
        file = self.build.file(page, source, InclusionLevel.NOT_IN_NAV, self.loop.config)
        try:
            return cut(self.loop.made(file), self._marks)
        finally:
            del self.build.pages[source]


def framing(build: SiteBuild, loop: Loop) -> Framing:
    """Prepare for the frames of a build."""
    places = Places(directory_urls=loop.config.use_directory_urls, homes=homes(file.dest_uri for file in loop.files))
    return Framing(build=build, loop=loop, places=places)
