"""The language of the red-flag rules: unknown is not absent, and nothing else can be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine.errors import InvalidEvidence
from hipspine.pain_sources.red_flag_language import read_rule
from hipspine.pain_sources.three_valued import Known, Verdict

VOCABULARY = ("fever", "weakness", "night_pain", "weight_loss", "pain_back", "pain_hip")
GROUPS = {"any_pain": ("pain_back", "pain_hip")}


class Told:
    """Findings by name: True, False, or a number (present, with that value)."""

    def __init__(self, **told: bool | float) -> None:
        self.told = told

    def is_present(self, finding: str, /) -> bool | None:
        told = self.told.get(finding)
        return told if isinstance(told, bool | None) else True

    def value(self, finding: str, /) -> float | None:
        told = self.told.get(finding)
        return None if isinstance(told, bool | None) else told


def judge(rule: str, age=None, sex=None, duration_weeks=None, **told) -> Verdict:
    known = Known(Told(**told), age, sex, duration_weeks)
    return read_rule(rule, VOCABULARY, GROUPS)(known)


@pytest.mark.parametrize(
    ("rule", "told", "truth"),
    [
        ("fever", {}, None),
        ("fever", {"fever": False}, False),
        ("fever and weakness", {"fever": True}, None),
        ("fever and weakness", {"fever": False}, False),
        ("fever or weakness", {"fever": True}, True),
        ("fever or weakness", {"fever": False}, None),
        ("not fever", {}, None),
        ("not fever", {"fever": False}, True),
        ("unless(fever)", {}, True),
        ("unless(fever)", {"fever": True}, False),
        ("any_pain", {"pain_hip": True}, True),
        ("any_pain", {"pain_hip": False}, None),
        ("count(fever, weakness, night_pain) >= 2", {"fever": True, "weakness": True}, True),
        ("count(fever, weakness, night_pain) >= 2", {"fever": True}, None),
        (
            "count(fever, weakness, night_pain) >= 2",
            {"fever": True, "weakness": False, "night_pain": False},
            False,
        ),
        ("count(age >= 60, fever) >= 2", {"fever": True, "age": 70}, True),
        ("strength(weakness) <= 3", {"weakness": 3.0}, True),
        ("strength(weakness) <= 3", {"weakness": 4.0}, False),
        ("strength(weakness) <= 3", {"weakness": True}, None),
        ("age >= 60", {"age": 60}, True),
        ("age >= 60", {"age": 59.9}, False),
        ("age >= 60", {}, None),
        ("duration_weeks > 12", {"duration_weeks": 12}, False),
        ("sex == 'F'", {"sex": "F"}, True),
        ("sex == 'F'", {"sex": "M"}, False),
        ("sex == 'F'", {}, None),
        ("fever or weakness and night_pain", {"fever": True, "weakness": False}, True),
    ],
)
def test_three_valued(rule, told, truth):
    assert judge(rule, **told).truth is truth


def test_because_names_only_what_made_it_true():
    verdict = judge("(fever or weakness) and not night_pain", fever=True, night_pain=False)
    assert verdict == Verdict(True, ("fever",))


def test_because_has_each_finding_once():
    verdict = judge("fever and (fever or any_pain)", fever=True, pain_back=True)
    assert verdict.because == ("fever", "pain_back")


def test_an_equivocal_value_does_not_count():
    class Equivocal(Told):
        def is_present(self, finding: str, /) -> None:
            return None

    rule = read_rule("strength(weakness) <= 3", VOCABULARY, GROUPS)
    assert rule(Known(Equivocal(weakness=2.0))).truth is None


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("fevr or weakness", "did you mean fever"),
        ("any_pin", "did you mean any_pain"),
        ("value(weaknes) > 3", "did you mean weakness"),
        ("fever or", "cannot be read"),
        ("fever + weakness", "outside the language"),
        ("__import__('os')", "outside the language"),
        ("fever.real", "outside the language"),
        ("[fever]", "outside the language"),
        ("True", "outside the language"),
        ("lambda: fever", "outside the language"),
        ("40 <= age < 60", "outside the language"),
        ("height >= 2", "cannot be compared"),
        ("age == 60", "compared by"),
        ("sex == 'X'", "cannot be compared"),
        ("count(fever, weakness) <= 1", "count\\(...\\) by >="),
        ("age >= True", "cannot be compared"),
        ("fever >= 38", "cannot be compared"),
        ("exists(fever)", "outside the language"),
        ("value(fever, weakness) > 3", "cannot be compared"),
    ],
)
def test_anything_else_is_refused(rule, message):
    with pytest.raises(InvalidEvidence, match=message):
        read_rule(rule, VOCABULARY, GROUPS)


_RULES = st.recursive(
    st.sampled_from(VOCABULARY),
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda p: f"({p[0]} and {p[1]})"),
        st.tuples(part, part).map(lambda p: f"({p[0]} or {p[1]})"),
        part.map(lambda p: f"not ({p})"),
        st.lists(part, min_size=2, max_size=3).map(lambda p: f"count({', '.join(p)}) >= 2"),
    ),
    max_leaves=8,
)


@given(
    rule=_RULES,
    told=st.dictionaries(st.sampled_from(VOCABULARY), st.booleans()),
    more=st.dictionaries(st.sampled_from(VOCABULARY), st.booleans()),
)
def test_learning_more_never_overturns_what_was_known(rule, told, more):
    before = judge(rule, **told).truth
    after = judge(rule, **{**more, **told}).truth
    assert before is None or after is before
