"""How far the figures may be off: posture measured to 2 degrees and 3 %BW, body, muscle cost.

One thing is moved at a time, by one standard error; the changes add as squares, those that raise
a figure and those that lower it apart.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import Floats
from hipspine.mechanics.fields import Fields, default_angles, fields_of, stacked
from hipspine.mechanics.person import body_of
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.solving import build_of, figures_of, solve_fields

#: The angles whose error matters in every posture; others only where they are given.
ALWAYS = ("trunk_flexion", "trunk_lateral_lean", "pelvic_obliquity")
IF_GIVEN = ("pelvic_tilt_change", "lumbar_lordosis_change", "hip_flexion_left", "hip_flexion_right")


def band_of(posture: Posture, nominal: Floats) -> tuple[Floats, Floats]:
    """Low and high (24,) around the nominal figures (24,)."""
    fields, build = fields_of([posture]), build_of(posture)
    body = body_of(build)
    moved = list(_moved_postures(fields))
    together = solve_fields(body, stacked(moved))
    rows = [figures_of(together), figures_of(solve_fields(body, fields, power=3))]
    for name, spread in (
        ("hip_joint_width", c.HIP_WIDTH_SD),
        ("trochanter_offset", c.TROCHANTER_SD),
    ):
        if getattr(build, name) is None:
            for sign in (-1.0, 1.0):
                other = replace(build, **{name: getattr(body, name) + sign * spread})
                rows.append(figures_of(solve_fields(body_of(other), fields)))
    change = np.concatenate(rows) - nominal
    low = nominal - np.sqrt((np.minimum(change, 0.0) ** 2).sum(axis=0))
    high = nominal + np.sqrt((np.maximum(change, 0.0) ** 2).sum(axis=0))
    return low, high


def _moved_postures(fields: Fields) -> Iterator[Fields]:
    """The posture with one measured thing moved up or down at a time."""
    settled = _settled(fields)
    for name in (*ALWAYS, *IF_GIVEN):
        if name in ALWAYS or not np.isnan(fields.angle[name]).all():
            for sign in (-1.0, 1.0):
                angle = dict(fields.angle)
                angle[name] = settled[name] + sign * c.ANGLE_ERROR
                yield replace(fields, angle=angle)
    if (fields.stance == 0).all():
        share = np.where(np.isnan(fields.share_left), 0.5, fields.share_left)
        for sign in (-1.0, 1.0):
            yield replace(fields, share_left=np.clip(share + sign * c.SHARE_ERROR, 0.0, 1.0))


def _settled(fields: Fields) -> dict[str, Floats]:
    """The angles in use where none was given."""
    usual = default_angles(fields)
    return {
        name: np.where(np.isnan(given), usual.get(name, np.zeros(given.shape)), given)
        for name, given in fields.angle.items()
    }
