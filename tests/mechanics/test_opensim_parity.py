"""The model of the OpenSim comparison: lengths by the naive way, and OpenSim where installed."""

import numpy as np
import pytest

pytest.importorskip("opensim", reason="the wheel opensim is not installed")

from benchmarks.opensim_arrays import ConvertedModel, convert, solve
from benchmarks.opensim_model import build
from benchmarks.opensim_parity import postures

QUIET = "off"


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> tuple[object, object, ConvertedModel]:
    import opensim

    opensim.Logger.setLevelString(QUIET)
    path = str(tmp_path_factory.mktemp("opensim") / "comparison.osim")
    build(path)
    model = opensim.Model(path)
    state = model.initSystem()
    return model, state, convert(model)


def test_moment_arms_are_opensims(pair) -> None:
    """Ours are times strength and shorten the muscle: the same sign as computeMomentArm."""
    model, state, ours = pair
    q = postures(ours.coordinates)[0]
    coordinates = model.getCoordinateSet()
    for name, angle in zip(ours.coordinates, q, strict=True):
        coordinates.get(name).setValue(state, float(angle), False)
    model.realizePosition(state)
    from benchmarks import opensim_arrays

    arms = opensim_arrays.moment_arms(ours, q)
    for m in range(0, len(ours.muscles), 13):
        muscle = model.getMuscles().get(ours.muscles[m])
        for d, name in enumerate(ours.coordinates):
            wanted = muscle.computeMomentArm(state, coordinates.get(name))
            assert arms[d, m] / ours.strength[m] == pytest.approx(wanted, abs=1e-6)


def test_reactions_hold_up_what_is_beyond_them(pair) -> None:
    """The pelvis's joint with the ground bears the whole weight: muscles are inner forces."""
    _, _, ours = pair
    for q in postures(ours.coordinates):
        reactions = solve(ours, q).reactions
        weight = ours.mass.sum() * 9.80665
        np.testing.assert_allclose(reactions[0], [0.0, weight, 0.0], atol=1e-8)
