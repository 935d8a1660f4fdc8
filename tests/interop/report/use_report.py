#!/usr/bin/env python3
"""Uses report.html as a person would, in Chromium without a network.

Usage: use_report.py DIRECTORY NAME...     opens DIRECTORY/NAME/report.html; screenshots go to DIRECTORY. The run named
"failed" has to have failed; "comparison" is the page of run-8 and run-16.
Needs playwright, axe-playwright-python and a chromium on the PATH.
"""
import csv
import json
import pathlib
import re
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, sync_playwright

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


def the_heading_names_data_and_versions(page, run):
    heading, line = page.locator("h1").inner_text(), page.locator(".made").inner_text()
    assert pathlib.PurePath(run["input"]["path"]).name in heading and run["runId"] not in heading, heading
    assert f"item2vec-spark {run['version']}" in line and f"Spark {run['spark']}" in line and f"Java {run['java']}" in line, line


def durations_have_no_empty_unit(page):
    said = page.evaluate("[604800, 3600, 3599.8, 7199, 90000, 179.7, 125, 9.5, 45].map(seconds)")
    assert said == ["7 days", "1 h", "1 h", "2 h", "1 day 1 h", "3 min", "2 min 5 s", "9.50 s", "45.0 s"], said


def decimals_line_up(page):
    """In each column of figures: as many decimals and the same unit in all cells."""
    columns = page.evaluate("""() => [...document.querySelectorAll('table')].flatMap(table => [...table.querySelectorAll('thead th')].flatMap((head, at) =>
        head.className !== 'number' ? [] : [[table.caption.textContent + ': ' + head.textContent, [...table.tBodies[0].rows].map(row => row.cells[at].textContent)]]))""")
    assert columns
    for name, cells in columns:
        found = [re.fullmatch(r"[<+−-]? ?[\d,]+(\.\d+)?(e[+-]\d+)?( ?\D*)?", cell) for cell in cells]
        shapes = {(len(f[1] or ""), f[3]) for f in found if f}
        assert len(shapes) <= 1, (name, cells)


def names_stand_at_their_bars(page):
    """The layouts' names at the height of the bars' labels, each of which says a size."""
    rows = page.evaluate("""() => {
        const middle = e => { const r = e.getBoundingClientRect(); return (r.top + r.bottom) / 2; };
        const texts = [...document.querySelectorAll('#redis .chart text')];
        const labels = texts.filter(t => /^[\d.]+ ([kMGT]B|bytes)/.test(t.textContent));
        return data.redis.layouts.map(l => [l.layout, ...texts.filter(t => t.textContent === l.layout).map(t =>
            Math.min(...labels.map(label => Math.abs(middle(label) - middle(t)))))]);
    }""")
    assert rows and all(len(row) == 2 and row[1] < 4 for row in rows), rows


def no_hole_below_a_chart(page):
    """What stands next to one another ends at the same height, as far as charts can."""
    holes = page.evaluate("""() => [...document.querySelectorAll('.two, .three')].flatMap(row => [...row.children].filter(e => e.tagName === 'FIGURE').map(figure => {
        const beside = [...row.children].filter(e => e.offsetTop === figure.offsetTop).map(e => e.getBoundingClientRect().bottom);
        return [figure.innerText.slice(0, 30), Math.max(...beside) - figure.querySelector('.chart').getBoundingClientRect().bottom];
    })).filter(([, hole]) => hole > 40)""")
    assert holes == [], holes


def download(page, button, tries=3):
    """What a button saves. Of a fast series Chromium now and then takes one for the page's own and drops it: then once more."""
    button.focus()
    try:
        with page.expect_download(timeout=15_000) as saved:
            page.keyboard.press("Enter")
        return saved.value
    except TimeoutError:
        if tries == 1:
            raise
        return download(page, button, tries - 1)


def figures_and_pictures_are_saved(page, directory, name):
    """Every chart's two buttons, with the keyboard; the CSV has a row per figure, the PNG is one."""
    figures = page.locator("figure")
    assert figures.count() == page.evaluate("charts.length")
    for at in range(figures.count()):
        figure = figures.nth(at)
        for kind in ["CSV", "PNG"]:
            button = figure.get_by_role("button", name=kind)
            saved = download(page, button)
            path = directory / f"{name}-saved.{kind.lower()}"
            saved.save_as(path)
            assert saved.suggested_filename.endswith(path.suffix) and "/" not in saved.suggested_filename
            if kind == "PNG":
                assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 4000, path.stat().st_size
            else:
                with path.open(newline="") as file:
                    rows = list(csv.reader(file))
                assert len(rows) > 1 and len({len(row) for row in rows}) == 1, rows[:5]
                assert not any(cell in ("NaN", "undefined", "[object Object]") for row in rows for cell in row), rows[:5]


