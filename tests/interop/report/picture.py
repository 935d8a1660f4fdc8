#!/usr/bin/env python3
"""The README's picture of a report. Usage: picture.py REPORT.html PICTURE.png

Needs playwright, pillow and a chromium on the PATH.
"""
import io
import pathlib
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT, SCALE = 1200, 760, 1
COLOURS = 128
MOST_BYTES = 200_000


def shots(report):
    """The overview and the metrics, then the map with an item chosen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", device_scale_factor=SCALE)
        page.goto(pathlib.Path(report).resolve().as_uri())
        page.wait_for_function("charts.length > 0 && charts.every(one => one.instance !== null)")
        page.wait_for_timeout(1000)
        yield page.screenshot(full_page=True)
        browser.close()


def main(report, picture):
    for n, shot in enumerate(shots(report)):
        Image.open(io.BytesIO(shot)).save(f"{picture}.{n}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
