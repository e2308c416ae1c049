"""What is said beside the figures: what was assumed, what cannot be, which field drives it."""

import numpy as np

from hipspine.mechanics import constants as c
from hipspine.mechanics.pose import LYING
from hipspine.mechanics.posture import Posture, bounds
from hipspine.mechanics.solving import Solved
from hipspine.wording import Wording

#: What each group of fields is taken as where it is left out, in words.
_NEUTRAL = {
    "trunk_flexion_deg": Wording("trunk upright"),
    "trunk_lateral_lean_deg": Wording("no lean"),
    "trunk_rotation_deg": Wording("no rotation"),
    "pelvic_obliquity_deg": Wording("pelvis level"),
}
#: Fields that load a joint, most direct first; the one furthest from neutral is named.
_TRUNK_FRONT = (
    *("trunk_flexion_deg", "front_load_kg", "front_load_distance_m", "lumbar_lordosis_change_deg"),
    *("pelvic_tilt_change_deg", "backrest_inclination_deg", "guarding"),
)
_TRUNK_SIDE = (
    *("trunk_lateral_lean_deg", "hand_load_left_kg", "hand_load_right_kg"),
    *("pelvic_obliquity_deg", "leg_length_difference_mm", "cane_force_percent_bw", "guarding"),
)
_DRIVERS = {
    ("spine", "extension"): _TRUNK_FRONT,
    ("spine", "bending"): _TRUNK_SIDE,
    ("spine", "rotation"): ("trunk_rotation_deg", *_TRUNK_SIDE),
    ("hip", "abduction"): ("weight_share_left", *_TRUNK_SIDE),
    ("hip", "rotation"): ("trunk_rotation_deg", "hip_flexion_deg", *_TRUNK_SIDE),
    ("hip", "flexion"): ("hip_flexion_deg", *_TRUNK_FRONT, "knee_flexion_deg"),
    ("knee", "flexion"): ("knee_flexion_deg", "hip_flexion_deg", *_TRUNK_FRONT),
    ("ankle", "dorsiflexion"): ("hip_flexion_deg", "knee_flexion_deg", *_TRUNK_FRONT),
}


def driving_field(posture: Posture, joint: str, axis: str) -> str:
    """The field of the posture that asks most of this joint."""
    kind = (
        joint.split("_", maxsplit=1)[0] if joint.startswith(("hip", "knee", "ankle")) else "spine"
    )
    best, most = "stance", 0.05
    for name in _DRIVERS[kind, axis]:
        for field in (name, name.replace("_deg", "_left_deg"), name.replace("_deg", "_right_deg")):
            size = _distance(posture, field)
            if size > most:
                best, most = field, size
    return best


def _distance(posture: Posture, field: str) -> float:
    """How far a field is from neutral, as a share of its range."""
    value = getattr(posture, field, None)
    if field == "guarding" and posture.guarding is not None:
        return max(posture.guarding.left, posture.guarding.right)
    if not isinstance(value, (int, float)) or field not in bounds():
        return 0.0
    low, high = bounds()[field]
    middle = 0.5 if field == "weight_share_left" else 0.0
    if field == "front_load_distance_m" and not posture.front_load_kg:
        return 0.0
    return abs(value - middle) / max(abs(low), abs(high))


def assumptions_of(posture: Posture, solved: Solved) -> tuple[str, ...]:
    """Everything that was not given, with the value used for it."""
    told: list[str] = [
        Wording("static: a snapshot of muscles that just hold the posture; no movement, no impact"),
        Wording(
            "bands: angles measured to 2 degrees, weight share to 3 % of body weight; hip width "
            "and trochanter to 1 SD where not measured; muscle cost a^3 for a^2; added as squares"
        ),
    ]
    told += _of_the_body(posture)
    if posture.stance in LYING:
        told.append(
            Wording("lying: the bed carries every part where it is; only resting tone is left")
        )
        return (*told, *without_effect(posture))
    told += _of_the_stance(posture, solved)
    told += [
        Wording("{field}: {words}", field=field, words=words)
        for field, words in _NEUTRAL.items()
        if _is_neutral(posture, field)
    ]
    told += _of_the_pelvis(posture, solved)
    told += _of_loads(posture)
    return (*told, *without_effect(posture))


