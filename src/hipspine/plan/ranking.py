"""Treatments in the order of what they are expected to do for this patient.

    benefit(t) = sum over the sources s that t may be given for of P(s) * gain(t, s), at most 1
    net(t)     = benefit(t) - burden(invasiveness of t) - risk it carries here

`gain` is that of `benefit.py`; a treatment that serves two likely sources counts for both, and a
more probable source never lowers the benefit of its treatment. Of treatments whose net benefits
are NEAR each other the less invasive comes first: care goes by steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_care import TreatmentBurden
from hipspine.plan.benefit import Gain, gain_of
from hipspine.wording import Wording

#: Net benefits this near are alike: the less invasive treatment goes first (judgement).
NEAR = 0.05
#: Sources shown in the reason of a benefit.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """One treatment with what it is expected to do; `parts`: source, P(source), gain there."""

    treatment: str
    parts: tuple[tuple[str, float, Gain], ...]
    benefit: float
    net: float
    burden: TreatmentBurden

    @property
    def aimed_at(self) -> float:
        """P(any of its sources), were they independent."""
        missed = 1.0
        for _, probability, _ in self.parts:
            missed *= 1 - probability
        return 1 - missed

    @property
    def likeliest(self) -> float:
        """P of the most probable of its sources."""
        return max(probability for _, probability, _ in self.parts)

    @property
    def main(self) -> str:
        """The source that the benefit is most about."""
        return max(self.parts, key=lambda part: (part[1] * part[2].shrunk, part[1], part[0]))[0]


def leaves_of(targets: Iterable[str]) -> tuple[str, ...]:
    """Targets as leaves, each once, in the order given; a group stands for its members."""
    tables = evidence()
    return tuple(dict.fromkeys(leaf for target in targets for leaf in tables.members(target)))


def ranked(
    treatment: str,
    leaves: Sequence[str],
    probabilities: Mapping[str, float],
    extra_burden: float = 0.0,
) -> Ranked:
    """What a treatment is expected to do for those of its sources that it may be given for."""
    tables = evidence()
    burden = tables.care.burdens[tables.plan.treatments[treatment].invasiveness]
    parts = tuple((leaf, probabilities.get(leaf, 0.0), gain_of(treatment, leaf)) for leaf in leaves)
    benefit = min(1.0, sum(probability * gain.shrunk for _, probability, gain in parts))
    return Ranked(treatment, parts, benefit, benefit - burden.burden - extra_burden, burden)


def in_order(rows: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """The best first; among those NEAR the best that is left, the least invasive."""
    left = sorted(rows, key=lambda row: (-row.net, row.treatment))
    chosen: list[Ranked] = []
    while left:
        near = [row for row in left if row.net >= left[0].net - NEAR]
        first = min(near, key=lambda row: (row.burden.invasiveness, -row.net, row.treatment))
        left.remove(first)
        chosen.append(first)
    return tuple(chosen)


def why_of(row: Ranked) -> str:
    """The sum behind a benefit in words; what is judged is said to be."""
    tables = evidence()
    parts = sorted(row.parts, key=lambda part: (-part[1] * part[2].shrunk, part[0]))[:SHOWN]
    said: str = ""
    for leaf, probability, gain in parts:
        one = Wording(
            "{source} ({probability:.0%}) x {gain:.2f} gained {basis}",
            source=tables.conditions[leaf].name,
            probability=probability,
            gain=gain.shrunk,
            basis=_basis(gain),
        )
        said = Wording("{first}; {rest}", first=said, rest=one) if said else one
    return Wording("{sum}; burden {burden:.2f} (judgement)", sum=said, burden=row.burden.burden)


def _basis(gain: Gain) -> str:
    if not gain.effects:
        return Wording("(judgement: {why})", why=gain.judged)
    return "(published)"
