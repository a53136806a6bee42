# SPDX-License-Identifier: Apache-2.0
"""vouch.cron: as cron reads it, and what its command does."""

import fcntl
import os
import re

from templates import TemplateTest, read


class Cron(TemplateTest):
    def setUp(self):
        super().setUp()
        self.line = read("vouch.cron").splitlines()[-1]

    def run_line(self):
        """Runs the command as cron does; what it prints is what cron would mail."""
        self.assertNotIn("%", self.line)  # cron would make a line end of it
        command = re.fullmatch(r"(?:\S+ ){5}(.*)", self.line).group(1)
        return self.run_here("/bin/sh", "-c", self.replace(command, "/var/lib/vouch", str(self.folder)))

    def test_cron_reads_it(self):
        for text, code in ((read("vouch.cron"), 0), (self.replace(read("vouch.cron"), "30 1 *", "30 25 *"), 1)):
            path = self.folder / "table"
            path.write_text(text, encoding="utf-8")
            done = self.run_here("crontab", "-n", path)
            self.assertEqual(done.returncode, code, done.stderr)

    def test_nothing_to_mail_when_all_is_well(self):
        for _ in range(2):
            done = self.run_line()
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertIn("small", (self.folder / "outputs" / "last-night.txt").read_text(encoding="utf-8"))

    def test_a_mail_when_something_is_wrong(self):
        (self.folder / "scenarios" / "wrong.toml").write_text("title = 3\n", encoding="utf-8")
        done = self.run_line()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("wrong.toml", done.stderr)
        self.assertTrue((self.folder / "outputs" / "small.h5").exists())

    def test_a_night_that_lasts_is_left_alone(self):
        held = os.open(self.folder / "outputs", os.O_RDONLY)
        self.addCleanup(os.close, held)
        fcntl.flock(held, fcntl.LOCK_EX)
        done = self.run_line()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(list((self.folder / "outputs").iterdir()), [])
