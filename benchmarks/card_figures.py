"""The figures of docs/model-card.md, measured: plain data for docs/model-card-figures.json.

`quick` parts take seconds and depend on nothing but the repository; `slow` ones take minutes, and
one of them needs data that is not in the repository: without it the figures measured last stay.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from benchmarks import alarms, calibration, mechanism, open_cases
from hipspine import Patient, __version__, assess
from hipspine.evidence import evidence
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.intervals import DRAWS
from hipspine.pain_sources.links import N_JUDGEMENT
from hipspine.pain_sources.mechanism_figures import MECHANISMS
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import SOURCES_A_PATIENT, UNLISTED_SOURCE, prior_of
from hipspine.pain_sources.units import MOST_TOGETHER
from hipspine.pain_sources.weighing import weigh

Figures = dict[str, Any]
#: A source is called rare where fewer patients of a clinic have it.
RARE = 0.01
AGE_GROUPS = {"under 40 years": (0, 40), "40 to 64": (40, 65), "65 and over": (65, 200)}


def quick() -> Figures:
    """Evidence counts, open cases and red flags."""
    return {
        "evidence": evidence_counts(),
        "model": model(),
        "open_cases": cases(),
        "red_flags": red_flags(),
    }


def slow(last: Figures) -> Figures:
    """Calibration, mechanism and speed; `last` stands in for what cannot be measured here."""
    found: Figures = {"calibration": measured(calibration.figures())}
    if mechanism.PATIENTS.exists():
        found["mechanism"] = mechanism_scores()
    elif "mechanism" in last:
        found["mechanism"] = last["mechanism"]
    found["speed"] = speed()
    return found


def measured(figures: Figures) -> Figures:
    """Figures with what they were measured with."""
    return figures | {"measured_with": {"hipspine": __version__, "evidence": evidence().version}}


def evidence_counts() -> Figures:
    """Rows in use by table: how many, on studies, derived, by judgement, and checked."""
    tables = evidence()
    rows = {
        "Sensitivities and specificities": tables.accuracy,
        "Places of pain by source": tables.referral,
        "Base rates": tables.base_rates,
        "Priors": tables.priors.values(),
        "Exposures": tables.exposures,
        "Correlated groups": [rows[0] for rows in tables.correlation_groups.values()],
        "Pressed or inflamed roots": tables.root_states,
    }
    return measured(
        {
            "sources": len(tables.leaves),
            "groups": sum(c.is_group for c in tables.conditions.values()),
            "findings": len(tables.findings),
            "findings_with_figures": len(network().findings),
            "studies": len(tables.studies),
            "red_flag_rules": len(tables.red_flags),
            "tables": {name: _rows(found) for name, found in rows.items()},
        }
    )


def model() -> Figures:
    """What the text says of the model's own constants."""
    return measured(
        {
            "sources_clinic": SOURCES_A_PATIENT["spine_and_hip_clinic"],
            "sources_primary_care": SOURCES_A_PATIENT["primary_care"],
            "unlisted": UNLISTED_SOURCE,
            "draws": DRAWS,
            "worth_of_judgement": N_JUDGEMENT,
            "most_together": MOST_TOGETHER,
        }
    )


def _rows(rows: Iterable[Any]) -> Figures:
    used = [row for row in rows if getattr(row, "use", True)]
    basis = Counter(row.basis for row in used)
    counts = {name: basis[name] for name in ("study", "derived", "judgement")}
    return {"rows": len(used), **counts, "checked": sum(row.verified for row in used)}


def cases() -> Figures:
    """The published cases: every method and set of stages, and where hipspine misses."""
    found: Figures = {"results": {}}
    for label, leading in (("without leading findings", False), ("with leading findings", True)):
        loaded = open_cases.load(leading=leading)
        for stages_label, stages in (
            ("history and examination", open_cases.BEDSIDE),
            ("all", open_cases.EVERYTHING),
        ):
            for name, method in open_cases.METHODS.items():
                scored = [open_cases.score(p.id, method(p, stages), t) for p, t in loaded]
                found["results"][f"{label}, {stages_label}, {name}"] = _summary(scored)
                if (leading, stages_label, name) == (False, "all", "hipspine"):
                    found["subgroups"] = _subgroups(loaded, scored)
                    found["missed"] = _missed(loaded, scored)
    found |= {"cases": len(loaded)} | _leading()
    readings = [r for patient, _ in loaded for r in patient.readings]
    found["phrases"] = len(readings)
    found["phrases_understood"] = sum(r.understood for r in readings)
    return measured(found)


def _summary(scored: list[open_cases.Scored]) -> Figures:
    count = len(scored)
    first, three = (sum(s.rank <= most for s in scored) for most in (1, 3))
    sure = [s for s in scored if s.top_probability > calibration.SURE]
    return {
        "cases": count,
        "first": first,
        "first_interval": open_cases.wilson(first, count),
        "three": three,
        "three_interval": open_cases.wilson(three, count),
        "log_score": float(np.mean([s.log_score for s in scored])),
        "brier": float(np.mean([s.brier for s in scored])),
        "sure": len(sure),
        "sure_right": sum(s.rank == 1 for s in sure),
    }


