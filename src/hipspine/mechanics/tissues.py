"""What holding a posture asks of muscles, ligaments and tendons, against published figures.

Two kinds of figure exist: how long a share of full force can be held, and how far passive
tissue creeps or tears. Where a posture lies outside what was measured the answer says so and
gives no number. Nothing here is a threshold of injury in a patient.
"""

from hipspine.mechanics.passive_tissue import gluteal_tendons, lumbar_ligaments, lumbosacral_disc
from hipspine.mechanics.sustained_muscle import sustained_muscles
from hipspine.mechanics.tissue import Held, Tissue

HOUR = 60.0
_ORDER = {"muscle": 0, "ligament": 1, "tendon": 2, "disc": 3}


def tissues(held: Held, minutes: float = HOUR) -> tuple[Tissue, ...]:
    """The tissues that a published figure speaks of, most loaded of each kind first."""
    found = [
        *sustained_muscles(held, minutes),
        *lumbar_ligaments(held, minutes),
        *gluteal_tendons(held, minutes),
        *lumbosacral_disc(held, minutes),
    ]
    return tuple(sorted(found, key=lambda t: (_ORDER[t.kind], -(t.share or 0.0), t.tissue, t.side)))
