"""Many at once say what each says alone."""

import numpy as np
import pytest

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.batch import NAMES, solve_arrays

POSTURES = [
    Posture(mass_kg=m, height_m=1.7, sex="F", stance=s, trunk_flexion_deg=f)
    for m in (60.0, 80.0)
    for s in ("two_leg", "right_leg", "sitting")
    for f in np.linspace(0.0, 40.0, 12).tolist()
]


def test_batch_equals_one_by_one() -> None:
    table = solve_arrays(POSTURES)
    assert table.figures.shape == (len(POSTURES), len(NAMES))
    for i in (0, 17, 40, 71):
        alone = solve(POSTURES[i], bands=False).figures
        here = dict(zip(NAMES, table.figures[i], strict=True))
        assert here["left_hip_contact_force_n"] == pytest.approx(
            alone.left.hip_contact_force_n, rel=1e-6
        )
        assert here["l4_l5_compression_n"] == pytest.approx(alone.l4_l5.compression_n, rel=1e-6)
        assert here["right_abductor_force_n"] == pytest.approx(
            alone.right.abductor_force_n, rel=1e-6
        )


def test_progress_is_told() -> None:
    done: list[int] = []
    solve_arrays(POSTURES, advance=done.append)
    assert sum(done) == len(POSTURES)


def test_warmed_up_says_the_same() -> None:
    from hipspine.mechanics import warm

    before = [solve(p, bands=False).figures for p in POSTURES[::6]]
    if not warm():
        pytest.skip("numba comes with the extra mechanics")
    for figures, posture in zip(before, POSTURES[::6], strict=True):
        after = solve(posture, bands=False).figures
        assert after.left.hip_contact_force_n == pytest.approx(
            figures.left.hip_contact_force_n, rel=1e-7
        )
        assert after.l5_s1.compression_n == pytest.approx(figures.l5_s1.compression_n, rel=1e-7)
