"""A day is hours times forces, added up by hand; the forces here are made up."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.mechanics.day import DayLoads, solve_day
from hipspine.mechanics.day_plan import is_day, read_day
from hipspine.mechanics.posture import InvalidPosture
from hipspine.mechanics.tissue import Tissue

PERSON = {"mass_kg": 70, "height_m": 1.7, "sex": "F"}
#: Newtons on (left, right) hip in each stance, of someone of 700 N.
FORCES = {"two_leg": (600.0, 600.0), "left_leg": (1800.0, 300.0), "sitting": (200.0, 250.0)}


def _figures(left, right):
    hips = [
        SimpleNamespace(hip_contact_force_n=n, hip_contact_force_percent_bw=n / 7)
        for n in (left, right)
    ]
    return SimpleNamespace(left=hips[0], right=hips[1])


def _tissue(stance):
    return Tissue(
        "hip abductors",
        "muscle",
        "left",
        20.0,
        "% of full force",
        5.0,
        4.0,
        60.0,
        (6.0, 8.0),
        None,
        f"a fifth of its full force in {stance}",
        ("somebody 1990",),
        True,
    )


def made_up(postures):
    answers = []
    for posture in postures:
        left, right = FORCES[posture.stance]
        answers.append(
            SimpleNamespace(
                figures=_figures(left, right),
                bands=SimpleNamespace(
                    low=_figures(0.9 * left, 0.9 * right), high=_figures(1.2 * left, 1.2 * right)
                ),
                neutral=_figures(*FORCES["two_leg"]),
                assumptions=("sex taken as told", f"stance: {posture.stance}"),
                warnings=(),
                tissues=(_tissue(posture.stance),) if posture.stance == "left_leg" else (),
            )
        )
    return answers


def day(*parts, **more) -> DayLoads:
    return solve_day(read_day({**PERSON, **more, "day": list(parts)}, "day.json"), made_up)


def test_a_one_sided_day_by_hand() -> None:
    """2 h on the left leg, 6 h of sitting, 4 h on both:

    left  (2 * 1800 + 6 * 200 + 4 * 600) / 1000 = 7.2 kN h, over 12 h: 600 N
    right (2 * 300 + 6 * 250 + 4 * 600) / 1000 = 4.5 kN h, over 12 h: 375 N
    """
    found = day(
        {"hours": 2, "stance": "left_leg"},
        {"hours": 6, "stance": "sitting"},
        {"hours": 4, "stance": "two_leg"},
    )
    assert found.resting_hours == 12 and found.walking_hours == 0
    assert found.left.resting_kn_h == pytest.approx(7.2)
    assert found.right.resting_kn_h == pytest.approx(4.5)
    assert found.left.mean_force_n == pytest.approx(600)
    assert found.left.mean_force_percent_bw == pytest.approx(600 / 7)
    assert found.left.peak_force_n == 1800
    assert found.left_to_right == pytest.approx(1.6)
    assert found.difference_percent == pytest.approx(100 * 2.7 / 5.85)
    assert sum(part.left_kn_h for part in found.parts) == pytest.approx(7.2)
    assert any("12 hours of the day are not told" in line for line in found.assumptions)


def test_assumptions_name_their_parts_unless_all_share_them() -> None:
    found = day(
        {"hours": 1, "stance": "sitting"},
        {"hours": 1, "walking": True},
        {"hours": 1, "stance": "two_leg"},
        {"hours": 1, "stance": "sitting"},
    )
    assert "sex taken as told" in found.assumptions
    assert "part 1, 4: stance: sitting" in found.assumptions
    assert "part 3: stance: two_leg" in found.assumptions


def test_each_posture_says_what_an_hour_of_it_does() -> None:
    found = day({"hours": 1, "stance": "left_leg"}, {"hours": 1, "stance": "sitting"})
    assert [len(part.tissues) for part in found.parts] == [1, 0]


def test_bands_add_up_like_the_figures() -> None:
    found = day({"hours": 3, "stance": "sitting"}, {"hours": 1, "stance": "two_leg"})
    assert found.low.left.resting_kn_h == pytest.approx(0.9 * found.left.resting_kn_h)
    assert found.high.right.mean_force_n == pytest.approx(1.2 * found.right.mean_force_n)


def test_walking_is_a_stated_multiple_and_stands_apart() -> None:
    """2 h at 1.5 times standing's 600 N: 1.8 kN h a hip, not in the resting sum."""
    found = day(
        {"hours": 1, "stance": "two_leg"},
        {"hours": 2, "walking": True, "walking_multiple": 1.5},
    )
    assert found.walking_hours == 2
    assert found.left.walking_kn_h == found.right.walking_kn_h == pytest.approx(1.8)
    assert found.left.resting_kn_h == pytest.approx(0.6)
    assert any("1.5 times neutral standing, as stated" in line for line in found.assumptions)


