"""How far a graded finding of a simulated patient goes: a value between two rungs of its ladder.

Rungs are nested, so one uniform number u decides all of them: beyond a rung where u lies below
the chance of being beyond it. The shares beyond rungs are those of the tables.
"""

from collections.abc import Sequence

import numpy as np

from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.pain_sources.graded import Ladder, Place, levels
from hipspine.pain_sources.leaks import NoisyOr
from hipspine.pain_sources.network import FindingModel, Network

#: A value beyond the last rung lies this far on towards the end of the plausible range.
TOWARDS_THE_END = 0.25


def value_of(
    net: Network, name: str, present: bool, leaves: Sequence[int], within: float
) -> float | None:
    """A value in the unit of the finding; None where no ladder grades it.

    `leaves` are the true sources that can set it; `within` is uniform in 0..1 among patients in
    whom the finding is present (or absent), lowest for those furthest beyond.
    """
    ladder, model = net.ladders.get(name), net.findings[name]
    definition = evidence().findings[name]
    own = limit_of(definition.present_if)
    if ladder is None or own is None or not (ladder.stricter if present else ladder.milder):
        return None
    met = _rungs_met(ladder, model, present, leaves, within)
    low, high = definition.plausible_low, definition.plausible_high
    mild_end, far_end = (low, high) if own.rising else (high, low)
    if present:
        ends = [own.number, *(rung.limit.number for rung in ladder.stricter), far_end]
    else:
        ends = [mild_end, *(rung.limit.number for rung in ladder.milder), own.number]
    first, second = ends[met], ends[met + 1]
    if first is None or second is None:
        return None
    return first + (second - first) * (TOWARDS_THE_END if second == far_end else 0.5)


def _rungs_met(
    ladder: Ladder, model: FindingModel, present: bool, leaves: Sequence[int], within: float
) -> int:
    """How many rungs, from the mildest on, the value is beyond."""
    columns = [model.leaves.index(leaf) for leaf in leaves if leaf in model.leaves]
    every = _chance(model.noisy_or, columns) if present else 1.0
    met = 0
    for rung in ladder.stricter if present else ladder.milder:
        level, _ = levels(ladder, present, Place(beyond=rung.label), model.noisy_or)
        if level is None or within * every >= _chance(level, columns):
            break
        met += 1
    return met


def _chance(solved: NoisyOr, columns: list[int]) -> float:
    return float(1 - (1 - solved.leak[0]) * np.prod(1 - solved.fire[0, columns]))
