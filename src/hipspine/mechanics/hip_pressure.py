"""Peak pressure between femoral head and socket: a sphere on a layer that only presses.

Ipavec 1999 (J Biomech 32:1229): the stress falls with the cosine of the angle from its pole, and
the load-bearing area ends at the lateral edge of the socket (centre-edge angle). One equation gives
the pole, a second the stress. Radius and coverage are those of the population where the patient's
own are not known.
"""

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import Floats


def peak_pressure(force: Floats, medial_tilt: Floats, radius: float) -> Floats:
    """Pa, from the force (B,) N and its tilt from the vertical toward the lateral edge, rad.

    `medial_tilt` is positive where the pelvis is pushed medially and up, as in standing.
    """
    edge = c.CENTRE_EDGE
    low, high = np.full(force.shape, -1.2), np.full(force.shape, 1.4)
    for _ in range(40):  # the pole: bisection, the difference rises with it
        pole = (low + high) / 2
        gap = edge - pole
        right = np.cos(gap) ** 2 / (np.pi / 2 + gap + 0.5 * np.sin(2 * gap))
        above = np.tan(np.clip(medial_tilt + pole, -1.5, 1.5)) > right
        low, high = np.where(above, low, pole), np.where(above, pole, high)
    gap = edge - pole
    stress = 3 * force * np.sin(medial_tilt + pole) / (2 * radius**2 * np.cos(gap) ** 2)
    return np.asarray(np.abs(np.where(pole <= edge, stress, stress * np.cos(pole - edge))))
