# SPDX-License-Identifier: Apache-2.0
"""The reports that are looked at: each case is run and its page written once, into the folder of what the tests make."""

import functools
import os
import subprocess
from pathlib import Path

from browser import Browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VOUCH = os.environ.get("VOUCH", str(ROOT / "build" / "vouch"))
FOLDER = Path(os.environ.get("VOUCH_BROWSER_FOLDER", ROOT / "build" / "browser"))

# A scenario and what else `vouch run` is told.
CASES = {
    "flagship": (ROOT / "scenarios" / "when-to-ask.toml", "--replications", "20"),
    "sweep": (ROOT / "scenarios" / "when-does-waiting-pay.toml", "--replications", "6"),
    "one": (HERE / "cases" / "one.toml",),
    "nothing": (HERE / "cases" / "nothing.toml",),
    "twelve": (HERE / "cases" / "twelve.toml",),
    "names": (HERE / "cases" / "names.toml",),
    "huge": (HERE / "cases" / "twelve.toml", "--set", "experiment.metric=net_value",
             "--set", "segments.smb.contract_value=1e11"),
    "tiny": (HERE / "cases" / "one.toml", "--set", "experiment.metric=net_value", "--set", "money.margin=1e-7",
             "--set", "money.cost_per_minute=1e-7"),
}


def call(*arguments):
    done = subprocess.run([VOUCH, *map(str, arguments)], cwd=FOLDER, text=True, capture_output=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"vouch {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")


@functools.cache
def make_results(case):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{case}.h5"
    path.unlink(missing_ok=True)
    scenario, *more = CASES[case]
    call("run", scenario, "-o", path, "--quiet", "--allow-outside", *more)  # cases extend the assumptions
    return path


@functools.cache
def make_report(case, *options):
    """The page of a case, made anew once in a run of the tests."""
    path = FOLDER / f"{case}{''.join(options).replace('--', '-')}.html"
    path.unlink(missing_ok=True)
    call("report", make_results(case), "-o", path, *options)
    return path


@functools.cache
def open_browser():
    """The one browser of all tests; unittest's module clean-up cannot be shared, so it ends with the process."""
    import atexit
    browser = Browser()
    atexit.register(browser.close)
    return browser
