"""The least that may be told of a patient to make a rule of the tables true or false.

`told` maps a name of the rules (a finding, `age`, `flag_x`, `p_x`, `drug_x`, ...) to "yes", "no"
or a number; `someone(told)` is that patient.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations, islice, product

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment
from hipspine.findings.model import Certainty, Observation
from hipspine.findings.patient import Reading
from hipspine.pain_sources.red_flags import RedFlag
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.medicines_taken import medicines_taken
from hipspine.plan.readings import Readings
from tests.plan.contexts import context

Told = Mapping[str, str | float]
NOTHING: Told = {}
LOOSER = PlanSettings("looser")
WORDS = {"and", "or", "not", "unless", "value", "strength", "sex", "always", "never"}
OF_PATIENT = ("age", "duration_weeks", "mass_kg")
#: A rule is made true by saying at most this many things.
MOST = 3
#: So many tellings of one rule are tried.
FEW = 6
#: A medicine that stands for its class.
OF_CLASS = {"sedative": "diazepam", "antidepressant": "sertraline", "opioid": "tramadol"}


def names_of(when: str) -> list[str]:
    """What a rule asks about, each once."""
    found = re.findall(r"[a-z_][a-z_0-9]*", when.replace("'M'", "").replace("'F'", ""))
    return list(dict.fromkeys(name for name in found if name not in WORDS))


def options(name: str, when: str) -> list[str | float]:
    """What may be told of a name: about every threshold of the rule, and plainly."""
    limits = re.findall(rf"\b{name}\)? *[<>]=? *([0-9.]+)", when)
    numbers: list[str | float] = [float(t) + d for t in limits for d in (0.0, 0.04, -0.04, 1, -1)]
    if name in evidence().findings:
        return ["yes", "no", *numbers]
    if name.startswith(("flag_", "drug_")):
        return ["yes"]
    return numbers


def someone(told: Told, certainty: Certainty = "definite", doubtful: Told = NOTHING) -> PlanContext:
    """The patient of whom this is told; nothing else is known. `doubtful` is told less surely."""
    return _someone(tuple(told.items()), certainty, tuple(doubtful.items()))


@cache  # rules of many treatments ask about the same patient
def _someone(
    sure: tuple[tuple[str, str | float], ...],
    certainty: Certainty,
    less_sure: tuple[tuple[str, str | float], ...],
) -> PlanContext:
    doubtful = dict(less_sure)
    told = {**dict(sure), **doubtful}
    findings = [
        Observation(
            name,
            said != "no",
            value=None if isinstance(said, str) else said,
            certainty=certainty if name in doubtful else "definite",
        )
        for name, said in told.items()
        if name in evidence().findings
    ]
    figures = {n: float(told[n]) for n in OF_PATIENT if n in told}
    if "bmi" in told:
        figures |= {"mass_kg": float(told["bmi"]), "height_m": 1.0}
    named = [n.removeprefix("drug_") for n in told if n.startswith("drug_")]
    drugs = tuple(Reading(OF_CLASS.get(name, name)) for name in named)
    who = context(*findings, settings=LOOSER, readings=drugs, **figures)
    flags = tuple(
        RedFlag("r", n.removeprefix("flag_"), "urgent", "Act", ("fever",), ("A study",))
        for n in told
        if n.startswith("flag_")
    )
    chances = {n.removeprefix("p_"): float(s) for n, s in told.items() if n.startswith("p_")}
    return dataclasses.replace(who, red_flags=(*who.red_flags, *flags), probabilities=chances)


def readings(told: Told, treatment: Treatment) -> Readings:
    """That patient as the rules about one treatment see him or her."""
    who = someone(told)
    return Readings(who, medicines_taken(who.patient, who.findings), treatment, None)


def tellings(when: str) -> Iterator[dict[str, str | float]]:
    """Everything that may be told of a rule's names, the shortest first."""
    names = names_of(when)
    for many in range(min(MOST, len(names)) + 1):
        for chosen in combinations(names, many):
            for said in product(*(options(name, when) for name in chosen)):
                yield dict(zip(chosen, said, strict=True))
    yield {name: "no" for name in names if name in evidence().findings}


@cache
def barring(when: str, treatment: Treatment) -> tuple[Told, ...]:
    """The shortest tellings that make a contraindication true."""

    def true(told: Told) -> bool:
        return bool(readings(told, treatment).bars(when, same_side=False).truth)

    return tuple(islice(shortest(when, true), FEW))


@cache
def deciding(when: str, treatment: Treatment, met: bool | None) -> tuple[Told, ...]:
    """The shortest tellings that make a gate met, or known not to be."""
    return tuple(
        islice(shortest(when, lambda told: readings(told, treatment).met(when) is met), FEW)
    )


def shortest(when: str, holds: Callable[[Told], bool]) -> Iterator[Told]:
    """Tellings of which no shorter part will do."""
    found: list[Told] = []
    for told in tellings(when):
        if any(shorter.items() <= told.items() for shorter in found):
            continue
        if holds(told):
            found.append(told)
            yield told