def _is_neutral(posture: Posture, field: str) -> bool:
    if getattr(posture, field) is not None:
        return False
    if field == "pelvic_obliquity_deg" and posture.leg_length_difference_mm:
        return False
    if field != "trunk_rotation_deg" and posture.stance in ("left_leg", "right_leg"):
        return False
    return not (field == "trunk_flexion_deg" and posture.stance == "sitting")


def _of_the_body(posture: Posture) -> list[str]:
    told: list[str] = []
    usual = {
        "hip_joint_width_mm": (
            c.HIP_WIDTH_PER_HEIGHT,
            Wording("mean of ten men with hip implants"),
        ),
        "femur_length_mm": (0.404425 / c.REFERENCE_HEIGHT, Wording("generic body")),
        "trochanter_offset_mm": (
            c.TROCHANTER_PER_HEIGHT,
            Wording("mean of three men with hip implants"),
        ),
    }
    for field, (per_height, whose) in usual.items():
        if getattr(posture, field) is None:
            told.append(
                Wording(
                    "{field}: {mm:.0f} from stature ({whose})",
                    field=field,
                    mm=per_height * posture.height_m * 1000,
                    whose=whose,
                )
            )
    if posture.sex == "X":
        told.append(Wording("sex X: mass shares half way between women and men"))
    return told


def _of_the_stance(posture: Posture, solved: Solved) -> list[str]:
    told: list[str] = []
    if posture.stance == "two_leg" and posture.weight_share_left is None:
        told.append("weight_share_left: 0.5")
    if posture.stance == "sitting":
        told.append(
            Wording("seat and floor carry the legs; thighs level, knees square unless given")
        )
        if posture.trunk_flexion_deg is None:
            lean = posture.backrest_inclination_deg
            at = Wording("5 (relaxed)")
            if lean is not None:
                at = Wording("as the backrest, -{lean:g}", lean=lean)
            told.append(Wording("{field}: {words}", field="trunk_flexion_deg", words=at))
    if posture.stance in ("left_leg", "right_leg"):
        leg = posture.stance.removesuffix("_leg")
        if posture.trunk_lateral_lean_deg is None:
            lean = float(np.degrees(c.ONE_LEG_LEAN))
            toward = {
                "left": Wording(
                    "trunk_lateral_lean_deg: {lean:.1f} toward the left leg (fitted)", lean=lean
                ),
                "right": Wording(
                    "trunk_lateral_lean_deg: {lean:.1f} toward the right leg (fitted)", lean=lean
                ),
            }
            told.append(toward[leg])
        if posture.trunk_flexion_deg is None:
            told.append(
                Wording(
                    "trunk_flexion_deg: {degrees:g} (weight near the hip)",
                    degrees=float(np.degrees(c.ONE_LEG_FLEXION)),
                )
            )
        if posture.pelvic_obliquity_deg is None:
            told.append(
                Wording(
                    "pelvis {degrees:.0f} degrees up on the free side",
                    degrees=float(np.degrees(c.ONE_LEG_OBLIQUITY)),
                )
            )
        told.append(Wording("free leg: thigh 10 degrees forward, knee bent 60, unless given"))
    return told


