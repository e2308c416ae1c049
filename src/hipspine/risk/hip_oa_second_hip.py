"""The second hip: how often it follows the first, and how that divides a person's risk by hip."""

import math

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_hip_oa import HipOaIncidence
from hipspine.risk.hip_oa_factors import Ratio


def other_hip() -> tuple[tuple[HipOaIncidence, ...], Ratio]:
    """Studies of the second hip after 10 years, and the range of what they say.

    Symptoms are an upper end and replacement a lower one: the point lies midway on the log odds.
    """
    rows = evidence().hip_oa_incidence.values()
    used = tuple(row for row in rows if row.use and row.role == "other_hip")
    values = [row.value / 100 for row in used]
    middle = (_logit(min(values)) + _logit(max(values))) / 2
    low = min((row.low or row.value) / 100 for row in used)
    high = max((row.high or row.value) / 100 for row in used)
    return used, Ratio(1 / (1 + math.exp(-middle)), low, high)


def one_hip() -> Ratio:
    """P(this hip) over P(at least one hip), from the share in whom the second hip follows."""
    _, both = other_hip()
    return Ratio((1 + both.point) / 2, (1 + both.low) / 2, (1 + both.high) / 2)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))
