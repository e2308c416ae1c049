"""Which medicines a patient takes, by the words of the case: names and classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hipspine.evidence import evidence
from hipspine.findings.model import Findings
from hipspine.findings.patient import Patient

_NOT_TAKEN = re.compile(r"\b(no|never|stopped|off|not (on|taking|taken)|allerg\w*|intoleran\w*)\b")
#: Medicines that a contraindication names and the table of medicines does not class apart.
NAMED = ("fluvoxamine", "ciprofloxacin", "enoxacin")
CLASSES = ("antidepressant", "antihypertensive", "opioid", "sedative")


@dataclass(frozen=True, slots=True)
class MedicinesTaken:
    """Names as in the table of medicines, lower case. What is not named may still be taken."""

    names: frozenset[str]

    def any_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `names` that are taken."""
        return tuple(name for name in names if name in self.names)

    def of_class(self, drug_class: str) -> bool:
        """Whether any medicine of a class is taken."""
        medicines = evidence().medicines
        return any(medicines[n].drug_class == drug_class for n in self.names if n in medicines)


def medicines_taken(patient: Patient, findings: Findings) -> MedicinesTaken:
    """Every medicine named in the readings of the case or in the words of a present finding."""
    words = [reading.name for reading in patient.readings]
    words += [o.phrase for o in findings if o.present and o.certainty != "equivocal"]
    names: set[str] = set()
    for phrase in (clause for text in words for clause in re.split(r"[,;.]\s", text)):
        text = " ".join(re.findall(r"[a-z0-9+-]+", phrase.lower()))
        if text and not _NOT_TAKEN.search(text):
            names.update(_pattern().findall(text))
    return MedicinesTaken(frozenset(names))


@cache
def _pattern() -> re.Pattern[str]:
    """Any known name as a whole word, the longest first."""
    known = sorted({*evidence().medicines, *NAMED}, key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, known))})(?![a-z])")
