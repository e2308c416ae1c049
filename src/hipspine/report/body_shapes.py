"""The lower body from the front and the back: outline, and a place for every region.

Own drawing. Frame of one half: x from the midline outwards, y downwards from the lower ribs to
the heels, about 2.4 mm a unit in an adult; the other half mirrors it. L4 lies at the height of
the iliac crests (y 70), the hip centre at x 36, y 130.
"""

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hipspine.findings.regions import COARSE_REGIONS, PAIN_REGIONS
from hipspine.report.svg_marks import smooth, straight

View = Literal["front", "back"]
Point = tuple[float, float]
Shape = tuple[Point, ...]

_OUTER: Shape = (
    (49, 0), (46, 22), (47, 42), (54, 66), (63, 92), (69, 118), (72, 142), (71, 168), (67, 200),
    (62, 232), (56, 262), (51, 284), (50, 300), (50, 314), (53, 336), (54, 356), (51, 384),
    (45, 410), (40, 430),
)  # fmt: skip
_INNER: Shape = (
    (26, 430), (24, 414), (20, 392), (15, 366), (14, 344), (17, 322), (19, 306), (18, 290),
    (16, 272), (12, 246), (8, 214), (4, 184), (1.5, 164), (0, 160),
)  # fmt: skip
_ANKLE_AND_FOOT: dict[View, Shape] = {
    "front": ((41, 441), (40, 450), (44, 460), (49, 468), (49, 475), (42, 478), (33, 479),
              (24, 478), (22, 470), (23, 458), (25, 448), (24, 439)),
    "back": ((39, 440), (41, 446), (40, 453), (42, 463), (41, 473), (34, 477), (27, 474),
             (25, 464), (26, 452), (24, 443), (27, 437)),
}  # fmt: skip


def _whole(half: Shape) -> Shape:
    return half + tuple((-x, y) for x, y in reversed(half[:-1]))


#: From the left lower ribs round both legs to the right lower ribs; open at the top.
OUTLINE: dict[View, Shape] = {
    view: _whole(_OUTER + foot + _INNER) for view, foot in _ANKLE_AND_FOOT.items()
}

#: Halves of what is on both sides; they may reach beyond the skin, see `inside`.
SIDED: dict[View, dict[str, Shape]] = {
    "front": {
        "groin": ((8, 142), (22, 124), (44, 108), (48, 122), (30, 146), (12, 160)),
        "lateral_hip": ((54, 112), (76, 112), (76, 162), (58, 160), (52, 136)),
        "anterior_thigh": ((26, 152), (50, 140), (56, 180), (50, 240), (42, 276), (26, 274),
                           (24, 220)),
        "medial_thigh": ((2, 164), (20, 156), (23, 210), (25, 268), (12, 272), (4, 220)),
        "lateral_thigh": ((58, 166), (76, 168), (70, 230), (58, 276), (47, 274), (53, 230)),
        "knee": ((15, 286), (34, 280), (54, 286), (54, 314), (34, 320), (15, 314)),
        "leg_medial": ((10, 324), (28, 322), (29, 370), (32, 418), (20, 420), (14, 380)),
        "leg_lateral": ((36, 322), (58, 322), (56, 370), (44, 422), (35, 420), (36, 370)),
        "foot_dorsum": ((27, 446), (38, 446), (42, 459), (46, 469), (37, 474), (25, 474),
                        (26, 460)),
    },
    "back": {
        "low_back": ((-4, 32), (16, 31), (34, 33), (45, 42), (47, 62), (36, 85), (16, 97),
                     (-4, 101)),
        "paraspinal": ((7, 24), (20, 24), (22, 60), (18, 92), (8, 92)),
        "buttock": ((8, 112), (30, 96), (56, 104), (58, 140), (46, 164), (16, 166), (6, 144)),
        "lateral_hip": ((56, 112), (76, 112), (76, 162), (60, 160), (55, 136)),
        "ischial": ((14, 150), (26, 148), (32, 160), (24, 172), (12, 168)),
        "posterior_thigh": ((8, 178), (54, 176), (50, 236), (44, 284), (18, 286), (14, 240)),
        "lateral_thigh": ((58, 168), (76, 168), (70, 230), (58, 280), (48, 276), (54, 230)),
        "calf": ((16, 322), (38, 320), (44, 352), (38, 396), (24, 404), (12, 356)),
        "leg_lateral": ((44, 322), (60, 322), (58, 370), (44, 422), (36, 416), (46, 370)),
        "foot_sole": ((35, 504), (40, 508), (42, 520), (45, 533), (47, 546), (44, 554), (38, 554),
                      (38, 540), (35, 524), (33, 511)),
    },
}  # fmt: skip
#: Half the width of the line that draws the skin; points on each piece of a curve.
_SKIN, _STEPS = 0.6, 6
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


def path(shape: Shape, x: float, sign: int = 1, *, closed: bool = True) -> str:
    """SVG path data of a shape about the midline `x`; sign -1 mirrors it."""
    return smooth(np.array([(x + sign * px, py) for px, py in shape], float), closed=closed)


def centre(shape: Shape) -> Point:
    """The mean of the corners."""
    xs, ys = zip(*shape, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def lowest_edge(shape: Shape) -> Shape:
    """The two lowest corners."""
    return tuple(sorted(shape, key=lambda corner: corner[1])[-2:])


@cache
def inside(shape: Shape, sign: int) -> str:
    """Path data of a half's shape, held within the skin of the leg and the trunk."""
    points = curve(shape, closed=True)
    x, y = points.T
    outer, inner = curve(_OUTER), curve(_INNER)[::-1]
    # Below the shin the foot has no one inner and outer edge; above the crotch there is no inner.
    most = np.interp(y, outer[:, 1], outer[:, 0], right=np.inf)
    least = np.interp(y, inner[:, 1], inner[:, 0], left=-np.inf, right=-np.inf)
    x = np.clip(x, least + _SKIN, most - _SKIN)
    return straight(np.column_stack([sign * x, y]).round(1), closed=True)


def curve(shape: Shape, *, closed: bool = False) -> NDArray[np.float64]:
    """Points (N, 2) on the Catmull-Rom curve that `path` draws."""
    corners = np.array(shape, float)
    ends = (corners[-1:], corners[:2]) if closed else (corners[:1], corners[-1:])
    ring = np.concatenate([ends[0], corners, ends[1]])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + t * (c - a) + t**2 * (2 * a - 5 * b + 4 * c - d)
               + t**3 * (3 * b - a - 3 * c + d))
        for a, b, c, d in zip(ring, ring[1:], ring[2:], ring[3:], strict=False)
    ]  # fmt: skip
    return np.concatenate([*pieces, ring[-2:-1]])
