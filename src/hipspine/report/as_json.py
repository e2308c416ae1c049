"""An assessment as plain JSON data, in the shape that the README documents."""

from dataclasses import asdict
from typing import Any

from hipspine.assessment import Assessment
from hipspine.findings.model import Observation
from hipspine.findings.patient import Reading
from hipspine.pain_sources.next_test import Answer, NextTest
from hipspine.pain_sources.reasons import ClusterReason, Reason
from hipspine.report.care_json import plan_data, risks_data
from hipspine.report.steroids_json import steroids_data


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
                "clusters": [_cluster(cluster) for cluster in source.clusters],
            }
            for source in a.sources
        ],
        "groups": [
            {"condition": g.condition, "probability": g.probability, "members": list(g.members)}
            for g in a.groups
        ],
        "next_tests": [_next_test(test) for test in a.next_tests],
        "critical_figure": None if a.critical_figure is None else asdict(a.critical_figure),
        "expected_not_asked": list(a.not_asked),
        "roots": [
            {
                "condition": root.condition,
                "pressed": root.pressed,
                "low": root.low,
                "high": root.high,
                "because": [asdict(reason) for reason in root.because],
            }
            for root in a.roots
        ],
        "mechanism": dict(a.mechanism),
        "mechanism_why": [
            {"mechanism": mechanism, "why": [_reason(reason) for reason in why]}
            for mechanism, why in a.mechanism.why
        ],
        "loads": _loads(a),
        "steroids": _steroids(a),
        "risks": risks_data(a.risks),
        **plan_data(a.plan),
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


def _loads(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.loads is None:
        return None
    from hipspine.report.loads_json import loads_data  # noqa: PLC0415  (start-up time)

    return loads_data(assessment.loads)


def _steroids(assessment: Assessment) -> dict[str, Any] | None:
    return None if assessment.steroids is None else steroids_data(assessment.steroids)


def _next_test(test: NextTest) -> dict[str, Any]:
    return {
        "finding": test.finding,
        "test": test.test,
        "test_name": test.test_name,
        "gain_bits": test.gain_bits,
        "gain_treatment": test.gain_treatment,
        "cost": test.cost,
        "invasiveness": test.invasiveness,
        "why": test.why,
        "about": test.about,
        "if_present": _answer(test.if_present),
        "if_absent": _answer(test.if_absent),
        "cautions": list(test.cautions),
        "citations": list(test.citations),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    first = [{"condition": condition, "probability": p} for condition, p in answer.sources]
    return {"probability": answer.probability, "about": answer.about, "sources": first}


def _cluster(cluster: ClusterReason) -> dict[str, Any]:
    return {
        "cluster": cluster.cluster,
        "findings": list(cluster.findings),
        "decibans": round(cluster.decibans, 2),
        "if_independent": round(cluster.if_independent, 2),
        "if_more_alike": round(cluster.if_more_alike, 2),
        "rho": cluster.rho,
        "citation": cluster.citation,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "finding": reason.finding,
        "present": reason.present,
        "decibans": round(reason.decibans, 2),
        "citations": list(reason.citations),
    }
