"""The picture of a posture's loads: front and side view, force arrows, working muscles, numbers.

The same person's neutral standing is the ghost behind. Everything that the picture says in
lines is also said in its description, for those who hear it read.
"""

import hashlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

from hipspine.mechanics.answer import neutral_of
from hipspine.mechanics.loads import Loads
from hipspine.mechanics.muscle_names import group_name
from hipspine.mechanics.posture import Posture
from hipspine.mechanics.skeleton import Skeleton, skeleton
from hipspine.report.bone_shapes import Bone, bones
from hipspine.report.force_arrows import force_arrows
from hipspine.report.languages import ENGLISH, Translator
from hipspine.report.loads_cards import cards, legend
from hipspine.report.loads_style import activation_colour, sheet
from hipspine.report.loads_view import (
    BOXES,
    LYING,
    LYING_BOXES,
    Projection,
    carried,
    on_same_floor,
    projections,
    surroundings,
)
from hipspine.report.svg_marks import hull, number, smooth, straight, tag, text
from hipspine.wording import Wording

#: Muscles below this activation are left out, so that those at work stand out.
LEAST_SHOWN = 0.03
WIDTH, HEIGHT, CARDS = 980.0, 720.0, 690.0
#: A hull of fewer corners is drawn as it is, one of more as a curve.
ROUND_FROM = 9
_STANCES = {
    "two_leg": Wording("standing on both legs"),
    "left_leg": Wording("standing on the left leg"),
    "right_leg": Wording("standing on the right leg"),
    "sitting": Wording("sitting"),
    "lying_supine": Wording("lying on the back"),
    "lying_prone": Wording("lying face down"),
    "lying_side": Wording("lying on the side"),
}
_VIEWS = {
    "front": Wording("from the front: their right is on your left"),
    "side": Wording("from the right"),
}
_HIPS = {"left": Wording("Left hip"), "right": Wording("Right hip")}


def loads_svg(posture: Posture, loads: Loads, say: Translator = ENGLISH) -> str:
    """The picture as one SVG document, its words in the translator's language."""
    body = skeleton(posture)
    shown = [body]
    if posture.stance not in LYING:
        shown.append(on_same_floor(skeleton(neutral_of(posture)), body))
    told = description(posture, loads, say)
    prefix = "loads-" + hashlib.sha256(told.encode()).hexdigest()[:8]
    parts = [tag("rect", x=0, y=0, width=WIDTH, height=HEIGHT, rx=10, class_="paper")]
    parts.append(text(24, 38, _heading(posture, loads, say), "big"))
    for view, project in projections(posture, shown).items():
        for ghost in shown[1:]:
            parts.append(tag("g", "".join(_ghost(ghost, project))))
        parts += surroundings(body, project)
        parts.append(tag("g", "".join(_figure(body, project))))
        parts.append(tag("g", "".join(_muscles(body, loads, project))))
        parts += carried(body, project)
        parts.append("".join(force_arrows(body, loads.figures, project, say)))
        lies = posture.stance in LYING
        left, top, _, _ = (LYING_BOXES if lies else BOXES)[view]
        parts.append(text(left, top - (50 if lies else 20), say(_VIEWS[view]), "quiet"))
    parts += warnings(loads, say)
    parts += [*cards(loads, CARDS, 84.0, say), *legend(CARDS, HEIGHT - 86.0, say)]
    head = tag("title", escape(_heading(posture, loads, say)), id=f"{prefix}-title")
    head += tag("desc", escape(told), id=f"{prefix}-desc") + tag("style", sheet(prefix))
    return tag(
        "svg",
        head + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(WIDTH)} {number(HEIGHT)}",
        id=prefix,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
    )


def description(posture: Posture, loads: Loads, say: Translator = ENGLISH) -> str:
    """The picture in words, with its numbers."""
    figures, ratio = loads.figures, loads.ratio_to_neutral
    said: list[str] = [
        Wording(
            "Skeleton of a person {stance}, seen from the front and the right.",
            stance=_STANCES[posture.stance],
        )
    ]
    for side in ("left", "right"):
        hip, times = getattr(figures, side), getattr(ratio, side)
        said.append(
            Wording(
                "{hip}: {force:.0f} newtons, {percent:.0f} percent of body weight{times}.",
                hip=_HIPS[side],
                force=hip.hip_contact_force_n,
                percent=hip.hip_contact_force_percent_bw,
                times=_times(times.hip_contact_force),
            )
        )
    for name, disc in (("L4/L5", figures.l4_l5), ("L5/S1", figures.l5_s1)):
        said.append(
            Wording(
                "{disc}: compression {compression:.0f} newtons, forward shear {shear:.0f} newtons.",
                disc=name,
                compression=disc.compression_n,
                shear=disc.anterior_shear_n,
            )
        )
    working = _hardest(loads)
    if working:
        said.append(Wording("Muscles that work hardest: {muscles}.", muscles=working))
    said += [Wording("Warning: {warning}.", warning=warning) for warning in loads.warnings]
    return " ".join(say(sentence) for sentence in said)


