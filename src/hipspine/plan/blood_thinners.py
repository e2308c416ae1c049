"""Blood thinners before a needle: how long each pauses, by class of needle; only its prescriber
stops it."""

from __future__ import annotations

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_plan import AnticoagulantHold, Treatment
from hipspine.findings.model import Findings
from hipspine.plan.citing import cited
from hipspine.plan.context import PlanSettings
from hipspine.plan.medicines_taken import MedicinesTaken
from hipspine.plan.model import Caution, GateState
from hipspine.wording import Wording

CLASSES = ("none", "low", "intermediate", "high")
DEEP = ("intermediate", "high")
CLOTTING = ("anticoagulant", "antiplatelet")
ANTIPLATELETS = ("aspirin", "clopidogrel", "prasugrel", "ticagrelor")
ASRA = "asra_pain_2018"
GUIDELINE = "ASRA 2018"
PRESCRIBER = (
    "Only the prescriber of the medicine decides whether it pauses; nobody stops it alone, and"
    " no needle while the pause is not agreed"
)


def needle_class(treatment: Treatment, settings: PlanSettings) -> str:
    """The bleeding class of the needle by the guideline the clinic follows."""
    both = sorted((treatment.needle_risk, treatment.needle_risk_asipp), key=CLASSES.index)
    return both[1] if settings.followed("needle_bleeding_class") == "stricter" else both[0]


def holds_for(medicines: MedicinesTaken, needle: str) -> list[tuple[str, AnticoagulantHold]]:
    """Each blood thinner that is named, with what is said of it before such a needle."""
    rows = [row for row in evidence().plan.holds.values() if row.risk == needle]
    return [(name, row) for row in rows for name in medicines.any_of(row.drugs)]


def cautions(
    treatment: Treatment, findings: Findings, medicines: MedicinesTaken, settings: PlanSettings
) -> tuple[Caution, ...]:
    """The holds of what is taken, or to ask for blood thinners before a deep needle."""
    needle = needle_class(treatment, settings)
    if needle == "none":
        return ()
    named = holds_for(medicines, needle)
    found = [_caution(name, row, needle) for name, row in named]
    asra = cited(ASRA, verified=True)
    taken = [findings.is_present(f) for f in CLOTTING]
    if needle in DEEP and None in taken and True not in taken and not named:
        text = "Confirm before: no blood thinner is taken, aspirin and clopidogrel included"
        found.append(Caution(text, PRESCRIBER, asra))
    if needle == "low" and unnamed(findings, named):
        text = "A blood thinner whose name is not told, before a low risk needle"
        found.append(Caution(text, "Find out which; most continue before a low risk needle", asra))
    return tuple(found)


def unnamed(findings: Findings, named: list[tuple[str, AnticoagulantHold]]) -> bool:
    """Whether a class of blood thinner is taken of which no medicine is named."""
    antiplatelets = [row.drug_group in ANTIPLATELETS for _, row in named]
    return bool(
        (findings.is_present("anticoagulant") and all(antiplatelets))
        or (findings.is_present("antiplatelet") and not any(antiplatelets))
    )


def gates(
    treatment: Treatment, findings: Findings, medicines: MedicinesTaken, settings: PlanSettings
) -> tuple[GateState, ...]:
    """Before a deep needle: which blood thinner it is, and that its prescriber does not object.

    Beside the spinal canal its name is asked for even where the needle counts as low risk: what
    continues there was studied for named medicines.
    """
    needle = needle_class(treatment, settings)
    if needle not in DEEP and not treatment.neuraxial:
        return ()
    named = holds_for(medicines, needle)
    citation = cited(ASRA, verified=True)
    if unnamed(findings, named):
        why = "A blood thinner is taken and its name is not told: find out which"
        return (GateState("Name of the blood thinner", None, GUIDELINE, citation, why),)
    pauses = any(row.days is not None for _, row in named)
    if pauses and findings.is_present("prescriber_agrees_hold") is False:
        why = "The prescriber does not agree to a pause"
        gate = "Pause of the blood thinner agreed with its prescriber"
        return (GateState(gate, False, GUIDELINE, citation, why),)
    return ()


def _caution(name: str, row: AnticoagulantHold, needle: str) -> Caution:
    text = Wording(
        "{drug} ({group}) before a needle of {risk} bleeding risk: {hold}; restart: {restart}",
        drug=Wording(name),
        group=Wording(row.drug_group),
        risk=Wording(needle),
        hold=Wording(row.hold),
        restart=Wording(row.restart),
    )
    action = PRESCRIBER if row.days is not None else "Continue; tell the prescriber"
    return Caution(text, action, cited(row.study, verified=row.verified))
