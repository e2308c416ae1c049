"""Every risk to the hips of one patient, the likeliest harm first."""

from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.risk.model import Risk
from hipspine.risk.osteonecrosis import osteonecrosis_risks
from hipspine.risk.rapid_destruction import rapid_destruction_risks


def risks_of(patient: Patient, ledger: SteroidLedger | None) -> tuple[Risk, ...]:
    """Osteonecrosis, and destruction after injections; nothing that is there already."""
    return (*osteonecrosis_risks(patient, ledger), *rapid_destruction_risks(ledger))
