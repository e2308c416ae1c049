"""Every urgent published case is flagged, and alarms on the others are few."""

import pytest
from benchmarks.alarms import cases, fired, is_urgent

pytestmark = pytest.mark.usefixtures("compiled_sweep")
URGENT = [case for case in cases() if is_urgent(case)]
OTHERS = [case for case in cases() if not is_urgent(case)]


@pytest.mark.parametrize("case", URGENT, ids=[case["id"] for case in URGENT])
def test_an_urgent_case_is_flagged(case) -> None:
    assert fired(case), case["id"]


def test_fewer_than_one_in_five_others_raise_an_alarm() -> None:
    false = [case["id"] for case in OTHERS if fired(case)]
    assert len(URGENT) >= 10
    assert len(false) / len(OTHERS) < 0.2, false