def _leading() -> Figures:
    """How many findings were left out for giving the answer away, and of how many cases."""
    raw = [json.loads(path.read_text(encoding="utf-8")) for path in open_cases.CASES.glob("*.json")]
    left_out = [
        sum(f["name"] in case.get("leading_findings", []) for f in case["findings"]) for case in raw
    ]
    return {"leading_findings": sum(left_out), "cases_with_leading": sum(map(bool, left_out))}


def _missed(
    loaded: list[tuple[Patient, open_cases.Truth]], scored: list[open_cases.Scored]
) -> Figures:
    """Cases whose true source is not first: what stands there, and how far down the truth is."""
    truths = {p.id: truth for p, truth in loaded}
    missed = [s for s in scored if s.rank > 1]
    priors = {name: row.clinic for name, row in evidence().priors.items()}

    def commoner(s: open_cases.Scored) -> bool:
        return priors[s.top[0][0]] > max(priors[c] for c in truths[s.case].conditions)

    return {
        "cases": len(missed),
        "within_three": sum(s.rank <= 3 for s in missed),
        "acceptable_first": sum(s.lenient_rank == 1 for s in missed),
        "commoner_first": sum(map(commoner, missed)),
        "sure": sum(s.top_probability > calibration.SURE for s in missed),
    }


def _subgroups(
    loaded: list[tuple[Patient, open_cases.Truth]], scored: list[open_cases.Scored]
) -> dict[str, list[int]]:
    """[first, in the first three, cases] by who the patient is and what the source is."""
    of_case = {s.case: s for s in scored}
    groups: dict[str, Callable[[Patient, open_cases.Truth], bool]] = {
        "women": lambda p, _: p.sex == "F",
        "men": lambda p, _: p.sex == "M",
        **{name: _aged(low, high) for name, (low, high) in AGE_GROUPS.items()},
        "a common source (1 % of patients or more)": lambda _, t: not _rare(t),
        "a rare source (under 1 %)": lambda _, t: _rare(t),
        "a source that is urgent": lambda _, t: bool(alarms.URGENT & t.conditions),
        "one true source": lambda _, t: len(t.conditions) == 1,
        "several true sources": lambda _, t: len(t.conditions) > 1,
    }
    counted = {}
    for name, belongs in groups.items():
        ranks = [of_case[p.id].rank for p, truth in loaded if belongs(p, truth)]
        counted[name] = [sum(r == 1 for r in ranks), sum(r <= 3 for r in ranks), len(ranks)]
    return counted


def _aged(low: int, high: int) -> Callable[[Patient, open_cases.Truth], bool]:
    return lambda p, _: p.age is not None and low <= p.age < high


def _rare(truth: open_cases.Truth) -> bool:
    return max(evidence().priors[c].clinic for c in truth.conditions) < RARE


def red_flags() -> Figures:
    """Urgent cases that were flagged, and alarms on the others."""
    found = alarms.alarms()
    urgent = [fired for _, is_urgent, fired in found if is_urgent]
    others = [fired for _, is_urgent, fired in found if not is_urgent]
    return measured(
        {
            "urgent": len(urgent),
            "flagged": sum(map(bool, urgent)),
            "others": len(others),
            "alarms": sum(map(bool, others)),
        }
    )


def mechanism_scores() -> Figures:
    """Agreement with the examiner's class, by method."""
    patients = mechanism.load()
    truth = np.array([k for _, k in patients])
    rows = {}
    for name, method in mechanism.METHODS.items():
        s = mechanism.score(np.array([method(p) for p, _ in patients]), truth)
        rows[name] = {
            "balanced_accuracy": float(s.balanced_accuracy),
            "interval": [float(s.low), float(s.high)],
            "recall": dict(zip(MECHANISMS, s.recall.tolist(), strict=True)),
            "log_loss": s.log_loss,
            "brier": s.brier,
        }
    return measured({"patients": len(patients), "methods": rows})


def speed() -> Figures:
    """Milliseconds of processor time, over the open cases: other work there costs nothing."""
    patients = [p for p, _ in open_cases.load(leading=True)]
    assess(patients[0])

    def exact(p: Patient) -> object:
        net = network(p.age)
        return differential(net, prior_of(p)[None, :], weigh(p.findings, net))

    return measured(
        {
            name: {f"p{at}": float(np.percentile(times, at)) for at in (50, 99)}
            for name, work in (("exact posterior", exact), ("whole assessment", assess))
            if (times := [min(_ms(work, p) for _ in range(3)) for p in patients])
        }
    )


def _ms(work: Callable[[Patient], object], patient: Patient) -> float:
    start = time.process_time()
    work(patient)
    return (time.process_time() - start) * 1000
