"""From postures to joint angles: how trunk, pelvis and legs arrange themselves.

Works on batches: every field is an array (B,), angles in rad, NaN where nothing was given.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hipspine.mechanics import constants as c
from hipspine.mechanics.body import SEGMENT, SEGMENTS, TRUNK, Body, Floats
from hipspine.mechanics.kinematics import frames, knee_pose, patella_pose, turn
from hipspine.mechanics.posture import Posture

LYING = ("lying_supine", "lying_prone", "lying_side")
DEGREES = (
    "trunk_flexion",
    "trunk_lateral_lean",
    "trunk_rotation",
    "pelvic_tilt_change",
    "lumbar_lordosis_change",
    "pelvic_obliquity",
    "hip_flexion_left",
    "hip_flexion_right",
    "knee_flexion_left",
    "knee_flexion_right",
    "backrest_inclination",
)


@dataclass(frozen=True)
class Fields:
    """B postures of one body as arrays: rad, m, kg, shares; NaN: not given."""

    stance: np.ndarray
    angle: dict[str, Floats]
    share_left: Floats
    leg_length_difference: Floats
    hands: np.ndarray
    hand_load: Floats
    front_load: Floats
    front_distance: Floats
    cane_side: Floats
    cane_share: Floats
    guarding: Floats
    mass: Floats

    def is_stance(self, *names: str) -> np.ndarray:
        """(B,): whether the stance is one of these."""
        return np.isin(self.stance, names)


def fields_of(postures: list[Posture]) -> Fields:
    """The arrays of these postures."""

    def number(name: str, default: float) -> Floats:
        values = [getattr(p, name) for p in postures]
        return np.array([default if v is None else v for v in values], dtype=float)

    angle = {}
    for name in DEGREES:
        both = name.removesuffix("_left").removesuffix("_right")
        given = number(f"{name}_deg", np.nan)
        if both != name:
            given = np.where(np.isnan(given), number(f"{both}_deg", np.nan), given)
        angle[name] = np.radians(given)
    side = [{"left": -1.0, "right": 1.0}.get(p.cane_hand or "", 0.0) for p in postures]
    guards = [(p.guarding.left, p.guarding.right) if p.guarding else (0.0, 0.0) for p in postures]
    return Fields(
        stance=np.array([p.stance for p in postures]),
        angle=angle,
        share_left=number("weight_share_left", np.nan),
        leg_length_difference=number("leg_length_difference_mm", 0.0) / 1000,
        hands=np.array([p.hands or "free" for p in postures]),
        hand_load=np.stack([number("hand_load_left_kg", 0), number("hand_load_right_kg", 0)], -1),
        front_load=number("front_load_kg", 0.0),
        front_distance=number("front_load_distance_m", c.FRONT_DISTANCE),
        cane_side=np.array(side),
        cane_share=np.where(side, number("cane_force_percent_bw", c.CANE_PERCENT) / 100, 0.0),
        guarding=np.array(guards, dtype=float),
        mass=number("mass_kg", np.nan),
    )


@dataclass(frozen=True)
class Pose:
    """Where everything is: axes (B, S, 3, 3), origins (B, S, 3); the lumbar angles, rad.

    `flexion`, `bending` (right +), `rotation` (right +) (B,) are sums over the lumbar joints;
    `share` (B, 2) is how the feet divide what they carry, `knees` (B, 2) their flexion;
    `stands` (B,): the feet carry the body.
    """

    axes: Floats
    origin: Floats
    pelvis_forward: Floats
    flexion: Floats
    bending: Floats
    rotation: Floats
    share: Floats
    knees: Floats
    stands: npt.NDArray[np.bool_]


def pose_of(body: Body, fields: Fields) -> Pose:
    """Arrange trunk, then pelvis, then the legs so that the body balances over the feet."""
    forward, flexion, kyphosis = _sagittal_trunk(body, fields)
    obliquity = _obliquity(body, fields)
    bending = _frontal_trunk(body, fields, obliquity)
    rotation = np.nan_to_num(fields.angle["trunk_rotation"])
    count = forward.size
    relative = np.tile(np.eye(3), (count, len(SEGMENTS), 1, 1))
    slide = np.zeros((count, len(SEGMENTS), 3))
    relative[:, 0] = turn(0, -obliquity) @ turn(2, -forward)
    lumbar_rotation = rotation * c.LUMBAR_SHARE_OF_ROTATION
    for i, name in enumerate(TRUNK[:5]):
        relative[:, SEGMENT[name]] = (
            turn(2, -flexion * c.FLEXION_SHARES[i])
            @ turn(0, bending * c.BENDING_SHARES[i])
            @ turn(1, -lumbar_rotation * c.ROTATION_SHARES[i])
        )
    relative[:, SEGMENT["thorax"]] = turn(2, -kyphosis) @ turn(1, lumbar_rotation - rotation)
    share = _share(fields)
    knees = _knees(fields)
    thighs = _thighs(body, fields, (relative, slide), (forward, knees, share))
    _set_legs(relative, slide, thighs, knees)
    axes, origin = frames(body, relative, slide)
    stands = fields.is_stance("two_leg", "left_leg", "right_leg")
    return Pose(axes, origin, forward, flexion, bending, lumbar_rotation, share, knees, stands)


def default_angles(fields: Fields) -> dict[str, Floats]:
    """Trunk flexion and lean and pelvic obliquity (B,) where they are not given, rad."""
    side = _stance_side(fields)
    backrest = fields.angle["backrest_inclination"]
    sits = fields.is_stance("sitting")
    flexion = np.where(sits, np.where(np.isnan(backrest), c.SITTING_TRUNK, -backrest), 0.0)
    return {
        "trunk_flexion": np.where(side != 0, c.ONE_LEG_FLEXION, flexion),
        "trunk_lateral_lean": c.ONE_LEG_LEAN * side + _counter_lean(fields),
        "pelvic_obliquity": -c.ONE_LEG_OBLIQUITY * side,
    }


def _counter_lean(fields: Fields) -> Floats:
    """Lean away from a load in one hand while standing, right +, rad."""
    uneven = fields.hand_load[:, 0] - fields.hand_load[:, 1]
    standing = fields.is_stance("two_leg", "left_leg", "right_leg")
    return np.where(standing, c.COUNTER_LEAN * uneven / fields.mass * c.HAND_LEAN, 0.0)


# --- trunk ----------------------------------------------------------------------------------


def _chain(body: Body, across: int) -> np.ndarray:
    """Pieces of the line L5/S1 to C7 as complex numbers: height + i * (forward or right)."""
    steps = [body.joint[SEGMENT[name]] for name in TRUNK[1:5]]
    last = body.joint[SEGMENT["thorax"]] + body.c7
    return np.array([v[1] + 1j * v[across] for v in (*steps, np.zeros(3), last)])


def rhythm(total: Floats) -> tuple[Floats, Floats]:
    """Share of the lumbar spine in a forward turn of the upper trunk (rad), and its slope there."""
    knots, shares = c.RHYTHM_KNOTS, c.RHYTHM_LUMBAR_SHARE
    lumbar = np.interp(total, knots, c.RHYTHM_LUMBAR)
    lumbar = np.where(total < 0, total * shares[0], lumbar)
    lumbar = np.where(total > knots[-1], lumbar + (total - knots[-1]) * shares[-1], lumbar)
    slope = shares[np.clip(np.searchsorted(knots, total, side="right") - 1, 0, len(shares) - 1)]
    return lumbar, slope


def _sagittal_trunk(body: Body, fields: Fields) -> tuple[Floats, Floats, Floats]:
    """Forward turn of the pelvis, lumbar flexion and extra kyphosis that give the inclination.

    Of pelvis and lumbar spine what is given stays; what is not, follows: both by the rhythm, one
    by the inclination. Where both are given the upper trunk makes up the difference.
    """
    given = fields.angle["trunk_flexion"]
    target = np.where(np.isnan(given), default_angles(fields)["trunk_flexion"], given)
    sits = fields.is_stance("sitting")
    pelvis, lumbar = fields.angle["pelvic_tilt_change"], -fields.angle["lumbar_lordosis_change"]
    roll = np.where(sits & np.isnan(pelvis), c.SITTING_PELVIS, 0.0)
    has_pelvis, has_lumbar = ~np.isnan(pelvis), ~np.isnan(lumbar)
    # In sitting the pelvis has rolled back before the trunk bends on.
    by_rhythm = ~has_pelvis & ~has_lumbar
    chain, chain_weights = _chain(body, 0), np.append(np.cumsum(c.FLEXION_SHARES), 1.0)
    t = np.where(by_rhythm | has_lumbar, target, 0.0)
    upright = np.angle(chain.sum())
    for _ in range(8):
        share, slope = rhythm(t)
        forward = np.where(by_rhythm, t - share, np.where(has_pelvis, pelvis, t)) + roll
        curl = np.where(by_rhythm, share, np.where(has_lumbar, lumbar, t))
        extra = np.where(has_pelvis & has_lumbar, t, 0.0)
        # Sitting upright on a rolled-back pelvis means flexing the lumbar spine by as much.
        curl = curl - np.where(has_lumbar, 0.0, roll)
        d_forward = np.where(by_rhythm, 1 - slope, np.where(has_pelvis, 0.0, 1.0))
        d_curl = np.where(by_rhythm, slope, np.where(has_lumbar, 0.0, 1.0 * has_pelvis))
        d_extra = 1.0 * (has_pelvis & has_lumbar)
        angles = forward[:, None] + curl[:, None] * chain_weights
        angles[:, -1] += extra
        pieces = chain * np.exp(1j * angles)
        whole = pieces.sum(axis=1)
        rates = d_forward[:, None] + d_curl[:, None] * chain_weights
        rates[:, -1] += d_extra
        gain = ((pieces * rates).sum(axis=1) / whole).real
        error = np.angle(whole) - upright - target
        t = t - error / np.maximum(gain, 0.2)
    return forward, curl, extra


def _obliquity(body: Body, fields: Fields) -> Floats:
    """Right side up +: a longer right leg lifts it in two-leg stance, a free one on one leg."""
    given = fields.angle["pelvic_obliquity"]
    implied = np.arcsin(np.clip(fields.leg_length_difference / body.hip_joint_width, -0.9, 0.9))
    implied = np.where(fields.is_stance("two_leg"), implied, 0.0)
    usual = default_angles(fields)["pelvic_obliquity"]
    return np.where(np.isnan(given), usual + implied, given)


def _stance_side(fields: Fields) -> Floats:
    """(B,): 1 standing on the right leg, -1 on the left, 0 on both."""
    return 1.0 * fields.is_stance("right_leg") - 1.0 * fields.is_stance("left_leg")


def _frontal_trunk(body: Body, fields: Fields, obliquity: Floats) -> Floats:
    """Lumbar bending to the right that gives the lean of the trunk, whatever the pelvis does."""
    lean = fields.angle["trunk_lateral_lean"]
    target = np.where(np.isnan(lean), default_angles(fields)["trunk_lateral_lean"], lean)
    chain = _chain(body, 2)
    weights = np.append(np.cumsum(c.BENDING_SHARES), 1.0)
    bending = target + obliquity
    for _ in range(6):
        pieces = chain * np.exp(1j * (bending[:, None] * weights - obliquity[:, None]))
        whole = pieces.sum(axis=1)
        gain = ((pieces * weights).sum(axis=1) / whole).real
        bending = bending - (np.angle(whole) - target) / np.maximum(gain, 0.2)
    return bending


# --- legs -----------------------------------------------------------------------------------


def _share(fields: Fields) -> Floats:
    """(B, 2): what each foot carries of all that the feet carry."""
    left = np.where(np.isnan(fields.share_left), 0.5, fields.share_left)
    left = np.where(fields.is_stance("left_leg"), 1.0, left)
    left = np.where(fields.is_stance("right_leg"), 0.0, left)
    return np.stack([left, 1.0 - left], axis=-1)


def _knees(fields: Fields) -> Floats:
    """(B, 2): knee flexion, left and right."""
    sits = fields.is_stance("sitting")
    out = []
    for side, other in (("left", "right"), ("right", "left")):
        swings = fields.is_stance(f"{other}_leg")
        usual = np.where(sits, np.pi / 2, np.where(swings, c.SWING_KNEE, 0.0))
        given = fields.angle[f"knee_flexion_{side}"]
        out.append(np.where(np.isnan(given), usual, given))
    return np.stack(out, axis=-1)


def _thighs(
    body: Body,
    fields: Fields,
    trunk: tuple[Floats, Floats],
    legs: tuple[Floats, Floats, Floats],
) -> tuple[Floats, Floats]:
    """Forward and sideways turn of both thighs in the world (B, 2), so that the body balances.

    Where the hip is not given the legs turn about the hips until the centre of mass stands over
    the feet; one closed form in each plane.
    """
    from hipspine.mechanics.support import upper_body  # noqa: PLC0415  (support needs pose)

    forward, knees, share = legs
    relative, slide = trunk
    axes, origin = frames(body, relative, slide)
    mass, centre = upper_body(body, fields, axes, origin)
    hips = np.stack([origin[:, SEGMENT["femur_l"]], origin[:, SEGMENT["femur_r"]]], axis=1)
    given = np.stack([fields.angle["hip_flexion_left"], fields.angle["hip_flexion_right"]], -1)
    sits = fields.is_stance("sitting")[:, None]
    stands = share > 0
    usual = np.where(sits, np.pi / 2, np.where(stands, np.nan, c.SWING_THIGH))
    flexed = np.where(np.isnan(given), usual, given - forward[:, None])
    flexed = np.where(fields.is_stance(*LYING)[:, None], np.nan_to_num(given), flexed)
    leg = _rigid_legs(body, knees)
    flexed = _balanced_forward(flexed, share, (mass, centre - hips.mean(axis=1)), leg, body)
    tilt = _balanced_sideways(body, fields, (flexed, share, hips), (mass, centre), leg)
    return flexed, tilt


@dataclass(frozen=True)
class _Legs:
    """Both legs (B, 2, 3) in the thigh's frame: mass times centre without the foot; the ankle."""

    moment: Floats
    ankle: Floats
    mass: float
    foot_mass: float
    foot_centre: Floats


