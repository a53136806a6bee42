# SPDX-License-Identifier: Apache-2.0
"""Every example of README.md, in its order, in a tree that looks like a clone which has been built."""

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from journey import ROOT, VOUCH, Journey, quiet_environment
from readme import make_pattern, read_blocks, record_output, split_console

RUN_ELSEWHERE = {"sh", "r"}  # installations by tests/journeys/check_bare_root, R by tests/journeys/check_r


class Readme(Journey):
    def setUp(self):
        super().setUp()
        for name in ("tools", "engine", "tests", "CMakeLists.txt", "CMakePresets.json"):
            (self.folder / name).symlink_to(ROOT / name)
        (self.folder / "build").symlink_to(Path(VOUCH).resolve().parent)
        (self.folder / "outputs").mkdir()
        shutil.copytree(ROOT / "scenarios", self.folder / "scenarios")

    def run_words(self, words):
        return subprocess.run(words, cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=quiet_environment(), timeout=1200)

    def test_every_example(self):
        tried = self.run_words(["build/vouch", "run", "scenarios/when-to-ask.toml", "-o", "outputs/when-to-ask.h5"])
        self.assertEqual(tried.returncode, 0, tried.stderr)
        languages = set()
        for language, text in read_blocks():
            languages.add(language)
            if language == "toml":
                self.write(text.splitlines()[0].removeprefix("# "), text)
            elif language == "console":
                for command, expected in split_console(text):
                    with self.subTest(command):
                        self.check_command(command, expected)
            elif language == "python":
                done = self.run_words([sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", text])
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertTrue(done.stdout)
            else:
                self.assertIn(language, RUN_ELSEWHERE)
        self.assertEqual(languages, {"sh", "toml", "console", "python", "r"})

    def check_command(self, command, expected):
        """What the README shows is stdout; where a command fails, what it says on stderr."""
        done = self.run_words(["bash", "-c", command])
        shown = done.stdout if done.returncode == 0 else done.stderr
        fits = re.search(make_pattern(expected), shown) if "..." in expected else shown == expected
        if "VOUCH_RECORD" in os.environ and not fits:
            record_output(command, shown)
        elif "..." not in expected:
            self.assertEqual(shown, expected, done.stderr)
        else:
            self.assertRegex(shown, make_pattern(expected), f"exit code {done.returncode}\n{done.stderr}")

    def test_documented_files_exist(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
        for target in links + re.findall(r"^\| `([a-z]+/[a-z/]*)` \|", text, re.MULTILINE):
            self.assertTrue((ROOT / target).exists(), target)

    def test_exit_codes_are_those_of_the_engine(self):
        header = (ROOT / "engine" / "core" / "error.hpp").read_text(encoding="utf-8")
        codes = {int(code) for code in re.findall(r"^  \w+ = (\d+),", header, re.MULTILINE)}
        rows = re.findall(r"^\| ([\d, ]+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual({int(code) for row in rows for code in row.split(",")}, codes)


if __name__ == "__main__":
    unittest.main()
