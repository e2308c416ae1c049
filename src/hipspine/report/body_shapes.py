"""The lower body from the front and the back: outline, bones, and a place for every region.

Own drawing. Frame of one half: x from the midline outwards, y downwards from the lower ribs to
the soles, about 2.4 mm a unit in an adult; the other half mirrors it. L4 lies at the height of
the iliac crests (y 70), the hip centre at x 36, y 130.
"""

from typing import Literal

import numpy as np

from hipspine.findings.regions import COARSE_REGIONS, PAIN_REGIONS
from hipspine.report.svg_marks import smooth

View = Literal["front", "back"]
Point = tuple[float, float]
Shape = tuple[Point, ...]

_OUTER: Shape = (
    (50, 0), (47, 24), (48, 44), (57, 72), (66, 104), (71, 136), (70, 172), (64, 222), (56, 266),
    (50, 296), (50, 318), (53, 350), (49, 392), (41, 428), (39, 444), (48, 462), (46, 472),
)  # fmt: skip
_INNER: Shape = (
    (26, 472), (23, 460), (25, 440), (24, 420), (19, 385), (15, 350), (18, 318), (17, 294),
    (12, 250), (6, 205), (2, 162),
)  # fmt: skip
_MIRRORED = tuple((-x, y) for x, y in reversed(_OUTER + _INNER))
OUTLINE: Shape = _OUTER + _INNER + _MIRRORED

#: Halves of what is on both sides; clipped by the outline, so they may reach beyond it.
SIDED: dict[View, dict[str, Shape]] = {
    "front": {
        "groin": ((8, 142), (22, 124), (44, 108), (48, 122), (30, 146), (12, 160)),
        "lateral_hip": ((54, 112), (76, 112), (76, 162), (58, 160), (52, 136)),
        "anterior_thigh": ((26, 152), (50, 140), (56, 180), (50, 240), (42, 276), (26, 274),
                           (24, 220)),
        "medial_thigh": ((2, 164), (20, 156), (23, 210), (25, 268), (12, 272), (4, 220)),
        "lateral_thigh": ((58, 166), (76, 168), (70, 230), (58, 276), (47, 274), (53, 230)),
        "knee": ((15, 286), (34, 280), (54, 286), (54, 314), (34, 320), (15, 314)),
        "leg_medial": ((10, 324), (28, 322), (29, 370), (32, 424), (20, 426), (14, 380)),
        "leg_lateral": ((36, 322), (58, 322), (56, 370), (44, 428), (35, 424), (36, 370)),
        "foot_dorsum": ((24, 436), (42, 434), (51, 464), (36, 469), (22, 464)),
    },
    "back": {
        "low_back": ((3, 34), (42, 38), (48, 66), (30, 92), (4, 100)),
        "paraspinal": ((7, 24), (20, 24), (22, 60), (18, 92), (8, 92)),
        "buttock": ((8, 112), (30, 96), (56, 104), (58, 140), (46, 164), (16, 166), (6, 144)),
        "lateral_hip": ((56, 112), (76, 112), (76, 162), (60, 160), (55, 136)),
        "ischial": ((14, 150), (26, 148), (32, 160), (24, 172), (12, 168)),
        "posterior_thigh": ((8, 178), (54, 176), (50, 236), (44, 284), (18, 286), (14, 240)),
        "lateral_thigh": ((58, 168), (76, 168), (70, 230), (58, 280), (48, 276), (54, 230)),
        "calf": ((16, 322), (38, 320), (44, 352), (38, 396), (24, 404), (12, 356)),
        "leg_lateral": ((44, 322), (60, 322), (58, 370), (44, 430), (36, 420), (46, 370)),
        "foot_sole": ((25, 500), (34, 494), (43, 500), (44, 520), (39, 540), (28, 540), (27, 520)),
    },
}  # fmt: skip
#: On the midline; no side.
CENTRAL: dict[View, dict[str, Shape]] = {
    "front": {"pubic": ((-12, 138), (0, 134), (12, 138), (8, 154), (0, 158), (-8, 154))},
    "back": {"low_back_midline": ((-6, 30), (6, 30), (8, 64), (5, 98), (-5, 98), (-8, 64))},
}
_FOOT = ("foot_dorsum", "foot_sole")
_SHIN = ("leg_medial", "leg_lateral", "calf")
_THIGH = ("anterior_thigh", "medial_thigh", "lateral_thigh", "posterior_thigh")
#: What a coarse finding may mean; drawn as uncertain.
COARSE: dict[str, tuple[str, ...]] = {
    "pain_below_knee": (*_SHIN, *_FOOT),
    "pain_below_buttock": (*_THIGH, "knee", *_SHIN, *_FOOT),
    "pain_thigh_any": _THIGH,
}
#: Where findings lie: finding id -> regions of the drawing.
PLACES: dict[str, tuple[str, ...]] = {
    **{finding: (region,) for region, finding in PAIN_REGIONS.items()},
    **{finding: COARSE[finding] for finding in COARSE_REGIONS.values()},
}
SOLE: Shape = (
    (25, 496), (34, 488), (44, 496), (45, 516), (42, 540), (35, 549), (27, 540), (28, 518),
)  # fmt: skip
ILIUM: Shape = (
    (9, 92), (24, 74), (46, 70), (56, 84), (50, 104), (44, 124), (44, 138), (28, 142), (20, 164),
    (12, 162), (4, 148), (5, 142), (20, 134), (22, 120), (14, 108),
)  # fmt: skip
SACRUM: Shape = ((-11, 92), (11, 92), (7, 116), (2, 134), (-2, 134), (-7, 116))
FEMUR: Shape = (
    (31, 131), (37, 124), (44, 131), (58, 128), (62, 138), (56, 160), (48, 220), (43, 278),
    (46, 292), (24, 292), (31, 278), (42, 210), (49, 160), (41, 140),
)  # fmt: skip
TIBIA: Shape = (
    (24, 297), (45, 297), (40, 312), (37, 370), (38, 436), (27, 436), (30, 370), (27, 312),
)  # fmt: skip
#: L1 to L5: heights of the tops.
VERTEBRAE = (10.0, 26.0, 42.0, 58.0, 75.0)


def path(shape: Shape, x: float, sign: int = 1, *, closed: bool = True) -> str:
    """SVG path data of a shape about the midline `x`; sign -1 mirrors it."""
    return smooth(np.array([(x + sign * px, py) for px, py in shape], float), closed=closed)


def centre(shape: Shape) -> Point:
    """The mean of the corners."""
    xs, ys = zip(*shape, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)
