"""Wilke 1999, Spine 24:755 (doi 10.1097/00007632-199904150-00005): pressure inside an L4/5 disc.

Free-body drawing: what lies above the disc hangs forward of it by d. The back muscles pull down
behind it with the lever r; ligaments and abdominal pressure help. The disc is pressed by both:

    muscles * r = weight * d - ligaments - abdominal pressure
    compression = weight * cos(tilt) + muscles + ligaments' pull - abdominal lift
    pressure    = prestress + compression / (0.66 * area)
"""

import pytest

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.validation import CHAIR, LIFT, POSTURES, ROWS, TWO, most_reserve, pressure

MINE = [row for row in ROWS if row.unit == "MPa"]


@pytest.mark.parametrize("row", MINE, ids=lambda row: row.name)
def test_pressure_is_near_the_measured_one(row) -> None:
    assert row.low <= row.figure() <= row.high


def test_order_of_the_postures() -> None:
    lying = pressure(stance="lying_prone")
    slouched = pressure(**CHAIR, backrest_inclination_deg=30.0, lumbar_lordosis_change_deg=-25.0)
    relaxed, bent = pressure(**CHAIR), pressure(**CHAIR, trunk_flexion_deg=30.0)
    assert lying < slouched < relaxed < bent
    close = pressure(**TWO, **LIFT, front_load_distance_m=0.25)
    far = pressure(**TWO, **LIFT, front_load_distance_m=0.60)
    assert pressure(**TWO) < close < far


def test_a_naive_lever_of_the_back_says_the_same() -> None:
    # 20 kg at 0.6 m from L5/S1: 20 * 9.81 * 0.6 = 118 Nm and the arms' own forward moment
    # (2 * 3.4 kg * 9.81 * 0.3 = 20 Nm), less abdominal pressure; over a lever of 0.055 to 0.06 m,
    # plus weight above (0.46 * 70 kg + 20 kg) * 9.81 = 512 N.
    moment = 20 * 9.81 * 0.6 + 2 * 3.4 * 9.81 * 0.3 - 8
    muscles = [moment / lever for lever in (0.060, 0.055)]
    expected = [0.07 + (m + 512 - 150) / (0.66 * 1800) for m in muscles]
    ours = pressure(**TWO, **LIFT, front_load_distance_m=0.60)
    assert expected[0] * 0.85 <= ours <= expected[1] * 1.15


@pytest.mark.parametrize("fields", POSTURES, ids=str)
def test_the_muscles_hold_every_posture_of_the_table(fields) -> None:
    assert most_reserve(solve(Posture(**fields), bands=False)) <= 1.0
