"""The pain mechanism: against a naive twin, its properties, and what ordinary findings say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.pain_sources.mechanism import mechanism_of, stated_criteria
from hipspine.pain_sources.mechanism_figures import MECHANISMS, RHO, figures

CRITERIA = sorted(evidence().mechanism_criteria)
PRIOR = {"nociceptive": 0.55, "neuropathic": 0.22, "nociplastic": 0.23}
answers = st.dictionaries(st.sampled_from(CRITERIA), st.booleans(), max_size=len(CRITERIA))


def findings_of(answered: dict[str, bool]) -> Findings:
    return Findings(Observation(finding, present) for finding, present in answered.items())


def told(*findings: str, absent: tuple[str, ...] = ()) -> Findings:
    return findings_of({f: True for f in findings} | {f: False for f in absent})


def normal(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


def quantile(p: float) -> float:
    """By halving: slow and plain."""
    low, high = -10.0, 10.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if normal(middle) < p else (low, middle)
    return low


def naive(answered: dict[str, bool]) -> dict[str, float]:
    """Written out mechanism by mechanism; the random effect by a sum over 2000 slices."""
    table = figures()
    weight = {}
    for k, mechanism in enumerate(MECHANISMS):
        likelihood = PRIOR[mechanism]
        lists: dict[tuple[str, ...], list[tuple[float, bool]]] = {}
        for finding, present in answered.items():
            criterion = evidence().mechanism_criteria[finding]
            p = float(table.frequency[table.rows[finding]][k])
            if criterion.cluster:
                likelihood *= p if present else 1 - p
            else:
                lists.setdefault(criterion.consensus, []).append((p, present))
        for members in lists.values():
            total = 0.0
            for slice_ in range(2000):
                z = -7 + 14 * (slice_ + 0.5) / 2000
                density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * 14 / 2000
                for p, present in members:
                    q = normal((quantile(p) - math.sqrt(RHO) * z) / math.sqrt(1 - RHO))
                    density *= q if present else 1 - q
                total += density
            likelihood *= total
        weight[mechanism] = likelihood
    right = math.sqrt(0.77)
    whole = sum(weight.values())
    return {m: right * w / whole + (1 - right) * PRIOR[m] for m, w in weight.items()}


@pytest.mark.parametrize(
    "answered",
    [
        {"psychosocial_risk": True},
        {"dermatomal_pain_pattern": True, "nerve_tension_sign_any": False},
        {"high_disability": True, "constant_pain": True, "diffuse_tenderness": False},
        {"pain_in_proportion": True, "localised_tenderness": False, "healing_as_expected": True},
        {"hyperpathia": False, "allodynia_on_examination": True, "neuro_deficit_any": True},
    ],
)
def test_the_naive_twin_says_the_same(answered: dict[str, bool]) -> None:
    """Nine nodes against 2000 slices: within 0.001."""
    assert dict(mechanism_of(findings_of(answered))) == pytest.approx(naive(answered), abs=1e-3)


def test_with_nothing_known_the_answer_is_the_prior() -> None:
    answer = mechanism_of(Findings())
    assert dict(answer) == pytest.approx(PRIOR)
    assert answer.known == 0
    assert all(why == () for _, why in answer.why)


def test_a_finding_without_bearing_on_the_mechanism_leaves_the_prior() -> None:
    assert dict(mechanism_of(told("male_sex", "mri_labral_tear"))) == pytest.approx(PRIOR)


@given(answers)
def test_probabilities_lie_inside_and_add_up_to_one(answered: dict[str, bool]) -> None:
    answer = mechanism_of(findings_of(answered))
    assert sum(answer.values()) == pytest.approx(1.0)
    assert all(0 < p < 1 for p in answer.values())
    assert answer.known == len(answered)


@given(answers, st.sampled_from(CRITERIA))
def test_an_equivocal_answer_is_no_answer(answered: dict[str, bool], other: str) -> None:
    answered.pop(other, None)
    unclear = Observation(other, True, certainty="equivocal")
    both = findings_of(answered).with_(unclear)
    assert dict(mechanism_of(both)) == pytest.approx(dict(mechanism_of(findings_of(answered))))


@given(answers, st.sampled_from([c for c in CRITERIA if evidence().mechanism_criteria[c].cluster]))
def test_a_criterion_of_a_cluster_moves_the_odds_by_its_odds_ratio_whatever_else_is_known(
    answered: dict[str, bool], criterion: str
) -> None:
    """Between nociceptive and nociplastic, before the examiner's doubt is mixed in."""
    row = figures().frequency[figures().rows[criterion]]
    expected = row[0] / (1 - row[0]) * (1 - row[2]) / row[2]
    answered.pop(criterion, None)
    odds = []
    for present in (True, False):
        answer = mechanism_of(findings_of(answered | {criterion: present}))
        left = 1 - math.sqrt(0.77)
        raw = {m: answer[m] - left * PRIOR[m] for m in PRIOR}
        odds.append(raw["nociceptive"] / raw["nociplastic"] if raw["nociplastic"] > 1e-6 else None)
    if None not in odds:
        assert odds[0] / odds[1] == pytest.approx(expected, rel=1e-3)


