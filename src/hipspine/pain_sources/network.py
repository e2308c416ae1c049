"""The compiled network: every finding with its leak and fires, ready for any patient."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from hipspine.evidence import Evidence, FindingDefinition, evidence
from hipspine.findings.model import implied
from hipspine.pain_sources.leaks import Floats, NoisyOr, Studied, solve
from hipspine.pain_sources.links import (
    N_JUDGEMENT,
    Figure,
    Link,
    _first_number,
    collect_links,
    narrowed,
)

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
#: Everyone assessed has pain from something; this much of it from a source not listed.
UNLISTED_SOURCE = 0.03
#: A place hurts because something listed or unlisted hurts there: the leak stays small.
MAX_LEAK_LOCATION = 0.10


@dataclass(frozen=True)
class FindingModel:
    """One finding and the leaves linked to it; `inherited` links come from a general finding."""

    finding: str
    leaves: tuple[int, ...]
    links: tuple[Link, ...]
    inherited: tuple[str, ...]
    studied: Studied
    noisy_or: NoisyOr


@dataclass(frozen=True)
class Network:
    """All finding models by id over the leaves (order of the conditions table)."""

    leaves: tuple[str, ...]
    lateral: tuple[bool, ...]
    bilateral_fraction: Floats
    findings: dict[str, FindingModel]

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


@cache
def network() -> Network:
    """Compiled once from the evidence tables."""
    return compile_network(evidence())


def compile_network(tables: Evidence) -> Network:
    """Solve leak and fires of each finding, general findings before specific ones."""
    leaves = tuple(leaf.id for leaf in tables.leaves)
    index = {leaf: i for i, leaf in enumerate(leaves)}
    prevalence = np.array([tables.priors[leaf].clinic for leaf in leaves])
    links = collect_links(tables)
    rates = _base_rates(tables)
    built: dict[str, FindingModel] = {}
    ordered = sorted(tables.findings, key=lambda f: (len(implied(f)), f))
    exposures = {(e.exposure_id, e.condition_id) for e in tables.exposures if e.use}
    for finding in ordered:
        own = {
            leaf: link
            for leaf, link in links.get(finding, {}).items()
            if (finding, leaf) not in exposures
        }
        if not own:
            continue
        definition = tables.findings[finding]
        model = _model(definition, own, (), rates.get(finding, []), index, prevalence)
        handed_down = _inherit(model, built, leaves, prevalence)
        if handed_down:
            model = _model(
                definition,
                own | handed_down,
                tuple(handed_down),
                rates.get(finding, []),
                index,
                prevalence,
            )
        built[finding] = model
    return Network(
        leaves=leaves,
        lateral=tuple(leaf.lateral for leaf in tables.leaves),
        bilateral_fraction=np.array([leaf.bilateral_fraction or 0.1 for leaf in tables.leaves]),
        findings=built,
    )


def _base_rates(tables: Evidence) -> dict[str, list[Figure]]:
    rates: dict[str, list[Figure]] = {}
    for row in tables.base_rates:
        if row.use and row.base_rate is not None:
            n = _first_number(row.n) or N_JUDGEMENT
            n = min(n, 200.0) if row.verified else min(n, N_JUDGEMENT)
            rate = min(max(row.base_rate, 0.001), 0.95)
            rates.setdefault(row.finding_id, []).append(Figure(rate, n))
    return rates


def _model(
    definition: FindingDefinition,
    links: dict[str, Link],
    inherited: tuple[str, ...],
    base_rates: list[Figure],
    index: dict[str, int],
    prevalence: Floats,
) -> FindingModel:
    ordered = tuple(sorted(links.values(), key=lambda link: index[link.condition]))
    columns = [index[link.condition] for link in ordered]
    specificity = [link.specificity for link in ordered]
    studied = Studied(
        sensitivity=np.array([[link.sensitivity.p for link in ordered]]),
        specificity=np.array([[s.p if s else np.nan for s in specificity]]),
        weight=np.array([s.n if s else 0.0 for s in specificity]),
        prevalence=prevalence[columns],
        base_rate=np.array([[rate.p for rate in base_rates]]).reshape(1, -1),
        base_weight=np.array([rate.n for rate in base_rates]),
        default_leak=DEFAULT_LEAK.get(definition.kind, OTHER_LEAK),
        **({"max_leak": MAX_LEAK_LOCATION} if definition.kind == "pain_location" else {}),
    )
    return FindingModel(
        finding=definition.id,
        leaves=tuple(columns),
        links=ordered,
        inherited=inherited,
        studied=studied,
        noisy_or=solve(studied),
    )


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
