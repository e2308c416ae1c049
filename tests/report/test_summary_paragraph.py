"""The paragraph in short: chances in words, and nothing of years to come in an emergency."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.report.languages import ENGLISH
from hipspine.report.summary_paragraph import in_words, summary_paragraph
from tests.report.whole_example import FLAGS, whole_example


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.01, "less than 1 in 20"),
        (0.06, "about 1 in 10"),
        (0.64, "about 6 in 10"),
        (0.94, "about 9 in 10"),
        (0.97, "more than 19 in 20"),
    ],
)
def test_chances_in_words(p: float, words: str) -> None:
    assert in_words(p) == words


@given(st.floats(0.05, 0.95))
def test_tenths_are_the_nearest_that_are_neither_none_nor_all(p: float) -> None:
    tenths = int(in_words(p).split()[1])
    assert 1 <= tenths <= 9
    assert abs(tenths / 10 - p) <= 0.0500001


def test_an_emergency_comes_first_and_leaves_risks_of_years_out() -> None:
    emergency = replace(whole_example(), red_flags=(replace(FLAGS[0], level="emergency"),))
    told = summary_paragraph(emergency, ENGLISH)
    assert told[0] == "A red flag comes first: act on it before anything below."
    assert not any("within" in sentence for sentence in told)


def test_without_a_pressing_flag_a_near_risk_is_told() -> None:
    told = " ".join(summary_paragraph(replace(whole_example(), red_flags=()), ENGLISH))
    assert "Symptomatic hip osteoarthritis, right hip: 14% within 10 years." in told
    assert "Osteonecrosis" not in told, "0.21% is left to its own section"
    assert "The most probable source is Sacroiliac joint pain (mechanical), right" in told
