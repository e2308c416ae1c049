"""The steroid ledger as plain JSON data; doses in mg of prednisone-equivalents."""

from typing import Any

from hipspine.findings.steroid_ledger import Dose, JointDoses, LedgerLine, SteroidLedger
from hipspine.findings.steroid_names import steroid_given
from hipspine.findings.steroid_sum import nothing_summed

#: Finer than this a milligram is floating-point dust.
DIGITS = 6


def steroids_data(ledger: SteroidLedger) -> dict[str, Any]:
    """The ledger as dicts, lists, numbers and text; each dose with its `_range` [low, high].

    Totals, mean and peak are null where courses are told but none of them could be summed;
    `complete` is false where the totals are lower bounds.
    """
    unknown = nothing_summed(ledger)
    peak = None if unknown and ledger.peak_per_day.high == 0 else ledger.peak_per_day
    return {
        "as_of": ledger.as_of.isoformat(),
        **_dose("systemic_cumulative_mg", None if unknown else ledger.cumulative),
        **_dose("systemic_mean_mg_per_day", None if unknown else ledger.mean_per_day),
        **_dose("systemic_peak_mg_per_day", peak),
        **_dose("cumulative_last_year", None if unknown else ledger.cumulative_last_year),
        "exposed_days": ledger.exposed_days,
        "longest_run_days": ledger.longest_run_days,
        "days_since_first": ledger.days_since_first,
        "days_since_last": ledger.days_since_last,
        **_dose("injected", _injected(ledger)),
        "joints": [_joint(row) for row in ledger.joints],
        "listed": [_course(line) for line in ledger.lines if line.counted == "listed"],
        "lines": [_line(line) for line in ledger.lines],
        "complete": ledger.complete,
        "notices": list(ledger.notices),
    }


def _injected(ledger: SteroidLedger) -> Dose | None:
    """None where injections are told but no dose of them is known."""
    known = [row.known for row in ledger.joints]
    return None if known and not any(known) else ledger.injected


def _dose(key: str, dose: Dose | None) -> dict[str, Any]:
    if dose is None:
        return {key: None, f"{key}_range": None}
    low, high = round(dose.low, DIGITS), round(dose.high, DIGITS)
    return {key: round(dose.point, DIGITS), f"{key}_range": [low, high]}


def _joint(row: JointDoses) -> dict[str, Any]:
    return {
        "joint": row.joint,
        "side": row.side,
        "injections": row.injections,
        "in_last_year": row.in_last_year,
        **_dose("prednisone_equivalent_mg", row.equivalent if row.known else None),
        "last": row.last.isoformat() if row.last else None,
    }


def _line(line: LedgerLine) -> dict[str, Any]:
    return {
        **_course(line),
        "counted": line.counted,
        "equivalent_of_1_mg": line.equivalent_of_1_mg,
        **_dose("equivalent_mg_per_day", line.per_day),
        **_dose("equivalent_mg", line.total),
        "citation": line.citation,
    }


def _course(line: LedgerLine) -> dict[str, Any]:
    course = line.course
    return {
        "drug": course.drug,
        "steroid": steroid_given(course.drug, course.route).steroid.drug,
        "dose_mg": _told(course.dose_mg_low, course.dose_mg_high),
        "per_day": course.per_day,
        "route": course.route,
        "first": line.first.isoformat() if line.first else None,
        "last": line.last.isoformat() if line.last else None,
        "joint": course.joint,
        "side": course.side,
    }


def _told(low: float | None, high: float | None) -> float | list[float] | None:
    """One dose, or [low, high], or None when none was told."""
    if low is None or high is None:
        return None
    return low if low == high else [low, high]
