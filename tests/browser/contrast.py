# SPDX-License-Identifier: Apache-2.0
"""Contrast of labels with what lies under them, by the formulas of WCAG 2.2 (relative luminance, contrast ratio)."""

import re

import numpy

LARGE, LARGE_BOLD = 24.0, 18.66  # pixels: 18 and 14 points
QUANTILE = 0.1  # the share of a label's ground that may be worse, such as a grid line that crosses it


def compute_luminance(colours):
    """Relative luminance of sRGB colours, 0 to 255, along the last axis."""
    parts = numpy.asarray(colours, dtype=float) / 255
    linear = numpy.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ numpy.array([0.2126, 0.7152, 0.0722])


def compute_contrast(colours, grounds):
    one, other = compute_luminance(colours), compute_luminance(grounds)
    return (numpy.maximum(one, other) + 0.05) / (numpy.minimum(one, other) + 0.05)


def read_colour(text):
    """Red, green, blue and opacity of a computed colour."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
    if not text.startswith("rgb") or len(numbers) not in (3, 4):
        raise ValueError(f"not a colour of sRGB: {text!r}")
    return numpy.array(numbers[:3]), numbers[3] if len(numbers) == 4 else 1.0


def find_faint(texts, painted):
    """Texts with less contrast than they need, with how much they have. `painted` is the page without its letters."""
    found = []
    for text in texts:
        across, down = zip(*text["corners"])
        left, right = max(0, int(min(across))), int(max(across)) + 1
        top, bottom = max(0, int(min(down))), int(max(down)) + 1
        ground = painted[top:bottom, left:right].reshape(-1, 3).astype(float)
        if len(ground) == 0:
            continue  # off the page, which is another check's matter
        colour, opacity = read_colour(text["fill"])
        opacity *= text["opacity"]
        ratio = float(numpy.quantile(compute_contrast(opacity * colour + (1 - opacity) * ground, ground), QUANTILE))
        needed = 3.0 if text["size"] >= (LARGE_BOLD if text["weight"] >= 700 else LARGE) else 4.5
        if ratio < needed:
            found.append((text, ratio, needed))
    return found
