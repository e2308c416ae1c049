"""Published figures pooled into one link per finding and source.

A link says how often a finding is present in patients with the source (`sensitivity`) and,
where a study states it, how often it is absent in patients with such pain without the source
(`specificity`). Rows that name a group speak for every leaf of it without rows of its own; where
the leaves have but judgement, a study of the group is held on average over them.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from hipspine.evidence import EXPERT_JUDGEMENT, Evidence
from hipspine.evidence.rows import Accuracy, Referral
from hipspine.findings.model import implied
from hipspine.pain_sources.group_figures import (
    moved,
    patients_of_one,
    shift_to_hold,
    specificity_of_one,
)

#: Patients that a figure is worth when its study states neither n nor an interval.
N_NOT_STATED = 30.0
#: The same for a judgement; and the most that any one study may weigh.
N_JUDGEMENT = 12.0
N_MOST = 400.0
#: False-positive rate taken for a row with a positive likelihood ratio alone.
ASSUMED_FALSE_POSITIVES = 0.15
#: ... and the sensitivity it is taken to have at most, so that its absence says little.
ASSUMED_SENSITIVITY = 0.5
EDGE = 0.005
#: A specific finding may be this much more frequent than what it implies before it counts.
ROUNDING = 0.02
#: Comparison groups are of one kind when the odds of the finding in them differ less (judgement).
SAME_KIND = 3.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A probability and the number of patients it is worth (its precision)."""

    p: float
    n: float


@dataclass(frozen=True, slots=True)
class Link:
    """What is published about one finding in one source; `rows` are ids of the tables."""

    finding: str
    condition: str
    sensitivity: Figure
    specificity: Figure | None
    rows: tuple[str, ...]
    studies: tuple[str, ...]
    verified: bool


@dataclass
class _Collected:
    sensitivity: list[Figure] = field(default_factory=list)
    specificity: list[Figure] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    studies: list[str] = field(default_factory=list)
    verified: list[bool] = field(default_factory=list)


def collect_links(tables: Evidence) -> dict[str, dict[str, Link]]:
    """Links by finding, then by leaf condition."""
    leaf_rows: dict[tuple[str, str], _Collected] = defaultdict(_Collected)
    group_rows: dict[tuple[str, str], _Collected] = defaultdict(_Collected)
    for row in tables.accuracy:
        if row.use:
            wanted = group_rows if tables.conditions[row.condition_id].is_group else leaf_rows
            _add_accuracy(wanted[row.finding_id, row.condition_id], row)
    for place in tables.referral:
        if place.use and place.fraction is not None:
            wanted = group_rows if tables.conditions[place.condition_id].is_group else leaf_rows
            _add_referral(wanted[place.finding_id, place.condition_id], place)
    links: dict[str, dict[str, Link]] = defaultdict(dict)
    for (finding, leaf), collected in leaf_rows.items():
        _keep(links, finding, leaf, collected)
    for (finding, group), collected in sorted(
        group_rows.items(), key=lambda item: len(tables.members(item[0][1]))
    ):
        for leaf in tables.members(group):
            if leaf not in links[finding]:
                _keep(links, finding, leaf, collected)
    _hold_group_figures(links, tables)
    return {finding: by_leaf for finding, by_leaf in links.items() if by_leaf}


def _keep(
    links: dict[str, dict[str, Link]], finding: str, leaf: str, collected: _Collected
) -> None:
    if collected.sensitivity:
        links[finding][leaf] = Link(
            finding=finding,
            condition=leaf,
            sensitivity=pool(collected.sensitivity),
            specificity=pool(collected.specificity) if collected.specificity else None,
            rows=tuple(collected.rows),
            studies=tuple(dict.fromkeys(collected.studies)),
            verified=all(collected.verified),
        )


def pool(figures: Iterable[Figure]) -> Figure:
    """Mean of the logits weighted by patients; worth the sum of them, at most N_MOST."""
    figures = list(figures)
    total = sum(figure.n for figure in figures)
    mean = sum(figure.n * logit(figure.p) for figure in figures) / total
    return Figure(expit(mean), min(total, N_MOST))


