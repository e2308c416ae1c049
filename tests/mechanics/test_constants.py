"""Every constant says where it comes from: a study, a judgement or a fit."""

import re
from importlib.resources import files

import pytest

SOURCE = (files("hipspine.mechanics") / "constants.py").read_text(encoding="utf-8")
#: A constant, with the comment of the block it stands in.
BLOCKS = re.findall(r"((?:#:.*\n)+)((?:[A-Z_]+: Final = (?:.*\n)+?(?=\n|#|[A-Z_]+:|\Z))+)", SOURCE)
NAMES = re.findall(r"^([A-Z][A-Z_]+): Final", SOURCE, flags=re.MULTILINE)


def test_every_constant_stands_under_a_comment() -> None:
    commented = {n for _, body in BLOCKS for n in re.findall(r"^([A-Z][A-Z_]+): Final", body, re.M)}
    assert set(NAMES) - commented <= {"GRAVITY"}


@pytest.mark.parametrize("comment", [comment for comment, _ in BLOCKS])
def test_the_comment_names_a_study_a_judgement_or_a_fit(comment: str) -> None:
    assert re.search(r"(19|20)\d\d|judgement|FITTED|OrthoLoad|remembered|Panjabi", comment), comment


def test_fits_are_those_of_the_validation_page() -> None:
    fitted = len(re.findall(r"FITTED", SOURCE)) - 1  # the docstring explains the word
    assert fitted == 5
