#!/usr/bin/env python3
"""Uses report.html as a person would, in Chromium without a network.

Usage: use_report.py DIRECTORY NAME...     opens DIRECTORY/NAME/report.html; screenshots go to DIRECTORY. The run named
"failed" has to have failed.
Needs playwright, axe-playwright-python and a chromium on the PATH.
"""
import json
import pathlib
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

MOST_BYTES = 3_000_000
PHONE = 390


class Page:
    """An opened report; closing it fails when the page asked for anything or complained."""

    def __init__(self, browser, path, width, scheme):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, has_touch=width == PHONE)
        self.page = self.context.new_page()
        self.url = path.resolve().as_uri()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(self.url)
        self.page.wait_for_function("charts.length > 0 && charts.every(one => one.instance !== null)")

    def __enter__(self):
        return self.page

    def __exit__(self, kind, error, trace):
        requests = [url.split("#")[0] for url in self.requests]
        self.context.close()
        if kind is None:
            assert set(requests) == {self.url}, f"the page asked for {requests}"
            assert self.complaints == [], self.complaints


def theme_follows_the_system_and_the_button(page, scheme):
    colour = "getComputedStyle(document.body).backgroundColor"
    ink = "echarts.getInstanceByDom(document.querySelector('.chart')).getOption().textStyle.color"
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    before = page.evaluate(colour), page.evaluate(ink)
    button = page.get_by_role("button", name="colours")
    button.click()
    assert page.evaluate("document.documentElement.dataset.theme") != scheme
    after = page.evaluate(colour), page.evaluate(ink)
    assert before[0] != after[0] and before[1] != after[1], (before, after)
    page.reload()
    assert page.evaluate(colour) == after[0], "the choice is not kept"
    button.click()


