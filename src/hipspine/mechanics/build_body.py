"""Reduce the myo_sim body to the tables in `data/`: `python -m hipspine.mechanics.build_body`.

Needs the extra `mechanics` (mujoco, myo-sim). Nothing at run time does: the tables are small,
readable and part of the package. What is mended on the way, and why, stands beside the code.

Body: myo_sim 0.2.4 (Apache-2.0): legs after Rajagopal 2016, lumbar spine after Christophy 2012.
The right side is kept and mirrored, so that the body is symmetric to the last digit.
"""

import csv
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(str(files("hipspine.mechanics"))) / "data"
SITE, SPHERE, CYLINDER = 3, 4, 5  # mujoco.mjtWrap

#: Which segment of ours a body of theirs belongs to. The massless "Abdomen" is the rectus sheath:
#: theirs rides on L5, which would put the pull of the abdominal wall on that vertebra; ours hangs
#: between pelvis and rib cage, half of its pull on each.
SEGMENT_OF = {
    "sacrum": "pelvis",
    "pelvis": "pelvis",
    "lumbar5": "l5",
    "lumbar4": "l4",
    "lumbar3": "l3",
    "lumbar2": "l2",
    "lumbar1": "l1",
    "torso": "thorax",
    "Abdomen": "sheath",
    "femur_r": "femur",
    "patella_r": "patella",
    "tibia_r": "tibia",
    "talus_r": "foot",
    "calcn_r": "foot",
    "toes_r": "foot",
}
#: Ours: the body of theirs whose origin is the joint with the parent.
ORIGIN_OF = {
    "pelvis": "pelvis",
    "l5": "lumbar5",
    "l4": "lumbar4",
    "l3": "lumbar3",
    "l2": "lumbar2",
    "l1": "lumbar1",
    "thorax": "lumbar1",  # welded to L1 there; a joint of ours for kyphosis only
    "femur": "femur_r",
    "patella": "patella_r",
    "tibia": "tibia_r",
    "foot": "talus_r",
}
TRUNK = ("l5", "l4", "l3", "l2", "l1", "thorax")
LEG = ("femur", "tibia", "foot")


class Source:
    """The mujoco model at its neutral posture; positions in the pelvis frame (ISB axes), m."""

    def __init__(self) -> None:
        import mujoco  # noqa: PLC0415  (only the builder needs it)
        import myo_sim  # noqa: PLC0415

        self.mj = mujoco
        mujoco.set_mju_user_warning(lambda text: None)  # else it writes a log file here
        self.model = myo_sim.load_spec("myofullbody").compile()
        self.data = mujoco.MjData(self.model)
        for i in range(self.model.neq):  # the patella does not sit at zero
            joint = self.model.eq_obj1id[i]
            self.data.qpos[self.model.jnt_qposadr[joint]] = self.model.eq_data[i, 0]
        mujoco.mj_kinematics(self.model, self.data)
        self.pelvis = self.body("pelvis")
        self.axes = self.data.xmat[self.pelvis].reshape(3, 3)

    def body(self, name: str) -> int:
        """Index of a body of theirs."""
        return int(self.mj.mj_name2id(self.model, self.mj.mjtObj.mjOBJ_BODY, name))

    def name(self, kind: str, index: int) -> str:
        """Name of a body, actuator or site by its index."""
        return str(self.mj.mj_id2name(self.model, getattr(self.mj.mjtObj, f"mjOBJ_{kind}"), index))

    def in_pelvis(self, position: Any) -> Any:
        """A world position of theirs in the pelvis frame."""
        return self.axes.T @ (position - self.data.xpos[self.pelvis])

    def origin(self, segment: str) -> Any:
        """The joint centre of a segment of ours; midline segments lie in the midline."""
        if segment == "sheath":
            return np.zeros(3)
        at = self.in_pelvis(self.data.xpos[self.body(ORIGIN_OF[segment])])
        return at if segment in (*LEG, "patella") else at * [1, 1, 0]


def muscle_rows(source: Source) -> tuple[list[list[object]], list[list[object]]]:
    """Rows of muscles.csv and paths.csv for the right side, trunk and leg."""
    model = source.model
    muscles: list[list[object]] = []
    paths: list[list[object]] = []
    for actuator in range(model.nu):
        name = source.name("ACTUATOR", actuator)
        path = _path(source, int(model.actuator_trnid[actuator, 0])) if name[-2:] == "_r" else None
        if path is None:
            continue
        name = name.removesuffix("_r")
        muscles.append([name, f"{model.actuator_gainprm[actuator, 2]:.2f}"])
        paths += [[name, *row] for row in path]
    return muscles, paths


