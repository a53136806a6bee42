# SPDX-License-Identifier: Apache-2.0
"""Each case's report in a browser with blocked scripts: on phones, desktops and paper, light and dark."""

import subprocess
import unittest

import checks
import reports

SCHEMES = ("light", "dark")
LOOKED_AT_CLOSELY = ("flagship", "sweep")  # the others' colours are judged light and large, dark and small


class Pages(unittest.TestCase):
    def setUp(self):
        self.browser = reports.open_browser()

    def expect_none(self, complaints, what):
        with self.subTest(what):
            if complaints:
                more = [f"... and {len(complaints) - 20} more"] if len(complaints) > 20 else []
                self.fail("\n".join([f"{len(complaints)} complaints", *complaints[:20], *more]))

    def look_at(self, case):
        page = reports.make_report(case)
        browser = self.browser
        judged = ((checks.PHONE, "dark"), (1280, "light"))
        if case in LOOKED_AT_CLOSELY:
            judged = tuple((width, scheme) for width in (checks.PHONE, 1280) for scheme in SCHEMES)
        browser.show(1280)
        browser.load(page)
        self.expect_none(checks.check_file(page), "file")
        self.expect_none(checks.check_silence(browser), "silence")
        self.expect_none(checks.check_markup(browser), "markup")
        for width in checks.WIDTHS:
            self.expect_none(checks.check_labels(browser, width), f"labels at {width}")
        for width, scheme in judged:
            self.expect_none(checks.check_contrast(browser, width, scheme), f"contrast at {width}, {scheme}")
        self.expect_none(checks.check_contrast(browser, checks.PAPER, "dark", "print"), "contrast on paper")
        self.expect_none(checks.check_silence(browser), "silence afterwards")
        self.keep_pictures(case, judged)
        for width in checks.WIDTHS:
            self.expect_none(checks.check_overflow(browser, width), f"overflow at {width}")
        self.expect_none(checks.check_overflow(browser, checks.PAPER, "print"), "overflow on paper")
        for width, scheme in judged:
            self.expect_none(checks.check_accessibility(browser, width, scheme), f"axe at {width}, {scheme}")
        browser.load(page)
        self.expect_none(checks.check_paper(browser, reports.FOLDER), "paper")

    def keep_pictures(self, case, looks):
        """For people to look at."""
        for width, scheme in looks:
            self.browser.show(width, height=844 if width < 600 else 900, scheme=scheme, scale=2 if width < 600 else 1)
            for number, picture in enumerate(self.browser.capture_slices(), 1):
                (reports.FOLDER / f"{case}-{width}-{scheme}-{number}.png").write_bytes(picture)
        pdf = reports.FOLDER / f"{case}.pdf"
        self.browser.print_pdf(pdf)
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)


for name in reports.CASES:
    setattr(Pages, f"test_{name}", lambda self, case=name: self.look_at(case))


class Paper(unittest.TestCase):
    def test_dark_readers_print_light_pages(self):
        browser = reports.open_browser()
        browser.load(reports.make_report("flagship"))
        printed = []
        for scheme in SCHEMES:
            pdf = reports.FOLDER / f"paper-{scheme}.pdf"
            browser.print_pdf(pdf, scheme)
            done = subprocess.run(["pdftoppm", "-r", "40", str(pdf)], check=True, capture_output=True)
            printed.append(done.stdout)
        self.assertGreater(len(printed[0]), 100_000)
        self.assertTrue(printed[0] == printed[1], "a dark screen changes what is printed")


class Policy(unittest.TestCase):
    def test_words_of_a_file_do_not_run(self):
        """Scripts allowed: neither names that look like markup nor a script put into the page come to life."""
        browser = reports.open_browser()
        for name, planted in (("names", ""), ("flagship", "<script>document.documentElement.dataset.ran = 1</script>")):
            page = reports.FOLDER / "policy.html"
            page.write_text(reports.make_report(name).read_text(encoding="utf-8").replace("</body>", planted + "</body>"),
                            encoding="utf-8")
            browser.load(page, scripts=True)
            with self.subTest(name):
                self.assertIsNone(browser.evaluate("document.documentElement.dataset.ran"))
                messages = browser.list_messages()
                self.assertEqual(bool(messages), bool(planted), messages)
                self.assertTrue(all("Content Security Policy" in message for message in messages), messages)


if __name__ == "__main__":
    unittest.main()
