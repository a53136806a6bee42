# SPDX-License-Identifier: Apache-2.0
"""How wide an interval is, in standard errors."""

from __future__ import annotations

import math

from scipy import special

_PRIOR_GROUPS, _FIRST_LOOK, _CONSTANT_AFTER = 64.0, 32, 1000  # of confidence sequences, as in engine/statistics


def student_factor(alpha: float, num_worlds: int) -> float:
    """Half the width of Student's interval that misses with probability alpha, in standard errors."""
    if num_worlds < 2 or alpha >= 1:
        return math.nan
    degrees = num_worlds - 1
    share = special.betaincinv(degrees / 2, 0.5, alpha)  # scipy.stats.t.isf has nine digits here, this has eleven
    return math.sqrt(degrees * (1 - share) / share)


def sequence_factor(alpha: float, num_worlds: int, varies: bool) -> float:
    """The same of a sequence of intervals that hold at all numbers of worlds at once (Lai 1976, Annals of Statistics 4;
    Wang and Ramdas 2023, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance")."""
    n = float(num_worlds)
    if n < (_FIRST_LOOK if varies else _CONSTANT_AFTER):
        return math.nan
    weight = n + _PRIOR_GROUPS
    share = -math.expm1(math.log(alpha * alpha * _PRIOR_GROUPS / weight) / n)
    room = n * n - share * n * weight
    return math.sqrt(n * share * weight * (n - 1) / room) if room > 0 else math.nan