def keyboard_reaches_everything(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
            const e = document.activeElement, s = getComputedStyle(e);
            return [e === document.body, e.id || e.textContent.slice(0, 30), s.outlineStyle !== 'none', e.tagName];
        }""")
        if state[0]:
            break
        assert state[2], f"focus is not visible on {state}"
        reached.append(state[3])
    focusable = page.evaluate("[...document.querySelectorAll('a[href], button, select, input, summary, [tabindex=\"0\"]')]"
                              ".filter(e => e.checkVisibility()).length")
    assert len(reached) == focusable - 1, (len(reached), focusable)  # all but the skip link


def the_figures_are_those_of_run_json(page, run):
    text = page.inner_text("main")
    shown = [f"{run['metrics']['map@10']:.4f}", f"{run['metrics']['hitrate@10']:.4f}", f"{run['input']['kept']:,}", run["runId"]]
    for figure in shown:
        assert figure in text, f"{figure} is not on the page"
    assert run["split"]["leak"] in text
    for name in run.get("baselines", {}):
        assert name in text


def metrics_by_choice(page, run):
    ks = sorted({int(name.split("@")[1]) for name in run["metrics"]})
    page.get_by_role("combobox", name="Metric").select_option("ndcg")
    if len(ks) > 1:
        page.get_by_role("combobox", name="Cut-off k").select_option(str(ks[-1]))
    table = page.locator("#metrics table").first
    assert f"k = {ks[-1]}" in table.inner_text()
    low, high = run["comparison"]["model"]["intervals"][f"ndcg@{ks[-1]}"]
    assert f"{run['metrics'][f'ndcg@{ks[-1]}']:.4f} {low:.4f} – {high:.4f}" in table.inner_text()
    assert f"{run['metrics'][f'ndcg@{ks[-1]}']:.4f}" in page.locator("#metrics .chart").first.get_attribute("aria-label")


def an_item_is_found_and_followed(page):
    titles = page.evaluate("data.map.id.map(titleOf)")
    wanted = 7
    search = page.get_by_role("combobox", name="Find an item")
    search.click()
    search.press_sequentially(titles[wanted][:12].lower())
    options = page.locator("#item-hits li")
    assert options.count() > 0 and search.get_attribute("aria-expanded") == "true"
    search.press("ArrowDown")
    active = page.locator("#item-hits li[aria-selected=true]")
    assert active.count() == 1 and search.get_attribute("aria-activedescendant") == active.get_attribute("id")
    chosen = active.inner_text()
    search.press("Enter")
    heading = page.locator(".item h3")
    assert heading.inner_text() == chosen and not options.first.is_visible()
    search.fill("no such item at all")
    assert "nothing found" in page.locator("#item-hits").inner_text()
    search.press("Escape")
    neighbour = page.locator(".item ol button").first
    name = neighbour.inner_text()
    neighbour.click()
    assert heading.inner_text() == name
    page.get_by_role("button", name="Show all").click()
    assert heading.inner_text() == "No item chosen"


def points_tell_their_titles(page):
    """Moves the mouse to a point that nothing covers, reads the tooltip, clicks."""
    page.locator("#map .chart").scroll_into_view_if_needed()
    target = page.evaluate("""() => {
        const box = document.querySelector('#map .chart'), chart = echarts.getInstanceByDom(box);
        const at = data.map.id.map((_, i) => chart.convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, [data.map.x[i], data.map.y[i]]));
        const gap = i => Math.min(...at.map((p, j) => j === i ? Infinity : Math.hypot(p[0] - at[i][0], p[1] - at[i][1])));
        const lone = at.map((_, i) => i).reduce((a, b) => gap(b) > gap(a) ? b : a);
        const frame = box.getBoundingClientRect();
        return {title: titleOf(data.map.id[lone]), x: frame.left + at[lone][0], y: frame.top + at[lone][1]};
    }""")
    page.mouse.move(target["x"] - 40, target["y"])
    page.mouse.move(target["x"], target["y"], steps=5)
    page.locator("#map .chart > div", has_text=target["title"]).first.wait_for(state="visible", timeout=5000)
    page.mouse.click(target["x"], target["y"])
    assert page.locator(".item h3").inner_text() == target["title"]
    page.mouse.move(0, 0)


def users_are_gone_through(page):
    select = page.locator("#users select")
    before = page.locator("#users .lists").inner_text()
    page.get_by_role("button", name="Next").click()
    assert select.input_value() == "1" and page.locator("#users .lists").inner_text() != before
    page.get_by_role("button", name="Previous").click()
    page.get_by_role("button", name="Previous").click()
    assert select.input_value() == str(select.locator("option").count() - 1)
    select.select_option("0")
    assert page.locator("#users .lists").inner_text() == before


def tables_open(page):
    for summary in page.locator("summary").all():
        summary.click()
        assert summary.locator("xpath=..").locator("table").is_visible()
        summary.click()


def charts_say_what_they_show(page):
    labels = page.evaluate("[...document.querySelectorAll('[role=img]')].map(e => e.getAttribute('aria-label'))")
    assert labels and all(label and "undefined" not in label and "NaN" not in label for label in labels), labels
    assert "undefined" not in page.inner_text("body") and "NaN" not in page.inner_text("body")


def rules_hold(page, what):
    violations = Axe().run(page).response["violations"]
    assert violations == [], what + ": " + json.dumps(
        [[v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]]] for v in violations], indent=1)


def nothing_is_wider_than_the_phone(page):
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE, f"{width} pixels wide"
    wide = page.evaluate(f"""[...document.querySelectorAll('main *')]
        .filter(e => e.checkVisibility() && !e.closest('.scroll') && !e.closest('.chart') && e.getBoundingClientRect().right > {PHONE} + 1)
        .map(e => e.outerHTML.slice(0, 80))""")
    assert wide == [], wide


def use_failed(browser, directory, name):
    """A run that failed says why, on the page as in run.json."""
    error = json.loads((directory / name / "run.json").read_text())["error"]
    with Page(browser, directory / name / "report.html", PHONE, "light") as page:
        assert page.get_by_role("alert").inner_text().split() == error.split()
        assert page.get_by_text("FAILED", exact=True).first.is_visible()
        nothing_is_wider_than_the_phone(page)
        rules_hold(page, name)
    print(f"{name}: tells the error")


def use(browser, directory, name):
    path = directory / name / "report.html"
    run = json.loads((directory / name / "run.json").read_text())
    assert path.stat().st_size <= MOST_BYTES, f"{path.stat().st_size} bytes"
    with Page(browser, path, 1280, "light") as page:
        page.screenshot(path=directory / f"{name}-light.png", full_page=True)
        the_figures_are_those_of_run_json(page, run)
        charts_say_what_they_show(page)
        rules_hold(page, f"{name}, light")
        metrics_by_choice(page, run)
        tables_open(page)
        if page.locator("#map").count() > 0:
            an_item_is_found_and_followed(page)
            points_tell_their_titles(page)
            page.locator("#map").screenshot(path=directory / f"{name}-map.png")
            users_are_gone_through(page)
    with Page(browser, path, 1280, "light") as page:
        keyboard_reaches_everything(page)
    with Page(browser, path, 1280, "light") as page:
        theme_follows_the_system_and_the_button(page, "light")
    with Page(browser, path, 1280, "dark") as page:
        page.screenshot(path=directory / f"{name}-dark.png", full_page=True)
        rules_hold(page, f"{name}, dark")
    with Page(browser, path, PHONE, "light") as page:
        page.screenshot(path=directory / f"{name}-phone.png", full_page=True)
        nothing_is_wider_than_the_phone(page)
        rules_hold(page, f"{name}, phone")
        if page.locator("#map").count() > 0:
            an_item_is_found_and_followed(page)
    print(f"{name}: {path.stat().st_size:,} bytes, used in {browser.browser_type.name} {browser.version} without a request; "
          f"see {directory}/{name}-*.png")


def main():
    directory = pathlib.Path(sys.argv[1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in sys.argv[2:]:
            (use_failed if name == "failed" else use)(browser, directory, name)
        browser.close()


if __name__ == "__main__":
    main()
