"""Intervals and yearly maxima of injections, counted in the steroid ledger."""

from __future__ import annotations

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import TreatmentLimit
from hipspine.evidence.rows_of_tests import chosen
from hipspine.plan import ledger_figures
from hipspine.plan.citing import cited
from hipspine.plan.model import Caution
from hipspine.plan.model_of_eligibility import LimitState, Refusal
from hipspine.plan.readings import Readings
from hipspine.wording import Wording

COUNT = "injections_here_last_year"
ASK = "Ask for every earlier injection: place, date and medicine"


def limits(readings: Readings) -> tuple[LimitState, ...]:
    """Every limit that this clinic keeps for this treatment, and whether it is kept."""
    return tuple(_state(row, readings) for row in _rows(readings))


def refusals(readings: Readings, states: tuple[LimitState, ...]) -> tuple[Refusal, ...]:
    """The limits that are broken and forbid another injection now."""
    rows = evidence().plan.limits
    return tuple(
        Refusal(s.id, "too_soon", rows[s.id].because, rows[s.id].instead, (), s.citation)
        for s in states
        if s.kept is False and rows[s.id].absolute
    )


def cautions(states: tuple[LimitState, ...]) -> tuple[Caution, ...]:
    """The limits that are broken but only caution, and one word for those not known."""
    rows = evidence().plan.limits
    found = [
        Caution(rows[s.id].because, rows[s.id].instead, s.citation)
        for s in states
        if s.kept is False and not rows[s.id].absolute
    ]
    unknown = [s for s in states if s.kept is None]
    if unknown:
        text = "Confirm before: number and dates of earlier steroid injections are not known"
        found.append(Caution(text, ASK, unknown[0].citation))
    return tuple(found)


def _rows(readings: Readings) -> list[TreatmentLimit]:
    settings = readings.context.settings
    return [
        row
        for row in evidence().plan.limits.values()
        if any(chosen(s, readings.treatment) for s in row.applies_to)
        and (settings.payer_rules or not row.payer)
        and (not row.conflict or settings.followed(row.conflict) == row.holds_for)
    ]


def _state(row: TreatmentLimit, readings: Readings) -> LimitState:
    text = Wording(
        "{what}: limit {limit:g} {unit}",
        what=Wording(row.kind.replace("_", " ")),
        limit=row.limit,
        unit=Wording(row.unit),
    )
    citation = cited(row.study, verified=row.verified)
    return LimitState(row.id, row.kind, _kept(row, readings), text, citation)  # type: ignore[arg-type]


def _kept(row: TreatmentLimit, readings: Readings) -> bool | None:
    """Unknown without a ledger, and where an injection of no told place or day may break it."""
    context = readings.context
    if context.ledger is None:
        return True if context.findings.is_present("prior_steroid_injection") is False else None
    figure = readings.figure(row.counts)
    astray = [j for j in context.ledger.joints if j.joint == ledger_figures.NOT_TOLD]
    if row.counts == COUNT:
        count = figure or 0.0
        if count >= row.limit:
            return False
        return None if count + sum(j.in_last_year for j in astray) >= row.limit else True
    if figure is not None and figure < row.limit:
        return False
    undated = any(j.injections and j.last is None for j in context.ledger.joints)
    days = ledger_figures.days_since(astray, context.date)
    return None if undated or (days is not None and days < row.limit) else True
