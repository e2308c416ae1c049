"""The figure under the marks: skin, bones, folds and toes, from the front and from the back."""

from functools import cache

from hipspine.report.body_shapes import OUTLINE, Shape, View, path
from hipspine.report.svg_marks import tag

_ILIUM: Shape = (
    (10, 92), (17, 80), (29, 71), (42, 68), (53, 75), (57, 86), (54, 97), (49, 106), (47, 115),
    (49, 124), (45, 138), (38, 146), (32, 154), (29, 167), (21, 173), (12, 166), (5, 158),
    (2, 150), (3, 140), (12, 136), (22, 133), (23, 122), (18, 110), (11, 101),
)  # fmt: skip
_FEMUR: Shape = (
    (29, 130), (32, 123), (39, 121), (45, 126), (52, 127), (58, 124), (63, 129), (62, 141),
    (58, 156), (54, 190), (49, 230), (45, 262), (46, 276), (49, 286), (45, 293), (36, 290),
    (26, 293), (21, 286), (25, 276), (33, 262), (40, 230), (46, 190), (48, 166), (45, 155),
    (42, 143), (34, 139),
)  # fmt: skip
_TIBIA: Shape = (
    (22, 298), (34, 296), (46, 298), (45, 306), (38, 318), (35, 350), (33, 400), (33, 430),
    (35, 440), (29, 441), (26, 446), (25, 434), (27, 400), (28, 350), (28, 318), (23, 306),
)  # fmt: skip
_FIBULA: Shape = (
    (44, 306), (48, 306), (47, 315), (44, 360), (39, 415), (39.5, 440), (37.5, 447), (36, 438),
    (37, 415), (41.5, 360), (44, 317),
)  # fmt: skip
_SACRUM: Shape = (
    (-12, 92), (0, 91), (12, 92), (10, 104), (6, 117), (3, 128), (1, 139), (-1, 139), (-3, 128),
    (-6, 117), (-10, 104),
)  # fmt: skip
_SOLE: Shape = (
    (34, 501), (40, 506), (42, 518), (44, 532), (48, 546), (45, 555), (36, 558), (26, 557),
    (22, 548), (26, 534), (28, 518), (28, 506),
)  # fmt: skip
#: L1 to L5: heights of the tops, and widths.
_VERTEBRAE = ((10.0, 17.0), (26.0, 18.0), (42.0, 19.0), (58.0, 20.0), (74.5, 21.0))
#: Centre and radii of the toes, great toe first.
_TOES = (
    (26.0, 478.0, 4.4, 4.6), (32.5, 479.5, 2.9, 3.8), (37.7, 479.0, 2.7, 3.6),
    (42.4, 477.5, 2.6, 3.4), (46.6, 475.5, 2.6, 3.2),
)  # fmt: skip
_TOES_BELOW = (
    (27.0, 561.0, 5.0, 6.0), (34.2, 561.5, 3.0, 4.4), (39.2, 560.0, 2.8, 4.2),
    (43.6, 557.5, 2.7, 4.0), (47.4, 553.5, 2.6, 3.8),
)  # fmt: skip
_FOLDS: dict[View, tuple[Shape, ...]] = {
    "front": (
        ((56, 102), (38, 122), (20, 142), (8, 154)),
        ((25, 284), (22, 296), (26, 308)), ((44, 284), (46, 296), (43, 308)),
    ),
    "back": (
        ((0.5, 128), (0.8, 146), (2, 164)),
        ((4, 166), (18, 172), (34, 171), (50, 163)),
        ((22, 298), (32, 301), (45, 298)),
    ),
}  # fmt: skip


@cache
def figure(view: View, *, soles: bool) -> str:
    """Skin, then bones, then folds; the soles hang below the back view, heels up.

    The same for everyone, so drawn once.
    """
    halves = "".join(_bones(view, sign) for sign in (1, -1))
    skin = path(OUTLINE[view], 0, closed=False)
    parts = [_behind(view), tag("path", d=f"{skin}Z", class_="flesh")]
    parts += [tag("path", d=skin, class_="skin edge"), _spine(view), halves]
    parts.append(tag("path", d=path(_SACRUM, 0), class_="bone"))
    for fold in _FOLDS[view]:
        for sign in (1, -1):
            parts.append(tag("path", d=path(fold, 0, sign, closed=False), class_="fold"))
    return "".join(parts) + (_soles() if soles and view == "back" else "")


def _behind(view: View) -> str:
    """What the foot covers in part: the toes in front, the outer forefoot behind."""
    if view == "front":
        return "".join(_ovals(_TOES, sign) for sign in (1, -1))
    return "".join(_ovals(((41.0, 470.0, 7.0, 4.8),), sign) for sign in (1, -1))


def _ovals(places: tuple[tuple[float, float, float, float], ...], sign: int) -> str:
    return "".join(
        tag("ellipse", cx=sign * x, cy=y, rx=rx, ry=ry, class_="skin") for x, y, rx, ry in places
    )


def _soles() -> str:
    parts = []
    for sign in (1, -1):
        parts.append(_ovals(_TOES_BELOW, sign))
        parts.append(tag("path", d=path(_SOLE, 0, sign), class_="skin"))
    return "".join(parts)


def _spine(view: View) -> str:
    """L1 to L5, with transverse processes; the spinous processes from behind."""
    parts = []
    for top, width in _VERTEBRAE:
        reach = width + 13
        parts.append(
            tag("rect", x=-reach / 2, y=top + 4, width=reach, height=3.4, rx=1.7, class_="bone")
        )
        parts.append(
            tag("rect", x=-width / 2, y=top, width=width, height=12, rx=2.6, class_="bone")
        )
        if view == "back":
            parts.append(tag("rect", x=-2, y=top + 4, width=4, height=9, rx=2, class_="bone"))
    return "".join(parts)


def _bones(view: View, sign: int) -> str:
    parts = [tag("path", d=path(_ILIUM, 0, sign), class_="bone")]
    parts.append(tag("ellipse", cx=sign * 17, cy=151, rx=6.5, ry=8, class_="flesh gap"))
    for bone in (_FEMUR, _FIBULA, _TIBIA):
        parts.append(tag("path", d=path(bone, 0, sign), class_="bone"))
    if view == "front":
        parts.append(tag("ellipse", cx=sign * 35, cy=287, rx=7, ry=8, class_="bone"))
    return "".join(parts)
