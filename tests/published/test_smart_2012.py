"""Smart et al. 2012, Man Ther 17:336-344, 345-351, 352-357: three clusters in 464 patients.

The figures are those of the abstracts: doi 10.1016/j.math.2012.03.013 (central),
10.1016/j.math.2012.03.003 (neuropathic), 10.1016/j.math.2012.03.002 (nociceptive).
"""

import pytest

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.pain_sources.mechanism import Mechanism, mechanism_of
from hipspine.pain_sources.mechanism_figures import MECHANISMS, balanced_accuracy, figures

#: mechanism -> criteria, sensitivity, specificity
PUBLISHED = {
    "nociceptive": (7, 0.909, 0.910),
    "neuropathic": (3, 0.863, 0.960),
    "nociplastic": (4, 0.918, 0.977),
}
#: The nociceptive cluster counts these when they are absent.
ABSENCES = {
    "neuropathic_pain_quality",
    "dysaesthesia_with_pain",
    "night_pain",
    "antalgic_posture_movement",
}
each_cluster = pytest.mark.parametrize("mechanism", MECHANISMS)


def cluster(mechanism: str) -> list[str]:
    criteria = evidence().mechanism_criteria.values()
    return [c.finding_id for c in criteria if c.cluster == mechanism]


def answered(mechanism: str, *, fulfilled: bool) -> Mechanism:
    """All criteria of a cluster met, or none."""
    told = [Observation(f, (f in ABSENCES) != fulfilled) for f in cluster(mechanism)]
    return mechanism_of(Findings(told))


def odds_ratio_to_prior(answer: Mechanism, mechanism: str) -> float:
    """How the whole cluster moved the odds by the evidence: the likelihood ratio of all answers."""
    table = figures()
    share = table.share[MECHANISMS.index(mechanism)]
    right = table.kappa**0.5
    posterior = (answer[mechanism] - (1 - right) * share) / right
    return posterior / (1 - posterior) / (share / (1 - share))


@each_cluster
def test_the_table_holds_the_published_figures(mechanism: str) -> None:
    size, sensitivity, specificity = PUBLISHED[mechanism]
    row = evidence().mechanism_clusters[mechanism]
    assert len(cluster(mechanism)) == size
    assert (row.sensitivity, row.specificity) == (sensitivity, specificity)


@each_cluster
def test_the_cluster_tells_its_mechanism_apart_as_well_as_published(mechanism: str) -> None:
    table = figures()
    rows = [table.rows[f] for f in cluster(mechanism)]
    own = MECHANISMS.index(mechanism)
    _, sensitivity, specificity = PUBLISHED[mechanism]
    published = (sensitivity + specificity) / 2
    modelled = balanced_accuracy(table.frequency[rows], own, table.share)
    assert modelled == pytest.approx(published, abs=1e-6)


@each_cluster
def test_a_whole_cluster_says_at_least_what_the_published_rule_says(mechanism: str) -> None:
    """The rule's positives are patients who meet most criteria: those who meet all lie beyond."""
    _, sensitivity, specificity = PUBLISHED[mechanism]
    lr_positive = sensitivity / (1 - specificity)
    lr_negative = (1 - sensitivity) / specificity
    assert odds_ratio_to_prior(answered(mechanism, fulfilled=True), mechanism) > lr_positive
    assert odds_ratio_to_prior(answered(mechanism, fulfilled=False), mechanism) < lr_negative


@each_cluster
def test_most_of_a_cluster_makes_its_mechanism_the_first(mechanism: str) -> None:
    met = cluster(mechanism)
    told = [Observation(f, f not in ABSENCES) for f in met[: len(met) - len(met) // 3]]
    answer = mechanism_of(Findings(told))
    assert max(answer, key=answer.__getitem__) == mechanism


def test_absences_of_the_nociceptive_cluster_speak_for_it() -> None:
    for finding in ABSENCES:
        absent = mechanism_of(Findings([Observation(finding, False)]))
        present = mechanism_of(Findings([Observation(finding, True)]))
        prior = mechanism_of(Findings())
        assert absent.nociceptive > prior.nociceptive > present.nociceptive


def test_no_answer_is_surer_than_two_examiners_agree() -> None:
    """Kappa 0.77 (Smart 2010, doi 10.1179/106698110X12640740712897): right 0.877 of the time."""
    right = 0.77**0.5
    for mechanism, row in evidence().mechanism_clusters.items():
        ceiling = right + (1 - right) * row.share
        assert answered(mechanism, fulfilled=True)[mechanism] < ceiling
