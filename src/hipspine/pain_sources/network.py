"""The compiled network: every finding with its leak and fires, ready for any patient."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from hipspine.evidence import Evidence, FindingDefinition, evidence
from hipspine.findings.model import implied
from hipspine.pain_sources.ageing import age_shifts, decade_of
from hipspine.pain_sources.graded import Ladder
from hipspine.pain_sources.group_studies import hold_group_figures
from hipspine.pain_sources.ladders import ladders_of
from hipspine.pain_sources.leaks import MAX_LEAK, Floats, NoisyOr, Studied, shifted, solve_many
from hipspine.pain_sources.links import (
    N_JUDGEMENT,
    Figure,
    Link,
    collect_links,
    first_number,
    narrowed,
)
from hipspine.pain_sources.prior import company

#: Leak of a finding about which nothing is published but its sensitivity, by kind (judgement).
DEFAULT_LEAK = {
    "pain_location": 0.05,
    "imaging": 0.03,
    "lab": 0.05,
    "block": 0.15,
    "red_flag": 0.03,
    "history": 0.12,
    "neuro": 0.06,
}
OTHER_LEAK = 0.15
#: Patients that a base rate of a clinic is worth beside the specificities of studies, most of
#: which compare with people suspected of the same source; and the most that those are worth.
N_BASE_RATE = 40.0
MOST_FOR_LEAK = 100.0
#: A specific finding with figures for this many sources takes over none of its general one's.
WELL_DESCRIBED = 5
#: A place hurts because something listed or unlisted hurts there: the leak stays small.
MAX_LEAK_LOCATION = 0.10


@dataclass(frozen=True, eq=False)
class FindingModel:
    """One finding and the leaves linked to it; `inherited` links come from a general finding."""

    finding: str
    leaves: tuple[int, ...]
    links: tuple[Link, ...]
    inherited: tuple[str, ...]
    studied: Studied
    noisy_or: NoisyOr


@dataclass(frozen=True, slots=True)
class Correlation:
    """A group of correlated findings: rho on the probit scale, with its range."""

    id: str
    rho: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Network:
    """All finding models by id over the leaves (order of the conditions table)."""

    leaves: tuple[str, ...]
    lateral: tuple[bool, ...]
    bilateral_fraction: Floats
    findings: dict[str, FindingModel]
    correlated: Mapping[str, Correlation] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)

    def group_of(self, finding: str) -> Correlation | None:
        """The group of findings that this one is correlated with."""
        return self.correlated.get(finding)

    def stands_for(self, finding: str, present: bool) -> str | None:
        """The finding whose figures speak: itself, or, when present, a more general one."""
        if finding in self.findings:
            return finding
        if not present:
            return None
        general = sorted(
            (g for g in implied(finding) if g in self.findings),
            key=lambda g: (len(implied(g)), g),
            reverse=True,
        )
        return general[0] if general else None


def network(age: float | None = None) -> Network:
    """Compiled once from the evidence tables; for an age in years, once per decade."""
    return _of_decade(None if age is None else decade_of(age))


@cache
def _of_decade(decade: int | None) -> Network:
    if decade is None:
        return compile_network(evidence())
    base = _of_decade(None)
    shifts = age_shifts(evidence().base_rates, decade)
    moved = {f: _aged(base.findings[f], s) for f, s in shifts.items() if s and f in base.findings}
    return replace(base, findings=base.findings | moved)


def _aged(model: FindingModel, shift: float) -> FindingModel:
    """The finding as common in people without a source as at that age (log odds `shift`)."""
    solved = replace(model.noisy_or, leak=shifted(model.noisy_or.leak, shift))
    return replace(model, studied=replace(model.studied, age_shift=shift), noisy_or=solved)


def compile_network(tables: Evidence) -> Network:
    """Solve leak and fires of all findings, general findings before specific ones."""
    leaves = tuple(leaf.id for leaf in tables.leaves)
    index = {leaf: i for i, leaf in enumerate(leaves)}
    prevalence = np.array([tables.priors[leaf].clinic for leaf in leaves])
    links = hold_group_figures(collect_links(tables), tables)
    rates = _base_rates(tables)
    exposures = {(e.exposure_id, e.condition_id) for e in tables.exposures if e.use}
    built: dict[str, FindingModel] = {}
    for generation in _generations(tables, links):
        own = {
            finding: kept
            for finding in generation
            if (kept := {c: x for c, x in links[finding].items() if (finding, c) not in exposures})
        }
        alone = _models(tables, own, {}, rates, index, prevalence)
        handed = {
            finding: taken
            for finding, model in alone.items()
            if len(own[finding]) < WELL_DESCRIBED
            and (taken := _inherit(model, built, leaves, prevalence))
        }
        both = {finding: own[finding] | taken for finding, taken in handed.items()}
        built |= alone | _models(tables, both, handed, rates, index, prevalence)
    return Network(
        leaves=leaves,
        lateral=tuple(leaf.lateral for leaf in tables.leaves),
        bilateral_fraction=np.array([leaf.bilateral_fraction or 0.1 for leaf in tables.leaves]),
        findings=built,
        correlated=_correlated(tables),
        ladders=ladders_of(
            tables,
            {
                name: (tuple(link.condition for link in model.links), model.noisy_or)
                for name, model in built.items()
            },
        ),
    )


def _correlated(tables: Evidence) -> dict[str, Correlation]:
    return {
        finding: Correlation(row.group_id, row.rho, row.rho_low, row.rho_high)
        for finding, row in tables.correlated.items()
    }


def _base_rates(tables: Evidence) -> dict[str, list[Figure]]:
    rates: dict[str, list[Figure]] = {}
    for row in tables.base_rates:
        if row.use and row.base_rate is not None and row.age_low is None:
            n = first_number(row.n) or N_BASE_RATE
            n = min(n, 200.0) if row.verified else N_BASE_RATE
            rate = min(max(row.base_rate, 0.001), 0.95)
            rates.setdefault(row.finding_id, []).append(Figure(rate, n))
    return rates


def _generations(tables: Evidence, links: Mapping[str, object]) -> list[list[str]]:
    """Findings with links, those that imply nothing first, then those that imply them..."""
    depth: dict[str, int] = {}

    def depth_of(finding: str) -> int:
        if finding not in depth:
            depth[finding] = 0
            wider = tables.findings[finding].implies
            depth[finding] = 1 + max((depth_of(general) for general in wider), default=-1)
        return depth[finding]

    by_depth: dict[int, list[str]] = {}
    for finding in sorted(links):
        by_depth.setdefault(depth_of(finding), []).append(finding)
    return [by_depth[d] for d in sorted(by_depth)]


def _models(
    tables: Evidence,
    links: Mapping[str, dict[str, Link]],
    inherited: Mapping[str, dict[str, Link]],
    rates: Mapping[str, list[Figure]],
    index: Mapping[str, int],
    prevalence: Floats,
) -> dict[str, FindingModel]:
    """Models of findings that do not depend on each other, solved together."""
    ordered = {
        finding: tuple(sorted(by_leaf.values(), key=lambda link: index[link.condition]))
        for finding, by_leaf in links.items()
    }
    studied = {
        finding: _studied(
            tables.findings[finding], chosen, rates.get(finding, []), index, prevalence
        )
        for finding, chosen in ordered.items()
    }
    solved = solve_many(list(studied.values()))
    return {
        finding: FindingModel(
            finding=finding,
            leaves=tuple(index[link.condition] for link in ordered[finding]),
            links=ordered[finding],
            inherited=tuple(inherited.get(finding, ())),
            studied=studied[finding],
            noisy_or=noisy_or,
        )
        for finding, noisy_or in zip(studied, solved, strict=True)
    }


def _studied(
    definition: FindingDefinition,
    links: tuple[Link, ...],
    base_rates: list[Figure],
    index: Mapping[str, int],
    prevalence: Floats,
) -> Studied:
    specificity = [link.specificity for link in links]
    columns = [index[link.condition] for link in links]
    return Studied(
        sensitivity=np.array([[link.sensitivity.p for link in links]]),
        specificity=np.array([[s.p if s else np.nan for s in specificity]]),
        weight=np.array([min(s.n, MOST_FOR_LEAK) if s else 0.0 for s in specificity]),
        prevalence=prevalence[columns],
        beside=_beside(prevalence[columns]),
        base_rate=np.array([[rate.p for rate in base_rates]]).reshape(1, -1),
        base_weight=np.array([rate.n for rate in base_rates]),
        default_leak=DEFAULT_LEAK.get(definition.kind, OTHER_LEAK),
        max_leak=MAX_LEAK_LOCATION if definition.kind == "pain_location" else MAX_LEAK,
    )


def _beside(prevalence: Floats) -> Floats:
    """How often sources are true in the model beside another that is."""
    odds = prevalence / (1 - prevalence) * np.exp(company("spine_and_hip_clinic"))
    beside: Floats = odds / (1 + odds)
    return beside


def _inherit(
    model: FindingModel, built: dict[str, FindingModel], leaves: tuple[str, ...], prevalence: Floats
) -> dict[str, Link]:
    """Links that a specific finding takes over from the general ones that it implies.

    A weak great toe is a weakness: a source known to make weakness raises the great toe's
    odds by the same factor, unless the great toe has a figure of its own for that source.
    """
    own = set(model.leaves)
    usual = 1 - float(_absent_without(model, prevalence)[0])
    handed: dict[str, Link] = {}
    for general in sorted(implied(model.finding)):
        if general not in built:
            continue
        parent = built[general]
        absent = float(_absent_without(parent, prevalence)[0])
        for column, leaf in enumerate(parent.leaves):
            if leaf in own or leaves[leaf] in handed:
                continue
            fire = float(parent.noisy_or.fire[0, column])
            against = float(parent.noisy_or.against_present[0, column])
            ratio = (1 - absent * (1 - fire)) / (1 - absent) if fire > 0 else np.exp(against)
            link = narrowed(parent.links[column], min(0.9, float(ratio) * usual))
            handed[leaves[leaf]] = Link(
                finding=model.finding,
                condition=link.condition,
                sensitivity=Figure(link.sensitivity.p, min(link.sensitivity.n, N_JUDGEMENT)),
                specificity=None,
                rows=link.rows,
                studies=link.studies,
                verified=False,
            )
    return handed


def _absent_without(model: FindingModel, prevalence: Floats) -> Floats:
    """P(finding absent) in a patient about whom nothing is known, (B,)."""
    fired = prevalence[list(model.leaves)] * model.noisy_or.fire
    absent: Floats = (1 - model.noisy_or.leak) * np.prod(1 - fired, axis=1)
    return absent
