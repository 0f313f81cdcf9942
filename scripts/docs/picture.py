"""Take the README's picture: the Focus page of the example workspace, in English, as a browser shows it.

`make picture` runs it. It needs Chromium on the PATH, and the development set.
"""

from __future__ import annotations

import base64
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "images" / "focus.png"
TODAY = "2026-11-23"
WIDTH, HEIGHT, SHARPNESS = 1080, 640, 2
LIMIT = 150_000
# Each pixel as one number.
PIXELS = """
async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const drawing = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    drawing.drawImage(picture, 0, 0);
    const values = drawing.getImageData(0, 0, picture.width, picture.height).data;
    const pixel = (at) => (values[at] * 256 + values[at + 1]) * 256 + values[at + 2];
    return Array.from({length: values.length / 4}, (_, at) => pixel(4 * at));
}
"""


def main() -> None:
    """Build the site of a copy, look at it, and keep what is seen."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.exit("picture: no Chromium on the PATH; scripts/ensure-chromium installs one")
    with tempfile.TemporaryDirectory() as folder:
        page = built(Path(folder)) / "index.html"
        TARGET.parent.mkdir(exist_ok=True)
        take(page, browser)
    if TARGET.stat().st_size > LIMIT:
        sys.exit(f"picture: {TARGET.stat().st_size} bytes are more than {LIMIT}; make it smaller")


def built(root: Path) -> Path:
    """Build the example's site in English, and say where it is."""
    for name in ("contacts", "schemas", "site"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("public"))
    rules = (ROOT / "criteria.yaml").read_text("utf-8").replace("language: de", "language: en")
    (root / "criteria.yaml").write_text(rules, "utf-8")
    command = (sys.executable, "-m", "crmtool", "-C", str(root), "--today", TODAY, "site", "build")
    subprocess.run(command, check=True, cwd=ROOT)
    return root / "site" / "public"


def take(page: Path, browser: str) -> None:
    """Take the picture of a page's top."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        size = ViewportSize(width=WIDTH, height=HEIGHT)
        shown = started.new_page(viewport=size, device_scale_factor=SHARPNESS, color_scheme="light")
        shown.goto(page.as_uri())
        source = "data:image/png;base64," + base64.b64encode(shown.screenshot()).decode()
        pixels = started.new_page().evaluate(PIXELS, source)
        started.close()
    TARGET.write_bytes(png(pixels, WIDTH * SHARPNESS, HEIGHT * SHARPNESS))


def png(pixels: list[int], width: int, height: int) -> bytes:
    """Write a picture of the 128 commonest colours; along the edges of letters the nearest of them does."""
    common = Counter(pixels)
    palette = [colour for colour, _ in common.most_common(128)]
    places = {colour: min(range(len(palette)), key=lambda at: distance(palette[at], colour)) for colour in common}
    rows = (pixels[start : start + width] for start in range(0, width * height, width))
    lines = b"".join(b"\0" + bytes(places[pixel] for pixel in row) for row in rows)
    colours = b"".join(colour.to_bytes(3, "big") for colour in palette)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, chunks))


def distance(one: int, other: int) -> int:
    """Say how far apart two colours are."""
    return sum((a - b) ** 2 for a, b in zip(one.to_bytes(3, "big"), other.to_bytes(3, "big"), strict=True))


def chunk(part: tuple[bytes, bytes]) -> bytes:
    """Write a part of a PNG file."""
    kind, data = part
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
