# SPDX-License-Identifier: Apache-2.0
"""The lines of tools/schedule/README.md for other schedulers: GNU parallel's by itself, the clouds' with what their
schedulers set.
"""

import re

from templates import ROOT, TemplateTest, read

VARIABLES = {
    "AWS Batch": ("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0),
    "Google Cloud Run": ("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", 0),
    "Grid Engine": ("SGE_TASK_ID", None, 1),
}


class Others(TemplateTest):
    def setUp(self):
        super().setUp()
        (self.folder / "study.toml").write_bytes((self.folder / "scenarios" / "small.toml").read_bytes())
        self.succeed("vouch", "run", "study.toml", "-o", "whole.h5", "--quiet")
        block = re.search(r"## Other schedulers.*?```sh\n(.*?)```", read("README.md"), re.DOTALL).group(1)
        lines = block.splitlines()
        self.commands = dict(zip(lines[::2], lines[1::2], strict=True))

    def succeed(self, *command, **environment):
        done = self.run_here(*command, **environment)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}{done.stderr}")

    def find(self, words):
        (command,) = (command for comment, command in self.commands.items() if words in comment)
        return self.replace(command, "/study/", "outputs/") if " /study/" in command else command

    def check_parts(self):
        """Means from the parts, as the page's lines take them, against those of the whole."""
        lines = re.search(r"```python\n(.*?)```", read("README.md"), re.DOTALL).group(1)
        lines += """
with open_results("whole.h5") as whole:
    expected = whole.estimate("net_value")["value"]
assert len(expected) == 3 and (abs(total / weights - expected) < 1e-9 * abs(expected)).all(), (total / weights, expected)
"""
        self.succeed("/usr/bin/python3", "-B", "-c", lines, PYTHONPATH=str(ROOT / "tools" / "python"))

    def check_merge(self):
        self.succeed("/bin/bash", "-c", self.find("at the end"))
        merged = self.folder / "outputs" / "study.h5"
        self.assertEqual(merged.read_bytes(), (self.folder / "whole.h5").read_bytes())
        for path in (self.folder / "outputs").iterdir():
            path.unlink()

    def test_gnu_parallel(self):
        command = self.replace(self.find("GNU parallel"), "--sshlogin node1,node2 ", "")  # no ssh here
        self.succeed("/bin/bash", "-c", f"mkdir -p .parallel && touch .parallel/will-cite && {command}")
        self.check_parts()
        self.check_merge()

    def test_what_schedulers_set(self):
        for name, (index, count, first) in VARIABLES.items():
            with self.subTest(name):
                for number in range(10):
                    variables = {index: str(number + first)} | ({count: "10"} if count else {})
                    self.succeed("/bin/bash", "-c", self.find(name), **variables)
                self.check_merge()