def _add_accuracy(collected: _Collected, row: Accuracy) -> None:
    n = _patients(row)
    sensitivity, specificity = _both(row)
    if sensitivity is not None:
        collected.sensitivity.append(Figure(_inside(sensitivity), n))
    if specificity is not None:
        collected.specificity.append(Figure(_inside(specificity), n))
    collected.rows.append(row.row_id)
    collected.studies.append(row.study)
    collected.verified.append(row.verified)


def _add_referral(collected: _Collected, row: Referral) -> None:
    assert row.fraction is not None
    collected.sensitivity.append(Figure(_inside(row.fraction), _referral_patients(row)))
    collected.rows.append(row.row_id)
    collected.studies.append(row.study)
    collected.verified.append(row.verified)


def _referral_patients(row: Referral) -> float:
    n = _first_number(row.n) or (N_JUDGEMENT if row.basis == "judgement" else N_NOT_STATED)
    return min(n, N_MOST) / (1.0 if row.verified else 2.0)


def _both(row: Accuracy) -> tuple[float | None, float | None]:
    """Sensitivity and specificity of a row, from whichever figures it states."""
    se, sp, pos, neg = row.sensitivity, row.specificity, row.lr_pos, row.lr_neg
    if se is not None and sp is None:
        if pos:
            sp = 1 - se / pos
        elif neg:
            sp = (1 - se) / neg
    elif se is None and sp is not None:
        if pos:
            se = pos * (1 - sp)
        elif neg is not None:
            se = 1 - neg * sp
    elif se is None and pos and neg is not None and pos > 1 > neg:
        sp = (pos - 1) / (pos - neg)
        se = 1 - neg * sp
    elif se is None and pos:
        sp = 1 - min(ASSUMED_FALSE_POSITIVES, ASSUMED_SENSITIVITY / pos)
        se = pos * (1 - sp)
    elif se is None and neg is not None:
        sp = 1 - ASSUMED_FALSE_POSITIVES
        se = 1 - neg * sp
    return se, sp if sp is None or 0 < sp < 1 else None


def _patients(row: Accuracy) -> float:
    """Patients that the row is worth: from n, else its interval; half when not verified.

    From an interval by n = s(1-s)(3.92/width)^2 - 1.
    """
    n = _first_number(row.n)
    if n is None and None not in (row.sensitivity, row.sens_low, row.sens_high):
        s, low, high = row.sensitivity, row.sens_low, row.sens_high
        assert s is not None and low is not None and high is not None
        if high > low:
            n = max(4.0, _inside(s) * (1 - _inside(s)) * (3.92 / (high - low)) ** 2 - 1)
    if row.study == EXPERT_JUDGEMENT or row.basis == "judgement":
        n = min(n or N_JUDGEMENT, N_JUDGEMENT)
    n = min(n or N_NOT_STATED, N_MOST)
    return n if row.verified else n / 2


def _first_number(text: str) -> float | None:
    """The leading number of `125 hips`; None when there is none."""
    head = text.replace(",", "").split(" ", maxsplit=1)[0]
    try:
        return float(head) or None
    except ValueError:
        return None


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _inside(p: float) -> float:
    return min(max(p, EDGE), 1 - EDGE)


def narrowed(link: Link, sensitivity: float) -> Link:
    """The same link with another sensitivity."""
    return replace(link, sensitivity=Figure(_inside(sensitivity), link.sensitivity.n))


# --- studies of a group above judgement on its leaves -----------------------------------------

GroupRow = Accuracy | Referral


