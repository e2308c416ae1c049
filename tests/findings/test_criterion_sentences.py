"""A sentence that states one criterion of a pain mechanism is read as that criterion alone.

Its examples and causes are no findings: "in proportion to trauma" tells of no trauma. Words
beyond the criterion leave the sentence to the ordinary reader, so that nothing told is lost.
"""

import csv
import os
from pathlib import Path

import pytest

from hipspine.evidence import evidence
from hipspine.findings.criterion_sentences import CriterionSentences
from hipspine.findings.words import reader
from tests.findings.reading_table import expected, rows, said

SHARED = Path(os.environ.get("HIPSPINE_SHARED", Path(__file__).parents[3] / "shared")) / "data"
WORDINGS = SHARED / "lbp_mechanism_criteria.csv"

PARAPHRASES = """
pain in proportion to the injury -> +pain_in_proportion
pain is proportionate to the pathology -> +pain_in_proportion
history of nerve injury -> +nerve_injury_history
previous nerve damage -> +nerve_injury_history
pain out of proportion to the extent of the injury -> +pain_out_of_proportion
pain not in proportion to the injury -> +pain_out_of_proportion
sharp pain with movement, dull ache at rest -> +sharp_on_movement_dull_at_rest
intermittent, sharp with movement -> +sharp_on_movement_dull_at_rest
pain variously described as burning, shooting or electric -> +neuropathic_pain_quality
pain localised to the area of injury -> +pain_localised_to_lesion
pain localized to the area of injury (with or without referral) -> +pain_localised_to_lesion
symptoms confined to the site of the lesion -> +pain_localised_to_lesion
clear mechanical aggravating and easing factors -> +proportionate_mechanical_factors
predictable mechanical aggravating factors -> +proportionate_mechanical_factors
aggravated by postures that load nerve tissue -> +neural_loading_pattern
unpredictable pattern of aggravating and easing factors -> +unpredictable_pain_pattern
disproportionate, non-mechanical pattern of pain provocation -> +unpredictable_pain_pattern
spontaneous and paroxysmal pain -> +spontaneous_paroxysmal_pain
stimulus-independent pain -> +spontaneous_paroxysmal_pain
pain with dysaesthesias -> +dysaesthesia_with_pain
severe and irritable pain -> +severe_irritable_pain
pain associated with neurological symptoms -> +neurological_symptoms_with_pain
responds to simple analgesics -> +simple_analgesia_response
resolving as expected with tissue healing -> +healing_as_expected
pain has persisted beyond expected healing time -> +pain_beyond_healing
history of failed interventions -> +failed_interventions
multiple failed treatments -> +failed_interventions
strong association with maladaptive psychosocial factors -> +psychosocial_association
pain strongly associated with psychosocial factors -> +psychosocial_association
high level of disability -> +high_disability
antalgic postures and movement patterns -> +antalgic_posture_movement
clear, consistent reproduction of pain with movement tests -> +consistent_mechanical_reproduction
symptoms reproduced by neurodynamic tests -> +nerve_tension_sign_any
symptom provocation with tests that load neural tissue (e.g. SLR) -> +nerve_tension_sign_any
inconsistent pain response to movement testing -> +inconsistent_reproduction
non-anatomic pattern of pain reproduction on testing -> +inconsistent_reproduction
positive neurological findings -> +neuro_deficit_any
localised pain on palpation -> +localised_tenderness
diffuse tenderness on palpation -> +diffuse_tenderness
diffuse, non-anatomic tenderness -> +diffuse_tenderness
positive findings of allodynia -> +allodynia_on_examination
positive findings of hyperalgesia -> +hyperalgesia_on_examination
hyperpathia on examination -> +hyperpathia
pain on palpation of the nerve -> +neural_tissue_tenderness
nerve tender to palpation -> +neural_tissue_tenderness
various psychosocial factors identified -> +psychosocial_risk
"""

DENIED_OR_DOUBTED = """
no clear mechanical pattern of aggravating and easing factors -> -proportionate_mechanical_factors
pain without clear mechanical aggravating factors -> -proportionate_mechanical_factors
not responsive to simple analgesia -> -simple_analgesia_response
unresponsive to simple analgesia -> -simple_analgesia_response
no localised tenderness on palpation -> -localised_tenderness
absence of diffuse tenderness on palpation -> -diffuse_tenderness
possible history of nerve injury -> +~nerve_injury_history
"""

#: Said with a place, an image or another finding, the ordinary reader has to see it.
SAYS_MORE = """
known nerve root compression on MRI -> +mri_root_compression
localised tenderness over the spinous process -> +lumbar_spinous_tenderness
diffuse testicular tenderness -> +tenderness_any
family history of nerve injury -> ignored
good response to NSAIDs -> +nsaid_response
burning pain -> +burning_pain
pain after trauma -> +trauma
no history of trauma -> -trauma
positive straight leg raise -> +slr
"""


@pytest.mark.parametrize(("words", "answer"), rows(PARAPHRASES))
def test_a_clinician_may_say_it_in_other_words(words: str, answer: str) -> None:
    assert said(reader().read(words)) == expected(answer)


@pytest.mark.parametrize(("words", "answer"), rows(DENIED_OR_DOUBTED))
def test_denial_and_doubt_are_heard(words: str, answer: str) -> None:
    assert said(reader().read(words)) == expected(answer)


@pytest.mark.parametrize(("words", "answer"), rows(SAYS_MORE))
def test_what_says_more_or_something_else_is_read_as_before(words: str, answer: str) -> None:
    assert said(reader().read(words)) == expected(answer)


@pytest.mark.parametrize(("words", "answer"), rows(PARAPHRASES))
def test_absent_turns_the_answer(words: str, answer: str) -> None:
    assert said(reader().read(words, present=False)) == expected(answer.replace("+", "-"))


@pytest.mark.parametrize(
    "extra", ["saddle anaesthesia", "fever", "foot drop", "weight loss", "L5", "40 degrees"]
)
def test_a_criterion_never_swallows_another_finding(extra: str) -> None:
    criteria, vocabulary = evidence().mechanism_criteria.values(), evidence().findings
    sentences = CriterionSentences(criteria, vocabulary)
    for words, _ in rows(PARAPHRASES):
        assert sentences.read(f"{words} and {extra}") is None, "left to the ordinary reader"


def test_names_and_synonyms_of_criteria_are_known_word_for_word() -> None:
    for definition in evidence().findings.values():
        if definition.kind == "mechanism":
            for words in (definition.name, *definition.synonyms, definition.name.upper()):
                assert said(reader().read(words)) == {f"+{definition.id}"}, words


@pytest.mark.skipif(not WORDINGS.exists(), reason="the shared data is not here")
def test_each_published_wording_is_one_finding_of_its_own() -> None:
    with WORDINGS.open(encoding="utf-8", newline="") as file:
        wordings = [row["wording"] for row in csv.DictReader(file)]
    assert len(wordings) == 36
    present = [said(reader().read(wording)) for wording in wordings]
    absent = [said(reader().read(wording, present=False)) for wording in wordings]
    assert {len(answer) for answer in present} == {1}
    found = [answer.pop() for answer in present]
    assert {name.removeprefix("+") for name in found} == set(evidence().mechanism_criteria)
    assert absent == [{name.replace("+", "-")} for name in found]