def _rigid_legs(body: Body, knees: Floats) -> _Legs:
    moments, ankles = [], []
    for i, s in enumerate("lr"):
        rotation, slide = knee_pose(knees[:, i], 1.0 if s == "r" else -1.0)
        thigh, shin, foot = (SEGMENT[f"{part}_{s}"] for part in ("femur", "tibia", "foot"))
        knee = body.joint[shin] + slide
        centre = knee + (rotation @ body.centre[shin][:, None])[..., 0]
        ankles.append(knee + (rotation @ body.joint[foot][:, None])[..., 0])
        mass = body.segment_mass
        moments.append(mass[thigh] * body.centre[thigh] + mass[shin] * centre)
    foot = SEGMENT["foot_r"]
    both = body.segment_mass[SEGMENT["femur_r"]] + body.segment_mass[SEGMENT["tibia_r"]]
    feet = np.stack([body.centre[SEGMENT["foot_l"]], body.centre[foot]])
    return _Legs(
        np.stack(moments, 1), np.stack(ankles, 1), float(both), float(body.segment_mass[foot]), feet
    )


def _turned(x: Floats, y: Floats, angle: Floats) -> Floats:
    return x * np.cos(angle) - y * np.sin(angle)


def _balanced_forward(
    flexed: Floats, share: Floats, upper: tuple[Floats, Floats], legs: _Legs, body: Body
) -> Floats:
    """(B, 2): thighs forward; those that are NaN turn together until the body balances."""
    mass, centre = upper
    whole = mass + 2 * (legs.mass + legs.foot_mass)
    v = legs.moment + legs.foot_mass * legs.ankle - (whole[:, None] * share)[..., None] * legs.ankle
    free = np.isnan(flexed)
    fixed = np.where(free, 0.0, _turned(v[..., 0], v[..., 1], np.nan_to_num(flexed)))
    wanted = whole * c.FOOT_CENTRE * body.height_m - mass * centre[:, 0] - fixed.sum(axis=1)
    wanted = wanted - legs.foot_mass * legs.foot_centre[:, 0].sum()
    a, b = (v[..., 0] * free).sum(axis=1), -(v[..., 1] * free).sum(axis=1)
    angle = _nearest(a, b, wanted)
    return np.where(free, angle[:, None], flexed)


