"""The corridor: a patient in, an assessment out. Nothing is shown or stored here."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from hipspine import __version__
from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Stage
from hipspine.findings.patient import Patient, Reading, Setting
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.findings.steroid_sum import ledger_of
from hipspine.pain_sources.doubts import CriticalFigure, doubting, not_asked
from hipspine.pain_sources.intervals import DRAWS, interval
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.mechanism import Mechanism, mechanism_of
from hipspine.pain_sources.network import Network, network
from hipspine.pain_sources.next_test import NextTest, testing
from hipspine.pain_sources.point import Point, any_of, asked_together, point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.reasons import ClusterReason, Explanation, Reason, explaining
from hipspine.pain_sources.red_flags import RedFlag, red_flags
from hipspine.pain_sources.root_state import ROOTS, RootState, root_state
from hipspine.pain_sources.warming import warm as warm_sweep
from hipspine.pain_sources.weighing import weigh
from hipspine.plan.care_plan import plan_of
from hipspine.plan.context import PlanContext, PlanSettings
from hipspine.plan.model import CarePlan
from hipspine.risk.model import Risk
from hipspine.risk.risks import risks_of

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads
    from hipspine.mechanics.typical_loads import TypicalLoads

MODEL = "noisy_or_2"
#: Said where the intervals could not be drawn from exact posteriors.
ROUGH = (
    "many findings that many sources share: ends of intervals may be off by a few percent points"
)
#: Roots less probable than this are not told pressed or inflamed.
LEAST_ROOT = 0.05
#: A side is named when the findings are this much more probable with the source there.
CLEAR_SIDE = 1.5
MIDLINE_STATES = 2

SourceSide = Literal["left", "right", "bilateral", "midline"]


@dataclass(frozen=True, slots=True)
class SourceOfPain:
    """One structure that may hurt; low and high bound the 95 % interval of `probability`."""

    condition: str
    name: str
    side: SourceSide | None
    probability: float
    low: float
    high: float
    why: tuple[Reason, ...]
    clusters: tuple[ClusterReason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """P(any of `members`), for the parents that studies report on."""

    condition: str
    probability: float
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What an assessment was made with, so that it can be made again."""

    hipspine: str
    evidence: str
    model: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything hipspine says about one patient; red flags come first wherever it is shown."""

    id: str
    patient: Patient
    red_flags: tuple[RedFlag, ...]
    sources: tuple[SourceOfPain, ...]
    groups: tuple[Group, ...]
    next_tests: tuple[NextTest, ...]
    critical_figure: CriticalFigure | None
    not_asked: tuple[str, ...]
    roots: tuple[RootState, ...]
    mechanism: Mechanism
    loads: Loads | None
    steroids: SteroidLedger | None
    risks: tuple[Risk, ...]
    plan: CarePlan | None
    readings: tuple[Reading, ...]
    exact: bool
    notices: tuple[str, ...]
    versions: Versions


def assess(
    patient: Patient,
    *,
    stages: Collection[Stage] | None = None,
    setting: Setting | None = None,
    plan_settings: PlanSettings | None = None,
) -> Assessment:
    """Rank the sources of this patient's pain, and say what to do.

    `stages` keeps only findings of these stages; `setting` overrides the patient's own;
    `plan_settings` is what a clinic chooses where guidelines conflict (None: the stricter).
    The probabilities are exact for the model and the point values of the evidence.
    """
    patient = _only(patient, stages, setting)
    ledger, loads = ledger_of(patient), loads_of(patient)
    net = network(patient.age)
    point = point_of(net, prior_of(patient), weigh(patient.findings, net))
    explanation, tests, critical, groups = asked_together(
        point,
        (
            explaining(patient, point),
            testing(patient, point),
            doubting(point),
            any_of(point, group_members(net)),
        ),
    )
    low, high = interval(point, patient.setting)
    sources, of_groups = _sources(point, low, high, explanation), _groups(groups)
    flags = red_flags(
        patient.findings,
        age=patient.age,
        sex=patient.sex,
        duration_weeks=patient.duration_weeks,
    )
    risks = risks_of(patient, ledger, loads)
    context = PlanContext(
        patient=patient,
        findings=patient.findings,
        ledger=ledger,
        red_flags=flags,
        probabilities={
            **{group.condition: group.probability for group in of_groups},
            **{source.condition: source.probability for source in sources},
        },
        sides={s.condition: None if s.side == "midline" else s.side for s in sources},
        date=patient.date or datetime.date.today(),
        settings=plan_settings or PlanSettings(),
    )
    return Assessment(
        id=patient.id,
        patient=patient,
        red_flags=flags,
        sources=sources,
        groups=of_groups,
        next_tests=tests,
        critical_figure=critical,
        not_asked=not_asked(patient, point),
        roots=_roots(patient.findings, sources),
        mechanism=mechanism_of(patient.findings),
        loads=loads,
        steroids=ledger,
        risks=risks,
        plan=plan_of(context, next_tests=tests, risks=risks),
        readings=patient.readings,
        exact=point.exact,
        notices=(*patient.notices, *([ROUGH] if point.rough(DRAWS) else [])),
        versions=Versions(
            __version__, evidence().version, MODEL, patient.date or datetime.date.today()
        ),
    )


def warm() -> None:
    """Load what is compiled and what all patients share, so that no patient waits for it.

    A server calls this when it starts: a second or two, half a minute the very first time.
    Without the extra `mechanics` (numba) everything works, more slowly.
    """
    from hipspine.mechanics import warm as warm_mechanics  # noqa: PLC0415  (an extra, heavy)

    warm_mechanics()
    warm_sweep()
    network(None)


def loads_of(patient: Patient) -> Loads | None:
    """Loads of the posture that the case tells; None where it tells none.

    Mass, height and sex are those of the patient unless the posture says otherwise. Raises
    InvalidPosture (an InvalidInput) for a posture that cannot be, or with mass or height unknown.
    """
    if patient.posture is None:
        return None
    from hipspine.mechanics import read_posture, solve  # noqa: PLC0415  (an extra, heavy)

    return solve(read_posture({**_body(patient), **patient.posture}, "posture"))


def typical_loads_of(assessment: Assessment) -> TypicalLoads | None:
    """Loads of how people with the first source of pain stand; typical, not measured.

    None where mass or height is unknown.
    """
    body = _body(assessment.patient)
    if "mass_kg" not in body or "height_m" not in body:
        return None
    from hipspine.mechanics.typical import typical_posture  # noqa: PLC0415  (an extra, heavy)
    from hipspine.mechanics.typical_loads import typical_loads  # noqa: PLC0415

    first = assessment.sources[0]
    return typical_loads(typical_posture(first.condition, _lateral(first.side), **body))


def _body(patient: Patient) -> dict[str, Any]:
    known = {"mass_kg": patient.mass_kg, "height_m": patient.height_m, "sex": patient.sex}
    return {name: value for name, value in known.items() if value is not None}


def _only(patient: Patient, stages: Collection[Stage] | None, setting: Setting | None) -> Patient:
    if stages is not None:
        kept = Findings(o for o in patient.findings if _stage(o.finding, o.stage) in stages)
        patient = replace(patient, findings=kept)
    return replace(patient, setting=setting) if setting else patient


def _stage(finding: str, told: Stage | None) -> str:
    return told or evidence().findings[finding].stage


def _sources(
    point: Point, low: Floats, high: Floats, explanation: Explanation
) -> tuple[SourceOfPain, ...]:
    rows = [
        SourceOfPain(
            condition=leaf,
            name=evidence().conditions[leaf].name,
            side=_side(point.states[i][0], float(point.network.bilateral_fraction[i])),
            probability=float(point.probability[i]),
            low=float(low[i]),
            high=float(high[i]),
            why=explanation.reasons[leaf],
            clusters=explanation.clusters[leaf],
        )
        for i, leaf in enumerate(point.network.leaves)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.probability, row.condition)))


def _roots(findings: Findings, sources: Sequence[SourceOfPain]) -> tuple[RootState, ...]:
    """Pressed or inflamed, for the roots that are likely to hurt."""
    return tuple(
        root_state(findings, source.condition, _lateral(source.side))
        for source in sources
        if source.condition in ROOTS and source.probability >= LEAST_ROOT
    )


def _lateral(side: SourceSide | None) -> Literal["left", "right"] | None:
    return side if side in ("left", "right") else None


def _side(states: Floats, bilateral_fraction: float) -> SourceSide | None:
    """The side that the findings point to; None when they point to neither.

    By likelihood, not by posterior: a source that is often on both sides is not called
    bilateral before findings of both sides say so.
    """
    if states.size == MIDLINE_STATES:
        return "midline"
    left, right = states[1:3] / (1 - bilateral_fraction) * 2
    both = states[3] / bilateral_fraction
    if both > CLEAR_SIDE * max(left, right):
        return "bilateral"
    if max(left, right) < CLEAR_SIDE * min(left, right):
        return None
    return "left" if left > right else "right"


def group_members(net: Network) -> list[list[int]]:
    """The columns of the leaves of every group."""
    column = {leaf: i for i, leaf in enumerate(net.leaves)}
    groups = [c.id for c in evidence().conditions.values() if c.is_group]
    return [[column[leaf] for leaf in evidence().members(group)] for group in groups]


def _groups(probabilities: Floats) -> tuple[Group, ...]:
    """P(any member): one minus the share of the evidence that is left when none is true."""
    names = [c.id for c in evidence().conditions.values() if c.is_group]
    groups = [
        Group(condition, float(p), evidence().members(condition))
        for condition, p in zip(names, probabilities, strict=True)
    ]
    return tuple(sorted(groups, key=lambda group: (-group.probability, group.condition)))
