# SPDX-License-Identifier: Apache-2.0
"""vouch.service and vouch.timer: as systemd reads them, and the command inside what the service may do."""

import re
import shlex
import subprocess

from templates import PERMANENT, STOPS, VOUCH, TemplateTest, read

OPENS = re.compile(r'\bopen(?:at)?\((?:AT_FDCWD, )?"([^"]+)", ([A-Z_|]*O_(?:WRONLY|RDWR|CREAT)[A-Z_|]*)')


def read_settings(text):
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))


def list_system_calls(group):
    """What a group of SystemCallFilter allows, with the groups in it."""
    shown = subprocess.run(["systemd-analyze", "syscall-filter", group], text=True, capture_output=True, check=True)
    names = [line.strip() for line in shown.stdout.splitlines()[1:] if line.strip() and line.strip()[0] != "#"]
    return set().union(*(list_system_calls(name) if name[0] == "@" else {name} for name in names))


class Systemd(TemplateTest):
    def setUp(self):
        super().setUp()
        self.service, self.timer = read("vouch.service"), read("vouch.timer")
        self.settings = read_settings(self.service)

    def verify(self, service, timer):
        """What systemd has to say against them."""
        for name, text in (("vouch.service", service), ("vouch.timer", timer)):
            (self.folder / name).write_text(text, encoding="utf-8")
        done = self.run_here("systemd-analyze", "verify", "--man=no", "vouch.service", "vouch.timer")
        return done.stdout + done.stderr

    def test_systemd_finds_nothing_wrong(self):
        service = self.replace(self.service, "/usr/bin/vouch", VOUCH)
        self.assertEqual(self.verify(service, self.timer), "")
        self.assertIn("Unknown key", self.verify(self.replace(service, "PrivateTmp", "PrivateTemp"), self.timer))
        self.assertIn("Failed to parse", self.verify(service, self.replace(self.timer, "15min", "15mon")))

    def test_timer(self):
        settings = read_settings(self.timer)
        self.assertEqual(settings["Persistent"], "true")
        shown = self.run_here("systemd-analyze", "calendar", "--iterations=2", settings["OnCalendar"]).stdout
        self.assertEqual(len(re.findall(r"\d{4}-\d\d-\d\d 01:30:00", shown)), 2, shown)

    def test_exit_codes(self):
        self.assertEqual(self.settings["Restart"], "on-failure")
        self.assertEqual(self.settings["RestartPreventExitStatus"].split(), list(map(str, PERMANENT)))
        self.assertEqual(self.settings["SuccessExitStatus"].split(), list(map(str, STOPS)))

    def test_exposure(self):
        """systemd's own measure, from 0 to 10: what the service could do to the machine."""
        (self.folder / "vouch.service").write_text(self.service, encoding="utf-8")
        done = self.run_here("systemd-analyze", "security", "--offline=yes", "--threshold=15", "vouch.service")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_command_does_what_the_service_may(self):
        """systemd does not run here: what it would forbid is looked for in what the command does."""
        words = shlex.split(self.settings["ExecStart"])
        self.assertEqual(words[0], "/usr/bin/vouch")
        done = self.run_here("strace", "-f", "-qq", "-o", "trace", VOUCH, *words[1:])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertTrue((self.folder / "outputs" / "small.h5").exists())
        trace = (self.folder / "trace").read_text(errors="replace")
        called = set(re.findall(r"^\d+ +([a-z]\w*)\(", trace, re.MULTILINE))
        self.assertIn("fdatasync", called)
        self.assertEqual(called - list_system_calls(self.settings["SystemCallFilter"]), set())
        self.assertEqual(re.findall(r"PROT_\w*\|?PROT_WRITE\|PROT_EXEC", trace), [])
        self.assertEqual(re.findall(r"socket\(AF_(?!UNIX)\w+", trace), [])
        opened = [(self.folder / path, flags) for path, flags in OPENS.findall(trace)]
        written = {str(path.resolve()) for path, flags in opened if "O_CREAT" in flags or path.exists()}
        self.assertIn(str(self.folder / "outputs" / "small.h5.journal"), written)
        allowed = (str(self.folder / "outputs"), "/dev/null")
        self.assertEqual([path for path in written if not path.startswith(allowed)], [])
