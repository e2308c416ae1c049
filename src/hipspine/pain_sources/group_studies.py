"""Studies of a group of sources set above judgement on the sources of it.

Where each leaf of a group has but a judged figure, a study of the group ("straight leg raise in
any radiculopathy") used to be passed over for it. Here the judged figures are moved until what
the study says holds on average over the leaves (`group_figures`).
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

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
from hipspine.pain_sources.links import (
    EDGE,
    Figure,
    Link,
    _add_referral,
    _both,
    _Collected,
    _patients,
    logit,
    pool,
)

#: A specific finding may be this much more frequent than what it implies before it counts.
ROUNDING = 0.02
#: Comparison groups are of one kind when the odds of the finding in them differ less (judgement).
SAME_KIND = 3.0

GroupRow = Accuracy | Referral


def hold_group_figures(
    links: Mapping[str, Mapping[str, Link]], tables: Evidence
) -> dict[str, dict[str, Link]]:
    """Links by finding and leaf with the judged ones of a group moved to what its studies say.

    Only groups of which at least one figure was read in its study: a remembered figure displaces
    no judgement. The largest group first, so that a study of a smaller one has the last word.
    A finding stays at least as frequent as each finding that implies it: a study that would take
    it below those is not held, and one that lifts it lifts what it implies.
    """
    held_links = {finding: dict(by_leaf) for finding, by_leaf in links.items()}
    judged = {
        finding: {leaf for leaf, link in by_leaf.items() if set(link.studies) == {EXPERT_JUDGEMENT}}
        for finding, by_leaf in links.items()
    }
    for (finding, group), rows in _published_of_groups(tables):
        held = _held(held_links[finding], tables, group, rows, judged[finding])
        kinds = [held_links[kind] for kind in held_links if finding in implied(kind)]
        if any(_rarer_than_one(link, kinds) for link in held.values()):
            continue
        held_links[finding].update(held)
        for link in held.values():
            for general in sorted(implied(finding)):
                if link.condition in judged.get(general, ()):
                    _lift(held_links[general], link)
    return held_links


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
            _fraction(row)
            for row in rows
            if isinstance(row, Referral) and row.fraction is not None and row.fraction > judged
        ]
    return pool(stated) if stated else None


def _fraction(row: Referral) -> Figure:
    """A referral fraction and the patients it is worth, as `links` counts it."""
    collected = _Collected()
    _add_referral(collected, row)
    return collected.sensitivity[0]


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


def _inside(p: float) -> float:
    return min(max(p, EDGE), 1 - EDGE)


def _from_ratio(row: Accuracy, sensitivity: float) -> float | None:
    if row.lr_pos:
        return 1 - sensitivity / row.lr_pos
    return (1 - sensitivity) / row.lr_neg if row.lr_neg else None


def _one_ratio_alone(row: Accuracy) -> bool:
    stated = [x for x in (row.sensitivity, row.specificity, row.lr_pos, row.lr_neg) if x]
    return len(stated) == 1 and stated[0] in (row.lr_pos, row.lr_neg)
