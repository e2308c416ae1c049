"""A clinic's settings: the stricter by default, refused in one line where they are wrong."""

import pytest

from hipspine.errors import InvalidInput
from hipspine.plan.settings import read_settings


def test_nothing_told_is_the_stricter_guideline_without_payer_rules() -> None:
    read = read_settings("{}")
    assert read.followed("hip_steroid") == "stricter" and read.payer_rules is False


def test_one_conflict_may_be_decided_apart() -> None:
    read = read_settings('{"follow": {"hip_steroid": "looser"}}')
    assert read.followed("hip_steroid") == "looser"
    assert read.followed("facet_blocks") == "stricter"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{", "not JSON"),
        ("[]", "valid dictionary"),
        ('{"default": "loose"}', "stricter or looser"),
        ('{"payer_rules": "yes"}', "true or false"),
        ('{"follow": {"hip_steriod": "looser"}}', "did you mean hip_steroid"),
        ('{"follow": {"doac_pause": "looser"}}', "only stricter is accepted"),
        ('{"colour": 1}', "colour"),
    ],
)
def test_wrong_settings_are_refused_in_one_line(told: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        read_settings(told)
    assert "\n" not in str(caught.value)
