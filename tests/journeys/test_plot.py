# SPDX-License-Identifier: Apache-2.0
"""`vouch plot`: charts in the terminal and as pictures."""

import os
import pty
import re
import subprocess
import unicodedata
import unittest
import xml.etree.ElementTree as ElementTree
import zlib

from journey import SMALL, VOUCH, Journey, limit_file_size, quiet_environment


def find_widest(text):
    wide = lambda character: 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return max(sum(map(wide, line)) for line in text.splitlines())


class Plot(Journey):
    def setUp(self):
        super().setUp()
        self.succeed("run", "small.toml", "-o", "small.h5")

    def list_kinds(self, name):
        """The kinds that the file has, and those that it has not."""
        present, _, absent = self.succeed("plot", name).stdout.partition("\nNot of this file:\n")
        return [re.findall(r"(?m)^(\S+) +\S", text) for text in (present, absent)]

    def plot_on_terminal(self, *arguments, **environment):
        """What the program writes to a terminal that is 60 columns wide."""
        ours, its = pty.openpty()
        subprocess.run(["stty", "cols", "60"], stdin=its, check=True)
        done = subprocess.Popen([VOUCH, "plot", *arguments], cwd=self.folder, stdin=its, stdout=its, stderr=its,
                                env=quiet_environment(**({"TERM": "xterm-256color"} | environment)))
        os.close(its)
        text = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # nobody writes any more
                break
            if not part:
                break
            text += part
        os.close(ours)
        self.assertEqual(done.wait(), 0)
        return text.decode().replace("\r\n", "\n")

    def test_every_kind_that_is_listed_is_drawn(self):
        present, absent = self.list_kinds("small.h5")
        self.assertEqual(present[:2], ["comparison", "differences"])
        self.assertIn("sweep", absent)
        for kind in present:
            for width in (40, 100, 200):
                with self.subTest(kind=kind, width=width):
                    shown = self.succeed("plot", "small.h5", kind, "--width", width).stdout
                    self.assertLessEqual(find_widest(shown), width)
                    self.assertNotIn("\x1b", shown)
        for kind in absent:
            self.assertIn(f"'small.h5' has no chart '{kind}': ", self.vouch("plot", "small.h5", kind).stderr)
            self.assertEqual(self.vouch("plot", "small.h5", kind).returncode, 2)

    def test_the_comparison_shows_what_compare_says(self):
        shown = self.succeed("plot", "small.h5", "comparison", "--metric", "asks").stdout
        for strategy in ("never", "early", "late"):
            self.assertRegex(shown, rf"(?m)^{strategy} .*●.* [\d,.]+$")
        self.assertLessEqual(find_widest(shown), 100)

    def test_colours_only_where_they_are_wanted(self):
        coloured = self.plot_on_terminal("small.h5", "comparison")
        self.assertIn("\x1b[38;5;", coloured)
        plain = self.plot_on_terminal("small.h5", "comparison", NO_COLOR="1")
        self.assertEqual(re.sub(r"\x1b\[[\d;]*m", "", coloured), plain)
        self.assertLessEqual(find_widest(plain), 60)
        self.assertEqual(plain, self.succeed("plot", "small.h5", "comparison", "--width", 60).stdout)

    def test_pictures(self):
        said = self.succeed("plot", "small.h5", "comparison", "-o", "c.svg")
        self.assertEqual((said.stdout, said.stderr), ("", "chart: c.svg\n"))
        picture = ElementTree.fromstring(self.read("c.svg"))
        self.assertEqual(picture.tag, "{http://www.w3.org/2000/svg}svg")
        title = picture.find("{http://www.w3.org/2000/svg}title").text
        self.assertTrue(" ".join(self.succeed("plot", "small.h5", "comparison").stdout.split()).startswith(title))
        self.assertNotIn(b"var(", self.read("c.svg"))
        self.succeed("plot", "small.h5", "comparison", "--theme", "dark", "-o", "dark.svg")
        self.assertNotEqual(self.read("c.svg"), self.read("dark.svg"))
        self.succeed("plot", "small.h5", "comparison", "-o", "c.PNG")
        self.assertEqual(self.read("c.PNG")[:8], b"\x89PNG\r\n\x1a\n")
        before = self.read("c.svg")
        self.succeed("plot", "small.h5", "comparison", "-o", "c.svg")
        self.assertEqual(self.read("c.svg"), before)

    def test_what_is_no_figure_is_not_replaced(self):
        foreign = b"\x89PNG\r\n\x1a\n" + bytes(100)
        for name, content in (("c.svg", b"<svg/>"), ("c.png", foreign), ("d.png", b"mine")):
            self.write(name, content)
            self.fail_with(2, f"error: '{name}' exists and is no figure of vouch, so it is not replaced; name another "
                              "file with -o, or give --force", "plot", "small.h5", "comparison", "-o", name)
            self.assertEqual(self.read(name), content)
            self.succeed("plot", "small.h5", "comparison", "-o", name, "--force")
            ours = self.read(name)
            self.assertNotEqual(ours, content)
            self.succeed("plot", "small.h5", "comparison", "-o", name)
            self.assertEqual(self.read(name), ours)
        self.write("empty.png", b"")
        self.succeed("plot", "small.h5", "comparison", "-o", "empty.png")
        results = self.read("small.h5")
        self.write("small.svg", results)
        self.fail_with(2, "error: 'small.svg' is the results file itself; name another file with -o",
                       "plot", "small.svg", "comparison", "-o", "small.svg", "--force")
        self.assertEqual(self.read("small.svg"), results)

    def test_pngs_are_whole_and_marked(self):
        self.succeed("plot", "small.h5", "comparison", "-o", "c.png")
        data, at, chunks = self.read("c.png"), 8, []
        while at < len(data):
            size = int.from_bytes(data[at:at + 4], "big")
            chunks.append(data[at + 4:at + 8 + size])
            self.assertEqual(int.from_bytes(data[at + 8 + size:at + 12 + size], "big"), zlib.crc32(chunks[-1]))
            at += 12 + size
        self.assertEqual(chunks[1], b"tEXtSoftware\0vouch")
        self.assertEqual(chunks[-1], b"IEND")

    def test_what_cannot_be_drawn_or_written(self):
        files = self.list_files()
        for code, message, *arguments in (
                (2, "unknown kind of chart 'compariso'; did you mean 'comparison'?", "compariso"),
                (2, "unknown metric 'wonn'; did you mean 'won'?", "comparison", "--metric", "wonn"),
                (2, "-o: 'c.pdf' ends neither in .svg nor in .png, so its format is unknown", "comparison", "-o", "c.pdf"),
                (2, "-o writes one chart: name its KIND, as in vouch plot small.h5 comparison -o c.svg", "-o", "c.svg"),
                (2, "'small.h5' holds no sweep: leave out --point", "comparison", "--point", "1"),
                (2, "--width: Value 12 not in range 40 to 200; see 'vouch plot --help'", "comparison", "--width", "12"),
                (2, "--theme requires --output; see 'vouch plot --help'", "comparison", "--theme", "dark"),
                (4, "cannot write 'none/c.svg': No such file or directory; create its folder first",
                 "comparison", "-o", "none/c.svg")):
            with self.subTest(message):
                self.fail_with(code, "error: " + message, "plot", "small.h5", *arguments)
        self.fail_with(4, "error: cannot open 'none.h5': No such file or directory", "plot", "none.h5", "comparison")
        self.fail_with(3, "error: 'small.toml' is no results file of vouch; give one that vouch run has written",
                       "plot", "small.toml", "comparison")
        self.assertEqual(self.list_files(), files)

    def test_a_point_of_a_sweep(self):
        self.write("sweep.toml", SMALL)
        self.succeed("run", "sweep.toml", "-o", "sweep.h5", "--sweep", "strategies.early.delay_days=10,40")
        self.assertIn("sweep", self.list_kinds("sweep.h5")[0])
        first = self.succeed("plot", "sweep.h5", "comparison").stdout
        self.assertRegex(first, r"^At point 0 of a sweep .*delay_days = 10\.")
        self.assertEqual(first, self.succeed("plot", "sweep.h5", "comparison", "--point", 0).stdout)
        self.assertNotEqual(first, self.succeed("plot", "sweep.h5", "comparison", "--point", 1).stdout)
        self.assertNotIn("At point", self.succeed("plot", "sweep.h5", "sweep").stdout)
        self.fail_with(2, "error: 'sweep.h5' has no point 2; its points are 0 to 1", "plot", "sweep.h5", "comparison",
                       "--point", "2")

    def test_a_run_that_is_not_over(self):
        subprocess.run([VOUCH, "run", "small.toml", "-o", "long.h5", "--replications", "2000"], cwd=self.folder,
                       capture_output=True, env=quiet_environment(), preexec_fn=limit_file_size)
        shown = self.succeed("plot", "long.h5.journal", "comparison").stdout
        self.assertRegex(shown, r"^Unfinished run: [\d,]+ of [\d,]+ worlds so far\.")


if __name__ == "__main__":
    unittest.main()
