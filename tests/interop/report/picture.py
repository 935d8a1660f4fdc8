#!/usr/bin/env python3
"""The README's picture of a report: its figures, and the map with an item chosen. Usage: picture.py REPORT.html PICTURE.png

Needs playwright, pillow and a chromium on the PATH.
"""
import io
import pathlib
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, MOST_BYTES = 1200, 200_000
GAP = 16
# room for more on a small picture
TIDY = """() => {
    document.querySelectorAll('#map > p, #map .controls, #map .atlas > div:first-child .soft.small, .exports').forEach(part => part.style.display = 'none');
    document.querySelector('#map .chart').style.minHeight = '26rem';
    charts.forEach(one => one.instance.resize());
}"""


def sections(report):
    """The whole page as an image, and where the sections stand that the picture shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
        page.goto(pathlib.Path(report).resolve().as_uri())
        page.wait_for_function("charts.length > 0 && charts.every(one => one.instance !== null)")
        search = page.get_by_role("combobox", name="Find an item")
        search.fill(page.evaluate("titleOf(data.map.id[3])"))
        search.press("ArrowDown")
        search.press("Enter")
        search.blur()
        page.evaluate(TIDY)
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(2000)  # charts move for a second
        image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        boxes = [page.locator(name).bounding_box() for name in ("#main > section >> nth=0", "#map")]
        browser.close()
    boxes[0]["height"] += boxes[0]["y"]
    boxes[0]["y"] = 0
    return image, [(round(box["y"]), round(box["y"] + box["height"])) for box in boxes]


def stacked(image, spans):
    picture = Image.new("RGB", (WIDTH, sum(end - start + GAP for start, end in spans)), image.getpixel((2, spans[1][0])))
    at = 0
    for start, end in spans:
        picture.paste(image.crop((0, start, WIDTH, end)), (0, at))
        at += end - start + GAP
    return picture


def main(report, picture):
    image = stacked(*sections(report))
    image.quantize(colors=256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)
    size = pathlib.Path(picture).stat().st_size
    assert size <= MOST_BYTES, f"{picture} has {size:,} bytes"
    print(f"{picture}: {image.width} x {image.height}, {size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
