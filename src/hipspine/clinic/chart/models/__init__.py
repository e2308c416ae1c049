"""The tables of the chart, one file a thing."""

from hipspine.clinic.chart.models.consent import Consent
from hipspine.clinic.chart.models.finding import RecordedFinding
from hipspine.clinic.chart.models.identity import UnconfirmedPerson
from hipspine.clinic.chart.models.merge import PatientMerge
from hipspine.clinic.chart.models.patient import ErasureRequest, Patient
from hipspine.clinic.chart.models.treating import TreatingRelation

__all__ = [
    "Consent",
    "ErasureRequest",
    "Patient",
    "PatientMerge",
    "RecordedFinding",
    "TreatingRelation",
    "UnconfirmedPerson",
]
