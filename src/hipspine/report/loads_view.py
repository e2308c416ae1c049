"""One view of a posture: where world metres fall on the picture, and what surrounds the body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from hipspine.mechanics.body import Floats
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.skeleton import Skeleton
from hipspine.report.bone_shapes import bones
from hipspine.report.svg_marks import haloed, straight, tag

View = Literal["front", "side"]
LYING = ("lying_supine", "lying_prone", "lying_side")
#: Pixels: the box that a view may fill, (left, top, width, height), standing and lying.
BOXES: dict[View, tuple[float, float, float, float]] = {
    "front": (24.0, 84.0, 310.0, 590.0),
    "side": (346.0, 84.0, 326.0, 590.0),
}
LYING_BOXES: dict[View, tuple[float, float, float, float]] = {
    "front": (24.0, 140.0, 640.0, 230.0),
    "side": (24.0, 450.0, 640.0, 220.0),
}
MOST_PIXELS_PER_METRE = 300.0


@dataclass(frozen=True)
class Projection:
    """World metres to pixels: `middle` (2,) of the plane falls on `at` (2,).

    turned: the body is laid down, its head to the left; upward: +1 face up, -1 face down.
    """

    view: View
    turned: bool
    upward: float
    scale: float
    middle: Floats
    at: Floats

    def flat(self, points: Floats) -> Floats:
        """(N, 3) -> (N, 2) metres in the plane of the view, up +."""
        world = np.atleast_2d(points)
        across = -world[:, 2] if self.view == "front" else world[:, 0]
        up = world[:, 1]
        if self.turned:
            across, up = -up, across * self.upward
        return np.stack([across, up], axis=1)

    def __call__(self, points: Floats) -> Floats:
        """(N, 3) -> (N, 2) pixels, down +."""
        return np.asarray(self.at + (self.flat(points) - self.middle) * [self.scale, -self.scale])


def projections(posture: Posture, shown: Sequence[Skeleton]) -> dict[View, Projection]:
    """Both views at one scale, so that every skeleton shown lies in its box, feet on the floor."""
    lies = posture.stance in LYING
    boxes = LYING_BOXES if lies else BOXES
    upward = -1.0 if posture.stance == "lying_prone" else 1.0
    points = np.concatenate([bone.points for one in shown for bone in bones(one)])
    scale, spans = MOST_PIXELS_PER_METRE, {}
    for view, (_, _, wide, high) in boxes.items():
        plane = Projection(view, lies, upward, 1.0, np.zeros(2), np.zeros(2)).flat(points)
        spans[view] = plane.min(axis=0) - 0.03, plane.max(axis=0) + 0.03
        size = spans[view][1] - spans[view][0]
        scale = min(scale, wide / size[0], high / size[1])
    made = {}
    for view, (left, top, wide, high) in boxes.items():
        low, far = spans[view]
        middle = (low + far) / 2
        at = np.array([left + wide / 2, top + high / 2])
        if not lies:  # on the floor
            middle[1], at[1] = low[1], top + high
        made[view] = Projection(view, lies, upward, scale, middle, at)
    return made


def on_same_floor(moved: Skeleton, still: Skeleton) -> Skeleton:
    """The standing skeleton `moved` shifted to stand where `still` does, on the same floor."""
    shift = _stand(still) - _stand(moved)
    shift[1] = floor_of(still) - floor_of(moved)
    return replace(
        moved,
        origin=moved.origin + shift,
        shoulders=moved.shoulders + shift,
        hands=moved.hands + shift,
        muscles=tuple(replace(m, pieces=m.pieces + shift) for m in moved.muscles),
    )


def _stand(of: Skeleton) -> Floats:
    """Middle of the feet that bear weight; sitting, of the hips."""
    name = "femur" if of.posture.stance == "sitting" else "foot"
    left, right = of.joint(f"{name}_l"), of.joint(f"{name}_r")
    of_left = {"left_leg": 1.0, "right_leg": 0.0}.get(of.posture.stance, 0.5)
    return np.asarray(of_left * left + (1 - of_left) * right)


def surroundings(of: Skeleton, project: Projection) -> Iterator[str]:
    """Floor, seat and backrest, bed: what lies behind the body."""
    posture, (left, _, wide, _) = of.posture, BOXES[project.view]
    if posture.stance in LYING:
        yield from _bed(of, project)
        return
    floor = project(np.array([[0.0, floor_of(of), 0.0]]))[0][1]
    yield tag("path", d=f"M{left + 12:.0f} {floor:.1f}h{wide - 24:.0f}", class_="ground")
    if posture.stance == "sitting" and project.view == "side":
        yield from _chair(of, project)


def floor_of(of: Skeleton) -> float:
    return float(min(of.joint(f"foot_{s}")[1] for s in "lr")) - 0.076 * of.scale


def _bed(of: Skeleton, project: Projection) -> Iterator[str]:
    """Under the body in the side view."""
    if project.view == "front":
        return
    points = project(np.concatenate([bone.points for bone in bones(of)]))
    left, right, low = points[:, 0].min(), points[:, 0].max(), points[:, 1].max()
    yield tag("path", d=f"M{left - 20:.1f} {low + 5:.1f}H{right + 20:.1f}", class_="ground")


def _chair(of: Skeleton, project: Projection) -> Iterator[str]:
    """Seat under the sit bones, backrest behind the chest."""
    seat = of.place("pelvis", np.array([[-0.09, -0.155, 0.0]]) * of.scale)[0]
    corners = seat + np.array([[-0.16, 0.0, 0.0], [0.30, 0.0, 0.0]])
    yield tag("path", d=straight(project(corners)), class_="ground")
    if of.posture.backrest_inclination_deg is None:
        return
    lean = np.radians(of.posture.backrest_inclination_deg)
    chest = of.place("thorax", np.array([[-0.075, 0.20, 0.0]]) * of.scale)[0]
    along = np.array([-np.sin(lean), np.cos(lean), 0.0])
    rest = chest + np.array([[-0.34], [0.12]]) * along
    yield tag("path", d=straight(project(rest)), class_="ground")


def carried(of: Skeleton, project: Projection) -> Iterator[str]:
    """Loads and cane, in front of the body."""
    posture = of.posture
    floor = project(np.array([[0.0, floor_of(of), 0.0]]))[0][1]
    hands = project(of.hands)
    for hand, kg in enumerate((posture.hand_load_left_kg, posture.hand_load_right_kg)):
        if kg:
            yield _weight(hands[hand], kg)
    if posture.front_load_kg:
        yield _weight(hands.mean(axis=0) - [0.0, 6.0], posture.front_load_kg)
    if posture.cane_hand:
        x, y = hands[0 if posture.cane_hand == "left" else 1]
        yield tag("path", d=f"M{x - 9:.1f} {y:.1f}h9V{floor:.1f}", class_="ground")


def _weight(at: Floats, kg: float) -> str:
    x, y = at
    half = 7 + 1.6 * kg**0.5
    box = tag("rect", x=x - half, y=y, width=2 * half, height=1.5 * half, rx=3, class_="load")
    return box + haloed(x, y + 1.5 * half + 14, f"{kg:g} kg", "name", "middle")
