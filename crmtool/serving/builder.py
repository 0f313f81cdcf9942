"""One build of the site: what is to be shown in, a folder of files out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app.site_trust import Asked, asked
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.places import head_files
from crmtool.serving import engine
from crmtool.serving.sources import Sources
from crmtool.snapshot import Content

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from crmtool.mkdocs_plugin.live import Live


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build gave, besides its files: warnings, and where the site comes from now.

    `live` makes the pages that are no files; None where there are none.
    """

    warnings: tuple[str, ...]
    sources: Sources
    live: Live | None = None


@dataclass(slots=True, kw_only=True)
class Builder:
    """Builds a site by its configuration, read anew each time, to be served at `address`.

    A `day` that is given holds for the reports of every build. What was `allowed` when serving began may change while
    one works on it; it may not become more.
    """

    configuration: Path
    address: str
    day: str | None
    allowed: Asked
    _started: MkDocsConfig | None = field(default=None, init=False)
    _built: Built | None = field(default=None, init=False)

    def sources(self) -> Sources:
        """Read the configuration and tell where the site comes from; raises CrmtoolError."""
        from crmtool.mkdocs_plugin import workspace_of

        with engine.heard(lambda _warning: None):
            config = self._load(None)
            return _sources(config, workspace_of(engine.plugin(config), config))

    def build(self, root: Path, content: Content, output: Path) -> Built:
        """Build a workspace's site into a folder; raises CrmtoolError, and whatever a plugin of the team raises."""
        from mkdocs.commands.build import build

        from crmtool.mkdocs_plugin import Served
        from crmtool.mkdocs_plugin.data_files import WITHOUT_CALENDAR, has_calendars

        warnings: list[str] = [] if has_calendars() else [WITHOUT_CALENDAR]
        with engine.heard(warnings.append):
            config = self._load(output)
            engine.plugin(config).served = Served(root=root, content=content)
            if self._started is None:
                config.plugins.on_startup(command="serve", dirty=False)
                self._started = config
            build(config, serve_url=self.address)
        live = engine.plugin(config).live
        self._built = Built(warnings=tuple(warnings), sources=_sources(config, root), live=live)
        return _told(self._built)

    def update(self, content: Content) -> Built | None:
        """Let the site built last show a workspace of the same day; None where it has to be built anew."""
        before = self._built
        live = before.live.updated(content) if before and before.live else None
        if before is None or live is None:
            return None
        self._built = replace(before, live=live)
        return _told(self._built)

    def close(self) -> None:
        """Tell the team's plugins that this was the last build."""
        if self._started is not None:
            self._started.plugins.on_shutdown()

    def _load(self, output: Path | None) -> MkDocsConfig:
        from mkdocs.config import load_config

        self._refuse_more()
        config = load_config(
            config_file=str(self.configuration),
            site_dir=None if output is None else str(output),
            # Only the address's path counts, for the links of 404.html: the site is served at the top.
            site_url=self.address,
            # A warning is no reason to show nothing while one works.
            strict=False,
        )
        if self.day is not None:
            engine.plugin(config).config["today"] = self.day
        return config

    def _refuse_more(self) -> None:
        wanted = asked(self.configuration, self.allowed.root).texts
        more = [text for text in wanted if text not in self.allowed.texts]
        if more:
            raise CrmtoolError(
                f"{self.configuration.name} would now also {'; '.join(more)}: start the server again to be asked"
            )


def _told(built: Built) -> Built:
    return replace(built, warnings=(*built.warnings, *built.live.warnings)) if built.live else built


def _sources(config: MkDocsConfig, root: Path) -> Sources:
    own_theme = [config.theme.custom_dir] if config.theme.custom_dir else []
    others = tuple(Path(os.path.normpath(path)) for path in (*config.watch, *own_theme))
    configuration, pages = Path(config.config_file_path), Path(config.docs_dir)
    return Sources(root=root, configuration=configuration, pages=pages, others=others, head=_head(root))


def _head(root: Path) -> tuple[Path, ...]:
    try:
        repository = Repository.find(root)
    except (CrmtoolError, OSError):
        return head_files(root / ".git", {})  # where `git init` would make one
    return head_files(repository.top, repository.environment)
