"""The defects of the source body, shown, and their mends."""

import numpy as np
import pytest

from hipspine.mechanics import Posture, solve
from hipspine.mechanics import constants as c
from hipspine.mechanics.anatomy import anatomy
from hipspine.mechanics.body import CUT, SEGMENT, read_rows
from hipspine.mechanics.person import Build, body_of
from hipspine.mechanics.pose import fields_of
from hipspine.mechanics.solving import body_for, solve_fields

BUILD = Build(75.0, 1.75, "M")


@pytest.fixture(scope="module")
def source():
    """Their model, as it is."""
    mujoco = pytest.importorskip("mujoco")
    myo_sim = pytest.importorskip("myo_sim")
    import warnings

    mujoco.set_mju_user_warning(lambda text: None)  # else it writes a log file here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return mujoco, myo_sim.load_spec("myofullbody").compile()


def test_defect_lumbar_joints_add_up_to_almost_twice_the_flexion(source) -> None:
    _, model = source
    driver = model.joint("flex_extension").id
    shares = [
        model.eq_data[i, 1]
        for i in range(model.neq)
        if model.eq_obj2id[i] == driver and "_FE" in model.joint(model.eq_obj1id[i]).name
    ]
    assert 1 + sum(shares) == pytest.approx(1.875, abs=1e-3)


def test_mend_ten_degrees_of_flexion_are_ten() -> None:
    assert sum(c.FLEXION_SHARES) == pytest.approx(1.0)
    posture = Posture(
        mass_kg=75,
        height_m=1.75,
        sex="M",
        stance="two_leg",
        pelvic_tilt_change_deg=0,
        lumbar_lordosis_change_deg=-10,
    )
    pose = solve_fields(body_for(posture), fields_of([posture])).statics.pose
    pelvis, top = pose.axes[0, 0], pose.axes[0, SEGMENT["l1"]]
    turned = np.degrees(np.arccos(np.clip((np.trace(pelvis.T @ top) - 1) / 2, -1, 1)))
    assert turned == pytest.approx(10.0, abs=1e-9)


def test_defect_the_pelvis_is_there_twice(source) -> None:
    _, model = source
    assert model.body("sacrum").mass[0] > 7
    assert model.body("pelvis").mass[0] > 10


def test_mend_masses_add_up_to_the_person() -> None:
    body = body_of(BUILD)
    assert body.segment_mass.sum() + 2 * body.arm_mass == pytest.approx(75.0, rel=1e-12)
    trunk = body.segment_mass[:7].sum() / 75.0
    assert trunk == pytest.approx(0.4346 + 0.0694, abs=0.003)  # de Leva: trunk and head


def test_defect_no_muscle_crosses_spine_and_hip() -> None:
    rows = read_rows("paths.csv")
    spine = {r["muscle"] for r in rows if r["segment"] in ("l1", "l2", "l3", "l4", "l5")}
    thigh = {r["muscle"] for r in rows if r["segment"] == "femur" and r["kind"] == "point"}
    assert spine and thigh and not spine & thigh


def test_mend_the_psoas_does() -> None:
    psoas = [m for m in anatomy().muscles if m.name.startswith("Ps_") and m.side == "right"]
    assert all(m.path[-1].segment == "femur_r" for m in psoas)
    assert sum(m.strength for m in psoas) == pytest.approx(c.PSOAS_STRENGTH)
    posture = Posture(mass_kg=75, height_m=1.75, sex="M", stance="two_leg")
    pull = solve_fields(body_for(posture), fields_of([posture])).statics.pull
    index = body_for(posture).muscles.index("Ps_L2_TP_r")
    assert pull.moment[0, CUT["hip_r"], 2, index] > 0.01  # flexes the hip
    assert np.abs(pull.moment[0, CUT["l5_s1"], :, index]).max() > 0.005


def test_mend_nobody_pulls_without_being_asked() -> None:
    # Theirs pulls with 308 N on the rectus abdominis at rest, by passive fibre force.
    loads = solve(Posture(mass_kg=75, height_m=1.75, sex="M", stance="two_leg"))
    rectus = [m.force_n for m in loads.muscles if m.name == "rect_abd"]
    assert len(rectus) == 2
    assert max(rectus) < 30


def test_mend_the_back_holds_two_hundred_newton_metres() -> None:
    body = body_of(BUILD)
    posture = Posture(mass_kg=75, height_m=1.75, sex="M", stance="two_leg")
    arms = solve_fields(body, fields_of([posture])).statics.arms[0][2, : len(body.muscles)]
    weak = arms / c.TORSO_STRENGTH
    assert weak[weak > 0].sum() < 200 < arms[arms > 0].sum()


def test_mend_the_erector_spinae_pulls_at_the_lever_of_scans() -> None:
    posture = Posture(mass_kg=75, height_m=1.75, sex="M", stance="two_leg")
    body = body_for(posture)
    pull = solve_fields(body, fields_of([posture])).statics.pull.moment[0, CUT["l4_l5"], 2]
    erector = [i for i, n in enumerate(body.muscles) if n.startswith(("IL_", "LTp")) and pull[i]]
    lever = np.average(pull[erector], weights=body.strength[erector])
    assert lever == pytest.approx(0.060, abs=0.004)


def test_mend_gluteus_medius_abducts_over_four_to_seven_centimetres() -> None:
    posture = Posture(mass_kg=75, height_m=1.75, sex="M", stance="two_leg")
    body = body_for(posture)
    pull = solve_fields(body, fields_of([posture])).statics.pull.moment[0, CUT["hip_r"], 0]
    levers = [-pull[body.muscles.index(f"glmed{k}_r")] for k in (1, 2, 3)]
    # Dostal 1986 for the same specimen: 6.7, 6.0, 4.4 cm.
    assert levers == pytest.approx([0.067, 0.060, 0.044], abs=0.006)
