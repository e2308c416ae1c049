"""Two simpler methods on the same published figures, to be beaten."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hipspine.findings.model import Findings, Stage
from hipspine.findings.patient import Patient
from hipspine.pain_sources.network import FindingModel, Network, network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import Weighed, weigh


def _seen(
    patient: Patient, stages: Sequence[Stage]
) -> tuple[Network, np.ndarray, tuple[Weighed, ...]]:
    from hipspine.evidence import evidence

    kept = Findings(
        o for o in patient.findings if (o.stage or evidence().findings[o.finding].stage) in stages
    )
    patient = replace(patient, findings=kept)
    net = network()
    return net, prior_of(patient), weigh(patient.findings, net)


def _rates(model: FindingModel, column: int) -> tuple[float, float]:
    """Sensitivity and false-positive rate of a link; the leak where no study states one."""
    link = model.links[column]
    false = 1 - link.specificity.p if link.specificity else float(model.noisy_or.leak[0])
    return link.sensitivity.p, min(max(false, 0.005), 0.995)


def multiplied_ratios(patient: Patient, stages: Sequence[Stage]) -> dict[str, float]:
    """Every source by itself: prior odds times the likelihood ratio of each finding."""
    net, priors, weighed = _seen(patient, stages)
    log_odds = np.log(priors / (1 - priors))
    for entry in weighed:
        model = net.findings[entry.model]
        for column, leaf in enumerate(model.leaves):
            se, false = _rates(model, column)
            ratio = se / false if entry.present else (1 - se) / (1 - false)
            log_odds[leaf] += math.log(ratio)
    return dict(zip(net.leaves, (1 / (1 + np.exp(-log_odds))).tolist(), strict=True))


def single_source_bayes(patient: Patient, stages: Sequence[Stage]) -> dict[str, float]:
    """Exactly one source is true; findings are independent given it."""
    net, priors, weighed = _seen(patient, stages)
    log_p = np.log(priors)
    for entry in weighed:
        model = net.findings[entry.model]
        usual = float(model.noisy_or.leak[0])
        present = np.full(len(net.leaves), usual)
        for column, leaf in enumerate(model.leaves):
            present[leaf] = model.links[column].sensitivity.p
        log_p += np.log(present if entry.present else 1 - present)
    p = np.exp(log_p - log_p.max())
    return dict(zip(net.leaves, (p / p.sum()).tolist(), strict=True))
