"""What studies measured of a treatment, for the sources it is meant for."""

from __future__ import annotations

from typing import Literal, cast

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import Treatment, TreatmentEffect
from hipspine.plan.citing import cited
from hipspine.plan.model import Caution, Effect
from hipspine.wording import Wording

BetterIs = Literal["lower", "higher", "harm", ""]
HARM = "harm"
TELL = "Say this to the patient before they decide"


def effects(treatment: Treatment, targets: tuple[str, ...]) -> tuple[Effect, ...]:
    """The effects for any of these targets, null results among them, in table order."""
    return tuple(_effect(r) for r in _rows(treatment, targets) if r.better_is != HARM)


def harms(treatment: Treatment, targets: tuple[str, ...]) -> tuple[Caution, ...]:
    """Measured harms, as cautions."""
    return tuple(
        Caution(
            Wording(
                "Measured harm: {measure} {value:g} {unit} ({n} people)",
                measure=Wording(row.measure),
                value=row.value or 0.0,
                unit=row.unit,
                n=row.n,
            ),
            TELL,
            cited(row.study, verified=row.verified),
        )
        for row in _rows(treatment, targets)
        if row.better_is == HARM
    )


def _rows(treatment: Treatment, targets: tuple[str, ...]) -> list[TreatmentEffect]:
    rows = evidence().plan.effects.values()
    return [r for r in rows if treatment.id in r.treatments and set(r.targets) & set(targets)]


def _effect(row: TreatmentEffect) -> Effect:
    return Effect(
        measure=row.measure,
        value=row.value,
        low=row.low,
        high=row.high,
        unit=row.unit,
        comparator=row.comparator,
        follow_up=row.follow_up,
        n=row.n,
        certainty=row.certainty,
        citation=cited(row.study, verified=row.verified),
        verified=row.verified,
        better_is=cast(BetterIs, row.better_is),
        words=row.words,
        id=row.id,
    )
