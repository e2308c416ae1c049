"""Risk of osteonecrosis of the femoral head: symptomatic, in the 36 months from today.

P = background + what the steroids add + what blood and infection add, each over the horizon:

    steroids: (risk of the band - background) x share of diagnoses still to come
    the others: yearly rate x 3

and alcohol, smoking and lupus as odds ratios on the sum; those of smoking and alcohol are smaller
beside high-dose steroids (no synergy: Fukushima 2013). Diagnoses come with a mean of 35 months
after the start in lupus (Gontero 2015), taken as exponential (judgement); later new lesions were
rare without a new high dose (Nakamura 2010). low and high are the ends of every figure together:
cohorts disagree more than any one of them doubts itself. Lesions on MRI are far more frequent
than disease and are told beside it, never as it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_osteonecrosis import OsteonecrosisBand, OsteonecrosisFactor
from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.pain_sources.osteonecrosis_exposure import SHORT_BANDS, Bands, End, bands_of
from hipspine.pain_sources.reasons import cite
from hipspine.risk.artificial_hips import artificial_hips, artificial_somewhere
from hipspine.risk.model import Risk, RiskFactor, StudyRisk
from hipspine.risk.osteonecrosis_imaging import action_of
from hipspine.wording import Wording

HORIZON_MONTHS = 36
#: Mean time from the first high dose to the diagnosis in lupus, in months (Gontero 2015).
MONTHS_TO_DIAGNOSIS = 35.0
#: Background a year: 1.91 per 100000 (Ikeuchi 2015) to 0.083 % in 12 years (Dilisio 2014).
BACKGROUND = {"low": 1.91e-5, "point": 3.6e-5, "high": 6.9e-5}
BACKGROUND_OVER_12_YEARS = 0.00083
ENDS: tuple[End, ...] = ("low", "point", "high")
KNOWN_ALREADY = ("mri_avn", "xray_avn")


@dataclass(frozen=True, slots=True)
class _Steroids:
    """The bands, and whether steroid use is known at all."""

    bands: Bands | None
    known: bool

    def band(self, end: End) -> OsteonecrosisBand | None:
        """The band at one end; unknown use may be none or a moderate dose."""
        tables = evidence().osteonecrosis_bands
        if self.bands is not None:
            return {"low": self.bands.low, "point": self.bands.point, "high": self.bands.high}[end]
        if self.known:  # taken for long, doses not told
            return tables[{"low": "low", "point": "moderate", "high": "high"}[end]]
        return tables["moderate"] if end == "high" else None


def osteonecrosis_risks(patient: Patient, ledger: SteroidLedger | None) -> tuple[Risk, ...]:
    """The risk of a person without known osteonecrosis; none where it is found already.

    `side` is None (either hip), or the other side where one hip has it or is artificial.
    """
    affected = {
        o.side for o in patient.findings if o.finding in KNOWN_ALREADY and o.present and o.side
    }
    spared = affected | artificial_hips(patient)
    if spared == {"left", "right"} or _found_somewhere(patient, affected):
        return ()
    steroids = _steroids(patient, ledger)
    low, point, high = (probability(patient, steroids, end) for end in ENDS)
    side = {"left": "right", "right": "left"}.get(next(iter(spared), ""))
    return (
        Risk(
            outcome="osteonecrosis_of_the_femoral_head",
            side=side,  # type: ignore[arg-type]  # the other of left and right
            horizon_months=HORIZON_MONTHS,
            point=point,
            low=min(low, point),
            high=max(high, point),
            studies=tuple(_studies(patient, steroids)),
            factors=tuple(_factors(patient, steroids)),
            action=action_of(patient, steroids.band("point"), steroids.band("high")),
            known=tuple(_known(patient, steroids, other_side=bool(affected))),
            not_known=tuple(_not_known(patient, steroids, ledger)),
        ),
    )


def _found_somewhere(patient: Patient, affected: Collection[str]) -> bool:
    return not affected and any(patient.findings.is_present(f) for f in KNOWN_ALREADY)


def _steroids(patient: Patient, ledger: SteroidLedger | None) -> _Steroids:
    bands = bands_of(ledger) if ledger is not None else None
    taken = patient.findings.is_present("corticosteroids")
    if bands is None and taken is False:
        return _Steroids(Bands(None, None, None, 0), known=True)
    if bands is None and taken is None and patient.findings.is_present("steroid_short_course"):
        tables = evidence().osteonecrosis_bands  # how many, and when, is not told
        return _Steroids(Bands(tables["one_pack"], tables["one_pack"], tables["packs"], 0), True)
    return _Steroids(bands, known=bool(bands or taken))


def share_to_come(months_since: float, horizon_months: float = HORIZON_MONTHS) -> float:
    """The share of eventual diagnoses that falls into the horizon, so long after the exposure."""
    mean = MONTHS_TO_DIAGNOSIS
    return math.exp(-months_since / mean) - math.exp(-(months_since + horizon_months) / mean)


def probability(patient: Patient, steroids: _Steroids, end: End) -> float:
    """P(symptomatic osteonecrosis within the horizon) with every figure at this end."""
    years = HORIZON_MONTHS / 12
    total = BACKGROUND[end] * years
    band = steroids.band(end)
    if band is not None:
        months = steroids.bands.days_since / 30.4 if steroids.bands else 0.0
        total += excess(band, end) * share_to_come(months)
    for factor in _present(patient):
        if factor.kind == "rate":
            total += _figure(factor, end, "yearly_risk") * years
        elif factor.kind == "share" and end == "high":  # when it was is not told
            total += factor.yearly_high or 0.0
    odds = min(total, 0.9) / (1 - min(total, 0.9))
    for factor in _present(patient):
        if factor.kind == "ratio":
            odds *= _ratio(factor, steroids, end)
    return odds / (1 + odds)


def excess(band: OsteonecrosisBand, end: End) -> float:
    """What a band adds to the background, in the end."""
    risk = {"low": band.risk_low, "point": band.risk, "high": band.risk_high}[end]
    return max(risk - BACKGROUND_OVER_12_YEARS, 0.0)


def _present(patient: Patient) -> Iterator[OsteonecrosisFactor]:
    for factor in evidence().osteonecrosis_factors.values():
        if patient.findings.is_present(factor.finding_id):
            yield factor


def _figure(factor: OsteonecrosisFactor, end: End, point: str) -> float:
    name = {
        "yearly_risk": {"low": "yearly_low", "point": "yearly_risk", "high": "yearly_high"},
        "ratio": {"low": "low", "point": "ratio", "high": "high"},
        "beside": {"low": "beside_low", "point": "beside_steroids", "high": "beside_high"},
    }[point][end]
    value = getattr(factor, name)
    return 1.0 if value is None else float(value)


def _ratio(factor: OsteonecrosisFactor, steroids: _Steroids, end: End) -> float:
    band = steroids.band(end)
    beside = band is not None and band.band in ("moderate", "high")
    return _figure(factor, end, "beside" if beside else "ratio")


def _factors(patient: Patient, steroids: _Steroids) -> Iterator[RiskFactor]:
    band = steroids.band("point")
    if band is not None:
        ratio, low, high = band.odds_ratio, band.ratio_low, band.ratio_high
        cited = cite(band.ratio_study, band.ratio_verified)
        taken = "steroid_short_course" if band.band in SHORT_BANDS else "corticosteroids"
        yield RiskFactor(taken, ratio, low, high, cited)
    for factor in _present(patient):
        cited = cite(factor.study, factor.verified)
        if factor.kind == "ratio":
            low, ratio, high = (_ratio(factor, steroids, end) for end in ENDS)
            yield RiskFactor(factor.finding_id, ratio, low, high, cited)
        else:
            yield RiskFactor(factor.finding_id, None, None, None, cited)


def _studies(patient: Patient, steroids: _Steroids) -> Iterator[StudyRisk]:
    """Every published group that is like this person in steroids and disease."""
    names = {band.band for end in ENDS if steroids.known and (band := steroids.band(end))}
    diseases = {factor.finding_id for factor in _present(patient)}
    for group in evidence().osteonecrosis_groups:
        if not set(group.findings) <= diseases or group.measure == "ratio":
            continue
        own = BAND_OF_GROUP.get(group.group_id)
        if (own is None and not group.findings and names) or (own and own not in names):
            continue
        yield StudyRisk(
            study=group.study,
            population=group.population,
            point=group.value,
            low=group.low,
            high=group.high,
            citation=cite(group.study, group.verified),
            verified=group.verified,
        )
    for factor in _present(patient):
        if factor.kind == "rate" and factor.finding_id != "hiv":  # HIV stands among the groups
            years = HORIZON_MONTHS / 12
            point, low, high = (
                years * _figure(factor, end, "yearly_risk") for end in ("point", "low", "high")
            )
            cited = cite(factor.study, factor.verified)
            said = Wording("{months} months at the rate of this disease", months=HORIZON_MONTHS)
            yield StudyRisk(factor.study, said, point, low, high, cited, factor.verified)


#: The dose band of each published group; the others are told by their disease.
BAND_OF_GROUP = {
    "over_2_g": "high",
    "one_pack": "one_pack",
    "two_packs": "packs",
    "autoimmune": "moderate",
    "sle_clinic": "high",
    "sle_mri": "high",
    "sars_over_3_g": "high",
    "sars_under_3_g": "moderate",
    "transplant": "high",
}


def _known(patient: Patient, steroids: _Steroids, *, other_side: bool) -> Iterator[str]:
    bands = steroids.bands
    yield (
        "the figure is for a hip that does not have it now; whether it causes the pain of today "
        "stands among the sources of the pain"
    )
    if bands is not None and bands.point is not None:
        yield Wording("steroids so far: {band}", band=Wording(bands.point.name))
        if bands.point.band == "high":
            yield (
                "after a first high dose, lesions on MRI appear within 1 to 5 months; many of "
                "them never hurt, so they are more frequent than this risk of disease"
            )
        if bands.point.band == "low":
            yield "no association was seen below a mean of 7.5 mg a day and a peak of 30 mg a day"
        if bands.days_since > 365 * 3:
            yield "new lesions years after the last high dose are rare without a new high dose"
    if other_side:
        yield "one hip has osteonecrosis already: the other is imaged with it"
    if patient.findings.is_present("alcohol_excess") and steroids.band("point") is not None:
        yield "alcohol and steroids together were not worse than steroids alone in one study"


def _not_known(
    patient: Patient, steroids: _Steroids, ledger: SteroidLedger | None
) -> Iterator[str]:
    if not steroids.known:
        yield "whether systemic steroids were ever taken is not told: the upper end allows for it"
    elif steroids.bands is None:
        yield "the doses are not told: the range runs from a low to a high dose"
    if artificial_somewhere(patient):
        yield "which hip is artificial is not told: the figure is for a natural hip"
    if ledger is not None and any(
        line.course.route in ("inhaled", "topical") for line in ledger.lines
    ):
        yield (
            "inhaled and topical steroids are not counted: nearly all reported cases had taken "
            "systemic steroids too"
        )
    if patient.findings.is_present("hip_fracture_history"):
        yield "when the hip was broken or dislocated is not told: only the upper end counts it"
    yield "the horizon rests on the time to diagnosis in lupus; for other diseases it is not known"
