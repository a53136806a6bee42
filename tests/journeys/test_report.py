# SPDX-License-Identifier: Apache-2.0
"""`vouch report`: pages and figures, what they replace and what not, and what is said when that fails."""

import base64
import hashlib
import re
import unittest
import xml.etree.ElementTree as ElementTree

from journey import Journey
from page import Page

LARGEST_PAGE = 300_000  # bytes
MOST_NODES = 12_000     # of all pictures
MARK = b'<!doctype html>\n<html lang="en" data-made-by="vouch report">\n'


class Report(Journey):
    def make_results(self, name="small.h5", *options):
        self.succeed("run", "small.toml", "-o", name, "--quiet", *options)

    def read_page(self, name):
        data = self.read(name)
        self.assertTrue(data.startswith(MARK))
        page = Page(data.decode("utf-8"))
        self.assertEqual(page.problems, [])
        return page

    def test_a_page_beside_the_results(self):
        self.make_results()
        done = self.succeed("report", "small.h5")
        self.assertEqual((done.stdout, done.stderr), ("", "report: small.html\n"))
        page = self.read_page("small.html")
        self.assertEqual(page.headings[0], ("h1", "Does asking early pay in a small world?"))
        titles = [words for tag, words in page.headings if tag == "h2"]
        self.assertEqual(titles[:2], ["The answer", "The strategies"])
        self.assertEqual(titles[-2:], ["What is assumed", "How this was made"])
        for table in page.tables:
            self.assertEqual(set(table), {table[0]}, "all rows have as many cells as the header")
        self.assertNotIn("script", page.tags)
        self.assertIn(hashlib.sha256(self.read("small.h5")).hexdigest(), page.text)
        self.assertIn("vouch run small.toml --seed 7 --replications 20", page.text)
        self.assertIn("vouch report small.h5", page.text)
        first = self.read("small.html")
        self.succeed("report", "small.h5")
        self.assertEqual(self.read("small.html"), first)
        self.assertEqual(self.succeed("report", "small.h5", "-o", "-").stdout.encode(), first)
        self.assertEqual([name for name in self.list_files() if name.endswith(".partial")], [])

    def test_assumptions_are_those_of_the_scenario(self):
        self.make_results()
        self.succeed("report", "small.h5")
        text = self.read_page("small.html").text
        for words in ("outcomes.ask.weights.value_realised", "the odds of a yes to an ask by 3.3",
                      "lognormal: median 75, sigma 0.5", "has not been measured"):
            self.assertIn(words, text)
        self.assertLess(text.index("outcomes.ask.weights.value_realised"), text.index("outcomes.win.probability"))
        self.assertNotIn("strategies.early", text)

    def test_twelve_strategies_stay_small(self):
        lines = [f'[strategies.number-{i}]\nlabel = "Strategy number {i}"\nwhen = "purchase"\ndelay_days = {10 * i}\n'
                 for i in range(10)]
        self.write("twelve.toml", (self.read("small.toml").decode() + "\n" + "\n".join(lines)))
        self.succeed("run", "twelve.toml", "-o", "twelve.h5", "--quiet", "--report")
        page = self.read_page("twelve.html")
        data = self.read("twelve.html")
        self.assertLess(len(data), LARGEST_PAGE)
        pictures = re.findall(rb"<svg.*?</svg>", data, re.DOTALL)
        self.assertLess(sum(picture.count(b"<") - picture.count(b"</") for picture in pictures), MOST_NODES)
        self.assertIn("Strategy number 9", page.text)

    def test_a_page_leaves_out_pictures_for_phones_rather_than_grow(self):
        lines = [f'[strategies.number-{i}]\nwhen = "purchase"\ndelay_days = {10 * i}\n' for i in range(22)]
        self.write("many.toml", (self.read("small.toml").decode() + "\n" + "\n".join(lines)))
        self.succeed("run", "many.toml", "-o", "many.h5", "--quiet", "--report", "--set", "output.bin_days=2")
        self.read_page("many.html")
        data = self.read("many.html")
        self.assertLess(len(data), LARGEST_PAGE)
        self.assertEqual(data.count(b'<div class="wide scroll" tabindex=0') + data.count(b"<div class=narrow>"),
                         data.count(b"<figure>"))
        self.assertLess(data.count(b"<div class=narrow>"), data.count(b"<figure>"))

    def test_words_of_a_file_are_text(self):
        self.make_results("a.h5", "--set", 'title="<script>alert(1)</script>"', "--set",
                          'question="Ask <b>now</b> & \\"then\\"?"', "--set", 'strategies.early.label="Früh – 早い"',
                          "--set", 'strategies.early.description="</li><script>x</script>"')
        self.succeed("report", "a.h5")
        page = self.read_page("a.html")
        self.assertNotIn("script", page.tags)
        self.assertNotIn("b>now", self.read("a.html").decode())
        self.assertEqual(page.headings[0], ("h1", 'Ask <b>now</b> & "then"?'))
        self.assertIn("Früh – 早い", page.text)

    def test_run_with_report(self):
        done = self.succeed("run", "small.toml", "-o", "small.h5", "--report", "page.html")
        self.assertTrue(done.stderr.endswith("results: small.h5\nreport: page.html\n"), done.stderr)
        self.read_page("page.html")
        self.assertIn("Does asking early pay", done.stdout)
        done = self.succeed("run", "small.toml", "-o", "small.h5", "--quiet", "--report")
        self.assertEqual(self.read("small.html"), self.read("page.html"))

    def test_a_run_is_not_begun_whose_report_would_be_refused(self):
        self.write("page.html", "<p>mine")
        self.fail_with(2, "error: 'page.html' exists and is no report of vouch, so it is not replaced; name another "
                          "file with -o, or give --force", "run", "small.toml", "-o", "small.h5", "--report", "page.html")
        self.assertNotIn("small.h5", self.list_files())
        self.assertEqual(self.read("page.html"), b"<p>mine")

    def test_what_is_no_report_is_not_replaced(self):
        self.make_results()
        self.write("mine.html", "<p>mine")
        self.fail_with(2, "error: 'mine.html' exists and is no report of vouch, so it is not replaced; name another "
                          "file with -o, or give --force", "report", "small.h5", "-o", "mine.html")
        self.assertEqual(self.read("mine.html"), b"<p>mine")
        self.succeed("report", "small.h5", "-o", "mine.html", "--force")
        self.read_page("mine.html")
        results = self.read("small.h5")
        self.fail_with(2, "error: 'small.h5' is the results file itself; name another file with -o",
                       "report", "small.h5", "-o", "small.h5", "--force")
        self.assertEqual(self.read("small.h5"), results)

    def test_figures(self):
        self.make_results()
        done = self.succeed("report", "small.h5", "--figures", "figures")
        names = [name for name in self.list_files() if name.startswith("figures/")]
        ids = sorted({name.split("/")[-1].split(".")[0] for name in names})
        self.assertEqual(names, sorted(f"figures/{name}.{kind}" for name in ids for kind in ("png", "svg")))
        self.assertIn("comparison", ids)
        self.assertEqual(done.stderr, f"figures: {len(ids)} charts as SVG and PNG in figures\nreport: small.html\n")
        for name in names:
            if name.endswith(".svg"):
                self.assertTrue(ElementTree.fromstring(self.read(name)).tag.endswith("svg"))
                self.assertNotIn(b"var(", self.read(name))
            else:
                self.assertTrue(self.read(name).startswith(b"\x89PNG"))
        first = {name: self.read(name) for name in names}
        self.succeed("report", "small.h5", "--figures", "figures")
        self.assertEqual({name: self.read(name) for name in names}, first)
        self.write("figures/comparison.svg", "<svg/>")
        self.fail_with(2, "error: 'figures/comparison.svg' exists and is no figure of vouch, so it is not "
                          "replaced; name another folder with --figures, or give --force",
                       "report", "small.h5", "--figures", "figures")
        self.write("figures/comparison.svg", first["figures/comparison.svg"])
        self.write("figures/comparison.png", b"mine")
        self.fail_with(2, "error: 'figures/comparison.png' exists and is no figure of vouch, so it is not replaced; name "
                          "another folder with --figures, or give --force", "report", "small.h5", "--figures", "figures")
        self.assertEqual(self.read("figures/comparison.png"), b"mine")
        self.succeed("report", "small.h5", "--figures", "figures/", "--force")
        self.assertEqual({name: self.read(name) for name in names}, first)
        self.fail_with(4, "error: cannot make the folder 'none/deep': No such file or directory; create the folder that "
                          "it is in first", "report", "small.h5", "--figures", "none/deep")

    def test_a_report_is_a_page(self):
        self.make_results()
        self.fail_with(2, "error: 'x.pdf' does not end in .html, and a report is a page in HTML; name it x.html, open it "
                          "in a browser and print it as PDF from there", "report", "small.h5", "-o", "x.pdf", "--force")
        self.fail_with(2, "error: 'x' does not end in .html, and a report is a page in HTML; name it x.html",
                       "run", "small.toml", "-o", "new.h5", "--report", "x")
        self.fail_with(4, "error: cannot write 'none/x.html': its folder is not there; create it first",
                       "run", "small.toml", "-o", "new.h5", "--report", "none/x.html")
        self.assertNotIn("new.h5", self.list_files())
        self.succeed("report", "small.h5", "-o", "x.HTM")
        self.read_page("x.HTM")

    def test_a_sweep_is_answered_as_a_whole(self):
        self.make_results("swept.h5", "--sweep", "outcomes.win.probability=0.1,0.5")
        self.succeed("report", "swept.h5")
        page = self.read_page("swept.html")
        titles = [words for tag, words in page.headings if tag == "h2"]
        self.assertEqual(titles[:4], ["The answer", "The strategies", "Where the answer turns", "One point by itself"])
        answer = page.text[page.text.index("The answer"):page.text.index("The strategies")]
        self.assertIn("points", answer)
        self.assertIn("Varied: probability (0.1 to 0.5), at 2 points.", answer)
        self.assertIn("All that follows shows one of the 2 points, number 0 counting from 0: probability = 0.1", page.text)
        self.assertIn("For this point by itself: ", page.text)

    def test_strategies_that_ask_different_customers(self):
        self.make_results("unlike.h5", "--set", 'strategies.early.reach="existing"')
        self.succeed("report", "unlike.h5")
        text = self.read_page("unlike.html").text
        self.assertEqual(text.count("Mind: The strategies of the scenario differ in which customers they ask"), 1)
        self.make_results()
        self.succeed("report", "small.h5")
        self.assertNotIn("Mind: The strategies", self.read_page("small.html").text)

    def test_a_point_of_a_sweep(self):
        self.make_results("swept.h5", "--sweep", "outcomes.win.probability=0.1,0.5")
        self.succeed("report", "swept.h5", "--point", "1")
        page = self.read_page("swept.html")
        self.assertIn("One of 2 points of a sweep, number 1 counting from 0: outcomes.win.probability = 0.5", page.text)
        self.assertIn("vouch report swept.h5 --point 1", page.text)
        self.assertIn("0.1 to 0.5, 2 values", page.text)
        assumed = page.text[page.text.index("What is assumed"):]
        self.assertLess(assumed.index("outcomes.win.probability"), assumed.index("outcomes.ask.weights"))
        self.assertRegex(assumed, r"early minus never went from [+-][\d.,]+ to [+-][\d.,]+\sEUR, as this was varied"
                                  r"|never minus early went from|late minus never went from")
        self.fail_with(2, "error: 'swept.h5' has no point 2; its points are 0 to 1", "report", "swept.h5", "--point", "2")

    def test_other_metrics_baselines_and_confidence(self):
        self.make_results()
        self.succeed("report", "small.h5", "--metric", "asks", "--baseline", "early", "--confidence", "0.8")
        text = self.read_page("small.html").text
        self.assertIn("80 %", text)
        self.assertIn("vouch report small.h5 --metric asks --baseline early --confidence 0.8", text)

    def test_interactive(self):
        self.make_results()
        self.succeed("report", "small.h5", "--interactive")
        page = self.read_page("small.html")
        self.assertEqual(page.tags["script"], 3)
        data = self.read("small.html").decode()
        for script in re.findall(r"<script>(.*?)</script>", data, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            self.assertIn(f"'sha256-{digest}'", data)

    def test_what_cannot_be_read_or_written(self):
        self.make_results()
        self.fail_with(2, "error: unknown metric 'net_valu'; did you mean 'net_value'?", "report", "small.h5",
                       "--metric", "net_valu")
        self.fail_with(2, "error: 'small.h5' holds no sweep: leave out --point", "report", "small.h5", "--point", "0")
        self.fail_with(3, "error: 'small.toml' is no results file of vouch; give one that vouch run has written",
                       "report", "small.toml")
        self.fail_with(4, "error: cannot open 'none.h5': No such file or directory", "report", "none.h5")
        self.fail_with(4, "error: cannot write 'none/a.html': No such file or directory; create its folder first",
                       "report", "small.h5", "-o", "none/a.html")
        self.assertEqual([name for name in self.list_files() if name.endswith((".html", ".partial"))], [])


if __name__ == "__main__":
    unittest.main()
