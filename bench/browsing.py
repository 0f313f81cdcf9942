"""How long a page of the site takes in a real Chromium until it answers, and how long the list takes to be narrowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.job import Series, Skipped
from bench.measuring import Sample
from bench.plan import BROWSE
from bench.rounds import tell

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OPENED = ("index", "pipeline", "decisions", "missing", "progress", "contacts")
VIEWPORT: ViewportSize = {"width": 1280, "height": 800}

# What is asked of the browser after `load` waits for its turn: once it is answered, so would a click be.
_ANSWERS = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
_NARROWED = """async text => {
  const field = document.querySelector('.filter input');
  const begun = performance.now();
  const changed = new Promise(done =>
    new MutationObserver(done).observe(document.body, {childList: true, subtree: true, attributes: true}));
  field.value = text;
  field.dispatchEvent(new Event('input', {bubbles: true}));
  await changed;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One thing that a reader does: it gives the milliseconds that this took."""

    name: str
    title: str
    take: Callable[[Page], float]


def browse(public: Path, contacts: int, runs: int) -> tuple[list[Series], list[Skipped]]:
    """Open a built site's larger pages from the disk, each time in a browser that has seen nothing yet."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        return [], [Skipped(name=BROWSE, reason="no Chromium on PATH; scripts/ensure-chromium installs one")]
    tell(f"{contacts} contacts: the pages in a browser")
    looks = _looks(public)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        # The first round warms the disk, and is not counted.
        rounds = [[_alone(browser, look) for look in looks] for _ in range(runs + 1)][1:]
        browser.close()
    samples = zip(*rounds, strict=True)
    return [_series(look, contacts, walls) for look, walls in zip(looks, samples, strict=True)], []


def _looks(public: Path) -> list[Look]:
    return [
        *(
            Look(name=f"open-{name}", title=f"{name}.html until it answers", take=_open(public, name))
            for name in OPENED
        ),
        Look(name="narrow", title="contacts.html, narrowed by a name", take=_narrow(public)),
    ]


def _open(public: Path, name: str) -> Callable[[Page], float]:
    address = (public / f"{name}.html").as_uri()

    def take(page: Page) -> float:
        page.goto(address, wait_until="load")
        taken: float = page.evaluate(_ANSWERS)  # since the navigation was begun
        return taken

    return take


def _narrow(public: Path) -> Callable[[Page], float]:
    opened = _open(public, "contacts")

    def take(page: Page) -> float:
        opened(page)
        taken: float = page.evaluate(_NARROWED, "uwe")
        return taken

    return take


def _alone(browser: Browser, look: Look) -> float:
    context = browser.new_context(viewport=VIEWPORT)
    try:
        return look.take(context.new_page()) / 1000
    finally:
        context.close()


def _series(look: Look, contacts: int, walls: Sequence[float]) -> Series:
    samples = tuple(Sample(wall=wall, cpu=0.0) for wall in walls)
    return Series(name=look.name, title=look.title, contacts=contacts, samples=samples)
