"""An assessment as plain JSON data, in the shape that the README documents."""

from typing import Any

from hipspine.assessment import Assessment
from hipspine.findings.model import Observation
from hipspine.findings.patient import Reading
from hipspine.pain_sources.reasons import Reason


def to_data(assessment: Assessment) -> dict[str, Any]:
    """The assessment as dicts, lists, numbers and text; probabilities as fractions."""
    a = assessment
    return {
        "id": a.id,
        "red_flags": [
            {
                "rule": flag.rule,
                "condition": flag.condition,
                "level": flag.level,
                "action": flag.action,
                "because": list(flag.because),
                "citations": list(flag.citations),
            }
            for flag in a.red_flags
        ],
        "sources": [
            {
                "condition": source.condition,
                "name": source.name,
                "side": source.side,
                "probability": source.probability,
                "low": source.low,
                "high": source.high,
                "why": [_reason(reason) for reason in source.why],
            }
            for source in a.sources
        ],
        "groups": [
            {"condition": g.condition, "probability": g.probability, "members": list(g.members)}
            for g in a.groups
        ],
        "next_tests": [
            {
                "finding": test.finding,
                "gain_bits": test.gain_bits,
                "cost": test.cost,
                "invasiveness": test.invasiveness,
                "why": test.why,
            }
            for test in a.next_tests
        ],
        "mechanism": dict(a.mechanism),
        "mechanism_why": [
            {"mechanism": mechanism, "why": [_reason(reason) for reason in why]}
            for mechanism, why in a.mechanism.why
        ],
        **readings_data(a.readings),
        "notices": list(a.notices),
        "exact": a.exact,
        "versions": {
            "hipspine": a.versions.hipspine,
            "evidence": a.versions.evidence,
            "model": a.versions.model,
            "date": a.versions.date.isoformat(),
        },
    }


def readings_data(readings: tuple[Reading, ...]) -> dict[str, Any]:
    """What was understood of the case's words, what was set aside and why, and what was not."""
    return {
        "matched_findings": [
            {"name": r.name, "findings": [_observation(o) for o in r.findings]}
            for r in readings
            if r.findings
        ],
        "ignored_findings": [
            {"name": r.name, "reason": r.ignored}
            for r in readings
            if not r.findings and r.ignored is not None
        ],
        "unmatched_findings": [
            {"name": r.name, "suggestions": list(r.suggestions)}
            for r in readings
            if not r.understood
        ],
    }


def _observation(o: Observation) -> dict[str, Any]:
    data = {"id": o.finding, "present": o.present, "value": o.value, "side": o.side}
    return data if o.certainty == "definite" else {**data, "certainty": o.certainty}


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "finding": reason.finding,
        "present": reason.present,
        "decibans": round(reason.decibans, 2),
        "citations": list(reason.citations),
    }
