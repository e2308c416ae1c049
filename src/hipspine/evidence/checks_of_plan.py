"""What may not stand in the tables of treatments: unknown ids, words outside the lists, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hipspine.evidence.rows_of_plan import PlanTables, Treatment
from hipspine.evidence.rows_of_tests import chosen

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence

KINDS = (
    "waiting", "education", "exercise", "posture", "lifestyle", "aid", "medicine", "injection",
    "block", "radiofrequency", "neuromodulation", "ablation", "biological", "referral",
)  # fmt: skip
RISKS = ("none", "low", "intermediate", "high")
CERTAINTIES = ("high", "moderate", "low", "very_low")
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "treatments": {"kind": KINDS, "needle_risk": RISKS, "needle_risk_asipp": RISKS},
    "effects": {"certainty": CERTAINTIES, "better_is": ("lower", "higher", "harm")},
    "gates": {"holds_for": ("both", "stricter", "looser")},
    "contraindications": {
        "kind": ("absolute", "relative", "not_advised"),
        "if_unknown": ("confirm", "silent"),
    },
    "limits": {
        "kind": ("interval", "yearly_maximum", "washout"),
        "holds_for": ("both", "stricter", "looser"),
    },
    "holds": {"risk": RISKS[1:]},
}
STUDIES = ("study", "stricter_study", "looser_study")
MOST = 4


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of the tables of treatments, as sentences that name table and row."""
    plan = tables.plan
    for table, rows in _tables(plan).items():
        for row in rows:
            where = f"{table} {row.id}"
            yield from _words(where, row, WORDS.get(table, {}))
            yield from _ids(tables, where, row)
    for treatment in plan.treatments.values():
        yield from _treatment(plan, treatment)
    for effect in plan.effects.values():
        yield from _effect(f"effects {effect.id}", effect)


def _tables(plan: PlanTables) -> dict[str, Iterable[Any]]:
    return {name: getattr(plan, name).values() for name in PlanTables.__dataclass_fields__}


def _words(where: str, row: Any, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for column, allowed in words.items():
        if getattr(row, column) not in allowed:
            yield f"{where}: {column} {getattr(row, column)!r} is not one of {', '.join(allowed)}"


def _ids(tables: Evidence, where: str, row: Any) -> Iterator[str]:
    plan = tables.plan
    for column in STUDIES:
        for study in getattr(row, column, "").split("|") if hasattr(row, column) else ():
            if study not in tables.studies:
                yield f"{where}: study {study!r} is not in studies"
    for target in getattr(row, "targets", ()):
        if target not in tables.conditions or tables.conditions[target].is_group:
            yield f"{where}: target {target!r} is not a source of pain"
    for treatment in getattr(row, "treatments", ()):
        if treatment not in plan.treatments:
            yield f"{where}: treatment {treatment!r} is not in treatments"
    for selector in getattr(row, "applies_to", ()):
        columns = {part.split("=", 1)[0] for part in selector.split("&") if "=" in part}
        if columns - set(Treatment.__dataclass_fields__):
            yield f"{where}: {selector!r} names no column of treatments"
        elif not any(chosen(selector, treatment) for treatment in plan.treatments.values()):
            yield f"{where}: {selector!r} chooses no treatment"
    conflict = getattr(row, "conflict", "")
    if conflict and conflict not in plan.conflicts:
        yield f"{where}: conflict {conflict!r} is not in guideline_conflicts"
    if hasattr(row, "holds_for") and bool(conflict) != (row.holds_for != "both"):
        yield f"{where}: a side of a conflict needs its conflict, and a conflict its side"


def _treatment(plan: PlanTables, treatment: Treatment) -> Iterator[str]:
    where = f"treatments {treatment.id}"
    if not treatment.targets:
        yield f"{where}: has no target"
    if not treatment.how:
        yield f"{where}: must say how"
    if not 0 <= treatment.invasiveness <= MOST:
        yield f"{where}: invasiveness {treatment.invasiveness} is outside 0..{MOST}"
    if treatment.needle != (treatment.needle_risk != "none"):
        yield f"{where}: a needle needs its bleeding risk, and only a needle has one"
    if treatment.steroid != bool(treatment.ledger_joints):
        yield f"{where}: steroid needs a place in the ledger, and only steroid has one"
    shown = any(treatment.id in effect.treatments for effect in plan.effects.values())
    if not shown and not treatment.no_effect_known:
        yield f"{where}: has neither an effect nor a word on why there is none"


def _effect(where: str, effect: Any) -> Iterator[str]:
    if (effect.value is None) != bool(effect.words):
        yield f"{where}: needs a value or words, not both"
    if effect.value is not None and not effect.unit:
        yield f"{where}: a value needs its unit"
    ends = (effect.low, effect.value, effect.high)
    if None not in ends and list(ends) != sorted(ends):
        yield f"{where}: {effect.value} is outside {effect.low}..{effect.high}"
