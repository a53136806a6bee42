# SPDX-License-Identifier: Apache-2.0
"""The examples of README.md, as data: fenced blocks by their language."""

import re

from journey import ROOT


def read_blocks():
    """(language, text) of every fenced block, in order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [(match[1], match[2]) for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def split_console(text):
    """(command, expected output) of each line that begins with "$ "."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2]))


def make_pattern(expected):
    """The output as a pattern in which a line "..." stands for any lines, and " ... " for any words."""
    pattern = re.escape(expected).replace("\\.\\.\\.\\\n", r"(?s:.*?)").replace(r"\.\.\.", r".*?")
    return rf"\A{pattern}\Z"


def record_output(command, shown):
    """Puts what a command printed into README.md, in place of what stood there."""
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    begin = text.index(f"$ {command}\n") + len(f"$ {command}\n")
    end = re.compile(r"^(\$ |```)", re.MULTILINE).search(text, begin).start()
    path.write_text(text[:begin] + shown + text[end:], encoding="utf-8")
