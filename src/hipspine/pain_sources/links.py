"""Published figures pooled into one link per finding and source.

A link says how often a finding is present in patients with the source (`sensitivity`) and,
where a study states it, how often it is absent in patients with such pain without the source
(`specificity`). Rows that name a group speak for every leaf of it without rows of its own.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hipspine.evidence import EXPERT_JUDGEMENT, Evidence
from hipspine.evidence.rows import Accuracy, BaseRate, Grade, Referral

Floats = NDArray[np.float64]

#: Patients that a figure is worth when its study states neither n nor an interval.
N_NOT_STATED = 30.0
#: The same for a judgement; and the most that any one study may weigh.
N_JUDGEMENT = 12.0
N_MOST = 400.0
#: False-positive rate taken for a row with a positive likelihood ratio alone.
ASSUMED_FALSE_POSITIVES = 0.15
#: ... and the sensitivity it is taken to have at most, so that its absence says little.
ASSUMED_SENSITIVITY = 0.5
EDGE = 0.005


@dataclass(frozen=True, slots=True)
class Figure:
    """A probability and the number of patients it is worth (its precision)."""

    p: float
    n: float


@dataclass(frozen=True, slots=True)
class Link:
    """What is published about one finding in one source; `rows` are ids of the tables."""

    finding: str
    condition: str
    sensitivity: Figure
    specificity: Figure | None
    rows: tuple[str, ...]
    studies: tuple[str, ...]
    verified: bool


@dataclass
class _Collected:
    sensitivity: list[Figure] = field(default_factory=list)
    specificity: list[Figure] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    studies: list[str] = field(default_factory=list)
    verified: list[bool] = field(default_factory=list)


def collect_links(tables: Evidence) -> dict[str, dict[str, Link]]:
    """Links by finding, then by leaf condition."""
    leaf_rows: dict[tuple[str, str], _Collected] = defaultdict(_Collected)
    group_rows: dict[tuple[str, str], _Collected] = defaultdict(_Collected)
    for row in tables.accuracy:
        if row.use:
            wanted = group_rows if tables.conditions[row.condition_id].is_group else leaf_rows
            _add_accuracy(wanted[row.finding_id, row.condition_id], row)
    for place in tables.referral:
        if place.use and place.fraction is not None:
            wanted = group_rows if tables.conditions[place.condition_id].is_group else leaf_rows
            _add_referral(wanted[place.finding_id, place.condition_id], place)
    links: dict[str, dict[str, Link]] = defaultdict(dict)
    for (finding, leaf), collected in leaf_rows.items():
        _keep(links, finding, leaf, collected)
    for (finding, group), collected in sorted(
        group_rows.items(), key=lambda item: len(tables.members(item[0][1]))
    ):
        for leaf in tables.members(group):
            if leaf not in links[finding]:
                _keep(links, finding, leaf, collected)
    return {finding: by_leaf for finding, by_leaf in links.items() if by_leaf}


def _keep(
    links: dict[str, dict[str, Link]], finding: str, leaf: str, collected: _Collected
) -> None:
    if collected.sensitivity:
        links[finding][leaf] = Link(
            finding=finding,
            condition=leaf,
            sensitivity=pool(collected.sensitivity),
            specificity=pool(collected.specificity) if collected.specificity else None,
            rows=tuple(collected.rows),
            studies=tuple(dict.fromkeys(collected.studies)),
            verified=all(collected.verified),
        )


def pool(figures: Iterable[Figure]) -> Figure:
    """Random-effects mean of the logits, worth the patients that its variance amounts to.

    The variance between studies is that of DerSimonian and Laird (Control Clin Trials
    1986;7:177-188): studies that contradict each other are worth little together.
    """
    figures = list(figures)
    logits = np.array([logit(figure.p) for figure in figures])
    within = np.array([1 / (f.n * f.p * (1 - f.p)) for f in figures])
    weights = 1 / (within + between_studies(logits, within))
    p = expit(float(weights @ logits / weights.sum()))
    return Figure(p, min(float(weights.sum()) / (p * (1 - p)), N_MOST))


def between_studies(logits: Floats, within: Floats) -> float:
    """Variance between studies by the method of moments; 0 for a single one."""
    weights = 1 / within
    total = float(weights.sum())
    scatter = float(weights @ (logits - weights @ logits / total) ** 2)
    scale = total - float(weights @ weights) / total
    return max(0.0, (scatter - (logits.size - 1)) / scale) if scale > 0 else 0.0


def _add_accuracy(collected: _Collected, row: Accuracy) -> None:
    n = _patients(row)
    sensitivity, specificity = _both(row)
    if sensitivity is not None:
        collected.sensitivity.append(Figure(inside(sensitivity), n))
    if specificity is not None:
        collected.specificity.append(Figure(inside(specificity), n))
    collected.rows.append(row.row_id)
    collected.studies.append(row.study)
    collected.verified.append(row.verified)


def figure_of(fraction: float, row: Referral | Grade | BaseRate) -> Figure:
    """A stated fraction and the patients it is worth: half when not verified."""
    n = first_number(row.n) or (N_JUDGEMENT if row.basis == "judgement" else N_NOT_STATED)
    return Figure(inside(fraction), min(n, N_MOST) / (1.0 if row.verified else 2.0))


def _add_referral(collected: _Collected, row: Referral) -> None:
    assert row.fraction is not None
    collected.sensitivity.append(figure_of(row.fraction, row))
    collected.rows.append(row.row_id)
    collected.studies.append(row.study)
    collected.verified.append(row.verified)


def _both(row: Accuracy) -> tuple[float | None, float | None]:
    """Sensitivity and specificity of a row, from whichever figures it states."""
    se, sp, pos, neg = row.sensitivity, row.specificity, row.lr_pos, row.lr_neg
    if se is not None and sp is None:
        if pos:
            sp = 1 - se / pos
        elif neg:
            sp = (1 - se) / neg
    elif se is None and sp is not None:
        if pos:
            se = pos * (1 - sp)
        elif neg is not None:
            se = 1 - neg * sp
    elif se is None and pos and neg is not None and pos > 1 > neg:
        sp = (pos - 1) / (pos - neg)
        se = 1 - neg * sp
    elif se is None and pos:
        sp = 1 - min(ASSUMED_FALSE_POSITIVES, ASSUMED_SENSITIVITY / pos)
        se = pos * (1 - sp)
    elif se is None and neg is not None:
        sp = 1 - ASSUMED_FALSE_POSITIVES
        se = 1 - neg * sp
    return se, sp if sp is None or 0 < sp < 1 else None


def _patients(row: Accuracy) -> float:
    """Patients that the row is worth: from n, else its interval; half when not verified.

    From an interval by n = s(1-s)(3.92/width)^2 - 1.
    """
    n = first_number(row.n)
    if n is None and None not in (row.sensitivity, row.sens_low, row.sens_high):
        s, low, high = row.sensitivity, row.sens_low, row.sens_high
        assert s is not None and low is not None and high is not None
        if high > low:
            n = max(4.0, inside(s) * (1 - inside(s)) * (3.92 / (high - low)) ** 2 - 1)
    if row.study == EXPERT_JUDGEMENT or row.basis == "judgement":
        n = min(n or N_JUDGEMENT, N_JUDGEMENT)
    n = min(n or N_NOT_STATED, N_MOST)
    return n if row.verified else n / 2


def first_number(text: str) -> float | None:
    """The leading number of `125 hips`; None when there is none."""
    head = text.replace(",", "").split(" ", maxsplit=1)[0]
    try:
        return float(head) or None
    except ValueError:
        return None


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def inside(p: float) -> float:
    return min(max(p, EDGE), 1 - EDGE)


def narrowed(link: Link, sensitivity: float) -> Link:
    """The same link with another sensitivity."""
    return replace(link, sensitivity=Figure(inside(sensitivity), link.sensitivity.n))
