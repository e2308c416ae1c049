"""One OpenSim model for the comparison: fixed pelvis, trunk on three lumbar axes, two legs.

The attachments are ours, rounded from ordinary anatomy: the model is for comparing two solvers,
not for patients. Frames: X forward, Y up, Z to the right; metres, kilograms, newtons. The
pelvis's origin lies midway between the hips, the thigh's at the hip, the shank's at the knee,
the trunk's at L5/S1.
"""

from typing import Any, NamedTuple

HIP_HALF_WIDTH, THIGH_LENGTH = 0.086, 0.42
#: body: (mass, centre of mass)
BODIES = {
    "pelvis": (8.5, (-0.03, 0.05, 0.0)),
    "torso": (38.0, (-0.01, 0.24, 0.0)),
    "thigh": (8.5, (0.0, -0.18, 0.0)),
    "shank": (4.6, (0.0, -0.25, 0.0)),
}
L5_S1 = (-0.05, 0.08, 0.0)


class Muscle(NamedTuple):
    """Right side; the left is its mirror. Points: (body, x, y, z) from origin to insertion."""

    name: str
    force_n: float
    points: tuple[tuple[str, float, float, float], ...]


def _path(*points: str) -> tuple[tuple[str, float, float, float], ...]:
    """`P .1 .2 .3`: a point of the pelvis, in metres; T: torso, F: thigh, S: shank."""
    bodies = {"P": "pelvis", "T": "torso", "F": "thigh", "S": "shank"}
    split = [point.split() for point in points]
    return tuple((bodies[b], float(x), float(y), float(z)) for b, x, y, z in split)


_TROCHANTER = "F -.012 -.008 .062"
_ISCHIUM = "P -.06 -.065 .058"
_GLUTEAL_RIDGE = "F -.03 -.07 .045"
_KNEE_CAP = ("F .035 -.38 .002", "S .05 -.03 .002")
_BRIM = ("P .035 .005 .08", "F .004 -.045 .008", "F -.018 -.06 .012")

HIP_MUSCLES = (
    Muscle("gluteus_medius_1", 550, _path("P .0 .1 .12", _TROCHANTER)),
    Muscle("gluteus_medius_2", 400, _path("P -.04 .12 .105", _TROCHANTER)),
    Muscle("gluteus_medius_3", 450, _path("P -.085 .1 .075", _TROCHANTER)),
    Muscle("gluteus_minimus_1", 190, _path("P .005 .06 .118", "F .0 -.01 .06")),
    Muscle("gluteus_minimus_2", 200, _path("P -.025 .07 .112", "F .0 -.01 .06")),
    Muscle("gluteus_minimus_3", 220, _path("P -.055 .06 .095", "F .0 -.01 .06")),
    Muscle(
        "gluteus_maximus_1",
        570,
        _path("P -.11 .1 .06", "P -.12 .03 .09", "F -.045 -.02 .04", _GLUTEAL_RIDGE),
    ),
    Muscle(
        "gluteus_maximus_2",
        780,
        _path("P -.13 .05 .05", "P -.125 -.03 .08", "F -.045 -.05 .03", "F -.015 -.1 .042"),
    ),
    Muscle(
        "gluteus_maximus_3",
        550,
        _path("P -.12 -.02 .02", "P -.11 -.08 .05", "F -.03 -.1 .015", "F -.006 -.14 .04"),
    ),
    Muscle("tensor_fasciae_latae", 230, _path("P .02 .09 .125", "F .03 -.1 .06", "S .01 -.05 .03")),
    Muscle("sartorius", 160, _path("P .03 .08 .12", "F -.003 -.38 -.04", "S .024 -.085 -.02")),
    Muscle("rectus_femoris", 1170, _path("P .03 .035 .1", *_KNEE_CAP)),
    Muscle("iliacus", 1070, _path("P .0 .09 .085", *_BRIM)),
    Muscle("psoas_1", 370, _path("T .02 .05 .03", *_BRIM)),
    Muscle("psoas_2", 370, _path("T .02 .09 .03", *_BRIM)),
    Muscle("psoas_3", 370, _path("T .02 .13 .03", *_BRIM)),
    Muscle("pectineus", 270, _path("P .03 -.0 .045", "F -.012 -.08 .025")),
    Muscle("adductor_longus", 630, _path("P .035 -.02 .02", "F .005 -.21 .023")),
    Muscle("adductor_brevis", 430, _path("P .01 -.03 .02", "F .001 -.12 .03")),
    Muscle("adductor_magnus_1", 380, _path("P -.03 -.06 .025", "F -.004 -.12 .034")),
    Muscle("adductor_magnus_2", 340, _path("P -.04 -.06 .03", "F .005 -.23 .023")),
    Muscle("adductor_magnus_3", 490, _path("P -.05 -.065 .045", "F .007 -.385 -.027")),
    Muscle("gracilis", 160, _path("P .02 -.04 .01", "F -.01 -.39 -.04", "S .006 -.085 -.02")),
    Muscle("semimembranosus", 1290, _path(_ISCHIUM, "F -.04 -.39 -.025", "S -.025 -.055 -.02")),
    Muscle("semitendinosus", 410, _path(_ISCHIUM, "F -.042 -.39 -.03", "S .003 -.075 -.02")),
    Muscle("biceps_femoris_long", 900, _path(_ISCHIUM, "F -.03 -.39 .035", "S -.008 -.07 .042")),
    Muscle("biceps_femoris_short", 800, _path("F .005 -.21 .023", "S -.01 -.07 .041")),
    Muscle("piriformis", 440, _path("P -.11 .05 .02", "P -.06 .025 .07", "F -.015 -.004 .044")),
    Muscle("quadratus_femoris", 380, _path("P -.045 -.05 .05", "F -.038 -.036 .037")),
    Muscle("gemelli", 160, _path("P -.055 -.02 .06", "F -.014 -.003 .044")),
    Muscle("obturator_externus", 250, _path("P .0 -.05 .03", "F -.03 -.02 .03")),
    Muscle("vastus_medialis", 1290, _path("F .014 -.21 .02", *_KNEE_CAP)),
    Muscle("vastus_intermedius", 1370, _path("F .029 -.19 .031", *_KNEE_CAP)),
    Muscle("vastus_lateralis", 1870, _path("F .005 -.185 .035", *_KNEE_CAP)),
)


