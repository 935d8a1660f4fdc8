#!/usr/bin/env python3
"""Uses report.html in Debian's Firefox, driven by WebDriver BiDi: axe's rules, the keyboard, the map's names, every chart's files.

Usage: use_in_firefox.py DIRECTORY NAME...     opens DIRECTORY/NAME/report.html; screenshots go to DIRECTORY.
Needs websockets, axe-playwright-python (for axe itself) and a firefox-esr on the PATH.
"""
import base64
import csv
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import axe_playwright_python
from websockets.sync.client import connect

from use_report import PHONE, names_on_the_map, the_names_are_apart

PREFERENCES = """
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "%s");
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.download.alwaysOpenPanel", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""
TAB = "\ue004"
ENTER = "\ue007"


class Firefox:
    """One tab; every answer of the browser is waited for."""

    def __init__(self, directory):
        profile = pathlib.Path(directory) / "profile"
        self.saved = pathlib.Path(directory) / "saved"
        profile.mkdir()
        self.saved.mkdir()
        (profile / "user.js").write_text(PREFERENCES % self.saved)
        self.process = subprocess.Popen(
            ["firefox-esr", "--headless", "--remote-debugging-port", "0", "--profile", str(profile)],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        said = next(line for line in self.process.stderr if "BiDi listening on" in line)
        self.socket = connect(re.search(r"ws://\S+", said)[0] + "/session", max_size=None)
        self.ids = itertools.count(1)
        self.requests, self.complaints = [], []
        capabilities = self.call("session.new", capabilities={})["capabilities"]
        self.version = capabilities["browserVersion"]
        self.call("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        # a tab of our own has the keyboard's focus, the first one has not
        self.tab = self.call("browsingContext.create", type="tab", background=False)["context"]

    def call(self, method, **params):
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = json.loads(self.socket.recv(timeout=120))
            if told.get("method") == "network.beforeRequestSent":
                self.requests.append(told["params"]["request"]["url"])
            elif told.get("method") == "log.entryAdded":
                self.complaints.append(told["params"]["text"])
            elif told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]

    def open(self, path, width):
        self.call("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": 900})
        self.call("browsingContext.navigate", context=self.tab, url=path.resolve().as_uri(), wait="complete")
        self.until("charts.length > 0 && charts.every(one => one.instance !== null)")

    def evaluate(self, expression):
        """The value of an expression, or of a function of no arguments, through JSON; promises are waited for."""
        code = f"Promise.resolve((x => typeof x === 'function' ? x() : x)({expression})).then(x => JSON.stringify(x ?? null))"
        told = self.call("script.evaluate", expression=code, target={"context": self.tab}, awaitPromise=True, userActivation=True)
        assert told["type"] == "success", told["exceptionDetails"]
        return json.loads(told["result"]["value"])

    def until(self, condition):
        end = time.monotonic() + 30
        while not self.evaluate(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def press(self, key):
        self.call("input.performActions", context=self.tab, actions=[
            {"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}])

    def picture(self, path):
        told = self.call("browsingContext.captureScreenshot", context=self.tab, origin="document")
        path.write_bytes(base64.b64decode(told["data"]))

    def rules_hold(self, what):
        axe = pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js"
        self.call("script.evaluate", expression=axe.read_text(), target={"context": self.tab}, awaitPromise=False)
        found = self.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))")
        assert found == [], (what, found)

    def close(self):
        self.call("session.end")
        self.process.terminate()
        self.process.wait(30)


def keyboard_reaches_everything(page):
    page.press(TAB)
    assert page.evaluate("document.activeElement.className") == "skip"
    wanted = page.evaluate("""() => {
        window.waiting = new Set([...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')].filter(e => e.checkVisibility()));
        window.waiting.delete(document.activeElement);
        return window.waiting.size;
    }""")
    for _ in range(2 * wanted):
        page.press(TAB)
        seen = page.evaluate("""() => {
            const e = document.activeElement;
            window.waiting.delete(e);
            return [window.waiting.size, e === document.body || getComputedStyle(e).outlineStyle !== 'none', e.outerHTML.slice(0, 80)];
        }""")
        assert seen[1], f"focus is not visible on {seen[2]}"
        if seen[0] == 0:
            return
    raise AssertionError(page.evaluate("[...window.waiting].map(e => e.outerHTML.slice(0, 80))"))


def figures_and_pictures_are_saved(page):
    buttons = page.evaluate("document.querySelectorAll('.exports button').length")
    assert buttons == 2 * page.evaluate("charts.length")
    for at in range(buttons):
        kind = page.evaluate(f"""() => {{
            const button = document.querySelectorAll('.exports button')[{at}];
            button.focus();
            return button.textContent;
        }}""")
        page.press(ENTER)
        end = time.monotonic() + 20
        while not (files := [f for f in page.saved.glob("*." + kind.lower()) if f.stat().st_size > 0]) or any(page.saved.glob("*.part")):
            assert time.monotonic() < end, f"button {at} saves nothing"
            time.sleep(0.05)
        if kind == "PNG":
            assert files[0].read_bytes().startswith(b"\x89PNG")
        else:
            with files[0].open(newline="") as file:
                rows = list(csv.reader(file))
            assert len(rows) > 1 and len({len(row) for row in rows}) == 1
        files[0].unlink()


def use(page, directory, name):
    path = directory / name / "report.html"
    page.requests.clear()
    page.open(path, 1280)
    page.picture(directory / f"{name}-firefox.png")
    page.rules_hold(f"{name}, light")
    figures_and_pictures_are_saved(page)
    page.open(path, 1280)
    keyboard_reaches_everything(page)
    if page.evaluate("document.getElementById('map') !== null"):
        the_names_are_apart(page, names_on_the_map(page))
        page.evaluate("document.querySelector('[aria-label=\"Zoom in\"]').click()")
        the_names_are_apart(page, names_on_the_map(page))
    page.evaluate("document.getElementById('theme').click()")
    page.rules_hold(f"{name}, dark")
    page.picture(directory / f"{name}-firefox-dark.png")
    page.evaluate("document.getElementById('theme').click()")
    page.open(path, PHONE)
    page.rules_hold(f"{name}, phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE, f"{width} pixels wide"
    asked = {url.split("#")[0] for url in page.requests if not url.startswith(("blob:", "data:"))}  # these two hold what they name
    assert asked <= {path.resolve().as_uri()}, f"the page asked for {asked}"
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert page.complaints == [], page.complaints
    print(f"{name}: used in firefox {page.version} without a request; see {directory}/{name}-firefox*.png")


def main():
    directory = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        page = Firefox(place)
        try:
            for name in sys.argv[2:]:
                use(page, directory, name)
        finally:
            page.close()


if __name__ == "__main__":
    main()