def metrics_by_choice(page, run):
    ks = sorted({int(name.split("@")[1]) for name in run["metrics"]})
    metric = page.get_by_role("combobox", name="Metric")
    assert metric.input_value() == "ndcg"
    if len(ks) > 1:
        metric.select_option("map")
        assert "falls with k, however good the list" in page.locator("#metrics").inner_text()
    metric.select_option("ndcg")
    if len(ks) > 1:
        page.get_by_role("combobox", name="Cut-off k").select_option(str(ks[-1]))
    table = page.locator("#metrics table").first
    assert f"k = {ks[-1]}" in table.inner_text()
    low, high = run["comparison"]["model"]["intervals"][f"ndcg@{ks[-1]}"]
    ours = run["metrics"][f"ndcg@{ks[-1]}"]
    cells = table.locator("tr", has_text=f"ndcg@{ks[-1]}").locator("td").all_inner_texts()
    assert cells[0] == f"{ours:.4f}" and f"{low:.4f} – {high:.4f}" in cells[1:3], cells
    if run["baselines"].get("popularity"):
        theirs = run["baselines"]["popularity"][f"ndcg@{ks[-1]}"]
        assert abs(float(cells[1]) - ours / theirs) < 0.006, cells
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


def the_section_of_the_field_is_marked(page):
    """While a person types, whatever else the page shows; the list of hits does not move the page."""
    search = page.get_by_role("combobox", name="Find an item")
    search.focus()
    page.evaluate("document.getElementById('item-search').scrollIntoView({block: 'end'})")
    page.wait_for_function("document.querySelector('#contents [aria-current]').hash === '#map'")
    at = page.evaluate("scrollY")
    search.press_sequentially("a")
    for _ in range(20):
        search.press("ArrowDown")
    assert page.evaluate("document.querySelector('#contents [aria-current]').hash") == "#map"
    assert page.evaluate("scrollY") == at
    search.fill("")
    search.press("Escape")


def names_on_the_map(page):
    return page.evaluate("""() => echarts.getInstanceByDom(document.querySelector('#map .chart')).getZr().storage.getDisplayList(true)
        .filter(e => e.type === 'tspan' && e.style.text).map(e => {
            const box = e.getBoundingRect().clone();
            if (e.transform) box.applyTransform(e.transform);
            return {text: e.style.text, left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height};
        })""")


def the_names_are_apart(page, names):
    width, height = page.evaluate("[document.querySelector('#map .chart').clientWidth, document.querySelector('#map .chart').clientHeight]")
    assert 3 <= len(names) <= 16, names
    for i, a in enumerate(names):
        assert a["left"] >= 0 and a["right"] <= width and a["top"] >= -2 and a["bottom"] <= height + 2, a
        for b in names[:i]:
            assert a["right"] < b["left"] or b["right"] < a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"], (a, b)


def the_popular_items_bear_their_names(page):
    """At each zoom some names, inside, none on another; zoomed by keyboard others than before."""
    seen = []
    for button in ["Zoom in", "Zoom in", "Zoom in", "Zoom out", "Whole map"]:
        names = names_on_the_map(page)
        the_names_are_apart(page, names)
        seen.append({n["text"] for n in names})
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
    assert seen[0] != seen[1] != seen[2]
    assert {n["text"] for n in names_on_the_map(page)} == seen[0]


def colours_are_chosen_and_set_off(page):
    groups = page.locator(".groups button")
    assert 2 <= groups.count() <= 8
    groups.nth(1).click()
    assert groups.nth(1).get_attribute("aria-pressed") == "true"
    faint = page.evaluate("echarts.getInstanceByDom(document.querySelector('#map .chart')).getOption().series[0].data.filter(d => d.itemStyle.opacity < .5).length")
    size = int(re.sub(r"\D", "", groups.nth(1).locator(".soft").inner_text()))
    assert faint == page.evaluate("data.map.id.length") - size
    groups.nth(1).click()
    for way in page.get_by_role("combobox", name="Colour by").locator("option").all_inner_texts():
        page.get_by_role("combobox", name="Colour by").select_option(way)
        assert "by chance" in page.locator("#map").inner_text() or way == "number of ratings"
    page.get_by_role("combobox", name="Colour by").select_option(index=0)


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


def the_comparison_says_what_both_runs_say(page, directory, _):
    """The means of the two run.json, their difference, the setting that differs, the two outputs."""
    first, second = (json.loads((directory / name / "run.json").read_text()) for name in ("run-8", "run-16"))
    text = page.inner_text("main")
    for name in ["ndcg@10", "map@10", "hitrate@10"]:
        cells = page.locator("#metrics table").first.locator("tr", has=page.get_by_text(name, exact=True)).locator("td").all_inner_texts()
        ours, theirs = first["metrics"][name], second["metrics"][name]
        assert cells[:2] == [f"{ours:.4f}", f"{theirs:.4f}"], (name, cells)
        assert abs(float(cells[2].replace("−", "-")) - (theirs - ours)) < 1e-4, (name, cells)
    row = page.locator("#runs table").last.locator("tr", has_text="training.vector-size").locator("td").all_inner_texts()
    assert row == ["8", "16"], row
    assert str(directory / "run-8") in text and str(directory / "run-16") in text


