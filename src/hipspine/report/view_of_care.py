"""What is shown of risks and plan: each with its studies, what is not known, and what stops it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from hipspine.assessment import Assessment
from hipspine.plan.model import (
    CarePlan,
    Caution,
    Conflict,
    Effect,
    GateState,
    NotRecommended,
    PlanItem,
)
from hipspine.report.languages import Translator
from hipspine.report.names import HIPS, condition_name, finding_name
from hipspine.report.references import Cited
from hipspine.report.view_of_loads import ChangeRow, changes_view
from hipspine.report.voice import Voice
from hipspine.risk.model import Risk, RiskFactor, StudyRisk
from hipspine.wording import Wording

OUTCOMES = {
    "osteonecrosis_of_the_femoral_head": Wording("Osteonecrosis of the femoral head"),
    "symptomatic_hip_osteoarthritis": Wording("Symptomatic hip osteoarthritis"),
    "rapidly_destructive_hip_disease": Wording("Rapidly destructive hip disease"),
}
WHY_NOT = {
    "red_flag": Wording("a red flag comes first"),
    "contraindicated": Wording("contraindicated"),
    "gate_open": Wording("a condition is not met or not known"),
    "too_soon": Wording("too soon"),
    "no_benefit": Wording("no benefit to be expected"),
    "not_advised": Wording("not advised"),
}
ACTIVITIES = {
    "standing": Wording("Standing"),
    "walking": Wording("Walking"),
    "sitting": Wording("Sitting"),
}
CERTAINTIES = {
    "high": Wording("high"),
    "moderate": Wording("moderate"),
    "low": Wording("low"),
    "very_low": Wording("very low"),
}
#: Whole years are told in years from here on.
YEARS_FROM = 60
#: The right end of the scale of a risk, as a multiple of the highest figure on it.
ROOM = 1.1

#: Sources of a treatment that stand beside its name.
MAINLY = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what it cites."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyRow:
    """What one study says; fractions beside the figures for the drawing."""

    population: str
    percent: str
    interval: str
    point: float
    low: float | None
    high: float | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class RiskView:
    """One outcome at one hip, or at either; `most` is the right end of its scale, a fraction."""

    outcome: str
    where: str
    horizon: str
    percent: str
    interval: str
    point: float
    low: float
    high: float
    most: float
    most_percent: str
    studies: tuple[StudyRow, ...]
    factors: tuple[Line, ...]
    action: str
    known: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateView:
    """A condition; `met` True, False or None (not known)."""

    text: str
    met: bool | None
    because: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One treatment offered."""

    id: str
    name: str
    mainly: str
    benefit: str
    share: float
    benefit_why: str
    effects: tuple[Line, ...]
    gates: tuple[GateView, ...]
    cautions: tuple[Line, ...]
    how: tuple[str, ...]
    because: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class RefusedView:
    """One treatment not offered now."""

    name: str
    targets: str
    why: str
    because: tuple[str, ...]
    unless: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan in the order of reading."""

    items: tuple[ItemView, ...]
    refused: tuple[RefusedView, ...]
    changes: tuple[ChangeRow, ...]
    conflicts: tuple[Line, ...]
    goals: tuple[tuple[str, str, str], ...]
    reassess_on: str
    would_change: tuple[str, ...]
    notices: tuple[str, ...]


def risks_view(a: Assessment, voice: Voice) -> tuple[RiskView, ...]:
    """What an earlier horizon of the same hip and outcome has said is not said again."""
    views: list[RiskView] = []
    for number, risk in enumerate(a.risks):
        said = {
            sentence
            for other in a.risks[:number]
            if (other.outcome, other.side) == (risk.outcome, risk.side)
            for sentence in (other.action, *other.known, *other.not_known)
        }
        views.append(_risk(_without(risk, said), voice))
    return tuple(views)


def _without(risk: Risk, said: Collection[str]) -> Risk:
    return replace(
        risk,
        action="" if risk.action in said else risk.action,
        known=tuple(s for s in risk.known if s not in said),
        not_known=tuple(s for s in risk.not_known if s not in said),
    )


def _risk(risk: Risk, voice: Voice) -> RiskView:
    say = voice.say
    ends = [risk.high, *(s.point if s.high is None else s.high for s in risk.studies)]
    most = min(max(ROOM * max(ends), 1e-6), 1.0)
    return RiskView(
        say(OUTCOMES[risk.outcome]),
        say(HIPS[risk.side]) if risk.side else say(Wording("either hip")),
        say(horizon(risk.horizon_months)),
        say.small_percent(risk.point),
        _range(risk.low, risk.high, say),
        risk.point,
        risk.low,
        risk.high,
        most,
        say.small_percent(most),
        tuple(_study(study, voice) for study in risk.studies),
        tuple(_factor(factor, voice) for factor in risk.factors),
        say(risk.action),
        tuple(say(sentence) for sentence in risk.known),
        tuple(say(sentence) for sentence in risk.not_known),
    )


def horizon(months: int) -> Wording:
    if months >= YEARS_FROM and months % 12 == 0:
        return Wording("within {years} years", years=months // 12)
    return Wording("within {months} months", months=months)


def _range(low: float, high: float, say: Translator) -> str:
    ends = (say.small_percent(low), say.small_percent(high))
    return say(Wording("{low} to {high}", low=ends[0], high=ends[1]))


def _study(study: StudyRisk, voice: Voice) -> StudyRow:
    say = voice.say
    interval = say(Wording("interval not stated"))
    if study.low is not None and study.high is not None:
        interval = _range(study.low, study.high, say)
    return StudyRow(
        say(study.population),
        say.small_percent(study.point),
        interval,
        study.point,
        study.low,
        study.high,
        voice.cite([study.citation], checked=study.verified),
    )


def _factor(factor: RiskFactor, voice: Voice) -> Line:
    say = voice.say
    name = finding_name(factor.finding)
    if factor.ratio is None:
        text = Wording("{factor}: known to act, by how much is not known", factor=name)
    elif factor.low is None or factor.high is None:
        text = Wording("{factor}: × {ratio}", factor=name, ratio=say.number(factor.ratio, 1))
    else:
        text = Wording(
            "{factor}: × {ratio} ({low} to {high})",
            factor=name,
            ratio=say.number(factor.ratio, 1),
            low=say.number(factor.low, 1),
            high=say.number(factor.high, 1),
        )
    return Line(say(text), voice.cite([factor.citation]))


def plan_view(a: Assessment, voice: Voice) -> PlanView | None:
    plan = a.plan
    if plan is None:
        return None
    say = voice.say
    return PlanView(
        tuple(_item(item, voice) for item in plan.items),
        tuple(_refused(refused, voice) for refused in plan.not_recommended),
        changes_view(plan.posture_changes, voice),
        tuple(_conflict(conflict, voice) for conflict in plan.conflicts),
        _goals(plan, say),
        say.date(plan.reassess_on),
        tuple(say(sentence) for sentence in plan.would_change),
        tuple(say(sentence) for sentence in plan.notices),
    )


def _goals(plan: CarePlan, say: Translator) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (say(ACTIVITIES[goal.activity]), say(goal.text), say.date(goal.by)) for goal in plan.goals
    )


def _item(item: PlanItem, voice: Voice) -> ItemView:
    say = voice.say
    return ItemView(
        item.treatment,
        say(item.name),
        _mainly(item, say),
        say.number(item.benefit, 2),
        item.benefit,
        say(item.benefit_why),
        tuple(_effect(effect, voice) for effect in item.effects),
        tuple(_gate(gate, voice) for gate in item.gates),
        tuple(_caution(caution, voice) for caution in item.cautions),
        tuple(say(sentence) for sentence in item.how),
        tuple(_sentence(sentence, say) for sentence in item.because),
        voice.cite(item.citations),
    )


def _mainly(item: PlanItem, say: Translator) -> str:
    """The likeliest of the sources that it is for; all stand under `because`."""
    shown = [say(sentence) for sentence in item.because[:MAINLY]]
    left = len(item.because) - len(shown)
    if left > 0:
        shown.append(say(Wording("{left} more", left=left)))
    return "; ".join(shown)


def _refused(refused: NotRecommended, voice: Voice) -> RefusedView:
    say = voice.say
    return RefusedView(
        say(refused.name),
        _targets(refused.targets, say),
        say(WHY_NOT[refused.why]),
        tuple(_sentence(sentence, say) for sentence in refused.because),
        tuple(_sentence(sentence, say) for sentence in refused.unless),
        voice.cite(refused.citations),
    )


def _targets(targets: tuple[str, ...], say: Translator) -> str:
    return ", ".join(say(condition_name(target)) for target in targets)


def _sentence(told: str, say: Translator) -> str:
    """A sentence, or the id of a finding by its name."""
    return say(finding_name(told) if " " not in told else told)


def _effect(effect: Effect, voice: Voice) -> Line:
    """Measure: value (interval) unit; against what, when, in how many, how certain."""
    say = voice.say
    figure = (
        say(Wording("no figure stated")) if effect.value is None else say.shortest(effect.value)
    )
    if effect.low is not None and effect.high is not None:
        ends = (say.shortest(effect.low), say.shortest(effect.high))
        figure = say(Wording("{value} ({low} to {high})", value=figure, low=ends[0], high=ends[1]))
    parts = [f"{say(effect.measure)}: {figure} {say(effect.unit)}".strip()]
    if effect.comparator:
        parts.append(say(Wording("against {comparator}", comparator=effect.comparator)))
    if effect.follow_up:
        parts.append(say(effect.follow_up))
    if effect.n:
        parts.append(f"n = {effect.n}")
    if effect.certainty:
        certainty = CERTAINTIES.get(effect.certainty, effect.certainty)
        parts.append(say(Wording("certainty {certainty}", certainty=certainty)))
    return Line("; ".join(parts), voice.cite([effect.citation], checked=effect.verified))


def _gate(gate: GateState, voice: Voice) -> GateView:
    say = voice.say
    words = gate.gate if " " in gate.gate else finding_name(gate.gate)
    because = _sentence(gate.because, say) if gate.because else ""
    cited = voice.cite([gate.citation])
    return GateView(say(words), gate.met, because, cited)


def _caution(caution: Caution, voice: Voice) -> Line:
    say = voice.say
    told, action = say(caution.text), say(caution.action)
    text = f"{told}{'' if told.endswith('.') else ':'} {action}" if action else told
    return Line(text, voice.cite([caution.citation]))


def _conflict(conflict: Conflict, voice: Voice) -> Line:
    stricter = Wording(
        "{topic}: the stricter is followed ({stricter}), not the looser ({looser})",
        topic=conflict.topic,
        stricter=conflict.stricter,
        looser=conflict.looser,
    )
    looser = Wording(
        "{topic}: by a setting of the clinic the looser is followed ({looser}), "
        "not the stricter ({stricter})",
        topic=conflict.topic,
        stricter=conflict.stricter,
        looser=conflict.looser,
    )
    chosen = stricter if conflict.followed == "stricter" else looser
    return Line(voice.say(chosen), voice.cite(conflict.citations))