def test_walking_without_a_multiple_is_bergmanns_peak() -> None:
    """238 % of 700 N for one hour, said to be an upper bound."""
    found = day({"hours": 1, "stance": "two_leg"}, {"hours": 1, "walking": True})
    assert found.left.walking_kn_h == pytest.approx(2.38 * 0.7)
    assert any("Bergmann 2001" in line and "upper bound" in line for line in found.assumptions)


def test_fields_of_the_day_hold_in_every_part_and_a_part_may_differ() -> None:
    plan = read_day(
        {
            **PERSON,
            "leg_length_difference_mm": 12,
            "day": [
                {"hours": 1, "stance": "two_leg"},
                {"hours": 1, "stance": "two_leg", "leg_length_difference_mm": 0},
            ],
        },
        "day.json",
    )
    assert [p.posture.leg_length_difference_mm for p in plan.parts] == [12, 0]


def test_a_posture_is_not_a_day() -> None:
    assert not is_day({"stance": "two_leg"})
    assert is_day({"day": []})


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "day.json"),
        ("8 h sitting", '"day" is a list'),
        (["sitting"], "day part 1"),
        ([{"stance": "sitting"}], "hours: is missing"),
        ([{"hours": 0, "stance": "sitting"}], "more than 0"),
        ([{"hours": -1, "stance": "sitting"}], "-1 is not accepted; accepted: 0 to 24"),
        ([{"hours": float("nan"), "stance": "sitting"}], "nan is not accepted"),
        ([{"hours": True, "stance": "sitting"}], "True is not accepted"),
        ([{"hours": "2", "stance": "sitting"}], "'2' is not accepted"),
        ([{"hours": 20, "stance": "sitting"}] * 2, "add up to 40 hours"),
        ([{"hours": 2, "stance": "siting"}], "day part 1"),
        ([{"hours": 2, "stance": "sitting", "trunk_flex": 3}], "'trunk_flexion_deg'?"),
        ([{"hours": 2, "stance": "sitting", "hurs": 3}], "did you mean 'hours'?"),
        ([{"hours": 2, "walking": True}], "at least one part with a posture"),
        ([{"hours": 2, "walking": "yes"}], "walking"),
        ([{"hours": 2, "walking": True, "stance": "two_leg"}], "'stance' does not go"),
        ([{"hours": 2, "walking": True, "walking_multiple": 40}], "0.5 to 10"),
        ([{"hours": 2, "stance": "sitting", "walking_multiple": 2}], "goes with"),
    ],
)
def test_a_bad_day_is_one_clear_line(parts, said) -> None:
    with pytest.raises(InvalidPosture) as caught:
        read_day({**PERSON, "day": parts}, "day.json")
    message = str(caught.value)
    assert said in message and "day.json" in message and "\n" not in message


@given(
    st.lists(st.tuples(st.sampled_from(sorted(FORCES)), st.floats(0.1, 4)), min_size=1, max_size=6)
)
def test_cutting_a_part_in_two_changes_nothing(parts) -> None:
    whole = [{"hours": h, "stance": s} for s, h in parts]
    halves = [{"hours": h / 2, "stance": s} for s, h in parts for _ in range(2)]
    one, two = day(*whole), day(*halves)
    assert two.left.resting_kn_h == pytest.approx(one.left.resting_kn_h)
    assert two.left_to_right == pytest.approx(one.left_to_right)
