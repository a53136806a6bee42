# SPDX-License-Identifier: Apache-2.0
"""What the journeys share: a folder of their own, the program, and a small scenario to run."""

import os
import resource
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOUCH = os.environ.get("VOUCH", str(ROOT / "build" / "vouch"))
SMALL = (Path(__file__).parent / "small.toml").read_text(encoding="utf-8")

IS_SANITIZED = b"__asan_init" in Path(VOUCH).read_bytes()


def quiet_environment(**more):
    """The environment without what would change the program's words."""
    dropped = ("NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


def limit_file_size():
    """For a process that is about to start: stands for a full disk, which leaves the journal of a run behind."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


class Journey(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="vouch-journey-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("small.toml", SMALL)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def vouch(self, *arguments, **environment):
        """Runs `vouch ARGUMENTS` in the folder, with nothing on the terminal."""
        return subprocess.run([VOUCH, *map(str, arguments)], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, env=quiet_environment(**environment), timeout=600)

    def succeed(self, *arguments, **environment):
        done = self.vouch(*arguments, **environment)
        self.assertEqual(done.returncode, 0, f"vouch {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return done

    def fail_with(self, code, message, *arguments, **environment):
        """Requires the exit code, and exactly this on stderr, with nothing on stdout."""
        done = self.vouch(*arguments, **environment)
        self.assertEqual((done.stderr.strip(), done.returncode, done.stdout), (message.strip(), code, ""))
        return done

    def read(self, name):
        return (self.folder / name).read_bytes()

    def list_files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())