EVIL = "\x1b[31m<img src=x onerror=document.title='hit'>\"'&,=1"


def use_hostile(browser, directory, name):
    """Ids, titles and groups that are names of an object's machinery, markup, escapes and formulas."""
    before, rest = (directory / name / "report.html").read_text().split('<script type="application/json" id="data">', 1)
    text, after = rest.split("</script>", 1)
    told = json.loads(text)
    points = told["map"]
    points["id"][:4] = ["constructor", "__proto__", "toString", "evil"]
    told["titles"] = {"evil": EVIL, points["id"][4]: "=cmd|'/c calc'!A1", points["id"][5]: "-5"}
    points["group"] = [["constructor", "__proto__", EVIL, ""][i % 4] for i in range(len(points["id"]))]
    for user in told["users"]:
        user["list"] = ["constructor", "evil", *user["list"]][:10]
    path = directory / name / "hostile.html"
    path.write_text(before + '<script type="application/json" id="data">' + json.dumps(told).replace("<", "\\u003c") + "</script>" + after)
    with Page(browser, path, 1280, "light") as page:
        assert page.title() != "hit" and page.locator("img").count() == 0
        assert page.locator(".groups button").all_inner_texts()[0].startswith("constructor")
        the_popular_items_bear_their_names(page)
        search = page.get_by_role("combobox", name="Find an item")
        for wanted in ["constructor", "__proto__", "tostring", "img src=x"]:
            search.fill(wanted)
            search.press("Enter")
            assert wanted in page.locator(".item h3").inner_text().lower()
        download(page, page.locator("#map figure").get_by_role("button", name="CSV")).save_as(directory / "hostile.csv")
        with (directory / "hostile.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["id"] for row in rows] == points["id"]
        assert rows[0]["group"] == "constructor" and rows[3]["title"] == EVIL.replace("\x1b", "\\u001b")
        assert rows[4]["title"] == "'=cmd|'/c calc'!A1" and rows[5]["title"] == "-5"
        assert page.title() != "hit"
        assert page.evaluate("Object.keys(Object.prototype)") == [], "a name has reached into every object"
        rules_hold(page, "hostile")
    print(f"{name}: strange names are harmless")


def use(browser, directory, name, reads, on_the_phone):
    """The page in each shape and colour; reads and on_the_phone look at what only this kind of page has."""
    path = directory / name / "report.html"
    assert path.stat().st_size <= MOST_BYTES, f"{path.stat().st_size} bytes"
    with Page(browser, path, 1280, "light") as page:
        page.screenshot(path=directory / f"{name}-light.png", full_page=True)
        charts_say_what_they_show(page)
        rules_hold(page, f"{name}, light")
        decimals_line_up(page)
        no_hole_below_a_chart(page)
        reads(page, directory, name)
        tables_open(page)
    with Page(browser, path, 1280, "light") as page:
        figures_and_pictures_are_saved(page, directory, name)
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
        on_the_phone(page, directory, name)
    print(f"{name}: {path.stat().st_size:,} bytes, used in {browser.browser_type.name} {browser.version} without a request; "
          f"see {directory}/{name}-*.png")


def read_run(page, directory, name):
    run = json.loads((directory / name / "run.json").read_text())
    the_figures_are_those_of_run_json(page, run)
    the_heading_names_data_and_versions(page, run)
    durations_have_no_empty_unit(page)
    metrics_by_choice(page, run)
    decimals_line_up(page)
    if page.locator("#redis").count() > 0:
        names_stand_at_their_bars(page)
    if page.locator("#map").count() > 0:
        the_popular_items_bear_their_names(page)
        colours_are_chosen_and_set_off(page)
        the_section_of_the_field_is_marked(page)
        an_item_is_found_and_followed(page)
        points_tell_their_titles(page)
        page.locator("#map").screenshot(path=directory / f"{name}-map.png")
        users_are_gone_through(page)


def find_on_the_phone(page, directory, name):
    if page.locator("#map").count() > 0:
        the_popular_items_bear_their_names(page)
        an_item_is_found_and_followed(page)
        page.locator("#map").screenshot(path=directory / f"{name}-phone-map.png")


def main():
    directory = pathlib.Path(sys.argv[1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in sys.argv[2:]:
            if name == "failed":
                use_failed(browser, directory, name)
            elif name == "comparison":
                use(browser, directory, name, the_comparison_says_what_both_runs_say, lambda *_: None)
            else:
                use(browser, directory, name, read_run, find_on_the_phone)
            if name == "demo":
                use_hostile(browser, directory, name)
        browser.close()


if __name__ == "__main__":
    main()
