# SPDX-License-Identifier: Apache-2.0
"""What must hold of a page in a browser. Each check gives a list of complaints, empty if all is well."""

import re
import subprocess
from pathlib import Path

import contrast

LARGEST_PAGE = 300_000  # bytes, of a page without scripts
MOST_NODES = 4_000  # elements of all pictures; twelve strategies were drawn by 2717
WIDTHS = (320, 390, 768, 1280, 1920)
PHONE = 390
PAPER = 680  # A4 between margins of 15 mm
SMALLEST_TEXT = 9.0  # CSS pixels on the page, at a phone's width and above
MOST_OVERLAP = 1.0  # pixels by which the letters of two labels may reach into each other
MOST_CUT = 1.0  # pixels by which a label may reach out of its picture: letters do not fill their boxes
MOST_SPILT = 4.0  # the same where a picture shows what lies around it; fonts of readers are not those of the drawing
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check_file(path):
    size = Path(path).stat().st_size
    return [f"the file has {size} bytes, more than {LARGEST_PAGE}"] if size > LARGEST_PAGE else []


def check_silence(browser):
    """Nothing in the console and nothing asked for. To be called once, after the page was loaded."""
    return ([f"the console says {message}" for message in browser.list_messages()] +
            [f"the page asked for {address}" for address in browser.list_requests()])


def check_markup(browser):
    """Pictures, figures, headings, ids and scripts, whatever the width."""
    found = [f"a page without scripts has {script}" for script in browser.measure("listScripts()")]
    for picture in browser.measure("listPictures()"):
        if picture["role"] != "img" or not picture["name"].strip():
            found.append(f"{picture['picture']} has role {picture['role']} and the name {picture['name']!r}")
    for figure in browser.measure("listFigures()"):
        if figure["shown"] != 1:
            found.append(f"{figure['id']} shows {figure['shown']} of {figure['variants']} pictures, not one")
        if figure["rows"] == 0:
            found.append(f"{figure['id']} has no table of its numbers")
    ids = browser.measure("listIds()")
    found += [f"the id {name} is given twice" for name in ids["twice"]]
    found += [f"nothing has the id {name}, which is used" for name in ids["missing"]]
    found += browser.measure("listSwallowed()")
    nodes = browser.measure("countNodes()")
    if nodes > MOST_NODES:
        found.append(f"the pictures have {nodes} elements, more than {MOST_NODES}")
    return found + check_headings(browser.measure("listHeadings()"))


def check_headings(headings):
    found = [] if [heading["level"] for heading in headings].count(1) == 1 else ["there is not exactly one h1"]
    level = 0
    for heading in headings:
        if heading["level"] > level + 1:
            found.append(f"heading {heading['words']!r} jumps from level {level} to {heading['level']}")
        if not heading["words"]:
            found.append(f"a heading of level {heading['level']} is empty")
        level = heading["level"]
    return found


def check_overflow(browser, width, media="screen"):
    """Nothing wider than the window, data tables unfolded."""
    browser.show(width, media=media)
    browser.measure("openDetails()")
    overflow = browser.measure(f"findOverflow({width})")
    found = [f"at {width}: {name} reaches out of the window" for name in overflow["beyond"][:5]]
    if overflow["by"] > 0:
        found.append(f"at {width}: the page is {overflow['by']} pixels wider than its window")
    return found


def check_labels(browser, width):
    """Labels of pictures: whole, apart from each other, and large enough; and the page's own text."""
    browser.show(width)
    found = [f"at {width}: in {pair['picture']} {pair['words'][0]!r} and {pair['words'][1]!r} overlap by {pair['by']:.1f}"
             for pair in browser.measure(f"findCollisions({MOST_OVERLAP})")]
    found += [f"at {width}: in {text['picture']} {text['words']!r} is cut off by {text['by']:.1f}"
              for text in browser.measure(f"findCut({MOST_CUT}, {MOST_SPILT})")]
    found += [f"at {width}: a line ends between a number and its % in {where}"
              for where in browser.measure("listTorn()")]
    if width >= PHONE:
        small = [(text["picture"], text["words"], text["size"]) for text in browser.measure("listTexts()")]
        small += [(text["where"], text["words"], text["size"]) for text in browser.measure("listSizes()")]
        found += [f"at {width}: {where}: {words!r} has {size:.1f} pixels" for where, words, size in small
                  if size < SMALLEST_TEXT]
    return found


def check_contrast(browser, width, scheme, media="screen"):
    """Labels of pictures against what is painted under them; axe leaves those out."""
    browser.show(width, scheme=scheme, media=media)
    texts = browser.measure("listTexts()")
    browser.measure("hideLetters()")
    painted = browser.capture()
    browser.measure("showLetters()")
    place = f"at {width}, {scheme}" + (", printed" if media == "print" else "")
    return [f"{place}: in {text['picture']} {text['words']!r} has contrast {ratio:.1f}, less than {needed}"
            for text, ratio, needed in contrast.find_faint(texts, painted)]


def check_accessibility(browser, width, scheme):
    """axe-core's rules: WCAG 2.2 A and AA, and its best practices."""
    browser.show(width, scheme=scheme)
    browser.measure("openDetails()")
    answer = browser.run_axe(AXE_TAGS)
    found = [f"at {width}, {scheme}: {rule['rule']} ({rule['help']}): {where}" for rule in answer["rules"]
             for where in rule["where"][:5]]
    return found if answer["passed"] > 5 else found + [f"axe passed only {answer['passed']} rules: it saw no page"]


def read_words(path):
    """Words of a PDF, by page."""
    shown = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return [page.split() for page in shown.split("\f")[:-1]]


def check_paper(browser, folder):
    """The printed page. Marks at the edges of each figure tell where it lies: all of one figure's on one page. Leaves
    the page marked."""
    figures = browser.measure("markFigures()")
    path = Path(folder) / "marked.pdf"
    browser.print_pdf(path)
    pages = read_words(path)
    found, seen = [], {}
    for number, words in enumerate(pages, 1):
        if not words:
            found.append(f"page {number} of the PDF is empty")
        for word in words:
            for mark, figure in re.findall(r"qq(head|top|end|above|below)(\d+)qq", word):
                seen.setdefault(int(figure), {}).setdefault(mark, set()).add(number)
    for i, name in enumerate(figures):
        marks = seen.get(i, {})
        lacking = {"head", "top", "end", "above", "below"} - set(marks)
        if lacking:
            found.append(f"figure {i} ({name}) is not whole on paper: its {', '.join(sorted(lacking))} is missing")
        elif len(set.union(*marks.values())) > 1:
            found.append(f"figure {i} ({name}) is spread over the pages {marks}")
    if len(pages) > len(figures) + 10:
        found.append(f"{len(pages)} pages are printed for {len(figures)} figures")
    return found
