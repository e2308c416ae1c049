"""An OpenSim model as plain arrays, and its static optimisation and joint reactions from them.

What is converted: welds, pins and custom joints of pure rotation with unrotated frames; masses
and their centres; path points fixed to bodies; strengths. Nothing else is in the model of
`opensim_model.py`. World frame: OpenSim's ground (Y up), metres, newtons.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from hipspine.mechanics.recruitment import Power, Recruited, recruit

Floats = np.ndarray
Ints = np.ndarray
FLOOR = 0.01  # OpenSim's least control of a muscle
GRAVITY = np.array([0.0, -9.80665, 0.0])


@dataclass(frozen=True)
class ConvertedJoint:
    """A joint and its coordinates: rotations about `axes` (K, 3) in turn, indices into q."""

    name: str
    parent: int
    child: int
    place: Floats  # of the joint in the parent (3,)
    axes: Floats
    cross: Floats  # (K, 3, 3): the axes as cross products
    coordinates: tuple[int, ...]


@dataclass(frozen=True)
class ConvertedModel:
    """B bodies, J joints from the root outward, D coordinates, M muscles of S segments in all."""

    joints: tuple[ConvertedJoint, ...]
    mass: Floats  # (B,)
    centre: Floats  # (B, 3) in the body
    moved: Floats  # (D, B): 1 where the coordinate moves the body
    points: Floats  # (P, 3) in their bodies
    point_body: Ints  # (P,)
    heads: Ints  # (S,) first point of each straight segment; the next point is its end
    first_segment: Ints  # (M,) where each muscle's segments begin
    strength: Floats  # (M,)
    coordinates: tuple[str, ...]
    muscles: tuple[str, ...]


def convert(model: Any) -> ConvertedModel:
    """The arrays of an initialised `opensim.Model`."""
    import opensim as osim

    bodies = {"ground": 0}
    mass, centre = [0.0], [np.zeros(3)]
    for body in _each(model.getBodySet()):
        bodies[body.getName()] = len(mass)
        mass.append(body.getMass())
        centre.append(_vector(body.getMassCenter()))
    coordinates = [c.getName() for c in _each(model.getCoordinateSet())]
    joints = [_joint(osim, joint, bodies, coordinates) for joint in _each(model.getJointSet())]
    joints = _outward(joints)
    points, point_body, heads, first, strength, names = [], [], [], [], [], []
    for muscle in _each(model.getMuscles()):
        path = list(_each(muscle.getGeometryPath().getPathPointSet()))
        first.append(len(heads))
        heads += range(len(points), len(points) + len(path) - 1)
        for point in path:
            fixed = osim.PathPoint.safeDownCast(point)
            points.append(_vector(fixed.get_location()))
            point_body.append(bodies[fixed.getBody().getName()])
        strength.append(muscle.getMaxIsometricForce())
        names.append(muscle.getName())
    return ConvertedModel(
        joints=tuple(joints),
        mass=np.array(mass),
        centre=np.array(centre),
        moved=_moved(joints, len(mass), len(coordinates)),
        points=np.array(points),
        point_body=np.array(point_body),
        heads=np.array(heads),
        first_segment=np.array(first),
        strength=np.array(strength),
        coordinates=tuple(coordinates),
        muscles=tuple(names),
    )


def _each(collection: Any) -> Any:
    return (collection.get(i) for i in range(collection.getSize()))


def _vector(value: Any) -> Floats:
    return np.array([value.get(i) for i in range(3)])


def _joint(osim: Any, joint: Any, bodies: dict[str, int], names: list[str]) -> ConvertedJoint:
    """Refuses what the arrays cannot say: a turned frame, a child set off from its joint."""
    frames = joint.getParentFrame(), joint.getChildFrame()
    placed = [frame.findTransformInBaseFrame() for frame in frames]
    assert all(_vector(t.R().convertRotationToBodyFixedXYZ()) @ np.ones(3) == 0 for t in placed)
    assert not _vector(placed[1].p()).any()
    custom = osim.CustomJoint.safeDownCast(joint)
    axes: list[Floats] = []
    if custom is not None:
        transform = custom.getSpatialTransform()
        axes = [_vector(transform.getTransformAxis(i).get_axis()) for i in range(3)]
    elif osim.PinJoint.safeDownCast(joint) is not None:
        axes = [np.array([0.0, 0.0, 1.0])]
    parent, child = (frame.findBaseFrame().getName() for frame in frames)
    own = [joint.get_coordinates(i).getName() for i in range(joint.numCoordinates())]
    return ConvertedJoint(
        name=joint.getName(),
        parent=bodies[parent],
        child=bodies[child],
        place=_vector(placed[0].p()),
        axes=np.array(axes).reshape(-1, 3),
        cross=np.cross(np.array(axes).reshape(-1, 1, 3), -np.eye(3)),
        coordinates=tuple(names.index(name) for name in own),
    )


def _outward(joints: list[ConvertedJoint]) -> list[ConvertedJoint]:
    """Every parent placed before its children."""
    placed, ordered, left = {0}, [], list(joints)
    while left:
        ready = next(joint for joint in left if joint.parent in placed)
        left.remove(ready)
        placed.add(ready.child)
        ordered.append(ready)
    return ordered


def _moved(joints: list[ConvertedJoint], bodies: int, coordinates: int) -> Floats:
    moved = np.zeros((coordinates, bodies))
    for joint in joints:
        moved[:, joint.child] = moved[:, joint.parent]
        moved[list(joint.coordinates), joint.child] = 1.0
    return moved


@dataclass(frozen=True)
class Solved:
    """recruited; reactions (J, 3): force of the parent on the child at each joint, in ground, N."""

    recruited: Recruited
    reactions: Floats


@dataclass(frozen=True)
class _Placed:
    """Where things are in one posture, in ground: bodies, axes of the coordinates, pulls."""

    turn: Floats  # (B, 3, 3)
    origin: Floats  # (B, 3)
    axes: Floats  # (D, 3)
    offset: Floats  # (D, 3): axis x a point on it
    start: Floats  # (S, 3) of the segments
    pull: Floats  # (S, 3) unit vectors along them

    def turning(self, at: Floats, force: Floats) -> Floats:
        """(D, N): moments of forces (N, 3) at points (N, 3) about each axis."""
        return self.axes @ _cross(at, force).T - self.offset @ force.T


def solve(model: ConvertedModel, q: Floats, power: Power = 2) -> Solved:
    """Static optimisation (least a^power) and joint reactions in the posture q (D,), radians."""
    placed = _place(model, q)
    arms = _moment_arms(model, placed)
    weight = model.mass[:, None] * GRAVITY
    centres = placed.origin + (placed.turn @ model.centre[:, :, None])[:, :, 0]
    required = -(placed.turning(centres, weight) * model.moved).sum(axis=1)
    count = model.strength.size
    recruited = recruit(arms, required, np.full(count, FLOOR), np.ones(count), power)
    tension = np.repeat(recruited.activation * model.strength, _segments(model))
    pulled = weight.copy()
    np.add.at(pulled, model.point_body[model.heads], tension[:, None] * placed.pull)
    np.add.at(pulled, model.point_body[model.heads + 1], -tension[:, None] * placed.pull)
    return Solved(recruited, _reactions(model, pulled))


def moment_arms(model: ConvertedModel, q: Floats) -> Floats:
    """(D, M) Nm per unit activation; positive where the muscle's pull raises the coordinate."""
    return _moment_arms(model, _place(model, q))


