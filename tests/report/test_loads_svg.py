"""The picture: well-formed, its numbers also in words, every stance within its box."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.mechanics import Posture, solve
from hipspine.mechanics.skeleton import skeleton
from hipspine.report.bone_shapes import bones
from hipspine.report.loads_style import activation_colour
from hipspine.report.loads_svg import description, loads_svg
from hipspine.report.loads_view import BOXES, on_same_floor, projections
from hipspine.report.svg_marks import hull, number, tag

PERSON = {"mass_kg": 75, "height_m": 1.75, "sex": "M"}
SVG = "{http://www.w3.org/2000/svg}"
STANCES = {
    "two_leg": {},
    "left_leg": {"cane_hand": "right", "cane_force_percent_bw": 15},
    "right_leg": {"hand_load_left_kg": 8},
    "sitting": {"backrest_inclination_deg": 20},
    "lying_supine": {},
    "lying_prone": {},
    "lying_side": {},
}


def picture(stance, **fields):
    posture = Posture(**PERSON, stance=stance, **fields)
    loads = solve(posture)
    return posture, loads, ElementTree.fromstring(loads_svg(posture, loads))


@pytest.mark.parametrize(("stance", "fields"), STANCES.items())
def test_every_stance_is_drawn_and_described(stance, fields) -> None:
    posture, loads, root = picture(stance, **fields)
    assert root.get("role") == "img"
    named = set(root.get("aria-labelledby").split())
    assert named == {root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")}
    assert root.find(f"{SVG}desc").text == description(posture, loads)
    assert len(root.findall(f".//{SVG}path")) > 60
    numbers = re.findall(r"(?<![\w#-])nan|inf(?![a-z])", ElementTree.tostring(root, "unicode"))
    assert not numbers


def test_the_description_has_the_numbers() -> None:
    posture, loads, _ = picture("left_leg")
    told = description(posture, loads)
    for side in ("left", "right"):
        hip = getattr(loads.figures, side)
        assert f"{side.capitalize()} hip: {hip.hip_contact_force_n:.0f} newtons" in told
        assert f"{hip.hip_contact_force_percent_bw:.0f} percent of body weight" in told
    assert f"L5/S1: compression {loads.figures.l5_s1.compression_n:.0f} newtons" in told


def test_numbers_on_the_picture_are_those_of_the_answer() -> None:
    _, loads, root = picture("right_leg")
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert f"{loads.figures.right.hip_contact_force_percent_bw:.0f} %BW" in words
    assert f"{loads.figures.l5_s1.compression_n:.0f} N" in words


def test_a_warning_of_the_answer_is_on_the_picture_and_in_its_words() -> None:
    posture = Posture(**PERSON, stance="two_leg")
    loads = replace(solve(posture), warnings=("this posture would fall", "and cannot be held"))
    root = ElementTree.fromstring(loads_svg(posture, loads))
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert set(loads.warnings) <= words
    assert all(warning in description(posture, loads) for warning in loads.warnings)


def test_words_are_escaped() -> None:
    posture = Posture(**PERSON, stance="two_leg", id='<b>&"')
    ElementTree.fromstring(loads_svg(posture, solve(posture)))


def test_two_pictures_share_no_id() -> None:
    """So that both can stand on one page."""
    one, other = (picture(stance)[2] for stance in ("two_leg", "left_leg"))
    assert one.get("id") != other.get("id")


def test_left_of_the_person_is_right_on_the_front_view() -> None:
    body = skeleton(Posture(**PERSON, stance="two_leg"))
    front = projections(body.posture, [body])["front"]
    left, right = (front(body.joint(f"femur_{s}"))[0] for s in "lr")
    assert left[0] > right[0]
    side = projections(body.posture, [body])["side"]
    toes = side(body.place("foot_r", [[0.2, -0.07, 0.0]]))[0]
    heel = side(body.place("foot_r", [[-0.05, -0.07, 0.0]]))[0]
    assert toes[0] > heel[0]


@pytest.mark.parametrize("fields", [{}, {"trunk_flexion_deg": 90}, {"trunk_lateral_lean_deg": 25}])
def test_the_body_stays_in_its_box(fields) -> None:
    body = skeleton(Posture(**PERSON, stance="two_leg", **fields))
    ghost = on_same_floor(skeleton(Posture(**PERSON, stance="two_leg")), body)
    for view, project in projections(body.posture, [body, ghost]).items():
        left, top, wide, high = BOXES[view]
        for bone in bones(body):
            points = project(bone.points)
            assert (points >= [left, top]).all() and (points <= [left + wide, top + high]).all()


def test_the_ghost_stands_on_the_same_floor() -> None:
    body = skeleton(Posture(**PERSON, stance="two_leg", trunk_flexion_deg=60))
    ghost = on_same_floor(skeleton(Posture(**PERSON, stance="two_leg")), body)
    for s in "lr":
        np.testing.assert_allclose(body.joint(f"foot_{s}")[1], ghost.joint(f"foot_{s}")[1])


def test_colours_go_from_pale_to_hot() -> None:
    assert activation_colour(0.0) == "#8aa0b2"
    assert activation_colour(1.0) == activation_colour(1.7) == "#b21032"
    assert activation_colour(-1) == activation_colour(0)


@given(st.floats(-1e6, 1e6))
def test_numbers_are_short_and_near(value) -> None:
    assert abs(float(number(value)) - value) <= 0.005 + 1e-9
    assert "e" not in number(value)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=40))
def test_a_hull_holds_every_point(points) -> None:
    """Each point lies left of (or on) every edge of the anticlockwise hull."""
    corners = hull(np.array(points))
    if len(corners) < 3:
        return  # all on a line
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        for x, y in points:
            turn = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])
            assert turn >= -0.2  # corners are rounded to a thousandth


def test_attributes_are_escaped() -> None:
    told = tag("text", class_='a"b', stroke_width=1.50001)
    assert ElementTree.fromstring(told).attrib == {"class": 'a"b', "stroke-width": "1.5"}
