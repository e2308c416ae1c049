"""The compiled pull of the muscles is the plain one, in every stance and at the limits."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="comes with the extra mechanics")

from hipspine.mechanics.equilibrium import statics_of
from hipspine.mechanics.pose import fields_of
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
    plain, fast = (statics_of(body, fields_of(postures), compiled=c) for c in (False, True))
    np.testing.assert_allclose(fast.pull.pair_force, plain.pull.pair_force, atol=1e-9)
    np.testing.assert_allclose(fast.pull.pair_moment, plain.pull.pair_moment, atol=1e-10)
    np.testing.assert_allclose(fast.arms, plain.arms, atol=1e-8)
