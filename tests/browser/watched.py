"""A browser page that notes whatever goes wrong on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, Page

SEVERAL = 8
"""One contact in so many, where one is like the other."""


class Watched:
    """A browser page with its troubles (console messages, errors, dialogs) and every address that it asks for."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.page: Page = browser.new_context(**options).new_page()
        self.troubles: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.troubles.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.troubles.append(f"failed: {request.url}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.asked.add(request.url))

    def asked_outside(self, site: Path) -> set[str]:
        return {address for address in self.asked if not address.startswith((site.as_uri(), "data:"))}

    def close(self) -> None:
        self.page.context.close()

    def _dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def pages(site: Path, every: int = 1) -> list[Path]:
    """The reports, the team's own pages, and one contact in every few; by default all of them."""
    top = sorted(site.glob("*.html"))
    contacts = sorted((site / "contacts").rglob("*.html"))
    # A 404 page is served at any depth, so its addresses begin at the server's root.
    return [page for page in [*top, *contacts[::every]] if page.name != "404.html"]
