"""What may not stand in the tables. Each check answers with sentences; none means all is well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hipspine.evidence import checks_of_care as care
from hipspine.evidence import checks_of_hip_oa as hip_oa
from hipspine.evidence import checks_of_osteonecrosis as osteonecrosis
from hipspine.evidence import checks_of_plan as plan
from hipspine.evidence import checks_of_steroids as steroids
from hipspine.evidence import checks_of_tests as tests
from hipspine.evidence import checks_of_treatments as treatments
from hipspine.evidence.limits import limit_of
from hipspine.evidence.rows import EXPERT_JUDGEMENT, Accuracy, BaseRate, Referral

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence

#: Relative difference between a printed likelihood ratio and Se/Sp that rounding explains.
LR_TOLERANCE = 0.15

_INTERVALS = (
    ("sens_low", "sensitivity", "sens_high"),
    ("spec_low", "specificity", "spec_high"),
    ("lr_pos_low", "lr_pos", "lr_pos_high"),
    ("lr_neg_low", "lr_neg", "lr_neg_high"),
)
_BASES = {"study", "derived", "judgement"}


def problems(tables: Evidence) -> list[str]:
    """Every fault of the tables, as sentences that name table, row and column."""
    return [
        *_conditions(tables),
        *_findings(tables),
        *_accuracy(tables),
        *_fractions(tables),
        *_grades(tables),
        *_root_states(tables),
        *_priors(tables),
        *_exposures(tables),
        *_clusters(tables),
        *_correlated(tables),
        *_medicines(tables),
        *_mechanisms(tables),
        *tests.problems(tables),
        *treatments.problems(tables),
        *osteonecrosis.problems(tables),
        *steroids.problems(tables),
        *hip_oa.problems(tables),
        *care.problems(tables),
        *plan.problems(tables),
    ]


def _conditions(tables: Evidence) -> Iterator[str]:
    for condition in tables.conditions.values():
        for parent in condition.parents:
            if parent not in tables.conditions or not tables.conditions[parent].is_group:
                yield f"conditions {condition.id}: parent {parent!r} is not a group"
        if not condition.is_group and condition.id not in tables.priors:
            yield f"conditions {condition.id}: has no row in priors"
        if condition.bilateral_fraction is not None:
            yield from _unit(f"conditions {condition.id}", 0.0, condition.bilateral_fraction)


def _findings(tables: Evidence) -> Iterator[str]:
    for finding in tables.findings.values():
        for other in (*finding.implies, *finding.absent_implies):
            if other not in tables.findings:
                yield f"findings {finding.id}: {other!r} is defined nowhere"
        if finding.kind == "context" and not finding.ignored_because:
            yield f"findings {finding.id}: a context finding must say why it is ignored"
    words = Counter(w for f in tables.findings.values() for w in f.synonyms)
    for word, count in words.items():
        if count > 1:
            yield f"findings: the synonym {word!r} belongs to {count} findings"


def _accuracy(tables: Evidence) -> Iterator[str]:
    seen = Counter(row.row_id for row in tables.accuracy)
    yield from (f"accuracy {row_id}: stands twice" for row_id, n in seen.items() if n > 1)
    for row in tables.accuracy:
        where = f"accuracy {row.row_id} ({row.finding_id}, {row.condition_id})"
        yield from _known(tables, where, row.finding_id, row.condition_id, row.study, row.basis)
        for low, point, high in _INTERVALS:
            limits = [getattr(row, name) for name in (low, point, high)]
            top = 1.0 if point in ("sensitivity", "specificity") else float("inf")
            for name, value in zip((low, point, high), limits, strict=True):
                if value is not None and not 0.0 <= value <= top:
                    yield f"{where}: {name} {value} is outside 0..{top:g}"
            stated = [value for value in limits if value is not None]
            if stated != sorted(stated):
                yield f"{where}: {low}, {point}, {high} are not in rising order: {stated}"
        if row.use:
            yield from _usable(where, row)


def _usable(where: str, row: Accuracy) -> Iterator[str]:
    if (row.sensitivity, row.specificity, row.lr_pos, row.lr_neg) == (None,) * 4:
        yield f"{where}: is used but has neither sensitivity, specificity nor a ratio"
    if row.sensitivity in (0.0, 1.0) or row.specificity in (0.0, 1.0):
        yield f"{where}: a sensitivity or specificity of 0 or 1 needs a continuity correction"
    elif row.sensitivity is not None and row.specificity is not None:
        ratios = {
            "lr_pos": (row.lr_pos, row.sensitivity / (1 - row.specificity)),
            "lr_neg": (row.lr_neg, (1 - row.sensitivity) / row.specificity),
        }
        for name, (printed, computed) in ratios.items():
            if printed is not None and abs(printed / computed - 1) > LR_TOLERANCE:
                yield f"{where}: {name} {printed} contradicts Se/Sp, which give {computed:.3g}"


def _fractions(tables: Evidence) -> Iterator[str]:
    rows: list[tuple[str, Referral | BaseRate, float | None]] = [
        *(("referral", row, row.fraction) for row in tables.referral),
        *(("base_rates", row, row.base_rate) for row in tables.base_rates),
    ]
    for table, row, fraction in rows:
        where = f"{table} {row.row_id}"
        condition = row.condition_id if isinstance(row, Referral) else None
        yield from _known(tables, where, row.finding_id, condition, row.study, row.basis)
        if fraction is None and row.use:
            yield f"{where}: is used but states no fraction"
        if fraction is not None:
            yield from _unit(where, row.low or 0.0, fraction, row.high)


def _grades(tables: Evidence) -> Iterator[str]:
    seen = Counter((r.finding_id, r.rung, r.condition_id, r.study) for r in tables.grades if r.use)
    yield from (f"grades {key}: stands twice" for key, count in seen.items() if count > 1)
    elsewhere = {(r.finding_id, r.rung) for r in tables.grades if r.use and not r.condition_id}
    for row in tables.grades:
        where = f"grades {row.row_id} ({row.finding_id}, {row.rung})"
        source = row.condition_id or None
        yield from _known(tables, where, row.finding_id, source, row.study, row.basis)
        definition = tables.findings.get(row.finding_id)
        own = limit_of(definition.present_if) if definition else None
        rung = limit_of(row.rung)
        if own is None or rung is None or own.rising != rung.rising or own == rung:
            yield f"{where}: must be another threshold in the direction of the finding's own"
        if row.use and (row.finding_id, row.rung) not in elsewhere:
            yield f"{where}: no row says how many reach it without a listed source"
        if row.use and row.share is None:
            yield f"{where}: is used but states no share"
        if row.share is not None:
            yield from _unit(where, row.low or 0.0, row.share, row.high)


def _root_states(tables: Evidence) -> Iterator[str]:
    seen = Counter((r.finding_id, r.condition_id, r.study) for r in tables.root_states if r.use)
    yield from (f"root_states {key}: stands twice" for key, count in seen.items() if count > 1)
    for row in tables.root_states:
        where = f"root_states {row.row_id}"
        finding = row.finding_id or next(iter(tables.findings))
        yield from _known(tables, where, finding, row.condition_id, row.study, row.basis)
        yield from _unit(where, 0.0, row.pressed)
        yield from _unit(where, 0.0, row.inflamed)
        if row.use and (row.inflamed is None) == bool(row.finding_id):
            yield f"{where}: a finding needs both states, the share of pressed roots just one"
        if row.use and not row.about:
            yield f"{where}: says not what it tells about"


def _priors(tables: Evidence) -> Iterator[str]:
    for prior in tables.priors.values():
        where = f"priors {prior.condition_id}"
        if prior.condition_id not in tables.conditions:
            yield f"{where}: is defined nowhere"
        if prior.study not in tables.studies:
            yield f"{where}: study {prior.study!r} is not in studies"
        yield from _unit(where, prior.primary_low or 0.0, prior.primary, prior.primary_high)
        yield from _unit(where, prior.clinic_low or 0.0, prior.clinic, prior.clinic_high)
        if prior.gate and prior.gate not in tables.findings:
            yield f"{where}: gate {prior.gate!r} is not a finding"


def _exposures(tables: Evidence) -> Iterator[str]:
    used = Counter((e.exposure_id, e.condition_id) for e in tables.exposures if e.use)
    scored = {(a.finding_id, a.condition_id) for a in tables.accuracy if a.use}
    for pair, count in used.items():
        if count > 1:
            yield f"exposures {pair}: {count} rows are used; one may be"
        if pair in scored:
            yield f"exposures {pair}: acts on the prior and stands in accuracy too"
    for row in tables.exposures:
        where = f"exposures {row.row_id}"
        if row.use:
            yield from _known(
                tables, where, row.exposure_id, row.condition_id, row.study, row.basis
            )
            if row.odds_ratio is None or row.exposure_prevalence is None:
                yield f"{where}: is used but lacks odds_ratio or exposure_prevalence"
            elif not row.odds_ratio >= 0:
                yield f"{where}: odds_ratio {row.odds_ratio} is below 0"


def _clusters(tables: Evidence) -> Iterator[str]:
    for cluster in tables.clusters.values():
        for finding in (cluster.id, *cluster.items):
            if finding not in tables.findings:
                yield f"clusters {cluster.id}: {finding!r} is defined nowhere"


def _correlated(tables: Evidence) -> Iterator[str]:
    for finding, row in tables.correlated.items():
        where = f"correlated_findings {row.group_id}, {finding}"
        yield from _known(tables, where, finding, None, row.study, row.basis)
        if not 0.0 <= row.rho_low <= row.rho <= row.rho_high < 1.0:
            rising = [row.rho_low, row.rho, row.rho_high]
            yield f"{where}: rho_low, rho, rho_high {rising} must rise from 0 to below 1"
        if row.basis == "judgement" and (row.verified or row.study != EXPERT_JUDGEMENT):
            yield f"{where}: a judgement names {EXPERT_JUDGEMENT} and is not verified"
        if row.basis != "judgement" and not row.note:
            yield f"{where}: the note must say where rho comes from"
    for group, rows in tables.correlation_groups.items():
        if len(rows) < 2:
            yield f"correlated_findings {group}: one finding is no group"
        if len({replace(row, finding_id="") for row in rows}) > 1:
            yield f"correlated_findings {group}: rho, its source and note must be those of one row"


def _medicines(tables: Evidence) -> Iterator[str]:
    for medicine in tables.medicines.values():
        if medicine.finding_id and medicine.finding_id not in tables.findings:
            yield f"medicines {medicine.name}: {medicine.finding_id!r} is defined nowhere"


def _mechanisms(tables: Evidence) -> Iterator[str]:
    known = tables.mechanism_clusters
    if abs(sum(row.share for row in known.values()) - 1) > 1e-9:
        yield "mechanism_clusters: the shares do not add up to 1"
    for row in known.values():
        where = f"mechanism_clusters {row.mechanism}"
        for study in (row.study, row.share_study, row.kappa_study):
            if study not in tables.studies:
                yield f"{where}: study {study!r} is not in studies"
        yield from _unit(where, row.sens_low, row.sensitivity, row.sens_high)
        yield from _unit(where, row.spec_low, row.specificity, row.spec_high)
        yield from _unit(where, row.kappa)
    for criterion in tables.mechanism_criteria.values():
        where = f"mechanism {criterion.finding_id}"
        denied = [f for group in criterion.denied_by for f in group.split("&")]
        for finding in (criterion.finding_id, *criterion.shown_by, *denied):
            if finding not in tables.findings:
                yield f"{where}: {finding!r} is defined nowhere"
        for mechanism in filter(None, (criterion.cluster, *criterion.consensus)):
            if mechanism not in known:
                yield f"{where}: {mechanism!r} is not one of {sorted(known)}"
        for study in criterion.studies or ("",):
            if study not in tables.studies:
                yield f"{where}: study {study!r} is not in studies"
        for frequency in (criterion.nociceptive, criterion.neuropathic, criterion.nociplastic):
            if not 0.0 < frequency < 1.0:
                yield f"{where}: frequency {frequency} is not between 0 and 1"


def _known(
    tables: Evidence, where: str, finding: str, condition: str | None, study: str, basis: str
) -> Iterator[str]:
    if finding not in tables.findings:
        yield f"{where}: finding {finding!r} is defined nowhere"
    if condition is not None and condition not in tables.conditions:
        yield f"{where}: condition {condition!r} is defined nowhere"
    if not study:
        yield f"{where}: has no study"
    elif study not in tables.studies:
        yield f"{where}: study {study!r} is not in studies"
    if basis not in _BASES:
        yield f"{where}: basis {basis!r} is not one of {sorted(_BASES)}"


def _unit(where: str, *rising: float | None) -> Iterator[str]:
    stated = [value for value in rising if value is not None]
    if stated != sorted(stated) or not all(0.0 <= value <= 1.0 for value in stated):
        yield f"{where}: {stated} must rise within 0..1"
