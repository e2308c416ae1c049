"""Patients drawn from the model itself: sources from the priors, findings from their sources."""

import math
from collections.abc import Hashable

import numpy as np

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation, Side
from hipspine.findings.patient import Patient
from hipspine.pain_sources.correlation import LEAST, MOST, _threshold, normal_cdf
from hipspine.pain_sources.network import FindingModel, Network, network
from hipspine.pain_sources.prior import prior_of

#: Findings observed in one patient; half of them bear on a true source.
FEWEST, MOST_OBSERVED = 8, 20


def sampled_patient(rng: np.random.Generator) -> Patient:
    """Age 18-89, some source true; 8 to 20 findings looked for, on the side of the complaint.

    Half are linked to a true source, the others are drawn in proportion to how many sources
    they bear on. Correlated findings share the model's random effect of their group.
    """
    blank = Patient("sampled", age=float(rng.integers(18, 90)), sex=("F", "M")[rng.integers(2)])
    net = network(blank.age)
    true = _true_sources(net, prior_of(blank), rng)
    one_sided = [side for side in true.values() if side in ("left", "right")]
    complaint: Side | None = one_sided[0] if one_sided else None
    effects: dict[Hashable, float] = {}
    observations = []
    for finding in _looked_for(net, set(true), rng):
        side = complaint if evidence().findings[finding].sided else None
        reaching = {
            leaf for leaf, at in true.items() if side is None or at in (None, "bilateral", side)
        }
        present = _present(net, net.findings[finding], reaching, effects, rng)
        observations.append(Observation(finding, present, side=side))
    return Patient("sampled", Findings(observations), age=blank.age, sex=blank.sex)


def _true_sources(
    net: Network, priors: np.ndarray, rng: np.random.Generator
) -> dict[int, Side | None]:
    while not (true := np.flatnonzero(rng.random(priors.size) < priors)).size:
        pass
    sides: dict[int, Side | None] = {}
    for leaf in true.tolist():
        if not net.lateral[leaf]:
            sides[leaf] = None
        elif rng.random() < net.bilateral_fraction[leaf]:
            sides[leaf] = "bilateral"
        else:
            sides[leaf] = ("left", "right")[rng.integers(2)]
    return sides


def _looked_for(net: Network, true: set[int], rng: np.random.Generator) -> list[str]:
    names = sorted(net.findings)
    wanted = int(rng.integers(FEWEST, MOST_OBSERVED + 1))
    own = [name for name in names if true & set(net.findings[name].leaves)]
    chosen = [str(name) for name in rng.permutation(own)[: wanted // 2 + 1]]
    bearing = np.array([len(net.findings[name].leaves) for name in names], float)
    others = rng.choice(names, 3 * wanted, replace=False, p=bearing / bearing.sum())
    return [*chosen, *(str(name) for name in others if name not in chosen)][:wanted]


def _present(
    net: Network,
    model: FindingModel,
    reaching: set[int],
    effects: dict[Hashable, float],
    rng: np.random.Generator,
) -> bool:
    group = net.group_of(model.finding)

    def sets_it(cause: int, chance: float) -> bool:
        if group is not None and group.rho > 0 and chance > 0:
            z = effects.setdefault((group.id, cause), rng.normal())
            a = _threshold(min(max(chance, LEAST), MOST), group.rho)
            at = (a - math.sqrt(group.rho) * z) / math.sqrt(1 - group.rho)
            chance = float(normal_cdf(np.array([at]))[0])
        return bool(rng.random() < chance)

    present = sets_it(-1, float(model.noisy_or.leak[0]))
    rarer = 0.0
    for column, leaf in enumerate(model.leaves):
        if leaf in reaching:
            present |= sets_it(leaf, float(model.noisy_or.fire[0, column]))
            rarer += float(model.noisy_or.against_present[0, column])
    return present and bool(rng.random() < math.exp(rarer))
