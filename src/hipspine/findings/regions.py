"""The regions of the pain map and the findings that they state."""

from hipspine.evidence import evidence

PAIN_REGIONS = {
    "low_back": "pain_low_back",
    "low_back_midline": "pain_low_back_midline",
    "paraspinal": "pain_paraspinal_unilateral",
    "buttock": "pain_buttock",
    "groin": "pain_groin",
    "lateral_hip": "pain_lateral_hip",
    "anterior_thigh": "pain_anterior_thigh",
    "medial_thigh": "pain_medial_thigh",
    "lateral_thigh": "pain_lateral_thigh",
    "posterior_thigh": "pain_posterior_thigh",
    "knee": "pain_knee",
    "leg_medial": "pain_leg_medial",
    "leg_lateral": "pain_leg_lateral",
    "calf": "pain_leg_posterior",
    "foot_dorsum": "pain_foot_dorsum",
    "foot_sole": "pain_foot_lateral_sole",
    "pubic": "pain_pubic",
    "ischial": "pain_ischial",
}

#: Regions too coarse for the map: they state a general finding and free nothing of pain.
COARSE_REGIONS = {
    "foot": "pain_below_knee",
    "shin": "pain_below_knee",
    "lower_leg": "pain_below_knee",
    "below_knee": "pain_below_knee",
    "leg": "pain_below_buttock",
    "thigh": "pain_thigh_any",
}

_OTHER_NAMES = {
    "back": "low_back",
    "lower_back": "low_back",
    "lumbar": "low_back",
    "midline_low_back": "low_back_midline",
    "trochanter": "lateral_hip",
    "greater_trochanter": "lateral_hip",
    "gluteal": "buttock",
    "inguinal": "groin",
    "anterior_hip": "groin",
    "front_thigh": "anterior_thigh",
    "inner_thigh": "medial_thigh",
    "outer_thigh": "lateral_thigh",
    "back_thigh": "posterior_thigh",
    "hamstring": "posterior_thigh",
    "leg_posterior": "calf",
    "posterior_leg": "calf",
    "medial_leg": "leg_medial",
    "shin_medial": "leg_medial",
    "lateral_leg": "leg_lateral",
    "shin_lateral": "leg_lateral",
    "dorsum_foot": "foot_dorsum",
    "top_of_foot": "foot_dorsum",
    "great_toe": "foot_dorsum",
    "sole": "foot_sole",
    "foot_lateral": "foot_sole",
    "lateral_foot": "foot_sole",
    "pubis": "pubic",
    "symphysis": "pubic",
    "sit_bone": "ischial",
}


def region_finding(region: str) -> str | None:
    """Finding id of a region named in any of its usual ways; None when it is not one."""
    name = region.strip().lower().replace(" ", "_").replace("-", "_")
    name = _OTHER_NAMES.get(name, name)
    if name in PAIN_REGIONS:
        return PAIN_REGIONS[name]
    if name in COARSE_REGIONS:
        return COARSE_REGIONS[name]
    prefixed = name if name.startswith("pain_") else f"pain_{name}"
    return prefixed if prefixed in evidence().findings else None
