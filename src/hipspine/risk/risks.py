"""Every risk to the hips of one patient, the likeliest harm first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import SteroidLedger
from hipspine.risk.hip_osteoarthritis import hip_osteoarthritis_risks
from hipspine.risk.model import Risk
from hipspine.risk.osteonecrosis import osteonecrosis_risks
from hipspine.risk.rapid_destruction import rapid_destruction_risks

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads


def risks_of(
    patient: Patient, ledger: SteroidLedger | None, loads: Loads | None
) -> tuple[Risk, ...]:
    """Osteonecrosis, destruction after injections, osteoarthritis; nothing that is there already.

    `loads` of the posture told change no probability: they are said beside it.
    """
    return (
        *osteonecrosis_risks(patient, ledger),
        *rapid_destruction_risks(patient, ledger),
        *hip_osteoarthritis_risks(patient, loads),
    )
