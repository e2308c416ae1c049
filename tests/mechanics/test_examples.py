"""The example postures are answered, and the muscles hold them."""

from pathlib import Path

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.day import DayPlan, solve_day
from hipspine.mechanics.posture_files import iter_postures

FOLDER = Path(__file__).parents[2] / "examples" / "postures"


def test_postures() -> None:
    entries = list(iter_postures(FOLDER / "standing_and_sitting.jsonl"))
    assert len(entries) >= 9
    answers = {}
    for entry in entries:
        assert isinstance(entry.entry, Posture), entry.error
        loads = solve(entry.entry)
        assert not loads.beyond_muscles and not loads.warnings
        answers[loads.id] = loads.figures
    neutral = answers["neutral"].left.hip_contact_force_n
    assert answers["one leg"].left.hip_contact_force_n > 2 * neutral
    assert answers["resting on the left leg"].left.hip_contact_force_n > neutral
    assert answers["clenching the left side"].left.hip_contact_force_n > neutral


def test_a_one_sided_day_loads_one_side() -> None:
    (entry,) = iter_postures(FOLDER / "one_sided_day.json")
    assert isinstance(entry.entry, DayPlan)
    day = solve_day(entry.entry, lambda postures: [solve(p, bands=False) for p in postures])
    assert day.left_to_right > 1.1
