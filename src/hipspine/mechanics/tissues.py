"""What holding a posture asks of muscles, ligaments and tendons, against published figures.

Two kinds of figure exist: how long a share of full force can be held, and how far passive
tissue creeps or tears. Where a posture lies outside what was measured the answer says so and
gives no number. Nothing here is a threshold of injury in a patient.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from hipspine.mechanics.body import SEGMENT
from hipspine.mechanics.passive_tissue import gluteal_tendons, lumbar_ligaments, lumbosacral_disc
from hipspine.mechanics.sustained_muscle import sustained_muscles
from hipspine.mechanics.tissue import Held, MuscleState, Tissue

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Figures
    from hipspine.mechanics.solving import Solved

HOUR = 60.0
#: The rarest news first.
_ORDER = {"ligament": 0, "disc": 1, "muscle": 2, "tendon": 3}


def tissues(held: Held, minutes: float = HOUR) -> tuple[Tissue, ...]:
    """The tissues that a published figure speaks of, most loaded of each kind first."""
    found = [
        *sustained_muscles(held, minutes),
        *lumbar_ligaments(held, minutes),
        *gluteal_tendons(held, minutes),
        *lumbosacral_disc(held, minutes),
    ]
    return tuple(sorted(found, key=lambda t: (_ORDER[t.kind], -(t.share or 0.0), t.tissue, t.side)))


def held_of(solved: Solved, figures: Figures, muscles: Sequence[MuscleState]) -> Held:
    """What the first of the solved postures asks of the tissues."""
    pose = solved.statics.pose
    pelvis = pose.axes[0, 0]
    adduction = []
    for s, outward in (("l", -1.0), ("r", 1.0)):
        down = -pelvis.T @ pose.axes[0, SEGMENT[f"femur_{s}"], :, 1]
        adduction.append(float(np.arcsin(np.clip(-outward * down[2], -1.0, 1.0))))
    return Held(
        muscles=muscles,
        lumbar_flexion_rad=float(pose.flexion[0]),
        hip_adduction_rad=(adduction[0], adduction[1]),
        l5_s1_compression_n=figures.l5_s1.compression_n,
        l5_s1_anterior_shear_n=figures.l5_s1.anterior_shear_n,
    )