def _moment_arms(model: ConvertedModel, placed: _Placed) -> Floats:
    """The path shortens as its head moves along the pull and its end against it."""
    on_start, on_end = model.point_body[model.heads], model.point_body[model.heads + 1]
    about = placed.turning(placed.start, placed.pull)
    along = about * (model.moved[:, on_start] - model.moved[:, on_end])
    return np.asarray(np.add.reduceat(along, model.first_segment, axis=1) * model.strength)


def _segments(model: ConvertedModel) -> Ints:
    return np.diff(np.append(model.first_segment, model.heads.size))


def _reactions(model: ConvertedModel, pulled: Floats) -> Floats:
    """What each parent must push so that all beyond the joint rests; pulled (B, 3): the rest."""
    beyond = pulled.copy()
    reactions = np.zeros((len(model.joints), 3))
    for j in range(len(model.joints) - 1, -1, -1):
        joint = model.joints[j]
        reactions[j] = -beyond[joint.child]
        beyond[joint.parent] += beyond[joint.child]
    return reactions


def _place(model: ConvertedModel, q: Floats) -> _Placed:
    bodies, count = model.mass.size, len(model.coordinates)
    turn = np.tile(np.eye(3), (bodies, 1, 1))
    origin = np.zeros((bodies, 3))
    axes, through = np.zeros((count, 3)), np.zeros((count, 3))
    for joint in model.joints:
        at = origin[joint.parent] + turn[joint.parent] @ joint.place
        frame = turn[joint.parent]
        for axis, cross, coordinate in zip(joint.axes, joint.cross, joint.coordinates, strict=True):
            axes[coordinate], through[coordinate] = frame @ axis, at
            # Rodrigues: 1 + sin cross + (1 - cos) cross^2
            swung = frame @ cross
            angle = float(q[coordinate])
            frame = frame + math.sin(angle) * swung + (1 - math.cos(angle)) * (swung @ cross)
        turn[joint.child], origin[joint.child] = frame, at
    world = origin[model.point_body]
    world += (turn[model.point_body] @ model.points[:, :, None])[:, :, 0]
    start = world[model.heads]
    pull = world[model.heads + 1] - start
    pull /= np.sqrt(np.einsum("si,si->s", pull, pull))[:, None]
    return _Placed(turn, origin, axes, _cross(axes, through), start, pull)


def _cross(a: Floats, b: Floats) -> Floats:
    """(N, 3) x (N, 3), without the overhead of numpy.cross."""
    turned = a[:, [1, 2, 0]] * b[:, [2, 0, 1]]
    turned -= a[:, [2, 0, 1]] * b[:, [1, 2, 0]]
    return turned
