"""hipspine: from what a patient tells, shows and scans like to where the pain comes from.

from hipspine import assess, read_cases
for patient in read_cases("case.json"):
    print(assess(patient).sources[0].name)
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Assessment", "Patient", "__version__", "assess", "patient_of", "read_cases", "warm"]

if TYPE_CHECKING:
    from hipspine.assessment import Assessment, assess, warm
    from hipspine.findings.cases import read_cases
    from hipspine.findings.patient import Patient
    from hipspine.findings.reading import patient_of

_HOMES = {
    "Assessment": "hipspine.assessment",
    "assess": "hipspine.assessment",
    "warm": "hipspine.assessment",
    "Patient": "hipspine.findings.patient",
    "patient_of": "hipspine.findings.reading",
    "read_cases": "hipspine.findings.cases",
}


def __getattr__(name: str) -> Any:
    """Rooms are entered when first asked for, so that importing hipspine stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'hipspine' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)
