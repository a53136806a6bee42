# SPDX-License-Identifier: Apache-2.0
"""`vouch show`, `keys`, help and completion."""

import json
import subprocess
import unittest

from journey import ROOT, VOUCH, Journey

COMMANDS = ("run", "compare", "check", "show", "keys", "inspect")


def list_scenarios():
    folder = ROOT / "scenarios"
    return sorted([*folder.glob("*.toml"), *folder.glob("published/*.toml")])


class Show(Journey):
    def test_what_is_shown_reads_back_the_same(self):
        scenarios = list_scenarios() + [self.folder / "small.toml"]
        for scenario in scenarios:
            with self.subTest(scenario.name):
                first = self.succeed("show", scenario).stdout
                self.write("shown.toml", first)
                again = self.succeed("show", "shown.toml", "--json").stdout
                self.assertEqual(strip(json.loads(self.succeed("show", scenario, "--json").stdout)),
                                 strip(json.loads(again)))

    def test_overrides_are_told(self):
        shown = self.succeed("show", "small.toml", "--set", "segments.smb.accounts=31").stdout
        self.assertRegex(shown, r"(?m)^\s*accounts = 31\b.*--set")

    def test_a_value_without_a_source_is_a_guess(self):
        self.assertRegex(self.succeed("show", "small.toml").stdout, r"half_life_days = 60.*guess")
        sourced = self.folder / "small.toml"
        text = sourced.read_text().replace("half_life_days = 60", 'half_life_days = { value = 60, source = "a study" }')
        self.write("small.toml", text)
        shown = self.succeed("show", "small.toml").stdout
        self.assertIn("a study", shown)
        self.assertNotRegex(shown, r"half_life_days = .*guess")

    def test_every_shipped_scenario_is_valid(self):
        for scenario in list_scenarios():
            with self.subTest(scenario.name):
                self.assertTrue(self.succeed("check", scenario).stdout.startswith("ok: "))


def strip(value):
    """Without where a value was read from, which two files cannot share."""
    if isinstance(value, dict):
        return {key: strip(item) for key, item in value.items() if key not in ("where", "status", "file")}
    return [strip(item) for item in value] if isinstance(value, list) else value


class Help(Journey):
    def test_keys(self):
        self.assertIn("half_life_days", self.succeed("keys").stdout)
        some = self.succeed("keys", "half_life").stdout
        self.assertIn("half_life_days", some)
        self.assertNotIn("leads_per_month", some)

    def test_help_at_every_level_has_examples(self):
        for command in ([], *([name] for name in COMMANDS)):
            with self.subTest(command):
                shown = self.succeed(*command, "--help").stdout
                self.assertIn("Examples:", shown)
                self.assertLessEqual(max(map(len, shown.splitlines())), 120)

    def test_every_command_is_in_the_help(self):
        shown = self.succeed("--help").stdout
        for command in COMMANDS:
            self.assertRegex(shown, rf"(?m)^  {command}\b")

    def test_version_names_the_commit(self):
        self.assertRegex(self.succeed("--version").stdout,
                         r"^vouch \d+\.\d+\.\d+ \(([0-9a-f]{7,40}(-dirty-[0-9a-f]{16})?|unknown-[0-9a-f]{16})\)\n$")

    def test_completion_is_valid_shell(self):
        script = self.succeed("completion", "bash").stdout
        for command in COMMANDS:
            self.assertIn(command, script)
        checked = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        words = complete(script, "vouch", "comp")
        self.assertIn("compare", words)
        self.assertIn("--metric", complete(script, "vouch", "compare", "--m"))


def complete(script, *words):
    """What bash would offer for the last word."""
    line = " ".join(f"'{word}'" for word in words)
    code = f"""{script}
COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMP_LINE="{' '.join(words)}"; COMP_POINT=${{#COMP_LINE}}
read -r -a spec <<< "$(complete -p vouch)"
for ((i = 0; i < ${{#spec[@]}}; ++i)); do
  [[ ${{spec[i]}} == -F ]] && "${{spec[i+1]}}" vouch "{words[-1]}" "{words[-2]}"
done
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", code], text=True, capture_output=True, env={"PATH": "/usr/bin:/bin"})
    return [word.strip() for word in done.stdout.splitlines()]


if __name__ == "__main__":
    unittest.main()