def _path(source: Source, tendon: int) -> list[list[object]] | None:
    """Kind, segment, position, axes and size of each element; None for a muscle of the arm."""
    model, rows = source.model, []
    start = model.tendon_adr[tendon]
    for element in range(start, start + model.tendon_num[tendon]):
        kind, index = int(model.wrap_type[element]), int(model.wrap_objid[element])
        if kind == SITE:
            body = source.name("BODY", model.site_bodyid[index])
            if body not in SEGMENT_OF:
                return None
            rows.append(["point", *_placed(source, body, source.data.site_xpos[index])])
        elif kind in (SPHERE, CYLINDER):
            rows.append(_wrap(source, element, kind, index))
    return rows


def _placed(source: Source, body: str, position: Any) -> list[object]:
    segment = SEGMENT_OF[body]
    local = source.in_pelvis(position) - source.origin(segment)
    return [segment, *(f"{x:.6f}" for x in local)]


def _wrap(source: Source, element: int, kind: int, geom: int) -> list[object]:
    """A wrapping surface: centre, axis of the cylinder, radius, and the side the path takes."""
    model, data = source.model, source.data
    body = source.name("BODY", model.geom_bodyid[geom])
    matrix = source.axes.T @ data.geom_xmat[geom].reshape(3, 3)
    side = int(model.wrap_prm[element])
    at = _placed(source, body, data.site_xpos[side])[1:] if side >= 0 else ["", "", ""]
    axis = [f"{x:.6f}" for x in matrix[:, 2]]
    shape = "sphere" if kind == SPHERE else "cylinder"
    centre = _placed(source, body, data.geom_xpos[geom])
    return [shape, *centre, *axis, model.geom_size[geom][0], *at]


def segment_rows(source: Source) -> list[list[object]]:
    """Rows of segments.csv: parent, joint centre in the parent's frame, mass and its centre.

    Their pelvis is there twice (sacrum 7.5 kg and pelvis 11 kg); the sacrum's mass is left out.
    Arms and head are rigid parts of the thorax in their tables and single points in ours.
    """
    parents = dict(zip(TRUNK, ("pelvis", *TRUNK), strict=False))
    parents |= {"femur": "pelvis", "tibia": "femur", "patella": "femur", "foot": "tibia"}
    rows: list[list[object]] = []
    for segment in ("pelvis", *TRUNK, *LEG, "patella"):
        parent = parents.get(segment, "")
        base = source.origin(parent) if parent else np.zeros(3)
        mass, centre = _mass(source, segment)
        joint = source.origin(segment) - base
        local = centre - source.origin(segment)
        if segment in ("pelvis", *TRUNK):
            local[2] = 0.0
        rows.append([segment, parent, *_six(joint), f"{mass:.4f}", *_six(local)])
    for point, bodies in (("head", ("neck", "head")), ("arm", _arm(source))):
        mass, centre = _centre(source, [source.body(b) for b in bodies])
        local = centre - source.origin("thorax")
        if point == "head":
            local[2] = 0.0
        joint = source.in_pelvis(source.data.xpos[source.body("humerus_r")])
        joint = joint - source.origin("thorax") if point == "arm" else local
        rows.append([point, "thorax", *_six(joint), f"{mass:.4f}", *_six(local - joint)])
    return rows


def _six(vector: Any) -> list[str]:
    return [f"{x:.6f}" for x in vector]


def _arm(source: Source) -> list[str]:
    """All bodies from the clavicle down."""
    found = ["clavicle_r"]
    for index in range(source.model.nbody):
        if source.name("BODY", source.model.body_parentid[index]) in found:
            found.append(source.name("BODY", index))
    return found


def _mass(source: Source, segment: str) -> tuple[float, Any]:
    skip = {"sacrum", "Abdomen"}
    bodies = [b for b, s in SEGMENT_OF.items() if s == segment and b not in skip]
    return _centre(source, [source.body(b) for b in bodies])


def _centre(source: Source, bodies: list[int]) -> tuple[float, Any]:
    masses = source.model.body_mass[bodies]
    mean = (masses[:, None] * source.data.xipos[bodies]).sum(axis=0) / masses.sum()
    return float(masses.sum()), source.in_pelvis(mean)


def _write(name: str, heading: list[str], rows: list[list[object]]) -> None:
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows([*row, *[""] * (len(heading) - len(row))] for row in rows)


def main() -> None:
    """Write muscles.csv, paths.csv and segments.csv."""
    source = Source()
    muscles, paths = muscle_rows(source)
    place = ["x_m", "y_m", "z_m"]
    _write("muscles.csv", ["muscle", "strength_n"], muscles)
    wrap = ["axis_x", "axis_y", "axis_z", "radius_m", "side_x_m", "side_y_m", "side_z_m"]
    _write("paths.csv", ["muscle", "kind", "segment", *place, *wrap], paths)
    joint = [f"joint_{p}" for p in place]
    centre = [f"centre_{p}" for p in place]
    heading = ["segment", "parent", *joint, "mass_kg", *centre]
    _write("segments.csv", heading, segment_rows(source))


if __name__ == "__main__":
    main()
