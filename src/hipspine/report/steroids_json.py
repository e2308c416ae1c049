"""The steroid ledger as plain JSON data, in the shape that the README documents."""

from dataclasses import asdict
from typing import Any

from hipspine.findings.steroid_ledger import Dose, LedgerLine, SteroidLedger


def steroids_data(ledger: SteroidLedger) -> dict[str, Any]:
    """Milligrams of prednisone-equivalents; beside each figure its range as told."""
    return {
        "as_of": ledger.as_of.isoformat(),
        **_dose("systemic_cumulative_mg", ledger.cumulative),
        **_dose("systemic_mean_mg_per_day", ledger.mean_per_day),
        **_dose("systemic_peak_mg_per_day", ledger.peak_per_day),
        **_dose("cumulative_last_year", ledger.cumulative_last_year),
        **_dose("injected", ledger.injected),
        "longest_run_days": ledger.longest_run_days,
        "days_since_first": ledger.days_since_first,
        "days_since_last": ledger.days_since_last,
        "exposed_days": ledger.exposed_days,
        "joints": [
            {
                "joint": joint.joint,
                "side": joint.side,
                "injections": joint.injections,
                "in_last_year": joint.in_last_year,
                **_dose("prednisone_equivalent_mg", joint.equivalent),
                "last": None if joint.last is None else joint.last.isoformat(),
            }
            for joint in ledger.joints
        ],
        "listed": [_told(line) for line in ledger.lines if line.counted == "listed"],
        "lines": [_told(line) for line in ledger.lines],
        "notices": list(ledger.notices),
    }


def _dose(key: str, dose: Dose) -> dict[str, Any]:
    return {key: dose.point, f"{key}_range": [dose.low, dose.high]}


def _told(line: LedgerLine) -> dict[str, Any]:
    course = asdict(line.course)
    days = {name: course[name] and course[name].isoformat() for name in ("start", "end")}
    return {
        **course,
        **days,
        "counted": line.counted,
        "equivalent_of_1_mg": line.equivalent_of_1_mg,
        "total_range": None if line.total is None else [line.total.low, line.total.high],
        "citation": line.citation,
    }
