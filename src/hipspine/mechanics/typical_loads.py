"""The loads over a typical posture: what people with this source of pain carry, most of them."""

from dataclasses import dataclass

import numpy as np

from hipspine.mechanics.answer import HELD_NM, figures_from, neutral_of
from hipspine.mechanics.loads import Band, Figures
from hipspine.mechanics.pose import fields_of
from hipspine.mechanics.solving import HIP_COLUMNS, body_for, figures_of, solve_fields
from hipspine.mechanics.typical import TypicalPosture

DRAWN = 200
#: Low and high hold 95 of 100 drawn postures.
LOW, MIDDLE, HIGH = 0.025, 0.5, 0.975


@dataclass(frozen=True, slots=True)
class TypicalLoads:
    """Median and 95 % range of every figure over the drawn postures; typical, not measured.

    left_more_share: share of the drawn postures in which the left hip carries more;
    beyond_muscles_share: share that these muscles cannot hold.
    """

    typical: TypicalPosture
    figures: Figures
    bands: Band
    neutral: Figures
    left_more_share: float
    beyond_muscles_share: float
    assumptions: tuple[str, ...]


def typical_loads(typical: TypicalPosture, count: int = DRAWN, seed: int = 0) -> TypicalLoads:
    """Draw postures, solve them all, and say where most of them lie."""
    postures = typical.draw(count, seed)
    neutral = neutral_of(postures[0])
    solved = solve_fields(body_for(neutral), fields_of([*postures, neutral]))
    rows = figures_of(solved)
    drawn, neutral_row = rows[:-1], rows[-1]
    low, middle, high = np.quantile(drawn, [LOW, MIDDLE, HIGH], axis=0)
    made = [figures_from(row, typical.mass_kg) for row in (low, middle, high, neutral_row)]
    left_more = drawn[:, 0] > drawn[:, HIP_COLUMNS]
    beyond = (np.abs(solved.reserves[:-1]) > HELD_NM).any(axis=1)
    return TypicalLoads(
        typical=typical,
        figures=made[1],
        bands=Band(made[0], made[2]),
        neutral=made[3],
        left_more_share=float(left_more.mean()),
        beyond_muscles_share=float(beyond.mean()),
        assumptions=(
            *typical.notes,
            f"median and 95 % range of {count} postures drawn from the studies' spreads; "
            "the error of the model itself is not in it",
        ),
    )
