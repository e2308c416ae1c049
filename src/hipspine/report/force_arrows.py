"""Arrows of the joint forces, their words set out to the sides so that none covers another."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hipspine.mechanics.body import Floats
from hipspine.mechanics.constants import DISC_TILT
from hipspine.mechanics.loads import Figures
from hipspine.mechanics.skeleton import Skeleton
from hipspine.report.languages import Translator
from hipspine.report.loads_view import BOXES, LYING, LYING_BOXES, Projection
from hipspine.report.svg_marks import arrow, haloed, straight, tag
from hipspine.wording import Wording

PIXELS_PER_NEWTON = 0.045
LONGEST = 150.0
#: Pixels between two labels, one below the other.
APART = 36.0
#: And between two that stand side by side.
BESIDE = 84.0
#: Pixels of a letter, about, and of the shortest label: Spanish words are longer.
LETTER, LEAST_WORDS = 6.0, 60.0


_SIDES = ("right", "left")
_HIPS = {"right": Wording("right hip"), "left": Wording("left hip")}


@dataclass(frozen=True)
class _Force:
    """A force (3,) N on a joint at (3,) m, and what is said of it; outward: -1 left, 1 right."""

    at: Floats
    force: Floats
    name: str
    said: str
    outward: int


def force_arrows(
    of: Skeleton, figures: Figures, project: Projection, say: Translator
) -> Iterator[str]:
    """Socket on femoral head at each hip, spine on sacrum at L5/S1."""
    forces = _forces(of, figures, project, say)
    drawn = [(force, *_ends(force, project)) for force in forces]
    for _, tail, tip in drawn:
        yield arrow(tail, tip, "force")
    if of.posture.stance in LYING:
        yield from _labels_above(drawn, project)
        return
    for outward in (-1, 1):
        column = [(force, tail) for force, tail, _ in drawn if force.outward == outward]
        yield from _labels(column, project, outward)


def _forces(of: Skeleton, figures: Figures, project: Projection, say: Translator) -> list[_Force]:
    found = []
    alike = _alike(figures) and project.view == "side"
    for side in _SIDES:
        hip = getattr(figures, side)
        if alike and side == "left":
            continue
        force = of.turned("pelvis", hip.hip_contact_force_in_pelvis_n)
        name = say(Wording("each hip") if alike else _HIPS[side])
        said = say(Wording("{percent:.0f} %BW", percent=hip.hip_contact_force_percent_bw))
        outward = -1 if project.view == "front" and side == "right" else 1
        found.append(_Force(of.joint(f"femur_{side[0]}"), force, name, said, outward))
    disc = figures.l5_s1
    # The disc slopes down forward; how it turns with the L5 vertebra is too little to be seen.
    sin, cos = np.sin(DISC_TILT[0]), np.cos(DISC_TILT[0])
    along, across = -disc.compression_n, disc.anterior_shear_n
    force = of.turned("pelvis", [along * sin + across * cos, along * cos - across * sin, 0.0])
    outward = 1 if project.view == "front" else -1
    said = f"{disc.compression_n:.0f} N"
    return [*found, _Force(of.joint("l5"), force, "L5/S1", said, outward)]


def _alike(figures: Figures) -> bool:
    """Both hips would be told with the same number: one label of the side view serves."""
    left, right = (getattr(figures, side).hip_contact_force_percent_bw for side in _SIDES)
    return bool(round(left) == round(right))


def _ends(force: _Force, project: Projection) -> tuple[Floats, Floats]:
    """Tail and tip in pixels; the tip is the joint, and foreshortening shows."""
    tip = project(force.at)[0]
    size = max(float(np.linalg.norm(force.force)), 1e-9)
    length = min(PIXELS_PER_NEWTON * size, LONGEST)
    step = project(force.at + force.force / size)[0] - tip
    return tip - step / project.scale * length, tip


def _labels(
    column: list[tuple[_Force, Floats]], project: Projection, outward: int
) -> Iterator[str]:
    """One below the other at the edge of the view, each with a line to its arrow's tail."""
    left, top, wide, _ = BOXES[project.view]
    y = top
    for force, tail in sorted(column, key=lambda pair: float(pair[1][1])):
        y = max(y + APART, float(tail[1]))
        words = max(LEAST_WORDS, LETTER * max(len(force.name), len(force.said)))
        x = left + 4 if outward < 0 else left + wide - 6 - words
        anchor_x = x + words if outward < 0 else x - 5
        lead = np.array([tail, [anchor_x, y - 6]])
        yield tag("path", d=straight(lead), class_="lead")
        yield haloed(x, y - 8, force.name, "name") + haloed(x, y + 7, force.said, "tell")


def _labels_above(drawn: list[tuple[_Force, Floats, Floats]], project: Projection) -> Iterator[str]:
    """Above a lying body, side by side."""
    y = LYING_BOXES[project.view][1] - 14
    x = 0.0
    for force, tail, _ in sorted(drawn, key=lambda one: float(one[1][0])):
        x = max(x + BESIDE, float(tail[0]) - 60)
        yield tag("path", d=straight(np.array([tail, [x + 20, y + 12]])), class_="lead")
        yield haloed(x, y - 8, force.name, "name") + haloed(x, y + 7, force.said, "tell")
