# SPDX-License-Identifier: Apache-2.0
"""A page with scripts of its own: live where they run, the same pictures as ever where they are blocked."""

import unittest

import reports

COUNT_MARKS = "document.querySelectorAll('#comparison .live path').length"
POINT_AT = """(() => {
  const svg = document.querySelector('#fatigue .live svg');
  const box = svg.getBoundingClientRect();
  const place = {bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height * 0.6};
  svg.parentNode.dispatchEvent(new MouseEvent('mousemove', place));
  return document.querySelector('#fatigue .live').textContent;
})()"""


class Interactive(unittest.TestCase):
    def load(self, scripts):
        browser = reports.open_browser()
        browser.show(1280)
        browser.load(reports.make_report("flagship", "--interactive"), scripts=scripts)
        self.assertEqual((browser.list_messages(), browser.list_requests()), ([], []))
        return browser

    def test_charts_come_to_life(self):
        browser = self.load(scripts=True)
        charts = browser.evaluate("document.querySelectorAll('article.chart').length")
        self.assertEqual(browser.evaluate("document.querySelectorAll('.live svg').length"), charts)
        self.assertIn("every-quarter: ", browser.evaluate(POINT_AT))
        self.assertNotIn("#0a0b", browser.evaluate("document.querySelector('#comparison .live').innerHTML"))

    def test_strategies_can_be_hidden_and_shown_again(self):
        browser = self.load(scripts=True)
        before = browser.evaluate(COUNT_MARKS)
        browser.evaluate("document.querySelector('.legend input').click()")
        self.assertLess(browser.evaluate(COUNT_MARKS), before)
        browser.evaluate("document.querySelector('.legend input').click()")
        self.assertEqual(browser.evaluate(COUNT_MARKS), before)

    def test_without_scripts_the_pictures_stay(self):
        browser = self.load(scripts=False)
        self.assertEqual(browser.evaluate("document.querySelectorAll('.live, .legend input').length"), 0)
        shown = browser.evaluate("Array.from(document.querySelectorAll('.wide')).every(one => one.offsetHeight > 100)")
        self.assertTrue(shown)


if __name__ == "__main__":
    unittest.main()
