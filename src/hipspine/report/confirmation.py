"""What a clinician confirmed for a patient to read; nothing else reaches the patient's summary."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from hipspine.assessment import Assessment
from hipspine.errors import InvalidInput
from hipspine.evidence import evidence

Side = Literal["left", "right", "bilateral"]
SIDES: tuple[Side, ...] = get_args(Side)


@dataclass(frozen=True, slots=True)
class ConfirmedSource:
    """A source of pain that the clinician stands for; None: no side is told."""

    condition: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Sources, treatments of the plan (ids), and whether loads and goals may be told."""

    sources: tuple[ConfirmedSource, ...]
    treatments: tuple[str, ...] = ()
    loads: bool = False
    goals: bool = False
    come_back: datetime.date | None = None


def read_sources(told: Sequence[str]) -> tuple[ConfirmedSource, ...]:
    """`condition` or `condition:side`; raises InvalidInput that says what is accepted."""
    return tuple(dict.fromkeys(_source(text) for text in told))


def _source(text: str) -> ConfirmedSource:
    condition, _, side = (part.strip() for part in text.partition(":"))
    leaves = {leaf.id: leaf for leaf in evidence().leaves}
    if condition not in leaves:
        near = get_close_matches(condition, leaves, n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InvalidInput(
            f"--confirm {text[:60]!r}: not a source of pain{hint} "
            "(hipspine evidence lists them; accepted: SOURCE or SOURCE:left|right|bilateral)"
        )
    if not side:
        return ConfirmedSource(condition)
    if not leaves[condition].lateral:
        raise InvalidInput(f"--confirm {text!r}: {condition} has no side; accepted: {condition}")
    for accepted in SIDES:
        if side == accepted:
            return ConfirmedSource(condition, accepted)
    raise InvalidInput(f"--confirm {text!r}: accepted sides: {', '.join(SIDES)}")


def read_day(text: str | None) -> datetime.date | None:
    """The day to come back, as 2026-12-31; raises InvalidInput."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"--come-back {text!r}: accepted: a day as 2026-12-31") from None


def check(confirmation: Confirmation, assessment: Assessment) -> None:
    """Raise InvalidInput where nothing was confirmed, or what the assessment does not hold."""
    if not confirmation.sources:
        first = assessment.sources[0].condition
        raise InvalidInput(
            "a patient is told only what a clinician confirmed; accepted: at least one "
            f"--confirm SOURCE[:SIDE], such as --confirm {first}"
        )
    for treatment in confirmation.treatments:
        _check_treatment(treatment, assessment)
    if confirmation.loads and assessment.loads is None:
        raise InvalidInput("--confirm-loads: the case tells no posture; accepted: without it")
    if confirmation.goals and not (assessment.plan and assessment.plan.goals):
        raise InvalidInput("--confirm-goals: the plan holds no goals; accepted: without it")
    came = assessment.versions.date
    if confirmation.come_back is not None and confirmation.come_back <= came:
        raise InvalidInput(
            f"--come-back {confirmation.come_back}: accepted: a day after the visit ({came})"
        )


def _check_treatment(treatment: str, assessment: Assessment) -> None:
    """Only what the plan offers; one that it refuses is named with its reason."""
    plan = assessment.plan
    offered = [item.treatment for item in plan.items] if plan else []
    if treatment in offered:
        return
    refused = {n.treatment: n for n in plan.not_recommended} if plan else {}
    if treatment in refused:
        why = "; ".join(refused[treatment].because) or refused[treatment].why
        raise InvalidInput(f"--confirm-treatment {treatment}: not recommended now ({why})")
    told = ", ".join(offered) if offered else "none, for the plan of this case offers nothing"
    raise InvalidInput(f"--confirm-treatment {treatment[:60]!r}: not in the plan; accepted: {told}")
