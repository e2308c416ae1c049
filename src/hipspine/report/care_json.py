"""Risks and plan as plain JSON data, in the shape that the README documents."""

from dataclasses import asdict
from typing import Any

from hipspine.plan.model import CarePlan, NotRecommended, PlanItem
from hipspine.risk.model import Risk


def risks_data(risks: tuple[Risk, ...]) -> list[dict[str, Any]]:
    """Probabilities as fractions over `horizon_months`."""
    return [
        {
            **asdict(risk),
            "studies": [asdict(study) for study in risk.studies],
            "factors": [asdict(factor) for factor in risk.factors],
            "known": list(risk.known),
            "not_known": list(risk.not_known),
        }
        for risk in risks
    ]


def plan_data(plan: CarePlan | None) -> dict[str, Any]:
    """`plan` and `not_recommended` in order, and `plan_details` for the whole patient."""
    if plan is None:
        return {"plan": None, "not_recommended": None, "plan_details": None}
    return {
        "plan": [_item(item) for item in plan.items],
        "not_recommended": [_refused(refused) for refused in plan.not_recommended],
        "plan_details": {
            "posture_changes": [asdict(change) for change in plan.posture_changes],
            "conflicts": [_listed(asdict(conflict)) for conflict in plan.conflicts],
            "goals": [{**asdict(goal), "by": goal.by.isoformat()} for goal in plan.goals],
            "reassess_on": plan.reassess_on.isoformat(),
            "would_change": list(plan.would_change),
            "notices": list(plan.notices),
        },
    }


def _item(item: PlanItem) -> dict[str, Any]:
    return {
        **_listed(asdict(item)),
        "effects": [asdict(effect) for effect in item.effects],
        "gates": [asdict(gate) for gate in item.gates],
        "cautions": [asdict(caution) for caution in item.cautions],
    }


def _refused(refused: NotRecommended) -> dict[str, Any]:
    return _listed(asdict(refused))


def _listed(data: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}
