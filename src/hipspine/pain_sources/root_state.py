"""A painful root: pressed, or inflamed by a leaking disc without contact?

A root hurts either way, so the ranking has one source for it: two would split its probability
and let a rival pass. What a patient's imaging and signs say about the two states is told here,
after the ranking, given that the root hurts:

    odds(pressed) = share / (1 - share) * prod P(finding | pressed) / P(finding | inflamed only)

Imaging without compression therefore lowers the share of pressed roots, and lowers the root in
the ranking only as far as its published sensitivity among people with radicular pain goes.
Findings that tell the same (motor, sensory and reflex loss are one failing root; a herniation
and a compression are one picture) count once, by the strongest of them.
The share differs between studies: it is drawn with the variance between them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hipspine.evidence import Evidence, evidence
from hipspine.evidence.rows import RootState as Row
from hipspine.findings.model import Findings, Side
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.links import (
    N_JUDGEMENT,
    Figure,
    between_studies,
    expit,
    first_number,
    inside,
    logit,
)
from hipspine.pain_sources.reasons import cite

#: The sources that are roots, in the order of the spine.
ROOTS = ("radiculopathy_l2_l3", "radiculopathy_l4", "radiculopathy_l5", "radiculopathy_s1")
DRAWS = 1000
SEED = 20_240_501


@dataclass(frozen=True, slots=True)
class RootReason:
    """What one finding says: decibans above 0 speak for a pressed root."""

    finding: str
    present: bool
    decibans: float
    citation: str


@dataclass(frozen=True, slots=True)
class RootState:
    """Given that this root hurts: P(pressed) with its 95 % interval; inflamed is the rest."""

    condition: str
    pressed: float
    low: float
    high: float
    because: tuple[RootReason, ...]

    @property
    def inflamed(self) -> float:
        """P(inflamed without being pressed)."""
        return 1 - self.pressed


class _Told(NamedTuple):
    """One finding of the patient and its figures for both states (absent: one minus these)."""

    row: Row
    present: bool
    pressed: Figure
    inflamed: Figure

    @property
    def log_ratio(self) -> float:
        p, q = self.pressed.p, self.inflamed.p
        return float(np.log(p / q) if self.present else np.log((1 - p) / (1 - q)))


def root_state(findings: Findings, condition: str, side: Side | None = None) -> RootState:
    """The state of one root of ROOTS; `side` leaves out what was found on the other side."""
    if side in ("left", "right"):
        findings = Findings(o for o in findings if o.side in (None, side))
    told = _strongest(findings, condition)
    share = _shares(evidence())
    log_odds = share.mean + sum(t.log_ratio for t in told)
    rng = np.random.default_rng(SEED)
    drawn = share.mean + share.spread * rng.standard_normal(DRAWS)
    for t in told:
        drawn = drawn + _drawn_ratio(t, rng)
    low, high = np.quantile(1 / (1 + np.exp(-drawn)), [0.025, 0.975])
    pressed = expit(log_odds)
    return RootState(
        condition=condition,
        pressed=pressed,
        low=float(min(low, pressed)),
        high=float(max(high, pressed)),
        because=tuple(_reason(t) for t in sorted(told, key=lambda t: -abs(t.log_ratio))),
    )


def root_states(findings: Findings, side: Side | None = None) -> tuple[RootState, ...]:
    """The state of every root, in the order of ROOTS."""
    return tuple(root_state(findings, root, side) for root in ROOTS)


class _Share(NamedTuple):
    """Log odds that a painful root is pressed: mean over studies, and its standard deviation."""

    mean: float
    spread: float


def _shares(tables: Evidence) -> _Share:
    """Studies weigh alike: they differ by more than their sizes explain (DerSimonian-Laird)."""
    rows = [row for row in tables.root_states if row.use and not row.finding_id]
    points = np.array([logit(row.pressed) for row in rows])
    sizes = np.array([_figure(row.pressed, row.pressed_n, row).n for row in rows])
    p = np.array([row.pressed for row in rows])
    weight = sizes * p * (1 - p)
    between = between_studies(points, 1 / weight)
    weight = 1 / (1 / weight + between)
    mean = float((weight * points).sum() / weight.sum())
    # Another clinic's share, not the mean of clinics: the variance between them stays in full.
    return _Share(mean, float(np.sqrt(1 / weight.sum() + between)))


def _strongest(findings: Findings, condition: str) -> list[_Told]:
    """The patient's findings with figures for this root, one for each thing they tell about."""
    names = {condition, *evidence().conditions[condition].parents}
    chosen: dict[str, _Told] = {}
    for row in evidence().root_states:
        if not row.use or not row.finding_id or row.condition_id not in names:
            continue
        present = findings.is_present(row.finding_id)
        if present is None or row.inflamed is None:
            continue
        told = _Told(
            row,
            present,
            _figure(row.pressed, row.pressed_n, row),
            _figure(row.inflamed, row.inflamed_n, row),
        )
        other = chosen.get(row.about)
        if other is None or abs(told.log_ratio) > abs(other.log_ratio):
            chosen[row.about] = told
    return list(chosen.values())


def _figure(p: float, n: str, row: Row) -> Figure:
    """A fraction and the patients it is worth: half when not verified."""
    size = first_number(n) or N_JUDGEMENT
    return Figure(inside(p), size if row.verified else size / 2)


def _drawn_ratio(told: _Told, rng: np.random.Generator) -> Floats:
    """Log likelihood ratios, (DRAWS,), from Betas worth the patients of each state."""

    def draw(figure: Figure) -> Floats:
        n = max(figure.n, 4.0)
        p: Floats = np.clip(rng.beta(figure.p * n, (1 - figure.p) * n, DRAWS), 0.01, 0.99)
        return p if told.present else 1 - p

    pressed, inflamed = draw(told.pressed), draw(told.inflamed)
    ratio: Floats = np.log(pressed / inflamed)
    return ratio


def _reason(told: _Told) -> RootReason:
    decibans = 10 * told.log_ratio / float(np.log(10))
    cited = cite(told.row.study, told.row.verified)
    return RootReason(told.row.finding_id, told.present, decibans, cited)