def _fascicles(name: str, force_n: float, count: int, place: str, step: str) -> list[Muscle]:
    """`count` fascicles; place: `trunk x y z | pelvis x y z`; step of the trunk's end: `y z`."""
    trunk, pelvis = place.split("|")
    x, y, z = (float(value) for value in trunk.split())
    up, out = (float(value) for value in step.split())
    return [
        Muscle(
            f"{name}_{k + 1}",
            force_n,
            _path(f"T {x} {y + up * k:.4f} {z + out * k:.4f}", f"P {pelvis}"),
        )
        for k in range(count)
    ]


TRUNK_MUSCLES = (
    *_fascicles("iliocostalis", 200, 7, "-.05 .1 .05|-.115 .07 .05", ".045 .003"),
    *_fascicles("longissimus", 160, 9, "-.055 .06 .02|-.12 .05 .02", ".045 .001"),
    *_fascicles("multifidus", 180, 6, "-.045 .02 .008|-.105 .04 .03", ".032 .0"),
    *_fascicles("quadratus_lumborum", 90, 4, "-.015 .06 .035|-.065 .125 .08", ".035 .004"),
    *_fascicles("rectus_abdominis", 250, 2, ".11 .22 .03|.05 -.03 .02", ".03 .02"),
    *_fascicles("external_oblique", 200, 5, ".06 .14 .13|.035 .09 .105", ".035 -.003"),
    *_fascicles("internal_oblique", 200, 5, ".1 .12 .04|-.01 .12 .12", ".035 .012"),
    *_fascicles("latissimus_dorsi", 110, 4, "-.02 .3 .13|-.105 .1 .05", ".02 .005"),
)


def build(path: str) -> None:
    """Write the model to `path` (.osim)."""
    import opensim as osim

    model = osim.Model()
    model.setName("comparison")
    bodies = {"ground": model.getGround()}
    for name in ("pelvis", "torso", "thigh_r", "shank_r", "thigh_l", "shank_l"):
        mass, centre = BODIES[name.removesuffix("_r").removesuffix("_l")]
        bodies[name] = osim.Body(name, mass, osim.Vec3(*centre), osim.Inertia(0.1, 0.1, 0.1))
        model.addBody(bodies[name])
    weld = osim.WeldJoint("ground_pelvis", bodies["ground"], bodies["pelvis"])
    model.addJoint(weld)
    _add_joint(osim, model, bodies, ("lumbar", "pelvis", "torso"), L5_S1)
    for side, sign in (("r", 1.0), ("l", -1.0)):
        hip = (0.0, 0.0, sign * HIP_HALF_WIDTH)
        _add_joint(osim, model, bodies, (f"hip_{side}", "pelvis", f"thigh_{side}"), hip)
        knee = (0.0, -THIGH_LENGTH, 0.0)
        _add_joint(osim, model, bodies, (f"knee_{side}", f"thigh_{side}", f"shank_{side}"), knee)
        for muscle in (*HIP_MUSCLES, *TRUNK_MUSCLES):
            _add_muscle(osim, model, muscle, side)
    model.finalizeConnections()
    model.printToXML(path)


def _add_joint(
    osim: Any, model: Any, bodies: dict[str, Any], names: tuple[str, str, str], place: tuple
) -> None:
    """Rotations about Z, X, Y in turn (the knee: Z alone), children at the joint's centre."""
    name, parent, child = names
    none = osim.Vec3(0)
    frames = (bodies[parent], osim.Vec3(*place), none, bodies[child], none, none)
    if name.startswith("knee"):
        joint = osim.PinJoint(name, *frames)
        joint.updCoordinate().setName(f"{name}_z")
        model.addJoint(joint)
        return
    transform = osim.SpatialTransform()
    axes = (("z", (0, 0, 1)), ("x", (1, 0, 0)), ("y", (0, 1, 0)))
    for number, (letter, axis) in enumerate(axes, start=1):
        rotation = getattr(transform, f"upd_rotation{number}")()
        rotation.setCoordinateNames(osim.ArrayStr(f"{name}_{letter}", 1))
        rotation.set_axis(osim.Vec3(*axis))
        rotation.set_function(osim.LinearFunction(1, 0))
    model.addJoint(osim.CustomJoint(name, *frames, transform))


def _add_muscle(osim: Any, model: Any, muscle: Muscle, side: str) -> None:
    name = f"{muscle.name}_{side}"
    actuator = osim.Millard2012EquilibriumMuscle(name, muscle.force_n, 0.1, 0.1, 0.0)
    actuator.set_ignore_tendon_compliance(True)
    for number, (body, x, y, z) in enumerate(muscle.points, start=1):
        own = f"{body}_{side}" if body in ("thigh", "shank") else body
        # The thigh's and shank's Z points outward on the right only: the left is mirrored.
        where = osim.Vec3(x, y, z if side == "r" else -z)
        frame = model.getBodySet().get(own)
        actuator.addNewPathPoint(f"{name}_{number}", frame, where)
    model.addForce(actuator)
