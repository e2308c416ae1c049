"""Brand and Crowninshield 1980, Clin Orthop 147:181: a cane in the opposite hand.

Free-body drawing, frontal plane: the cane pushes up with C at 30 cm from the midline on the free
side, so 38 cm from the hip. It takes C * 0.38 m off the moment that the abductors hold, and C off
the weight: with C = 0.15 BW and a lever of 5.5 cm that is over 1 BW off the hip.
"""

import pytest

from hipspine.mechanics.validation import ONE, ROWS, hip


def test_a_cane_takes_about_half_off() -> None:
    row = next(r for r in ROWS if r.name.startswith("cane"))
    assert row.low <= row.figure() <= row.high


def test_more_push_less_load_and_the_same_side_does_little() -> None:
    loads = [hip(**ONE, cane_hand="right", cane_force_percent_bw=float(f)) for f in (0, 5, 10, 15)]
    assert loads == sorted(loads, reverse=True)
    same = hip(**ONE, cane_hand="left", cane_force_percent_bw=10.0)
    assert same > loads[2]


def test_the_sum_of_the_drawing() -> None:
    # Off the hip: the cane itself and its moment over the abductors' lever.
    without, with_cane = hip(**ONE), hip(**ONE, cane_hand="right", cane_force_percent_bw=5.0)
    arm = 0.30 + 0.172 / 2
    expected = 5.0 * (1 + arm / 0.055)
    assert without - with_cane == pytest.approx(expected, rel=0.35)
