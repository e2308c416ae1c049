"""Simulated patients: sources drawn from the model, then findings, then an examination.

For studies of calibration: the truth is known, and what differs between truth and model is
chosen (`Scenario`): the correlation within groups and its form, the figures themselves, whether
sides are told, whether what was not found is told. Nothing here is a real patient.

Patient n of a seed is the same alone or among thousands, and with another correlation the same
person with the same sources. What is drawn of a patient's body does not depend on what is
examined.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

import numpy as np

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient, Setting
from hipspine.pain_sources.differential import prior_states
from hipspine.pain_sources.intervals import DRAWS, drawn_priors
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import Network, network
from hipspine.pain_sources.prior import UNLISTED_SOURCE, prior_of
from hipspine.pain_sources.simulated_body import (
    BOTH,
    LEFT,
    REACHES,
    RIGHT,
    Effect,
    Examined,
    causes,
    drawn_findings,
    figures_of,
)
from hipspine.pain_sources.simulated_examination import FURTHER, examination, knowledge
from hipspine.pain_sources.simulated_values import value_of

#: Mean and standard deviation of the age in years, and the share of women (judgement).
AGES = {"spine_and_hip_clinic": (56.0, 16.0), "primary_care": (48.0, 16.0)}
YOUNGEST, OLDEST = 18, 92
WOMEN = 0.55
#: Exposures asked about.
EXPOSURES_ASKED = 4
#: How often a patient without a source on one side names one.
ONE_SIDED_ANYWAY = 0.5

SIDES = {LEFT: "left", RIGHT: "right", BOTH: "bilateral"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """How truth and telling are drawn.

    rho: correlation within every group; None: the groups' own. draw_figures: every patient comes
    from a world with other figures, drawn from their uncertainty. sides: findings are told of the
    side that hurts, else without a side. absent_told: share of what was looked for and not found
    that is told.
    """

    setting: Setting = "spine_and_hip_clinic"
    rho: float | None = None
    effect: Effect = "given_sources"
    draw_figures: bool = False
    sides: bool = True
    absent_told: float = 1.0

    def __post_init__(self) -> None:
        if self.setting not in AGES:
            raise InvalidInput(f"setting: {self.setting!r} is none of {', '.join(AGES)}")
        if self.effect not in get_args(Effect):
            raise InvalidInput(f"effect: {self.effect!r} is none of {', '.join(get_args(Effect))}")
        for name, value in (("rho", self.rho), ("absent_told", self.absent_told)):
            if value is not None and not 0 <= value <= 1:
                raise InvalidInput(f"{name}: {value} is not between 0 and 1")


@dataclass(frozen=True, slots=True)
class TrueSource:
    """One source of the pain; side is left, right, bilateral or midline."""

    condition: str
    side: str


@dataclass(frozen=True, slots=True)
class SimulatedPatient:
    """A patient as told to hipspine, and the truth; no true source: the pain has another cause."""

    patient: Patient
    truth: tuple[TrueSource, ...]

    @property
    def conditions(self) -> frozenset[str]:
        """The true sources."""
        return frozenset(one.condition for one in self.truth)


def simulate(scenario: Scenario, count: int, seed: int, first: int = 0) -> list[SimulatedPatient]:
    """Patients number `first` .. `first + count - 1` of a seed."""
    return [simulated(scenario, seed, number) for number in range(first, first + count)]


def simulated(scenario: Scenario, seed: int, number: int) -> SimulatedPatient:
    """One patient; the streams of random numbers for person, body and telling are apart."""
    person, body, telling = (np.random.default_rng([seed, number, n]) for n in range(3))
    age = _age(scenario.setting, person)
    patient = _person(scenario, f"simulated-{seed}-{number}", age, person)
    net = network(age)
    draw = int(person.integers(DRAWS)) if scenario.draw_figures else None
    priors = prior_of(patient)
    true_priors = priors
    if draw is not None:
        true_priors = drawn_priors(priors, net.leaves, scenario.setting)[draw]
    states = _sources(net, true_priors, person)
    examined = _hurting_side(net, states, person) if scenario.sides else None
    figures = figures_of(age, draw)
    found = causes(figures, states, examined)
    present, within = drawn_findings(figures, found, scenario.rho, scenario.effect, body)
    looked = knowledge(age)
    rows = examination(looked, priors, present, FURTHER[scenario.setting], telling)
    told = []
    for row in rows:
        if present[row] or telling.random() < scenario.absent_told:
            name = figures.names[row]
            side = examined if figures.sided[row] else None
            setting_it = [leaf for leaf, state in states.items() if state in REACHES[side]]
            value = value_of(net, name, bool(present[row]), setting_it, float(within[row]))
            told.append(Observation(name, bool(present[row]), side=side, value=value))
    findings = patient.findings.with_(*told)
    return SimulatedPatient(replace(patient, findings=findings, side=examined), _truth(net, states))


def _age(setting: Setting, rng: np.random.Generator) -> float:
    mean, spread = AGES[setting]
    return float(np.clip(round(rng.normal(mean, spread)), YOUNGEST, OLDEST))


def _person(scenario: Scenario, id: str, age: float, rng: np.random.Generator) -> Patient:
    """Sex and some exposures, as often as the table of exposures says."""
    shares = _exposures()
    asked = rng.choice(sorted(shares), EXPOSURES_ASKED, replace=False)
    told = [Observation(str(name), bool(rng.random() < shares[str(name)])) for name in asked]
    return Patient(
        id,
        Findings(told),
        setting=scenario.setting,
        age=age,
        sex="F" if rng.random() < WOMEN else "M",
    )


@cache
def _exposures() -> dict[str, float]:
    """Share of patients by exposure; without those that are findings or gates of a source."""
    net = network()
    gates = {row.gate for row in evidence().priors.values()}
    return {
        row.exposure_id: row.exposure_prevalence
        for row in evidence().exposures
        if row.use
        and row.exposure_prevalence
        and row.exposure_id not in gates
        and net.stands_for(row.exposure_id, present=True) is None
    }


def _sources(net: Network, priors: Floats, rng: np.random.Generator) -> dict[int, int]:
    """State of every true source, given that something hurts (perhaps a source not listed)."""
    while True:
        unlisted = rng.random() < UNLISTED_SOURCE
        true = np.flatnonzero(rng.random(priors.size) < priors)
        if unlisted or true.size:
            break
    states = {}
    for leaf in true.tolist():
        shares = prior_states(np.ones((1, 1)), net.bilateral_fraction[leaf : leaf + 1])[0, 0, 1:]
        states[leaf] = 1 + int(rng.choice(shares.size, p=shares)) if net.lateral[leaf] else BOTH
    return states


def _hurting_side(net: Network, states: dict[int, int], rng: np.random.Generator) -> Examined:
    """The side that the patient complains of; None: both, or the middle."""
    sides = {state for leaf, state in states.items() if net.lateral[leaf]}
    if sides == {LEFT}:
        return "left"
    if sides == {RIGHT}:
        return "right"
    if not sides and rng.random() < ONE_SIDED_ANYWAY:
        return "left" if rng.random() < 0.5 else "right"
    return None


def _truth(net: Network, states: dict[int, int]) -> tuple[TrueSource, ...]:
    return tuple(
        TrueSource(net.leaves[leaf], SIDES[state] if net.lateral[leaf] else "midline")
        for leaf, state in states.items()
    )
