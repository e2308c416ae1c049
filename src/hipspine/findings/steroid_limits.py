"""What a plan asks of a ledger: injections in the last year, days since one, adrenal suppression.

Days are counted to the ledger's date; a year is the 365 days that end with it.
"""

import datetime
from dataclasses import dataclass

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_steroids import SteroidSuppression
from hipspine.findings.model import Side
from hipspine.findings.steroid_joints import YEAR_DAYS
from hipspine.findings.steroid_ledger import LedgerLine, SteroidLedger
from hipspine.findings.steroid_names import steroid_of
from hipspine.findings.steroid_places import EPIDURALS


@dataclass(frozen=True, slots=True)
class Suppression:
    """How long the adrenal axis may stay suppressed after one injection.

    `until` is the last day of caution, `days_left` from the ledger's date (0: over); `beyond` says
    that the dose is above every dose that was studied, so that `until` may be too early.
    """

    line: LedgerLine
    given: datetime.date
    until: datetime.date
    days_left: int
    beyond: bool
    row: SteroidSuppression


def injections_in_last_year(
    ledger: SteroidLedger, joint: str | None = None, side: Side | None = None
) -> int:
    """Injections into a joint (any, where None) and side (either, where None) in the last year.

    With a side, those whose side is not told count too: they may be of this side.
    """
    rows = (row for row in ledger.joints if joint in (None, row.joint))
    return sum(row.in_last_year for row in rows if side is None or row.side in (None, side))


def epidural_days_in_last_year(ledger: SteroidLedger) -> int:
    """Days of the last year with an epidural of any level; several on one day are one session."""
    given = {line.last for line in _injections(ledger) if line.course.route == "epidural"}
    return sum(1 for day in given if day and (ledger.as_of - day).days < YEAR_DAYS)


def days_since_last_injection(
    ledger: SteroidLedger, joint: str | None = None, side: Side | None = None
) -> int | None:
    """Since the last injection of any kind, or into one joint; None when none has a known day."""
    days = [
        row.last
        for row in ledger.joints
        if row.last and joint in (None, row.joint) and (side is None or row.side in (None, side))
    ]
    return (ledger.as_of - max(days)).days if days else None


def days_since_last_epidural(ledger: SteroidLedger) -> int | None:
    """Since the last epidural of any level; None when none has a known day."""
    days = [row.last for row in ledger.joints if row.last and row.joint in EPIDURALS]
    return (ledger.as_of - max(days)).days if days else None


def suppressions(ledger: SteroidLedger) -> tuple[Suppression, ...]:
    """One for each injection with a day, a dose and a study of its drug and route; longest first.

    The row is that of the smallest studied dose that is not below the one given.
    """
    found = [_suppression(line, ledger.as_of) for line in _injections(ledger)]
    return tuple(sorted((s for s in found if s), key=lambda s: s.until, reverse=True))


def suppressed_days_left(ledger: SteroidLedger) -> int | None:
    """Days of caution left after all injections; 0: over; None: no injection with a study."""
    return max((s.days_left for s in suppressions(ledger)), default=None)


def not_studied(ledger: SteroidLedger) -> tuple[LedgerLine, ...]:
    """Injections that no study in the tables speaks of: their suppression is unknown, not none."""
    told = {id(s.line) for s in suppressions(ledger)}
    return tuple(line for line in _injections(ledger) if id(line) not in told)


def _injections(ledger: SteroidLedger) -> tuple[LedgerLine, ...]:
    return tuple(line for line in ledger.lines if line.counted == "injection")


def _suppression(line: LedgerLine, as_of: datetime.date) -> Suppression | None:
    dose = line.course.dose_mg_high
    if line.last is None or dose is None:
        return None
    drug, mg = steroid_of(line.course.drug).steroid.drug, dose * line.course.per_day
    rows = [r for r in evidence().steroid_hpa if (r.drug, r.route) == (drug, line.course.route)]
    if not rows:
        return None
    enough = [row for row in rows if row.dose_mg >= mg]
    row = min(enough, key=_dose) if enough else max(rows, key=_dose)
    until = line.last + datetime.timedelta(days=row.caution_days)
    left = max(0, (until - as_of).days)
    return Suppression(line, line.last, until, left, not enough, row)


def _dose(row: SteroidSuppression) -> float:
    return row.dose_mg
