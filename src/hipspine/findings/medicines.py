"""Medicines by class: what taking one says about a patient."""

import re
from functools import reduce

from hipspine.evidence import evidence
from hipspine.evidence.rows import Medicine
from hipspine.findings.model import Observation
from hipspine.findings.patient import Reading
from hipspine.wording import Wording

_STOPPED = re.compile(r"\b(no|not|never|stopped|allerg\w*|intoleran\w*)\b")


def read_medicine(words: str) -> Reading | None:
    """The class of a medicine named in these words; None when no medicine is named.

    "prednisone 60 mg daily" is a steroid; "no anticoagulants" is left to the word reader.
    """
    text = " ".join(re.findall(r"[a-z0-9+-]+", words.lower()))
    if _STOPPED.search(text):
        return None
    named = [m for m in evidence().medicines.values() if _holds(text, m)]
    if not named:
        return None
    findings = dict.fromkeys(m.finding_id for m in named if m.finding_id)
    if not findings:
        classes = reduce(
            lambda told, more: Wording("{told}, {more}", told=told, more=more),
            dict.fromkeys(m.drug_class.replace("_", " ") for m in named),
        )
        reason = Wording("medicine ({classes}) without bearing on the source", classes=classes)
        return Reading(words, ignored=reason)
    return Reading(
        words,
        tuple(Observation(f, present=True, stage="history", phrase=words) for f in findings),
    )


def _holds(text: str, medicine: Medicine) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(medicine.name)}(?![a-z])", text) is not None