def _nearest(a: Floats, b: Floats, wanted: Floats) -> Floats:
    """The root of a cos x + b sin x = wanted next to 0; next best where there is none."""
    size = np.maximum(np.hypot(a, b), 1e-9)
    middle = np.arctan2(b, a)
    swing = np.arccos(np.clip(wanted / size, -1.0, 1.0))
    roots = np.stack([middle + swing, middle - swing])
    roots = (roots + np.pi) % (2 * np.pi) - np.pi
    return np.clip(np.where(np.abs(roots[0]) < np.abs(roots[1]), *roots), -1.2, 1.2)


def _balanced_sideways(
    body: Body,
    fields: Fields,
    stand: tuple[Floats, Floats, Floats],
    upper: tuple[Floats, Floats],
    legs: _Legs,
) -> Floats:
    """(B, 2): sideways turn of the thighs, feet to the left +; the swinging leg hangs straight."""
    flexed, share, hips = stand
    mass, centre = upper
    whole = mass + 2 * (legs.mass + legs.foot_mass)
    on_feet = whole - fields.cane_share * body.mass_kg
    stands = share > 0
    v = legs.moment + legs.foot_mass * legs.ankle
    v = v - (on_feet[:, None] * share)[..., None] * legs.ankle
    height = v[..., 0] * np.sin(flexed) + v[..., 1] * np.cos(flexed)
    a, b = (v[..., 2] * stands).sum(axis=1), (height * stands).sum(axis=1)
    at_hips = ((legs.mass + legs.foot_mass) - on_feet[:, None] * share) * hips[..., 2]
    fixed = mass * centre[:, 2] + at_hips.sum(axis=1)
    fixed = fixed + np.where(stands, 0.0, v[..., 2]).sum(axis=1)
    cane = fields.cane_share * body.mass_kg * fields.cane_side * c.CANE_REACH * body.height_m
    angle = _nearest(a, b, cane - fixed)
    standing = fields.is_stance("two_leg", "left_leg", "right_leg")
    return np.where(stands & standing[:, None], angle[:, None], 0.0)


def _set_legs(
    relative: Floats, slide: Floats, thighs: tuple[Floats, Floats], knees: Floats
) -> None:
    """Enter thighs, shins, kneecaps and flat feet into the turns of the segments."""
    pelvis = relative[:, 0]
    for i, s in enumerate("lr"):
        mirror = 1.0 if s == "r" else -1.0
        thigh = turn(0, thighs[1][:, i]) @ turn(2, thighs[0][:, i])
        relative[:, SEGMENT[f"femur_{s}"]] = np.swapaxes(pelvis, 1, 2) @ thigh
        shin, shift = knee_pose(knees[:, i], mirror)
        relative[:, SEGMENT[f"tibia_{s}"]], slide[:, SEGMENT[f"tibia_{s}"]] = shin, shift
        cap, shift = patella_pose(knees[:, i])
        relative[:, SEGMENT[f"patella_{s}"]], slide[:, SEGMENT[f"patella_{s}"]] = cap, shift
        relative[:, SEGMENT[f"foot_{s}"]] = np.swapaxes(thigh @ shin, 1, 2)