def _times(ratio: float | None) -> str:
    return "" if ratio is None else Wording(", {times:.1f} times neutral standing", times=ratio)


def _hardest(loads: Loads) -> list[str]:
    """The three muscles of highest activation, each told once."""
    most: dict[tuple[str, str], float] = {}
    for muscle in loads.muscles:
        name = (muscle.side, group_name(muscle.name))
        most[name] = max(muscle.activation, most.get(name, 0.0))
    first = sorted(most, key=lambda name: -most[name])[:3]
    return [
        Wording(
            "{side} {muscle} {activation:.0%}",
            side=Wording(side),
            muscle=muscle,
            activation=most[side, muscle],
        )
        for side, muscle in first
        if most[side, muscle] >= LEAST_SHOWN
    ]


def warnings(loads: Loads, say: Translator) -> Iterator[str]:
    """What the reader has to know before using the figures, below the views."""
    for row, warning in enumerate(loads.warnings):
        yield text(24, HEIGHT - 24 - 16 * row, say(warning), "alarm")


def _heading(posture: Posture, loads: Loads, say: Translator) -> str:
    name = f"{loads.id}: " if loads.id else ""
    return name + say(Wording("loads when {stance}", stance=_STANCES[posture.stance]))


def _ghost(body: Skeleton, project: Projection) -> Iterator[str]:
    """Outlines and the long bones only."""
    for bone in bones(body):
        points = project(bone.points)
        if bone.kind in ("hull", "closed"):
            outline = hull(points) if bone.kind == "hull" else points
            yield tag("path", d=smooth(outline, closed=True), class_="ghost", stroke_width=1)
        elif bone.kind == "line":
            width = max(1.2, 0.3 * bone.width * project.scale)
            path = smooth(points)
            yield tag("path", d=path, class_="ghost", stroke_width=width, stroke_linecap="round")


def _figure(body: Skeleton, project: Projection) -> Iterator[str]:
    """Bones with an edge; in the side view the left leg and arm, farther off, are fainter."""
    for bone in bones(body):
        drawn = "".join(_bone(bone, project))
        far = project.view == "side" and bone.side == "left"
        yield tag("g", drawn, opacity="0.4") if far else drawn


def _bone(bone: Bone, project: Projection) -> Iterator[str]:
    points = project(bone.points)
    width = bone.width * project.scale
    if bone.kind == "rib":
        yield tag("path", d=smooth(points), class_="rib", stroke_width=width)
        return
    if bone.kind != "line":
        outline = hull(points) if bone.kind == "hull" else points
        cornered = bone.kind == "hull" and len(outline) < ROUND_FROM
        path = (straight if cornered else smooth)(outline, closed=True)
        yield tag("path", d=path, class_="bone", stroke_width=1, stroke_linejoin="round")
        return
    path = smooth(points)
    yield tag("path", d=path, class_="edge", stroke_width=width + 1.6, stroke_linecap="round")
    yield tag("path", d=path, class_="shaft", stroke_width=width, stroke_linecap="round")


def _muscles(body: Skeleton, loads: Loads, project: Projection) -> Iterator[str]:
    """Lines, thicker with force and hotter with activation; the quietest first."""
    lines = {(line.name, line.side): line for line in body.muscles}
    for muscle in sorted(loads.muscles, key=lambda m: m.activation):
        line = lines.get((muscle.name, muscle.side))
        if line is None or muscle.activation < LEAST_SHOWN:
            continue
        far = project.view == "side" and muscle.side == "left"
        yield tag(
            "path",
            d="".join(straight(project(piece)) for piece in line.pieces),
            fill="none",
            stroke=activation_colour(muscle.activation),
            stroke_width=1.2 + min(muscle.force_n, 900.0) / 220.0,
            stroke_linecap="round",
            opacity="0.3" if far else "0.85",
        )
