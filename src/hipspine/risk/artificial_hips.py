"""Which hips are artificial: no risk of a natural hip is theirs."""

from hipspine.findings.patient import Patient
from hipspine.risk.hip_oa_factors import SIDES, Side

REPLACED = "hip_replacement"


def artificial_hips(patient: Patient) -> frozenset[Side]:
    """The sides told to be replaced; a replacement told without a side is in neither."""
    told = _told(patient)
    return frozenset(side for side in SIDES if side in told)


def artificial_somewhere(patient: Patient) -> bool:
    """A replacement is told, but not of which hip."""
    told = _told(patient)
    return None in told and not told & {*SIDES}


def _told(patient: Patient) -> set[object]:
    return {
        o.side
        for o in patient.findings
        if o.finding == REPLACED and o.present and o.certainty != "equivocal"
    }