def _hold_group_figures(links: dict[str, dict[str, Link]], tables: Evidence) -> None:
    """Move the judged links of a group's leaves until what studies say of the group holds.

    Only groups of which at least one figure was read in its study: a remembered figure displaces
    no judgement. The largest group first, so that a study of a smaller one has the last word.
    A finding stays at least as frequent as each finding that implies it: a study that would take
    it below those is not held, and one that lifts it lifts what it implies.
    """
    judged = {
        finding: {leaf for leaf, link in by_leaf.items() if set(link.studies) == {EXPERT_JUDGEMENT}}
        for finding, by_leaf in links.items()
    }
    for (finding, group), rows in _published_of_groups(tables):
        held = _held(links[finding], tables, group, rows, judged[finding])
        kinds = [links[kind] for kind in links if finding in implied(kind)]
        if any(_rarer_than_one(link, kinds) for link in held.values()):
            continue
        links[finding].update(held)
        for link in held.values():
            for general in sorted(implied(finding)):
                if link.condition in judged.get(general, ()):
                    _lift(links[general], link)


def _published_of_groups(tables: Evidence) -> list[tuple[tuple[str, str], list[GroupRow]]]:
    """((finding, group), rows of studies), the largest group first."""
    published: dict[tuple[str, str], list[GroupRow]] = defaultdict(list)
    every: tuple[GroupRow, ...] = (*tables.accuracy, *tables.referral)
    for row in every:
        study = row.study != EXPERT_JUDGEMENT and row.basis != "judgement"
        if row.use and study and tables.conditions[row.condition_id].is_group:
            published[row.finding_id, row.condition_id].append(row)
    read = [(pair, rows) for pair, rows in published.items() if any(row.verified for row in rows)]
    return sorted(read, key=lambda item: (-len(tables.members(item[0][1])), item[0]))


def _rarer_than_one(link: Link, kinds: Iterable[Mapping[str, Link]]) -> bool:
    """Whether a finding that implies this one would be clearly more frequent in the source."""
    specific = [by_leaf[link.condition] for by_leaf in kinds if link.condition in by_leaf]
    return any(kind.sensitivity.p > link.sensitivity.p + ROUNDING for kind in specific)


def _lift(general: dict[str, Link], specific: Link) -> None:
    """Raise a judged general finding to the frequency of one that implies it."""
    link = general[specific.condition]
    if link.sensitivity.p < specific.sensitivity.p:
        general[link.condition] = replace(
            link, sensitivity=Figure(specific.sensitivity.p, link.sensitivity.n)
        )


def _held(
    by_leaf: Mapping[str, Link],
    tables: Evidence,
    group: str,
    rows: list[GroupRow],
    judged: Collection[str],
) -> dict[str, Link]:
    """The judged links of a group's leaves, moved to hold what the rows say of the group.

    Leaves of which the group's rows are all that is known say nothing on how the leaves differ.
    """
    own_rows = {row.row_id for row in rows}
    members = [leaf for leaf in tables.members(group) if leaf in by_leaf]
    links = [by_leaf[leaf] for leaf in members if not own_rows & set(by_leaf[leaf].rows)]
    if not any(link.condition in judged for link in links):
        return {}
    p = np.array([link.sensitivity.p for link in links])
    n = np.array([link.sensitivity.n for link in links])
    weight = np.array([tables.priors[link.condition].clinic for link in links])
    of_group, absent = _group_figures(rows, float(weight @ p / weight.sum()))
    of_group, absent = _in_clinic(of_group, absent, _clinic_specificity(by_leaf, tables, members))
    if not of_group and not absent:
        return {}
    if of_group:
        p = moved(p, shift_to_hold(p, weight, of_group.p))
        n = patients_of_one(of_group.n, n, weight)
    alone = [link.specificity for link in links]
    if absent:
        # One comparison group stands behind all of them: shared out, not counted again for each.
        counted = absent.n * weight / weight.sum()
        each = specificity_of_one(absent.p, p, weight)
        alone = [Figure(_inside(float(s)), float(c)) for s, c in zip(each, counted, strict=True)]
    return {
        link.condition: replace(
            link,
            sensitivity=Figure(_inside(float(p[i])), float(n[i])),
            specificity=alone[i],
            rows=tuple(dict.fromkeys((*(row.row_id for row in rows), *link.rows))),
            studies=tuple(dict.fromkeys((*(row.study for row in rows), *link.studies))),
            verified=all(row.verified for row in rows),
        )
        for i, link in enumerate(links)
        if link.condition in judged
    }


