"""The compiled pull of the muscles is the plain one, in every stance and at the limits."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="comes with the extra mechanics")

from hipspine.mechanics.body import CUTS, SEGMENT
from hipspine.mechanics.compiled_pull import compiled_pull
from hipspine.mechanics.muscle_pull import plain_pull
from hipspine.mechanics.pose import fields_of, pose_of
from hipspine.mechanics.posture import Posture, bounds
from hipspine.mechanics.solving import body_for

STANCES = ("two_leg", "left_leg", "right_leg", "sitting", "lying_prone")
OF_THE_PERSON = ("mass_kg", "height_m", "_mm")


def random_posture(rng: np.random.Generator) -> Posture:
    fields = {"mass_kg": 75.0, "height_m": 1.75, "sex": "M", "stance": str(rng.choice(STANCES))}
    for name, (low, high) in bounds().items():
        if not name.endswith(OF_THE_PERSON) and rng.random() < 0.4:
            fields[name] = float(rng.choice([low, high, rng.uniform(low, high)]))
    return Posture(**fields)


def test_the_compiled_pull_is_the_plain_one() -> None:
    postures = [random_posture(np.random.default_rng(seed)) for seed in range(60)]
    body = body_for(postures[0])
    pose = pose_of(body, fields_of(postures))
    joints = pose.origin[:, [SEGMENT[first] for first in CUTS.values()]]
    force, moment = compiled_pull(body, pose.axes, pose.origin, joints)
    plain = plain_pull(body, pose.axes, pose.origin, joints)
    np.testing.assert_allclose(force, plain.pair_force, atol=1e-9)
    np.testing.assert_allclose(moment, plain.pair_moment, atol=1e-10)