def test_possible_lies_between_not_known_and_present() -> None:
    nothing = mechanism_of(Findings()).nociplastic
    sure = mechanism_of(told("diffuse_tenderness")).nociplastic
    possible = Findings([Observation("diffuse_tenderness", True, certainty="possible")])
    assert nothing < mechanism_of(possible).nociplastic < sure


@pytest.mark.parametrize(
    ("findings", "mechanism"),
    [
        (("dermatomal_sensory_loss_any",), "neuropathic"),
        (("myo_great_toe_ext_l5",), "neuropathic"),
        (("slr",), "neuropathic"),
        (("burning_pain",), "neuropathic"),
        (("electric_shooting_pain",), "neuropathic"),
        (("paraesthesia_leg",), "neuropathic"),
        (("mri_root_compression_l5",), "neuropathic"),
        (("widespread_pain",), "nociplastic"),
        (("known_fibromyalgia",), "nociplastic"),
        (("sleep_disturbance",), "nociplastic"),
        (("tender_points",), "nociplastic"),
        (("waddell_signs",), "nociplastic"),
        (("mechanical_pain",), "nociceptive"),
        (("relief_rest",), "nociceptive"),
        (("worse_weight_bearing",), "nociceptive"),
        (("lumbar_spinous_tenderness",), "nociceptive"),
        (("nsaid_response",), "nociceptive"),
    ],
)
def test_ordinary_findings_speak_too(findings: tuple[str, ...], mechanism: str) -> None:
    assert mechanism_of(told(*findings))[mechanism] > PRIOR[mechanism]


def test_denials_speak_against() -> None:
    without = told(absent=("burning_pain", "electric_shooting_pain"))
    assert mechanism_of(without).neuropathic < PRIOR["neuropathic"]
    assert mechanism_of(told(absent=("burning_pain",))).known == 0, "the other may be there"
    assert mechanism_of(told(absent=("slr",))).neuropathic < PRIOR["neuropathic"]
    assert mechanism_of(told(absent=("neuro_deficit_any",))).neuropathic < PRIOR["neuropathic"]


def test_a_long_course_or_a_failed_treatment_alone_do_not_make_pain_nociplastic() -> None:
    """A worn hip hurts for years and sends many to a surgeon; short pain is not nociplastic."""
    chronic = mechanism_of(told("pain_over_3_months", "failed_conservative"))
    assert dict(chronic) == pytest.approx(PRIOR)
    recent = mechanism_of(told(absent=("pain_over_3_months",)))
    assert recent.nociplastic < PRIOR["nociplastic"]


def test_one_fact_told_twice_counts_once() -> None:
    once = mechanism_of(told("slr"))
    assert dict(mechanism_of(told("slr", "crossed_slr", "slump"))) == pytest.approx(dict(once))


def test_a_specific_finding_outweighs_the_general_denial() -> None:
    mixed = stated_criteria(told("reflex_achilles", absent=("neuro_deficit_any",)))
    assert [(s.criterion.finding_id, s.present) for s in mixed] == [("neuro_deficit_any", True)]


def test_what_is_said_of_the_criterion_itself_counts_first() -> None:
    stated = stated_criteria(told("tenderness_any", absent=("localised_tenderness",)))
    assert [(s.criterion.finding_id, s.present) for s in stated] == [
        ("localised_tenderness", False)
    ]


def test_reasons_say_what_each_criterion_does_and_where_it_is_printed() -> None:
    answer = mechanism_of(told("diffuse_tenderness", absent=("dermatomal_pain_pattern",)))
    why = dict(answer.why)
    assert why["nociplastic"][0].finding == "diffuse_tenderness"
    assert why["nociplastic"][0].decibans > 0 > why["nociceptive"][0].decibans
    assert "part 1 of 3" in why["nociplastic"][0].citations[0]
    against = next(r for r in why["neuropathic"] if r.finding == "dermatomal_pain_pattern")
    assert not against.present
    assert against.decibans < 0


def test_decibans_of_one_criterion_are_its_likelihood_ratio() -> None:
    """10 log10 of p(met | nociplastic) / p(met | the others, by their shares)."""
    row = figures().frequency[figures().rows["diffuse_tenderness"]]
    others = (0.55 * row[0] + 0.22 * row[1]) / 0.77
    told_decibans = dict(mechanism_of(told("diffuse_tenderness")).why)["nociplastic"][0].decibans
    assert told_decibans == pytest.approx(10 * math.log10(row[2] / others))


def test_criteria_of_the_mechanism_alone_do_not_move_the_sources() -> None:
    only = [f for f in CRITERIA if evidence().findings[f].kind == "mechanism"]
    base = {"id": "invented", "age": 50, "pain_regions": ["low_back"]}
    plain = assess(patient_of(base))
    more = assess(patient_of({**base, "findings": [{"name": name} for name in only]}))
    assert [s.probability for s in more.sources] == [s.probability for s in plain.sources]
    assert more.red_flags == plain.red_flags
    assert len(only) > 20
    assert more.mechanism.known >= len(only)


def test_stages_limit_what_the_mechanism_knows() -> None:
    case = {"id": "invented", "findings": [{"name": "slr"}, {"name": "burning pain"}]}
    patient = patient_of(case)
    assert assess(patient).mechanism.known == 2
    assert assess(patient, stages=["history"]).mechanism.known == 1
