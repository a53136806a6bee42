# SPDX-License-Identifier: Apache-2.0
"""What the tests of tools/schedule share: the templates, and a folder in which their commands are run."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "tools" / "schedule"
SCENARIO = (ROOT / "tests" / "journeys" / "small.toml").read_text(encoding="utf-8")
VOUCH = os.path.abspath(os.environ.get("VOUCH", ROOT / "build" / "vouch"))
PERMANENT = [1, 2, 3, 6]
STOPS = [130, 143]


def read(name):
    return (TEMPLATES / name).read_text(encoding="utf-8")


class TemplateTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="vouch-schedule-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        for name in ("scenarios", "outputs", "bin"):
            (self.folder / name).mkdir()
        (self.folder / "bin" / "vouch").symlink_to(VOUCH)
        (self.folder / "scenarios" / "small.toml").write_text(SCENARIO, encoding="utf-8")

    def replace(self, text, old, new):
        """An edit of a template that finds what it is to change."""
        self.assertIn(old, text)
        return text.replace(old, new)

    def run_here(self, *command, **environment):
        """Runs a command in the folder, as a scheduler does: vouch is on the path, there is no terminal."""
        path = f"{self.folder / 'bin'}:/usr/bin:/bin"
        return subprocess.run(list(map(str, command)), cwd=self.folder, text=True, capture_output=True, timeout=300,
                              stdin=subprocess.DEVNULL, env={"PATH": path, "HOME": str(self.folder)} | environment)
