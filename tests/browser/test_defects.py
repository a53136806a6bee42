# SPDX-License-Identifier: Apache-2.0
"""The checks checked: a defect planted in a good page is found, by the check whose matter it is."""

import re
import unittest

import checks
import reports

POLICY = re.compile(r"<meta http-equiv=[^>]*Content-Security-Policy[^>]*>", re.IGNORECASE)
CHART = '<svg role="img" viewBox="0 0 300 100" style="width:300px">{}</svg>'
SPREAD = '<article><h3>Tall</h3><figure><svg role="img" viewBox="0 0 100 400"></svg></figure></article>'


class Defects(unittest.TestCase):
    def setUp(self):
        self.browser = reports.open_browser()
        self.page = reports.make_report("flagship").read_text(encoding="utf-8")

    def load(self, planted, place="</main>", page=None):
        page = page or self.page
        self.assertEqual(page.count(place), 1)
        path = reports.FOLDER / "defect.html"
        path.write_text(page.replace(place, planted + place), encoding="utf-8")
        self.browser.show(1280)
        self.browser.load(path)
        return path

    def assert_found(self, complaints, words):
        self.assertTrue(any(re.search(words, complaint) for complaint in complaints), f"{words}: {complaints}")

    def test_large_file(self):
        self.assert_found(checks.check_file(self.load(f"<!--{'x' * checks.LARGEST_PAGE}-->")), "bytes, more than")

    def test_console_error(self):
        self.load('<img alt="" src="https://example.invalid/picture.png">')
        self.assert_found(checks.check_silence(self.browser), "console says .*Content Security Policy")

    def test_request(self):
        page, count = POLICY.subn("", self.page)
        self.assertEqual(count, 1, "the page has no policy")
        self.load('<img alt="" src="picture-that-is-not-there.png">', page=page)
        self.assert_found(checks.check_silence(self.browser), "asked for file:.*picture-that-is-not-there")

    def test_script(self):
        self.load('<script>0</script><p onclick="0">text</p>')
        self.assert_found(checks.check_markup(self.browser), "has a script")
        self.assert_found(checks.check_markup(self.browser), "p has onclick")

    def test_markup(self):
        for planted, words in (('<svg viewBox="0 0 9 9" width="9"><title>A</title></svg>', "role None"),
                               ('<svg role="img" viewBox="0 0 9 9" width="9"></svg>', "the name ''"),
                               (f"<figure>{CHART.format('')}{CHART.format('')}</figure>", "shows 2 of 2"),
                               (f"<figure>{CHART.format('')}</figure>", "no table"),
                               ("<h5>Too deep</h5>", "jumps from level"), ("<h1>Another</h1>", "exactly one h1"),
                               ('<p id="twice"></p><p id="twice"></p>', "twice is given twice"),
                               ('<svg aria-hidden="true"><path clip-path="url(#none)"/></svg>', "nothing has the id none"),
                               ("<svg><path fill=none/><circle r=5 /></svg>", "has circle in path"),
                               ("<svg>" + "<g/>" * checks.MOST_NODES + "</svg>", "elements, more than")):
            with self.subTest(words):
                self.load(planted)
                self.assert_found(checks.check_markup(self.browser), words)

    def test_labels(self):
        text = '<text x="{}" y="50" font-size="{}">{}</text>'
        two = text.format(20, 12, "first") + text.format(30, 12, "second")
        turned = text.format(20, 12, "flat words") + '<text transform="translate(50 70) rotate(-90)">turned</text>'
        spilt = CHART.format(text.format(290, 12, "spilt words")).replace("style=\"", "style=\"overflow: visible; ")
        for planted, words in ((two, "'first' and 'second' overlap"), (turned, "'flat words' and 'turned' overlap"),
                               (text.format(280, 12, "long words"), "'long words' is cut off"), (spilt, "'spilt words' is cut off"),
                               (text.format(20, 5, "small"), r"'small' has 5\.0 pixels")):
            with self.subTest(words):
                self.load(planted if planted.startswith("<svg") else CHART.format(planted))
                self.assert_found(checks.check_labels(self.browser, checks.PHONE), words)

    def test_labels_apart_are_not_complained_of(self):
        apart = "".join(f'<text x="{10 + 60 * (row % 2)}" y="{20 + 13 * row}" font-size="12">words</text>' for row in range(5))
        self.load(CHART.format(apart))
        self.assertEqual([found for found in checks.check_labels(self.browser, 1280) if "'words'" in found], [])

    def test_small_words(self):
        self.load('<p style="font-size: 6px">tiny words</p>')
        self.assert_found(checks.check_labels(self.browser, checks.PHONE), r"'tiny words' has 6\.0 pixels")

    def test_torn_number(self):
        self.load('<h2 style="width: 2em; overflow: hidden">123456 %</h2>')
        self.assert_found(checks.check_labels(self.browser, 1280), "between a number and its % in h2: 123456 %")

    def test_contrast(self):
        pale = '<text x="20" y="50" font-size="12" fill="{}">faint words</text>'
        ground = '<rect width="300" height="100" fill="#333"/>' + pale.format("#222")
        for planted, scheme in ((pale.format("#bbb"), "light"), (pale.format("#333"), "dark"), (ground, "light")):
            with self.subTest(planted):
                self.load(CHART.format(planted))
                self.assert_found(checks.check_contrast(self.browser, 1280, scheme), "'faint words' has contrast")

    def test_contrast_on_paper(self):
        style = "@media (prefers-color-scheme: dark) { #faint { fill: #eee } }"
        self.load(f"<style>{style}</style>" + CHART.format('<text id="faint" x="20" y="50">faint words</text>'))
        self.assert_found(checks.check_contrast(self.browser, checks.PAPER, "dark", "print"), "'faint words' has contrast")

    def test_overflow(self):
        for planted, words in (('<div style="width: 400px" id="broad">broad</div>', "div.broad reaches out"),
                               ('<p style="white-space: nowrap">' + "word " * 90 + "</p>", "wider than its window"),
                               ('<details><div style="width: 400px">broad</div></details>', "wider than its window")):
            with self.subTest(words):
                self.load(planted)
                self.assert_found(checks.check_overflow(self.browser, 320), words)

    def test_overflow_on_paper(self):
        self.load('<p class="paper">words</p><style>@media print { .paper { width: 200mm } }</style>')
        self.assertEqual(checks.check_overflow(self.browser, checks.PAPER), [])
        self.assert_found(checks.check_overflow(self.browser, checks.PAPER, "print"), "p.paper reaches out")

    def test_accessibility(self):
        for planted, words in (('<img src="data:,">', "image-alt"), ('<p style="color: #999; background: #fff">pale words</p>',
                                                               "color-contrast"),
                               ("<table><tr><th></th></tr></table>", "empty-table-header"),
                               ('<p lang="nowhere">x</p>', "valid-lang"), ('<a href="#answer"></a>', "link-name")):
            with self.subTest(words):
                self.load(planted)
                self.assert_found(checks.check_accessibility(self.browser, 1280, "light"), words)

    def test_paper(self):
        tall = '<div style="break-before: page; height: 200mm"></div>' + SPREAD
        torn = '<div style="break-before: page; height: 240mm"></div>' + SPREAD.replace(
            "<svg", '<p style="height: 40mm">words</p><svg style="width: 30mm"').replace(
            "<figure>", '<figure style="break-inside: auto">')
        hidden = SPREAD.replace("<figure>", '<figure style="display: none">')
        for planted, words in ((tall, "spread over the pages"), (torn, "spread over the pages"), (hidden, "not whole on paper"),
                               ('<p style="break-before: page; height: 100mm"></p><p style="break-before: page">x</p>', "is empty"),
                               ('<p style="break-before: page">x</p>' * 30, "pages are printed for")):
            with self.subTest(words):
                self.load(planted)
                self.assert_found(checks.check_paper(self.browser, reports.FOLDER), words)


if __name__ == "__main__":
    unittest.main()