def _in_clinic(
    sensitivity: Figure | None, specificity: Figure | None, clinic: float | None
) -> tuple[Figure | None, Figure | None]:
    """What of a study holds in the clinic, in which the finding is absent in `clinic` of others.

    Where the study's comparison group was of another kind (all suspected, all before surgery),
    its sensitivity and specificity shift together; what carries over is LR- (the fire of the
    noisy-OR is 1 - LR-), so the sensitivity held is 1 - LR- * clinic, and no specificity.
    """
    if specificity is None or clinic is None or _same_kind(specificity.p, clinic):
        return sensitivity, specificity
    if sensitivity is None:
        return None, None
    carried = 1 - (1 - sensitivity.p) / specificity.p * clinic
    return (replace(sensitivity, p=_inside(carried)) if carried > 1 - clinic else None), None


def _same_kind(specificity: float, clinic: float) -> bool:
    return abs(logit(specificity) - logit(clinic)) <= math.log(SAME_KIND)


def _clinic_specificity(
    by_leaf: Mapping[str, Link], tables: Evidence, members: list[str]
) -> float | None:
    """How often the finding is absent in patients without the group, as far as the tables say.

    From its base rate and what is said of each other source; None without a base rate.
    """
    finding = next(iter(by_leaf.values())).finding
    rates = [
        Figure(_inside(row.base_rate), 1.0)
        for row in tables.base_rates
        if row.use and row.finding_id == finding and row.base_rate is not None
    ]
    if not rates:
        return None
    unexplained = 1 - pool(rates).p
    others = [link for leaf, link in by_leaf.items() if leaf not in members]
    absent = unexplained
    for link in others:
        fire = max(0.0, 1 - (1 - link.sensitivity.p) / unexplained)
        absent *= 1 - tables.priors[link.condition].clinic * fire
    return absent


def _group_figures(rows: list[GroupRow], judged: float) -> tuple[Figure | None, Figure | None]:
    """Sensitivity and specificity of the group as the rows state them, `judged` its mean so far."""
    sensitivity = _group_sensitivity(rows, judged)
    return sensitivity, _group_specificity(rows, sensitivity.p if sensitivity else judged)


def _group_sensitivity(rows: list[GroupRow], judged: float) -> Figure | None:
    """What the rows state of the group's sensitivity; a ratio alone states none."""
    stated = [
        Figure(_inside(se), _patients(row))
        for row in rows
        if isinstance(row, Accuracy) and not _one_ratio_alone(row)
        if (se := _both(row)[0]) is not None
    ]
    if not stated:
        stated = [
            Figure(_inside(row.fraction), _referral_patients(row))
            for row in rows
            if isinstance(row, Referral) and row.fraction is not None and row.fraction > judged
        ]
    return pool(stated) if stated else None


def _group_specificity(rows: list[GroupRow], sensitivity: float) -> Figure | None:
    """What the rows state of the group's specificity, at the sensitivity that is held.

    A ratio alone states it given the sensitivity. A specificity printed alone counts unless the
    finding would then speak against the group: no study has said that of the two together.
    """
    stated = []
    for row in rows:
        if isinstance(row, Accuracy):
            sp = _both(row)[1]
            if _one_ratio_alone(row):
                sp = _from_ratio(row, sensitivity)
            elif row.sensitivity is row.lr_pos is row.lr_neg is None and sp is not None:
                sp = sp if sp + sensitivity > 1 else None
            if sp is not None and 0 < sp < 1:
                stated.append(Figure(_inside(sp), _patients(row)))
    return pool(stated) if stated else None


def _from_ratio(row: Accuracy, sensitivity: float) -> float | None:
    if row.lr_pos:
        return 1 - sensitivity / row.lr_pos
    return (1 - sensitivity) / row.lr_neg if row.lr_neg else None


def _one_ratio_alone(row: Accuracy) -> bool:
    stated = [x for x in (row.sensitivity, row.specificity, row.lr_pos, row.lr_neg) if x]
    return len(stated) == 1 and stated[0] in (row.lr_pos, row.lr_neg)
