"""Peak pressure between femoral head and socket: a sphere on a layer that only presses.

Ipavec 1999 (J Biomech 32:1229): the stress falls with the cosine of the angle from its pole, and
the load-bearing area ends at the lateral edge of the socket (centre-edge angle). One equation gives
the pole, a second the stress. Radius and coverage are those of the population where the patient's
own are not known.
"""

from functools import cache

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import Floats


@cache
def _poles() -> tuple[Floats, Floats]:
    """Tilts of the force, rising, and the pole of the stress for each (rad): the first equation.

    The tilt follows from the pole in closed form; read the other way round, between 4000 values.
    """
    pole = np.linspace(-1.2, 1.4, 4000)  # a force beyond the edge of the socket stays at the last
    gap = c.CENTRE_EDGE - pole
    tilt = np.arctan(np.cos(gap) ** 2 / (np.pi / 2 + gap + 0.5 * np.sin(2 * gap))) - pole
    rising = np.argsort(tilt)
    return tilt[rising], pole[rising]


def peak_pressure(force: Floats, medial_tilt: Floats, radius: float) -> Floats:
    """Pa, from the force (B,) N and its tilt from the vertical toward the lateral edge, rad.

    `medial_tilt` is positive where the pelvis is pushed medially and up, as in standing.
    """
    edge = c.CENTRE_EDGE
    tilts, poles = _poles()
    medial_tilt = np.clip(medial_tilt, tilts[0], tilts[-1])
    pole = np.interp(medial_tilt, tilts, poles)
    gap = edge - pole
    stress = 3 * force * np.sin(medial_tilt + pole) / (2 * radius**2 * np.cos(gap) ** 2)
    return np.asarray(np.abs(np.where(pole <= edge, stress, stress * np.cos(pole - edge))))