def _of_the_pelvis(posture: Posture, solved: Solved) -> list[str]:
    tilt, lordosis = posture.pelvic_tilt_change_deg, posture.lumbar_lordosis_change_deg
    pelvis = float(np.degrees(solved.statics.pose.pelvis_forward[0]))
    spine = -float(np.degrees(solved.statics.pose.flexion[0]))
    if tilt is None and lordosis is None:
        if abs(pelvis) < 0.05 and abs(spine) < 0.05:
            return [Wording("pelvic tilt and lordosis: as in this person's neutral standing")]
        return [
            Wording(
                "pelvic tilt {tilt:+.0f} and lordosis {lordosis:+.0f} degrees by lumbopelvic "
                "rhythm",
                tilt=pelvis,
                lordosis=spine,
            )
        ]
    if lordosis is None:
        return [
            Wording(
                "{field}: {degrees:+.0f}, so that the trunk is as inclined as told",
                field="lumbar_lordosis_change_deg",
                degrees=spine,
            )
        ]
    if tilt is None:
        if posture.trunk_flexion_deg is None and solved.statics.fields.stands[0]:
            return [
                Wording(
                    "{field}: {degrees:+.0f}, half of the lordosis; the upper trunk makes up the "
                    "rest",
                    field="pelvic_tilt_change_deg",
                    degrees=pelvis,
                )
            ]
        return [
            Wording(
                "{field}: {degrees:+.0f}, so that the trunk is as inclined as told",
                field="pelvic_tilt_change_deg",
                degrees=pelvis,
            )
        ]
    return [Wording("the upper trunk bends so that pelvis, lordosis and inclination agree")]


def _of_loads(posture: Posture) -> list[str]:
    told: list[str] = []
    if posture.front_load_kg and posture.front_load_distance_m is None:
        told.append(f"front_load_distance_m: {c.FRONT_DISTANCE:g}")
    if posture.cane_hand and posture.cane_force_percent_bw is None:
        told.append(f"cane_force_percent_bw: {c.CANE_PERCENT:g}")
    if posture.hands in ("on_thighs", "on_armrests"):
        share = c.HANDS_SHARE * 100
        told.append(
            Wording(
                "hands carry the arms and {share:g} % of body weight (a judgement)", share=share
            )
        )
    uneven = (posture.hand_load_left_kg or 0) - (posture.hand_load_right_kg or 0)
    if uneven and posture.trunk_lateral_lean_deg is None and posture.stance not in LYING:
        told.append(Wording("the trunk leans away from the heavier hand by a fitted share"))
    if posture.guarding and (posture.guarding.left or posture.guarding.right):
        floor = c.GUARDING_ACTIVATION * 100
        told.append(
            Wording(
                "guarding 1: back, gluteal and hip flexor muscles hold at least {floor:g} %",
                floor=floor,
            )
        )
    return told


def without_effect(posture: Posture) -> list[str]:
    """Fields that were given and change nothing here."""
    stance = posture.stance
    told: list[str] = []
    standing = stance in ("two_leg", "left_leg", "right_leg")
    ineffective = {
        "weight_share_left": stance != "two_leg",
        "leg_length_difference_mm": stance != "two_leg" or posture.pelvic_obliquity_deg is not None,
        "cane_hand": not standing,
        "cane_force_percent_bw": not standing or posture.cane_hand is None,
        "backrest_inclination_deg": stance != "sitting",
        "front_load_distance_m": not posture.front_load_kg,
        "hands": stance in LYING,
        "hand_load_left_kg": stance in LYING,
        "hand_load_right_kg": stance in LYING,
        "front_load_kg": stance in LYING,
    }
    for field, idle in ineffective.items():
        value = getattr(posture, field)
        if idle and value not in (None, "free", 0):
            told.append(Wording("{field} has no effect here", field=field))
    return told


def warnings_of(posture: Posture, solved: Solved) -> tuple[str, ...]:
    """What the reader has to know before using the figures."""
    told: list[str] = []
    around = solved.statics.outside
    if around.unsupported[0]:
        shift = around.foot_shift[0] * 100
        cm = abs(float(shift))
        told.append(
            Wording(
                "this posture would fall: the floor would have to push {cm:.0f} cm ahead of its "
                "usual place under the feet",
                cm=cm,
            )
            if shift > 0
            else Wording(
                "this posture would fall: the floor would have to push {cm:.0f} cm behind its "
                "usual place under the feet",
                cm=cm,
            )
        )
    if (np.abs(solved.reserves[0]) > 1.0).any():
        told.append(Wording("these muscles cannot hold this posture; see beyond_muscles"))
    return tuple(told)
