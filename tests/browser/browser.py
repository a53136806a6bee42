# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium without network, as the tests need it: a page, a size, a colour scheme, blocked scripts."""

import base64
import io
import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy
from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

HERE = Path(__file__).parent
AXE = os.environ.get("VOUCH_AXE", "")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--disable-default-apps", "--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb",
         "--font-render-hinting=none", "about:blank")
SLICE_HEIGHT = 1400  # CSS pixels of one picture, which can be looked at; the browser's limit are 16384 dots
A4_INCHES = (8.27, 11.69)


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="vouch-browser-")
        options = Options()
        options.binary_location = os.environ.get("VOUCH_CHROMIUM", shutil.which("chromium") or "")
        for flag in (*FLAGS, f"--user-data-dir={self.profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        service = Service(os.environ.get("VOUCH_CHROMEDRIVER", shutil.which("chromedriver") or "chromedriver"))
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.set_page_load_timeout(60)
        self.command("Emulation.setScrollbarsHidden", hidden=True)  # pictures are taken without

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def show(self, width, height=900, scheme="light", scale=1, media="screen"):
        """Changes the window; the page stays. Phones are those under 600 pixels."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                     mobile=width < 600)
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])

    def load(self, path, scripts=False):
        """Opens a file from nothing: what was logged before is forgotten."""
        self.driver.get("about:blank")
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.address = Path(path).resolve().as_uri()
        self.driver.get(self.address)

    def list_messages(self):
        """What the console says of the page: errors, warnings, breaches of its own policy."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]

    def list_requests(self):
        """Addresses that the page asked for, beside itself."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [address for address in asked if address != self.address and not address.startswith("data:")]

    def evaluate(self, expression, world=None, **more):
        """The value of JavaScript. It comes in through the debugger: neither blocked scripts nor a page's policy, which
        both bind the page, keep it out."""
        where = {} if world is None else {"contextId": world}
        answer = self.command("Runtime.evaluate", expression=expression, returnByValue=True, **where, **more)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def measure(self, call):
        """Calls a function of measure.js."""
        return self.evaluate(f"(() => {{ {(HERE / 'measure.js').read_text(encoding='utf-8')}; return {call}; }})()")

    def run_axe(self, tags):
        """What axe-core finds. It needs timers, which blocked scripts lack, so scripts are allowed for as long; the
        page was read without them, and axe runs in a world of its own that the page's policy does not bind."""
        self.command("Emulation.setScriptExecutionDisabled", value=False)
        frame = self.command("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self.command("Page.createIsolatedWorld", frameId=frame, worldName="axe")["executionContextId"]
        self.evaluate(Path(AXE).read_text(encoding="utf-8") + "\n;0", world)
        options = json.dumps({"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]})
        picked = "({rule: v.id, help: v.help, where: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary)})"
        found = self.evaluate(f"axe.run(document, {options}).then(r => ({{rules: r.violations.map(v => {picked}), "
                              "passed: r.passes.length}))", world, awaitPromise=True)
        self.command("Emulation.setScriptExecutionDisabled", value=True)
        return found

    def capture(self):
        """The whole page as an array of height x width x 3 bytes, in dots."""
        parts = [numpy.asarray(Image.open(io.BytesIO(part)).convert("RGB")) for part in self.capture_slices()]
        return numpy.concatenate(parts)

    def capture_slices(self):
        """The whole page as PNGs, from the top down."""
        page = self.command("Page.getLayoutMetrics")["cssContentSize"]
        height, width = int(page["height"]), int(page["width"])
        for top in range(0, height, SLICE_HEIGHT):
            clip = {"x": 0, "y": top, "width": width, "height": min(SLICE_HEIGHT, height - top), "scale": 1}
            shot = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
            yield base64.b64decode(shot["data"])

    def print_pdf(self, path, scheme="light"):
        width, height = A4_INCHES
        self.show(1280, scheme=scheme, media="")  # an emulated medium, even screen, would be printed instead of paper
        done = self.command("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=True)
        Path(path).write_bytes(base64.b64decode(done["data"]))
