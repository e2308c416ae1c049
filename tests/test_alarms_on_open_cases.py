"""Every urgent published case is flagged, and alarms on the others are few."""

import pytest
from benchmarks.alarms import alarms

FOUND = alarms()
URGENT = [(case, fired) for case, is_urgent, fired in FOUND if is_urgent]
OTHERS = [(case, fired) for case, is_urgent, fired in FOUND if not is_urgent]


@pytest.mark.parametrize(("case", "fired"), URGENT, ids=[case for case, _ in URGENT])
def test_an_urgent_case_is_flagged(case: str, fired: tuple[str, ...]) -> None:
    assert fired, case


def test_fewer_than_one_in_five_others_raise_an_alarm() -> None:
    false = [case for case, fired in OTHERS if fired]
    assert len(URGENT) >= 10
    assert len(false) / len(OTHERS) < 0.2, false
