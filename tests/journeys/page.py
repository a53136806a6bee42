# SPDX-License-Identifier: Apache-2.0
"""A report's HTML, read strictly: what is on it, and whether it is whole."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "wbr", "hr", "img", "input", "col"}


class Page(HTMLParser):
    """Headings, ids, tables and pictures. `problems`: tags that do not match, ids given twice or missing."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.ids, self.used = [], [], set(), set()
        self.headings, self.tables, self.tags, self.words = [], [], {}, []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self.open]
        self.problems += [f"nothing has the id {name}" for name in sorted(self.used - self.ids)]

    def handle_starttag(self, tag, attrs, is_empty=False):
        values = dict(attrs)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if "id" in values:
            if values["id"] in self.ids:
                self.problems.append(f"the id {values['id']} is given twice")
            self.ids.add(values["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.used.update(values.get(name, "").split())
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, ""))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append(0)
        if tag in {"th", "td"}:
            self.tables[-1][-1] += int(values.get("colspan", 1))
            if tag == "th" and "scope" not in values:
                self.problems.append("a heading of a table has no scope")
        if tag not in VOID and not is_empty:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs, is_empty=True)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in {"h1", "h2", "h3"}:
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if "style" not in self.open and "script" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)
